"""One bulletin as many documents: PDF, DOCX and HTML, each made with another tool or in another layout.

    python -m tests.learning.reader.make_documents FOLDER TEXT [TEXT ...]

writes every layout of each text into the folder.
"""

import html
import json
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import typst
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from learning.reader.extract.canonical import Block, Canonical
from learning.reader.extract.plain import read_plain

FIXTURES = Path(__file__).parents[3] / "fixtures" / "bulletins"
RUNNING_HEADER = "Learning from case reviews: a bulletin for practitioners"
RUNNING_FOOTER = "Please share this bulletin with your team"
LINK = "https://example.org/"


def fixture(slug: str) -> Canonical:
    """A bulletin of the fixtures, with the blocks that stand there."""
    text = (FIXTURES / f"{slug}.txt").read_text(encoding="utf-8")
    for record in json.loads((FIXTURES / f"{slug}.json").read_text(encoding="utf-8")):
        if record["model"] == "learning.publictext":
            blocks = [_block(text, found) for found in record["fields"]["blocks"]]
            return Canonical(text, blocks, [])
    raise LookupError(slug)


def _block(text: str, stored: dict[str, Any]) -> Block:
    about = {key: stored[key] for key in ("kind", "start", "end", "level", "label")}
    block = Block(**about)
    if block.kind == "row":
        start = block.start
        for cell in text[block.start : block.end].split("\t"):
            block.cells.append((start, start + len(cell)))
            start += len(cell) + 1
    return block


# -- what every maker needs -------------------------------------------------------------------------------------


def words(canonical: Canonical, block: Block) -> str:
    return " ".join(canonical.words(block).split())


def rows(canonical: Canonical, blocks: list[Block]) -> list[list[str]]:
    return [[canonical.text[start:end] for start, end in block.cells] or [words(canonical, block)] for block in blocks]


def runs(canonical: Canonical) -> Iterator[tuple[str, list[Block]]]:
    """Blocks of one kind that follow each other, as a list or a table does."""
    for kind, blocks in groupby(canonical.blocks, key=lambda block: block.kind):
        yield kind, list(blocks)


def depth(canonical: Canonical, block: Block) -> int:
    """0 for an item of the outermost level, then 1, 2, ... whatever the levels are counted in."""
    levels = sorted({other.level for other in canonical.blocks if other.kind == "item"})
    return min(levels.index(block.level), 3)


def marked_up(canonical: Canonical, block: Block) -> str:
    """The words as HTML, which reportlab takes too: bold, or a link, where the block is one."""
    text = html.escape(words(canonical, block))
    if block.has_link:
        text = f'<a href="{LINK}">{text}</a>'
    return f"<b>{text}</b>" if block.is_bold and block.kind != "heading" else text


def is_counted(block: Block) -> bool:
    """Whether a label is a number or a letter, not a bullet."""
    return block.label[:1].isalnum() or block.label[:1] == "("


def heading_level(block: Block) -> int:
    return min(block.level or 2, 4)


# -- HTML -------------------------------------------------------------------------------------------------------


def html_page(canonical: Canonical) -> bytes:
    """A page of a content management system: navigation, banner, main part with lists that nest, footer."""
    inner = "\n".join(_html_run(canonical, kind, blocks) for kind, blocks in runs(canonical))
    page = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bulletin | Partnership</title><style>p {{ margin: 0 }}</style></head>
