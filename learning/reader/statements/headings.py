"""Which blocks are headings, and what a heading opens or closes."""

import re
from itertools import pairwise

from learning.reader import wording
from learning.reader.extract.canonical import Block
from learning.reader.statements.labels import take_pending
from learning.reader.statements.lead_ins import all_ask
from learning.reader.statements.walk import Pending, Walk, follows
from learning.reader.wording import lookup
from learning.reader.wording.markers import is_digit_label, number_of

_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|includes?|included|the\ review|following|follows|sets?\ out|"
    r"found|finds|identified|made|makes|recommends?|recommended|agreed|asks?|asked|led|should|must|needs?|"
    r"will|can|left)\b",
    re.I | re.X,
)
_OWN_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*(?=[.):]?(?:\s|$))")
_FOR_ALL = re.compile(r"\b(?:both|all|across)\b.{0,20}\b(?:reviews?|cases?|children|scrs|reports)\b", re.I)


def title_end(walk: Walk) -> int:
    for index, block in enumerate(walk.blocks):
        text = walk.words(block)
        ends = r"[.:;]$" if index < 2 else r"[.:;?]$"
        if block.kind in {"item", "row"} or len(text.split()) > 14 or re.search(ends, text):
            return index
        if lookup.is_contents_line(text) or (index and lookup.heading_kind(text) == wording.STOP):
            return index
    return len(walk.blocks)


def is_heading(walk: Walk, index: int) -> bool:
    block = walk.blocks[index]
    text = walk.words(block)
    count = len(text.split())
    if block.kind == "heading":
        return count <= 25
    if index in walk.numbered_headings:
        return True
    if block.kind == "item" and text.isupper() and count <= 10 and not re.search(r"[.;,]$", text):
        following = walk.next(index)
        is_numbered = bool(re.match(r"\(?[\dIVX]", block.label))
        return is_numbered or (following is not None and following.label != block.label and len(text) > 3)
    if block.has_link or block.kind == "row" or count > 14 or lookup.is_contents_line(text):
        return False
    if _leads_in(text) or re.search(r"[.,]$", text) or "?" in text[:-1]:
        return False
    if block.kind == "item":
        return _item_is_heading(walk, index)
    return _paragraph_is_heading(walk, index, text, count)


def _paragraph_is_heading(walk: Walk, index: int, text: str, count: int) -> bool:
    block, following = walk.blocks[index], walk.next(index)
    label = lookup.label_of(text)
    if label is not None and (rest := text[label.end :].strip()):
        return bool(label.number) and _is_title_of_next(walk, index, rest, following)
    if lookup.titled_kind(text) is not None:
        return following is not None and following.kind in {"paragraph", "item"}
    is_asked = (
        text.endswith("?") and walk.section.kind == wording.QUESTION and lookup.heading_kind(text) != wording.STOP
    )
    if is_asked and _is_among_questions(walk, index):
        return False
    if lookup.heading_kind(text) is not None and label is None:
        return count <= 10
    if walk.subjects.label_in_heading(text):
        return True
    if following is None or text.endswith(";") or not text.lstrip("0123456789. ")[:1].isupper():
        return False
    if text.endswith("?"):  # a question alone on its line, unless questions are what is listed here
        return (
            walk.section.kind != wording.QUESTION
            and count <= 10
            and following.kind != "heading"
            and (block.is_bold or not walk.words(following).endswith("?"))
        )
    return block.is_bold or (count <= 8 and not _stands_alone(walk, index, count))


def _is_among_questions(walk: Walk, index: int) -> bool:
    around = [walk.blocks[at] for at in (index - 1, index + 1) if 0 <= at < len(walk.blocks)]
    is_first = walk.section.heading is not None and around[0] is walk.section.heading
    return is_first or any(walk.words(block).endswith("?") and block.kind != "heading" for block in around)


