"""HTML to canonical text and blocks. DOCX comes this way too, as the HTML that ``docx`` makes of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from learning.reader.extract.canonical import CELL_BREAK, Block, Canonical, CanonicalBuilder
from learning.reader.wording.endings import CLAUSE_END
from learning.reader.wording.markers import BULLETS, marker_of

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\0]")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div",
     "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html",
     "legend", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
     "thead", "tr", "ul"}
)  # fmt: skip
_STANDS_ALONE = _BLOCKS | set(_HEADINGS) | {"li"}
_BOLD = frozenset({"b", "strong", "th", "dt", "summary"})
_NOT_WORDS = ["script", "style", "template"]
_FRAME = frozenset({"nav", "footer", "noscript", "button", "select", "textarea", "iframe", "dialog", "object"})
_FRAME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "alert", "dialog"})
_FRAME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookie\w*|breadcrumbs?|skip-?link|pagination|share|sharing|social|site-(?:header|footer|nav)|navbar|furniture)(?=$|[\s_-])",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_NORMAL_STYLE = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.I)
_NUMBER_AND_TAB = re.compile(r"[ \xa0]*\d{1,2}(?:\t|\xa0 ?\xa0)[ \t\xa0]*[A-Z“‘]")
_NOTE_ID = re.compile(r"(?:foot|end)note-\d|fn:?\d", re.I)
_NOTE_MARK = re.compile(r"\[?\d{1,3}\]?|[*†‡]")
_MAX_DEPTH = 12  # of tables within tables; what is deeper is read as plain blocks


@dataclass(slots=True)
class Line:
    """Words between two breaks, piece by piece, each with whether it is bold."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    has_link: bool = False

    def add(self, words: str, *, is_bold: bool, is_link: bool) -> None:
        self.pieces.append((words, is_bold))
        self.has_link = self.has_link or (is_link and bool(words.strip()))

    @property
    def text(self) -> str:
        words = "".join(words for words, _ in self.pieces)
        numbered = _NUMBER_AND_TAB.match(words)
        squashed = " ".join(words.split())
        return squashed.replace(" ", "  ", 1) if numbered else squashed

    @property
    def is_bold(self) -> bool:
        """Whether every letter and digit is bold; bullets and punctuation may be plain."""
        telling = [bold for words, bold in self.pieces if re.search(r"\w", words)]
        return bool(telling) and all(telling)


@dataclass(slots=True)
class Item:
    label: str
    level: int
    block: Block | None = None


@dataclass(slots=True)
class Listing:
    is_ordered: bool
    number: int
    style: str


def read_html(source: str, *, has_numbers: bool = True) -> Canonical:
    """``has_numbers``: whether numbers of ordered lists are as a browser counts them; else only typed ones stand."""
    parser = LexborHTMLParser(source)
    parser.strip_tags(_NOT_WORDS)
    walker = Walker(CanonicalBuilder(), has_numbers=has_numbers)
    body = parser.body
    if body is None:
        return walker.builder.build()
    for title in parser.css("head title"):
        walker.set_aside(title)
    main = _main(parser, body)
    titles = (main if main is not None else body).css("h1")
    walker.keeps_header = all(_is_within(title, {"header", "nav", "footer"}) for title in titles)
    if main is None:
        walker.walk(body)
    else:
        _walk_main(walker, body, main)
    return walker.builder.build()


def _main(parser: LexborHTMLParser, body: LexborNode) -> LexborNode | None:
    found = parser.css("main, [role=main]")
    if len(found) != 1 or len(found[0].text().split()) * 2 < len(body.text().split()):
        return None
    return found[0]


def _walk_main(walker: "Walker", body: LexborNode, main: LexborNode) -> None:
    before: list[LexborNode] = []
    after: list[LexborNode] = []
    node: LexborNode | None = main
    while node is not None and node.mem_id != body.mem_id:
        left, right = node.prev, node.next
        while left is not None:
            before.append(left)
            left = left.prev
        while right is not None:
            after.append(right)
            right = right.next
        node = node.parent
    for aside in reversed(before):
        walker.set_aside(aside)
    walker.walk(main)
    for aside in after:
        walker.set_aside(aside)


