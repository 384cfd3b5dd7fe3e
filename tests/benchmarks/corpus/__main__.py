"""Fill an empty development database with sample reviews, about 20 statements each, to see how the site bears many.

    python -m tests.benchmarks.corpus --reviews 10000

Refuses a production set-up, and a database that holds any review or bulletin already.
"""

import argparse
import os
import sys
import time

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scr_kb.settings")
    django.setup()

from django.conf import settings
from django.db import connection

from learning.catalogue import revisions
from learning.fixtures_loader import fixture_files, load
from learning.models import Bulletin
from learning.search.index import rebuild_index
from reviews.models import Board, Review, Theme
from tests.benchmarks.corpus.records import Corpus
from tests.benchmarks.corpus.tables import go_on_from_here

REPORT_EVERY = 10_000


class CorpusError(Exception):
    """Why no samples were made."""


def make(reviews: int, seed: int = 1, is_quiet: bool = False) -> str:
    """Returns what was made and how fast. Raises ``CorpusError``."""
    check(reviews)
    started = time.perf_counter()
    reported = statements = 0
    widen_cache()
    with revisions.paused():
        load_vocabularies()
        corpus = Corpus(reviews, seed)
        for statements in corpus.chunks():
            if not is_quiet and statements - reported >= REPORT_EVERY:
                reported = statements
                print(f"{statements} statements", flush=True)
        go_on_from_here(corpus.tables.values())
    gather_statistics()
    seconds = time.perf_counter() - started
    return (
        f"Made {reviews} sample reviews with {statements} statements in {seconds:.1f} s: "
        f"{statements / seconds:.0f} statements a second, index included."
    )


def main(arguments: list[str]) -> str:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.corpus", description=__doc__)
    parser.add_argument("--reviews", type=int, required=True, help="how many reviews to make, at least 1")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same samples")
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")
    options = parser.parse_args(arguments)
    made = make(options.reviews, options.seed, options.quiet)
    return "" if options.quiet else made


def check(reviews: int) -> None:
    if not settings.IS_DEVELOPMENT:
        raise CorpusError("Samples are for development only. Set SCR_KB_ENV=development, on your own machine.")
    if reviews < 1:
        raise CorpusError("--reviews must be 1 or more.")
    if Review.objects.exists() or Bulletin.objects.exists():
        raise CorpusError(
            "This database holds reviews or bulletins already, and samples must not stand beside real ones. "
            "Use an empty database: set DATABASE_URL to a new one, and run migrate."
        )


def load_vocabularies() -> None:
    """Themes, agencies and what else belongs to no bulletin, but no board: those are of real bulletins."""
    if not Theme.objects.exists():
        folder = settings.FIXTURE_DIRS[0]
        load([path for path in fixture_files(folder) if path.parent == folder and path.stem != "boards"])
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


if __name__ == "__main__":
    try:
        print(main(sys.argv[1:]))
    except CorpusError as error:
        sys.exit(str(error))
