"""Rare combinations: an exact age together with an ethnic group, a place, or what makes a child the only one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from learning.reader.identifiers.dates import sentence_starts
from learning.reader.identifiers.ethnic_groups import ETHNICITY, group_of
from learning.reader.identifiers.findings import MARKERS, RARE_COMBINATION, Identifier, make
from learning.reader.identifiers.words import BODIES, CALENDAR, FUNCTION, GENERAL, LOWER, ORDINARY, ROLE_WORDS, UPPER

_NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(reversed(_NUMBERS))})"
_CHILD = (
    r"(?:girl|boy|child|baby|infant|toddler|female|male|daughter|son|mother|father|teenager|student|pupil|lad|"
    r"youth|young\s(?:person|man|woman|mother|"
    r"father)|brother|sister|eldest|oldest|youngest|elder|younger|twin|twins|sibling|subject|victim|refugee|"
    r"asylum\sseeker|patient|carer|prisoner|apprentice|footballer|(?:he|she|"
    r"they)\s(?:was|were|is))"
)
AGE = re.compile(
    rf"""(?<![\w-])(?:(?:a|an|the)\s)?(?:
        (?P<a>{_NUMBER})[\s-]?(?P<unit>years?|yrs?|months?|weeks?|days?)[\s-]?old\b
      | Year\s(?P<y>\d{{1,2}})(?=\s(?:pupil|student|boy|girl|child)|,|\sand\b|\))
      | (?P<g>\d{{1,2}})\s?(?:y/?o|yo)\b
      | (?:aged|age)\s(?:of\s)?(?:only\s|just\s)?(?P<b>{_NUMBER})\b(?P<unit2>\s(?:months?|weeks?|days?))?
            (?!\s?(?:to|-|–|or|years?\sand)\s?{_NUMBER}\b|\s?(?:\+|or\sover|and\sover|or\sunder))
      | (?:youngest|oldest|eldest|first),?\s(?:at|aged)\s(?P<h>{_NUMBER})\b
      | (?:his|her|their)\sage\s?[,(]?\s?(?:(?:was|is|of)\s)?(?P<f>{_NUMBER})\b(?!\s(?:months?|weeks?))
      | {_CHILD}\sof\s(?P<c>{_NUMBER})\b(?!\s(?:years?|months?|weeks?|days?|per\b|%))
      | (?:{_CHILD})\s?[(]?,?\s?(?<=[(,\s])(?P<d>{_NUMBER})(?=\s?[,)])
      | (?:he|she|they|who|[A-Z]\w*|child|boy|girl|mother)\s(?:was|were|is)\s
            (?:only\s|just\s|then\s|still\s)?(?P<e>{_NUMBER})(?=\s?[,.;]|\sand\b|\swhen\b|\sat\b|\sfrom\b|\sliving\b|\sof\b)
    )""",
    re.X | re.I,
)
_MANY = re.compile(
    r"\b(?:children|people|girls|boys|pupils|adolescents|those|adults|females|males|teenagers|students|under|"
    r"over|age\srange|between|of\sthe\s\w+|one\sin\s\w+|%)\s?(?:,|\()?\s?$",
    re.I,
)

_NOT_OF_A_PERSON = re.compile(
    r"\s(?:language|speak\w+|interpret\w+|teacher|lesson|law|sea|embassy|consulate|authorities|police|"
    r"government|market|restaurant|school|eyes?|shirt|mould|box|ice|cab)\b|\s(?:list|paper|spot|bag|hair|car|"
    r"coat)\b",
    re.I,
)
PLACE = re.compile(
    rf"(?<!\w)(?:from|in|of|near|outside|living\sin|living\sat|living\son|resident\sin|at|on|"
    rf"to)\s(?:the\s)?(?:(?:village|town|hamlet|island|city|isle|area|district)\sof\s)?"
    rf"(?P<it>(?:[{UPPER}][{LOWER}]+)(?:[\s-](?:upon|on|le|in|the|under)[\s-][{UPPER}][{LOWER}]+|"
    rf"[\s-][{UPPER}][{LOWER}]+){{0,3}})"
)
_COME_FROM = re.compile(
    rf"\b(?:born\sin|(?:came|come|arrived|moved|fled)\sfrom|living\sin|"
    rf"lived\sin)\s(?P<it>[{UPPER}][{LOWER}]+(?:\s[{UPPER}][{LOWER}]+)?)"
)
_LONE_PLACE = re.compile(rf",\s(?P<it>[{UPPER}][{LOWER}]{{3,}}(?:\s[{UPPER}][{LOWER}]+)?)(?=[),.])")
UNIQUE = re.compile(
    r"\b(?:(?:the\s)?only\s(?:known\s)?(?:\w+\s){0,4}?(?:case|child|pupil|boy|girl|family|person|"
    r"one)\b(?:\s(?:in|with|of|on)\s(?:the|his|her|their)\s\w+)?|one\sof\sfewer\sthan\s\w+|"
    r"(?:very\s|extremely\s)?rare\s(?:\w+\s){0,2}?(?:condition|disorder|disease|syndrome|illness|cancer|"
    r"tumour|allergy)|one\sof\s(?:only\s|just\s)?(?:two|three|four|five|six|\d)\s(?:\w+\s){0,4}?(?:in|at|on|"
    r"with)\s(?:the\s)?\w+|\w+['’]s\sonly\s(?:doctor|GP|vicar|imam|priest|rabbi|teacher|headteacher|dentist|"
    r"shop|"
    r"police\sofficer|councillor|MP)|(?:junior|national|county|world|Olympic)\schampion|"
    r"first\s(?:\w+\s){0,3}?in\s(?:the\s)?(?:UK|country|county|world|England|Wales|Britain|Europe)|"
    r"the\sonly\s(?:[\w-]+\s){1,6}?(?:in|at|on|of)\s(?:the\s|his\s|her\s|their\s)?\w+|(?:youngest|oldest|"
    r"first)\b[^.]{0,30}\bever|transgender|"
    r"trans\s(?:boy|girl)|non-binary|intersex|achondroplasia|dwarfism|deaf-?blind(?:ness)?|conjoined|"
    r"triplets?|quadruplets?|quintuplets?|albinism)\b",
    re.I,
)
_BROAD_GROUP = re.compile(
    r"(?:White|British|English|Scottish|Welsh)(?:\s(?:British|UK|English|Scottish|Welsh))?(?:\s\w+)?", re.I
)
# "separated when Child E was two": an age of another time.
_WHEN = re.compile(r"\b(?:when|until|since|by\sthe\stime)\s(?:Child\s|Baby\s|the\s)?$")
_NO_PLACE = (
    FUNCTION | CALENDAR | BODIES | GENERAL | ROLE_WORDS | frozenset(["foster", "child", "mother", "father", "class"])
)
_BANDS = ((1, "Under 1"), (6, "1 to 5"), (11, "6 to 10"), (16, "11 to 15"), (18, "16 to 17"))


_OPENS_WITH_THEM = re.compile(
    r"\s*(?:he|she|they|his|her|their|both|the\s(?:family|child|boy|girl|mother|parents?))\b[^.]*\b(?:is|was|"
    r"are|were|of|"
    r"identif\w+|described)\b",
    re.I,
)
_OF_THE_FAMILY = re.compile(r"\b(?:family|boy|girl|child|mother|father|parents|he|she|they)\b", re.I)


@dataclass(frozen=True)
class Surroundings:
    """Where the sentence of an age begins and ends, and how far the sentences beside it count."""

    previous: int
    first: int
    last: int
    following: int


def band(age: int, unit: str = "year") -> str:
    """The band of an age, as the records have it: "16 to 17"."""
    if unit[0] in "wd":
        return "Under 1"
    years = age // 12 if unit[0] == "m" else age
    return next((name for limit, name in _BANDS if years < limit), "18 and over")


def _age(match: re.Match[str]) -> tuple[int, str]:
    words = next(value for name, value in match.groupdict().items() if value and not name.startswith("unit")).lower()
    unit = (match["unit"] or match["unit2"] or "year").strip().lower()
    years = int(words) if words.isdigit() else _NUMBERS.index(words) + 1
    return years + 5 if match["y"] else years, unit


def find_rare_combinations(text: str) -> Iterator[Identifier]:
    starts = [*sentence_starts(text), len(text)]
    position = 0
    for age in AGE.finditer(text):
        while position + 2 < len(starts) and starts[position + 1] <= age.start():
            position += 1
        if age["e"] and _WHEN.search(text[max(0, age.start() - 30) : age.start()]):
            continue
        if _age(age)[0] > 110 or _is_of_many(text[max(0, age.start() - 60) : age.start()]):
            continue
        around = Surroundings(
            previous=max(starts[max(0, position - 1)], starts[position] - 130),
            first=max(starts[position], age.start() - 160),
            last=min(starts[position + 1], age.end() + 160),
            following=min(starts[min(position + 2, len(starts) - 1)], starts[position + 1] + 130),
        )
        if traits := [*_groups(text, around), *UNIQUE.finditer(text, age.start(), around.last)]:
            traits += _further_places(text, age, around)
        else:
            traits = _places(text, age, around)
        if traits and not all(_BROAD_GROUP.fullmatch(match[0]) for match in traits):
            yield _combination(text, age, traits)


def _is_of_many(before: str) -> bool:
    """Said of a group that was counted, not of a child: "children aged 12"; twins are still two children."""
    if re.search(r"(?i)\b(?:twin|twins|both|two|three|brothers|sisters)\b,?\s(?:[\w]+,?\s){0,2}$", before):
        return False
    return bool(
        _MANY.search(before)
        or re.search(r"(?:\d+|most|many|some|half|all|those)\s(?:were|are|was|is)\b[^.]*$", before, re.I)
    )


def _groups(text: str, around: Surroundings) -> list[re.Match[str]]:
    """Ethnic groups in the sentence of the age, else in the next one or the one before, if said of the same people."""
    found = [match for match in ETHNICITY.finditer(text, around.first, around.last) if _is_ethnic(text, match)]
    if found:
        return found
    beside = [*ETHNICITY.finditer(text, around.last, around.following)]
    beside += ETHNICITY.finditer(text, around.previous, around.first)
    return [match for match in beside if _is_ethnic(text, match) and _is_stated(text, around, match)]


def _places(text: str, age: re.Match[str], around: Surroundings) -> list[re.Match[str]]:
    if not _is_child(text, age) or age["y"]:
        return []
    found = [*PLACE.finditer(text, age.end(), min(around.last, age.end() + 70))]
    found += _COME_FROM.finditer(text, max(around.first, age.start() - 80), age.start())
    return [match for match in found if _is_place(match["it"])]


def _further_places(text: str, age: re.Match[str], around: Surroundings) -> list[re.Match[str]]:
    alone = [
        match for match in _LONE_PLACE.finditer(text, age.end(), around.last) if not ETHNICITY.fullmatch(match["it"])
    ]
    return [match for match in [*alone, *PLACE.finditer(text, age.end(), around.last)] if _is_place(match["it"])]


def _is_ethnic(text: str, match: re.Match[str]) -> bool:
    # Neither "white" in small letters nor "a French teacher" is said of a person.
    if _NOT_OF_A_PERSON.match(text, match.end()):
        return False
    return match[0][0].isupper() or " " in match[0] or "-" in match[0]


def _is_stated(text: str, around: Surroundings, match: re.Match[str]) -> bool:
    """Said of the child or the family of the sentence beside: "Her family is ...", "the only ... family in ..."."""
    if match.start() < around.first:
        return bool(_OF_THE_FAMILY.search(text[around.previous : around.first]))
    return bool(_OPENS_WITH_THEM.match(text[around.last : match.start()]))


def _is_place(words: str) -> bool:
    lowered = [word.lower() for word in re.split(r"[\s-]+", words)]
    return (
        lowered[-1] not in _NO_PLACE
        and lowered[0] not in _NO_PLACE - {"north", "south", "east", "west", "great", "new"}
        and not all(word in ORDINARY for word in lowered)
    )


def _is_child(text: str, age: re.Match[str]) -> bool:
    # A place beside an age counts where both are said of one person: "a boy of 9 living in ...".
    around = text[max(0, age.start() - 30) : age.end() + 30]
    return bool(re.search(rf"\b{_CHILD}\b", around, re.I))


def _combination(text: str, age: re.Match[str], traits: list[re.Match[str]]) -> Identifier:
    start = min([age.start(), *(match.start() for match in traits)])
    end = max([age.end(), *(match.end() for match in traits)])
    return make(
        text,
        (start, end),
        RARE_COMBINATION,
        "An exact age together with what few share: ethnic group, place or condition.",
        _generalise(text, start, end),
    )


def _generalise(text: str, start: int, end: int) -> str:
    words = text[start:end]
    words = ETHNICITY.sub(lambda match: f"[{group_of(match)}]" if _is_ethnic(words, match) else match[0], words)
    words = PLACE.sub(
        lambda match: match[0].replace(match["it"], "[place removed]") if _is_place(match["it"]) else match[0], words
    )
    words = _LONE_PLACE.sub(
        lambda match: match[0].replace(match["it"], "[place removed]") if _is_place(match["it"]) else match[0], words
    )
    words = AGE.sub(_banded, words)
    return UNIQUE.sub(MARKERS[RARE_COMBINATION], words)


def _banded(match: re.Match[str]) -> str:
    age, unit = _age(match)
    number = next(name for name, value in match.groupdict().items() if value and not name.startswith("unit"))
    start, end = match.start(number) - match.start(), match.end(number) - match.start()
    if match["unit"] and unit[0] != "y":
        end = match.end("unit") - match.start()
    return f"{match[0][:start]}[{band(age, unit)}]{match[0][end:]}"
