"""The public text of a bulletin, derived from its raw text by the redactions, with offsets of its own.

``TEXT_VERSION`` names the rule that turned the source into raw canonical text; offsets are only good with it.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from simple_history.utils import bulk_update_with_history

from learning.models import Bulletin, PublicText, Redaction, Statement

TEXT_VERSION = "1"
PLACED = ["public_start", "public_end", "text", "lead_in"]


def squash(text: str) -> str:
    """Text with every run of white space, line break or page break put as one space: how words are compared."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Derived:
    """A public text, its blocks and redactions in its own offsets, and the way from raw offsets to public ones."""

    text: str
    blocks: list[dict[str, Any]]
    redactions: list[dict[str, Any]]
    _starts: list[int]
    _cuts: list[tuple[int, int, int, int]]

    def offset(self, raw: int) -> int:
        """The public offset of a raw one. Inside a redaction: the start of its marker."""
        index = bisect_right(self._starts, raw) - 1
        if index < 0:
            return raw
        _, end, public_start, public_end = self._cuts[index]
        return public_start if raw < end else public_end + raw - end


def derive(text: str, blocks: Iterable[dict[str, Any]], redactions: Iterable[Redaction]) -> Derived:
    """Apply the redactions to a raw text.

    Raises ``ValueError`` where two redactions overlap or one lies outside the text.
    """
    parts: list[str] = []
    cuts: list[tuple[int, int, int, int]] = []
    shown: list[dict[str, Any]] = []
    done = length = 0
    ordered = sorted(redactions, key=lambda item: item.start)
    for redaction in ordered:
        if not done <= redaction.start < redaction.end <= len(text):
            raise ValueError(f"The redaction at {redaction.start} overlaps another or leaves the text.")
        kept = text[done : redaction.start]
        public_start = length + len(kept)
        length = public_start + len(redaction.marker)
        parts += [kept, redaction.marker]
        cuts.append((redaction.start, redaction.end, public_start, length))
        shown.append({"start": public_start, "end": length, "reason": redaction.reason})
        done = redaction.end
    parts.append(text[done:])
    derived = Derived("".join(parts), [], shown, [cut[0] for cut in cuts], cuts)
    derived.blocks.extend(
        {
            **block,
            **public_label(block, text, ordered),
            "start": derived.offset(block["start"]),
            "end": derived.offset(block["end"]),
        }
        for block in blocks
    )
    return derived


def public_label(block: dict[str, Any], text: str, redactions: Iterable[Redaction]) -> dict[str, str]:
    """The label of a block, which stands right before it in the text: a marker where some of it is redacted."""
    label = block.get("label") or ""
    start = text.rfind(label, 0, block["start"]) if label else -1
    if start < 0 or text[start + len(label) : block["start"]].strip():
        return {}
    markers = [one.marker for one in redactions if one.start < start + len(label) and one.end > start]
    return {"label": markers[0]} if markers else {}


def refresh_public_text(bulletin: Bulletin) -> Derived:
    """Derive the public text from the raw one and store it with the public passages of the statements."""
    source = bulletin.source_document
    derived = derive(source.text, source.blocks, bulletin.redactions.all())
    store_public_text(bulletin, derived, bulletin.statements.all())
    return derived


def store_public_text(bulletin: Bulletin, derived: Derived, statements: Iterable[Statement]) -> None:
    """``statements`` are all of the bulletin's. Those whose public passage changes are stored, with their history."""
    columns = {"text": derived.text, "blocks": derived.blocks, "redactions": derived.redactions}
    PublicText.objects.bulk_create(
        [PublicText(bulletin=bulletin, **columns)],
        update_conflicts=True,
        unique_fields=["bulletin"],
        update_fields=list(columns),
    )
    changed = [statement for statement in statements if _place(statement, derived)]
    if changed:
        bulk_update_with_history(changed, Statement, PLACED, default_change_reason="The public text was derived anew.")


def _place(statement: Statement, derived: Derived) -> bool:
    """Give a statement its public passage. Returns whether it had another one."""
    passage = public_passage(statement, derived)
    if all(getattr(statement, name) == value for name, value in passage.items()):
        return False
    for name, value in passage.items():
        setattr(statement, name, value)
    return True


def public_passage(statement: Statement, derived: Derived) -> dict[str, Any]:
    """Where a statement stands in the public text, its words there and those of its lead-in, by the fields' names."""
    start, end = derived.offset(statement.start), derived.offset(statement.end)
    return {
        "public_start": start,
        "public_end": end,
        "text": squash(derived.text[start:end]),
        "lead_in": lead_in_of(statement, derived),
    }


def lead_in_of(statement: Statement, derived: Derived) -> str:
    """The public words of the lead-in that a statement completes, or "" where it has none."""
    if statement.lead_in_start is None or statement.lead_in_end is None:
        return ""
    return squash(derived.text[derived.offset(statement.lead_in_start) : derived.offset(statement.lead_in_end)])
