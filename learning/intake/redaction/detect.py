"""What the guard found, in the shape in which it is stored: the words themselves are left behind."""

from dataclasses import dataclass

from learning.reader.identifiers import Identifier, find_identifiers
from learning.reader.identifiers.findings import MARKERS


@dataclass(frozen=True)
class IdentifierFinding:
    """A passage that may identify somebody. ``why`` names the rule, never the words."""

    start: int
    end: int
    kind: str
    why: str
    suggestion: str = "redact"
    instead: str = ""  # what is more general and could stand there


def findings(text: str) -> list[IdentifierFinding]:
    """What the guard found. Where it can say something more general, that is what it suggests."""
    return [_finding(identifier) for identifier in find_identifiers(text)]


def _finding(identifier: Identifier) -> IdentifierFinding:
    start, end, kind, why = identifier.start, identifier.end, identifier.kind, identifier.why
    if identifier.suggestion == MARKERS[kind]:
        return IdentifierFinding(start, end, kind, why)
    return IdentifierFinding(start, end, kind, why, "generalise", identifier.suggestion)