class Walker:
    """Goes through the nodes in their order, gathers words, and hands a block on wherever one ends."""

    def __init__(self, builder: CanonicalBuilder, *, has_numbers: bool) -> None:
        self.builder = builder
        self.has_numbers = has_numbers
        self.keeps_header = False
        self.lines: list[Line] = [Line()]
        self.bold = 0
        self.links = 0
        self.heading = 0
        self.lists: list[Listing] = []
        self.items: list[Item] = []
        self.depth = 0

    def walk(self, root: LexborNode) -> None:
        # By pointers, so that no depth of nesting exhausts the stack.
        opened: list[LexborNode] = []
        node = root.first_child
        while node is not None:
            if self.enter(node):
                opened.append(node)
                if node.first_child is not None:
                    node = node.first_child
                    continue
            node = self.after(node, opened)
        self.flush()

    def after(self, node: LexborNode, opened: list[LexborNode]) -> LexborNode | None:
        while True:
            if opened and opened[-1] is node:
                self.leave(opened.pop())
            if node.next is not None:
                return node.next
            if not opened:
                return None
            node = opened[-1]

    def set_aside(self, node: LexborNode) -> None:
        words = _clean(_text(node))
        if words:
            self.builder.furniture.append(words)

    # -- entering and leaving -----------------------------------------------------------------------------------

    def enter(self, node: LexborNode) -> bool:
        if node.is_text_node:
            self.lines[-1].add(
                _INVISIBLE.sub("", node.text_content or ""), is_bold=self.bold > 0, is_link=self.links > 0
            )
            return False
        tag = node.tag or ""
        if not node.is_element_node:
            return False
        if tag == "sup" and _is_note_mark(node):
            self.set_aside(node)
            return False
        if self.is_frame(node, tag):
            self.flush()
            self.set_aside(node)
            return False
        if tag == "table" and self.depth < _MAX_DEPTH and node.attributes.get("role") != "presentation":
            self.read_table(node)
            return False
        self.open(node, tag)
        return True

    def open(self, node: LexborNode, tag: str) -> None:
        if tag == "br":
            self.lines.append(Line())
        elif tag == "img":
            self.builder.furniture += [words for words in [_clean(node.attributes.get("alt") or "")] if words]
        elif tag in _STANDS_ALONE:
            self.flush()
        if tag in _HEADINGS:
            self.heading = _HEADINGS[tag]
        elif tag == "li":
            self.items.append(self.new_item(node))
        elif tag in {"ul", "ol"}:
            start = _number(node.attributes.get("start"))
            self.lists.append(Listing(tag == "ol", 1 if start is None else start, node.attributes.get("type") or "1"))
        self.bold += _is_bold(node, tag)
        self.links += _is_link(node, tag)

    def leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _STANDS_ALONE:
            self.flush()
        if tag in _HEADINGS:
            self.heading = 0
        elif tag == "li":
            self.items.pop()
        elif tag in {"ul", "ol"}:
            self.lists.pop()
        self.bold -= _is_bold(node, tag)
        self.links -= _is_link(node, tag)

    def is_frame(self, node: LexborNode, tag: str) -> bool:
        about = node.attributes
        if (
            tag in _FRAME
            or about.get("role") in _FRAME_ROLES
            or "hidden" in about
            or _HIDDEN.search(about.get("style") or "")
        ):
            return True
        if tag == "header":
            holds_title = self.keeps_header and node.css_first("h1") is not None
            return not holds_title and not _is_within(node, {"main", "article", "section"})
        if tag == "li" and _NOTE_ID.match(about.get("id") or ""):
            return True
        names = f"{about.get('class') or ''} {about.get('id') or ''}"
        return tag in _BLOCKS and tag not in {"body", "html", "main"} and bool(_FRAME_NAMES.search(names))

    def new_item(self, node: LexborNode) -> Item:
        if not self.lists:
            return Item("•", 0)
        listing = self.lists[-1]
        value = _number(node.attributes.get("value"))
        number = listing.number if value is None else value
        listing.number = number + 1
        if not listing.is_ordered:
            return Item("•", len(self.lists) - 1)
        return Item(_counted(number, listing.style) if self.has_numbers else "", len(self.lists) - 1)

    # -- handing on ---------------------------------------------------------------------------------------------

    def flush(self) -> None:
        lines, self.lines = self.lines, [Line()]
        if not any(line.text for line in lines):
            return
        has_link = any(line.has_link for line in lines)
        if self.heading:
            text = " ".join(line.text for line in lines)
            self.builder.add("heading", text, level=self.heading, is_bold=True, has_link=has_link)
            return
        for group in self.groups(lines):
            self.place(" ".join(line.text for line in group), all(line.is_bold for line in group if line.text))
            self.builder.blocks[-1].has_link |= any(line.has_link for line in group)

    def groups(self, lines: list[Line]) -> Iterator[list[Line]]:
        group: list[Line] = []
        for line in lines:
            if group and self.begins_anew(group[-1], line):
                yield group
                group = []
            if line.text or group:
                group.append(line)
        if any(line.text for line in group):
            yield group

    def begins_anew(self, before: Line, line: Line) -> bool:
        if not line.text:
            return False
        if marker_of(line.text) is not None:
            return True
        if self.items:
            return False
        if not before.text or CLAUSE_END.search(before.text) or before.is_bold != line.is_bold:
            return True
        return not line.text[:1].islower()

    def place(self, text: str, is_bold: bool) -> None:
        item = self.items[-1] if self.items else None
        marker = marker_of(text)
        if item is not None and item.block is None:
            label = item.label
            if marker is not None and marker.rest:
                label, text = marker.label, marker.rest
            item.block = self.builder.add("item", text, label=label, level=item.level, is_bold=is_bold)
        elif item is not None and marker is None and self.builder.blocks[-1] is item.block:
            self.builder.extend(text)
        elif marker is not None and marker.rest:
            level = len(self.lists) + (0 if item is None else 1)
            block = self.builder.add("item", marker.rest, label=marker.label, level=level, is_bold=is_bold)
            if item is not None:
                item.block = block
        else:
            self.builder.add("paragraph", text, is_bold=is_bold)

    # -- tables -------------------------------------------------------------------------------------------------

    def read_table(self, table: LexborNode) -> None:
        """Row by row. A row of long cells, of lists or of one cell is read cell after cell, as text."""
        self.flush()
        self.depth += 1
        lists, items, bold = self.lists, self.items, self.bold
        self.lists, self.items, self.bold = [], [], 0
        rows = [[cell for cell in _children(row) if cell.tag in {"td", "th"}] for row in _rows(table)]
        header = _header(rows)
        for caption in _children(table):
            if caption.tag not in {"tr", "thead", "tbody", "tfoot", "colgroup", "col"}:
                self.walk(caption)
        for number, cells in enumerate(rows):
            self.read_row(cells, is_header=number == 0 and header, under_header=header)
        self.lists, self.items, self.bold = lists, items, bold
        self.depth -= 1

    def read_row(self, cells: list[LexborNode], *, is_header: bool, under_header: bool) -> None:
        texts = [_clean(_text(cell)) for cell in cells]
        is_text = len(cells) < 2 or (sum(1 for text in texts if text) < 2 and not under_header)
        is_rich = any(_is_rich(cell, text, under_header=under_header) for cell, text in zip(cells, texts, strict=True))
        if is_text or is_rich:
            for cell in cells:
                self.bold = 0
                self.walk(cell)
            return
        self.builder.add_row([_cell_lines(cell) for cell in cells], header=is_header)


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for part in _children(table):
        if part.tag == "tr":
            yield part
        elif part.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in _children(part) if row.tag == "tr")


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _header(rows: list[list[LexborNode]]) -> bool:
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    texts = [_clean(_text(cell)) for cell in rows[0]]
    if any(len(text.split()) > 8 for text in texts) or sum(1 for text in texts if text) < 2:
        return False
    return all(cell.tag == "th" or _is_bold_through(cell) for cell, text in zip(rows[0], texts, strict=True) if text)


