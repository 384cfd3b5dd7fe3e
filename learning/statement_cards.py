"""What a list hands to ``components/_statement.html`` for one statement."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from learning.models import Bulletin, Statement

YEARS_UNTIL_OLD = 5


def card(statement: Statement, list_query: str = "") -> dict[str, Any]:
    """One statement of ``Statement.objects.published().for_list()`` as a list shows it. Runs no query.

    Use it so: ``{% include "components/_statement.html" with statement=card.statement url=card.url
    old_learning=card.old_learning only %}``. ``list_query`` is the query string of the list in which it stands
    ("theme=suicide&page=2"): the statement's page then leads back to it.
    """
    return {
        "statement": statement,
        "url": statement_url(statement, list_query),
        "old_learning": is_old(statement.bulletin, timezone.localdate()),
    }


def statement_url(statement: Statement, list_query: str = "") -> str:
    """The address of a statement, with the list that a reader came from."""
    address = statement.get_absolute_url()
    return f"{address}?{urlencode({'list': list_query})}" if list_query else address


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
