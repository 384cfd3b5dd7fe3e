"""What was measured on one database, and the figures that are made of it."""

import statistics
from dataclasses import dataclass, field
from typing import Any

Times = dict[str, list[float]]


@dataclass
class Results:
    """Seconds, bytes and megabytes. ``size`` is what was asked for, ``statements`` how many of them are visible."""

    engine: str
    size: int
    version: str = ""
    statements: int = 0
    reviews: int = 0
    made_in: float | None = None
    started_in: float = 0
    pages: Times = field(default_factory=dict)
    largest: dict[str, int] = field(default_factory=dict)
    lists: dict[str, Times] = field(default_factory=dict)
    searches: dict[str, Times] = field(default_factory=dict)
    loads: list[dict[str, Any]] = field(default_factory=list)
    workers: list[dict[str, int]] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)


def all_of(kinds: dict[str, Times], name: str) -> list[float]:
    """What was measured of this name, of every kind."""
    return [seconds for times in kinds.values() for seconds in times.get(name, [])]


def times_of(kinds: dict[str, Times], name: str, other: str) -> str:
    """How many times as long the one took as the other in the middle, kind by kind."""
    found = {kind: median(times[name]) / median(times[other]) for kind, times in kinds.items()}
    return ", ".join(f"{kind} {times:.1f}" for kind, times in found.items())


def median(seconds: list[float]) -> float:
    return statistics.median(seconds) if seconds else float("nan")


def mean(seconds: list[float]) -> float:
    return sum(seconds) / len(seconds) if seconds else float("nan")


def percentile(seconds: list[float], part: float) -> float:
    """The time within which this part of all was answered."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else float("nan")
