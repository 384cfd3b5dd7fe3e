"""What a document says of itself: title, board, date as printed, period, and the counts that it claims."""

import re
from dataclasses import dataclass, field

from learning.reader import wording
from learning.reader.extract.canonical import Canonical
from learning.reader.wording import lookup
from learning.reader.wording.dates import DATE, MONTHS

_PUBLISHED = re.compile(
    r"(?:\b(?:date\s+(?:of\s+publication|published|of\s+issue)|publication\s+date|"
    r"published(?:\s+(?:on|in|by\s+[\w ]{2,60}?\s+(?:on|in)))?|issued(?:\s+on)?|issue\s+date|date\s+issued)|"
    r"^date)\s*[:\t–-]?\s*(?=\S)",
    re.I,
)
_OF_ANOTHER = re.compile(r"\b(?:report|review|summary|guidance|scr|cspr|overview)\b[^.]{0,60}$", re.I)
_FRAME = re.compile(
    r"(?:news|press|media) (?:release|notice|statement)|newsletter|easy read|for immediate release.*|"
    r"(?:learning |safeguarding )?(?:briefing|bulletin)|official|public|final|> ?read .*|issue \d+.{0,20}",
    re.I,
)
_NOT_OF_ISSUE = re.compile(
    r"\b(?:held|meeting|minutes|period|to|from|between|since|until|by|died|born|incident|agreed|due|next|next "
    r"issue:?|next edition:?|review date|"
    r"spring|summer|autumn|winter|and|of|in|during|after|before)\s*(?:on|in|of|the)?\W*$|\b(?:minutes|meeting|"
    r"committee)\b",
    re.I,
)
_COUNCIL = re.compile(r"\b(?:[A-Z][\w'’-]+ ){1,4}Council\b")
_PERIOD = re.compile(
    r"\b(?:(?:Spring|Summer|Autumn|Winter)\s+)?(?:19|20)\d\d\s?[/–-]\s?(?:(?:19|20)\d\d|\d\d)\b|\b(?:Spring|"
    r"Summer|Autumn|Winter)\s+(?:19|20)\d\d\b"
)
BODY = re.compile(
    r"(?P<name>(?:(?:[A-Z][\w'’-]+|and|&|of|"
    r"upon)\s+){1,6}?(?:Local\s+)?(?:Safeguarding\s+(?:(?:Children(?:['’]s)?|Child|"
    r"Adults?)\s+(?:and\s+Adults?\s+)?(?:Board|Partnership|Partners|Panel)|Partnership|Partners|Board)|"
    r"Child\s+Protection\s+Committee|Community\s+Safety\s+Partnership|LSCB|LSCP|SCP|SAB|CSP))"
    r"(?:\s+\((?P<short>[A-Z]{2,8})\))?"
)
_SHORT_BODY = re.compile(r"\b(?:(?!The |This |All |Each )[A-Z][a-z]+ )?(?:[A-Z]{1,6}SC[BP]|[A-Z]{1,4}SAB|LSC[BP])\b")
_SMALL = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|twenty-one|twenty-two|twenty-three|twenty-four|twenty-five"
)
NUMBERS = {word: value for value, word in enumerate(re.split(r"\|", _SMALL))} | {"thirty": 30, "forty": 40}
_COUNT = re.compile(
    rf"\b(?P<number>{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|"
    rf"\d{{1,3}})\s+(?:\([\w]+\)\s+)?(?P<words>(?:(?!and\b|or\b|of\b)[\w-]+\s+){{0,3}}?)"
    r"(?P<what>learning\s+points?|learning\s+themes?|points?\s+of\s+learning|lessons?|findings?|"
    r"recommendations?|actions?|questions?|areas?\s+of\s+(?:learning|good\s+practice)|"
    r"examples?\s+of\s+good\s+practice|good\s+practice\s+points?|key\s+messages?|"
    r"learning\s+opportunities)\b(?!\s+(?:reviews?|events?|workshops?|plans?|learn(?:ed|t)\s+reviews?))",
    re.I,
)
_CLAIMS = re.compile(
    r"\b(?:identif\w+|ma(?:de|kes|ke)|has|have|had|contain\w*|there\s+(?:are|were|is|was)|set[s]?\s+out|"
    r"resulted|result|list\w*|includ\w+|produc\w+|agreed|led\s+to|g[ai]ves?|gave|follow\w*|these|accepted|"
    r"issued|with|drew|raises?|raised|reached|put\s+forward|concluded\s+with|found|highlighted|offers?|"
    r"from\s+(?:this|the))\b",
    re.I,
)
_CLAIMS_AFTER = re.compile(
    r"\s*(?:(?:of\s+(?:the|this)\s+(?:review|report)\s+)?(?:were|was|are|have|has|had|which|that|from|for|"
    r"identified|arising|"
    r"below|follow)\b|[:;]|$)"
)
_CLAIMS_TASKS = re.compile(
    r"\b(?:identif\w+|made|makes|contain\w*|there\s+(?:are|were)|sets?\s+out|list\w*|includ\w+|agreed|raises?|"
    r"raised|poses?|posed|"
    r"puts?|with|these|following|led\s+to|resulted\s+in)\s+(?:(?:a\s+total\s+of|the|following)\s+)*$",
    re.I,
)
_NO_CLAIM = re.compile(
    r"\b(?:one|some|many|most|each|any|all|none|both)\s+of\s+(?:the\s+)?$|\b(?:recommendation|finding|action|"
    r"page|section|of|other|further|first|last|previous|next|remaining)\s+$",
    re.I,
)


