"""What was asked of the site, line by line, and whether this run shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmarks.scale.results import Results, all_of, mean, median, percentile, times_of

NATIONAL, SMALL, LARGE = 200_000, 20_000, 1_000_000


@dataclass(frozen=True)
class Promise:
    engine: str
    asked: str
    measured: str
    is_met: bool


def promises(found: list[Results]) -> list[Promise]:
    return [one for engine in dict.fromkeys(each.engine for each in found) for one in of_engine(engine, found)]


def of_engine(engine: str, found: list[Results]) -> Iterator[Promise]:
    """What can be said with the sizes of this run."""
    at = {each.size: each for each in found if each.engine == engine}
    if NATIONAL in at:
        yield from beside_rivals(at[NATIONAL])
        yield from searching(at[NATIONAL])
        yield from under_load(at[NATIONAL])
    if SMALL in at and LARGE in at:
        yield from growing(at[SMALL], at[LARGE])
    if at:
        yield from everywhere(engine, list(at.values()))


def beside_rivals(here: Results) -> Iterator[Promise]:
    site = median(all_of(here.lists, "product"))
    for rival, name, least in (("datasette", "Datasette", 25), ("raw", "plain SQL", 5)):
        if times := all_of(here.lists, rival):
            faster, each = median(times) / site, times_of(here.lists, rival, "product")
            asked = f"lists at 200,000 at least {least} times faster than {name}"
            yield Promise(here.engine, asked, f"{faster:.1f} times ({each})", faster >= least)
    slower, each = site / median(all_of(here.lists, "constant")), times_of(here.lists, "product", "constant")
    asked = "lists at 200,000 take at most 2 times as long as their templates with constant data"
    yield Promise(here.engine, asked, f"{slower:.2f} times ({each})", slower <= 2)


def searching(here: Results) -> Iterator[Promise]:
    site, each = median(all_of(here.searches, "faceted")), times_of(here.searches, "faceted", "bare")
    times, alone = (site / median(all_of(here.searches, name)) for name in ("bare", "in the process"))
    yield Promise(
        here.engine,
        "searches with a facet at 200,000 take at most 3 times as long as the index alone (median of all, over HTTP)",
        f"{times:.2f} times ({each}; index without HTTP: {alone:.1f})",
        times <= 3,
    )


def under_load(here: Results) -> Iterator[Promise]:
    one, most = here.loads[0], here.loads[-1]
    gain, tail = most["rate"] / one["rate"], percentile(most["seconds"], 0.99) / mean(most["seconds"])
    clients = f"{most['clients']} clients for {most['took']:.0f} s"
    yield Promise(here.engine, f"{clients} at 200,000: no error", f"{most['errors']} errors", not most["errors"])
    yield Promise(here.engine, f"{clients}: at least 1.6 times one client's answers", f"{gain:.2f} times", gain >= 1.6)
    yield Promise(
        here.engine, f"{clients}: 99th percentile within 2.5 times the mean", f"{tail:.2f} times", tail <= 2.5
    )


def growing(small: Results, large: Results) -> Iterator[Promise]:
    """Of 50 times as much: how much slower each kind of page is."""
    grown = {
        kind: median(seconds) / median(small.pages[kind])
        for kind, seconds in large.pages.items()
        if kind in small.pages
    }
    is_search = {kind: "search" in kind for kind in grown}
    for name, limit, kinds in (
        ("browsing page", 2, [kind for kind in grown if not is_search[kind]]),
        ("ranked search", 4, [kind for kind in grown if is_search[kind]]),
    ):
        worst = sorted(kinds, key=lambda kind: -grown[kind])[:3]
        over = [kind for kind in kinds if grown[kind] >= limit]
        told = "; ".join(f"{kind} {grown[kind]:.2f}" for kind in (over or worst))
        yield Promise(
            small.engine, f"from 20,000 to 1,000,000 the median of each {name} grows by a factor below {limit}",
            f"{len(kinds) - len(over)} of {len(kinds)}: {told}", not over,
        )  # fmt: skip


def everywhere(engine: str, found: list[Results]) -> Iterator[Promise]:
    most = max(worker["Rss"] for each in found for worker in each.workers)
    yield Promise(engine, "memory of a worker below 400 MB at every size", f"{most} MB", most < 400)
    size, kind = max((size, kind) for each in found for kind, size in each.largest.items())
    heavy = sorted({kind for each in found for kind, size in each.largest.items() if size > 60_000})
    yield Promise(
        engine, "no page above 60 kB", f"{size / 1000:.1f} kB at most ({', '.join(heavy) or kind})", not heavy
    )
    is_shown = all(each.changes["is_shown"] for each in found)
    yield Promise(
        engine, "a change shows in every worker's next answer", "shown" if is_shown else "not shown", is_shown
    )
