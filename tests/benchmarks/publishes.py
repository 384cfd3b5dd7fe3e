"""Ten thousand publications, corrections and other writes, and after each what another process counts.

    python -m tests.benchmarks.publishes [--rounds 10000] [--readers 3] [--seed 1] [--database URL]

One process writes to a small world what chance bids it; in turn one of several others, each with a catalogue of its
own, is asked at once for the counts of a list, narrowed by chance, and plain SQL says what is right. The first wrong
count ends it with an error. ``--database`` names an empty database; without it a file of SQLite is made for it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import cycle
from pathlib import Path
from typing import Any

ASKED = ["statement", "review"]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.publishes")
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", metavar="URL")
    parser.add_argument("--answer", action="store_true", help="be a reader: answer questions, a line of JSON each")
    return parser.parse_args()


def begin(database: str) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "scr_kb.settings", "DATABASE_URL": database}
    import django

    django.setup()


# --- a reader -----------------------------------------------------------------------------------------------------


def answer_questions() -> None:
    from learning.browse.filters import ReviewListFilter, StatementFilter
    from tests.worlds import query_of

    lists: dict[str, Any] = {"statement": StatementFilter, "review": ReviewListFilter}
    for line in sys.stdin:
        question = json.loads(line)
        asked = lists[question["kind"]](query_of(question["chosen"]))
        counted = {facet: {value: n for value, n in each.items() if n} for facet, each in asked.counts().items()}
        found = sorted(asked.keys_at(asked.found)) if asked.is_valid() else None
        sys.stdout.write(json.dumps({"found": found, "counts": counted}) + "\n")
        sys.stdout.flush()


class Reader:
    """Another process that answers from a catalogue of its own."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.publishes", "--answer"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, kind: str, chosen: dict[str, list[str]]) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"kind": kind, "chosen": chosen}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


# --- the writer ---------------------------------------------------------------------------------------------------


def rounds(asked: argparse.Namespace) -> str:
    """Raises ``SystemExit`` with the first answer that is wrong."""
    from django.core.management import call_command
    from django.db import connection

    from tests import plain_sql
    from tests.worlds import World

    call_command("migrate", verbosity=0)
    world = World(asked.seed)
    readers = [Reader() for _ in range(asked.readers)]
    done: Counter[str] = Counter()
    start = time.perf_counter()
    for number, reader, kind in zip(range(asked.rounds), cycle(readers), cycle(ASKED), strict=False):
        what = world.write()
        done[what.partition(",")[0]] += 1
        chosen = world.choose(plain_sql.counts(kind, {}))
        right = {"found": sorted(plain_sql.found(kind, chosen)), "counts": plain_sql.counts(kind, chosen)}
        said = reader.ask(kind, chosen)
        if said != right:
            raise SystemExit(f"round {number}, after {what}, {kind} {chosen}:\nsaid {said}\nnot {right}")
    took = time.perf_counter() - start
    for reader in readers:
        reader.process.terminate()
    publications = done["publish"] + done["publish_review"]
    return (
        f"{connection.vendor}: {asked.rounds:,} writes ({publications:,} of them publications or holds), "
        f"each read at once by one of {asked.readers} processes: no wrong count. "
        f"{asked.rounds / took:.0f} rounds a second, seed {asked.seed}."
    )


def main() -> None:
    asked = arguments()
    if asked.answer:
        begin(os.environ["DATABASE_URL"])
        answer_questions()
        return
    with tempfile.TemporaryDirectory() as folder:
        begin(asked.database or f"sqlite:///{Path(folder) / 'rounds.sqlite3'}")
        sys.stdout.write(f"{rounds(asked)}\n")


if __name__ == "__main__":
    main()
