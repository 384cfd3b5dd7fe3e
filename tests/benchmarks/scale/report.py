"""What was measured, as Markdown: what was asked first, then a table for each database engine.

    python -m tests.benchmarks.scale.report FOLDER/results.json

prints the report of what an earlier run has kept.
"""

import json
import os
import platform
import sys
import time
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.scale.promises import promises
from tests.benchmarks.scale.results import Results, Times, all_of, mean, median, percentile

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
RIVALS = {
    "product": "the site",
    "constant": "its templates with constant data",
    "raw": "plain SQL",
    "datasette": "Datasette 0.65",
}
SEARCHES = {
    "plain": "the site",
    "faceted": "the site, 1 facet",
    "bare": "index alone, over HTTP",
    "in the process": "index alone",
}


def report(found: list[Results], commit: str, before: float) -> str:
    """``before``: the load of the machine when the run began."""
    engines = list(dict.fromkeys(each.engine for each in found))
    parts = [about(commit, before), asked(found)]
    parts += [of_engine(engine, [each for each in found if each.engine == engine]) for engine in engines]
    return "\n\n".join(parts) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---", *["---:"] * (len(names) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def about(commit: str, before: float) -> str:
    models = [line.partition(":")[2] for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line]
    libraries = ", ".join(f"{name} {version(name)}" for name in ("django", "gunicorn", "pyroaring", "numpy"))
    return (
        "# Performance with many statements\n\n"
        f"Measured by `python -m tests.benchmarks.scale` on {time.strftime('%-d %B %Y')} of commit `{commit}`, with "
        f"{os.cpu_count()} cores ({models[0].strip() if models else platform.machine()}), Python "
        f"{platform.python_version()}, {libraries}; gunicorn with two plain workers, "
        "in production mode, over HTTP on the same machine. The load of the machine before the run was "
        f"{before:.1f}. Other programs that ran meanwhile affect everything compared alike, because measurements "
        "alternate. Milliseconds are median / 95th percentile. Targets that were not met are shown as such."
    )


def asked(found: list[Results]) -> str:
    rows = [
        [NAMES[one.engine], one.asked, one.measured, "**yes**" if one.is_met else "**no**"] for one in promises(found)
    ]
    return f"## Targets\n\n{table(['', 'target', 'measured', 'met'], rows)}"


def of_engine(engine: str, found: list[Results]) -> str:
    sizes = [f"{each.size:,}" for each in found]
    parts = [
        f"## {NAMES[engine]} {found[0].version}",
        "How much there is, and what it costs:",
        table(["statements", *sizes], facts(found)),
    ]
    parts += [
        "Response time of each kind of page in ms, and its largest size in kB:",
        table(["page", *sizes, "kB"], pages(found)),
    ]
    parts += [
        "Lists with facets compared with other ways to build them, in ms, measured in turn:",
        table(["list", *sizes], rivals(found)),
    ]
    parts += ["Searches compared with the index alone, in ms:", table(["words", *sizes], searches(found))]
    head = ["clients", "statements", "answers/s", "errors", "mean", "p50", "p95", "p99", "p99/mean"]
    parts += ["Concurrent readers of lists with facets, in ms:", table(head, loads(found))]
    return "\n\n".join(parts)


def ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f}" if seconds < 0.1 else f"{1000 * seconds:,.0f}"


def both(seconds: list[float] | None) -> str:
    return f"{ms(median(seconds))} / {ms(percentile(seconds, 0.95))}" if seconds else "-"


def facts(found: list[Results]) -> list[list[str]]:
    made = [
        f"{each.made_in:.0f} s, {each.size / each.made_in:,.0f}/s" if each.made_in else "made earlier" for each in found
    ]
    changed = [
        f"{both(each.changes['first'])} ({'every worker shows it' if each.changes['is_shown'] else 'NOT SHOWN'})"
        for each in found
    ]
    return [
        ["visible statements", *(f"{each.statements:,}" for each in found)],
        ["visible reviews", *(f"{each.reviews:,}" for each in found)],
        ["time to make the samples", *made],
        ["from start to first list", *(f"{each.started_in:.1f} s" for each in found)],
        ["a list before a change, ms", *(both(each.changes["steady"]) for each in found)],
        ["first list after a bulletin is published, ms", *changed],
        ["second list after it, ms", *(both(each.changes["second"]) for each in found)],
        ["memory of each worker (RSS), MB", *(", ".join(str(one["Rss"]) for one in each.workers) for each in found)],
        ["its share (PSS), MB", *(", ".join(str(one["Pss"]) for one in each.workers) for each in found)],
    ]


def pages(found: list[Results]) -> list[list[str]]:
    kinds = list(dict.fromkeys(kind for each in found for kind in each.pages))
    return [
        [
            kind,
            *(both(each.pages.get(kind)) for each in found),
            f"{max(each.largest.get(kind, 0) for each in found) / 1000:.1f}",
        ]
        for kind in kinds
    ]


def rivals(found: list[Results]) -> list[list[str]]:
    names = {name: label for name, label in RIVALS.items() if all_of(found[0].lists, name)}
    return in_turns([each.lists for each in found], names)


def searches(found: list[Results]) -> list[list[str]]:
    return in_turns([each.searches for each in found], SEARCHES)


def in_turns(found: list[dict[str, Times]], names: dict[str, str]) -> list[list[str]]:
    """A row for each kind and each that answered, with a column for each size."""
    return [
        [f"{kind}: {label}", *(both(each.get(kind, {}).get(name)) for each in found)]
        for kind in found[0]
        for name, label in names.items()
    ]


def loads(found: list[Results]) -> list[list[str]]:
    return [
        [
            str(load["clients"]),
            f"{each.size:,}",
            f"{load['rate']:.1f}",
            str(load["errors"]),
            ms(mean(load["seconds"])),
            *(ms(percentile(load["seconds"], part)) for part in (0.5, 0.95, 0.99)),
            f"{percentile(load['seconds'], 0.99) / mean(load['seconds']):.2f}",
        ]
        for each in found
        for load in each.loads
    ]


if __name__ == "__main__":
    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.stdout.write(report([Results(**each) for each in told["found"]], told["commit"], told["before"]))
