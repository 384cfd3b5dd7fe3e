"""Full dates: which are a birth, a death or an incident, and which belong to a meeting, a law or a publication.

A date is judged by the words nearest to it in its own sentence. A label right before it ("DOB:") decides alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from learning.reader.identifiers.findings import BIRTH_DATE, DEATH_DATE, INCIDENT_DATE, MARKERS, Identifier, make
from learning.reader.wording.dates import MONTH

_MONTH = rf"(?:{MONTH})\b\.?"
_WEEKDAY = (
    r"(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:s|nesday)?|Thu(?:rs?|rsday)?|Fri(?:day)?|Sat(?:urday)?|"
    r"Sun(?:day)?)\b\.?,?\s(?:the\s)?"
)
_FEAST = (
    r"(?:Christmas\s(?:Day|Eve)|Boxing\sDay|New\sYear['’]?s?\s(?:Day|Eve)|(?:St\.?\s)?Valentine['’]?s\sDay|"
    r"St\.?\s(?:George|Patrick|David|Andrew)['’]?s\sDay|"
    r"Hallowe['’]?en|Bonfire\sNight|Guy\sFawkes\sNight|Mother['’]?s\sDay|Father['’]?s\sDay|Good\sFriday|"
    r"Shrove\sTuesday|Ash\sWednesday|Midsummer(?:['’]s)?\s(?:Day|Eve|Night)|May\sDay|Burns\sNight|"
    r"Eid(?:\s(?:al|ul)-\w+)?|Diwali|Vaisakhi|Easter\s(?:Sunday|Monday|Day)|Mothering\sSunday)"
)
_YEAR = r"(?:(?:19|20)\d\d(?!\d)|['’‘]\d\d(?!\d))"
_ORDINAL = (
    r"(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third|"
    r"fourth|fifth|sixth|seventh|eighth|"
    r"ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|"
    r"nineteenth|twentieth|thirtieth"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_AGE = r"\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty(?:-one)?"
DATE = re.compile(
    rf"""(?<![\w.-])(?<!\d/)(?:{_FEAST},?\s)?(?:{_WEEKDAY})?(?:
        (?:the\s)?(?:{_DAY}(?:st|nd|rd|th)?\s?(?:/|-|–|and|or|to)\s?)?{_DAY}\s?(?:st|nd|rd|th)?\.?\s(?:day\s)?(?:of\s)?{_MONTH}(?:,?\s(?:of\s|in\s)?{_YEAR})?
      | {_DAY}(?:st|nd|rd|th)?[-./\s]?(?:{MONTH})[-./\s]?(?:(?:19|20)\d\d|\d\d)(?!\d)
      | {_MONTH}\s{_DAY}(?:st|nd|rd|th)?,?\s{_YEAR}
      | {_MONTH}\s(?:the\s)?{_DAY}(?:st|nd|rd|th)\b
      | (?<=\bon\s){_MONTH}\s{_DAY}(?!\d|\s[a-z]+s\b)
      | (?:the\s)?(?:{_ORDINAL})\s(?:day\s)?of\s{_MONTH}(?:,?\s{_YEAR})?
      | {_MONTH}\s(?:the\s)?(?:{_ORDINAL})\b(?:,?\s{_YEAR})?
      | {_DAY}(?P<mark>[/.-])(?:0?[1-9]|1[0-2])(?P=mark)(?:(?:19|20)\d\d|\d\d)(?![\w/]|[.-]\d)
      | (?<=\bon\s){_DAY}/(?:0?[1-9]|1[0-2])(?![\d/])
      | (?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01])(?!\d)
    ) | {_FEAST}(?:,?\s(?:of\s|in\s)?{_YEAR})?""",
    re.X | re.I,
)
_PLAIN_YEAR = re.compile(r"(?:19|20)\d\d")
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bSt)(?<!\bSept)(?<!\bNo)[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z\d])"
    r"|\n[ \t]*\n|\n(?=\s*(?:[-•*–]|[A-Z][\w ]{1,30}:))"
)


@dataclass(frozen=True)
class Cue:
    """Words that say what a date is of. ``kind`` is empty for what is nobody's: a meeting, a law, a publication."""

    kind: str
    pattern: re.Pattern[str]
    why: str
    example: str


def _cue(kind: str, pattern: str, why: str, example: str) -> Cue:
    return Cue(kind, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I), why, example)


