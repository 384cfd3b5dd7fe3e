"""The raw text of a draft in rows: each block on the one side, what the desk has to say of it on the other.

A row holds one block, or the cells of one row of a table. Its words are cut into pieces, so that statements,
redactions, findings and passages that nobody has taken yet can each be seen where they are. Only staff see this.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from learning.intake.models import DroppedPassage, Finding
from learning.models import Redaction, Statement

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """Words under the same marks. ``start`` is their place in the raw text, to which the page's script counts."""

    text: str
    start: int
    statement: Statement | None = None
    redaction: Redaction | None = None
    finding: Finding | None = None
    is_unclaimed: bool = False
    opens: tuple[str, ...] = ()  # the ids of the places that begin here

    @property
    def shows_marker(self) -> bool:
        """Whether the redaction ends here, so that its marker follows."""
        return self.redaction is not None and self.redaction.end == self.start + len(self.text)


@dataclass
class Row:
    index: int
    kind: str
    level: int
    label: str
    page: int | None
    start: int
    end: int
    pieces: list[Piece]
    statements: list[Any] = field(default_factory=list)  # that begin here
    findings: list[Finding] = field(default_factory=list)
    unclaimed: list[Span] = field(default_factory=list)
    dropped: list[DroppedPassage] = field(default_factory=list)
    is_new_page: bool = False
    likely_kind: str = ""  # of an unclaimed passage: that of the statement before it

    @property
    def is_claimed(self) -> bool:
        return any(piece.statement for piece in self.pieces)

    @property
    def has_records(self) -> bool:
        return bool(self.statements or self.findings or self.unclaimed or self.dropped)


@dataclass
class Marks:
    """What there is to be seen in a text, each with ``start`` and ``end`` in it."""

    statements: Sequence[Any]
    findings: Sequence[Finding] = ()
    redactions: Sequence[Redaction] = ()
    dropped: Sequence[DroppedPassage] = ()
    unclaimed: Sequence[Span] = ()

    def within(self, start: int, end: int) -> "Marks":
        return Marks(
            [mark for mark in self.statements if overlaps(mark, start, end)],
            [mark for mark in self.findings if overlaps(mark, start, end)],
            [mark for mark in self.redactions if overlaps(mark, start, end)],
            [mark for mark in self.dropped if overlaps(mark, start, end)],
            [span for span in self.unclaimed if span[0] < end and span[1] > start],
        )

    def edges(self, start: int, end: int) -> list[int]:
        spans = [(mark.start, mark.end) for mark in (*self.statements, *self.findings, *self.redactions)]
        inside = {min(max(edge, start), end) for span in (*spans, *self.unclaimed) for edge in span}
        return sorted({start, end} | inside)


def overlaps(mark: Any, start: int, end: int) -> bool:
    return bool(mark.start < end and mark.end > start)


def rows_of(text: str, blocks: Sequence[dict[str, Any]], marks: Marks) -> list[Row]:
    """A row for every block. What begins in a block, or before it and after the one before, stands in its row."""
    rows: list[Row] = []
    done, page, kind = 0, None, str(Statement.Kind.LEARNING_POINT)
    for index, block in enumerate(blocks):
        row = row_of(text, index, block, marks)
        row.is_new_page = page is not None and row.page is not None and row.page != page
        page = row.page or page
        until = blocks[index + 1]["start"] if index + 1 < len(blocks) else len(text) + 1
        row.statements = [mark for mark in marks.statements if done <= mark.start < until]
        row.findings = [mark for mark in marks.findings if done <= mark.start < until]
        row.unclaimed = [span for span in marks.unclaimed if done <= span[0] < until]
        row.dropped = [mark for mark in marks.dropped if done <= mark.start < until]
        row.likely_kind = kind = row.statements[-1].kind if row.statements else kind
        done = until
        rows.append(row)
    return rows


def row_of(text: str, index: int, block: dict[str, Any], marks: Marks) -> Row:
    start, end = int(block["start"]), int(block["end"])
    return Row(
        index=index,
        kind=block["kind"],
        level=int(block.get("level") or 0),
        label=block.get("label") or "",
        page=block.get("page"),
        start=start,
        end=end,
        pieces=list(pieces_of(text, start, end, marks.within(start, end))),
    )


def pieces_of(text: str, start: int, end: int, marks: Marks) -> Iterable[Piece]:
    for left, right in pairwise(marks.edges(start, end)):
        statements = [mark for mark in marks.statements if mark.start <= left and mark.end >= right]
        findings = [mark for mark in marks.findings if mark.start <= left and mark.end >= right]
        yield Piece(
            text[left:right],
            left,
            statement=min(statements, key=lambda mark: mark.end - mark.start, default=None),
            redaction=next((mark for mark in marks.redactions if mark.start <= left and mark.end >= right), None),
            finding=findings[0] if findings else None,
            is_unclaimed=any(span[0] <= left and span[1] >= right for span in marks.unclaimed),
            opens=tuple(f"words-{mark.pk}" for mark in statements if max(mark.start, start) == left),
        )
