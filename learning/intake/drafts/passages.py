"""Where a statement stands: a passage of the raw text, and from it, by the redactions, its public words."""

import re

from learning.intake.editing.errors import EditRejected, Reason
from learning.models import Bulletin, Statement
from learning.models.public_text import Derived, derive, public_passage
from learning.reader.statements.passages import trimmed

_NUMBER = re.compile(r"\(?([0-9]{1,3}(?:\.[0-9]{1,3})*[a-z]?|[a-z]|[ivxl]{1,6})[.):]?\)?$", re.I)
Span = tuple[int, int]


class Text:
    """The text of one bulletin with its redactions, read once for several statements."""

    def __init__(self, bulletin: Bulletin) -> None:
        self.bulletin = bulletin
        self.source = bulletin.source_document
        self.raw = self.source.text
        self.derived: Derived = derive(self.raw, self.source.blocks, bulletin.redactions.all())

    def snap(self, start: int, end: int) -> tuple[int, int, str]:
        """A selection without white space, separators and the marker of its item; and that marker's number.

        Refuses what lies outside of the text or has no words.
        """
        if not 0 <= start < end <= len(self.raw):
            raise EditRejected(Reason(f"The passage must lie within the text, which has {len(self.raw):,} characters."))
        start, end = trimmed(self.raw, start, end)
        label = ""
        for block in self.source.blocks:
            marked = block["start"] - len(block["label"]) - 1 if block["label"] else block["start"]
            if marked <= start < block["start"] < end:
                start, label = block["start"], block["label"]
        if not any(letter.isalnum() for letter in self.raw[start:end]):
            raise EditRejected(Reason("There are no words in this passage."))
        number = _NUMBER.match(label)
        return start, end, number[1] if number else ""

    def place(self, statement: Statement, start: int, end: int) -> None:
        """Give a statement that passage, and the public words that follow from it."""
        statement.start, statement.end = start, end
        for name, value in public_passage(statement, self.derived).items():
            setattr(statement, name, value)
        if not statement.text:
            raise EditRejected(Reason("All of this passage is redacted."))

    def check_free(self, start: int, end: int, *, besides: set[int] = frozenset()) -> None:  # type: ignore[assignment]
        """No passage is claimed twice, except by a parent and its part: ``besides`` are the keys that may overlap."""
        overlapping = self.bulletin.statements.filter(start__lt=end, end__gt=start).exclude(pk__in=besides)
        reasons = [
            Reason(f"There is already a statement here: {statement}.", f"statement-{statement.pk}")
            for statement in overlapping
        ]
        if reasons:
            raise EditRejected(*reasons)
