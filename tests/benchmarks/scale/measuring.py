"""The order of it all, for one engine: what is measured, of what, and how often.

The machine may be shared, so whatever is compared is measured in turns: the same kind of page of every size, and the
same list of every rival.
"""

import json
import re
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.scale import flat, publishing
from tests.benchmarks.scale.asking import ask, expect
from tests.benchmarks.scale.databases import Postgresql, Sqlite, free_port
from tests.benchmarks.scale.load import load
from tests.benchmarks.scale.results import Results
from tests.benchmarks.scale.servers import Server, gunicorn, memory, running
from tests.benchmarks.scale.site import Site

CLIENTS = (1, 8, 32)
LONG_LOAD = 60  # seconds of the 32 clients at the size of which something is promised of them
LONGEST = 60  # seconds for one comparison; what is slow is asked less often
LEAST = 8  # samples, however long they take
WARM_UP = 4  # requests for each kind of page: some to each worker
FIRST = "/learning/?kind=recommendation"


@dataclass(frozen=True)
class Product:
    """The site on one database. ``addresses``: what ``addresses`` has drawn from it."""

    found: Results
    url: str
    server: Server
    addresses: dict[str, Any]

    @property
    def pages(self) -> dict[str, list[str]]:
        """The kinds of page with their addresses; what is searched for among them."""
        found = dict(self.addresses["pages"])
        for kind in ("rare", "medium", "common", "phrase"):
            searches = [each for each in self.addresses["searches"] if each["kind"] == kind]
            found[f"/learning/ search, {kind}"] = [each["plain"] for each in searches]
            found[f"/learning/ search, {kind}, 1 facet"] = [each["faceted"] for each in searches]
            found[f"/search/ {kind}"] = [each["everything"] for each in searches]
        return found

    def asked(self, address: str) -> float:
        answer = expect(ask(self.server.port, address), what=address)
        return answer.seconds


@dataclass(frozen=True)
class Bench:
    """``work`` is thrown away afterwards, ``kept`` perhaps not. ``seconds``: how long each load lasts."""

    site: Site
    work: Path
    kept: Path
    seconds: float

    def measured(self, databases: Sqlite | Postgresql, sizes: list[int]) -> list[Results]:
        with ExitStack() as stack:
            products = [stack.enter_context(self.product(databases, size)) for size in sizes]
            tell(f"{databases.engine}: pages")
            measure_pages(products)
            for product in products:
                with self.rivals(product) as rivals:
                    tell(f"{databases.engine}, {product.found.size:,}: lists and searches beside their rivals")
                    measure_lists(product, rivals)
                    measure_searches(product, rivals["raw"])
                tell("many readers at once, and a change")
                self.measure_load(product)
                product.found.workers = [memory(worker) for worker in product.server.workers]
                changes = publishing.measured(self.site, product.url, product.server, product.addresses["bulletin"])
                product.found.changes = asdict(changes)
        return [product.found for product in products]

    @contextmanager
    def product(self, databases: Sqlite | Postgresql, size: int) -> Iterator[Product]:
        tell(f"{databases.engine}, {size:,}: the database")
        with databases.database(self.site, size) as made:
            drawn = self.site.python("-m", "tests.benchmarks.scale.addresses", database=made.url)
            self.addresses_of(size).write_text(drawn)
            with gunicorn(self.site, made.url, "scr_kb.wsgi", FIRST, self.log) as server:
                addresses = json.loads(drawn)
                found = Results(databases.engine, size, databases.version)
                found.statements, found.reviews = addresses["statements"], addresses["reviews"]
                found.made_in, found.started_in = made.seconds, server.started
                yield Product(found, made.url, server, addresses)

    @contextmanager
    def rivals(self, product: Product) -> Iterator[dict[str, Server]]:
        here, url = "tests.benchmarks.scale", product.url
        addresses = str(self.addresses_of(product.found.size))
        with ExitStack() as stack:
            raw = gunicorn(self.site, url, f"{here}.raw_sql", "/list", self.log)
            constant = gunicorn(
                self.site, url, f"{here}.constant", "/learning/", self.log, "--preload", SCALE_ADDRESSES=addresses
            )
            found = {"constant": stack.enter_context(constant), "raw": stack.enter_context(raw)}
            if url.startswith("sqlite"):
                found["datasette"] = stack.enter_context(self.datasette(url))
            yield found

    @contextmanager
    def datasette(self, url: str) -> Iterator[Server]:
        table, port = self.work / "flat.db", free_port()
        flat.export(url.removeprefix("sqlite:///"), table)
        command = flat.command(flat.installed(self.kept), table, port)
        with running(command, port, "/flat/statements?_size=1", self.log, self.work) as server:
            yield server
        table.unlink()

    def measure_load(self, product: Product) -> None:
        addresses = [each["product"] for each in product.addresses["listed"]]
        for clients in CLIENTS:
            is_long = clients == max(CLIENTS) and product.found.size == 200_000 and self.seconds >= 10
            done = load(product.server.port, addresses, clients, LONG_LOAD if is_long else self.seconds)
            product.found.loads.append({"clients": clients, "rate": done.rate, **asdict(done)})

    def addresses_of(self, size: int) -> Path:
        return self.work / f"addresses-{size}.json"

    @property
    def log(self) -> Path:
        return self.work / "servers.log"


