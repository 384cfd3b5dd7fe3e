"""Django's own migrate, which keeps the triggers that raise the revision through every migration."""

from typing import Any

from django.core.management.commands import migrate

from learning.catalogue import revisions


class Command(migrate.Command):
    """A command instead of signals before and after, because those after are not sent if a migration fails."""

    def handle(self, *args: Any, **options: Any) -> None:
        if options["plan"] or options["check_unapplied"]:  # which change nothing
            super().handle(*args, **options)
            return
        with revisions.kept_true(options["database"]):
            super().handle(*args, **options)
