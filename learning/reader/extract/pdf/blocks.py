"""Lines of PDF pages to blocks: which lines go on with the one before, which begin something, what is a heading."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from learning.reader.extract.canonical import CELL_BREAK, CanonicalBuilder
from learning.reader.extract.pdf.columns import Grid, Region
from learning.reader.extract.pdf.lines import Segment
from learning.reader.word_lists import words_in
from learning.reader.wording.endings import CLAUSE_END
from learning.reader.wording.markers import BULLETS, Marker, marker_of

_LEADERS = re.compile(r"(?:\.\s?){5,}\s*\d{1,4}$|…{2,}\s*\d{1,4}$")
_BREAK = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-‐]$")
_PERIOD = re.compile(r"\d[-–]$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
_REST_OF_ADDRESS = re.compile(r"(?:[./?&=%_~-]|\S*\w[/.?&=%_~-]\w|\S+/$)")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Parts of words that English writes with a hyphen.
_FIRST_PARTS = words_in("hyphen_first_parts")
_SECOND_PARTS = words_in("hyphen_second_parts")
# Words that English writes as one, though both halves are words.
_CLOSED = re.compile(
    r"(?:any|every|some|no)(?:one|body|thing|where|how|times?|more)|(?:what|when|where|who|how)(?:so)?ever|with(?:in|out)"
    r"|(?:in|out|on|off|under|over|up|be)(?:side|line|come|put|set|look|looked|stand|standing|stood|take|taken|going"
    r"|grade|date|dated|all|night|due|view|reach|break|breaks|ward|wards|low|fore|yond|half|have|long|cause)"
    r"|(?:him|her|my|your|it|them|our)sel(?:f|ves)|(?:there|here)(?:fore|after|by|of|upon|with)"
    r"|(?:an|mean)(?:other|while|time)"
)
_FIGURE = re.compile(
    r"[^A-Za-z]*\d[^A-Za-z]*"
    r"(?:(?:per cent|years?(?: old)?|months?|weeks?|days?|million|thousand|in|out of)\b[^A-Za-z]*)*"
)


@dataclass(slots=True)
class Facts:
    """What is usual in the document: the size of its text, and the step from line to line, in sizes."""

    size: float
    step: float
    heading_sizes: list[float]
    hangs: bool  # whether the lines of an item begin below its words, not below its marker


@dataclass(slots=True)
class BlockBuilder:
    """A block that is being gathered."""

    kind: str
    lines: list[Segment]
    region: Region  # of its last line
    left: float  # the left edge of its first line's column
    marker: Marker | None = None
    cells: list[str] = field(default_factory=list)
    header: bool = False

    @property
    def last(self) -> Segment:
        return self.lines[-1]

    @property
    def is_bold(self) -> bool:
        return all(line.is_bold for line in self.lines)


def facts_of(parts: list[Region | Grid]) -> Facts:
    lines = [line for part in parts for region in _regions(part) for line in region.lines]
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    steps: Counter[float] = Counter()
    for part in parts:
        for region in _regions(part):
            for before, line in pairwise(region.lines):
                if (
                    before.size == line.size
                    and is_full(before, line, region)
                    and 0.8 < (line.top - before.top) / line.size < 2.6
                ):
                    steps[round((line.top - before.top) / line.size, 2)] += 1
    bigger = sorted({round(line.size * 2) / 2 for line in lines if line.size > size * 1.1}, reverse=True)
    return Facts(size, _usual(steps), bigger, _hangs(parts))


def _hangs(parts: list[Region | Grid]) -> bool:
    below_words = below_marker = 0
    for part in parts:
        for region in _regions(part):
            for before, line in pairwise(region.lines):
                if (
                    before.text_x - before.x0 > 4
                    and is_full(before, line, region)
                    and not CLAUSE_END.search(before.text)
                ):
                    below_words += abs(line.x0 - before.text_x) < 3
                    below_marker += abs(line.x0 - before.x0) < 3 and marker_of(line.text) is None
    return below_words >= below_marker


def is_full(last: Segment, line: Segment, region: Region) -> bool:
    # A line is full where the first word of the next would not have fitted on it.
    return last.x1 + 0.2 * line.size + line.first_word > region.edge(last.size) - 0.5


def _usual(steps: Counter[float]) -> float:
    # With its neighbours, since steps differ by rounding.
    if not steps:
        return 1.2
    return max(
        steps, key=lambda step: (sum(count for other, count in steps.items() if abs(other - step) < 0.03), -step)
    )


def _regions(part: Region | Grid) -> Iterator[Region]:
    if isinstance(part, Region):
        yield part
    else:
        yield from (cell for row in part.rows for cell in row)


class Gatherer:
    """Takes the regions and tables of all pages in their order, and makes blocks of them."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.blocks: list[BlockBuilder] = []
        self.furniture: list[str] = []
        self.table_head: list[str] = []

    def take(self, part: Region | Grid) -> None:
        if isinstance(part, Grid):
            self.take_grid(part)
        else:
            self.take_region(part)

    # -- running text -------------------------------------------------------------------------------------------

    def take_region(self, region: Region, *, in_cell: bool = False) -> None:
        """``in_cell``: nothing goes on from what stands before."""
        block: BlockBuilder | None = None
        for line in region.lines:
            self.furniture.extend(line.notes)
            if _LEADERS.search(line.text) and not in_cell:
                self.furniture.append(line.text)
            elif block is not None and not self.begins(block, line, region):
                block.lines.append(line)
            elif block is None and not in_cell and (before := self.broken_off(line, region)) is not None:
                before.lines.append(line)
                before.region = region
                block = before
            else:
                block = self.new_block(line, region, block)

    def new_block(self, line: Segment, region: Region, before: BlockBuilder | None) -> BlockBuilder:
        marker = self.marker(line, before, region)
        block = BlockBuilder("item" if marker else "paragraph", [line], region, region.left, marker)
        self.blocks.append(block)
        return block

    def marker(self, line: Segment, before: BlockBuilder | None, region: Region) -> Marker | None:
        """The line's list marker; not one that only looks so, as "3. of the Act" does in the middle of a sentence."""
        marker = marker_of(line.text)
        if marker is None or (not marker.rest and len(marker.label) > 4):
            return None
        if before is None or line.text[0] in BULLETS or not is_full(before.last, line, region):
            return marker
        first = before.marker is not None and len(before.lines) == 1
        is_inside = abs(line.x0 - (before.last.text_x if first else before.last.x0)) < 2
        steps_on = line.top - before.last.top <= (self.facts.step + 0.1) * line.size
        if is_inside and steps_on and not CLAUSE_END.search(before.last.text) and not _follows(before, marker):
            return None
        return marker

    def begins(self, block: BlockBuilder, line: Segment, region: Region) -> bool:
        if block.marker is not None and not block.marker.rest and len(block.lines) == 1:
            return marker_of(line.text) is not None
        last = block.last
        low, ended = line.text[:1].islower(), bool(CLAUSE_END.search(last.text))
        if self.marker(line, block, region) is not None or abs(line.size - last.size) > 0.08 * max(
            line.size, last.size
        ):
            return True
        step = (line.top - last.top) / line.size
        goes_on = low and not ended
        if step > self.facts.step * 1.12 + 0.04 and self.is_wide_step(block, step):
            return not (goes_on and step < self.facts.step * 2.2)
        full = is_full(last, line, region)
        if line.is_bold != last.is_bold:
            return not (full and not ended and (low or not last.is_bold))
        if last.size > self.facts.size * 1.1 and len(block.lines) < 4 and not ended:
            return False
        if not full:
            return not goes_on
        return self.is_indented_anew(block, line, ended=ended, low=low)

    def is_wide_step(self, block: BlockBuilder, step: float) -> bool:
        # Text may be set wider than is usual: then the block's own steps count.
        own = [(right.top - left.top) / right.size for left, right in pairwise(block.lines) if right.top > left.top]
        return not own or step > max(own) * 1.08 + 0.04

    def is_indented_anew(self, block: BlockBuilder, line: Segment, *, ended: bool, low: bool) -> bool:
        first, last = block.lines[0], block.last
        if low:
            return False
        if block.marker is not None:
            return ended and self.facts.hangs and line.x0 < first.text_x - 4
        is_deeper = line.x0 > last.x0 + line.size and len(block.lines) != 1
        is_outdented = line.x0 < last.x0 - line.size and len(block.lines) > 1
        return ended and (is_deeper or is_outdented or line.x0 > first.x0 + line.size)

    # -- over a page or a column --------------------------------------------------------------------------------

    def broken_off(self, line: Segment, region: Region) -> BlockBuilder | None:
        if marker_of(line.text) is not None or line.size > self.facts.size * 1.1:
            return None
        low = line.text[:1].islower()
        for at, block in enumerate(reversed(self.blocks[-12:])):
            if block.kind == "row" or block.last.page < line.page - 1:
                return None
            if self.goes_over(block, line, region, low=low):
                return block
            if not low or at > 8:
                return None
        return None

    def goes_over(self, block: BlockBuilder, line: Segment, region: Region, *, low: bool) -> bool:
        last = block.last
        hang = block.lines[0].text_x - block.left if block.marker and block is self.blocks[-1] else 0.0
        if self.facts.hangs and hang > 8 and abs(line.x0 - region.left - hang) < 2 and line.size == last.size:
            return last.is_bold == line.is_bold
        if (
            CLAUSE_END.search(last.text)
            or last.is_bold != line.is_bold
            or abs(last.size - line.size) > 0.08 * line.size
        ):
            return False
        if low:
            return is_full(last, line, block.region) or len(last.text) > 30
        if line.is_bold or len(" ".join(part.text for part in block.lines).split()) < 8:
            return False
        indent = block.lines[0].text_x - block.left if block.marker else last.x0 - block.region.left
        is_level = abs((line.x0 - region.left) - indent) < 4
        return is_level and is_full(last, line, block.region)

    # -- tables -------------------------------------------------------------------------------------------------

    def take_grid(self, grid: Grid) -> None:
        texts = [[self.cell_text(cell) for cell in row] for row in grid.rows]
        header = _is_header(grid, texts)
        goes_on = bool(self.blocks) and self.blocks[-1].kind == "row" and self.blocks[-1].last.page == grid.page - 1
        start = 0
        if goes_on and texts[0] == self.table_head:
            self.furniture.append(" ".join(" ".join(texts[0]).replace(CELL_BREAK, " ").split()))
            header, start = True, 1
        elif goes_on and self.table_head and len(texts[0]) == len(self.table_head):
            header = True
        else:
            self.table_head = texts[0] if header else []
            goes_on = False
        if goes_on and start < len(texts) and self.completes_row(texts[start], grid.rows[start]):
            start += 1
        for number in range(start, len(texts)):
            is_head = header and not goes_on and number == 0
            self.take_row(grid.rows[number], texts[number], under_header=header, is_header=is_head)

    def completes_row(self, texts: list[str], row: list[Region]) -> bool:
        """A row that a page break has split: its first cell is empty on the new page."""
        before = self.blocks[-1]
        if texts[0] or len(before.cells) != len(texts):
            return False
        before.cells = [f"{above}\n{below}".strip() for above, below in zip(before.cells, texts, strict=True)]
        before.lines.extend(line for cell in row for line in cell.lines)
        return True

    def take_row(self, row: list[Region], texts: list[str], *, under_header: bool, is_header: bool) -> None:
        filled = [cell for cell in row if cell.lines]
        if not filled:
            return
        is_text = len(row) < 2 or (len(filled) < 2 and not under_header)
        if is_text or (not under_header and any(self.is_rich(cell) for cell in filled)):
            for cell in filled:
                self.take_region(cell, in_cell=True)
            return
        lines = [line for cell in filled for line in cell.lines]
        self.furniture.extend(note for line in lines for note in line.notes)
        self.blocks.append(BlockBuilder("row", lines, filled[0], filled[0].left, cells=texts, header=is_header))

    def is_rich(self, cell: Region) -> bool:
        marked = sum(1 for line in cell.lines if marker_of(line.text) is not None)
        big = any(line.size > self.facts.size * 1.1 for line in cell.lines)
        headed = len(cell.lines) > 2 and cell.lines[0].is_bold and not cell.lines[-1].is_bold
        return marked > 1 or big or headed or sum(len(line.text.split()) for line in cell.lines) > 120

    # -- the end ------------------------------------------------------------------------------------------------

    def cell_text(self, cell: Region) -> str:
        inside = Gatherer(self.facts)
        inside.take_region(cell, in_cell=True)
        return CELL_BREAK.join("\n".join(line.text for line in block.lines) for block in inside.blocks)

    def build(self, builder: CanonicalBuilder) -> None:
        vocabulary = Vocabulary(line.text for block in self.blocks for line in block.lines)
        levels = _levels(self.blocks, self.facts.size)
        for block in self.blocks:
            self.emit(builder, block, vocabulary, levels)
        builder.furniture.extend(self.furniture)

    def emit(
        self, builder: CanonicalBuilder, block: BlockBuilder, vocabulary: "Vocabulary", levels: list[float]
    ) -> None:
        page = block.lines[0].page
        if block.kind == "row":
            cells = [
                CELL_BREAK.join(vocabulary.join(part.split("\n")) for part in cell.split(CELL_BREAK))
                for cell in block.cells
            ]
            added = builder.add_row(cells, header=block.header, page=page)
        else:
            text = vocabulary.join([line.text for line in block.lines])
            level = self.heading_level(block, text)
            if level:
                added = builder.add("heading", text, level=level, page=page, is_bold=True)
            elif block.marker is not None:
                marker = marker_of(text)
                label, words = (marker.label, marker.rest) if marker else ("", text)
                depth = _depth(block, levels)
                added = builder.add("item", words, label=label, level=depth, page=page, is_bold=block.is_bold)
            else:
                added = builder.add("paragraph", text, page=page, is_bold=block.is_bold)
        if added is not None:
            added.has_link = any(line.has_link for line in block.lines)

    def heading_level(self, block: BlockBuilder, text: str) -> int:
        size = block.lines[0].size
        if size <= self.facts.size * 1.1 or len(text.split()) > 25 or _FIGURE.fullmatch(text):
            return 0
        if block.marker is not None and block.marker.label[0] in BULLETS:
            return 0
        return min(self.facts.heading_sizes.index(round(size * 2) / 2) + 1, 6)


