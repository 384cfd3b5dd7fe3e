"""Pseudonyms: the names that a text itself declares as such, or has in the title of a review."""

import re
from collections.abc import Iterator

from learning.reader.identifiers.words import FIRST_NAMES, WORD, plain

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
    r"\b(?:the|his|her|their)\snames?\s(?:was|were|has\sbeen|have\sbeen)\s(?:chosen|picked|selected)\b|"
    r"\bnames?\b[^.\n]{0,60}\b(?:have|has)\sbeen\schanged|\b(?:made[- ]up|fictitious|fictional|"
    r"invented)\snames?\b|\bpseudonyms?\s(?:have|has|are|is|were|was)\b|\bnot\s(?:his|her|their|"
    r"the\sfamily['’]s|the\schild(?:ren)?['’]s)\sreal\snames?|\b(?:all|"
    r"the)\snames\s(?:\w+\s){0,4}are\s(?:fictitious|fictional|made[- ]up|pseudonyms)",
    re.I,
)

# -- in a title: "Serious Case Review: Leo", "DHR 07 - “Halina”", "Maya (SAR)"
_REVIEW = (
    r"(?:(?i:(?:serious\scase|significant\scase|safeguarding\sadults?|domestic\s(?:homicide|abuse\srelated\sdeath)|"
    r"child\s(?:safeguarding\s)?practice|adult\spractice|case\smanagement|single\sunified\ssafeguarding|learning|"
    r"rapid|thematic|case|practice|multi-agency)\sreviews?)|SCRs?|SARs?|DHRs?|L?CSPRs?|CPRs?|APRs?|CMRs?|SUSRs?|DARDRs?|"
    r"(?i:(?:minute|learning|practice|review)\s(?:briefing|bulletin|summary|brief)))"
)
_TO_NAME = (
    r"(?:\s(?!of\b)[\w/]*\d[\w/]*)?(?:\s?(?:[:–—|»-]|&[rm]aquo;|&[nm]dash;)|\s(?:on|of|into|about|concerning|for|"
    r"regarding|re|relating\sto|in\srespect\sof)|(?=\s[(\"“‘']))?[\s*#]{1,3}[(\"“‘'*]{0,4}"
)
_WHO = r"(?:(?:Child|Baby|Adult|Young\sPerson|Mr|Mrs|Ms|Miss)\s)?"
_NAMES = rf"{WORD}(?:(?:,\s(?:and\s)?|\s(?:and|&)\s){WORD}){{0,5}}"
_IN_TITLE = re.compile(rf"\b{_REVIEW}{_TO_NAME}{_WHO}(?P<names>{_NAMES})(?=[\"”’'*)]{{0,4}}\s*(?:$|\n|[.:(|<–—-]|&))")
_BEFORE_REVIEW = re.compile(rf"(?P<names>{_NAMES})[\"”’'*]{{0,3}}\s\({_REVIEW}")
_IN_EXAMPLE = re.compile(
    rf"\b(?i:case\s(?:study|example)|scenario|vignette)(?:\s\w{{1,3}})?\s?[:–—-]\s*(?P<names>{_NAMES})(?![ ][A-Z])"
)
_CHOSEN = re.compile(
    rf"\b[Tt]he\snames?\s[\"“‘']?(?P<names>{_NAMES})[\"”’']?\s(?:was|were|has\sbeen)\s(?:\w+\s)?"
    r"(?:picked|chosen|selected|given|used|agreed)\b"
)
_ALONE = re.compile(rf"^[ \t#*\"“‘']*(?P<names>(?:Child\s|Baby\s)?{WORD})[ \t*\"”’']*$", re.M)
_ANY_REVIEW = re.compile(rf"\b{_REVIEW}(?!\w)")
_HEAD = 400  # characters: the title of a document stands in them


def are_all_changed(text: str) -> bool:
    return bool(_ALL_CHANGED.search(text))


def pseudonyms(text: str) -> frozenset[str]:
    """In small letters. Single names only: a whole name is no pseudonym."""
    return frozenset(name.lower() for names in _declared(text) for name in re.findall(WORD, names))


def _declared(text: str) -> Iterator[str]:
    for match in _PSEUDONYM.finditer(text):
        sentence = text[max(0, match.start() - 80) : match.end() + 80]
        if _DECLARED.search(sentence) and "court" not in match[0]:
            yield match["names"]
    for match in _ALSO_PSEUDONYM.finditer(text):
        yield match["names"] or match["names2"] or match["names3"]
    for pattern in (_IN_TITLE, _BEFORE_REVIEW, _IN_EXAMPLE, _CHOSEN):
        yield from (match["names"] for match in pattern.finditer(text))
    yield from _alone_in_head(text)


def _alone_in_head(text: str) -> Iterator[str]:
    if _ANY_REVIEW.search(text[:_HEAD]):
        for match in _ALONE.finditer(text[:_HEAD]):
            if plain(match["names"].split()[-1]) in FIRST_NAMES:
                yield match["names"]