<body><header><a href="/">Home of the partnership</a></header>
<nav><ul><li><a href="/a">Safeguarding children</a></li><li><a href="/b">Training</a></li></ul></nav>
<main><div class="content">{inner}</div></main>
<footer><p>Contact us. Privacy and cookies.</p></footer><script>var words = "none of these";</script></body></html>"""
    return page.encode()


def html_export(canonical: Canonical) -> bytes:
    """What a word processor saves: bold paragraphs for headings, typed bullets, no lists, Windows-1252."""
    parts = []
    for block in canonical.blocks:
        text = marked_up(canonical, block)
        if block.kind == "heading":
            text = f"<b><span>{text}</span></b>"
        label = f"{html.escape(block.label)}<span>&nbsp;&nbsp; </span>" if block.label else ""
        parts.append(f"<p class=MsoNormal>{label}{text}</p>")
    head = "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>"
    page = "<html><head>{}</head><body>{}</body></html>".format(head, "\n".join(parts))
    return page.encode("cp1252", "xmlcharrefreplace")


def _html_run(canonical: Canonical, kind: str, blocks: list[Block]) -> str:
    if kind == "item":
        return _html_list(canonical, blocks)
    if kind == "row":
        cells = [[f"<td>{html.escape(cell)}</td>" for cell in row] for row in rows(canonical, blocks)]
        return f"<table>{''.join('<tr>' + ''.join(row) + '</tr>' for row in cells)}</table>"
    tags = [f"h{heading_level(block)}" if kind == "heading" else "p" for block in blocks]
    return "\n".join(f"<{tag}>{marked_up(canonical, block)}</{tag}>" for tag, block in zip(tags, blocks, strict=True))


def _html_list(canonical: Canonical, blocks: list[Block]) -> str:
    """Lists within lists; a number is written into its item, since not all of them count up."""
    parts: list[str] = []
    levels: list[int] = []
    for block in blocks:
        level = depth(canonical, block)
        while levels and levels[-1] > level:
            parts.append("</li></ul>")
            levels.pop()
        if not levels or levels[-1] < level:
            parts.append("<ul>")
            levels.append(level)
        else:
            parts.append("</li>")
        label = f"{html.escape(block.label)} " if is_counted(block) else ""
        parts.append(f"<li>{label}{marked_up(canonical, block)}")
    return "".join(parts) + "</li></ul>" * len(levels)


# -- DOCX -------------------------------------------------------------------------------------------------------


def docx_with_styles(canonical: Canonical) -> bytes:
    """As a careful writer makes it: heading styles, list styles, real tables, a header and a footer."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = RUNNING_HEADER
    document.sections[0].footer.paragraphs[0].text = RUNNING_FOOTER
    for kind, blocks in runs(canonical):
        if kind == "row":
            _docx_table(document, rows(canonical, blocks))
            continue
        for block in blocks:
            text = words(canonical, block)
            if kind == "heading":
                document.add_heading(text, heading_level(block))
            elif kind == "item" and not is_counted(block):
                level = depth(canonical, block)
                style = "List Bullet" if level == 0 else f"List Bullet {min(level, 2) + 1}"
                _docx_words(document.add_paragraph(style=style), canonical, block)
            else:
                paragraph = document.add_paragraph(f"{block.label}\t" if block.label else "")
                _docx_words(paragraph, canonical, block)
    return _saved(document)


def docx_by_hand(canonical: Canonical) -> bytes:
    """As most are made: bold instead of headings, bullets typed, indents by hand, breaks put in anywhere."""
    document = docx.Document()
    for number, block in enumerate(canonical.blocks):
        paragraph = document.add_paragraph()
        if number % 25 == 24:
            paragraph.add_run().add_break(WD_BREAK.PAGE)
        if block.label:
            bullet = block.label if is_counted(block) else "•"
            paragraph.paragraph_format.left_indent = Pt(18 + 18 * depth(canonical, block))
            paragraph.add_run(f"{bullet}\t")
        _docx_words(paragraph, canonical, block)
    return _saved(document)


def docx_in_a_table(canonical: Canonical) -> bytes:
    """The whole bulletin in a table of two columns: headings on the left, what they hold on the right."""
    document = docx.Document()
    table = document.add_table(0, 2)
    right = None
    for block in canonical.blocks:
        if block.kind == "heading" or right is None:
            left, right = table.add_row().cells
            left.paragraphs[0].add_run(words(canonical, block)).bold = True
        elif block.kind == "item" and not is_counted(block):
            _docx_words(right.add_paragraph(style="List Bullet"), canonical, block)
        else:
            _docx_words(right.add_paragraph(f"{block.label} " if block.label else ""), canonical, block)
    return _saved(document)


