"""Words with a capital that may be a name, how much they look like one, and which are left alone.

What is cited, what is named after somebody, and pseudonyms that the text declares are left alone.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from learning.intake.anonymity.person_rules import GREET, Evidence
from learning.intake.anonymity.words import (
    BODIES,
    CALENDAR,
    DOUBTFUL,
    EPONYMS,
    FIRST_NAMES,
    INITIAL,
    LOWER,
    NEVER,
    ORDINARY,
    SPACE,
    STREETS,
    TITLES,
    WORD,
)

PARTICLE = (
    r"(?:v[ao]n|der|den|ter|de|del|della|di|da|dos|du|la|le|ap|ab|ferch|bin|ibn|binti|bint|al|el|n[ií]|nic|ó|"
    r"ua|af|av|zu)"
)
_TOKEN = rf"(?:{INITIAL}(?:{WORD})?|(?:Ó[ ])?{WORD})"
_RUN = re.compile(rf"(?<![\w@./-])(?<!\w['’]){_TOKEN}(?:{SPACE}(?:{PARTICLE}{SPACE}){{0,2}}{_TOKEN})*")
_PIECE = re.compile(rf"{INITIAL}|(?:Ó[ ])?{WORD}|\b{PARTICLE}\b")
CITED_AFTER = re.compile(
    rf"\s?(?:,\s)?[(\[]?\s?(?:19|20)\d\d[a-z]?\b(?!\s?[-–/])|,?\s(?:et\sal)\b|(?:,\s|\s)(?:and|"
    rf"&)\s{WORD}(?:,?\s(?:[A-Z]\.\s?)+)?,?\s\(?(?:19|20)\d\d|\s?\((?:[^()]{{0,30}}\s)?(?:19|20)\d\d[a-z]?\)"
)
_CITED_BEFORE = re.compile(rf"{WORD},\s(?:[A-Z]\.\s?)+,?\s(?:and|&)?\s?$|et\sal")
_INITIAL_AFTER = re.compile(r",\s[A-Z]\.(?:[\s,(]|[A-Z]\.)")
NAMED_AFTER = re.compile(
    rf"(?:['’]s?)?\s(?:[A-Z]\w+\s)?(?i:{EPONYMS})\b(?!\s(?i:authors?|officer|manager|chair|lead|panel|writer)\b)"
)
_OWN_AFTER = re.compile(
    r"(?:['’]s)\s(?:work|typology|studies|study|research|idea|book|concept|notion|view|account|analysis)\b"
)
THING_BEFORE = re.compile(
    r"\b(?:Operation|Project|Ask|Storm|Hurricane|Exercise|Saint|St\.?|Lake|Port|Team|Programme|Campaign)\s$"
)
_LABEL_BEFORE = re.compile(
    r"\b(?:Child|Children|CHILD|Baby|BABY|SCRs?|CSPR|LCSPR|SAR|DHR|MAPPA|Young\s(?:Person|Man|Woman|Adult)|YP|"
    r"Family|Adult|Person|Sibling|Review|Case|Subject|Bulletin|Briefing|Summary|Practice\sReview|Review:|"
    r"Briefing:|for|of:|about:)\s+[\"“‘']?$"
)
_PLACE_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]f|[Ff]rom|[Aa]cross|[Tt]o|[Aa]round|[Oo]utside|throughout|within|"
    r"[Oo]ver)\s(?:the\s)?$"
)
_PSEUDONYM = re.compile(
    rf"\b(?:(?:(?:shall|will|have|has|is|are|be|been|was|were|report|review|briefing|bulletin|here|we|summary|"
    rf"document|and)\s(?:\w+\s){{0,4}}?)?(?:call(?:ed)?|known\s(?:\w+\s){{0,2}}as|"
    rf"refer(?:red)?\sto(?:\s\w+){{0,3}}\sas|named|"
    rf"giv\w+\sthe\s(?:names?|pseudonyms?)|pseudonyms?(?:\sof|\sare|\sis)?:?|anonymised\sas|"
    rf"names?\sof)(?:\s(?:him|her|them|here))?)\s[\"“‘']?(?P<names>{WORD}[\"”’']?(?:(?:,\s(?:and\s)?|\s(?:and|"
    rf"&)\s)[\"“‘']?{WORD}[\"”’']?){{0,6}})"
)
_DECLARED = re.compile(
    r"\b(?:shall|will\sbe|we\s|for\sthe\spurposes?|throughout|in\sthis\s(?:report|review|briefing|bulletin|"
    r"document|summary)|this\s(?:report|review|briefing)|here\b|to\sprotect|pseudonym|not\s(?:his|her|"
    r"their)\sreal|anonymi)",
    re.I,
)
_ALSO_PSEUDONYM = re.compile(
    rf"(?P<names>{WORD}(?:(?:,\s|\s(?:and|&)\s){WORD}){{0,5}})\s(?:is|are|was|were)\s(?:not\s(?:his|her|their|"
    rf"the|a)\s(?:\w+\s)?real|an?\spseudonym|pseudonyms|composites?|fictional|fictitious|made[- ]up|"
    rf"not\sreal)|"
    rf"(?P<names2>{WORD})\s\((?:not\s(?:his|her|their)\sreal|an?\spseudonym|name\schanged|names?\s(?:have|"
    rf"has)\sbeen)|(?:SCR|SAR|CSPR|LCSPR|Reviews?:?|Child|CHILD|Briefing:?|Bulletin:?|Anonymous)\s"
    rf"(?:[–-]\s)?(?:[\"“‘'](?:Baby\s|Child\s)?)?(?P<names3>{WORD})"
)
_ALL_CHANGED = re.compile(
    r"\bnames?\b[^.\n]{0,60}\b(?:have|has)\sbeen\schanged|\b(?:made[- ]up|fictitious|fictional|"
    r"invented)\snames?\b|\bpseudonyms?\s(?:have|has|are|is|were|was)\b|\bnot\s(?:his|her|their|"
    r"the\sfamily['’]s|the\schild(?:ren)?['’]s)\sreal\snames?|\b(?:all|"
    r"the)\snames\s(?:\w+\s){0,4}are\s(?:fictitious|fictional|made[- ]up|pseudonyms)",
    re.I,
)


@dataclass(frozen=True)
class Candidate:
    start: int
    end: int
    words: tuple[str, ...]  # without initials and particles
    evidence: Evidence
    followed_by_body: bool  # "Sampleshire" of "Sampleshire Council"
    in_heading: bool


def plain(word: str) -> str:
    """In small letters and without accents: "Chloë" is looked up as "chloe"."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(sign))


