"""How many answers a second a list gives where readers ask for what others have asked for before.

    python -m tests.benchmarks.repeats [--statements 20000] [--seconds 20] [--rounds 2] [--other PATH]

Two workers of gunicorn serve sample statements to 32 clients at once, which ask for the list of statements under
varied filters. Of the requests 0 %, 50 % and 90 % repeat an address that each worker was asked for before; each of the
rest asks for one that nobody has asked for lately. The last commit answers with the pages that it keeps and without
(``SCR_KB_KEEP_PAGES``), and so does another checkout of the project, on a database of its own; all in turns, since the
machine may be shared. Where it is, the workers' own processor time tells more than the clock: so both are told. The
databases are thrown away, or stay in ``--keep``.
"""

import argparse
import io
import itertools
import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.benchmarks.scale.asking import ask, expect
from tests.benchmarks.scale.databases import STATEMENTS_A_REVIEW
from tests.benchmarks.scale.load import HEADERS, answered
from tests.benchmarks.scale.servers import Server, gunicorn, memory
from tests.benchmarks.scale.site import CHECKOUT, Site

CLIENTS = 32
SHARES = (0, 50, 90)  # percent of the requests that repeat a popular address
POPULAR = 40
UNUSUAL = 12_000  # addresses; each worker keeps 500 pages, so none is still kept when its turn comes again
ENOUGH = {50: 1.7, 90: 4.0}
FIRST = "/learning/?kind=recommendation"
DRAW = """
import json, sys
from tests.benchmarks.scale import addresses
drawn, found = addresses.Drawn(seed=2), {}
for turn in range(20 * int(sys.argv[1])):
    asked = drawn.some(1 + turn % 3)
    if turn % 2:
        asked["sort"] = "oldest"
    found[addresses.address("/learning/", **asked)] = None
    if len(found) == int(sys.argv[1]):
        break
print(json.dumps(list(found)))
"""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.repeats")
    parser.add_argument("--statements", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=20, help="how long each load lasts")
    parser.add_argument("--rounds", type=int, default=2, help="how often each is measured; the medians are told")
    parser.add_argument("--other", type=Path, metavar="PATH", help="another checkout, measured too")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where databases are kept for the next run")
    parser.add_argument("--ask", action="store_true", help="be the clients: read what to do as JSON")
    return parser.parse_args()


# --- the clients --------------------------------------------------------------------------------------------------


def requests(popular: list[str], unusual: list[str], share: int, seed: int) -> Iterator[str]:
    """Without end; the unusual ones in their order, over and over, from a place that chance gives."""
    chance = random.Random(seed)
    start = chance.randrange(len(unusual))
    others = itertools.cycle([*unusual[start:], *unusual[:start]])
    while True:
        yield chance.choice(popular) if chance.randrange(100) < share else next(others)


def ask_all(port: int, addresses: Iterator[str], seconds: float) -> dict[str, float]:
    """Each client takes the next address as soon as it has an answer."""
    lock, counts = threading.Lock(), {True: 0, False: 0}
    start = time.perf_counter()

    def client() -> None:
        while time.perf_counter() < start + seconds:
            with lock:
                address = next(addresses)
            is_page = answered(port, f"GET {address} HTTP/1.1\r\n{HEADERS}\r\n".encode())
            with lock:
                counts[is_page] += 1

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"answers": counts[True], "errors": counts[False], "seconds": time.perf_counter() - start}


def be_the_clients() -> None:
    asked = json.load(sys.stdin)
    addresses = requests(asked["popular"], asked["unusual"], asked["share"], asked["seed"])
    sys.stdout.write(json.dumps(ask_all(asked["port"], addresses, asked["seconds"])))


# --- what answers -------------------------------------------------------------------------------------------------


@dataclass
class Contender:
    """A server that is measured, with the answers a second of each round, by the share of repeated requests.

    ``rates`` go by the clock, ``costs`` by the time that the workers had a processor (of both together).
    """

    name: str
    server: Server
    rates: dict[int, list[float]] = field(default_factory=lambda: {share: [] for share in SHARES})
    costs: dict[int, list[float]] = field(default_factory=lambda: {share: [] for share in SHARES})

    def warm_up(self, addresses: list[str]) -> None:
        for worker in self.server.workers:
            for address in addresses:
                with self.server.only(worker):
                    expect(ask(self.server.port, address), what=address)

    def measure(self, addresses: list[str], share: int, seconds: float, seed: int) -> None:
        asked = {
            "port": self.server.port,
            "popular": addresses[:POPULAR],
            "unusual": addresses[POPULAR:],
            "share": share,
            "seed": seed,
            "seconds": seconds,
        }
        command = [sys.executable, "-m", "tests.benchmarks.repeats", "--ask"]
        self.warm_up(addresses[:POPULAR])
        before = processor_seconds(self.server.workers)
        done = subprocess.run(
            command, cwd=CHECKOUT, input=json.dumps(asked), capture_output=True, text=True, check=True
        )
        found = json.loads(done.stdout)
        if found["errors"]:
            raise SystemExit(f"{self.name} failed to answer {found['errors']} requests with a page.")
        self.rates[share].append(found["answers"] / found["seconds"])
        self.costs[share].append(found["answers"] / (processor_seconds(self.server.workers) - before))


