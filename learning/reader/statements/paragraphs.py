"""Paragraphs: statements where a section of a kind is open and has no list, else prose to search for findings."""

import re

from learning.reader import wording
from learning.reader.extract.canonical import Block
from learning.reader.statements.facts import claims_of
from learning.reader.statements.headings import is_heading
from learning.reader.statements.labels import (
    is_aside,
    run_in_heading,
    take_enumerated,
    take_label,
    take_listing,
    take_pending,
    take_run_in,
)
from learning.reader.statements.lead_ins import all_ask, is_lead_in, open_lead_in
from learning.reader.statements.passages import Span, members, sentences
from learning.reader.statements.prose import (
    finding_spans,
    has_figure,
    is_quotation,
    take_acted,
    take_asked,
    take_cited,
    take_figure,
    take_findings,
)
from learning.reader.statements.walk import Walk
from learning.reader.wording import lookup

_STORY = re.compile(
    r"\baged?\s+\d|\b(?:\d{1,2}|\w+)[ -](?:years?|months?|weeks?|days?)[ -]old\b"
    r"|\b(?:was|is|were)\s+(?:\d{1,2}|[a-z]+teen|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"|\b(?:was born|died|lived with|lives with|was killed|was admitted|took (?:his|her|their) own)\b",
    re.I,
)


def at_paragraph(walk: Walk, index: int) -> None:
    block = walk.blocks[index]
    text = walk.words(block)
    is_link_list = block.has_link and len(text.split()) < 25 and not re.search(r"[.!?]$", text)
    if is_link_list or lookup.is_contents_line(text):
        return
    if take_pending(walk, block) or take_label(walk, block):
        return
    rest = run_in_heading(walk, block)
    if rest is None and (take_enumerated(walk, block) or take_run_in(walk, block) or is_aside(walk, block)):
        return
    read_prose(walk, rest or block, index)


def read_prose(walk: Walk, block: Block, index: int) -> None:
    switched = walk.switch_review(walk.words(block))
    if switched and walk.section.kind is not None and block.start == walk.blocks[index].start:
        walk.close()
    if _asks_the_reader(walk, index, block):
        return
    if is_lead_in(walk, index):
        take_findings(walk, block, but_last=True)
        open_lead_in(walk, index)
        return
    if _only_opens_a_list(walk, index, block):
        take_findings(walk, block)
        return
    if any(
        take(walk, block)
        for take in (take_enumerated, take_asked, take_acted, take_figure, take_cited, take_listing, _take)
    ):
        return
    if walk.section.is_open and walk.section.has_items:
        walk.suspend()
    take_findings(walk, block)


def _take(walk: Walk, block: Block) -> bool:
    section = walk.section
    if not section.is_open or section.has_items or _is_notice(walk.words(block)):
        return False
    if _tells_the_story(walk, walk.words(block)) or (section.heading and _concludes(walk.words(section.heading))):
        section.is_story = True
    if section.is_story or (section.kind == wording.FACT and not has_figure(walk.words(block))):
        return False
    spans = list(sentences(walk.text, block.start, block.end))
    if (
        section.kind == wording.QUESTION
        and "?" not in walk.words(block)
        and not wording.INVITES.match(walk.words(block))
    ):
        return True
    asked = [(a, b) for a, b in spans if walk.text[a:b].endswith("?")]
    if section.kind == wording.QUESTION and len(asked) > 1:
        for start, end in asked:
            walk.add(wording.QUESTION, start, end)
    elif section.kind == wording.LEARNING and len(finding_spans(walk, block)) > 1:
        take_findings(walk, block)
    elif parts := _told_in_the_line(walk, block):
        for start, end in parts:
            walk.add(section.kind or "", start, end)
    else:
        walk.add(section.kind or "", block.start, block.end)
    return True


def _told_in_the_line(walk: Walk, block: Block) -> list[Span]:
    """What stands in one line with its heading ("SIGNS. a; b; and c."): the members of its list, or its sentences.

    A sentence that goes back to the one before it ("This ...", "They ...") stays with it.
    """
    heading = walk.section.heading
    if heading is None or not heading.run_in:
        return []
    if walk.words(block).count(";") >= 2:
        return list(members(walk.text, block.start, block.end))
    spans = list(sentences(walk.text, block.start, block.end))
    goes_back = any(wording.GOES_BACK.match(walk.text[start:end]) for start, end in spans)
    return spans if len(spans) > 1 and not goes_back else []


def _asks_the_reader(walk: Walk, index: int, block: Block) -> bool:
    """ "Think about a child whom you work with." above nothing but questions opens them."""
    text = walk.words(block)
    is_short = len(text.split()) <= 30 and not text.endswith("?")
    if not is_short or not wording.PUTS_TO_READER.search(text) or not all_ask(walk, index):
        return False
    if walk.section.kind == wording.STOP:
        return False
    walk.open(wording.QUESTION, walk.section.heading, f"the words “{text[-80:]}”")
    return True


def _only_opens_a_list(walk: Walk, index: int, block: Block) -> bool:
    following, section = walk.next(index), walk.section
    if following is None or following.kind != "item" or not section.is_open or section.has_items:
        return False
    if is_heading(walk, index + 1):
        return False
    return block is walk.blocks[index] and len(walk.words(block).split()) <= 30


def _is_notice(text: str) -> bool:
    if len(text.split()) < (3 if text.endswith((".", "?")) else 5):
        return True
    if is_quotation(text):
        return True
    about = (wording.THANKS, wording.NOTICE, wording.REGRET, wording.CONTACT)
    return any(pattern.search(text) for pattern in about) or _only_counts(text)


def _only_counts(text: str) -> bool:
    # As in "They led to eight recommendations. The main ones are here."
    return len(text.split()) <= 30 and bool(claims_of(text))


def _concludes(heading: str) -> bool:
    # Under "Conclusion" an author looks back; what was found is in sentences that say so, and in lists.
    return bool(
        re.fullmatch(r"\W*(?:\d[\d.]*\s*)?(?:conclusions?|concluding (?:remarks|comments|thoughts))\W*", heading, re.I)
    )


def _tells_the_story(walk: Walk, text: str) -> bool:
    # Under a heading that names the case ("Learning from Child G5"), the story comes before the learning.
    heading = walk.section.heading
    if heading is None or not walk.subjects.mentioned(walk.words(heading))[0]:
        return False
    return bool(walk.subjects.mentioned(text)[0]) and bool(_STORY.search(text))
