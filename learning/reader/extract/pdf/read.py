"""PDF to canonical text and blocks, page by page: where a line stands, and in what size, says what it is.

A damaged or hostile file can make a PDF parser take any amount of memory: read uploads by way of ``sandbox``.
"""

import logging
import re
from io import BytesIO
from itertools import islice
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar, LTItem
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from learning.reader.extract.canonical import Canonical, CanonicalBuilder
from learning.reader.extract.pdf.blocks import Gatherer, facts_of
from learning.reader.extract.pdf.columns import Grid, Piece, Region, in_order
from learning.reader.extract.pdf.furniture import take_furniture
from learning.reader.extract.pdf.lines import UNREADABLE, Box, Char, Segment, add_dots, segments_of
from learning.reader.extract.sniff import TOO_MUCH, DocumentError

MAX_PAGES = 400
_MAX_CHARS = 30_000  # on one page
_MAX_EDGES = 3_000  # of lines and boxes on one page; a drawing has more, a table never

_DAMAGED = "The PDF is damaged and cannot be read. Download it again, or open it and print it to a new PDF."
_BREAKS_OFF = "The PDF is incomplete: its end is missing. Download it again, or ask for a complete copy."
_LOCKED = "The PDF is protected by a password. Ask for a copy without one, or open it and print it to a new PDF."
_TOO_LONG = f"The PDF has more than {MAX_PAGES} pages. Upload the part that matters, such as the summary and findings."
_PICTURES = "The PDF has no text: it is a picture of pages. Run text recognition (OCR) first, or paste the text."
_UNREADABLE = "The letters in the PDF cannot be read as text. Run text recognition (OCR) first, or paste the text."