@dataclass
class Facts:
    title: str = ""
    publisher: str | None = None
    short_publisher: str = ""
    published_on: str | None = None
    period: str = ""
    stated_counts: dict[str, int] = field(default_factory=dict)
    claims: list[tuple[str, int, str]] = field(default_factory=list)  # kind, number, the words


def read_facts(canonical: Canonical) -> Facts:
    facts = Facts(title=title_of(canonical), published_on=published_on(canonical))
    facts.publisher, facts.short_publisher = publisher_of(canonical)
    opening = canonical.text[:600]
    period = _PERIOD.search(opening)
    facts.period = period[0] if period and facts.published_on is None else ""
    facts.claims = claims_of(canonical.text)
    for kind, number, _ in facts.claims:
        facts.stated_counts.setdefault(kind, number)
    return facts


def title_of(canonical: Canonical) -> str:
    """The lines that a document opens with, without its board, its date and words like "News release"."""
    lines: list[str] = []
    for block in canonical.blocks[:8]:
        words = canonical.words(block)
        if block.kind in {"item", "row"} or len(words.split()) > 25 or re.search(r"\w{2,}[.;]$", words):
            break
        if _FRAME.fullmatch(words) or _is_body(words) or DATE.fullmatch(words):
            if lines:
                break
            continue
        if lookup.is_contents_line(words) or (":" not in words and lookup.heading_kind(words) == wording.STOP):
            break
        lines.append(_without_date(words))
        if block.level == 1 or sum(len(line.split()) for line in lines) >= 12:
            break
    return " ".join(lines[:3])


def _without_date(words: str) -> str:
    for date in DATE.finditer(words):
        before = words[: date.start()]
        if date.end() == len(words) and re.search(r"\S\s*[|–—-]\s*$", before) and not date["y5"]:
            return before.rstrip(" |–—-")
    return words


def _is_body(words: str) -> bool:
    found = BODY.search(words)
    if found is None:
        return words.isupper() and bool(re.search(r"\b(?:COUNCIL|COMMITTEE|BOARD|PARTNERSHIP)\b", words))
    return len(words.split()) <= len(found[0].split()) + 2


def published_on(canonical: Canonical) -> str | None:
    """The date as precisely as printed: "2016-09-13", "2015-07", "2017", or None. A period is no date."""
    for block in canonical.blocks:
        words = canonical.words(block)
        for found in _PUBLISHED.finditer(words):
            date = DATE.match(words, found.end())
            if date and not _OF_ANOTHER.search(words[: found.start()]):
                return iso(date)
    edges = [canonical.words(block) for block in [*canonical.blocks[:8], *canonical.blocks[-3:]] if block.kind != "row"]
    days = [day for words in edges if (day := _date_at_end(words))]
    if days:
        return max(days, key=len)
    opening = canonical.words(canonical.blocks[0]) if canonical.blocks else ""
    found_year = re.match(r"(\d{4})\s+[–-]\s+\S", opening)
    return found_year[1] if found_year else None


