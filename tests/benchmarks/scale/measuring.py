"""The order of it all, for one database: what is measured, of what, and how often."""

import json
import re
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.scale import flat, publishing
from tests.benchmarks.scale.asking import ask, expect
from tests.benchmarks.scale.databases import Made, free_port
from tests.benchmarks.scale.load import load
from tests.benchmarks.scale.servers import Server, gunicorn, memory, running
from tests.benchmarks.scale.site import Site

CLIENTS = (1, 8, 32)
LONG_LOAD = 60  # seconds of the 32 clients at the size of which something is promised of them
LONGEST = 60  # seconds for one comparison
LEAST = 6  # samples, however long they take
Times = dict[str, list[float]]


@dataclass
class Results:
    """All that was measured on one database; seconds, bytes and megabytes."""

    engine: str
    size: int
    statements: int = 0
    reviews: int = 0
    made_in: float | None = None
    started_in: float = 0
    pages: Times = field(default_factory=dict)
    largest: dict[str, int] = field(default_factory=dict)
    lists: Times = field(default_factory=dict)
    searches: dict[str, Times] = field(default_factory=dict)
    loads: list[dict[str, Any]] = field(default_factory=list)
    workers: list[dict[str, int]] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Bench:
    site: Site
    work: Path
    kept: Path
    seconds: float

    def measured(self, engine: str, size: int, made: Made) -> Results:
        found = Results(engine, size, made_in=made.seconds)
        drawn = self.site.python("-m", "tests.benchmarks.scale.addresses", database=made.url)
        (self.work / "addresses.json").write_text(drawn)
        addresses = json.loads(drawn)
        found.statements, found.reviews = addresses["statements"], addresses["reviews"]
        with self.all_running(made.url) as servers:
            product = servers["product"]
            found.started_in = product.started
            tell(f"{engine}, {found.statements:,} statements: pages")
            measure_pages(found, product, pages_of(addresses))
            tell("lists beside their rivals")
            measure_lists(found, servers, addresses["listed"])
            tell("searches beside the index alone")
            measure_searches(found, servers, addresses["searches"])
            tell("many readers at once")
            self.measure_load(found, product, [each["product"] for each in addresses["listed"]])
            found.workers = [memory(worker) for worker in product.workers]
            tell("a change")
            found.changes = asdict(publishing.measured(self.site, made.url, product))
        return found

    @contextmanager
    def all_running(self, url: str) -> Iterator[dict[str, Server]]:
        """The product first and alone, for its start is measured; then its rivals."""
        log, here = self.work / "servers.log", "tests.benchmarks.scale"
        first = "/learning/?kind=recommendation"
        with ExitStack() as stack:
            found: dict[str, Server] = {}
            found["product"] = stack.enter_context(gunicorn(self.site, url, "scr_kb.wsgi", first, log))
            found["raw"] = stack.enter_context(gunicorn(self.site, url, f"{here}.raw_sql", "/list", log))
            addresses = str(self.work / "addresses.json")
            found["constant"] = stack.enter_context(
                gunicorn(self.site, url, f"{here}.constant", "/learning/", log, "--preload", SCALE_ADDRESSES=addresses)
            )
            if url.startswith("sqlite"):
                found["datasette"] = stack.enter_context(self.datasette(url, log))
            yield found

    @contextmanager
    def datasette(self, url: str, log: Path) -> Iterator[Server]:
        table, port = self.work / "flat.db", free_port()
        flat.export(url.removeprefix("sqlite:///"), table)
        command = flat.command(flat.installed(self.kept), table, port)
        with running(command, port, "/flat/statements?_size=1", log, self.work) as server:
            yield server
        table.unlink()

    def measure_load(self, found: Results, product: Server, addresses: list[str]) -> None:
        for clients in CLIENTS:
            is_long = clients == max(CLIENTS) and found.size == 200_000 and self.seconds >= 10
            done = load(product.port, addresses, clients, LONG_LOAD if is_long else self.seconds)
            found.loads.append({"clients": clients, "rate": done.rate, **asdict(done)})


