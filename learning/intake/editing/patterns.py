"""A detail said more generally: a date as its year, an age as its band, an ethnic group as its broad group."""

import re

from learning.reader.identifiers.ethnic_groups import MIXED, broad_groups
from learning.reader.identifiers.rare import band
from learning.reader.wording.dates import DATE

_AGE = re.compile(r"\b(\d{1,2})\b(?:[\s-]?(day|week|month|year))?", re.I)
_DATES = {"birth_date", "death_date", "incident_date"}


def generalised(kind: str, words: str) -> str | None:
    """What "generalise" would put instead of the words, or None where there is nothing more general to say."""
    if kind in _DATES:
        return _year(words)
    if kind != "rare_combination":
        return None
    return ", ".join(part for part in (_band(words), _group(words)) if part) or None


def _year(words: str) -> str | None:
    date = DATE.search(words)
    year = next((date[name] for name in ("y1", "y2", "y3", "y4", "y5") if date[name]), None) if date else None
    return year if year and len(year) == 4 and year != words.strip() else None


def _band(words: str) -> str | None:
    age = _AGE.search(words)
    return band(int(age[1]), (age[2] or "year").lower()) if age else None


def _group(words: str) -> str | None:
    """The first group that is named, but "mixed" wherever it stands: it speaks of the others that are named."""
    groups = broad_groups(words)
    return MIXED if MIXED in groups else next(iter(groups), None)


def pattern_of(words: str) -> re.Pattern[str]:
    """Words wherever they stand on their own, in any case, with any white space between them."""
    inner = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.I)


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern_of(words).finditer(text)]