# Right before a date, with nothing between but "on", "the", a colon or a bracket: decides alone. The first that fits.
LABELS = (
    _cue(
        "",
        r"(?:date|day)\s(?:of|for)\s(?:\w+\s){0,3}?(?:publication|decision|report|review|meeting|issue|panel|"
        r"referral|conference|hearing|completion|notification)|(?:audit|meeting|minutes|version|guidance|judgment|inspection|"
        r"circular)\sof",
        "",
        "Date of SCR decision: 16.01.2014",
    ),
    _cue(
        BIRTH_DATE,
        r"d\.?\s?o\.?\s?b\.?|date\sof\sbirth|birth\s?dates?|births?|born|b\.|birthday|edd",
        "A date of birth.",
        "DOB: «4.3.2009»",
    ),
    _cue(
        DEATH_DATE,
        r"d\.?o\.?d\.?|date\sof\sdeath|died|death|deaths|sudi|sudc|d\.|deceased|dead",
        "A date of death.",
        "d. «8.10.2012»",
    ),
    _cue(
        INCIDENT_DATE,
        r"date\sof\s(?:the\s)?(?:incident|injury|injuries|assault|attack|offence|event|admission|arrest|abuse|"
        r"accident|overdose)|incident|incident\sdate",
        "The date of an incident.",
        "Date of incident: «3/6/2015»",
    ),
)
# After "DOB" a date may be written as only there: "03 12 1996", "031296".
_BARE_DATE = re.compile(
    rf"\b(?:d\.?\s?o\.?\s?b\.?|date\sof\sbirth|birth\s?date|born(?:\son)?)\W{{0,4}}(?:(?:is|was|as|"
    rf"of)\s)?(?P<it>{_DAY}\s(?:0?[1-9]|1[0-2])\s(?:(?:19|20)\d\d|\d\d)|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|"
    rf"1[0-2])(?:19|20)?\d\d|{_DAY}/(?:0?[1-9]|1[0-2]))(?![\w/])",
    re.I,
)
_TO_LABEL = (
    r"(?:\W{0,4}(?:(?:was|is|were|fell|falls|on|the|of|in|as|given|recorded|shown|at|being|around|about|"
    r"c)\b\W{0,3}){0,4})$"
)