def processor_seconds(processes: list[int]) -> float:
    fields = [Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split() for each in processes]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def other_site(checkout: Path, folder: Path) -> Site:
    """The last commit of another checkout."""
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=checkout, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    site = Site(folder, checkout.name)
    site.manage("sqlite:///:memory:", "collectstatic", "--no-input", "--verbosity", "0")
    return site


def database(site: Site, path: Path, statements: int) -> str:
    """The address of a database of samples, which the site makes itself unless it is there."""
    url, reviews = f"sqlite:///{path}", str(max(1, statements // STATEMENTS_A_REVIEW))
    if not path.exists():
        partly = path.with_suffix(".partly")
        partly.unlink(missing_ok=True)
        site.manage(f"sqlite:///{partly}", "migrate", "--verbosity", "0")
        had_a_command = (site.folder / "learning/management/commands/make_corpus.py").exists()
        corpus = ["manage.py", "make_corpus"] if had_a_command else ["-m", "tests.benchmarks.corpus", "--quiet"]
        site.python(*corpus, "--reviews", reviews, database=f"sqlite:///{partly}", SCR_KB_ENV="development")
        partly.rename(path)
    site.manage(url, "migrate", "--verbosity", "0")
    return url


@contextmanager
def contenders(options: argparse.Namespace, work: Path) -> Iterator[tuple[list[Contender], list[str]]]:
    """Those that are measured, and the addresses that they are asked for."""
    kept = options.keep or work
    with ExitStack() as stack:
        site = Site.copied(work / "site")
        url = database(site, kept / f"{options.statements}.sqlite3", options.statements)
        addresses = json.loads(site.python("-c", DRAW, str(POPULAR + UNUSUAL), database=url))
        log = work / "servers.log"

        def start(name: str, site: Site, url: str, **environment: str) -> Contender:
            server = stack.enter_context(gunicorn(site, url, "scr_kb.wsgi", FIRST, log, **environment))
            return Contender(name, server)

        found = [start("with kept pages", site, url, SCR_KB_KEEP_PAGES="true"), start("without", site, url)]
        if options.other:
            other = other_site(options.other, work / "other")
            own = database(other, kept / f"{options.other.name}-{options.statements}.sqlite3", options.statements)
            found.append(start(f"checkout {other.commit}", other, own))
        yield found, addresses


# --- the report ---------------------------------------------------------------------------------------------------


def report(found: list[Contender]) -> str:
    lines = []
    for what, name in (("answers a second", "rates"), ("answers a second of processor time", "costs")):
        lines.append(f"{what}:")
        for share in SHARES:
            kept, *rivals = [(each.name, median(getattr(each, name)[share])) for each in found]
            told = "; ".join(f"{rate:.1f} {rival} ({kept[1] / rate:.2f} times)" for rival, rate in rivals)
            asked = f"; {ENOUGH[share]} times are asked" if share in ENOUGH else ""
            lines.append(f"  {share:>2} % repeated: {kept[1]:.1f} {kept[0]}; {told}{asked}")
    for each in found:
        sizes = " and ".join(str(memory(worker)["Rss"]) for worker in each.server.workers)
        lines.append(f"{each.name}: workers of {sizes} MB")
    return "\n".join(lines)


def main() -> None:
    options = arguments()
    if options.ask:
        be_the_clients()
        return
    with tempfile.TemporaryDirectory() as folder, contenders(options, Path(folder)) as (found, addresses):
        for turn, share in itertools.product(range(options.rounds), SHARES):
            for each in found:
                each.measure(addresses, share, options.seconds, seed=100 * turn + share)
        sys.stdout.write(f"{options.statements:,} statements, {len(addresses):,} addresses\n{report(found)}\n")


if __name__ == "__main__":
    main()
