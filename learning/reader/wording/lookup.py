"""What words announce, looked up in the tables of ``wording``."""

import re
import unicodedata
from dataclasses import dataclass

from learning.reader import wording
from learning.reader.wording import KINDS, Rule
from learning.reader.wording.dates import MONTHS
from learning.reader.wording.markers import BULLETS

__all__ = ["KINDS", "column_kind", "heading_kind", "is_contents_line", "label_of", "lead_in_kind", "run_in_kind"]

_NUMBERED = re.compile(
    r"^\W*(?:(?:box|minute|part|section|slide|step|stage)\s+\d{1,2}\s*[:.–-]?\s*|\d{1,2}(?:\.\d{1,2})*[.):]?\s+|[a-z][.)]\s+)?",
    re.I,
)
_DATED = re.compile(rf"^\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{'|'.join(MONTHS)})\b", re.I)
_LABEL = re.compile(
    r"(?P<label>[A-Z][\w'’ .-]{1,40}?)\s*(?::|\s[–—-])\s*(?=\S|$)"
    r"|(?P<plain>(?:Recommendation|Finding|Action|Question|Lesson|Learning [Pp]oint|Good [Pp]ractice)\s+"
    r"\d{1,2}(?:\.\d{1,2})?[a-z]?)[.)]?\s+(?=[A-Z])"
)
_MOST_WORDS_OF_A_HEADING = 4
_CONTENTS_LINE = re.compile(r"(?:\.\s?){3,}\s*\d{1,3}$|…{2,}\s*\d{1,3}$|\s\.{3,}$")


@dataclass(frozen=True, slots=True)
class Label:
    kind: str
    number: str
    end: int  # where the statement begins


def announced_by(table: tuple[Rule, ...], text: str) -> tuple[str, re.Match[str]] | None:
    for row in table:
        found = row.pattern.search(text)
        if found:
            return row.kind, found
    return None


def heading_kind(text: str) -> str | None:
    """What a heading announces, or None where it is only a topic. "Baby P3: learning points" goes by its last part."""
    kind = _announced(text)
    return wording.RECOMMENDATION if kind == wording.NEXT else kind


def leaves_it_to_words(text: str) -> bool:
    return _announced(text) == wording.NEXT


def _announced(text: str) -> str | None:
    text = " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").split())
    if _DATED.match(text):
        return None
    bare = _bare(text)
    found = announced_by(wording.HEADINGS, bare)
    if found is None and (parts := re.split(r":\s|\s[–—/|-]\s", bare))[1:]:
        found = announced_by(wording.HEADINGS, _bare(parts[-1]))
    return found[0] if found else None


def titled_kind(text: str) -> str | None:
    """What a numbered name with a title of its own announces: "Theme 2: Young carers"."""
    if not wording.TITLED.match(text) or re.search(r"[.;,]$", text):
        return None
    own = heading_kind(text)
    return own if own in {wording.GOOD, wording.QUESTION, wording.RECOMMENDATION} else wording.LEARNING


def _bare(text: str) -> str:
    bare = _NUMBERED.sub("", text).strip(" :;.–-?!*" + BULLETS)
    return bare.replace("&", "and")


def lead_in_kind(text: str) -> str | None:
    """What a sentence that ends in a colon announces: its last clause decides, else the whole."""
    words = " ".join(text.split()).replace("’", "'").rstrip(" :;-–")
    for sentence in reversed(re.split(r"(?<=[.!?])\s+", words)[-2:]):
        bare = sentence.rstrip(" .!?-–")
        if len(bare.split()) <= _MOST_WORDS_OF_A_HEADING and (kind := heading_kind(bare)) not in {
            None,
            wording.NEUTRAL,
        }:
            return kind
        if found := announced_by(wording.LEAD_INS, bare):
            return found[0]
    return None


def label_of(text: str) -> Label | None:
    """The label that a text begins with, where it announces one statement: "Question:", "Recommendation 3"."""
    found = _LABEL.match(text)
    named = announced_by(wording.LABELS, (found["label"] or found["plain"]).strip()) if found else None
    if found is None or named is None:
        return None
    return Label(named[0], named[1].groupdict().get("number") or "", found.end())


def run_in_kind(label: str) -> str | None:
    # A long clause announces something only where it leads in.
    kind = heading_kind(label) or lead_in_kind(f"{label}:")
    count = len(label.split())
    leads = re.search(r"\b(?:includ\w+|are|were|is|was|to|that|follows)$", label)
    if kind in KINDS and (count > 9 or (count > 5 and not leads)):
        return None
    return kind


def column_kind(heading: str) -> str | None:
    bare = " ".join(heading.replace("’", "'").split()).strip(" :*?")
    if not bare or wording.COLUMN_IS_NOTHING.match(bare):
        return None
    found = announced_by(wording.COLUMNS, bare)
    return found[0] if found else None


def is_contents_line(text: str) -> bool:
    return bool(_CONTENTS_LINE.search(text))
