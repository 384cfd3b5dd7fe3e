"""What of a bulletin's learning sections nobody has taken and nobody has dropped."""

from dataclasses import dataclass
from typing import Any

from learning.intake.editing.queries import with_checking_data
from learning.models import Bulletin

_SHORT = 8  # words: another cell of a row that has a statement (lead, date, rating), or an announcing label
_JOINING = {"and", "or", "a", "b", "c", "i", "ii", "iii"}
Span = tuple[int, int]


@dataclass(frozen=True)
class Passage:
    """A passage of the raw text; ``block`` is the index of the block that it stands in."""

    start: int
    end: int
    block: int


def unclaimed(bulletin: Bulletin) -> list[Passage]:
    """The passages of learning sections that are in no statement, no lead-in and nothing dropped, in their order.

    Headings, announcing labels, separators and the short cells beside a statement in a row are not asked for.
    """
    return unclaimed_in(with_checking_data(Bulletin.objects.filter(pk=bulletin.pk))[0])


def unclaimed_in(bulletin: Bulletin) -> list[Passage]:
    """The same, of a bulletin that comes with its checking data."""
    source, draft = bulletin.source_document, bulletin.draft
    statements = [(statement.start, statement.end) for statement in bulletin.statements.all()]
    dropped = [(passage.start, passage.end) for passage in bulletin.dropped_passages.all()]
    taken = sorted([*statements, *dropped, *((start, end) for start, end in draft.lead_ins)])
    passages = []
    for index in draft.learning_blocks:
        block = source.blocks[index]
        if block["kind"] == "heading":
            continue
        for start, end in _gaps(block["start"], block["end"], taken):
            start, end = _stripped(source.text, start, end)
            if start < end and not _is_trifle(source.text, start, end, block, statements):
                passages.append(Passage(start, end, index))
    return passages


def _gaps(start: int, end: int, taken: list[Span]) -> list[Span]:
    gaps = []
    for first, last in taken:
        if last <= start:
            continue
        if first >= end:
            break
        if first > start:
            gaps.append((start, first))
        start = max(start, last)
    if start < end:
        gaps.append((start, end))
    return gaps


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".:?!%)"):
        end -= 1
    return start, end


def _is_trifle(text: str, start: int, end: int, block: dict[str, Any], statements: list[Span]) -> bool:
    words = text[start:end].split()
    if all(word.strip(".,;:").casefold() in _JOINING for word in words):
        return True
    if len(words) > _SHORT:
        return False
    if block["kind"] == "row":
        return block.get("header", False) or any(
            first < block["end"] and block["start"] < last for first, last in statements
        )
    announces = text[end - 1] in ":–-" or text[end : end + 2].strip()[:1] in {":", "–", "-"}
    return announces and any(end <= first <= end + 4 for first, _ in statements)