CUES = (
    _cue(
        "",
        r"(?:ofsted|cqc|hmic\w*|estyn|inspectors|auditors?|the\sboard|reviewers)\s(?:\w+\s)?(?:visited|attended|called|found|returned)|"
        r"lockdown|pandemic|schools?\s(?:closed|reopened)|term\s(?:starts|began|ends|ended)|election|referendum|"
        r"funding|contract|fieldwork|findings|"
        r"valid|expir\w+|closing\sdate|"
        r"publish(?:ed|es)?|publication|issued?|launch(?:ed)?|embargo(?:ed)?|updated?|revised|version|v\d[\d.]*|"
        r"dated|accessed|retrieved|downloaded|printed|"
        r"(?-i:[A-Z][\w'’]+\s(?:Day|Week|Month))|drafts?|circulated|notifications|meetings?|panels?|planned|"
        r"reviewers?|practitioners|professionals|working\sgroup|boards?|committee|workshops?|training|seminar|"
        r"webinar|conference|icpc|(?:learning|practitioners?['’]?|training|launch|consultation|feedback|staff|"
        r"reflective|cascade|public|annual)\sevents?|core\sgroups?|supervision|assessments?|training\sday|"
        r"consultation|"
        r"reviewed|reviews?|reports?|guidance|act|bill|regulations?|circular|protocol|policy|procedures?|force|"
        r"effect|legislation|statutory|judgment|"
        r"agreed|agreement|signed|approved|ratified|endorsed|adopted|accepted|completed|commissioned|appointed|"
        r"decision|decided|terms\sof\sreference|timetable|action\splan|plan|"
        r"presented\sto|submitted|submission|send|return\sto|deadline|by\snoon|by\s\d+\s?(?:am|pm)|due|next|"
        r"inspection|inspected|ofsted|cqc|newsletter|bulletin|briefing|minutes|"
        r"inquest|hearing|trial|court|sentenced|convicted|sentencing|pleaded|verdict|coroner|national\spanel|"
        r"rapid\sreview|scoping|notified|interview(?:ed|s)?|strategy|"
        r"law|in\splace|arrangements|replaces?|starting|monitored|period|timeframe|timeline|scope|covers|"
        r"covering|audit|data|census|survey|"
        r"came\sinto|comes\sinto|grace|anniversary|reporting|quarter|financial\syear|year\s(?:to|end(?:ed|ing)?)|"
        r"as\sat|correct\s(?:at|on)|until\sall|(?:one|it|this|they|events?|sessions?)\s(?:was|were)\sheld",
        "",
        "The panel met on 3 December 2018.",
    ),
    _cue(
        BIRTH_DATE,
        r"born|birth|births|gave\sbirth|(?:\w+\s)?birthdays?|newborn|deliver(?:ed|y)\s(?:at|by|on)|"
        rf"(?:turn(?:ed|s|ing)?|became|would\s(?:have\s(?:been|turned)|be|turn)|will\sbe|to\s(?:be|turn)|"
        rf"reached(?:\sthe\sage\sof)?|attained(?:\sthe\sage\sof)?)\s(?:{_AGE})|"
        rf"was\s(?:{_AGE})(?=\s(?:years?\sold\s)?on\b)|(?:twins?|triplets|baby|babies|"
        rf"child)\s(?:[^.]{{0,60}}\s)?arrived|"
        r"(?:baby|child|infant)\s(?:was\s)?(?:due|delivered)|(?:expected|estimated)\sdate\sof\s(?:delivery|"
        r"birth)|edd|(?:her|estimated|expected|baby['’]s|mother['’]s)\sdue\sdate|due\sdate\sof\sthe\sbaby|"
        r"caesarean(?:\ssection)?|came\sinto\sthe\sworld|"
        r"went\sinto\slabour",
        "A date of birth.",
        "She turned sixteen on «4 March 2011» in care.",
    ),
    _cue(
        DEATH_DATE,
        r"died|dies|death|deaths|dead|body\s(?:was\s|had\sbeen\s)?(?:found|discovered|recovered)|drown(?:ed|ing)|"
        r"killed|murder(?:ed)?|hanged|hanging|fatal(?:ly|ity)?|suicide|passed\saway|lost\s(?:his|her|"
        r"their)\s(?:life|lives)|"
        r"(?:took|taken|ended|ending)\s(?:his|her|their)\s(?:own\s)?li(?:fe|ves)|stillborn|(?:ventilation|"
        r"treatment)\s(?:was\s)?withdrawn|(?:of|from|to)\s(?:his|her|their)\s(?:\w+\s)?injuries|life[- ]support|"
        r"pronounced|funeral|deceased|succumbed|homicide|manslaughter|"
        r"failed\sto\sresuscitate|could\snot\sbe\s(?:saved|revived|resuscitated)|life\swas\spronounced|lifeless",
        "A date of death.",
        "On «12 May 2016» the boy was pronounced dead.",
    ),
    _cue(
        INCIDENT_DATE,
        r"incidents?|attendances?|episodes?|(?<!learning )events|happened|stab(?:bed|bing)|shot|shooting|"
        r"assault(?:ed|s)?|attack(?:ed|"
        r"s)?|rap(?:e|ed|es)|abused|unresponsive|explosion|images?|photos?|photographs?|videos?|footage|blast|"
        r"fight|brawl|argument|altercation|raid|riot|x-?ray|scan|poisoning|injur(?:ed|y|ies)|fracture[sd]?|"
        r"bruis(?:e|es|ed|ing)|burns?|burnt|"
        r"scald(?:s|ed)?|bitten|shaken|beaten|hit|punched|kicked|slapped|struck|thrown|fell|collapsed?|"
        r"overdose[ds]?|poison(?:ed|ing)|ingest(?:ed|ion)|found|discovered|"
        r"went\smissing|(?:reported\s)?missing|ran\saway|absconded|run\saway|fled|arrest(?:ed)?|called|"
        r"calls?\s(?:to|from|by)|999\scall|"
        r"rang|telephoned|dialled|phoned|999|ambulance|paramedics?|"
        r"admitted|admission|brought\s(?:to|in|into)|rushed|taken\s(?:to|into|by)|attended|presented\s(?:at|"
        r"with)|emergency|hospital|a&e|walk-in|removed|police\sprotection|"
        r"disclos(?:ed|ure)|alleged|allegation|told|seen|threatened|abducted|trafficked|exploited|kidnapped|"
        r"robbed|fire|crash|collision|accident|"
        r"self[- ]harm(?:ed)?|cut|jumped|witnessed|evicted|"
        r"attempted|strangled|suffocated|convulsion|seizure|"
        r"lost\sconsciousness|left\salone|unsupervised|visit(?:ed)?|moved|placed|returned|discharged|excluded|"
        r"expelled|referr(?:al|ed)|text(?:ed)?|message[ds]?|posted|met\sup|harm(?:ed)?",
        "The date of an incident.",
        "The fire of «3 May 2014» was put out by neighbours.",
    ),
)
# "Born in an ambulance on ...", "died in hospital on ...": the word before outweighs a nearer place.
LEAD = {BIRTH_DATE: 30, DEATH_DATE: 15}
_ENTRY = re.compile(r",?\s?(?:(?:at\s)?\d{1,2}[:.]\d\d\s?(?:am|pm|hrs|h)?|\d{4}\s?hrs)?\s?[.:–—|-]?\s+(?=[A-Z\d])")
_SUBJECT = re.compile(
    r"\b(?:he|she|they|him|her|his|child|baby|infant|toddler|boy|girl|children|mother|father|mum|dad|parents?|"
    r"sibling|brother|sister|twins?|"
    r"family|young\s(?:person|man|woman|mother|father)|stepfather|partner|boyfriend|perpetrator|victim|pupil|"
    r"student|teenager|grandmother|grandfather|"
    r"son|daughter|yp|ambulance|crew|paramedics?|caller|call|999|police|officers?|neighbours?|aunt|uncle|carers?)\b",
    re.I,
)
_PERIOD = re.compile(
    r"\b(?:period|review|timeframe|timeline|scope|between|covers?|dates?|version|from|plan|meetings?|minutes|"
    r"events?|workshops?|training)\b[^.()\n]{0,40}$",
    re.I,
)