class Names:
    """What one text says of names: its ordinary words and its pseudonyms."""

    def __init__(self, text: str) -> None:
        self.text = text
        lowered = re.findall(rf"(?<![\w@./'’-])[{LOWER}]{{3,}}(?![\w@/'’-]|\.\w)", text)
        self.own = frozenset(lowered) - FIRST_NAMES
        self.all_changed = bool(_ALL_CHANGED.search(text))
        self.pseudonyms = self._pseudonyms()

    def _pseudonyms(self) -> frozenset[str]:
        found: set[str] = set()
        for match in _PSEUDONYM.finditer(self.text):
            sentence = self.text[max(0, match.start() - 80) : match.end() + 80]
            if _DECLARED.search(sentence) and "court" not in match[0]:
                found.update(re.findall(WORD, match["names"]))
        for match in _ALSO_PSEUDONYM.finditer(self.text):
            found.update(re.findall(WORD, match["names"] or match["names2"] or match["names3"]))
        return frozenset(name.lower() for name in found)

    def is_ordinary(self, word: str) -> bool:
        word = plain(word)
        if word in DOUBTFUL:
            return True
        if word in FIRST_NAMES:
            return False
        if word.endswith("ly") and len(word) > 5:
            return True  # "Worryingly, the mother ..."
        return (
            word in ORDINARY
            or word in self.own
            or any(
                word.endswith(end) and word[: -len(end)] in ORDINARY
                for end in ("s", "es", "ed", "ing", "ly", "er", "ers")
            )
        )

    def evidence(self, words: tuple[str, ...], has_initials: bool) -> Evidence:
        if not words:
            return Evidence.NONE
        capitals = [word for word in words if word.isupper()]
        first = plain(words[0]).split("-")[0]
        if capitals == list(words[1:]) and capitals and first in FIRST_NAMES:
            return Evidence.SURE
        if capitals and (len(words) < 2 or len(capitals) < len(words) or min(map(len, words)) < 3):
            return Evidence.NONE
        known = first in FIRST_NAMES and first not in DOUBTFUL
        is_month = len(words) == 1 and first in CALENDAR
        unsure = Evidence.MAYBE if first in FIRST_NAMES and not is_month else Evidence.PLAIN
        namelike = [word for word in words if not self.is_ordinary(word)]
        if has_initials and namelike:
            return Evidence.SURE
        if len(words) == 1:
            return Evidence.KNOWN if known else Evidence.SINGLE if namelike else unsure
        if not known and words[-1] in STREETS:
            return Evidence.PLAIN
        if known or (first in FIRST_NAMES and namelike):
            return Evidence.SURE
        return Evidence.FULL if namelike else unsure


