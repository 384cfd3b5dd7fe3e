"""Labels that begin one statement ("Question:", "Recommendation 3:") and those that run into a paragraph."""

import re
from dataclasses import replace

from learning.reader import wording
from learning.reader.extract.canonical import Block
from learning.reader.statements.facts import claims_of
from learning.reader.statements.passages import Span, enumerated, members, sentences
from learning.reader.statements.prose import take_findings
from learning.reader.statements.walk import Pending, Walk
from learning.reader.wording import lookup
from learning.reader.wording.markers import is_digit_label

_RUN_IN = re.compile(r"(?:^|(?<=[.;!?]\s))(?P<label>[A-Z][\w'’, -]{2,70}?):\s+(?=\S)")
_ABOUT = re.compile(r"\b(?:on|about|around|covering|concerning|regarding)$", re.I)
_ASIDE = re.compile(r"(?P<label>[A-Z][\w'’, -]{1,40}?)\s*:\s+(?=\S)")
_ASKING = re.compile(r"(?P<label>(?:What|Who|Why|How|When|Where|Which|Did|Do)\b[^.?!:;]{2,80}\?)\s+(?=\S)")
_LISTS = re.compile(r"(?P<lead>[^:]{8,160}?):\s+(?=\S[^:]*;)")
_LEADS = re.compile(r"\b(?:are|were|is|was|includ\w+|following|follows|these|this|that|to|should|must|on)$", re.I)


def take_pending(walk: Walk, block: Block) -> bool:
    pending, walk.pending = walk.pending, None
    if pending is None:
        return False
    walk.add(pending.kind, block.start, block.end, number=pending.number, reason="the label above it")
    return True


def take_label(walk: Walk, block: Block) -> bool:
    text = walk.words(block)
    label = lookup.label_of(text)
    if label is None:
        return False
    if not text[label.end :].strip():
        if label.number or block.kind == "item":
            walk.pending = Pending(label.kind, label.number)
            return True
        return False
    if not label.number and ";" in text[label.end :] and label.kind != wording.QUESTION:
        return False  # a run-in list
    walk.add(
        label.kind, block.start + label.end, block.end, number=label.number,
        reason=f"the label “{text[: label.end].strip()}”",
    )  # fmt: skip
    return True


def take_enumerated(walk: Walk, block: Block) -> bool:
    """Lists with numbers within sentences: "The recommendations are that it should: (i) a; and (ii) b."."""
    taken = False
    before = block.start
    for start, end in list(sentences(walk.text, block.start, block.end)):
        if start < before:
            continue
        parts = enumerated(walk.text, start, end)
        lead = walk.text[start : parts[0][0]] if parts else ""
        lead = lead[: lead.rfind("(")].strip() if parts else ""
        kind = (lookup.lead_in_kind(f"{lead.rstrip(' :')}:") or walk.section.kind) if len(lead.split()) > 1 else None
        if kind not in wording.KINDS or walk.section.kind == wording.STOP:
            continue
        if start > before:
            take_findings(walk, replace(block, start=before, end=start))
        for at, until, number in parts:
            walk.add(str(kind), at, until, number=number, reason=f"the words “{lead[-60:]}”")
        before, taken = end, True
    if taken and before < block.end:
        take_findings(walk, replace(block, start=before))
    return taken


def take_run_in(walk: Walk, block: Block) -> bool:
    """Lists in one paragraph: "Learning includes: a; b; and c. Recommendations: d; e."."""
    text = walk.words(block)
    if walk.at < max(walk.title_end, 1):
        return False
    labels = [found for found in _RUN_IN.finditer(text) if lookup.run_in_kind(found["label"]) is not None]
    if block.kind == "item" and walk.section.is_open:
        labels = [found for found in labels if lookup.heading_kind(found["label"]) is not None]
    if not any(lookup.run_in_kind(found["label"]) in wording.KINDS for found in labels):
        return False
    if labels[0].start() == 0 and labels[0].end() >= len(text):
        return False
    if labels[0].start():
        before = replace(block, end=block.start + labels[0].start())
        walk.switch_review(walk.words(before))
        take_findings(walk, before)
    for place, found in enumerate(labels):
        end = labels[place + 1].start() if place + 1 < len(labels) else len(text)
        kind = lookup.run_in_kind(found["label"])
        spans = list(members(walk.text, block.start + found.end(), block.start + end))
        only_counts = len(spans) == 1 and bool(claims_of(found["label"]))
        if kind in wording.KINDS and not only_counts and not _are_topics(walk, str(kind), found["label"], spans):
            for at, until in spans:
                walk.add(str(kind), at, until, reason=f"the words “{found['label']}:”")
    return True


def _are_topics(walk: Walk, kind: str, label: str, spans: list[Span]) -> bool:
    # As in "Recommendations were made on: training; supervision".
    is_short = len(spans) > 1 and all(len(walk.text[start:end].split()) <= 3 for start, end in spans)
    return is_short and (kind in {wording.RECOMMENDATION, wording.ACTION} or bool(_ABOUT.search(label)))


def run_in_heading(walk: Walk, block: Block) -> Block | None:
    """The rest of a paragraph that opens with its own heading: "5. What was done well? The placement manager ..."."""
    text = walk.words(block)
    found = _ASKING.match(text)
    is_box = block.kind == "item" and is_digit_label(block.label)
    if found is None or not (is_box or (block.kind == "paragraph" and walk.section.kind != wording.QUESTION)):
        return None
    kind = lookup.heading_kind(found["label"])
    if kind is None and not is_box:
        return None
    if kind is None and walk.section.is_open and walk.section.has_items:
        return None
    opened = kind if kind in wording.KINDS or kind == wording.STOP else None
    walk.open(opened, replace(block, end=block.start + found.end("label")), f"the heading “{found['label']}”")
    return replace(block, kind="paragraph", start=block.start + found.end(), label="")


def is_aside(walk: Walk, block: Block) -> bool:
    # As "Keywords: ...", "Lead: ...": no list and no statement, whatever is open.
    found = _ASIDE.match(walk.words(block))
    if found is None or block.kind != "paragraph":
        return False
    return lookup.heading_kind(found["label"]) == wording.STOP or bool(wording.COLUMN_IS_NOTHING.match(found["label"]))


def take_listing(walk: Walk, block: Block) -> bool:
    """A sentence that runs into its list: "The three that concern teams are: a; b; and c."."""
    taken, before = False, ""
    for start, end in list(sentences(walk.text, block.start, block.end)):
        found = _LISTS.match(walk.text[start:end])
        kind = _listed_kind(walk, found["lead"], before, walk.text[start:end].count(";")) if found else None
        before = walk.text[start:end]
        if found is None or kind is None:
            continue
        spans = list(members(walk.text, start + found.end(), end))
        if len(spans) < 2 or _are_topics(walk, kind, "about", spans):
            continue
        if not taken:
            take_findings(walk, replace(block, end=start))
        for at, until in spans:
            walk.add(kind, at, until, reason=f"the words “{found['lead'][-60:]}:”")
        taken = True
    return taken


def _listed_kind(walk: Walk, lead: str, before: str, semicolons: int) -> str | None:
    if not _LEADS.search(lead) and semicolons < 2:
        return None
    kind = lookup.lead_in_kind(f"{lead}:") or (lookup.lead_in_kind(before) if before else None) or walk.section.kind
    return kind if kind in wording.KINDS else None
