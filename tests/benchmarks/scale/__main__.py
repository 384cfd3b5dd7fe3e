"""The command: see the package for what it does."""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.scale.databases import Postgresql, Sqlite, cluster
from tests.benchmarks.scale.measuring import Bench
from tests.benchmarks.scale.report import report
from tests.benchmarks.scale.results import Results
from tests.benchmarks.scale.site import Site


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scale")
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 200_000, 1_000_000], help="statements, in all")
    parser.add_argument("--engines", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--seconds", type=float, default=10, help="how long each load lasts")
    parser.add_argument("--keep", type=Path, help="where databases are found again; without it all is thrown away")
    parser.add_argument("--postgresql", metavar="URL", help="a server that runs, as postgres://user@host:port")
    parser.add_argument("--out", type=Path, help="where the report goes; printed without it")
    return parser.parse_args()


@contextmanager
def engines(asked: argparse.Namespace, kept: Path, work: Path) -> Iterator[list[Sqlite | Postgresql]]:
    own = "postgresql" in asked.engines and not asked.postgresql
    with cluster(kept) if own else nullcontext(asked.postgresql) as server:
        known: dict[str, Sqlite | Postgresql] = {"sqlite": Sqlite(kept, work)}
        if server:
            known["postgresql"] = Postgresql(server, kept)
        yield [known[name] for name in asked.engines]


def keep(path: Path, commit: str, before: float, found: list[Results]) -> None:
    """What is measured so far, lest an error at the end loses all: ``report`` makes a report of it too."""
    told = {"commit": commit, "before": before, "found": [asdict(each) for each in found]}
    path.write_text(json.dumps(told), encoding="utf-8")


def main() -> None:
    asked, before = arguments(), os.getloadavg()[2]
    work = Path(tempfile.mkdtemp(prefix="scale-"))
    work.chmod(0o755)
    kept = asked.keep.resolve() if asked.keep else work
    kept.mkdir(parents=True, exist_ok=True)
    found: list[Results] = []
    try:
        site = Site.copied(work / "site")
        bench = Bench(site, work, kept, asked.seconds)
        with engines(asked, kept, work) as chosen:
            for engine in chosen:
                found += bench.measured(engine, sorted(asked.sizes))
                keep(kept / "results.json", site.commit, before, found)
        text = report(found, site.commit, before)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
