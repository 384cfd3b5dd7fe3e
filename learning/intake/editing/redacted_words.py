"""Words that were redacted in a bulletin, and the refusal of whatever would bring them back."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.patterns import pattern_of
from learning.models import Bulletin, Redaction
from learning.models.public_text import squash

Words = list[tuple[re.Pattern[str], str]]
_LEAST = 2  # characters: one alone may stand for anything
_WRITTEN = {  # the fields of all edits in which somebody writes freely; not the author, who is cited
    "title", "new_board", "period", "rights_basis", "slug", "label", "summary", "commissioned_by_as_printed",
    "report_state_as_printed", "aliases", "pseudonym", "citation", "addressees", "as_printed",
    "address", "term", "expansion", "explanation", "text", "reason", "note",
}  # fmt: skip


def redacted_words(bulletin: Bulletin) -> Words:
    """What was redacted, with its marker, the longest first."""
    redactions = list(bulletin.redactions.all())
    return words_of(bulletin.source_document.text, redactions) if redactions else []


def words_of(text: str, redactions: Iterable[Redaction]) -> Words:
    """The same of redactions and a raw text that were read already."""
    markers = {squash(text[redaction.start : redaction.end]): redaction.marker for redaction in redactions}
    longest_first = sorted((words for words in markers if len(words) >= _LEAST), key=len, reverse=True)
    return [(pattern_of(words), markers[words]) for words in longest_first]


def refuse_redacted(bulletin: Bulletin, changes: dict[str, Any], anchor: str = "") -> None:
    """Refuses what somebody wrote, by the names of its fields, where it holds redacted words.

    So they come back neither in public nor in a trace. An address is compared too: its hyphens stand for spaces.
    """
    if any(_written(changes)):
        refuse_words(redacted_words(bulletin), changes, anchor)


def refuse_words(words: Words, changes: dict[str, Any], anchor: str = "") -> None:
    written = list(_written(changes))
    if any(pattern.search(text) for pattern, _ in words for text in written):
        text = "It has words that were redacted in this bulletin. Say it without them."
        raise EditRejected(Reason(text, anchor), submitted=changes)


def _written(changes: dict[str, Any]) -> Iterator[str]:
    for name, value in changes.items():
        if name in _WRITTEN:
            yield from _texts(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        if "-" in value:
            yield value.replace("-", " ")
    elif isinstance(value, dict):
        yield from _texts(value.get("as_printed"))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