def _is_bold_through(cell: LexborNode) -> bool:
    bold = "".join(node.text() for node in cell.css("b, strong"))
    return bool(bold.strip()) and len("".join(bold.split())) >= len("".join(cell.text().split()))


def _is_rich(cell: LexborNode, text: str, *, under_header: bool) -> bool:
    if cell.css_first("table") is not None:
        return True
    if under_header:
        return False
    if len(cell.css("li")) > 1 or cell.css_first("h1, h2, h3, h4, h5, h6") is not None:
        return True
    return sum(1 for part in cell.css("p") if part.text().strip()) > 2 or len(text.split()) > 120


# -- small things -----------------------------------------------------------------------------------------------


def _cell_lines(cell: LexborNode) -> str:
    lines = (_clean(line).lstrip(BULLETS + " ") for line in _text(cell, CELL_BREAK).split(CELL_BREAK))
    return CELL_BREAK.join(line for line in lines if line)


def _text(node: LexborNode, gap: str = " ") -> str:
    if node.is_text_node:
        return node.text_content or ""
    parts: list[str] = []
    above: list[LexborNode] = []
    at = node.first_child
    while at is not None:
        parts.append((at.text_content or "") if at.is_text_node else _gap(at, gap))
        if at.first_child is not None:
            above.append(at)
            at = at.first_child
            continue
        while at.next is None and above:
            at = above.pop()
            parts.append(_gap(at, gap))
        at = at.next
    return "".join(parts)


def _gap(node: LexborNode, gap: str) -> str:
    return gap if node.is_element_node and (node.tag in _STANDS_ALONE or node.tag in {"br", "option"}) else ""


def _clean(text: str) -> str:
    return " ".join(_INVISIBLE.sub("", text).split())


def _is_note_mark(node: LexborNode) -> bool:
    return bool(_NOTE_MARK.fullmatch(_clean(node.text())))


def _is_within(node: LexborNode, tags: set[str]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in tags:
            return True
        parent = parent.parent
    return False


def _is_bold(node: LexborNode, tag: str) -> int:
    style = node.attributes.get("style") or ""
    if _NORMAL_STYLE.search(style):
        return 0
    return int(tag in _BOLD or bool(_BOLD_STYLE.search(style)))


def _is_link(node: LexborNode, tag: str) -> int:
    return int(tag == "a" and not (node.attributes.get("href") or "#").startswith("#"))


def _number(value: str | None) -> int | None:
    found = re.fullmatch(r"\s*(-?\d{1,6})\s*", value or "")
    return int(found[1]) if found else None


def _counted(number: int, style: str) -> str:
    if style in {"a", "A"} and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord(style) + rest) + letters
        return f"{letters}."
    if style in {"i", "I"} and 0 < number < 4000:
        roman = roman_number(number)
        return f"{roman.upper() if style == 'I' else roman}."
    return f"{number}."


def roman_number(number: int) -> str:
    digits = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
              (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
    written = ""
    for value, letters in digits:
        count, number = divmod(number, value)
        written += letters * count
    return written
