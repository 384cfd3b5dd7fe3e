"""How well a reading agrees with the answer beside its text: matched statements, and what is misplaced or made up."""

import difflib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from learning.reader.document import read_document

ALIKE = 0.75
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PAGE = re.compile(r"^[ \t]*(?:page[ \t]+)?\d+(?:[ \t]+of[ \t]+\d+)?[ \t]*$", re.I | re.M)
_COMMON = set("serious case review scr child children young person baby adult family the of and".split())  # noqa: SIM905


@dataclass
class Score:
    wanted: int = 0
    given: int = 0
    matched: int = 0
    misplaced: int = 0
    invented: int = 0
    counts_wrong: list[str] = field(default_factory=list)
    reviews_missed: list[str] = field(default_factory=list)
    reviews_wrong: list[str] = field(default_factory=list)  # statements with the label of another review

    @property
    def f1(self) -> float:
        return 2 * self.matched / (self.wanted + self.given) if self.wanted + self.given else 1.0


def words(text: str) -> list[str]:
    text = unescape(_LINK.sub(r"\1", _TAG.sub(" ", text))).replace("’", "'").replace("‘", "'")
    return _WORD.findall(text.casefold())


def alike(left: list[str], right: list[str]) -> float:
    if not left or not right:
        return 0.0
    shared = 2 * sum((Counter(left) & Counter(right)).values()) / (len(left) + len(right))
    if shared >= ALIKE:
        return shared
    return max(shared, difflib.SequenceMatcher(None, " ".join(left), " ".join(right), autojunk=False).ratio())


def holds(outer: str, inner: str) -> bool:
    """Whether the words of one text stand unbroken in another, but for the lines of page numbers in it."""
    sought = f" {' '.join(words(inner))} "
    return any(sought in f" {' '.join(words(text))} " for text in (outer, _PAGE.sub(" ", outer)))


def score(folder: Path) -> Score:
    total = Score()
    for path in sorted(folder.glob("*.txt")):
        answer = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        _add(total, path, answer, read_document(path.name, path.read_bytes()).as_json())
    return total


def _add(total: Score, path: Path, answer: dict[str, Any], given: dict[str, Any]) -> None:
    text = path.read_text(encoding="utf-8")
    pairs = _pairs(answer["statements"], given["statements"])
    optional = {index for index, one in enumerate(answer["statements"]) if one.get("optional")}
    total.wanted += len(answer["statements"]) - len(optional)
    total.given += len(given["statements"]) - sum(1 for index in pairs if index in optional)
    total.matched += sum(1 for index in pairs if index not in optional)
    for one in given["statements"]:
        passage = given["source"][one["start"] : one["end"]]
        total.misplaced += not (holds(passage, one["text"]) and len(words(passage)) <= 2 * len(words(one["text"])) + 10)
        total.invented += not holds(text, one["text"])
    if answer["stated_counts"] != given["stated_counts"]:
        total.counts_wrong.append(path.stem)
    labels = [_key(review["label"]) for review in given["reviews"]]
    total.reviews_missed += [label for label in answer["reviews"] if _key(label) not in labels]
    for index, other in pairs.items():
        left, right = answer["statements"][index].get("review", ""), given["statements"][other]["review"]
        if index not in optional and _key(left) != _key(right):
            total.reviews_wrong.append(f"{path.stem}: {left} / {right}")


def _pairs(wanted: list[dict[str, Any]], given: list[dict[str, Any]]) -> dict[int, int]:
    """One to one, the most alike first; of one kind, but for what is optional."""
    left, right = [words(one["text"]) for one in wanted], [words(one["text"]) for one in given]
    candidates = []
    for a, one in enumerate(wanted):
        for b, other in enumerate(given):
            if one.get("optional") or one["kind"] == other["kind"]:
                likeness = alike(left[a], right[b])
                if likeness >= ALIKE:
                    candidates.append((-likeness, bool(one.get("optional")), a, b))
    pairs: dict[int, int] = {}
    for _, _, a, b in sorted(candidates):
        if a not in pairs and b not in pairs.values():
            pairs[a] = b
    return pairs


def _key(label: str) -> frozenset[str]:
    every = frozenset(words(label))
    return every - _COMMON or every
