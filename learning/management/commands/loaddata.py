"""Django's own loaddata, with what this site needs afterwards: a trace in the history, and the search index."""

from typing import Any

from django.apps import apps
from django.core.management.commands import loaddata
from django.db import models, transaction

from learning.indexing import rebuild_index
from learning.loading import REASON


class Command(loaddata.Command):
    """Unlike load_bulletins it overwrites: a record of the same natural key takes the values of the fixture."""

    def handle(self, *fixture_labels: str, **options: Any) -> None:
        with transaction.atomic():
            super().handle(*fixture_labels, **options)
            for app in ("reviews", "learning"):
                for model in apps.get_app_config(app).get_models():
                    if hasattr(model._meta, "simple_history_manager_attribute") and not model._meta.proxy:
                        record_arrivals(model)
            rebuild_index()


def record_arrivals(model: type[models.Model]) -> None:
    """A first row in the history of every record that has none: loaddata itself leaves no trace."""
    history: Any = model.history  # type: ignore[attr-defined]
    known = history.values(model._meta.pk.attname)
    arrived = model._base_manager.exclude(pk__in=known)
    history.bulk_history_create(arrived, default_change_reason=REASON)
