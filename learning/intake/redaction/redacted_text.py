"""The redactions of one bulletin while they are changed, and all that has to change with them.

A redacted value must be nowhere but in the raw text, so it is also taken out of what was copied from that text before:
titles, labels, claims, links, and every row of the history of all these.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, TypeVar

from learning.intake.editing import patterns
from learning.intake.editing.edits import OPEN_STATES, create_all, delete, locked_draft, log_edit, save
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.redacted_words import refuse_words, words_of
from learning.intake.models import Finding
from learning.intake.redaction.scrub import scrub
from learning.models import Bulletin, Redaction, SearchDocument, Statement
from learning.models.public_text import derive, squash, store_public_text
from learning.search.index import index_bulletin, index_review

AGAIN = "The same words are redacted elsewhere in this text."
REDACTED = {Finding.Decision.REDACT, Finding.Decision.GENERALISE}
_LEAST = 3  # characters of words that are looked for again
Passage = TypeVar("Passage", Finding, Redaction)


class RedactedText:
    """Locks the draft, and reads each table once. What is changed here is public and clean after ``store``."""

    def __init__(self, user: Any, bulletin: Bulletin) -> None:
        self.user, self.draft = user, locked_draft(bulletin)
        self.bulletin = self.draft.bulletin
        self.bulletin.source_document = bulletin.source_document
        self.raw = bulletin.source_document.text
        self.redactions = list(self.bulletin.redactions.all())

    @cached_property
    def findings(self) -> list[Finding]:
        return list(self.bulletin.findings.all())

    @cached_property
    def statements(self) -> list[Statement]:
        return list(self.bulletin.statements.all())

    def finding(self, finding: Finding) -> Finding:
        """A finding as it is stored now."""
        return next(stored for stored in self.findings if stored.pk == finding.pk)

    def refuse_redacted(self, changes: dict[str, Any], anchor: str = "") -> None:
        refuse_words(words_of(self.raw, self.redactions), changes, anchor)

    def cover(self, start: int, end: int, kind: str, marker: str, reason: str) -> Redaction:
        """A redaction, in place of those that it covers. One that it only overlaps is widened to cover both."""
        for other in overlapping(self.redactions, start, end):
            if other.start <= start and end <= other.end and (other.start, other.end) != (start, end):
                return other
            start, end = min(start, other.start), max(end, other.end)
            self.remove(other, "Covered by another redaction")
        self._refuse_nothing_left(start, end)
        redaction = Redaction(bulletin=self.bulletin, start=start, end=end, kind=kind, marker=marker)
        redaction.reason = reason[:300]
        save(redaction, self.user, "Redacted at the desk")
        self.redactions.append(redaction)
        return redaction

    def _refuse_nothing_left(self, start: int, end: int) -> None:
        """Of a statement or a lead-in that lies wholly within, only the marker would be left."""
        whole = (start, end)
        reasons = [
            Reason(f"Nothing would be left of {statement}. Leave it out first.", f"statement-{statement.pk}")
            for statement in self.statements
            for place in ((statement.start, statement.end), (statement.lead_in_start, statement.lead_in_end))
            if place[0] is not None and place[1] is not None and place != whole
            if start <= place[0] and place[1] <= end
        ]
        if reasons:
            raise EditRejected(*reasons)

    def uncover(self, finding: Finding) -> None:
        """Take the redaction of an earlier decision back, where no other finding needs it."""
        others = [other for other in self.findings if other.pk != finding.pk and other.decision in REDACTED]
        for redaction in overlapping(self.redactions, finding.start, finding.end):
            covers = redaction.start <= finding.start and finding.end <= redaction.end
            if covers and not overlapping(others, redaction.start, redaction.end):
                self.remove(redaction, "Decided anew")

    def remove(self, redaction: Redaction, reason: str) -> None:
        self.redactions = [other for other in self.redactions if other.pk != redaction.pk]
        delete(redaction, self.user, reason)

    def ask_again(self, redaction: Redaction, kind: str) -> None:
        """A finding wherever the words of a redaction stand again, as they are or in capitals, and nobody was asked."""
        words = squash(self.raw[redaction.start : redaction.end])
        if redaction.kind == Redaction.Kind.RARE or len(words) < _LEAST:
            return
        places = [
            (start, end)
            for start, end in patterns.occurrences(self.raw, words)
            if squash(self.raw[start:end]) == words or self.raw[start:end].isupper()
            if not overlapping(self.redactions, start, end)
        ]
        new = [
            Finding(bulletin=self.bulletin, start=start, end=end, kind=kind, why=AGAIN)
            for start, end in places
            if not overlapping(self.findings, start, end)
        ]
        create_all(new, self.user, "Redacted elsewhere")

    def store(self, targets: list[str], what: str) -> None:
        """Public text, copies, history and index after a change of redactions, and the edit itself."""
        log_edit(self.draft, self.user, targets, what)
        clean(self.bulletin, self.redactions, self.statements)
        if self.draft.published_at is not None or _is_indexed(self.bulletin, self.statements):
            reindex(self.bulletin)


def overlapping(passages: Iterable[Passage], start: int, end: int) -> list[Passage]:
    return [passage for passage in passages if passage.start < end and start < passage.end]


def clean(bulletin: Bulletin, redactions: list[Redaction], statements: list[Statement]) -> None:
    """Derive the public text, and take what is redacted out of every copy. Needs all redactions and all statements."""
    source = bulletin.source_document
    derived = derive(source.text, source.blocks, redactions)
    store_public_text(bulletin, derived, statements)
    scrub(bulletin, redactions, derived)


def clean_bulletin(bulletin: Bulletin) -> None:
    """The same after redactions were stored in another way. Nothing is done where there is no text."""
    bulletin = Bulletin.objects.get(pk=bulletin.pk)
    if hasattr(bulletin, "source_document"):
        clean(bulletin, list(bulletin.redactions.all()), list(bulletin.statements.all()))


def _is_indexed(bulletin: Bulletin, statements: list[Statement]) -> bool:
    """A draft may be: whoever indexes a review or a theme does so with the drafts that it stands in."""
    keys = [SearchDocument.key_for("statement", statement.pk) for statement in statements]
    by_key = SearchDocument.objects.filter(pk__in=[SearchDocument.key_for("bulletin", bulletin.pk), *keys])
    of_reviews = SearchDocument.objects.filter(review__in=bulletin.reviews.filter(state__in=OPEN_STATES))
    return by_key.values("pk").union(of_reviews.values("pk")).exists()


def reindex(bulletin: Bulletin) -> None:
    """A bulletin with its statements, and the draft reviews whose words were cleaned with its own."""
    index_bulletin(bulletin)
    for review in bulletin.reviews.filter(state__in=OPEN_STATES):
        index_review(review)
