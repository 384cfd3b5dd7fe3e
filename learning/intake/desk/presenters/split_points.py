"""Places in a text, for people: where a statement can be cut in two, and where words that somebody typed stand."""

import re
from dataclasses import dataclass
from typing import Any

from learning.intake.drafts import statements
from learning.intake.editing.errors import EditRejected, Reason
from learning.models import Statement
from learning.reader.statements.passages import sentences

_AFTER_A_SIGN = re.compile(r"[;:,.?!]\s+|\s+[-–•]\s+|\n+")
_SHOWN = 6  # words on either side of a cut
_WORDS = 9  # words at the beginning or end of a passage


@dataclass(frozen=True)
class Cut:
    """A place where a statement can be cut, and the words around it."""

    offset: int
    before: str
    after: str


@dataclass(frozen=True)
class Place:
    """A place where a passage can begin or end, with the words that it then begins or ends with."""

    offset: int
    words: str
    is_now: bool


def cuts_of(statement: Statement) -> list[Cut]:
    """The ends of its sentences first, then every other sign between two words."""
    text = statement.bulletin.source_document.text
    start, end = statement.start, statement.end
    ends = [at for at, _ in sentences(text, start, end)][1:]
    signs = [match.end() for match in _AFTER_A_SIGN.finditer(text, start, end)]
    offsets = [at for at in dict.fromkeys([*ends, *signs]) if start < at < end]
    return [
        Cut(at, " ".join(text[start:at].split()[-_SHOWN:]), " ".join(text[at:end].split()[:_SHOWN])) for at in offsets
    ]


def places_of(statement: Statement) -> tuple[list[Place], list[Place]]:
    """Where its passage could begin, and where it could end: at sentences of its own blocks and of two beside them.

    It reaches no further than to where other statements end before it and begin after it.
    """
    text = statement.bulletin.source_document.text
    before, after = _blocks_around(statement)
    least, most = _room(statement, text)
    begins = {at for block in before for at, _ in sentences(text, block["start"], block["end"])} | {statement.start}
    ends = {end for block in after for _, end in sentences(text, block["start"], block["end"])} | {statement.end}
    return (
        [
            Place(at, " ".join(text[at : statement.end].split()[:_WORDS]), at == statement.start)
            for at in sorted(begins)
            if least <= at < statement.end
        ],
        [
            Place(end, " ".join(text[statement.start : end].split()[-_WORDS:]), end == statement.end)
            for end in sorted(ends)
            if statement.start < end <= most
        ],
    )


def _blocks_around(statement: Statement) -> tuple[list[Any], list[Any]]:
    """The blocks from two before the passage to its own, and those from its own to two after it."""
    blocks = statement.bulletin.source_document.blocks
    own = [
        index for index, block in enumerate(blocks) if block["start"] < statement.end and statement.start < block["end"]
    ]
    if not own:
        return [], []
    first, last = own[0], own[-1]
    return blocks[max(first - 2, 0) : last + 1], blocks[first : last + 3]


def _room(statement: Statement, text: str) -> tuple[int, int]:
    family = statements.family(statement)
    others = list(statement.bulletin.statements.exclude(pk__in=family).values_list("start", "end"))
    least = max((end for _, end in others if end <= statement.start), default=0)
    most = min((start for start, _ in others if start >= statement.end), default=len(text))
    return least, most


def find_passage(text: str, first: str, last: str) -> tuple[int, int]:
    """From the first words of a passage to its last ones. Both must stand in the text, the first of them only once."""
    if not first:
        raise EditRejected(Reason("Enter the first words of the passage."))
    starts = [match.start() for match in pattern(first).finditer(text)]
    if len(starts) != 1:
        said = "are not in the text" if not starts else "are in the text more than once: enter more of them"
        raise EditRejected(Reason(f"The first words {said}."))
    if not last:
        return starts[0], starts[0] + len(pattern(first).match(text, starts[0])[0])  # type: ignore[index]
    end = pattern(last).search(text, starts[0])
    if end is None:
        raise EditRejected(Reason("The last words are not in the text after the first ones."))
    return starts[0], end.end()


def pattern(words: str) -> re.Pattern[str]:
    """Words as they may be broken over lines."""
    return re.compile(r"\s+".join(re.escape(word) for word in words.split()))
