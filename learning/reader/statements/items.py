"""Items of lists: what each says, to which list it belongs, and which items are only parts of the one above."""

import re

from learning.reader import wording
from learning.reader.extract.canonical import Block
from learning.reader.statements.facts import claims_of
from learning.reader.statements.headings import is_heading
from learning.reader.statements.labels import run_in_heading, take_label, take_pending, take_run_in
from learning.reader.statements.lead_ins import open_lead_in
from learning.reader.statements.paragraphs import read_prose
from learning.reader.statements.passages import enumerated, squash
from learning.reader.statements.prose import is_quotation, take_cited, take_findings
from learning.reader.statements.walk import ParsedStatement, Walk, follows
from learning.reader.wording import lookup
from learning.reader.wording.markers import is_digit_label, number_of

_ANNOUNCES = re.compile(r"[:;,–-]$|\b(?:including|include|such as|that|to|for example)$")
_NEEDS_MORE = re.compile(r"[:–-]$|\b(?:including|include|such as)$")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|do|does|did|should|must|will|would|can|could|may|might|need|needs|not)\b|"
    r"\w{3,}(?:ed|ing)\b",
    re.I,
)


def at_item(walk: Walk, index: int) -> None:
    block = walk.blocks[index]
    walk.resume(block.label)
    if walk.section.lead_label and follows(walk.section.lead_label, block.label):
        walk.close()  # "7.3" after the list that "7.2" announced
    rest = run_in_heading(walk, block)
    if rest is not None:
        read_prose(walk, rest, index)
    elif walk.pending is not None and not is_digit_label(block.label) and take_pending(walk, block):
        pass
    elif _take_numbered_within(walk, block) or take_label(walk, block) or take_run_in(walk, block):
        walk.section.has_items = walk.section.has_items or walk.section.is_open
    elif not walk.section.is_open:
        _outside(walk, index)
    elif not _is_nothing(walk, index):
        _take(walk, index)


def _take_numbered_within(walk: Walk, block: Block) -> bool:
    # "(1) a; (2) b; and (3) c" that begins a line: its first number was read as the marker of an item.
    if block.label not in {"(1)", "(i)", "(a)"} or not walk.section.is_open:
        return False
    parts = enumerated(walk.text, block.start - len(block.label) - 1, block.end)
    for start, end, number in parts:
        walk.add(walk.section.kind or "", start, end, number=number)
    return bool(parts)


def _outside(walk: Walk, index: int) -> None:
    block = walk.blocks[index]
    text = walk.words(block)
    if walk.title_teaches and walk.section.kind is None and walk.section.heading is None and len(text.split()) > 4:
        walk.open(wording.LEARNING, None, "the title, which says that this is learning")
        _take(walk, index)
        return
    if take_cited(walk, block):
        return
    take_findings(walk, block, but_last=text.endswith(":"))
    if text.endswith(":") and len(text.split()) > 2 and walk.section.kind != wording.STOP:
        open_lead_in(walk, index)


def _is_nothing(walk: Walk, index: int) -> bool:
    block, following = walk.blocks[index], walk.next(index)
    text = walk.words(block)
    count = len(text.split())
    if lookup.is_contents_line(text) or (count <= 12 and (wording.CONTACT.search(text) or wording.THANKS.search(text))):
        return True
    if is_quotation(text) and block.label == ">":
        return True
    if wording.FORMALITY.match(text) and count <= 12:
        return True
    alone = following is None or following.kind != "item"
    return count < 2 and alone and not re.search(r"[.?]$", text)


def _take(walk: Walk, index: int) -> None:
    block = walk.blocks[index]
    parent = _parent_of(walk, block)
    if parent is not None and _merely_completes(walk, index, parent[0]) and walk.reading.statements[-1] is parent[1]:
        parent[1].end = block.end
        parent[1].text = squash(f"{parent[1].text} {walk.words(block)}")
        return
    if _opens_another(walk, index):
        open_lead_in(walk, index)
        return
    end = _end_with_explanation(walk, index)
    statement = walk.add(walk.section.kind or "", block.start, end, number=number_of(block.label))
    if statement is None:
        return
    if parent is not None:
        statement.parent = walk.reading.statements.index(parent[1])
    walk.section.has_items = True
    walk.parents = [*walk.parents[: walk.parents.index(parent) + 1 if parent else 0], (block, statement)]


def _opens_another(walk: Walk, index: int) -> bool:
    # As in "4.6 Good practice was also found:".
    text = walk.words(walk.blocks[index])
    if not text.endswith(":") or not walk.list_follows(index):
        return False
    if claims_of(text) and re.search(r"\bfollow(?:s|ing)\b", text):
        return True
    kind = lookup.lead_in_kind(text) if len(text.split()) <= 8 else None
    return kind in wording.KINDS and kind != walk.section.kind


def _end_with_explanation(walk: Walk, index: int) -> int:
    """A headline on a line of its own ("1. Curiosity") and the paragraph under it are one item, from the first on."""
    block, following = walk.blocks[index], walk.next(index)
    text = walk.words(block)
    is_headline = is_digit_label(block.label) and len(text.split()) <= 8 and not re.search(r"[.:;,!?]$", text)
    if (
        not (is_headline or _is_told_below(walk, index))
        or following is None
        or following.kind != "paragraph"
        or is_heading(walk, index + 1)
    ):
        return block.end
    words = walk.words(following)
    is_first = not walk.section.has_items or walk.section.has_headlines
    if not is_first or len(words.split()) < 5 or wording.NOTICE.search(words) or lookup.label_of(words) is not None:
        return block.end
    walk.section.has_headlines = True
    walk.skip = index + 1
    return following.end


def _is_told_below(walk: Walk, index: int) -> bool:
    block = walk.blocks[index]
    if not is_digit_label(block.label) or len(walk.words(block).split()) > 10:
        return False
    for place in (index - 2, index + 2):
        if not 0 <= place < len(walk.blocks) - 1:
            continue
        other, below = walk.blocks[place], walk.blocks[place + 1]
        labels = (other.label, block.label) if place < index else (block.label, other.label)
        if other.kind == "item" and below.kind == "paragraph" and follows(*labels):
            return len(walk.words(other).split()) <= 10
    return False


def _parent_of(walk: Walk, block: Block) -> tuple[Block, ParsedStatement] | None:
    for above, statement in reversed(walk.parents):
        opens = bool(_ANNOUNCES.search(walk.words(above)))
        if not opens and not (is_digit_label(above.label) and not is_digit_label(block.label)):
            continue
        if block.level > above.level or bool(number_of(above.label)) != bool(number_of(block.label)):
            return above, statement
    return None


def _merely_completes(walk: Walk, index: int, above: Block) -> bool:
    """Whether sub-bullets only complete their parent's sentence: a few words each, with no verb of their own."""
    if not _NEEDS_MORE.search(walk.words(above)):
        return False
    label = walk.blocks[index].label
    siblings = []
    for block in walk.blocks[index:]:
        if block.kind != "item" or block.label != label:
            break
        siblings.append(walk.words(block))
    return all(
        len(words.split()) <= 3 or (len(words.split()) <= 6 and words[:1].islower() and not _FINITE.search(words))
        for words in siblings
    )
