"""The letters of a PDF page to segments: words that stand on one line without a wide gap between them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

from learning.reader.wording.markers import BULLETS, marker_of

Char = dict[str, Any]
Box = tuple[float, float, float, float]  # x0, top, x1, bottom

_BOLD_FONT = re.compile(r"bold|black|heavy|demi|[-,]bd\b", re.I)
# A page shows a soft hyphen only where it prints one, and some fonts call every hyphen that.
_PLAIN = str.maketrans({"\u00ad": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_DROPPED = re.compile("[\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff\x00-\x08\x0b-\x1f\x7f]")
_NUMBER_ALONE = r"\d{1,3}(?:\.\d{1,2}){0,3}[a-z]?|[ivxIVX]{1,5}|[a-hA-H]"
_LABEL_ALONE = re.compile(
    rf"[{re.escape(BULLETS)}*o§»>–—-]|\((?:{_NUMBER_ALONE})\)|(?:{_NUMBER_ALONE})[.):]+|\d\.\d{{1,2}}"
)
_BARE_NUMBER = re.compile(r"\d{1,2}")
UNREADABLE = re.compile(r"\(cid:\d+\)")
_BULLET_CODES = frozenset(f"(cid:{code})" for code in (127, 129, 141, 143, 144, 157))  # unused ones print a bullet
_SEGMENT_GAP = 1.0  # of the letters' size; a wider gap may be a tab, a column or a cell
_WORD_GAP = 0.18


@dataclass(slots=True)
class Segment:
    """Words on one line. ``text_x`` is where the words begin after a list marker, else ``x0``."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    page: int
    text_x: float
    first_word: float  # how wide the first word is
    has_link: bool = False
    notes: list[str] = field(default_factory=list)  # marks of footnotes, taken out of the words

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def segments_of(chars: Iterable[Char], page: int) -> list[Segment]:
    segments: list[Segment] = []
    for row in _rows([char for char in chars if _kept(char)]):
        pieces = [_segment(piece, page) for piece in _pieces(row)]
        segments.extend(_with_labels([piece for piece in pieces if piece.text or piece.notes]))
    return segments


def _kept(char: Char) -> bool:
    text: str = char["text"]
    return bool(text)


def _rows(chars: list[Char]) -> Iterator[list[Char]]:
    """Letters that stand on one line, whatever column they are in. Raised and lowered ones stay with their line."""
    chars = sorted(chars, key=lambda char: char["top"] + char["bottom"])
    rows: list[list[Char]] = []
    for char in chars:
        row = rows[-1] if rows else None
        if row and _middle(char) - _middle(row[0]) <= 0.42 * min(char["size"], row[0]["size"]):
            row.append(char)
        else:
            rows.append([char])
    waiting: list[Char] = []
    for at, row in enumerate(rows):
        row.extend(waiting)
        waiting = []
        if at + 1 < len(rows) and _is_raised(row, rows[at + 1]):
            waiting = row
        else:
            yield row


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _is_raised(row: list[Char], below: list[Char]) -> bool:
    if len(row) > 12 or max(char["size"] for char in row) > 0.8 * max(char["size"] for char in below):
        return False
    lowest, highest = max(char["bottom"] for char in row), min(char["top"] for char in below)
    return bool(lowest > highest + 0.3 * row[0]["size"])


def _pieces(row: list[Char]) -> Iterator[list[Char]]:
    """The letters from left to right, cut at wide gaps. A letter printed twice, to look bold, counts once."""
    row = sorted(row, key=lambda char: char["x0"])
    piece: list[Char] = []
    last: Char | None = None
    for char in row:
        if last is not None and _is_double(last, char):
            continue
        if char["text"].strip():
            if last is not None and char["x0"] - last["x1"] > _SEGMENT_GAP * max(char["size"], last["size"]):
                yield piece
                piece = []
            last = char
        piece.append(char)
    if piece:
        yield piece


def _is_double(last: Char, char: Char) -> bool:
    near = 0.12 * float(char["size"])
    return bool(
        last["text"] == char["text"] and abs(last["x0"] - char["x0"]) < near and abs(last["top"] - char["top"]) < near
    )