def read_pdf(data: bytes) -> Canonical:
    """Raises DocumentError where the file is damaged, protected or too long, or has no text."""
    if b"%%EOF" not in data[-8192:] and b"startxref" not in data[-8192:]:
        raise DocumentError(_BREAKS_OFF)
    builder = CanonicalBuilder()
    lost = _Losses()
    logging.getLogger("pdfminer").addHandler(lost)
    try:
        pages = _pages(data)
    except (PdfminerException, PDFException, PSException) as error:
        if _comes_of(error, MemoryError):
            raise DocumentError(TOO_MUCH) from error
        raise DocumentError(_LOCKED if _comes_of(error, PDFPasswordIncorrect) else _DAMAGED) from error
    except (
        AssertionError,
        ArithmeticError,
        AttributeError,
        LookupError,
        OSError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise DocumentError(_DAMAGED) from error
    finally:
        logging.getLogger("pdfminer").removeHandler(lost)
    _check_text(pages, builder)
    if lost.count:
        builder.warnings.append("Part of the PDF is damaged; words may be missing. Compare it with the original.")
    return _built(pages, builder)


def _comes_of(error: BaseException | None, kind: type[BaseException]) -> bool:
    # The parser hands on errors within its own.
    while error is not None:
        if any(isinstance(cause, kind) for cause in (error, error.__cause__, error.__context__, *error.args)):
            return True
        error = error.__cause__ or error.__context__
    return False


class _Losses(logging.Handler):
    """Counts what the parser says it could not unpack."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += bool(re.search(r"data-loss|corrupt|cannot decode|invalid zlib", record.getMessage(), re.I))


# -- pages ------------------------------------------------------------------------------------------------------


class _LeanPage(Page):
    """A page whose letters know only what is asked of them here, which halves the time to read it."""

    def process_object(self, obj: LTItem) -> Char:
        if not isinstance(obj, LTChar):
            return super().process_object(obj)
        across, down = self.mediabox[:2]
        return {
            "object_type": "char",
            "text": obj.get_text(),
            "x0": obj.x0 + across,
            "x1": obj.x1 + across,
            "top": self.height - obj.y1 + down,
            "bottom": self.height - obj.y0 + down,
            "size": obj.size,
            "fontname": str(obj.fontname),
            "upright": obj.upright,
        }


class _PageText:
    """What is kept of a page: its segments and tables. The letters are let go."""

    def __init__(self, page: Page, number: int) -> None:
        chars: list[Char] = page.chars
        if len(chars) > _MAX_CHARS:
            raise DocumentError(TOO_MUCH)
        self.height = float(page.height)
        self.width = float(page.width)
        self.has_pictures = bool(page.images)
        self.letters = len(chars)
        self.unreadable = sum(1 for char in chars if UNREADABLE.match(char["text"]))
        upright = [char for char in chars if char["upright"]]
        self.aside = "".join(char["text"] for char in chars if not char["upright"]).strip()
        self.grids, rest = _grids(page, upright, number) if _may_hold_tables(page) else ([], upright)
        self.segments = segments_of(rest, number)
        every = [
            *self.segments,
            *(line for grid in self.grids for row in grid.rows for cell in row for line in cell.lines),
        ]
        add_dots(every, _small_shapes(page))
        _mark_links(every, page)


def _pages(data: bytes) -> list[_PageText]:
    pages: list[_PageText] = []
    with pdfplumber.open(BytesIO(data)) as pdf:
        declared = pdf.doc.catalog.get("Pages")
        for number, found in enumerate(islice(PDFPage.create_pages(pdf.doc), MAX_PAGES + 1), 1):
            if number > MAX_PAGES:
                raise DocumentError(_TOO_LONG)
            page = _LeanPage(pdf, found, page_number=number)
            pages.append(_PageText(page, number))
            page.close()
        if len(pages) < _declared(declared):
            raise DocumentError(_BREAKS_OFF)
    return pages


def _declared(tree: Any) -> int:
    try:
        count = tree.resolve()["Count"]
    except (AttributeError, KeyError, TypeError, PDFException, PSException):
        return 0
    return count if isinstance(count, int) else 0


def _check_text(pages: list[_PageText], builder: CanonicalBuilder) -> None:
    letters = sum(page.letters for page in pages)
    if not letters or (letters < 20 * len(pages) and all(page.has_pictures for page in pages)):
        raise DocumentError(_PICTURES)
    if sum(page.unreadable for page in pages) > 0.1 * letters:
        raise DocumentError(_UNREADABLE)
    silent = [str(number) for number, page in enumerate(pages, 1) if page.letters < 20 and page.has_pictures]
    if silent:
        builder.warnings.append(f"Page {', '.join(silent)} is only a picture, without text. Check what it says.")
    builder.furniture.extend(page.aside for page in pages if page.aside)


def _built(pages: list[_PageText], builder: CanonicalBuilder) -> Canonical:
    builder.furniture.extend(take_furniture([(page.height, page.segments) for page in pages]))
    filled = [(page, _edges(page, pages)) for page in pages if page.segments or page.grids]
    columns: set[int] = set()
    for _ in range(2):  # the first time, to learn where columns begin
        parts = [part for page, edges in filled for part in in_order([*page.segments, *page.grids], edges, columns)]
    gatherer = Gatherer(facts_of(parts))
    for part in parts:
        gatherer.take(part)
    gatherer.build(builder)
    return builder.build()


def _edges(page: _PageText, pages: list[_PageText]) -> Box:
    # A page of few lines has the edges of its neighbours.
    alike = [other for other in pages if abs(other.width - page.width) < 1]
    lefts = sorted(min(piece.x0 for piece in other.segments) for other in alike if other.segments)
    rights = sorted(max(piece.x1 for piece in other.segments) for other in alike if other.segments)
    own: list[Piece] = [*page.segments, *page.grids]
    left, right = min(piece.x0 for piece in own), max(piece.x1 for piece in own)
    if lefts and 0 < left - lefts[len(lefts) // 2] < 90:
        left = lefts[len(lefts) // 2]
    return (left, 0.0, max(right, rights[len(rights) // 2]) if rights else right, 0.0)


# -- tables, links and drawn bullets ----------------------------------------------------------------------------


def _may_hold_tables(page: Page) -> bool:
    drawn = len(page.lines) + len(page.rects) + len(page.curves)
    return drawn <= _MAX_EDGES and 4 <= len(page.edges) <= _MAX_EDGES


def _grids(page: Page, chars: list[Char], number: int) -> tuple[list[Grid], list[Char]]:
    grids: list[Grid] = []
    for table in page.find_tables():
        rows = [[cell for cell in row.cells if cell is not None] for row in table.rows]
        if max(len(row) for row in rows) < 2:
            continue
        taken = [[_within(chars, cell) for cell in row] for row in rows]
        if sum(1 for row in taken for cell in row if cell) < 2:
            continue
        grids.append(_grid(table.bbox, rows, taken, number))
        inside = {id(char) for row in taken for cell in row for char in cell}
        chars = [char for char in chars if id(char) not in inside]
    return grids, chars


def _within(chars: list[Char], cell: Box) -> list[Char]:
    x0, top, x1, bottom = cell
    return [
        char
        for char in chars
        if x0 <= (char["x0"] + char["x1"]) / 2 < x1 and top <= (char["top"] + char["bottom"]) / 2 < bottom
    ]


def _grid(bounds: Box, rows: list[list[Box]], taken: list[list[list[Char]]], number: int) -> Grid:
    regions = []
    for boxes, chars in zip(rows, taken, strict=True):
        row = []
        for box, letters in zip(boxes, chars, strict=True):
            lines = _lines(segments_of(letters, number), box)
            left = min((line.x0 for line in lines), default=box[0])
            row.append(Region(lines, left, max([line.x1 for line in lines] + [box[2] - (left - box[0])])))
        regions.append(row)
    x0, top, x1, bottom = bounds
    return Grid(x0, x1, top, bottom, number, regions)


def _lines(segments: list[Segment], box: Box) -> list[Segment]:
    parts = in_order(list(segments), box, set(), depth=4)
    regions = [
        region
        for part in parts
        for region in ([part] if isinstance(part, Region) else [cell for row in part.rows for cell in row])
    ]
    return [line for region in regions for line in region.lines]


def _small_shapes(page: Page) -> list[Box]:
    shapes = [*page.curves, *page.rects, *page.images]
    boxes = [(shape["x0"], shape["top"], shape["x1"], shape["bottom"]) for shape in shapes[:_MAX_EDGES]]
    return [box for box in boxes if box[2] - box[0] < 12 and box[3] - box[1] < 12]


def _mark_links(segments: list[Segment], page: Page) -> None:
    for link in page.hyperlinks[:500]:
        for segment in segments:
            is_on_line = link["top"] <= segment.middle <= link["bottom"]
            if is_on_line and link["x0"] < segment.x1 and link["x1"] > segment.x0:
                segment.has_link = True
