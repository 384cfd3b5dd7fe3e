"""Tables in plain text: rows between pipes, with tabs, or in columns that are set apart by spaces."""

import re
from itertools import pairwise

from learning.reader.extract.aligned import aligned_tables
from learning.reader.extract.unruled_cells import unruled_tables

_PIPES = re.compile(r"^\s*\|.*\|\s*$")
_INNER_PIPES = re.compile(r"\s\|\s")
_GAP = re.compile(r"\s{2,}")
_MARKED = re.compile(r"\s*(?:[•●○◦▪–-]|\d{1,2}(?:\.\d{1,2})*[.)]|\(?[a-z][.)])\s")


def rows_of(lines: list[str], blank_before: list[bool]) -> dict[int, list[str]]:
    """The cells of each line that is a row of a table, by its number; none for one that goes on with the row above."""
    rows = aligned_tables(lines, blank_before) | unruled_tables(lines, blank_before)
    rows |= {number: _between_pipes(line) for number, line in enumerate(lines) if _PIPES.match(line)}
    rows |= {number: line.rstrip().split("\t") for number, line in enumerate(lines) if _tabs(line) >= 3}
    for start, end in _runs(blank_before):
        taken = [number for number in range(start, end) if number in rows]
        if taken:
            continue
        rows |= _two_columns(lines, start, end)
        rows |= _loose_pipes(lines, start, end)
        rows |= _aligned(lines, start, end)
    return rows


def _between_pipes(line: str) -> list[str]:
    return line.strip().strip("|").split("|")


def _tabs(line: str) -> int:
    # A tab after a list marker makes no cell.
    cells = [cell for cell in line.split("\t") if cell.strip()]
    if cells and _MARKED.fullmatch(f"{cells[0]} ") and len(cells) <= 2:
        return 0
    return len(cells)


def _runs(blank_before: list[bool]) -> list[tuple[int, int]]:
    starts = [number for number, blank in enumerate(blank_before) if blank or number == 0]
    return list(pairwise([*starts, len(blank_before)]))


def _two_columns(lines: list[str], start: int, end: int) -> dict[int, list[str]]:
    found = {number: lines[number].rstrip().split("\t") for number in range(start, end) if _tabs(lines[number]) == 2}
    return found if len(found) >= 2 else {}


def _loose_pipes(lines: list[str], start: int, end: int) -> dict[int, list[str]]:
    cells = {number: _INNER_PIPES.split(lines[number].strip()) for number in range(start, end)}
    counts = {len(row) for row in cells.values()}
    return cells if len(cells) >= 2 and len(counts) == 1 and counts.pop() >= 3 else {}


def _aligned(lines: list[str], start: int, end: int) -> dict[int, list[str]]:
    rows: dict[int, list[str]] = {}
    for first in range(start, end - 1):
        columns = _starts(lines[first])
        if len(columns) < 3 or _MARKED.match(lines[first]):
            continue
        last = first + 1
        while last < end and _starts(lines[last]) == columns:
            last += 1
        if last - first >= 2:
            rows |= {number: _GAP.split(lines[number].strip()) for number in range(first, last)}
            break
    return rows


def _starts(line: str) -> list[int]:
    return [found.start() for found in re.finditer(r"(?:(?<=\s\s)|^)\S", line)]
