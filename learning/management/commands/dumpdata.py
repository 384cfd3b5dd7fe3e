"""Django's own dumpdata, without the tables that describe the database itself and not what is in it."""

from typing import Any

from django.core import serializers
from django.core.management.base import CommandParser
from django.core.management.commands import dumpdata

# What triggers and the index derive, and who is signed in; no dump of any age is loaded with them.
OF_THIS_DATABASE = ["learning.DataRevision", "learning.DataChange", "learning.SearchDocument", "sessions.Session"]
MADE_BY_MIGRATE = ["contenttypes.ContentType", "auth.Permission"]
FORMAT = "portable"


class Command(dumpdata.Command):
    help = "Writes all records as JSON that loaddata can load into an empty database of either kind."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(format=FORMAT)

    def handle(self, *app_labels: str, **options: Any) -> None:
        serializers.register_serializer(FORMAT, "learning.management.portable_json")
        options["exclude"] = [*options["exclude"], *OF_THIS_DATABASE, *MADE_BY_MIGRATE]
        super().handle(*app_labels, **options)
