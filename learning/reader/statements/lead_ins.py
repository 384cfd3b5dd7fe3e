"""Sentences that announce a list: "The learning points are highlighted below:"."""

import re

from learning.reader import wording
from learning.reader.statements.facts import claims_of
from learning.reader.statements.walk import Walk
from learning.reader.wording import lookup


def is_lead_in(walk: Walk, index: int) -> bool:
    text = walk.words(walk.blocks[index])
    if text.endswith(":") or re.search(r":\s*[–-]$", text):
        return True
    following = walk.next(index)
    if text.endswith(".") and following is not None and following.kind == "item" and not walk.section.kind:
        return bool(_claimed(text))
    return bool(re.search(r"[;\w)–-]$", text)) and walk.list_follows(index)


def all_ask(walk: Walk, index: int) -> bool:
    words = []
    kind = following.kind if (following := walk.next(index)) is not None else ""
    for block in walk.blocks[index + 1 :]:
        text = walk.words(block)
        if block.kind != kind or kind not in {"item", "paragraph"} or (kind == "paragraph" and not text.endswith("?")):
            break
        words.append(text)
    return len(words) > 1 and all(text.endswith("?") for text in words)


def _claimed(text: str) -> str | None:
    # As in "It made seven recommendations, of which three are given here."
    claims = claims_of(" ".join(re.split(r"(?<=\.)\s+", text)[-2:]))
    return claims[-1][0] if claims else None


def open_lead_in(walk: Walk, index: int) -> None:
    block, section = walk.blocks[index], walk.section
    text = walk.words(block)
    own = lookup.lead_in_kind(text)
    if text.endswith("."):
        own = _claimed(text)
    is_announced = text.endswith((":", ";", ".", "–", "-")) or len(text.split()) <= 14
    kind = own if is_announced or not section.is_open else None
    if kind is None and section.kind != wording.STOP and all_ask(walk, index):
        kind = wording.QUESTION
    if kind is None and len(text.split()) <= 4:
        kind = _said_before(walk, index)
    kind = kind or section.kind
    span = (block.start, block.end)
    if not walk.list_follows(index) and kind not in lookup.KINDS:
        return
    if kind in lookup.KINDS and section.is_open and own is None:
        walk.parents = []
        section.lead_in = span
        return
    walk.open(kind, section.heading, f"the words “{text[-80:]}”")
    walk.section.lead_label = block.label
    walk.section.lead_in = span


def _said_before(walk: Walk, index: int) -> str | None:
    # "They are:" goes back to what the paragraph before spoke of.
    return lookup.lead_in_kind(walk.words(walk.blocks[index - 1])) if index else None
