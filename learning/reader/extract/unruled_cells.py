"""Tables that came out of a PDF as one cell after the other, each on lines of its own: back to rows.

The column headings stand one a line; then each cell goes to the next column that such a cell may stand in: a number to
the column of numbers, a date to that of dates, a state to that of states, words to the next column of words.
"""

import re
from collections.abc import Sequence

from learning.reader.wording import CELL_IS_NOTHING, COLUMN_IS_NOTHING
from learning.reader.wording.dates import MONTH
from learning.reader.wording.lookup import column_kind

_PERIOD = rf"(?:{MONTH}|spring|summer|autumn|winter|end of|by|q[1-4])"
_DATE = re.compile(
    rf"(?:(?:by |end of |from )?(?:\d{{1,2}}\w{{0,2}} )?{_PERIOD}\.? ?\d{{0,4}}|"
    rf"\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|on-?going|immediate\w*)",
    re.I,
)
_NUMBER = re.compile(r"[A-Z]{0,3}\d{1,2}(?:\.\d{1,2})?[a-z]?[.)]?")
_DATED = re.compile(r"date|when|time|deadline|target|due|completion", re.I)
_STATED = re.compile(r"status|rag|complete|progress", re.I)
_LED = re.compile(r"lead|owner|who|agency|agencies|responsib", re.I)
_REF = re.compile(r"(?:no|ref|number|#|rec)\.?$", re.I)


def unruled_tables(lines: Sequence[str], blank_before: Sequence[bool]) -> dict[int, list[str]]:
    """The cells of each row by the number of its first line; a line that only goes on with a row has no cells."""
    rows: dict[int, list[str]] = {}
    number = 0
    while number < len(lines):
        width = _header(lines, number)
        if not width:
            number += 1
            continue
        header = [lines[at].strip() for at in range(number, number + width)]
        end = _end(lines, blank_before, number + width, header)
        table = _Table(header)
        for start, words in _cells(lines, number + width, end):
            table.put(start, words)
        if sum(len(list(filter(None, row))) > 1 for _, row in table.rows) >= 2:
            rows |= {line: [] for line in range(number, end)}
            rows[number] = table.header
            rows |= dict(table.rows)
        number = end
    return rows


def row_numbers(lines: Sequence[str]) -> set[int]:
    """The numbers alone on a line, below such column headings, that begin rows and are no page numbers."""
    first = next((number for number in range(len(lines)) if _header(lines, number)), len(lines))
    found = [
        number
        for number in range(first, len(lines) - 1)
        if re.fullmatch(r"\d{1,2}", lines[number].strip()) and lines[number - 1].strip() and lines[number + 1].strip()
    ]
    counted = [int(lines[number]) for number in found]
    return set(found) if len(found) >= 3 and counted == sorted(set(counted)) else set()


def _header(lines: Sequence[str], number: int) -> int:
    """How many lines from here are column headings, three or more of which one announces something, or 0."""
    width = 0
    while number + width < len(lines) and width < 8 and _is_column(lines[number + width].strip()):
        width += 1
    known = [lines[at].strip() for at in range(number, number + width)]
    return width if width >= 3 and any(column_kind(line) for line in known) else 0


def _is_column(line: str) -> bool:
    if not line or len(line.split()) > 5 or re.search(r"[.;:?]$", line) or "  " in line:
        return False
    return column_kind(line) is not None or bool(COLUMN_IS_NOTHING.match(line) or _REF.match(line))


def _end(lines: Sequence[str], blank_before: Sequence[bool], start: int, header: list[str]) -> int:
    number = start
    while number < len(lines):
        words = lines[number].strip()
        if [line.strip() for line in lines[number : number + len(header)]] == header:
            return number
        is_heading = len(words.split()) <= 4 and not re.search(r"[.;,\d]$", words) and words.casefold() in _CLOSES
        if is_heading:
            return number
        number += 1
    return number


_CLOSES = {
    "sign-off",
    "sign off",
    "notes",
    "contact",
    "further information",
    "glossary",
    "appendix",
    "key",
    "next steps",
}


def _cells(lines: Sequence[str], start: int, end: int) -> list[tuple[int, str]]:
    cells: list[tuple[int, str]] = []
    for number in range(start, end):
        words = lines[number].strip()
        if cells and words[:1].islower() and not CELL_IS_NOTHING.fullmatch(words):
            cells[-1] = (cells[-1][0], f"{cells[-1][1]} {words}")
        else:
            cells.append((number, words))
    return cells


class _Table:
    def __init__(self, header: list[str]) -> None:
        self.has_number = bool(_REF.match(header[0]))
        self.header = header = header if self.has_number else ["", *header]
        self.words = [place for place, name in enumerate(header) if column_kind(name)]
        self.rows: list[tuple[int, list[str]]] = []
        self.at = len(header)

    def put(self, start: int, words: str) -> None:
        place = self._place(words)
        if not self.rows or place < self.at:
            self.rows.append((start, [""] * len(self.header)))
        row = self.rows[-1][1]
        row[place] = f"{row[place]} {words}".strip()
        self.at = place + 1

    def _place(self, words: str) -> int:
        wanted = self._wanted(words)
        after = [place for place in wanted if place >= self.at]
        if after:
            return after[0]
        again = wanted if len(self.words) < 2 or wanted != self.words else self.words[1:]
        return again[0] if again else min(self.at, len(self.header) - 1)

    def _wanted(self, words: str) -> list[int]:
        columns = list(enumerate(self.header))
        if _NUMBER.fullmatch(words):
            return [0]  # with it a row begins
        if CELL_IS_NOTHING.fullmatch(words.strip(" .")):
            return [place for place, name in columns if _STATED.search(name)][-1:] or [len(self.header) - 1]
        if _DATE.fullmatch(words):
            return [place for place, name in columns if _DATED.search(name)] or [len(self.header) - 1]
        is_name = len(words.split()) <= 6 and not re.search(r"[.;]$", words)
        leads = [place for place, name in columns if _LED.search(name)]
        if is_name and leads and leads[0] >= self.at:
            return leads
        return self.words
