"""Which blocks are headings, and what a heading opens or closes."""

import re

from learning.intake.reading import announce, rules
from learning.intake.reading.labels import take_pending
from learning.intake.reading.walk import Pending, Walk
from learning.intake.text.canonical import Block
from learning.intake.text.markers import is_digit_label, number_of

_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|includes?|included|the\ review|following|follows|sets?\ out|"
    r"found|finds|identified|made|makes|recommends?|recommended|agreed|asks?|asked|led|should|must|needs?|will|can|left)\b",
    re.I | re.X,
)
_OWN_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*(?=[.):]?(?:\s|$))")
_FOR_ALL = re.compile(r"\b(?:both|all|across)\b.{0,20}\b(?:reviews?|cases?|children|scrs|reports)\b", re.I)


def title_end(walk: Walk) -> int:
    """The index after the lines that a document opens with: its title, board and date."""
    for index, block in enumerate(walk.blocks):
        text = walk.words(block)
        if block.kind in {"item", "row"} or len(text.split()) > 14 or re.search(r"[.:;?]$", text):
            return index
        if announce.is_contents_line(text) or (index and announce.heading_kind(text) == rules.STOP):
            return index
    return len(walk.blocks)


def is_heading(walk: Walk, index: int) -> bool:
    block = walk.blocks[index]
    text = walk.words(block)
    count = len(text.split())
    if block.kind == "heading":
        return count <= 25
    if block.has_link or block.kind == "row" or count > 14 or announce.is_contents_line(text):
        return False
    if _leads_in(text) or re.search(r"[.,]$", text) or "?" in text[:-1]:
        return False
    if block.kind == "item":
        return _item_is_heading(walk, index)
    return _paragraph_is_heading(walk, index, text, count)


def _paragraph_is_heading(walk: Walk, index: int, text: str, count: int) -> bool:
    block, following = walk.blocks[index], walk.next(index)
    label = announce.label_of(text)
    if label is not None and (rest := text[label.end :].strip()):
        return bool(label.number) and _is_title_of_next(walk, rest, following)
    if announce.heading_kind(text) is not None and label is None:
        return count <= 10
    if walk.subjects.label_in_heading(text):
        return True
    if following is None or text.endswith(";") or not text.lstrip("0123456789. ")[:1].isupper():
        return False
    if text.endswith("?"):  # a question alone on its line, unless questions are what is listed here
        return (
            walk.section.kind != rules.QUESTION
            and count <= 10
            and following.kind != "heading"
            and (block.is_bold or not walk.words(following).endswith("?"))
        )
    return block.is_bold or (count <= 8 and not _stands_alone(walk, index, count))


def _stands_alone(walk: Walk, index: int, count: int) -> bool:
    """Whether a short line says something itself: one of several under an open heading, with nothing under it."""
    following = walk.next(index)
    if not walk.section.is_open or walk.section.has_items or count < 3 or following is None:
        return False
    text = walk.words(following)
    is_short = following.kind == "paragraph" and len(text.split()) <= 14 and not re.search(r"[.:;!?]$", text)
    return following.kind == "heading" or is_short


def _is_title_of_next(walk: Walk, rest: str, following: Block | None) -> bool:
    """Whether a label's words ("Finding 1: Mental capacity") are the title of the paragraph below."""
    if following is None or following.kind != "paragraph" or len(rest.split()) > 6 or re.search(r"[.,;:?!]$", rest):
        return False
    words = walk.words(following)
    return len(words.split()) >= 5 and announce.label_of(words) is None


def _leads_in(text: str) -> bool:
    """Whether a line announces a list as a sentence does, with a verb: "The Director set out the progress made:"."""
    return bool(re.search(r"[:;]$", text) and _VERB.search(text))


def _item_is_heading(walk: Walk, index: int) -> bool:
    block, following = walk.blocks[index], walk.next(index)
    text = walk.words(block)
    count = len(text.split())
    if following is None or count > 10 or not is_digit_label(block.label) or following.label == block.label:
        return False
    if following.kind == "item" and _is_part(block, following) and not text.endswith(":"):
        return True  # "3.1 Mental capacity" above "3.1.1 Practitioners took it that ..."
    if announce.heading_kind(text) is not None:
        return not (following.kind == "item" and _same_series(block, following))
    if following.kind == "item":
        return count <= 6 and not number_of(following.label) and not re.search(r"[:;]$", text)
    return block.is_bold


def _is_part(block: Block, following: Block) -> bool:
    one, two = number_of(block.label), number_of(following.label)
    return bool(one) and two.startswith(f"{one}.")


def _same_series(left: Block, right: Block) -> bool:
    one, two = number_of(left.label), number_of(right.label)
    return bool(two) and "." not in two.removeprefix(one) and one.count(".") == two.count(".")


def at_heading(walk: Walk, index: int) -> None:
    block = walk.blocks[index]
    text = walk.words(block)
    label = announce.label_of(text if text.endswith(":") else f"{text}:")
    if label is not None and label.number:
        walk.pending = Pending(label.kind, label.number)
        return
    kind = announce.heading_kind(text)
    subject = walk.subjects.label_in_heading(text)
    walk.suspended = None
    if walk.pending is not None and kind is None and not subject:
        _between(walk, index)
    elif kind is None and not subject and len(text.split()) <= 3 and rules.COLUMN_IS_NOTHING.match(text.rstrip(":")):
        walk.open(rules.STOP, block, "")
    elif subject:
        _at_subject(walk, index, subject, kind)
    elif kind is None:
        _at_topic(walk, index)
    else:
        _at_kind(walk, index, kind)


