"""How the site says things: numbers with what they count, the kinds of statement, names within a sentence, years."""

from collections.abc import Iterable

from learning.models import Bulletin, Statement

SINGULAR = {kind.value: kind.label.lower() for kind in Statement.Kind} | {"good_practice": "example of good practice"}
PLURAL = {kind: f"{word}s" for kind, word in SINGULAR.items()} | {"good_practice": "examples of good practice"}
LONGEST_ECHO = 60
NO_YEAR = "year not stated"


def counted(number: int, one: str, many: str) -> str:
    """ "1 review", "1,400 reviews"."""
    return f"{number:,} {one if number == 1 else many}"


def counted_kind(number: int, kind: str) -> str:
    """ "1 question", "14 questions"."""
    return counted(number, SINGULAR.get(kind, kind), PLURAL.get(kind, kind))


def in_a_sentence(name: str) -> str:
    """ "child sexual exploitation" for "Child sexual exploitation"; "GPs" stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def echo(text: str, longest: int = LONGEST_ECHO) -> str:
    """What somebody typed, short and printable."""
    printable = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:longest])
    return f"{printable[:-1]}…" if len(text) > longest else printable


def span(years: Iterable[int | None]) -> str:
    """From the first to the last: "2016", "2017 to 2018"; "" where there is none."""
    known = [year for year in years if year is not None]
    return " to ".join(str(year) for year in sorted({min(known), max(known)})) if known else ""


def span_of(bulletins: Iterable[Bulletin]) -> str:
    """Their years of learning: of publication or, without a date, of the period that is printed."""
    return span(year for bulletin in bulletins for year in (bulletin.first_year, bulletin.last_year))