# --- pages --------------------------------------------------------------------------------------------------------


def pages_of(addresses: dict[str, Any]) -> dict[str, list[str]]:
    """The kinds of page with their addresses; what is searched for among them."""
    found = dict(addresses["pages"])
    for kind in ("rare", "medium", "common", "phrase"):
        searches = [each for each in addresses["searches"] if each["kind"] == kind]
        found[f"/learning/ search, {kind}"] = [each["plain"] for each in searches]
        found[f"/learning/ search, {kind}, 1 facet"] = [each["faceted"] for each in searches]
        found[f"/search/ {kind}"] = [each["everything"] for each in searches]
    return found


def measure_pages(found: Results, product: Server, pages: dict[str, list[str]]) -> None:
    """One kind after the other in turns, so that whatever else the machine does falls upon all of them."""
    for addresses in pages.values():
        for _ in range(4):
            expect(ask(product.port, addresses[0]), what=addresses[0])
    found.pages = {kind: [] for kind in [*pages, "304, not changed"]}
    most = max(len(addresses) for addresses in pages.values())
    tag = ask(product.port, "/learning/").headers.get("ETag", "")
    started = time.perf_counter()
    for turn in range(most):
        if turn >= LEAST and time.perf_counter() - started > 3 * LONGEST:
            break
        for kind, addresses in pages.items():
            if turn < len(addresses):
                answer = expect(ask(product.port, addresses[turn]), what=addresses[turn])
                found.pages[kind].append(answer.seconds)
                found.largest[kind] = max(found.largest.get(kind, 0), len(answer.body))
        unchanged = expect(ask(product.port, "/learning/", {"If-None-Match": tag}), 304, "/learning/ again")
        found.pages["304, not changed"].append(unchanged.seconds)


# --- rivals -------------------------------------------------------------------------------------------------------


def measure_lists(found: Results, servers: dict[str, Server], listed: list[dict[str, str]]) -> None:
    """The same list of each in turn. The constant pages are the product's own, at the same address."""
    asked = {name: "product" if name == "constant" else name for name in servers}
    found.lists = {name: [] for name in servers}
    for name, server in servers.items():
        for each in listed[:2]:
            expect(ask(server.port, each[asked[name]]), what=f"{name} {each[asked[name]]}")
    started = time.perf_counter()
    for number, each in enumerate(listed):
        if number >= LEAST and time.perf_counter() - started > LONGEST:
            break
        for name, server in servers.items():
            answer = expect(ask(server.port, each[asked[name]]), what=f"{name} {each[asked[name]]}")
            found.lists[name].append(answer.seconds)


def measure_searches(found: Results, servers: dict[str, Server], searches: list[dict[str, str]]) -> None:
    """Each search with and without a facet, beside the query of the index that its first page needs at least."""
    names = ("plain", "faceted", "bare", "in the process")
    started = time.perf_counter()
    for number, each in enumerate(searches):
        if number >= 4 * LEAST and time.perf_counter() - started > LONGEST:
            break
        times = found.searches.setdefault(each["kind"], {name: [] for name in names})
        for name in ("plain", "faceted"):
            times[name].append(expect(ask(servers["product"].port, each[name]), what=each[name]).seconds)
        alone = expect(ask(servers["raw"].port, each["bare"]), what=each["bare"])
        times["bare"].append(alone.seconds)
        times["in the process"].append(float(re.sub(rb"[^\d.]", b"", alone.body)))


# --- figures ------------------------------------------------------------------------------------------------------


def median(seconds: list[float]) -> float:
    return statistics.median(seconds) if seconds else float("nan")


def percentile(seconds: list[float], part: float) -> float:
    """The time within which this part of all was answered."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else float("nan")


def tell(text: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()
