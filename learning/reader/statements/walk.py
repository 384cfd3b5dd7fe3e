"""What the reader knows while it goes through a document: the open section, the review, and what it has taken."""

import re
from dataclasses import dataclass, field

from learning.reader import wording
from learning.reader.extract.canonical import Block, Canonical
from learning.reader.statements.facts import BODY
from learning.reader.statements.passages import Span, squash, trimmed
from learning.reader.statements.subjects import Subjects
from learning.reader.wording.dates import DATE


@dataclass(slots=True)
class ParsedStatement:
    kind: str
    start: int
    end: int
    text: str
    number: str = ""
    review: str = ""
    form: str = "listed"  # or "prose": a sentence of a story that says itself that something was found
    parent: int | None = None  # index among the statements
    lead_in: Span | None = None
    reason: str = ""
    section: int = 0  # the serial number of its section


@dataclass(slots=True)
class Section:
    """What is open while the blocks go by."""

    kind: str | None = None  # a kind, STOP, or None
    reason: str = ""
    heading: Block | None = None
    lead_in: Span | None = None
    lead_label: str = ""  # of the numbered paragraph that announced the list, as in minutes
    has_items: bool = False
    has_headlines: bool = False  # its items are headlines with a paragraph under each
    is_story: bool = False  # opened with the story of the case: only its items count
    is_by_wording: bool = False  # asks for something or says what is done: each statement's words tell
    serial: int = 0

    @property
    def is_open(self) -> bool:
        return self.kind in wording.KINDS


@dataclass
class Reading:
    statements: list[ParsedStatement] = field(default_factory=list)
    learning_blocks: list[int] = field(default_factory=list)  # indexes of the blocks inside sections of a kind


def follows(last: str, label: str) -> bool:
    """Whether one label is the next number after another: "3." after "2.", "4.2" after "4.1"."""
    before, number = re.search(r"(\d+)\D*$", last), re.search(r"(\d+)\D*$", label)
    if before is None or number is None or last[: before.start()] != label[: number.start()]:
        return False
    return int(number[1]) == int(before[1]) + 1


def _says_what_is_done(text: str) -> bool:
    return bool(wording.DONE.search(text)) and not wording.ASKS.search(text)


@dataclass(slots=True)
class Pending:
    """A label that stood alone: what comes next is its statement."""

    kind: str
    number: str


class Walk:
    """The state of one reading. The rules live in the modules that work on it; here is only what they share."""

    def __init__(self, canonical: Canonical, subjects: Subjects) -> None:
        self.canonical = canonical
        self.text = canonical.text
        self.blocks = canonical.blocks
        self.subjects = subjects
        self.reading = Reading()
        self.section = Section()
        self.general = subjects.only  # the review of what no section of its own claims
        self.is_sectioned = subjects.several
        self.review = self.general
        self.review_heading: Block | None = None
        self.pending: Pending | None = None
        self.suspended: tuple[Section, str] | None = None  # a numbered list, and its last number, before a paragraph
        self.columns: dict[int, str] | None = None
        self.parents: list[tuple[Block, ParsedStatement]] = []
        self.at = 0  # the block that is being read
        self.skip = -1  # blocks up to this one are dealt with
        self.title_end = 0
        self.numbered_headings: set[int] = set()
        self.title_teaches = False  # the title says that this is learning, and no heading below says so

    def words(self, block: Block) -> str:
        return self.canonical.words(block)

    def next(self, index: int) -> Block | None:
        return self.blocks[index + 1] if index + 1 < len(self.blocks) else None

    def list_follows(self, index: int) -> bool:
        following = self.next(index)
        is_list = following is not None and following.kind in {"item", "row"}
        return is_list and index + 1 not in self.numbered_headings

    def is_frame(self, start: int, end: int) -> bool:
        words = [self.words(block) for block in self.blocks[start:end]]
        return all(BODY.search(text) or DATE.search(text) or text.isupper() for text in words)

    def has_statements_of(self, review: str) -> bool:
        return any(statement.review == review for statement in self.reading.statements)

    def switch_review(self, text: str) -> bool:
        """Whether a paragraph begins the story of another review; one that names several speaks for all of them."""
        if not self.subjects.several:
            return False
        label, is_opening = self.subjects.mentioned(text)
        if not label:
            return False
        if not is_opening and len(self.subjects.all_mentioned(text)) > 1:
            return False
        may_switch = is_opening or not self.section.is_open or self.section.has_items
        if may_switch and label != self.review:
            self.review = label
        return is_opening

    def open(self, kind: str | None, heading: Block | None, reason: str) -> None:
        self.section = Section(kind, reason, heading, serial=self.section.serial + 1)
        self.parents = []
        self.pending = None

    def close(self) -> None:
        self.open(None, None, "")

    def suspend(self) -> None:
        # A list that goes on with its next number after the paragraph is open again.
        section, last = self.section, self.parents[-1][0].label if self.parents else ""
        self.close()
        self.suspended = (section, last) if last else None

    def resume(self, label: str) -> None:
        if self.suspended is None or self.section.is_open:
            return
        section, last = self.suspended
        if follows(last, label):
            self.section, self.suspended = section, None

    def add(self, kind: str, start: int, end: int, *, number: str = "", reason: str = "") -> ParsedStatement | None:
        """Take a passage; None where it has no words or somebody has taken it already."""
        start, end = trimmed(self.text, start, end)
        text = squash(self.text[start:end])
        if not any(letter.isalnum() for letter in text) or self._is_taken(start, end):
            return None
        review = "" if kind == wording.FACT else self.review
        section = self.section
        if kind == wording.RECOMMENDATION and section.is_by_wording and _says_what_is_done(text):
            kind = wording.ACTION
        statement = ParsedStatement(
            kind, start, end, text, number, review, lead_in=section.lead_in, reason=reason or section.reason,
            section=section.serial,
        )  # fmt: skip
        self.reading.statements.append(statement)
        return statement

    def _is_taken(self, start: int, end: int) -> bool:
        # Blocks go by in order, so only the last few statements can overlap.
        return any(statement.start < end and start < statement.end for statement in self.reading.statements[-8:])
