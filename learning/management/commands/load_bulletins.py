"""Load the vocabularies and the bulletins that come with the project."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models

from learning.components.wording import counted_kind
from learning.fixtures_loader import FixtureError, Report, fixture_files, load
from learning.models import Bulletin, Statement
from reviews.models import Review


class Command(BaseCommand):
    help = (
        "Loads themes, agencies, boards, support lines, the glossary and the bulletins, all or nothing, and rebuilds "
        "the search index. Safe to repeat: it creates what is missing, updates what nobody has changed in the "
        "vocabularies, never overwrites or restores what staff changed or deleted, and reports what differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fixtures",
            type=Path,
            default=settings.FIXTURE_DIRS[0],
            help="folder of the fixtures (default: the project's own)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load(fixture_files(options["fixtures"]))
        except FixtureError as error:
            raise CommandError(f"{error}\nNothing was loaded.") from error
        if options["verbosity"] > 0:
            self.tell(report)

    def tell(self, report: Report) -> None:
        for line in report.kept:
            self.stdout.write(f"kept: {line}")
        if report.created:
            self.stdout.write("Loaded: " + ", ".join(amounts(report.created)) + ".")
        if report.updated:
            self.stdout.write("Updated: " + ", ".join(amounts(report.updated)) + ".")
        found = report.found.total()
        if found:
            self.stdout.write(
                f"{'' if report.created or report.updated else 'Nothing new. '}{found} records already existed."
            )
        self.stdout.write(totals())


def amounts(counts: Counter[type[models.Model]]) -> list[str]:
    """ "11 reviews", in the order of loading."""
    return [
        f"{number} {model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural}"
        for model, number in counts.items()
    ]


def totals() -> str:
    """What the database now holds, whoever entered it."""
    kinds = Counter(Statement.objects.values_list("kind", flat=True))
    statements = ", ".join(counted_kind(kinds[kind], kind) for kind in Statement.Kind if kinds[kind])
    return (
        f"In the database: {Bulletin.objects.count()} bulletins, {Review.objects.count()} reviews, "
        f"{kinds.total()} statements ({statements})."
    )
