"""Words that were redacted in a bulletin, and the refusal of whatever would bring them back."""

import re
from collections.abc import Iterator
from typing import Any

from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.patterns import pattern_of
from learning.models import Bulletin, SourceDocument
from learning.models.public_text import squash

Words = list[tuple[re.Pattern[str], str]]
_LEAST = 2  # characters: one alone may stand for anything
_WRITTEN = {  # the fields of all edits in which somebody writes freely; not the author, who is cited
    "title", "new_board", "period", "rights_basis", "slug", "label", "summary", "commissioned_by_as_printed",
    "report_state_as_printed", "aliases", "pseudonym", "citation", "addressees", "as_printed",
    "address", "term", "expansion", "explanation", "text", "reason",
}  # fmt: skip


def redacted_words(bulletin: Bulletin) -> Words:
    """What was redacted, with its marker, the longest first."""
    redactions = list(bulletin.redactions.all())
    source = SourceDocument.objects.filter(bulletin=bulletin).first() if redactions else None
    if source is None:
        return []
    found = {squash(source.text[one.start : one.end]): one.marker for one in redactions}
    telling = [(words, marker) for words, marker in found.items() if len(words) >= _LEAST]
    return [(pattern_of(words), marker) for words, marker in sorted(telling, key=lambda pair: -len(pair[0]))]


def refuse_redacted(bulletin: Bulletin, changes: dict[str, Any], anchor: str = "") -> None:
    """Refuses what somebody wrote, by the names of its fields, where it holds redacted words.

    So they come back neither in public nor in a trace. An address is compared too: its hyphens stand for spaces.
    """
    written = [text for name, value in changes.items() if name in _WRITTEN for text in _texts(value)]
    if not any(written):
        return
    words = redacted_words(bulletin)
    if any(pattern.search(text) for pattern, _ in words for text in written):
        text = "It holds words that were redacted in this bulletin. Say it without them."
        raise EditRejected(Reason(text, anchor), kept=changes)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        if "-" in value:
            yield value.replace("-", " ")
    elif isinstance(value, dict):
        yield from _texts(value.get("as_printed"))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
