"""Two columns of text that were printed side by side and came out so: the left one first, then the right one."""

import re
from collections import Counter

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_LEAST_LINES = 8
_INDENT = 5  # a column's lines begin within so many characters: a bullet, and the words behind it


def unfolded(text: str) -> str:
    """The text with each stretch of two columns put one after the other. Pages are dealt with one by one."""
    return "\f".join(_unfolded_page(page) for page in text.split("\f"))


def _unfolded_page(page: str) -> str:
    lines = page.split("\n")
    column = _column(lines)
    if not column:
        return page
    start, end = _stretch(lines, column)
    inside = lines[start:end]
    left = [line[:column].rstrip() for line in inside]
    right = [line[column:].rstrip() if len(line) > column else "" for line in inside]
    return "\n".join([*lines[:start], *left, "", *right, *lines[end:]])


def _column(lines: list[str]) -> int:
    """Where the right column begins: many lines begin there after a gap, and hardly a line runs across; else 0."""
    starts = Counter(found.end() for line in lines for found in _GAP.finditer(line))
    if not starts:
        return 0
    near = {place: sum(starts[at] for at in range(place, place + _INDENT)) for place in starts}
    column, count = max(near.items(), key=lambda item: (item[1], item[0] * -1))
    if count < _LEAST_LINES or column < 25:
        return 0
    others = sum(starts.values()) - count
    reaching = [line for line in lines if len(line) > column]
    across = [line for line in reaching if line[column - 2 : column].strip()]
    is_prose = (
        sum(bool(re.match(r" {0,4}[a-z]", line[column:])) for line in reaching) >= 3
    )  # sentences go on from line to line
    if others > count * 0.4 or len(across) > len(reaching) * 0.25 or not is_prose:
        return 0
    return column


def _stretch(lines: list[str], column: int) -> tuple[int, int]:
    best, start = (0, 0), 0
    for number in range(len(lines) + 1):
        if number == len(lines) or (len(lines[number]) > column and lines[number][column - 2 : column].strip()):
            if number - start > best[1] - best[0]:
                best = (start, number)
            start = number + 1
    start, end = best
    while start < end and len(lines[start]) <= column:
        start += 1  # what stands above both columns
    while end > start and len(lines[end - 1]) <= column and not lines[end - 1].strip():
        end -= 1
    return start, end