# "Two days after her birthday, on ...": the date is not that of the birthday.
_RELATIVE = re.compile(
    r"\b(?:(?:hours?|days?|weeks?|months?|years?)\s(?:after|before|from|since)|(?:shortly|soon|just|"
    r"long)\s(?:after|before))\s[^,.;()]{3,60},\s(?:on\s)?$",
    re.I,
)
# "Children born after ...", "deaths between ... and ...": said of many.
_OF_MANY = re.compile(
    r"\b(?:born|(?:deaths|births|referrals|incidents|cases|reviews)(?:\s\w+){0,3}?)\s(?:on\sor\s)?(?:before|"
    r"after|between|since|from)\b[^.;]{0,60}$",
    re.I,
)
_OF_CHILD = re.compile(
    r"\b(?:Child|Twin|Sibling|Baby|Half-sibling|Subject|Young\sPerson)(?:\s[A-Z\d]{1,3})?\s?\(\s?$", re.I
)


def find_dates(text: str) -> Iterator[Identifier]:
    starts = sentence_starts(text)
    position = 0
    for match in DATE.finditer(text):
        while position + 1 < len(starts) and starts[position + 1] <= match.start():
            position += 1
        first = max(starts[position], match.start() - 400)
        last = starts[position + 1] if position + 1 < len(starts) else len(text)
        kind, why = judge(text, match, first, min(last, match.end() + 300))
        if kind:
            yield make(text, match.span(), kind, why, suggested(kind, match[0]))
    for match in _BARE_DATE.finditer(text):
        yield make(text, match.span("it"), BIRTH_DATE, "A date of birth.")


def sentence_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _SENTENCE_END.finditer(text))]


def judge(text: str, date: re.Match[str], first: int, last: int) -> tuple[str, str]:
    """The kind of a date and why, or two empty strings. ``first`` and ``last`` bound its sentence."""
    before, after = _RELATIVE.sub("", text[first : date.start()]), text[date.end() : last]
    if _OF_MANY.search(before):
        return "", ""
    if found := _labelled(_RELATIVE.sub("", text[max(0, date.start() - 60) : date.start()])):
        return found.kind, found.why
    if _OF_CHILD.search(before) and re.match(r"\s?[),]", after):
        return BIRTH_DATE, "A date right after who a child is."
    if found := _labelled_after(after):
        return found.kind, found.why
    if pair := _pair(before, after):
        return pair, "The dates of a life: from birth to death." if pair == BIRTH_DATE else "A date of death."
    if _stands_alone(text, date):
        return "", ""
    if heads := _heads_entry(text, date, first):
        before, after = "", heads
    return _by_surroundings(date, before, after)


