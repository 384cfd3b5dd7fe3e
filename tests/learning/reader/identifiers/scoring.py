"""How many identifiers of the sample passages the guard finds, and how many it raises for nothing.

    python -m tests.learning.reader.identifiers.scoring

An identifier is right where it overlaps an answer of the same kind. Optional answers are neither missed nor wrong.
A page is 3,000 characters. Only totals are printed, so that the unseen passages stay unseen.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from learning.reader.identifiers import find_identifiers

SAMPLES = Path(__file__).parents[3] / "samples" / "anonymity"
PAGE = 3_000


@dataclass
class Totals:
    required: int = 0
    found: int = 0
    false_alarms: int = 0
    characters: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.required

    @property
    def false_alarms_per_page(self) -> float:
        return self.false_alarms / (self.characters / PAGE)

    def __str__(self) -> str:
        return (
            f"found {self.found} of {self.required} ({self.recall:.3f}), {self.false_alarms} false alarms on "
            f"{self.characters / PAGE:.1f} pages ({self.false_alarms_per_page:.2f} a page)"
        )


def passages(half: str) -> Iterator[dict[str, Any]]:
    lines = (SAMPLES / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    yield from map(json.loads, lines)


def score(*halves: str) -> Totals:
    totals = Totals()
    for passage in chain.from_iterable(map(passages, halves)):
        found = [identifier.as_json() for identifier in find_identifiers(passage["text"])]
        required = [answer for answer in passage["findings"] if not answer["optional"]]
        totals.required += len(required)
        totals.found += sum(any(same(answer, identifier) for identifier in found) for answer in required)
        totals.false_alarms += sum(
            not any(same(answer, identifier) for answer in passage["findings"]) for identifier in found
        )
        totals.characters += len(passage["text"])
    return totals


def same(answer: dict[str, Any], identifier: dict[str, Any]) -> bool:
    overlap = answer["start"] < identifier["end"] and identifier["start"] < answer["end"]
    return bool(overlap and answer["kind"] == identifier["kind"])


if __name__ == "__main__":
    for halves in (
        ("seen",),
        ("seen_more",),
        ("unseen",),
        ("unseen_more",),
        ("seen", "seen_more", "unseen", "unseen_more"),
    ):
        sys.stdout.write(f"{' and '.join(halves)}: {score(*halves)}\n")