def _docx_words(paragraph: Any, canonical: Canonical, block: Block) -> None:
    text = canonical.words(block).replace("\t", ": ") if block.kind == "row" else words(canonical, block)
    run = paragraph.add_run(text)
    run.bold = block.is_bold or block.kind == "heading"
    if block.has_link:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(LINK, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        paragraph._p.append(link)
        link.append(run._r)


def _docx_table(document: Any, cells: list[list[str]]) -> None:
    table = document.add_table(len(cells), max(len(row) for row in cells), style="Table Grid")
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text


def _saved(document: Any) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()


# -- PDF with reportlab -----------------------------------------------------------------------------------------

_RULED = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def pdf_one_column(canonical: Canonical) -> bytes:
    """One column, running header and footer, page numbers, ruled tables."""
    frame = Frame(22 * mm, 22 * mm, A4[0] - 44 * mm, A4[1] - 44 * mm)
    return _laid_out(_story(canonical, 10.5, 160 * mm), [frame])


def pdf_two_columns(canonical: Canonical) -> bytes:
    """Two narrow columns on each page, so that lists and sentences go on in the next one."""
    return _laid_out(_story(canonical, 9, 78 * mm), _columns(2, gap=8 * mm))


def pdf_three_columns(canonical: Canonical) -> bytes:
    """A newsletter: three columns, and a title and an opening over the whole width of the first page."""
    above = Canonical(canonical.text, canonical.blocks[:2], [])
    below = Canonical(canonical.text, canonical.blocks[2:], [])
    head = Frame(18 * mm, A4[1] - 72 * mm, A4[0] - 36 * mm, 50 * mm)
    first = [Frame(frame._x1, frame._y1, frame._width, A4[1] - 96 * mm) for frame in _columns(3, gap=7 * mm)]
    story = [*_story(above, 9, 160 * mm), FrameBreak(), NextPageTemplate("later"), *_story(below, 8.5, 48 * mm)]
    return _laid_out(story, [head, *first], _columns(3, gap=7 * mm))


def pdf_in_a_table(canonical: Canonical) -> bytes:
    """Ruled boxes: on the left each heading, on the right what it holds; boxes go on over pages."""
    sections: list[tuple[list[Flowable], list[Flowable]]] = []
    for kind, blocks in runs(canonical):
        for block in blocks:
            flowables = list(_flowables(canonical, kind, [block], 9, 100 * mm))
            if kind == "heading" or not sections or len(sections[-1][1]) > 6:
                sections.append((flowables, []) if kind == "heading" else ([], flowables))
            else:
                sections[-1][1].extend(flowables)
    style = TableStyle(_RULED)
    table = Table([list(section) for section in sections], colWidths=[55 * mm, 113 * mm], style=style)
    return _laid_out([table], [Frame(18 * mm, 22 * mm, A4[0] - 36 * mm, A4[1] - 44 * mm)])


def pdf_dense(bulletins: list[Canonical]) -> bytes:
    """Pages of small print in two columns, for a measurement."""
    return _laid_out(
        [flowable for bulletin in bulletins for flowable in _story(bulletin, 7.5, 80 * mm)], _columns(2, gap=6 * mm)
    )


def _columns(count: int, *, gap: float) -> list[Frame]:
    width = (A4[0] - 36 * mm - gap * (count - 1)) / count
    return [Frame(18 * mm + at * (width + gap), 22 * mm, width, A4[1] - 44 * mm) for at in range(count)]


def _story(canonical: Canonical, size: float, width: float) -> list[Flowable]:
    return [
        flowable for kind, blocks in runs(canonical) for flowable in _flowables(canonical, kind, blocks, size, width)
    ]


def _laid_out(story: list[Flowable], first: list[Frame], later: list[Frame] | None = None) -> bytes:
    target = BytesIO()
    document = BaseDocTemplate(target, pagesize=A4)
    document.addPageTemplates(PageTemplate("first", first, onPage=_running))
    document.addPageTemplates(PageTemplate("later", later or first, onPage=_running))
    document.build(story)
    return target.getvalue()


def _running(canvas: Any, document: Any) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(22 * mm, A4[1] - 12 * mm, RUNNING_HEADER)
    canvas.drawString(22 * mm, 10 * mm, RUNNING_FOOTER)
    canvas.drawRightString(A4[0] - 22 * mm, 10 * mm, f"Page {document.page}")


def _flowables(canonical: Canonical, kind: str, blocks: list[Block], size: float, width: float) -> Iterator[Flowable]:
    plain = ParagraphStyle("plain", fontName="Helvetica", fontSize=size, leading=size * 1.25, spaceAfter=size * 0.6)
    if kind == "row":
        small = ParagraphStyle("small", plain, fontSize=size * 0.85)
        cells = [[Paragraph(html.escape(cell), small) for cell in row] for row in rows(canonical, blocks)]
        style = TableStyle([*_RULED, ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)])
        columns = max(len(row) for row in cells)
        widths = [width * 0.3, width * 0.7] if columns == 2 else [width / columns] * columns
        yield Table(cells, colWidths=widths, style=style)
        yield Spacer(1, size)
        return
    for block in blocks:
        text = marked_up(canonical, block)
        if kind == "heading":
            bigger = size * (1.9 - 0.2 * heading_level(block))
            style = ParagraphStyle("heading", plain, fontName="Helvetica-Bold", fontSize=bigger, leading=bigger * 1.2)
            yield Paragraph(text, style)
        elif kind == "item":
            at = size * 1.6 * depth(canonical, block)
            style = ParagraphStyle("item", plain, leftIndent=at + size * 2, bulletIndent=at, spaceAfter=size * 0.25)
            yield Paragraph(text, style, bulletText=block.label if is_counted(block) else "\u2022")
        else:
            yield Paragraph(text, plain)