def _by_surroundings(date: re.Match[str], before: str, after: str) -> tuple[str, str]:
    if found := _nearest(before, after):
        return found.kind, found.why
    if re.fullmatch(rf"{_FEAST}|\d+/\d+", date[0], re.I):
        return "", ""
    if _SUBJECT.search(before) or _SUBJECT.search(after):
        return INCIDENT_DATE, "A full date in the story of a case."
    return "", ""


def _heads_entry(text: str, date: re.Match[str], first: int) -> str:
    """The sentence after a date that heads an entry of a chronology: "22-Nov-11, 17:40. Mother calls 999." """
    head = re.sub(
        r"(?i)^.{0,40}?(?:chronology|log|entry|line|diary|record)[^:]{0,20}:\s*", "", text[first : date.start()]
    )
    rest = text[date.end() : date.end() + 200]
    if head.strip(" -•*(|") or not (opening := _ENTRY.match(rest)):
        return ""
    sentence = _SENTENCE_END.split(rest[opening.end() :])[0] or ""
    return re.sub(r"\breports\b", "says", sentence) if _SUBJECT.search(sentence) else ""


def _labelled(before: str) -> Cue | None:
    for label in LABELS:
        for match in label.pattern.finditer(before):
            if re.match(_TO_LABEL, before[match.end() :], re.I):
                return label
    return None


def _labelled_after(after: str) -> Cue | None:
    found = re.match(r"\W{1,4}(?:(?i:d\.?o\.?b\b|date\sof\sbirth)|(?P<death>DOD\b|(?i:date\sof\sdeath)))", after)
    return None if not found else LABELS[2] if found["death"] else LABELS[1]


def _stands_alone(text: str, date: re.Match[str]) -> bool:
    # On a line of its own, or at the end of a line of columns, stands the date of the document.
    line_start, line_end = text.rfind("\n", 0, date.start()) + 1, text.find("\n", date.end())
    left, right = text[line_start : date.start()], text[date.end() : line_end if line_end >= 0 else len(text)]
    if right.strip(" \t*_|"):
        return False
    is_heading = not re.search(r"\b(?!(?:of|and|the|for|on|in|by|to)\b)[a-z]", left)
    return (
        not left.strip()
        or (is_heading and ":" not in left and len(left) > 15)
        or bool(re.search(r"(?:\||\t| {3,})\s*$", left))
    )


def _pair(before: str, after: str) -> str:
    """A life is "(9 Jan 2003 – 17 Mar 2019)" after a name, not after "the period under review"."""
    opens = re.search(r"\([^()]{0,25}$", before)
    if opens and not _PERIOD.search(before[: opens.start()]):
        if re.match(r"\s?(?:[-–—]|to)\s?(?=[\w\s,./]{4,25}\))", after) and re.fullmatch(r"\(\s?", opens[0]):
            return BIRTH_DATE
        if re.search(r"\(\s?[\w\s,./]{4,25}\s?(?:[-–—]|to)\s?$", opens[0]) and re.match(r"\s?\)", after):
            return DEATH_DATE
    return ""


def _nearest(before: str, after: str) -> Cue | None:
    """The cue that stands nearest to the date; what stands across a comma or an "and" counts as farther."""
    best: tuple[int, int, Cue] | None = None
    for order, cue in enumerate(CUES):
        ahead = [before[match.end() :] for match in cue.pattern.finditer(before)][-1:]
        gaps = [_distance(gap) - LEAD.get(cue.kind, 0) for gap in ahead]
        gaps += [_distance(after[: match.start()]) for match in cue.pattern.finditer(after)][:1]
        for gap in gaps:
            rank = (gap, order, cue)
            best = rank if best is None or rank[:2] < best[:2] else best
    return best[2] if best else None


def _distance(gap: str) -> int:
    clauses = len(re.findall(r"[,;:()–—]|\band\b|\bbut\b|\bwhich\b|\bwhile\b", gap))
    return len(DATE.sub("", gap)) + 22 * clauses


def suggested(kind: str, words: str) -> str:
    """A birth date goes; of another date the year stays."""
    year = _PLAIN_YEAR.search(words)
    return MARKERS[kind] if kind == BIRTH_DATE or not year else f"{MARKERS[kind]} {year[0]}"
