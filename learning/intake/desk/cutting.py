"""Places in a text, for people: where a statement can be cut in two, and where words that somebody typed stand."""

import re
from dataclasses import dataclass

from learning.intake.reading.passages import sentences
from learning.intake.refused import Reason, Refused
from learning.models import Statement

_AFTER_A_SIGN = re.compile(r"[;:,.?!]\s+|\s+[-–•]\s+|\n+")
_SHOWN = 6  # words on either side of a cut


@dataclass(frozen=True)
class Cut:
    """A place where a statement can be cut, and the words around it."""

    offset: int
    before: str
    after: str


def cuts_of(statement: Statement) -> list[Cut]:
    """The ends of its sentences first, then every other sign between two words."""
    text = statement.bulletin.source_document.text
    start, end = statement.start, statement.end
    ends = [at for at, _ in sentences(text, start, end)][1:]
    signs = [found.end() for found in _AFTER_A_SIGN.finditer(text, start, end)]
    offsets = [at for at in dict.fromkeys([*ends, *signs]) if start < at < end]
    return [
        Cut(at, " ".join(text[start:at].split()[-_SHOWN:]), " ".join(text[at:end].split()[:_SHOWN])) for at in offsets
    ]


def find_passage(text: str, first: str, last: str) -> tuple[int, int]:
    """From the first words of a passage to its last ones. Both must stand in the text, the first of them only once."""
    if not first:
        raise Refused(Reason("Write the first words of the passage."))
    starts = [found.start() for found in pattern(first).finditer(text)]
    if len(starts) != 1:
        said = "do not stand in the text" if not starts else "stand in the text more than once: write more of them"
        raise Refused(Reason(f"The first words {said}."))
    if not last:
        return starts[0], starts[0] + len(pattern(first).match(text, starts[0])[0])  # type: ignore[index]
    found = pattern(last).search(text, starts[0])
    if found is None:
        raise Refused(Reason("The last words do not stand in the text after the first ones."))
    return starts[0], found.end()


def pattern(words: str) -> re.Pattern[str]:
    """Words as they may be broken over lines."""
    return re.compile(r"\s+".join(re.escape(word) for word in words.split()))