def _segment(chars: list[Char], page: int) -> Segment:
    while chars and not chars[-1]["text"].strip():
        chars = chars[:-1]
    while chars and not chars[0]["text"].strip():
        chars = chars[1:]
    letters = [char for char in chars if char["text"].strip()]
    size = Counter(round(char["size"], 1) for char in letters).most_common(1)[0][0] if letters else 0.0
    floor = max((char["bottom"] for char in letters if char["size"] > 0.8 * size), default=0.0)
    notes = [
        char
        for char in letters
        if char["text"].isdigit() and char["size"] < 0.8 * size and char["bottom"] < floor - 0.2 * size
    ]
    if notes and (notes[0] is letters[0] or len(notes) == len(letters)):
        notes = []
    text, starts = _spell([char for char in chars if not any(char is note for note in notes)], size)
    telling = [char for char in letters if char["text"].isalnum()]
    x0, x1 = (letters[0]["x0"], letters[-1]["x1"]) if letters else (0.0, 0.0)
    marker = marker_of(text)
    shift = len(text) - len(marker.rest) if marker else 0
    return Segment(
        text, x0, x1, min((c["top"] for c in letters), default=0.0), floor, size,
        bool(telling) and all(_BOLD_FONT.search(char["fontname"]) for char in telling), page,
        text_x=starts[shift] if shift < len(starts) else x0,
        first_word=_first_word(text, starts, x1),
        notes=["".join(char["text"] for char in notes)] if notes else [],
    )  # fmt: skip


def _spell(chars: list[Char], size: float) -> tuple[str, list[float]]:
    words: list[str] = []
    starts: list[float] = []
    wide = _word_gap(chars, size)
    last: Char | None = None
    space = False
    for char in chars:
        if not char["text"].strip():
            space = True
            continue
        if last is not None and (space or char["x0"] - last["x1"] > wide):
            words.append(" ")
            starts.append(char["x0"])
        written = _DROPPED.sub("", _written(char))
        words.append(written)
        starts.extend([char["x0"]] * len(written))
        last, space = char, False
    text = "".join(words)
    if text.startswith("(cid:") and (found := UNREADABLE.match(text)) and len(text) > found.end():
        text, starts = f"•{text[found.end() :]}", starts[found.end() - 1 :]  # a bullet of a font without names
    return text, starts


def _written(char: Char) -> str:
    text: str = char["text"]
    return "•" if text in _BULLET_CODES else text.translate(_PLAIN)


def _word_gap(chars: list[Char], size: float) -> float:
    # Spaced-out letters, as of some titles, have gaps within words.
    gaps = [
        right["x0"] - left["x1"] for left, right in pairwise(chars) if left["text"].strip() and right["text"].strip()
    ]
    usual = median(gaps) if len(gaps) > 2 else 0.0
    return _WORD_GAP * size + (usual if usual > 0.08 * size else 0.0)


def _first_word(text: str, starts: list[float], x1: float) -> float:
    space = text.find(" ")
    return (starts[space] if 0 <= space < len(starts) else x1) - (starts[0] if starts else x1)


def _with_labels(pieces: list[Segment]) -> list[Segment]:
    joined: list[Segment] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        is_bare = before is not None and len(joined) == 1 and bool(_BARE_NUMBER.fullmatch(before.text))
        if before and (is_bare or _is_label(before)) and piece.x0 - before.x1 < 4 * piece.size:
            joined[-1] = merged(before, piece, gap="  " if is_bare else " ")
            joined[-1].text_x = piece.x0
        else:
            joined.append(piece)
    return joined


def merged(left: Segment, right: Segment, gap: str = " ") -> Segment:
    # The looks are those of the one with more words.
    return Segment(
        text=f"{left.text}{gap}{right.text}".strip(),
        x0=left.x0,
        x1=right.x1,
        top=min(left.top, right.top),
        bottom=max(left.bottom, right.bottom),
        size=left.size if len(left.text) >= len(right.text) else right.size,
        is_bold=right.is_bold and (left.is_bold or _is_label(left)),
        page=left.page,
        text_x=left.text_x,
        first_word=left.first_word,
        has_link=left.has_link or right.has_link,
        notes=[*left.notes, *right.notes],
    )


def _is_label(segment: Segment) -> bool:
    return bool(_LABEL_ALONE.fullmatch(segment.text))


def add_dots(segments: list[Segment], shapes: list[Box]) -> None:
    """Bullets that are drawn, not written: a small round or square shape just left of a line's first word."""
    for x0, top, x1, bottom in shapes:
        for segment in segments:
            height = segment.size
            if not (0.1 * height < x1 - x0 < 0.75 * height and 0.1 * height < bottom - top < 0.75 * height):
                continue
            is_beside = 0 < segment.x0 - x1 < 2.5 * height and segment.top < (top + bottom) / 2 < segment.bottom
            if is_beside and segment.text[:1] not in BULLETS:
                segment.text_x, segment.x0, segment.text = segment.x0, x0, f"• {segment.text}"
                break
