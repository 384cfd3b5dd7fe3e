"""How long the first answer to a search takes: one that no earlier answer of this process helps.

    DATABASE_URL=... python -m tests.benchmarks.searches [--times 5] [WORDS ...]

Needs a database with samples (``python -m tests.benchmarks.corpus``). Without words it asks for common ones. Prints the
median and the longest of each, in milliseconds, with what the page says it found.
"""

import argparse
import os
import re
import statistics
import time

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scr_kb.settings")
    django.setup()

from django.core.cache import caches
from django.db import connection
from django.test import Client

from learning.catalogue import current
from learning.search.backends import remembered

COMMON = ("child", "family", "police", "information", "risk", "child family", "school recommendations", "child 2016")
ADDRESSES = {"/search/": {}, "/search/ learning": {"type": "learning"}}


def measure(words: str, parameters: dict[str, str], times: int) -> str:
    client, taken, html = Client(), [], ""
    for _ in range(times):
        remembered.answers.clear()
        caches["pages"].clear()
        started = time.perf_counter()
        html = client.get("/search/", {"q": words, **parameters}).content.decode()
        taken.append((time.perf_counter() - started) * 1000)
    said = " ".join("".join(re.findall(r"<h2>([^<]*)</h2>", html)[:1]).split())
    return f"{statistics.median(taken):.0f} / {max(taken):.0f} ms  {said}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.searches", description=__doc__)
    parser.add_argument("words", nargs="*", default=COMMON)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    print(f"{connection.vendor}: {len(current().statements.records):,} visible statements")
    for words in asked.words:
        for address, parameters in ADDRESSES.items():
            print(f"{address:18} {words:24} {measure(words, parameters, asked.times)}", flush=True)


if __name__ == "__main__":
    main()