def _date_at_end(words: str) -> str | None:
    """The date that a short line is, or ends with; a year alone only where something sets it apart."""
    words = words.strip(" .()*")
    if len(words.split()) > 16:
        return None
    for date in DATE.finditer(words):
        before = words[: date.start()].rstrip(" (")
        if date.end() != len(words) or _NOT_OF_ISSUE.search(before):
            continue
        is_year = date["y5"] is not None and date["n5"] is None
        if is_year and before and not re.search(r"[,|–—·:-]$", before):
            continue
        return iso(date)
    return None


def iso(found: re.Match[str]) -> str | None:
    """A date as ISO text, cut to what is printed; None where there is no such day."""
    part = found.groupdict()
    year = part["y1"] or part["y2"] or part["y3"] or part["y4"] or part["y5"]
    if len(year) == 2:
        year = ("19" if int(year) > 60 else "20") + year
    month: int | None = None
    if name := part["m1"] or part["m2"] or part["m3"]:
        month = next(number for number, full in enumerate(MONTHS, 1) if full.lower().startswith(name[:3].lower()))
    elif digits := part["n4"] or part["n5"]:
        month = int(digits)
    day = part["d1"] or part["d2"] or part["d4"] or part["d5"]
    if month is None:
        return year
    if not 1 <= month <= 12 or (day and not 1 <= int(day) <= 31):
        return None
    return f"{year}-{month:02}-{int(day):02}" if day else f"{year}-{month:02}"


def publisher_of(canonical: Canonical) -> tuple[str | None, str]:
    """The board, partnership or committee that is named first; failing that, its letters, or a council."""
    opening = _titled(canonical)
    found = BODY.search(canonical.text) or BODY.search(opening)
    if found:
        name = re.sub(
            r"^(?:The|This|By|For|From|of|and|Published by|Welcome to)\s+", "", " ".join(found["name"].split())
        )
        return name, found["short"] or ""
    short = _SHORT_BODY.search(canonical.text)
    if short:
        return short[0], short[0].split()[-1]
    council = _COUNCIL.search(opening)
    return (council[0], "") if council else (None, "")


def _titled(canonical: Canonical) -> str:
    lines = [canonical.words(block) for block in canonical.blocks[:4]]
    titled = (line.title() if line.isupper() else line for line in lines)
    return re.sub(r"\b(And|Of|Upon)\b", lambda found: found[0].lower(), "\n".join(titled))


def claims_of(text: str) -> list[tuple[str, int, str]]:
    """What the text says of how much there is: kind, number and the words. "A number of lessons" is no number."""
    claims = []
    for sentence in re.finditer(r"[^.!?\n]+[.!?\n]?", text):
        for found in _COUNT.finditer(sentence[0]):
            kind = counted_kind(found["what"])
            if _is_claim(kind, sentence[0][: found.start()], sentence[0][found.end() :]):
                claims.append((kind, _number(found["number"]), " ".join(sentence[0].split())))
    return [claim for claim in claims if claim[1]]


def _is_claim(kind: str, before: str, after: str) -> bool:
    if _NO_CLAIM.search(before):
        return False
    if kind in {wording.ACTION, wording.QUESTION}:
        return bool(_CLAIMS_TASKS.search(before))
    return bool(_CLAIMS.search(before) or _CLAIMS_AFTER.match(after))


def _number(words: str) -> int:
    return int(words) if words.isdigit() else NUMBERS[words.lower()]


def counted_kind(what: str) -> str:
    what = what.lower()
    if "recommend" in what:
        return wording.RECOMMENDATION
    if "good practice" in what:
        return wording.GOOD
    if "question" in what:
        return wording.QUESTION
    if "action" in what:
        return wording.ACTION
    return wording.LEARNING
