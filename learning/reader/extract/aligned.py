"""Tables that plain text sets in columns by spaces, with cells that go on over several lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from learning.reader.extract.canonical import CELL_BREAK
from learning.reader.wording import COLUMN_IS_NOTHING
from learning.reader.wording.lookup import column_kind
from learning.reader.wording.markers import BULLETS, marker_of

_CELL = re.compile(r"\S+(?: \S+)*")
_KEY = re.compile(r"\W*(?:[A-Za-z]{0,14}\W{0,2}\d{1,2}(?:\.\d{1,2})*[a-z]?|[A-Z]{1,3})\W*$")
_MOST_WORDS_OF_A_HEADING = 8


@dataclass(slots=True)
class _Row:
    first: int  # the number of its first line
    cells: list[list[str]]  # the lines of each cell


def aligned_tables(lines: Sequence[str], blank_before: Sequence[bool]) -> dict[int, list[str]]:
    """The cells of each row by the number of its first line; a line that only goes on with a row has no cells."""
    rows: dict[int, list[str]] = {}
    number = 0
    while number < len(lines) - 1:
        columns = _header(lines[number])
        end = _end(lines, blank_before, number, columns) if columns else number
        if sum(sum(map(bool, _cut(line, columns))) > 1 for line in lines[number:end]) < 2:
            number += 1
            continue
        table = _rows(lines, blank_before, number, end, columns)
        widths = [max(len(line) for row in table for line in row.cells[place]) for place in range(len(columns))]
        for row in table:
            rows[row.first] = [_joined(cell, width) for cell, width in zip(row.cells, widths, strict=True)]
        for line in range(number, end):
            rows.setdefault(line, [])
        number = end
    return rows


def _header(line: str) -> list[int]:
    if "|" in line or "\t" in line.strip() or marker_of(line.strip()):
        return []
    cells = list(_CELL.finditer(line))
    if len(cells) < 2 or any(len(cell[0].split()) > _MOST_WORDS_OF_A_HEADING for cell in cells):
        return []
    kinds = [cell[0] for cell in cells if column_kind(cell[0])]
    known = [cell[0] for cell in cells if COLUMN_IS_NOTHING.match(cell[0].strip(" :"))]
    if not kinds or (len(cells) == 2 and len(kinds) + len(known) < 2):
        return []
    return [0, *(cell.start() for cell in cells[1:])]


def _end(lines: Sequence[str], blank_before: Sequence[bool], header: int, columns: list[int]) -> int:
    number = header + 1
    while number < len(lines) and _fits(lines[number], columns):
        cells = _cut(lines[number], columns)
        is_alone = bool(cells[0]) and not any(cells[1:])
        runs_across = len(_CELL.findall(lines[number])) == 1 and sum(map(bool, cells)) > 1
        begins = blank_before[number] and number > header + 1
        if (is_alone or runs_across) and begins and not _KEY.match(cells[0]):
            break
        number += 1
    return number


def _fits(line: str, columns: list[int]) -> bool:
    return "\t" not in line.strip() and all(
        len(line) <= start or line[start - 1] == " " or not line[start - 1 : start + 1].strip() for start in columns[1:]
    )


def _cut(line: str, columns: list[int]) -> list[str]:
    return [line[start:end].strip() for start, end in zip(columns, [*columns[1:], None], strict=True)]


def _rows(lines: Sequence[str], blank_before: Sequence[bool], header: int, end: int, columns: list[int]) -> list[_Row]:
    cut = [_cut(lines[number], columns) for number in range(header, end)]
    is_keyed = all(not cells[0] or _KEY.match(cells[0]) for cells in cut[1:])
    rows = [_Row(header, [[cell] for cell in cut[0]])]
    has_body = False
    for number, cells in enumerate(cut[1:], header + 1):
        goes_on = not has_body and not blank_before[number] and _is_more_heading(cells, is_keyed=is_keyed)
        if not goes_on and _begins(rows[-1], cut[number - header - 1], cells, blank_before[number], is_keyed=is_keyed):
            rows.append(_Row(number, [[] for _ in columns]))
            has_body = True
        for lines_of_cell, cell in zip(rows[-1].cells, cells, strict=True):
            lines_of_cell.append(cell)
    return rows


def _is_more_heading(cells: list[str], *, is_keyed: bool) -> bool:
    if is_keyed and cells[0]:
        return False
    filled = [cell for cell in cells if cell]
    return len(filled) < len(cells) and all(len(cell.split()) <= 2 and not cell.endswith(".") for cell in filled)


def _begins(last: _Row, before: list[str], cells: list[str], is_apart: bool, *, is_keyed: bool) -> bool:
    """Whether a line begins a row: by its number, after a gap, or where two cells at least begin anew."""
    if is_keyed and cells[0]:
        return True
    filled = [place for place, cell in enumerate(cells) if cell]
    if is_apart and len(filled) > 1:
        return True
    anew = [
        place for place in filled if _opens(cells[place]) and not before[place] and any(last.cells[place])
    ]  # a cell that had ended begins again
    if len(anew) > 1 and all(_opens(cells[place]) for place in filled):
        return True
    if is_keyed:
        return False
    ended = re.search(r"[.?!]$", _joined(last.cells[0], 0)) or len(cells) > 2
    return bool(ended) and all(cells) and all(_opens(cell) for cell in cells)


def _opens(cell: str) -> bool:
    return not cell[:1].islower()


def _joined(lines: list[str], width: int) -> str:
    """The lines of a cell in one, but for those that begin with a bullet, after a gap or before the line was full."""
    text, was_empty, before = "", False, ""
    for line in lines:
        if not line:
            was_empty = bool(text)
            continue
        is_new = line[0] in BULLETS or bool(re.match(r"[-–]\s|\d{1,2}[.)]\s", line))
        had_room = len(before) + 1 + len(line.split()[0]) <= width * 0.9
        if text and (is_new or ((was_empty or had_room) and _opens(line) and re.search(r"[.;:?!]$", text))):
            text = f"{text}{CELL_BREAK}{line}"
        else:
            text = f"{text} {line}".strip()
        was_empty, before = False, line
    return text