# --- pages --------------------------------------------------------------------------------------------------------


def measure_pages(products: list[Product]) -> None:
    """Each kind in turn, each time of every size."""
    kinds = {kind: len(addresses) for kind, addresses in products[0].pages.items()}
    tags = {}
    for product in products:
        product.found.pages = {kind: [] for kind in [*kinds, "304, not changed"]}
        for addresses in product.pages.values():
            for address in addresses[:WARM_UP]:
                product.asked(address)
        tags[product.found.size] = ask(product.server.port, "/learning/").headers.get("ETag", "")
    started = time.perf_counter()
    for turn in range(max(kinds.values())):
        if turn >= LEAST and time.perf_counter() - started > 3 * LONGEST * len(products):
            break
        for kind, count in kinds.items():
            for product in products if turn < count else []:
                measure_page(product, kind, product.pages[kind][turn])
        for product in products:
            tag = {"If-None-Match": tags[product.found.size]}
            unchanged = expect(ask(product.server.port, "/learning/", tag), 304, "/learning/ again")
            product.found.pages["304, not changed"].append(unchanged.seconds)


def measure_page(product: Product, kind: str, address: str) -> None:
    answer = expect(ask(product.server.port, address), what=address)
    product.found.pages[kind].append(answer.seconds)
    product.found.largest[kind] = max(product.found.largest.get(kind, 0), len(answer.body))


# --- rivals -------------------------------------------------------------------------------------------------------


def measure_lists(product: Product, rivals: dict[str, Server]) -> None:
    """The same list of each in turn. The constant pages are the product's own, at the same address."""
    servers = {"product": product.server, **rivals}
    asked = {name: "product" if name == "constant" else name for name in servers}
    listed = product.addresses["listed"]
    for name, server in servers.items():
        for each in listed[:WARM_UP]:
            expect(ask(server.port, each[asked[name]]), what=f"{name} {each[asked[name]]}")
    started = time.perf_counter()
    for number, each in enumerate(listed):
        if number >= LEAST and time.perf_counter() - started > LONGEST:
            break
        times = product.found.lists.setdefault(each["kind"], {name: [] for name in servers})
        for name, server in servers.items():
            answer = expect(ask(server.port, each[asked[name]]), what=f"{name} {each[asked[name]]}")
            times[name].append(answer.seconds)


def measure_searches(product: Product, raw: Server) -> None:
    """Each search with and without a facet, beside the query of the index that its first page needs at least."""
    started = time.perf_counter()
    for number, each in enumerate(product.addresses["searches"]):
        if number >= LEAST and time.perf_counter() - started > LONGEST:
            break
        names = ("plain", "faceted", "bare", "in the process")
        times = product.found.searches.setdefault(each["kind"], {name: [] for name in names})
        times["plain"].append(product.asked(each["plain"]))
        times["faceted"].append(product.asked(each["faceted"]))
        alone = expect(ask(raw.port, each["bare"]), what=each["bare"])
        times["bare"].append(alone.seconds)
        times["in the process"].append(float(re.sub(rb"[^\d.]", b"", alone.body)))


def tell(text: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()