def _follows(before: BlockBuilder, marker: Marker) -> bool:
    last = re.search(r"\d+", before.marker.label) if before.marker else None
    number = re.search(r"\d+", marker.label)
    return bool(last and number and int(number[0]) == int(last[0]) + 1)


def _is_header(grid: Grid, texts: list[list[str]]) -> bool:
    filled = [(cell, text) for cell, text in zip(grid.rows[0], texts[0], strict=True) if text]
    if len(texts) < 2 or len(filled) < 2 or any(not _is_column_name(text) for _, text in filled):
        return False
    return len(filled) > 2 or all(line.is_bold for cell, _ in filled for line in cell.lines)


def _is_column_name(text: str) -> bool:
    return len(text.split()) < 9 and (len(text.split()) < 3 or not CLAUSE_END.search(text))


def _levels(blocks: list[BlockBuilder], size: float) -> list[float]:
    offsets = sorted(_offset(block) for block in blocks if block.marker is not None)
    levels: list[float] = []
    for offset in offsets:
        if not levels or offset - levels[-1] > 0.7 * size:
            levels.append(offset)
    return levels


def _offset(block: BlockBuilder) -> float:
    return round(block.lines[0].x0 - block.left, 1)


def _depth(block: BlockBuilder, levels: list[float]) -> int:
    return max(sum(1 for level in levels if level <= _offset(block) + 0.1) - 1, 0)


