"""What running prose gives: sentences that say that something was found or done, and figures with their citation."""

import re

from learning.reader import wording
from learning.reader.extract.canonical import Block
from learning.reader.statements.passages import Span, clauses, sentences
from learning.reader.statements.walk import Walk

_ACTED = re.compile(
    r"\b(?:agenc\w+|partners?|services|board|partnership|organisations?)\b.{0,40}"
    r"\b(?:started|began|begun|have taken|has taken|took steps|responded|made changes)\b.{0,30}"
    r"\b(?:address|improve|change|respond|act)",
    re.I,
)
_FIGURE = re.compile(
    r"^[^A-Za-z]*\d[\d\s.,%–—-]*"
    r"(?:%|per\s?cent|years?(?:\s+old)?|months|weeks|days|million|thousand|in\s+\d+|out\s+of\s+\d+)?[^A-Za-z]*$",
    re.I,
)
_CITED = re.compile(r"\((?=[^()]*[A-Za-z])[^()]{3,80},\s*(?:19|20)\d\d[a-z]?\)\.?$")
_COUNTED = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|most|majority)\b", re.I
)


def is_finding(words: str) -> bool:
    return (
        bool(wording.FINDING.match(words))
        and not wording.NOT_A_FINDING.search(words)
        and not wording.NOTICE.search(words)
    )


def is_quotation(text: str) -> bool:
    is_quoted = re.fullmatch(r"[\"“‘'].*[\"”’']\W{0,3}(?:\s*[–—-]\s*[\w ,]{2,60}|\([\w ,]{1,60}\))?", text)
    return bool(is_quoted) and not text.endswith("?")


def has_figure(text: str) -> bool:
    return len(text.split()) <= 30 or bool(
        _CITED.search(text) or re.search(r"\d ?%|per ?cent|\b(?:1|one) in \w+", text, re.I)
    )


def finding_spans(walk: Walk, block: Block) -> list[Span]:
    spans = sentences(walk.text, block.start, block.end)
    return [(start, end) for start, end in spans if is_finding(walk.text[start:end])]


def take_findings(walk: Walk, block: Block, *, but_last: bool = False) -> bool:
    text = walk.words(block)
    if wording.REGRET.search(text) and re.search(r"[\"“”]", text):
        return False  # somebody is quoted who is sorry
    last = list(sentences(walk.text, block.start, block.end))[-1:] if but_last else []
    taken = False
    for start, end in finding_spans(walk, block):
        if (start, end) in last:
            continue
        kind = wording.GOOD if wording.PRAISES.search(walk.text[start:end]) else wording.LEARNING
        found = walk.add(kind, start, end, reason="the sentence says that it was found")
        if found is not None:
            found.form, taken = "prose", True
    return _take_recommended(walk, block) or taken


def _take_recommended(walk: Walk, block: Block) -> bool:
    taken = False
    for start, end in sentences(walk.text, block.start, block.end):
        words = walk.text[start:end]
        if wording.RECOMMENDS.match(words) and not words.endswith(":") and not wording.NOTICE.search(words):
            found = walk.add(wording.RECOMMENDATION, start, end, reason="the sentence says that it is recommended")
            if found is not None:
                found.form, taken = "prose", True
    return taken


def take_acted(walk: Walk, block: Block) -> bool:
    """Agencies "started to address" things, and then one sentence lists what each of them has done."""
    spans = list(sentences(walk.text, block.start, block.end))
    if walk.section.kind == wording.STOP:
        return False
    taken = _take_done_since(walk, spans)
    if not any(_ACTED.search(walk.text[a:b]) for a, b in spans[:-1]):
        return taken
    for start, end in spans[1:]:
        parts = clauses(walk.text, start, end)
        if len(parts) >= 3:
            walk.close()
            for at, until in parts:
                walk.add(wording.ACTION, at, until, reason="one of several things that agencies did")
            taken = True
    return taken


def _take_done_since(walk: Walk, spans: list[Span]) -> bool:
    """Sentences that say what has been done, from the one on that says "since the review" or the like."""
    if walk.section.is_open and not walk.section.is_story:
        return False
    taken = is_since = False
    for start, end in spans:
        words = walk.text[start:end]
        is_since = is_since or bool(wording.SINCE_THEN.search(words))
        if is_since and wording.DONE.search(words) and not wording.NOTICE.search(words) and not is_finding(words):
            found = walk.add(wording.ACTION, start, end, reason="the sentence says what was done since")
            if found is not None:
                found.form, taken = "prose", True
    return taken


def take_asked(walk: Walk, block: Block) -> bool:
    """Questions that end a paragraph and are put to the reader: "Please think about one child. When did ...?"."""
    spans = list(sentences(walk.text, block.start, block.end))
    words = walk.words(block)
    if (
        walk.section.kind in {wording.STOP, wording.QUESTION}
        or not words.endswith("?")
        or not wording.INVITES_TO_THINK.search(words)
    ):
        return False
    for start, end in spans:
        if walk.text[start:end].endswith("?"):
            walk.add(wording.QUESTION, start, end, reason="a question that is put to the reader")
    return True


def take_figure(walk: Walk, block: Block) -> bool:
    # A figure set alone ("90 %") and the sentence that explains it are one fact.
    following = walk.next(walk.at)
    if walk.section.kind != wording.FACT or not _FIGURE.match(walk.words(block)):
        return False
    if following is not None and following.kind == "paragraph":
        walk.add(wording.FACT, block.start, following.end)
        walk.skip = walk.at + 1
    return True


def take_cited(walk: Walk, block: Block) -> bool:
    """Outside of any section, a figure with its citation is a research fact: "1 in 4 ... (Survey, 2011)"."""
    text = walk.words(block)
    if walk.section.is_open or len(text.split()) > 60 or not (_CITED.search(text) and _COUNTED.search(text)):
        return False
    walk.add(wording.FACT, block.start, block.end, reason="a figure with its citation")
    return True
