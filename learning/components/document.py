"""A public text as a document that a template can print: blocks, and in them the passages of statements.

A ``Block`` is a heading, a paragraph, an item of a list or a cell of a row. It is cut into ``Run``s, stretches that the
same statements cover, and each run into ``Piece``s: plain words, a redaction, or an acronym with its expansion. Nothing
here reads a raw text or runs a query. A long text is read in pages.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

from learning.models import GlossaryTerm, PublicText, Statement
from learning.models.public_text import squash

TOP_HEADING, LAST_HEADING = 2, 4  # h1 is the page's own
PAGE_HOLDS = 36_000  # characters, so that a page with all its marks stays under 60 kB
BLOCK_COSTS = 300  # what a block with its marks takes beside its words
NEARLY_FULL = 32_000


@dataclass(frozen=True)
class Piece:
    """Words of one sort: ``reason`` is given for a redaction, ``expansion`` for an acronym."""

    text: str
    reason: str = ""
    expansion: str = ""


@dataclass(frozen=True)
class Run:
    """Words under the same statements: the shortest of them (None outside every passage), and those that begin here."""

    pieces: list[Piece]
    statement: Statement | None = None
    anchors: list[int] = field(default_factory=list)

    @property
    def anchor(self) -> int | None:
        """The statement to whose place the run itself is the target; the others have their own."""
        return self.anchors[0] if self.anchors else None

    @property
    def further_anchors(self) -> list[int]:
        return self.anchors[1:]


@dataclass(frozen=True)
class Block:
    kind: str
    level: int
    label: str
    runs: list[Run]
    statements: list[Statement] = field(default_factory=list)  # those whose passage begins in the block
    is_claimed: bool = False
    is_sensitive: bool = False

    @property
    def is_heading(self) -> bool:
        return self.kind == "heading"

    @property
    def has_other_words(self) -> bool:
        """Whether there are words beside one passage, so that the passage must be told from them."""
        worded = [run for run in self.runs if any(piece.text.strip() for piece in run.pieces)]
        return len({run.statement.pk if run.statement else None for run in worded}) > 1


@dataclass(frozen=True)
class Item:
    """An item of a list with the items below it."""

    block: Block
    items: list["Item"] = field(default_factory=list)

    @property
    def is_numbered(self) -> bool:
        """Whether the list below it is printed with numbers or letters."""
        return bool(self.items) and has_numbers(self.items)


@dataclass(frozen=True)
class Part:
    """What stands together: one ``block`` (heading, paragraph), the ``items`` of a list, or the ``rows`` of a table."""

    kind: str
    block: Block | None = None
    items: list[Item] = field(default_factory=list)
    rows: list[list[Block]] = field(default_factory=list)

    @property
    def is_numbered(self) -> bool:
        return has_numbers(self.items)


@dataclass(frozen=True)
class Surroundings:
    """A passage with the whole blocks next to it, as far as they belong to the same section."""

    heading: Block | None
    before: Block | None
    passage: list[Block]
    after: Block | None
    needs_lead_in: bool = False  # the lead-in of the passage stands further above
    leaves_out: bool = False  # a neighbour describes how a child died or was harmed


# --- a whole text -----------------------------------------------------------------------------------------------


def pages_of(public: PublicText, title: str = "") -> list[list[dict[str, Any]]]:
    """The blocks of a text, in order, as pages of whole blocks; a short text is one.

    A page ends before the block that would make it too long, or before a heading where it is nearly full. A first
    heading that only repeats ``title`` is left out: the page has it above the text.
    """
    blocks = public.blocks[1:] if opens_with(public, title) else public.blocks
    pages: list[list[dict[str, Any]]] = [[]]
    size = 0
    for block in blocks:
        cost = block["end"] - block["start"] + BLOCK_COSTS
        is_full = size + cost > PAGE_HOLDS or (block["kind"] == "heading" and size > NEARLY_FULL)
        if pages[-1] and is_full:
            pages.append([])
            size = 0
        pages[-1].append(block)
        size += cost
    return pages


def page_with(public: PublicText, start: int, title: str = "") -> int:
    """The number of the page on which what begins at ``start`` stands."""
    pages = pages_of(public, title)
    return next((number for number, blocks in enumerate(pages, 1) if blocks and blocks[-1]["end"] > start), len(pages))


def document(
    public: PublicText,
    blocks: Sequence[dict[str, Any]],
    statements: Iterable[Statement],
    terms: Iterable[GlossaryTerm] = (),
) -> list[Part]:
    """These blocks of the text. Each acronym is explained once, where it first stands in them."""
    cutter = Cutter(public, statements, terms, blocks)
    parts: list[Part] = []
    depth = TOP_HEADING - 1
    for kind, group in groupby(blocks, key=lambda block: block["kind"]):
        of_kind = list(group)
        if kind == "item":
            parts.append(Part("list", items=nested([cutter.block(block) for block in of_kind])))
        elif kind == "row":
            parts.append(Part("table", rows=[cutter.row(block) for block in of_kind]))
        else:
            for block in of_kind:
                if kind == "heading":
                    depth = min(heading_depth(block), depth + 1)
                parts.append(Part(kind, block=cutter.block(block, depth if kind == "heading" else 0)))
    return parts


def opens_with(public: PublicText, title: str) -> bool:
    first = public.blocks[0] if title and public.blocks else None
    return first is not None and squash(public.text[first["start"] : first["end"]]) == squash(title)


def heading_depth(block: dict[str, Any]) -> int:
    """The level of a heading on the page, where the text's own first level is the page's second."""
    return min(max(int(block.get("level") or 1), 1) + TOP_HEADING - 1, LAST_HEADING)


def nested(blocks: Sequence[Block]) -> list[Item]:
    """Items under the items that they belong to, by their level."""
    top: list[Item] = []
    open_items: list[Item] = []
    for block in blocks:
        while open_items and open_items[-1].block.level >= block.level:
            open_items.pop()
        item = Item(block)
        (open_items[-1].items if open_items else top).append(item)
        open_items.append(item)
    return top


def has_numbers(items: Iterable[Item]) -> bool:
    return any(any(character.isalnum() for character in item.block.label) for item in items)


# --- one passage ------------------------------------------------------------------------------------------------


def surroundings(public: PublicText, statement: Statement) -> Surroundings:
    """The passage of one statement, marked, with the block before and the block after it.

    A neighbour that is a heading opens or ends the section and is no neighbour; one that describes a method of death or
    self-harm is left out. A heading of the first level is the bulletin's title, and is not repeated.
    """
    start, end = statement.public_start, statement.public_end
    span = {"start": start, "end": end}
    cutter = Cutter(public, [statement])
    blocks = [block for block in public.blocks if block["end"] > block["start"]]
    inside = [block for block in blocks if overlap(block, start, end)]
    above = [block for block in blocks if block["end"] <= start]
    below = [block for block in blocks if block["start"] >= end]
    headings = [block for block in above if block["kind"] == "heading"][-1:]
    neighbours = [next(iter(near), None) for near in (above[::-1], below)]
    before, after = (block if block and block["kind"] != "heading" else None for block in neighbours)
    return Surroundings(
        heading=cutter.block(headings[0]) if headings and headings[0]["level"] != 1 else None,
        before=cutter.block(before) if before and not before.get("sensitive") else None,
        passage=[cutter.block(block) for block in inside] or [cutter.block({"kind": "paragraph", **span})],
        after=cutter.block(after) if after and not after.get("sensitive") else None,
        needs_lead_in=bool(statement.words_before) and not (before and leads_in(public, statement, before)),
        leaves_out=any(block is not None and block.get("sensitive", False) for block in (before, after)),
    )


def overlap(block: dict[str, Any], start: int, end: int) -> bool:
    return bool(block["start"] < end and block["end"] > start)


def leads_in(public: PublicText, statement: Statement, block: dict[str, Any]) -> bool:
    """Whether a block holds the lead-in that the statement completes."""
    if statement.parent is not None:
        return overlap(block, statement.parent.public_start, statement.parent.public_end)
    return statement.lead_in in squash(public.text[block["start"] : block["end"]])


# --- cutting ----------------------------------------------------------------------------------------------------


class Cutter:
    """Cuts the blocks of one public text into runs and pieces."""

    def __init__(
        self,
        public: PublicText,
        statements: Iterable[Statement],
        terms: Iterable[GlossaryTerm] = (),
        blocks: Sequence[dict[str, Any]] = (),
    ) -> None:
        self.text = public.text
        self.redactions = sorted(public.redactions, key=lambda redaction: int(redaction["start"]))
        self.statements = sorted(statements, key=lambda one: (one.public_start, one.public_end, one.pk))
        self.expansions = first_occurrences(public, blocks, terms, self.redactions)
        self.begun: set[int] = set()

    def block(self, block: dict[str, Any], level: int | None = None) -> Block:
        return self.cut(block, block["start"], block["end"], level)

    def row(self, block: dict[str, Any]) -> list[Block]:
        """The cells of a row, which tabs keep apart."""
        cells = re.compile(r"[^\t]+").finditer(self.text, block["start"], block["end"])
        return [self.cut(block, *cell.span()) for cell in cells]

    def cut(self, block: dict[str, Any], start: int, end: int, level: int | None = None) -> Block:
        over = [one for one in self.statements if one.public_start < end and one.public_end > start]
        begun = [one for one in over if one.pk not in self.begun]
        self.begun.update(one.pk for one in begun)
        return Block(
            kind=block["kind"],
            level=int(block.get("level") or 0) if level is None else level,
            label=block.get("label") or "",
            runs=list(self.runs(start, end, over, {one.pk for one in begun})),
            statements=begun,
            is_claimed=bool(over),
            is_sensitive=bool(block.get("sensitive")),
        )

    def runs(self, start: int, end: int, over: Sequence[Statement], new: set[int]) -> Iterable[Run]:
        edges = {start, end}
        for one in over:
            edges |= {max(one.public_start, start), min(one.public_end, end)}
        ordered = sorted(edges)
        for left, right in pairwise(ordered):
            covering = [one for one in over if one.public_start <= left and one.public_end >= right]
            shortest = min(covering, key=lambda one: one.public_end - one.public_start, default=None)
            anchors = [one.pk for one in covering if one.pk in new and max(one.public_start, start) == left]
            yield Run(list(self.pieces(left, right)), shortest, anchors)

    def pieces(self, start: int, end: int) -> Iterable[Piece]:
        """The words from start to end, with redactions and acronyms apart."""
        done = start
        for left, right, reason, expansion in self.marks(start, end):
            if left > done:
                yield Piece(self.text[done:left])
            yield Piece(self.text[left:right], reason, expansion)
            done = right
        if done < end:
            yield Piece(self.text[done:end])

    def marks(self, start: int, end: int) -> list[tuple[int, int, str, str]]:
        redacted = [
            (max(one["start"], start), min(one["end"], end), one.get("reason") or "Removed", "")
            for one in self.redactions
            if one["start"] < end and one["end"] > start
        ]
        explained = [
            (left, right, "", expansion) for left, right, expansion in self.expansions if left >= start and right <= end
        ]
        return sorted(redacted + explained)


def first_occurrences(
    public: PublicText,
    blocks: Sequence[dict[str, Any]],
    terms: Iterable[GlossaryTerm],
    redactions: Sequence[dict[str, Any]],
) -> list[tuple[int, int, str]]:
    """Start, end and expansion of each acronym where it first stands inside these blocks, outside every redaction.

    What the bulletin's own glossary says goes before what holds for the whole site.
    """
    chosen: dict[str, str] = {}
    for term in sorted(terms, key=lambda one: one.bulletin_id is None):
        if term.is_acronym:
            chosen.setdefault(term.term, term.expansion)
    if not chosen:
        return []
    longest_first = sorted(chosen, key=lambda term: (-len(term), term))
    pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, longest_first)) + r")(?=s?(?!\w))")
    found: dict[str, tuple[int, int]] = {}
    for block in blocks:
        for match in pattern.finditer(public.text, block["start"], block["end"]):
            is_redacted = any(one["start"] < match.end() and one["end"] > match.start() for one in redactions)
            if match[1] not in found and not is_redacted:
                found[match[1]] = match.span(1)
    return [(start, end, chosen[term]) for term, (start, end) in found.items()]