class Vocabulary:
    """The words of a document, to tell a word that was broken at a line's end from one that has a hyphen."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.words: set[str] = set()
        breaks: list[tuple[str, str]] = []
        before = ""
        for line in lines:
            found = _BREAK.search(before)
            following = _FIRST_WORD.match(line)
            if found and following:
                breaks.append((found[1].casefold().rsplit("-")[-1], following[0].casefold()))
            whole = line[: match.start()] if (match := _BREAK.search(line)) else line
            self.words.update(_COMPOUND.findall(whole[following.end() :] if found and following else whole))
            before = line
        self.words = {word.casefold() for word in self.words}
        self.words |= {part for word in self.words for part in word.split("-")}
        self.is_hyphenated = any(self.attests(*both) or not any(self.knows(*both)) for both in breaks)

    def knows(self, left: str, right: str) -> tuple[bool, bool]:
        return left in self.words or left in _FIRST_PARTS, right in self.words or right in _SECOND_PARTS

    def attests(self, left: str, right: str) -> bool:
        return f"{left}{right}" in self.words and f"{left}-{right}" not in self.words

    def join(self, lines: list[str]) -> str:
        text = ""
        for line in lines:
            line = line.strip()
            found = _BREAK.search(text)
            if line[:1].isdigit() and _PERIOD.search(text):
                text += line
            elif found and line[:1].isalnum():
                text = (text if self.keeps_hyphen(found[1], line) else text[:-1]) + line
            elif _ADDRESS.search(text) and _REST_OF_ADDRESS.match(line):
                text += line
            else:
                text = f"{text} {line}" if text else line
        return text

    def keeps_hyphen(self, left: str, line: str) -> bool:
        """Between two words of their own a hyphen stays, and between two halves of a word it goes. Where one half is
        a word, it depends on whether the document breaks words at all: most do not."""
        following = _FIRST_WORD.match(line)
        if following is None or not line[:1].islower():
            return True
        left, right = left.casefold().rsplit("-")[-1], following[0].casefold()
        if self.attests(left, right) or _CLOSED.fullmatch(left + right):
            return False
        if f"{left}-{right}" in self.words:
            return True
        known = self.knows(left, right)
        return all(known) or (any(known) and not self.is_hyphenated)
