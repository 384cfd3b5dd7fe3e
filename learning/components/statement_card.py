"""What a list hands to ``components/_statement.html`` for one statement."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from learning.components.wording import span_of
from learning.models import Bulletin, Statement
from reviews.models import Review

YEARS_UNTIL_OLD = 5
FIRST_SHOWN = 5  # of each kind, on a page that leads to the whole list


def card(statement: Statement, way_back: str = "", known: Collection[int] = ()) -> dict[str, Any]:
    """One statement of ``statements_for_cards()`` as a list shows it. Runs no query.

    Use it so: ``{% include "components/_statement.html" with card=card only %}``. ``known``: the keys of themes that
    the page says already; a card does not repeat them.
    """
    tags = [tag for tag in statement.shown_tags if tag.theme_id not in known]
    return {
        "statement": statement,
        "url": url_from_list(statement, way_back),
        "tag": tags[0] if tags else None,
        "more_tags": len(tags) - 1,
    }


@dataclass(frozen=True)
class Age:
    """From when the learning on a page is, said once; ``is_old`` where some of it is more than five years old."""

    years: str
    is_old: bool


def age_of(bulletins: Iterable[Bulletin]) -> Age | None:
    """None where no source has a year."""
    dated = [each for each in bulletins if each.last_year]
    today = timezone.localdate()
    return Age(span_of(dated), any(is_old(each, today) for each in dated)) if dated else None


def each_gets(available: Iterable[int], in_all: int, most: int) -> int:
    """How many of each kind fit, if no kind shows more than ``most`` and all of them together not more than ``in_all``.

    What a kind with few leaves over goes to the others.
    """
    numbers = list(available)
    while most > 1 and sum(min(number, most) for number in numbers) > in_all:
        most -= 1
    return most


def url_from_list(record: Statement | Review, way_back: str) -> str:
    """The address of a record in a list, whose page then leads back to it (``way_back``: as ``browse.views`` says)."""
    address = record.get_absolute_url()
    return f"{address}?{urlencode({'list': way_back})}" if way_back else address


def is_old(bulletin: Bulletin, today: date) -> bool:
    """Whether a bulletin is more than five years old, by its date or, without one, by its last year of learning."""
    if bulletin.published_on is not None:
        published = bulletin.published_on
        return (today.year - published.year, today.month, today.day) > (
            YEARS_UNTIL_OLD,
            published.month,
            published.day,
        )
    return bulletin.last_year is not None and today.year - bulletin.last_year > YEARS_UNTIL_OLD