def _stands_alone(walk: Walk, index: int, count: int) -> bool:
    following = walk.next(index)
    if not walk.section.is_open or walk.section.has_items or count < 3 or following is None:
        return False
    text = walk.words(following)
    is_short = following.kind == "paragraph" and len(text.split()) <= 14 and not re.search(r"[.:;!?]$", text)
    return following.kind == "heading" or is_short


def _is_title_of_next(walk: Walk, index: int, rest: str, following: Block | None) -> bool:
    """Whether a label's words ("Finding 1: Mental capacity") are the title of what is below.

    Longer words are, where what stands after each label of its sort is.
    """
    if following is None or not _may_be_title(rest, walk.words(following), following):
        return False
    return len(rest.split()) <= 6 or following.kind == "item" or _all_are_titles(walk, index)


def _may_be_title(rest: str, below: str, following: Block) -> bool:
    if len(rest.split()) > 14 or re.search(r"[.,;:?!]$", rest) or lookup.label_of(below) is not None:
        return False
    if following.kind == "item":
        return not is_digit_label(following.label)
    return following.kind == "row" or (following.kind == "paragraph" and len(below.split()) >= 5)


def _all_are_titles(walk: Walk, index: int) -> bool:
    own = lookup.label_of(walk.words(walk.blocks[index]))
    for place, block in enumerate(walk.blocks[:-1]):
        text = walk.words(block)
        label = lookup.label_of(text) if block.kind == "paragraph" else None
        if label is None or own is None or label.kind != own.kind or not label.number:
            continue
        following = walk.blocks[place + 1]
        if not _may_be_title(text[label.end :].strip(), walk.words(following), following):
            return False
    return True


def title_teaches(walk: Walk) -> bool:
    """Whether only the title says that what follows is learning: "Learning by role", "Lessons for agencies"."""
    title = " ".join(walk.words(block) for block in walk.blocks[: walk.title_end])
    if not re.search(r"\b(?:learning|lessons?|messages|taught|teach(?:es)?)\b", title, re.I):
        return False
    return not any(
        lookup.heading_kind(walk.words(block)) == wording.LEARNING
        and len(walk.words(block).split()) <= 10
        and not re.search(r"[.,;]$", walk.words(block))
        and not re.search(r"recommend", walk.words(block), re.I)
        for block in walk.blocks[walk.title_end :]
        if block.kind != "row"
    )


def numbered_headings(walk: Walk) -> set[int]:
    chains: list[list[int]] = []
    for index, block in enumerate(walk.blocks):
        if block.kind != "item" or not is_digit_label(block.label):
            continue
        number = number_of(block.label).strip("()")
        for chain in reversed(chains):
            if follows(number_of(walk.blocks[chain[-1]].label).strip("()"), number):
                chain.append(index)
                break
        else:
            chains.append([index])
    return {index for chain in chains if _are_headings(walk, chain) for index in chain}


def _paragraphs_below(walk: Walk, index: int) -> int:
    below = 0
    for block in walk.blocks[index + 1 :]:
        if block.kind != "paragraph" or len(walk.words(block).split()) < 8:
            break
        below += 1
    return below


def _are_headings(walk: Walk, chain: list[int]) -> bool:
    texts = [walk.words(walk.blocks[index]) for index in chain]
    if len(chain) < 3 or any(len(text.split()) > 12 or re.search(r"[.;,]$", text) for text in texts):
        return False
    if any(text[:1].islower() for text in texts) or sum(b - a == 1 for a, b in pairwise(chain)) > 1:
        return False
    has_more = any(_paragraphs_below(walk, index) > 1 for index in chain)
    known = sum(lookup.heading_kind(text) is not None for text in texts)
    has_dots = "." in number_of(walk.blocks[chain[0]].label) and all(len(text.split()) <= 8 for text in texts)
    return (known >= 2 and known * 3 >= len(texts)) or (known >= 1 and len(texts) >= 4 and (has_dots or has_more))


