"""One identifier that the guard finds, the kinds there are, and what a pattern rule is."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

BIRTH_DATE, DEATH_DATE, INCIDENT_DATE = "birth_date", "death_date", "incident_date"
PERSON, ADDRESS, POSTCODE, PHONE, EMAIL = "person", "address", "postcode", "phone", "email"
NHS_NUMBER, NI_NUMBER, UPN = "nhs_number", "ni_number", "upn"
SCHOOL, PLACEMENT, PROFILE_LINK, RARE_COMBINATION = "school", "placement", "profile_link", "rare_combination"

# What the public reads instead, where nothing more exact can be said.
MARKERS = {
    BIRTH_DATE: "[date of birth removed]",
    DEATH_DATE: "[date removed]",
    INCIDENT_DATE: "[date removed]",
    PERSON: "[name removed]",
    ADDRESS: "[address removed]",
    POSTCODE: "[postcode removed]",
    PHONE: "[telephone number removed]",
    EMAIL: "[e-mail address removed]",
    NHS_NUMBER: "[NHS number removed]",
    NI_NUMBER: "[National Insurance number removed]",
    UPN: "[pupil number removed]",
    SCHOOL: "[name of school removed]",
    PLACEMENT: "[name of placement removed]",
    PROFILE_LINK: "[profile removed]",
    RARE_COMBINATION: "[details removed]",
}
KINDS = tuple(MARKERS)


@dataclass(frozen=True, order=True)
class Identifier:
    """A passage that may identify somebody: ``text`` is what stands at ``start`` to ``end``.

    ``why`` says why, never what. ``suggestion`` is what the public could read instead.
    """

    start: int
    end: int
    text: str
    kind: str
    why: str
    suggestion: str

    def as_json(self) -> dict[str, str | int]:
        return {"start": self.start, "end": self.end, "text": self.text, "kind": self.kind, "why": self.why}


@dataclass(frozen=True)
class Rule:
    """A pattern of one kind. What identifies is the group ``it``, else the whole match.

    ``example`` is found, with the identifier between « and »; ``near_miss`` is not.
    """

    kind: str
    pattern: re.Pattern[str]
    why: str
    example: str
    near_miss: str = ""
    holds: Callable[[re.Match[str]], bool] = lambda match: True

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        for match in self.pattern.finditer(text):
            if self.holds(match):
                named = [name for name in self.pattern.groupindex if match[name] is not None]
                yield match.span(named[0] if named else 0)


def make(text: str, span: tuple[int, int], kind: str, why: str, suggestion: str = "") -> Identifier:
    """An identifier without the white space and loose punctuation at its edges."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return Identifier(start, end, text[start:end], kind, why, suggestion or MARKERS[kind])


class Covered:
    """Which characters earlier identifiers hold: asking costs no more than the length of the passage."""

    def __init__(self, length: int) -> None:
        self._held = bytearray(length)

    def add(self, identifier: Identifier) -> None:
        self._held[identifier.start : identifier.end] = b"\x01" * (identifier.end - identifier.start)

    def touches(self, start: int, end: int) -> bool:
        return 1 in self._held[start:end]

    def take(self, identifiers: Iterable[Identifier]) -> list[Identifier]:
        """Those that hold words and touch nothing held before, longest first where they touch each other."""
        taken = []
        for identifier in sorted(identifiers, key=lambda item: (item.start - item.end, item.start)):
            if identifier.start < identifier.end and not self.touches(identifier.start, identifier.end):
                self.add(identifier)
                taken.append(identifier)
        return taken
