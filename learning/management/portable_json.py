"""JSON in which whatever ``migrate`` makes itself has its name in place of its key, which is another in each database.

Records keep their keys: their history speaks of them by these, also of records that are gone and have no name any more.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.serializers import json
from django.core.serializers.json import DjangoJSONEncoder

NAMED = (ContentType, Permission, Group)


class WholeTimes(DjangoJSONEncoder):
    """Django's own cuts off what is less than a thousandth of a second, by which history is put in order."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class Serializer(json.Serializer):
    def start_serialization(self) -> None:
        self.options.setdefault("cls", WholeTimes)
        super().start_serialization()

    def get_dump_object(self, obj: Any) -> Any:
        record = super().get_dump_object(obj)
        if isinstance(obj, NAMED):
            record.pop("pk", None)
        return record

    def handle_fk_field(self, obj: Any, field: Any) -> None:
        self.use_natural_foreign_keys = issubclass(field.remote_field.model, NAMED)
        super().handle_fk_field(obj, field)

    def handle_m2m_field(self, obj: Any, field: Any) -> None:
        self.use_natural_foreign_keys = issubclass(field.remote_field.model, NAMED)
        super().handle_m2m_field(obj, field)


Deserializer = json.Deserializer