def _leads_in(text: str) -> bool:
    # As a sentence does, with a verb: "The Director set out the progress made:".
    return bool(re.search(r"[:;]$", text) and _VERB.search(text))


def _item_is_heading(walk: Walk, index: int) -> bool:
    block, following = walk.blocks[index], walk.next(index)
    text = walk.words(block)
    count = len(text.split())
    if following is None or count > 10 or not is_digit_label(block.label) or following.label == block.label:
        return False
    if following.kind == "item" and _is_part(block, following) and not text.endswith(":"):
        return True  # "3.1 Mental capacity" above "3.1.1 Practitioners took it that ..."
    if lookup.heading_kind(text) is not None:
        return not (following.kind == "item" and _same_series(block, following))
    if following.kind == "item":
        return count <= 6 and not number_of(following.label) and not re.search(r"[:;]$", text)
    return block.is_bold


def _is_part(block: Block, following: Block) -> bool:
    first, second = number_of(block.label), number_of(following.label)
    return bool(first) and second.startswith(f"{first}.")


def _same_series(left: Block, right: Block) -> bool:
    first, second = number_of(left.label), number_of(right.label)
    return bool(second) and "." not in second.removeprefix(first) and first.count(".") == second.count(".")


def at_heading(walk: Walk, index: int) -> None:
    block = walk.blocks[index]
    text = walk.words(block)
    label = lookup.label_of(text if text.endswith(":") else f"{text}:")
    if label is not None and label.number:
        _at_label(walk, index, label)
        return
    kind = lookup.titled_kind(text) or lookup.heading_kind(text)
    subject = walk.subjects.label_in_heading(text)
    walk.suspended = None
    if walk.pending is not None and kind is None and not subject:
        _between(walk, index)
    elif kind is None and not subject and len(text.split()) <= 3 and wording.COLUMN_IS_NOTHING.match(text.rstrip(":")):
        walk.open(wording.STOP, block, "")
    elif subject:
        _at_subject(walk, index, subject, kind)
    elif kind is None:
        _at_topic(walk, index)
    else:
        _at_kind(walk, index, kind)


def _at_label(walk: Walk, index: int, label: lookup.Label) -> None:
    """ "Finding 2" alone is the label of what comes next; with a title it is the heading of all that is under it."""
    block, following = walk.blocks[index], walk.next(index)
    has_title = bool(walk.words(block)[label.end :].strip())
    after = walk.next(index + 1)
    is_one = after is None or after.kind not in {"paragraph", "item"} or is_heading(walk, index + 2)
    if not has_title or following is None or (following.kind == "paragraph" and is_one):
        walk.pending = Pending(label.kind, label.number)
        return
    walk.open(label.kind, block, f"the heading “{walk.words(block)}”")


def _between(walk: Walk, index: int) -> None:
    following = walk.next(index)
    text = walk.words(following) if following is not None else ""
    if following is None or following.kind == "heading" or lookup.label_of(f"{text.rstrip(':')}:") is not None:
        take_pending(walk, walk.blocks[index])


def _at_subject(walk: Walk, index: int, subject: str, kind: str | None) -> None:
    block = walk.blocks[index]
    kind = wording.STOP if kind == wording.FACT else kind  # "Child S: the facts" tells the story
    walk.review = subject
    if index >= walk.title_end:
        walk.review_heading = block
    if kind in wording.KINDS and (index >= walk.title_end or not _is_title(walk, index, str(kind))):
        walk.open(kind, block, f"the heading “{walk.words(block)}”")
    else:
        walk.open(None, block, "a review's own heading")


def _at_kind(walk: Walk, index: int, kind: str) -> None:
    block = walk.blocks[index]
    text = walk.words(block)
    if _FOR_ALL.search(text):
        walk.review, walk.review_heading = walk.general, None
    else:
        _leave_review(walk, block, is_kind=kind in wording.KINDS)
    if kind in wording.KINDS and index < walk.title_end and _is_title(walk, index, kind):
        kind = wording.NEUTRAL
    if _answers(walk, text):
        kind = wording.ACTION
    if kind == wording.STOP and _tells_its_themes(walk, index):
        kind = wording.LEARNING
    walk.open(kind if kind != wording.NEUTRAL else None, block, f"the heading “{text}”")
    walk.section.is_by_wording = lookup.leaves_it_to_words(text)


