"""Canonical text to statements, by the tables of ``wording``. Nothing is decided here that a table could decide.

The reader walks the blocks once. A heading or a lead-in opens a section of a kind; items, and paragraphs where the
section has no items, are its statements; a heading of another sort, or a paragraph after the list, closes it.
Outside of sections only sentences count that say themselves that something was found.
"""

import re

from learning.reader import wording
from learning.reader.extract.canonical import Canonical
from learning.reader.statements.headings import (
    at_heading,
    is_heading,
    numbered_headings,
    speaks_of_one_section,
    title_end,
    title_teaches,
)
from learning.reader.statements.items import at_item
from learning.reader.statements.paragraphs import at_paragraph
from learning.reader.statements.subjects import Subjects, find_subjects
from learning.reader.statements.tables import at_row
from learning.reader.statements.walk import ParsedStatement, Reading, Walk

__all__ = ["READER_VERSION", "ParsedStatement", "Reading", "read_statements"]

READER_VERSION = "2"

_FOR_ALL_KINDS = {wording.RECOMMENDATION, wording.ACTION, wording.QUESTION, wording.FACT}


def read_statements(canonical: Canonical, subjects: Subjects | None = None) -> Reading:
    """The statements of a text, in its order. ``text`` is the passage with white space and markers put aside."""
    walk = Walk(canonical, subjects or find_subjects(canonical))
    walk.title_end = title_end(walk)
    walk.numbered_headings = numbered_headings(walk)
    walk.title_teaches = title_teaches(walk)
    if speaks_of_one_section(walk):
        walk.general = walk.review = ""
        walk.is_sectioned = True
    for index in range(len(canonical.blocks)):
        _step(walk, index)
    if not walk.reading.statements:
        _fall_back(walk)
    if walk.subjects.several:
        _speak_for_all(walk.reading.statements)
    return walk.reading


def _step(walk: Walk, index: int) -> None:
    block = walk.blocks[index]
    walk.at = index
    if index <= walk.skip:
        return
    if block.kind != "row":
        walk.columns = None
    if is_heading(walk, index):
        at_heading(walk, index)
    elif block.kind == "row":
        at_row(walk, block)
    elif block.kind == "item":
        at_item(walk, index)
    else:
        at_paragraph(walk, index)
    if walk.section.is_open:
        walk.reading.learning_blocks.append(index)


def _fall_back(walk: Walk) -> None:
    """A text without one heading, list or finding, whose title says that it is learning: its own paragraphs."""
    title = " ".join(walk.words(block) for block in walk.blocks[: max(walk.title_end, 1)])
    is_prose = all(block.kind in {"paragraph", "heading"} for block in walk.blocks)
    if not is_prose or not re.search(r"\b(?:learning|lessons)\b", title, re.I):
        return
    walk.section.reason = "a paragraph of a text that calls itself learning"
    for block in walk.blocks[walk.title_end :]:
        text = walk.words(block)
        if block.kind == "heading" or len(text.split()) < 8:
            continue
        if not wording.SPEAKS_OF_ITSELF.search(text) and not wording.NOTICE.search(text):
            walk.add(wording.LEARNING, block.start, block.end)


def _speak_for_all(statements: list[ParsedStatement]) -> None:
    # What comes only after the last of several reviews is of all of them.
    last = next((statement.review for statement in reversed(statements) if statement.review), "")
    kinds = {statement.kind for statement in statements if statement.review not in {"", last}}
    own = [statement for statement in statements if statement.review == last]
    listed = (statement for statement in own if statement.form == "listed")
    first = next((statement for statement in listed if statement.kind in _FOR_ALL_KINDS - kinds), None)
    if not kinds or first is None:
        return
    if any(statement.section == first.section for statement in own if statement.start < first.start):
        return
    for statement in own:
        if statement.start >= first.start and statement.section >= first.section:
            statement.review = ""
