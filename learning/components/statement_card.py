"""What a list hands to ``components/_statement.html`` for one statement."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from learning.models import Bulletin, Statement
from reviews.models import Review

YEARS_UNTIL_OLD = 5
FIRST_SHOWN = 5  # of each kind, on a page that leads to the whole list


def card(statement: Statement, way_back: str = "") -> dict[str, Any]:
    """One statement of ``statements_for_cards()`` as a list shows it. Runs no query.

    Use it so: ``{% include "components/_statement.html" with statement=card.statement url=card.url
    old_learning=card.old_learning age_is_said=... only %}`` (see ``are_all_old``).
    """
    return {
        "statement": statement,
        "url": url_from_list(statement, way_back),
        "old_learning": is_old(statement.bulletin, timezone.localdate()),
    }


def each_gets(available: Iterable[int], in_all: int, most: int) -> int:
    """How many of each kind fit, if no kind shows more than ``most`` and all of them together not more than ``in_all``.

    What a kind with few leaves over goes to the others.
    """
    numbers = list(available)
    while most > 1 and sum(min(number, most) for number in numbers) > in_all:
        most -= 1
    return most


def are_all_old(cards: Iterable[dict[str, Any]]) -> bool:
    """Whether a page says once, above its statements, that they are old (``components/_all_old.html``)."""
    ages = [each["old_learning"] for each in cards]
    return bool(ages) and all(ages)


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
