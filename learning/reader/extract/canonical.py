"""The canonical text of a document: plain words in reading order, with the blocks that they stand in.

Every offset in the knowledge base points into this text. White space inside a block is single spaces; blocks stand on
lines of their own. What is taken out (page numbers, running headers and footers) is kept in ``furniture``, so that
every word of a document is in the text or in that list. Only within a cell of a table are there line breaks.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

CANONICAL_VERSION = "3"
CELL_BREAK = "\x1e"  # between the lines of one cell, as those who add rows write them


@dataclass(slots=True)
class Block:
    """One block: ``start`` to ``end`` in the text is what it says, without ``label`` (its marker as printed)."""

    kind: str  # "heading", "paragraph", "item", "row"
    start: int
    end: int
    level: int = 0  # of a heading, 1 to 6, or 0 where only its looks say so; of an item, its depth from 0
    label: str = ""
    page: int | None = None
    is_bold: bool = False
    cells: list[tuple[int, int]] = field(default_factory=list)  # of a row
    header: bool = False  # a row of column headings
    has_link: bool = False
    run_in: bool = False  # a heading in one line with the paragraph below


@dataclass(slots=True)
class Canonical:
    text: str
    blocks: list[Block]
    furniture: list[str]
    warnings: list[str] = field(default_factory=list)

    def words(self, block: Block) -> str:
        return self.text[block.start : block.end]

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(block) for block in self.blocks]


class CanonicalBuilder:
    """Puts blocks one after the other and counts offsets."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.furniture: list[str] = []
        self.warnings: list[str] = []

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def add(self, kind: str, text: str, *, label: str = "", **about: Any) -> Block | None:
        """A new block. Returns None, and adds nothing, for one without words."""
        text = " ".join(text.split())
        if not text:
            if label.strip():
                self.furniture.append(label.strip())
            return None
        return self._open(kind, text, label=label, **about)

    def _open(self, kind: str, text: str, *, label: str = "", **about: Any) -> Block:
        if self.blocks:
            both_in_list = kind == self.blocks[-1].kind and kind in {"item", "row"}
            self._write("\n" if both_in_list else "\n\n")
        if label:
            self._write(f"{label} ")
        block = Block(kind, self.length, self.length + len(text), label=label, **about)
        self._write(text)
        self.blocks.append(block)
        return block

    def add_row(self, cells: list[str], *, header: bool = False, page: int | None = None) -> Block | None:
        """A row of a table: its cells with a tab between them, and the lines of a cell on lines of their own."""
        cells = ["\n".join(filter(None, (" ".join(line.split()) for line in cell.split(CELL_BREAK)))) for cell in cells]
        if not any(cells):
            return None
        before = next(place for place, cell in enumerate(cells) if cell)
        block = self._open("row", cells[before], page=page, header=header)
        block.cells = [(block.start, block.start)] * before + [(block.start, block.end)]
        for cell in cells[before + 1 :]:
            self._write("\t")
            block.cells.append((self.length, self.length + len(cell)))
            self._write(cell)
        block.end = self.length
        return block

    def extend(self, text: str, glue: str = " ") -> None:
        text = " ".join(text.split())
        if not text:
            return
        last = self.blocks[-1]
        self._write(f"{glue}{text}")
        last.end = self.length

    def last_words(self) -> str:
        return "".join(self.parts[-1:]) if self.parts else ""

    def build(self) -> Canonical:
        return Canonical("".join(self.parts), self.blocks, self.furniture, self.warnings)
