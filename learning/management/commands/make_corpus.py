"""Fill a development database with sample reviews by the thousand."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from learning.catalogue import revisions
from learning.fixtures_loader import fixture_files, load
from learning.models import Bulletin
from learning.search.index import rebuild_index
from reviews.models import Board, Review, Theme
from tests.benchmarks.corpus.records import Corpus
from tests.benchmarks.corpus.tables import go_on_from_here

TOLD_EVERY = 10_000


class Command(BaseCommand):
    help = (
        "Makes sample reviews with about 20 statements each, to see how the site stands many. For development only: "
        "refuses a production set-up, and a database that holds any review or bulletin already."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reviews", type=int, required=True, help="how many reviews to make, at least 1")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same samples")

    def handle(self, *args: Any, **options: Any) -> None:
        check(options["reviews"])
        started = time.perf_counter()
        told = statements = 0
        widen_cache()
        with revisions.paused():
            load_vocabularies()
            corpus = Corpus(options["reviews"], options["seed"])
            for statements in corpus.chunks():
                if options["verbosity"] and statements - told >= TOLD_EVERY:
                    told = statements
                    self.stdout.write(f"{statements} statements")
            go_on_from_here(corpus.tables.values())
        gather_statistics()
        seconds = time.perf_counter() - started
        if options["verbosity"]:
            self.stdout.write(
                f"Made {options['reviews']} sample reviews with {statements} statements in {seconds:.1f} s: "
                f"{statements / seconds:.0f} statements a second, index included."
            )


def check(reviews: int) -> None:
    if not settings.IS_DEVELOPMENT:
        raise CommandError("Samples are for development only. Set SCR_KB_ENV=development, on your own machine.")
    if reviews < 1:
        raise CommandError("--reviews must be 1 or more.")
    if Review.objects.exists() or Bulletin.objects.exists():
        raise CommandError(
            "This database holds reviews or bulletins already, and samples must not stand beside real ones. "
            "Use an empty database: set DATABASE_URL to a new one, and run migrate."
        )


def load_vocabularies() -> None:
    """Themes, agencies and what else belongs to no bulletin, but no board: those are of real bulletins."""
    if not Theme.objects.exists():
        files = [path for path in fixture_files(settings.FIXTURE_DIRS[0]) if path.parent.name != "bulletins"]
        load([path for path in files if path.stem != "boards"])
    Board.objects.filter(slug__startswith="sample-").delete()
    rebuild_index()


def widen_cache() -> None:
    """Of SQLite: with its own two megabytes, the pages of thirty indexes would be read over and over."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -200000")


def gather_statistics() -> None:
    """So that the database plans for as many rows as there are now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