def _between(walk: Walk, index: int) -> None:
    """Between a label that stood alone and its statement: a title, or the statement itself, where nothing follows."""
    following = walk.next(index)
    text = walk.words(following) if following is not None else ""
    if following is None or following.kind == "heading" or announce.label_of(f"{text.rstrip(':')}:") is not None:
        take_pending(walk, walk.blocks[index])


def _at_subject(walk: Walk, index: int, subject: str, kind: str | None) -> None:
    """The heading of a review's own section, which may say its kind as well ("Baby P3: learning points")."""
    block = walk.blocks[index]
    walk.review = subject
    if index >= walk.title_end:
        walk.review_heading = block
    if kind in rules.KINDS and (index >= walk.title_end or not _is_title(walk, index, str(kind))):
        walk.open(kind, block, f"the heading “{walk.words(block)}”")
    else:
        walk.open(None, block, "a review's own heading")


def _at_kind(walk: Walk, index: int, kind: str) -> None:
    block = walk.blocks[index]
    text = walk.words(block)
    if _FOR_ALL.search(text):
        walk.review, walk.review_heading = walk.general, None
    else:
        _leave_review(walk, block, is_kind=kind in rules.KINDS)
    if kind in rules.KINDS and index < walk.title_end and _is_title(walk, index, kind):
        kind = rules.NEUTRAL
    if _answers(walk, text):
        kind = rules.ACTION
    walk.open(kind if kind != rules.NEUTRAL else None, block, f"the heading “{text}”")


def _answers(walk: Walk, text: str) -> bool:
    """Whether "Actions" answers: alone it asks for something, right under a recommendation it says what is done."""
    last = walk.reading.statements[-1] if walk.reading.statements else None
    return (
        bool(re.fullmatch(r"(?:agreed |our )?actions?:?", text, re.I))
        and last is not None
        and last.kind == rules.RECOMMENDATION
        and bool(last.number)
        and last.reason == "the label above it"
    )


def _is_title(walk: Walk, index: int, kind: str) -> bool:
    """A line of the title announces nothing where prose follows it, or where its kind is announced again below."""
    if walk.list_follows(max(index, walk.title_end - 1)):
        return False
    title = walk.words(walk.blocks[index])
    later = [walk.words(block) for block in walk.blocks[index + 1 :]]
    if title in later:
        return False
    says_so = announce.heading_kind(title.rpartition(":")[2]) == kind if ":" in title else False
    return (index + 1 < walk.title_end and not says_so) or any(
        _announces(text, kind) for text in later if not re.search(r"[.;]$", text) or ":" in text[:40]
    )


def _announces(text: str, kind: str) -> bool:
    label = announce.label_of(text)
    return (label is not None and label.kind == kind) or (
        len(text.split()) <= 10 and announce.heading_kind(text) == kind
    )


def _leave_review(walk: Walk, block: Block, *, is_kind: bool) -> None:
    """What ends a review's own section: a heading of its level or above, or, where headings have no level, one of
    another matter. In a document of several things, what follows the learning from the one review is none of it."""
    own = walk.review_heading
    if not walk.is_sectioned or own is None:
        return
    if own.level and block.level:
        ends = block.level <= own.level
    else:
        ends = not is_kind and not walk.subjects.several and walk.has_statements_of(walk.review)
    if ends:
        walk.review, walk.review_heading = walk.general, None


def _at_topic(walk: Walk, index: int) -> None:
    """A heading that only names a topic goes on with an open list of learning, else closes what is open."""
    block, section = walk.blocks[index], walk.section
    if _asks(walk, index):
        walk.open(rules.QUESTION, block, "a list in which every item asks")
        return
    if section.is_open and section.heading is not None and _goes_on(walk, index):
        walk.parents = []
        return
    own = walk.review_heading
    is_below = own is not None and own.level and block.level > own.level
    if walk.subjects.several and not is_below:
        walk.review = walk.general
    else:
        _leave_review(walk, block, is_kind=False)
    walk.open(None, block, "")


def _asks(walk: Walk, index: int) -> bool:
    """Whether every item of the list under a heading, two or more, is a question."""
    words = []
    for block in walk.blocks[index + 1 :]:
        if block.kind != "item":
            break
        words.append(walk.words(block))
    return len(words) > 1 and all(text.endswith("?") for text in words)


def _goes_on(walk: Walk, index: int) -> bool:
    block, before, following = walk.blocks[index], walk.section.heading, walk.next(index)
    if before is None or following is None:
        return False
    one, two = (_OWN_NUMBER.match(each.label or walk.words(each)) for each in (before, block))
    if one and two and one[0].count(".") == two[0].count("."):
        return False  # "6 Next review" is no part of "5 Recommendations"
    deeper = block.level > before.level if block.level and before.level else True
    return deeper and (following.kind == "item" or not walk.section.has_items)


def speaks_of_one_section(walk: Walk) -> bool:
    """Whether the only review has a section of its own, in a document of several things: a newsletter, a digest.

    Its title does not name the review, and learning of another sort comes before the heading that does.
    """
    if len(walk.subjects.labels) != 1:
        return False
    names_a_kind = False
    for index, block in enumerate(walk.blocks):
        text = walk.words(block)
        if index < walk.title_end and walk.subjects.mentioned(text)[0]:
            return False
        if index >= walk.title_end and is_heading(walk, index):
            if walk.subjects.label_in_heading(text):
                return names_a_kind
            names_a_kind = names_a_kind or announce.heading_kind(text) in rules.KINDS
    return False
