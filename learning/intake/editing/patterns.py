"""A detail said more generally: a date as its year, an age as its band, an ethnic group as its broad group."""

import re

from learning.reader.wording.dates import DATE

_AGE = re.compile(r"\b(\d{1,2})\b")
_MONTHS_OLD = re.compile(r"\b(?:weeks?|months?|days?)\b", re.I)
_BANDS = ((0, "under 1"), (5, "1 to 5"), (10, "6 to 10"), (15, "11 to 15"), (17, "16 to 17"), (199, "18 and over"))
_GROUPS = (
    (r"bangladeshi|indian|pakistani|chinese|tamil|bengali|asian", "Asian or Asian British"),
    (
        r"caribbean|african|somali|nigerian|ghanaian|eritrean|congolese|jamaican|black",
        "Black, Black British, Caribbean or African",
    ),
    (r"mixed|dual heritage|multiple", "Mixed or multiple ethnic groups"),
    (r"arab|kurdish|iranian|afghan", "Other ethnic group"),
    (r"gypsy|roma|traveller|irish|polish|romanian|white", "White"),
)  # fmt: skip
_DATES = {"birth_date", "death_date", "incident_date"}


def generalised(kind: str, words: str) -> str | None:
    """What "generalise" would put instead of the words, or None where there is nothing more general to say."""
    if kind in _DATES:
        return _year(words)
    if kind != "rare_combination":
        return None
    said = [part for part in (_band(words), _group(words)) if part]
    return ", ".join(said) or None


def _year(words: str) -> str | None:
    found = DATE.search(words)
    year = next((found[name] for name in ("y1", "y2", "y3", "y4", "y5") if found[name]), None) if found else None
    return year if year and len(year) == 4 and year != words.strip() else None


def _band(words: str) -> str | None:
    if _MONTHS_OLD.search(words) and not re.search(r"years?", words, re.I):
        return "under 1"
    found = _AGE.search(words)
    return next((band for upper, band in _BANDS if int(found[1]) <= upper), None) if found else None


def _group(words: str) -> str | None:
    mixed = re.search(r"\b(?:mixed|dual heritage|multiple)\b", words, re.I)
    if mixed:
        return "Mixed or multiple ethnic groups"
    return next((group for names, group in _GROUPS if re.search(rf"\b(?:{names})\b", words, re.I)), None)


def pattern_of(words: str) -> re.Pattern[str]:
    """Words wherever they stand on their own, in any case, with any white space between them."""
    inner = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.I)


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern_of(words).finditer(text)]