def _tells_its_themes(walk: Walk, index: int) -> bool:
    # "Themes" stands above paragraphs that tell what was learned on each, or above mere names of topics.
    if not re.fullmatch(
        r"(?:\d+[.)]? )?(?:key |main |practice |emerging )?themes:?", walk.words(walk.blocks[index]), re.I
    ):
        return False
    below = []
    for place in range(index + 1, len(walk.blocks)):
        if walk.blocks[place].kind != "paragraph" or is_heading(walk, place):
            break
        below.append(len(walk.words(walk.blocks[place]).split()))
    return sum(count >= 25 for count in below) >= 2


def _answers(walk: Walk, text: str) -> bool:
    """Whether "Actions" answers: alone it asks for something, right under a recommendation it says what is done."""
    last = walk.reading.statements[-1] if walk.reading.statements else None
    return (
        bool(re.fullmatch(r"(?:agreed |our )?actions?:?", text, re.I))
        and last is not None
        and last.kind == wording.RECOMMENDATION
        and bool(last.number)
        and last.reason == "the label above it"
    )


def _is_title(walk: Walk, index: int, kind: str) -> bool:
    """A line of the title announces nothing where prose follows it, or where its kind is announced again below."""
    is_short = kind != wording.LEARNING and len(walk.words(walk.blocks[index]).split()) <= 2
    if is_short and walk.list_follows(max(index, walk.title_end - 1)):
        return False
    if walk.list_follows(index) or (walk.list_follows(walk.title_end - 1) and walk.is_frame(index + 1, walk.title_end)):
        return False
    title = walk.words(walk.blocks[index])
    later = [walk.words(block) for block in walk.blocks[index + 1 :]]
    if title in later:
        return False
    says_so = lookup.heading_kind(title.rpartition(":")[2]) == kind if ":" in title else False
    return (index + 1 < walk.title_end and not says_so) or any(
        _announces(text, kind) for text in later if not re.search(r"[.;]$", text) or ":" in text[:40]
    )


def _announces(text: str, kind: str) -> bool:
    label = lookup.label_of(text)
    return (label is not None and label.kind == kind) or (len(text.split()) <= 10 and lookup.heading_kind(text) == kind)


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
    block, section = walk.blocks[index], walk.section
    following = walk.next(index)
    is_invited = following is not None and following.kind == "paragraph" and len(walk.words(following).split()) <= 30
    if all_ask(walk, index) or (is_invited and all_ask(walk, index + 1)):
        walk.open(wording.QUESTION, block, "a list in which every item asks")
        return
    if section.is_open and section.heading is not None and _goes_on(walk, index):
        walk.parents = []
        return
    has_number = _OWN_NUMBER.match(block.label or walk.words(block))
    if walk.title_teaches and walk.list_follows(index) and not has_number:
        walk.open(wording.LEARNING, block, "the title, which says that this is learning")
        return
    own = walk.review_heading
    is_below = own is not None and own.level and block.level > own.level
    if walk.subjects.several and not is_below:
        walk.review = walk.general
    else:
        _leave_review(walk, block, is_kind=False)
    walk.open(None, block, "")


def _goes_on(walk: Walk, index: int) -> bool:
    block, before, following = walk.blocks[index], walk.section.heading, walk.next(index)
    if before is None or following is None:
        return False
    first, second = (_OWN_NUMBER.match(heading.label or walk.words(heading)) for heading in (before, block))
    if first and second and first[0].count(".") == second[0].count("."):
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
            names_a_kind = names_a_kind or lookup.heading_kind(text) in wording.KINDS
    return False
