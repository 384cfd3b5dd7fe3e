"""The segments of a PDF page in the order in which they are read: columns, boxes beside the text, tables.

A gutter is a strip that no words cross for some lines, with words on both sides. What does cross it, a heading or a
paragraph over the whole width, cuts the page into bands; each band is read column by column.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from learning.reader.extract.pdf.lines import Box, Segment, merged
from learning.reader.wording.markers import marker_of

_MIN_GUTTER = 0.95  # of the letters' size
_MIN_LINES = 6.0  # heights of a letter; a column is at least so long
_MAX_DEPTH = 5


@dataclass(slots=True)
class Grid:
    """A table: rows of cells, each with its own lines. Ruled, or told by its alignment."""

    x0: float
    x1: float
    top: float
    bottom: float
    page: int
    rows: list[list["Region"]]
    size: float = 0.0

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Region:
    """Lines that are read from top to bottom, and the column's edges."""

    lines: list[Segment] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    edges: dict[float, float] = field(default_factory=dict)

    def edge(self, size: float) -> float:
        """Where lines of a size end. Lines that surely go on tell how far they could have reached: of a page with two
        columns, only one may be filled."""
        if size not in self.edges:
            alike = [line for line in self.lines if abs(line.size - size) <= 0.08 * size]
            reach = sorted(
                before.x1 + 0.25 * size + line.first_word
                for before, line in pairwise(alike)
                if _surely_goes_on(before, line)
            )
            if len(reach) > 1:
                within = [line.x1 for line in alike if line.x1 <= reach[len(reach) // 4]]
                self.edges[size] = min(self.right, max(within, default=self.right))
            else:
                self.edges[size] = self.right
        return self.edges[size]


def _surely_goes_on(before: Segment, line: Segment) -> bool:
    is_next = 0 < line.top - before.top < 2 * line.size
    return is_next and line.text[:1].islower() and before.text[-1:].isalpha() and marker_of(line.text) is None


Piece = Segment | Grid


@dataclass(slots=True)
class _Cut:
    x: float
    score: float
    bands: list[tuple[list[Piece], list[Piece], list[Piece]]]  # across, or left and right


def in_order(pieces: list[Piece], bounds: Box, known: set[int], depth: int = 0) -> Iterator[Region | Grid]:
    """The regions and tables of an area. ``bounds`` gives the left and right edge of its text.

    ``known`` gathers where columns begin. There a single line is enough to be a column: the last one of a text.
    """
    if not pieces:
        return
    pieces = sorted(pieces, key=lambda piece: (piece.top, piece.x0))
    cut = _best_cut(pieces, known) if depth < _MAX_DEPTH and len(pieces) > 1 else None
    if cut is None:
        yield from _flow(pieces, bounds)
        return
    lefts = [piece for _, left, _ in cut.bands for piece in left]
    rights = [piece for _, _, right in cut.bands for piece in right]
    if len(lefts) > 7 and len(rights) > 7:
        known.add(round(cut.x))
    sides = (_bounds(lefts, left=bounds[0]), _bounds(rights, right=bounds[2]))
    for across, left, right in cut.bands:
        if across and len(across) < len(pieces):
            yield from in_order(across, bounds, known, depth + 1)
        elif across:
            yield from _flow(across, bounds)
        else:
            yield from _band(left, right, sides, known, depth)


def _band(
    left: list[Piece], right: list[Piece], sides: tuple[Box, Box], known: set[int], depth: int
) -> Iterator[Region | Grid]:
    rows = _aligned_rows(left, right)
    if not rows:
        yield from in_order(left, sides[0], known, depth + 1)
        yield from in_order(right, sides[1], known, depth + 1)
        return
    inside = {id(piece) for labels, _ in rows for piece in labels}
    top = min(piece.top for piece in right)
    around = [piece for piece in left if id(piece) not in inside]
    yield from in_order([piece for piece in around if piece.top < top], sides[0], known, depth + 1)
    yield _grid(rows, *sides)
    yield from in_order([piece for piece in around if piece.top >= top], sides[0], known, depth + 1)


def _bounds(pieces: list[Piece], left: float | None = None, right: float | None = None) -> Box:
    x0 = min(piece.x0 for piece in pieces)
    x1 = max(piece.x1 for piece in pieces)
    return (x0 if left is None else min(left, x0), 0.0, x1 if right is None else max(right, x1), 0.0)


# -- gutters ----------------------------------------------------------------------------------------------------


def _best_cut(pieces: list[Piece], known: set[int]) -> _Cut | None:
    best: _Cut | None = None
    leftmost = min(piece.x0 for piece in pieces)
    starts = Counter(round(piece.x0) for piece in pieces if piece.x0 > leftmost + 20)
    least = 2 if len(pieces) < 40 else 3
    often = {x for x in starts if starts[x - 1] + starts[x] + starts[x + 1] >= least}
    for x in sorted(starts):
        few = bool(known & {x - 2, x - 1, x, x + 1}) or _is_begun(pieces, x - 0.6)
        if not few and not any(
            x <= other < x + 25 for other in often
        ):  # a heading may stand out from the lists below it
            continue
        cut = _cut_at(pieces, x - 0.6, few=few)
        if cut is not None and (best is None or cut.score > best.score * 1.02):
            best = cut
    return best


def _is_begun(pieces: list[Piece], x: float) -> bool:
    left = [piece for piece in pieces if piece.x1 <= x]
    right = [piece for piece in pieces if piece.x0 >= x]
    if len(left) < 12 or not right or max(piece.x1 for piece in left) < x - 4 * left[0].size:
        return False
    top = min(piece.top for piece in right)
    return not any(piece.x0 < x < piece.x1 and piece.bottom > top for piece in pieces)


def _cut_at(pieces: list[Piece], x: float, *, few: bool) -> _Cut | None:
    bands: list[tuple[list[Piece], list[Piece], list[Piece]]] = []
    score = 0.0
    for is_across, group in groupby(pieces, key=lambda piece: piece.x0 < x < piece.x1):
        members = list(group)
        left = [piece for piece in members if piece.x1 <= x]
        right = [piece for piece in members if piece.x0 >= x]
        won = 0.0 if is_across else _shared_height(left, right, x, few=few)
        if won:
            bands.append(([], left, right))
            score += won
        elif bands and bands[-1][0]:
            bands[-1][0].extend(members)
        else:
            bands.append((members, [], []))
    return _Cut(x, score, bands) if score else None


def _shared_height(left: list[Piece], right: list[Piece], x: float, *, few: bool) -> float:
    """How far two columns run side by side; 0 where they are no columns: too narrow a gap, or too few lines."""
    if not left or not right:
        return 0.0
    size = min(max(piece.size for piece in left) or 10.0, 14.0)
    if min(piece.x0 for piece in right) - max(piece.x1 for piece in left) < _MIN_GUTTER * size:
        return 0.0
    top = max(left[0].top, right[0].top)
    bottom = min(max(piece.bottom for piece in left), max(piece.bottom for piece in right))
    if few:
        return max(bottom - top, 1.0)
    if _letters(left) < 4 * len(left) or _letters(right) < 4 * len(right):
        return 0.0
    indent = (4 if bottom - top > 20 * size else 1.5) * size
    is_long = bottom - top > _MIN_LINES * size and _is_flush(right, x + indent, size)
    return bottom - top if is_long or _aligned_rows(left, right) else 0.0


def _is_flush(right: list[Piece], until: float, size: float) -> bool:
    # Most lines of a column begin near the gutter. After wide gaps in justified lines they do not.
    first: dict[int, float] = {}
    for piece in right:
        row = round(piece.middle / size)
        first[row] = min(first.get(row, piece.x0), piece.x0)
    return sum(1 for start in first.values() if start < until) >= max(3, 0.6 * len(first))


def _letters(pieces: list[Piece]) -> int:
    return sum(len(piece.text) if isinstance(piece, Segment) else 100 for piece in pieces)


# -- tables without rules ---------------------------------------------------------------------------------------


def _aligned_rows(left: list[Piece], right: list[Piece]) -> list[tuple[list[Segment], list[Segment]]]:
    since, until = min(piece.top for piece in right) - 3, max(piece.bottom for piece in right)
    beside = [piece for piece in left if since <= piece.top < until]
    labels = [piece for piece in beside if isinstance(piece, Segment)]
    values = [piece for piece in right if isinstance(piece, Segment)]
    if len(values) != len(right) or len(labels) != len(beside) or not 2 <= len(labels) <= len(values):
        return []
    edge, start = min(label.x0 for label in labels), min(value.x0 for value in values)
    heads = [label for label in labels if any(abs(label.middle - value.middle) < 0.4 * label.size for value in values)]
    is_flush = all(abs(label.x0 - edge) < 2 for label in heads) and all(abs(value.x0 - start) < 2 for value in values)
    if len(heads) < max(2, 0.5 * len(labels)) or not is_flush or not _are_labels(labels):
        return []
    rows: list[tuple[list[Segment], list[Segment]]] = []
    for head, below in zip(heads, [*heads[1:], None], strict=True):
        since, before = head.top - 1, below.top - 1 if below else float("inf")
        rows.append(([p for p in labels if since <= p.top < before], [p for p in values if since <= p.top < before]))
    is_whole = sum(len(a) + len(b) for a, b in rows) == len(labels) + len(values)
    return rows if is_whole else []


def _are_labels(pieces: list[Segment]) -> bool:
    marked = sum(1 for piece in pieces if marker_of(piece.text) is not None)
    return sum(len(piece.text) for piece in pieces) <= 24 * len(pieces) and marked < 0.3 * len(pieces)


def _grid(rows: list[tuple[list[Segment], list[Segment]]], left: Box, right: Box) -> Grid:
    every = [piece for row in rows for cell in row for piece in cell]
    cells = [
        [Region(as_lines(labels), left[0], left[2]), Region(as_lines(values), right[0], right[2])]
        for labels, values in rows
    ]
    return Grid(
        left[0], right[2], min(p.top for p in every), max(p.bottom for p in every), every[0].page, cells, every[0].size
    )


# -- lines ------------------------------------------------------------------------------------------------------


def _flow(pieces: list[Piece], bounds: Box) -> Iterator[Region | Grid]:
    for is_grid, group in groupby(pieces, key=lambda piece: isinstance(piece, Grid)):
        members = list(group)
        if is_grid:
            yield from (piece for piece in members if isinstance(piece, Grid))
        else:
            yield Region(as_lines([p for p in members if isinstance(p, Segment)]), bounds[0], bounds[2])


def as_lines(segments: list[Segment]) -> list[Segment]:
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda piece: piece.middle):
        if rows and abs(segment.middle - rows[-1][0].middle) < 0.42 * min(segment.size, rows[-1][0].size):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    lines = []
    for row in rows:
        row.sort(key=lambda piece: piece.x0)
        line = row[0]
        for segment in row[1:]:
            line = merged(line, segment)
        lines.append(line)
    return lines
