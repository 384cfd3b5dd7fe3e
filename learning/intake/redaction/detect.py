"""What the guard found, in the shape in which it is stored: the words themselves are left behind."""

from dataclasses import dataclass

from learning.reader.identifiers import Identifier, find_identifiers
from learning.reader.identifiers.findings import MARKERS


@dataclass(frozen=True)
class Place:
    """A passage that may identify somebody. ``why`` names the rule, never the words."""

    start: int
    end: int
    kind: str
    why: str
    suggestion: str = "redact"
    instead: str = ""  # what is more general and could stand there


def findings(text: str) -> list[Place]:
    """What the guard found. Where it can say something more general, that is what it suggests."""
    return [_place(one) for one in find_identifiers(text)]


def _place(one: Identifier) -> Place:
    if one.suggestion == MARKERS[one.kind]:
        return Place(one.start, one.end, one.kind, one.why)
    return Place(one.start, one.end, one.kind, one.why, "generalise", one.suggestion)
