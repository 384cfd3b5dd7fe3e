"""Whether a page has become slower: this commit and another checkout answer the same addresses in turns.

    python -m tests.benchmarks.versions --other PATH [--statements 200000] [--each 40] [--keep FOLDER]

Both make the same samples in a database of their own, and answer with two workers each. Kept pages are switched off
here, so that making a page is compared with making it. Prints the medians of each kind of page, and fails if one of
them is more than a tenth slower than in the other checkout.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.benchmarks.repeats import FIRST, database, other_site
from tests.benchmarks.scale.asking import ask, expect
from tests.benchmarks.scale.servers import gunicorn
from tests.benchmarks.scale.site import Site

SLOWER = 1.1
WARM_UP = 4


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.versions")
    parser.add_argument("--other", type=Path, metavar="PATH", required=True, help="the checkout to compare with")
    parser.add_argument("--statements", type=int, default=200_000)
    parser.add_argument("--each", type=int, default=40, help="how many addresses of each kind are asked for")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where databases are kept for the next run")
    return parser.parse_args()


def compare(ports: dict[str, int], addresses: list[str]) -> dict[str, float]:
    """Milliseconds: the median of each server. They take turns, and turns in being the first."""
    seconds: dict[str, list[float]] = {name: [] for name in ports}
    for number, address in enumerate(addresses):
        for name in sorted(ports, reverse=bool(number % 2)):
            answer = expect(ask(ports[name], address), what=f"{name}: {address}")
            if number >= WARM_UP:
                seconds[name].append(answer.seconds)
    return {name: 1000 * median(each) for name, each in seconds.items()}


def main() -> str:
    options = arguments()
    slower = []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        kept = options.keep or work
        here, other = Site.copied(work / "here"), other_site(options.other, work / "other")
        own = database(here, kept / f"{options.statements}.sqlite3", options.statements)
        others = database(other, kept / f"{options.other.name}-{options.statements}.sqlite3", options.statements)
        log = work / "servers.log"
        pages = json.loads(here.python("-m", "tests.benchmarks.scale.addresses", database=own))["pages"]
        with (
            gunicorn(here, own, "scr_kb.wsgi", FIRST, log, SCR_KB_KEEP_PAGES="false") as new,
            gunicorn(other, others, "scr_kb.wsgi", FIRST, log) as old,
        ):
            for kind, addresses in pages.items():
                times = compare({"here": new.port, "other": old.port}, addresses[: options.each + WARM_UP])
                ratio = times["here"] / times["other"]
                print(f"{kind:28} {times['other']:7.1f} ms there {times['here']:7.1f} ms here {ratio:5.2f}", flush=True)
                if ratio > SLOWER:
                    slower.append(kind)
    return f"More than a tenth slower: {', '.join(slower)}" if slower else ""


if __name__ == "__main__":
    sys.exit(main() or 0)