def candidates(names: Names) -> Iterator[Candidate]:
    """Words with a capital that stand together, cut at words that are never part of a name."""
    for run in _RUN.finditer(names.text):
        pieces = list(_PIECE.finditer(names.text, run.start(), run.end()))
        group: list[re.Match[str]] = []
        for piece in [*pieces, None]:
            if piece is not None and not _cuts(piece[0], run[0]):
                group.append(piece)
                continue
            if candidate := _candidate(names, group, run, piece):
                yield candidate
            group = []


def _cuts(word: str, run: str) -> bool:
    """An acronym among other words is no name; among capitals alone it may be."""
    is_acronym = word.isupper() and "." not in word and (len(word) <= 2 or (not run.isupper() and len(word) < 5))
    return is_acronym or word.lower() in NEVER or word.lower().rstrip(".") in TITLES


def _candidate(
    names: Names, group: list[re.Match[str]], run: re.Match[str], cut: re.Match[str] | None
) -> Candidate | None:
    while group and (group[0][0].islower() or (len(group) > 1 and _opens_sentence(names, group))):
        group = group[1:]
    while group and (
        group[-1][0].islower() or ("." in group[-1][0] and group[0][0].lower() not in FIRST_NAMES - DOUBTFUL)
    ):
        group = group[:-1]
    if not group or len(group) > 7:
        return None
    words = tuple(piece[0] for piece in group if "." not in piece[0] and not piece[0].islower())
    evidence = names.evidence(words, any("." in piece[0] for piece in group))
    body = cut is not None and cut[0].lower() in BODIES
    in_heading = len(run[0].split()) >= 5
    return Candidate(group[0].start(), group[-1].end(), words, evidence, body, in_heading)


def _opens_sentence(names: Names, group: list[re.Match[str]]) -> bool:
    """Whether the first word has its capital only from the sentence: "Yesterday Sophie"."""
    first, second = group[0][0], group[1][0]
    return names.is_ordinary(first) and first.lower() not in FIRST_NAMES and second.lower() in FIRST_NAMES - DOUBTFUL


def is_left_alone(names: Names, candidate: Candidate, before: str, after: str) -> bool:
    """Whether it is cited, a thing or a place named so, or a pseudonym, and no name to be found."""
    if _is_cited(names, candidate, before, after) or _is_of_a_thing(candidate, before, after):
        return True
    if candidate.evidence > Evidence.KNOWN:
        return False
    if candidate.words[0].lower() in names.pseudonyms:
        return True
    if candidate.evidence == Evidence.SINGLE and re.search(r"\b[Bb]aby\s$", before):
        return False
    if _LABEL_BEFORE.search(before) or _is_second_of_two(before):
        return True
    is_quoted = before[-1:] in '"“‘' and after[:1] in '"”’' and before != ""
    return candidate.evidence == Evidence.KNOWN and (names.all_changed or candidate.in_heading or is_quoted)


def _is_cited(names: Names, candidate: Candidate, before: str, after: str) -> bool:
    if _INITIAL_AFTER.match(after) and "." not in names.text[candidate.start : candidate.end]:
        return True
    return bool(CITED_AFTER.match(after) or _CITED_BEFORE.search(before))


def _is_of_a_thing(candidate: Candidate, before: str, after: str) -> bool:
    """A body, a law, a model, an operation or a place."""
    if candidate.followed_by_body or NAMED_AFTER.match(after) or THING_BEFORE.search(before):
        return True
    if _OWN_AFTER.match(after) and len(candidate.words) == 1:
        return True
    is_place = candidate.evidence == Evidence.FULL and _PLACE_BEFORE.search(before)
    return bool(is_place and not re.search(rf"\b{GREET}\s$", before, re.I))


def _is_second_of_two(before: str) -> bool:
    """After another surname and "and", as theorists are named: "Reder and Duncan"."""
    other = re.search(rf"({WORD})\s(?:and|&)\s$", before)
    return bool(other and other[1].lower() not in FIRST_NAMES | NEVER)
