"""Rows of tables: by the heading of each column, by the heading in the first cell, or by the section that is open."""

import re

from learning.reader import wording
from learning.reader.extract.canonical import Block
from learning.reader.statements.labels import take_run_in
from learning.reader.statements.passages import Span
from learning.reader.statements.prose import take_findings
from learning.reader.statements.walk import Walk
from learning.reader.wording import lookup
from learning.reader.wording.markers import BULLETS

_NUMBER = re.compile(
    r"\s*\(?(?:(?:Recommendation|Rec|Action|Finding|R|No)\.?\s*)?(\d{1,2}(?:\.\d+)*[a-z]?)[.)]?\s*", re.I
)
_OWN_NUMBER = re.compile(r"\(?(\d{1,2}(?:\.\d+)*[a-z]?)[.):]\s+(?=\S)")
_NUMBERS = re.compile(r"\s(?=\(?\d{1,2}[.)]\s+[A-Z])")
_FIRST_BULLET = re.compile(r"[-–*]\s+")
_PARTS = re.compile(rf"\n(?:[-–*]\s+)?|(?:(?<=\s)|^)[{re.escape(BULLETS)}]\s*")


def at_row(walk: Walk, block: Block) -> None:
    cells = [walk.text[start:end] for start, end in block.cells]
    kinds = header_kinds(cells)
    is_first = walk.at == 0 or walk.blocks[walk.at - 1].kind != "row"
    if is_first and (guessed := _guessed(walk, cells, kinds or {})):
        kinds = guessed
    if kinds is not None and (walk.columns is None or kinds == walk.columns):
        walk.columns = kinds
    elif walk.columns is not None:
        _take_cells(walk, block, cells)
    elif len(cells) == 2 and _has_own_heading(walk, block, cells):
        pass
    elif walk.section.is_open:
        _take_row(walk, block)
    else:
        take_findings(walk, block)


def header_kinds(cells: list[str]) -> dict[int, str] | None:
    """Column number to kind, where a row is one of column headings that announce something."""
    if len(cells) < 2 or any(len(cell.split()) > 8 or (cell.endswith(".") and len(cell.split()) > 3) for cell in cells):
        return None
    kinds: dict[int, str] = {}
    for column, cell in enumerate(cells):
        kind = lookup.column_kind(cell)
        if kind is not None:
            kinds[column] = kind
    return kinds or None


def _guessed(walk: Walk, cells: list[str], known: dict[int, str]) -> dict[int, str]:
    """The columns of a plan (it has one for who, when or how far) that hold sentences under a heading of their own
    words: the first says what is asked for, the others what is done."""
    bare = [" ".join(cell.split()).strip(" :*?") for cell in cells]
    is_plan = any(wording.COLUMN_OF_A_PLAN.match(cell) for cell in bare)
    if not is_plan or any(len(cell.split()) > 8 or cell.endswith(".") for cell in bare):
        return {}
    kinds = dict(known)
    for column, cell in enumerate(bare):
        if column in known or not cell or wording.COLUMN_IS_NOTHING.match(cell) or not _holds_sentences(walk, column):
            continue
        asked = any(kind in {wording.RECOMMENDATION, wording.LEARNING} for kind in kinds.values())
        kinds[column] = wording.ACTION if asked else wording.RECOMMENDATION
    return dict(sorted(kinds.items()))


def _holds_sentences(walk: Walk, column: int) -> bool:
    counts = []
    for block in walk.blocks[walk.at + 1 :]:
        if block.kind != "row":
            break
        if column < len(block.cells) and (words := walk.text[slice(*block.cells[column])].split()):
            counts.append(len(words))
    return bool(counts) and sum(counts) / len(counts) >= 5


def _take_cells(walk: Walk, block: Block, cells: list[str]) -> None:
    number = next((found[1] for cell in cells if (found := _NUMBER.fullmatch(cell))), "")
    before, own = walk.review, [label for cell in cells if (label := walk.subjects.label_in_heading(cell))]
    walk.review = own[0] if own else before
    for column, kind in (walk.columns or {}).items():
        if column >= len(block.cells):
            continue
        for start, end in _parts(walk, block.cells[column]):
            found = _OWN_NUMBER.match(walk.text[start:end])
            begin = start + found.end() if found else start
            if _says_something(walk.text[begin:end]):
                walk.add(kind, begin, end, number=found[1] if found else number, reason="the heading of its column")
                number = ""
    walk.review = before


def _parts(walk: Walk, cell: Span) -> list[Span]:
    start, end = cell
    is_numbered = re.match(r"\(?1[.)]\s", walk.text[start:end])
    cuts = list((_NUMBERS if is_numbered else _PARTS).finditer(walk.text, start, end))
    if not cuts:
        return [cell]
    edges = ([start, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), end])
    if lead := _FIRST_BULLET.match(walk.text, start, end):
        edges[0][0] = lead.end()
    spans = [(a, b) for a, b in zip(*edges, strict=True) if walk.text[a:b].strip()]
    begins = all(re.match(r"[\s\d.)(]*[A-Z“\"'‘]", walk.text[a:b]) or walk.text[a - 1 : a] in BULLETS for a, b in spans)
    return spans if begins and all(_says_something(walk.text[a:b]) for a, b in spans) else [cell]


def _says_something(text: str) -> bool:
    text = text.strip(" .")
    return len(text.split()) >= 3 and not wording.CELL_IS_NOTHING.fullmatch(re.split(r":\s", text)[0])


def _has_own_heading(walk: Walk, block: Block, cells: list[str]) -> bool:
    """Whether the first cell is the heading, or the label, of the second: "Key findings | The review found ..."."""
    label = lookup.label_of(f"{cells[0].strip(' :')}:")
    if label is not None and len(cells[1].split()) >= 3:
        number = label.number
        for start, end in _parts(walk, block.cells[1]):
            if _says_something(walk.text[start:end]):
                walk.add(label.kind, start, end, number=number, reason=f"the label “{cells[0].strip()}”")
                number = ""
        return True
    kind = lookup.heading_kind(cells[0]) if len(cells[0].split()) <= 10 else None
    if kind is None or kind == wording.NEUTRAL or len(cells[1].split()) < 3:
        return False
    walk.open(kind if kind in wording.KINDS else wording.STOP, None, f"the heading “{cells[0].strip()}”")
    if kind in wording.KINDS:
        for start, end in _parts(walk, block.cells[1]):
            if _says_something(walk.text[start:end]):
                walk.add(kind, start, end)
    walk.close()
    return True


def _take_row(walk: Walk, block: Block) -> None:
    kind = walk.section.kind or ""
    if kind == wording.FACT:
        walk.add(kind, block.start, block.end)
    else:
        start, end = max(block.cells, key=lambda cell: cell[1] - cell[0])
        if end - start <= 20 or take_run_in(walk, Block("paragraph", start, end)):
            return
        walk.add(kind, start, end)
    walk.section.has_items = True
