"""Words with a capital that may be a name, how much they look like one, and which are left alone.

What is cited, what is named after somebody, and pseudonyms that the text declares are left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from learning.reader.identifiers.people.pseudonyms import are_all_changed, pseudonyms
from learning.reader.identifiers.people.words import GREET, Evidence
from learning.reader.identifiers.words import (
    BODIES,
    CALENDAR,
    DOUBTFUL,
    EPONYMS,
    FIRST_NAMES,
    FUNCTION,
    INITIAL,
    LANDMARKS,
    LOWER,
    NEVER,
    ORDINARY,
    PERSONAL_TITLES,
    PLACES,
    PUBLIC_NAMES,
    RELATION_WORDS,
    ROLE_WORDS,
    SPACE,
    STREETS,
    SURNAMES,
    TITLES,
    TOWNS,
    UPPER,
    WORD,
    plain,
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
    r"\b(?:(?:Vale|Isle|Forest|City|Borough|County|Town|University|Diocese|Bay|Port|Bridge)\sof|Operation|Project|Ask|Storm|Hurricane|Exercise|Saint|St\.?|King['’]s|Bishop['’]s|Abbot['’]s|Lake|Port|Team|Programme|Campaign)\s$"
)
_LABEL_BEFORE = re.compile(
    r"\b(?:Child|Children|CHILD|Baby|BABY|SCRs?|CSPR|LCSPR|SAR|DHR|MAPPA|Young\s(?:Person|Man|Woman|Adult)|YP|"
    r"Family|Adult|Person|Sibling|Review|Case|Subject|Bulletin|Briefing|Summary|Practice\sReview|Review:|"
    r"Briefing:|for|of:|about:)\s+[\"“‘']?$"
)
_REPORT_OF = re.compile(
    rf"\b({WORD})(?:['’]s)?\s(?:(?:[Ii]ndependent|[Pp]ublic)\s)?(?i:reviews?|reports?|inquiry|enquiry|commission|judgment)\b"
)
_HONOUR = re.compile(r"\b(Sir|Dame|Lord|Lady|Baroness|Baron|Professor|Prof)\.?\s$")
_OF_AN_INQUIRY = re.compile(
    r"\b(?:inquiry|inquiries|enquiry|commission(?:er)?|reviews?|reports?|recommend\w*|audit|inspected|Act)\b", re.I
)
_ORDINARY_ENDS = ("tion", "sion", "ment", "tive", "ity", "ious", "ical", "ology", "ing", "isms")
_SURNAME_END = re.compile(
    r"(?:sk[iy]|ska|cki|cka|wicz|czyk|enko|chuk|escu|eanu|ovi[cć]|evi[cć]|ov|ev|ova|eva|ov[aá]|yan|ian|oglu|o[gğ]lu|dze|"
    r"shvili|poulos|akis|iadis|idis|ides|sson|dottir|ait[eė]|ien[eė]|auskas|inas|[uū]nas|[eė]nas|quist|inho|nejad|zadeh|"
    r"abadi|singh|wala|walla|pillai|murthy|rajah?|athan)$|^(?:Mac|Mc|O['’]|Fitz|Ap|D['’]|Ní|Nic|Ó)[A-Z]"
)
_KNIFED = re.compile(rf"-[{LOWER}]+(?:ed|ing|old|wise)$")  # "Jack-knifed" is nobody
_NEVER_MANY = (ROLE_WORDS | BODIES | RELATION_WORDS) - SURNAMES - FIRST_NAMES
_PLACE_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]f|[Ff]rom|[Aa]cross|[Tt]o|[Aa]round|[Oo]utside|throughout|within|"
    r"[Oo]ver)\s(?:the\s)?$"
)


@dataclass(frozen=True)
class Candidate:
    start: int
    end: int
    words: tuple[str, ...]  # without initials and particles
    evidence: Evidence
    followed_by_body: bool  # "Sampleshire" of "Sampleshire Council"
    in_heading: bool


class Names:
    """What one text says of names: its ordinary words and its pseudonyms."""

    def __init__(self, text: str) -> None:
        self.text = text
        lowered = re.findall(rf"(?<![\w@./'’-])[{LOWER}]{{3,}}(?![\w@/'’-]|\.\w)", text)
        self.own = frozenset(lowered) - FIRST_NAMES
        self.eponyms = frozenset(match[1].lower() for match in _REPORT_OF.finditer(text))
        self.all_changed = are_all_changed(text)
        self.pseudonyms = pseudonyms(text)

    def is_ordinary(self, word: str) -> bool:
        word = plain(word)
        if "-" in word and all(half in FUNCTION | ORDINARY for half in word.split("-")):
            return True  # "Thirty-one", "Non-mobile"
        if word in DOUBTFUL:
            return True
        if word in FIRST_NAMES:
            return False
        if word.endswith("ly") and len(word) > 5:
            return True  # "Worryingly, the mother ..."
        return (
            word in ORDINARY
            or word in self.own
            or (len(word) > 7 and word.endswith(_ORDINARY_ENDS))
            or any(
                word.endswith(end) and word[: -len(end)] in ORDINARY
                for end in ("s", "es", "ed", "ing", "ly", "er", "ers")
            )
        )

    def evidence(self, words: tuple[str, ...], has_initials: bool) -> Evidence:
        if not words:
            return Evidence.NONE
        capitals = [word for word in words if word.isupper()]
        first = plain(words[0]).split("-")[0] if not _KNIFED.search(words[0]) else plain(words[0])
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
        if words[-1] in LANDMARKS or (not known and words[-1] in STREETS):
            return Evidence.PLAIN
        if known or (first in FIRST_NAMES and namelike) or self._has_surname(words):
            return Evidence.SURE
        return Evidence.FULL if namelike or (first in FIRST_NAMES and words[-1].lower() in SURNAMES) else unsure

    def _has_surname(self, words: tuple[str, ...]) -> bool:
        barrels = words[-1].split("-")
        others = words[:-1]
        if any(self.is_ordinary(half) or half.lower() in NEVER for word in others for half in word.split("-")):
            return False
        known = [self.is_ordinary(half) or half.lower() in NEVER for half in barrels]
        if re.fullmatch(rf"{WORD}-{WORD}", words[-1]):
            return not all(known)  # "Yusupova-Kent": one of the two may be a place or a word
        return not any(known) and bool(_SURNAME_END.search(words[-1]))


def candidates(names: Names) -> Iterator[Candidate]:
    """Words with a capital that stand together, cut at words that are never part of a name."""
    for run in _RUN.finditer(names.text):
        pieces = list(_PIECE.finditer(names.text, run.start(), run.end()))
        group: list[re.Match[str]] = []
        for number, piece in enumerate([*pieces, None]):
            if piece is not None and (not _cuts(piece[0], run[0]) or _is_surname(pieces, number)):
                if group and _begins_line(names.text, group[-1], piece):
                    if candidate := _candidate(names, group, run, None):
                        yield candidate
                    group = []
                group.append(piece)
                continue
            if candidate := _candidate(names, group, run, piece):
                yield candidate
            group = []


def _begins_line(text: str, last: re.Match[str], piece: re.Match[str]) -> bool:
    # A line break that ends a title or an entry of a list: no name goes on over it.
    if "\n" not in text[last.end() : piece.start()]:
        return False
    above = text[text.rfind("\n", 0, last.end()) + 1 : last.end()]
    below = text[piece.start() : piece.start() + 150].partition("\n")[0]
    is_title = not re.search(rf"\b(?!(?:and|of|the|for|on|in)\b)[{LOWER}]", above) or (
        len(above) < 60 and not re.search(r"[.;!?]", below)
    )
    return is_title or piece[0] in above


def _cuts(word: str, run: str) -> bool:
    # An acronym among other words is no name; among capitals alone it may be.
    is_acronym = word.isupper() and "." not in word and (len(word) <= 2 or (not run.isupper() and len(word) < 5))
    lowered = word.lower()
    return is_acronym or lowered in NEVER or lowered.rstrip(".") in TITLES or lowered.removesuffix("s") in _NEVER_MANY


def _is_surname(pieces: list[re.Match[str]], number: int) -> bool:
    """Whether a word that is no name by itself is one after a title or a first name: "Mrs Church", "Mark Bishop"."""
    if number == 0 or pieces[number][0].lower() not in SURNAMES or pieces[number][0].isupper():
        return False
    steps = [
        piece[0]
        for piece in pieces[:number]
        if "." not in piece[0] or len(piece[0]) > 3 or piece[0].lower().rstrip(".") in TITLES
    ]
    before = steps[-1].lower().rstrip(".") if steps else ""
    after = pieces[number + 1][0].lower() if number + 1 < len(pieces) else ""
    after_name = plain(before) in FIRST_NAMES and before not in TITLES | CALENDAR
    return (before in PERSONAL_TITLES or after_name) and after not in NEVER and not after.isupper()


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
    # "Yesterday Sophie": the first word has its capital only from the sentence.
    first, second = group[0][0], group[1][0]
    return names.is_ordinary(first) and first.lower() not in FIRST_NAMES and second.lower() in FIRST_NAMES - DOUBTFUL


def is_known_to_all(names: Names, candidate: Candidate, before: str, after: str) -> bool:
    words = [plain(word) for word in candidate.words]
    if " ".join(words) in PUBLIC_NAMES or " ".join(words[:2]) in PUBLIC_NAMES:
        return True
    if len(words) == 1 and words[0] in names.pseudonyms:
        return True
    if not (honour := _HONOUR.search(before)):
        return False
    if words[-1] in PUBLIC_NAMES or words[-1] in names.eponyms:
        return True
    return honour[1] not in {"Professor", "Prof"} and bool(_OF_AN_INQUIRY.search(f"{before}\n{after}"))


def is_left_alone(names: Names, candidate: Candidate, before: str, after: str) -> bool:
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
    if re.match(r"\sv\.?\s", after) or re.search(r"\bv\.?\s$", before):
        return True  # the parties of a case in law
    return bool(CITED_AFTER.match(after) or _CITED_BEFORE.search(before))


def _is_of_a_thing(candidate: Candidate, before: str, after: str) -> bool:
    if candidate.followed_by_body or NAMED_AFTER.match(after) or THING_BEFORE.search(before):
        return True
    if re.match(rf"\sthe\s[{UPPER}]", after):
        return True  # "Thomas the Tank Engine"
    if _OWN_AFTER.match(after) and len(candidate.words) == 1:
        return True
    if _is_town_of_list(candidate, before, after):
        return True
    is_place = candidate.evidence == Evidence.FULL and _PLACE_BEFORE.search(before)
    return bool(is_place and not re.search(rf"\b{GREET}\s$", before, re.I))


def _is_town_of_list(candidate: Candidate, before: str, after: str) -> bool:
    # "Ashton, Kirkby and Bury"; a surname alone looks the same.
    if len(candidate.words) != 1 or candidate.words[0].lower() not in TOWNS:
        return False
    beside = [re.search(rf"({WORD})(?:,|\sand|,\sand)\s$", before), re.match(rf"(?:,|\sand|,\sand)\s({WORD})", after)]
    return any(found and found[1].lower() in TOWNS | PLACES for found in beside)


def _is_second_of_two(before: str) -> bool:
    # As theorists are named: "Reder and Duncan".
    other = re.search(rf"({WORD})\s(?:and|&)\s$", before)
    return bool(other and other[1].lower() not in FIRST_NAMES | NEVER)