# -- PDF with typst ---------------------------------------------------------------------------------------------

_TYPST = """
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: (x: 20mm, y: 24mm), columns: data.columns, numbering: "1 of 1",
  header: align(right, text(8pt, data.header)))
#set text(size: data.size * 1pt, lang: "en", region: "gb", hyphenate: true)
#set par(justify: true, leading: 0.55em, spacing: 0.9em)
#show heading: set text(hyphenate: false)
#let said(block) = if block.link == "" { block.text } else { link(block.link, block.text) }
#let item(block) = pad(left: block.depth * 1.4em, grid(columns: (1.6em, 1fr), block.label, said(block)))
#for block in data.blocks {
  if block.kind == "heading" { heading(level: block.level, said(block)) }
  else if block.kind == "item" { item(block) }
  else if block.kind == "row" { table(columns: block.cells.len(), ..block.cells) }
  else if block.bold { par(strong(said(block))) }
  else { par(said(block)) }
}
"""


def pdf_hyphenated(canonical: Canonical) -> bytes:
    """Justified and hyphenated, a serif face, a running header and "1 of 4" below."""
    return _typst(canonical, columns=1, size=11.0)


def pdf_hyphenated_columns(canonical: Canonical) -> bytes:
    """Two justified columns, narrow enough that every third line is hyphenated."""
    return _typst(canonical, columns=2, size=9.5)


def _typst(canonical: Canonical, *, columns: int, size: float) -> bytes:
    blocks = [
        {
            "kind": block.kind,
            "level": heading_level(block),
            "label": block.label if is_counted(block) else "•",
            "link": LINK if block.has_link else "",
            "depth": depth(canonical, block) if block.kind == "item" else 0,
            "bold": block.is_bold,
            "text": words(canonical, block),
            "cells": rows(canonical, [block])[0] if block.kind == "row" else [],
        }
        for block in canonical.blocks
    ]
    data = json.dumps({"columns": columns, "size": size, "header": RUNNING_HEADER, "blocks": blocks})
    return bytes(typst.compile(_TYPST.encode(), sys_inputs={"data": data}))


LAYOUTS: dict[str, tuple[str, Callable[[Canonical], bytes]]] = {
    "html-page": ("html", html_page),
    "html-export": ("html", html_export),
    "docx-with-styles": ("docx", docx_with_styles),
    "docx-by-hand": ("docx", docx_by_hand),
    "docx-in-a-table": ("docx", docx_in_a_table),
    "pdf-one-column": ("pdf", pdf_one_column),
    "pdf-two-columns": ("pdf", pdf_two_columns),
    "pdf-three-columns": ("pdf", pdf_three_columns),
    "pdf-in-a-table": ("pdf", pdf_in_a_table),
    "pdf-hyphenated": ("pdf", pdf_hyphenated),
    "pdf-hyphenated-columns": ("pdf", pdf_hyphenated_columns),
}


def main(folder: Path, texts: list[Path]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in texts:
        canonical = read_plain(path.read_text(encoding="utf-8"))
        for name, (suffix, make) in LAYOUTS.items():
            (folder / f"{path.stem}.{name}.{suffix}").write_bytes(make(canonical))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
