"""What a list hands to ``components/_statement.html`` for one statement."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.template.defaultfilters import date as format_date
from django.utils import timezone

from learning.components.wording import counted, span_of
from learning.models import Bulletin, Statement, StatementTheme
from reviews.models import Review
from reviews.state import AssignedBy

YEARS_UNTIL_OLD = 5
FIRST_SHOWN = 5  # of each kind, on a page that leads to the whole list


def card(statement: Statement, way_back: str = "", known: Collection[int] = ()) -> dict[str, Any]:
    """One statement of ``statements_for_cards()`` as a list shows it. Runs no query.

    Use it so: ``{% include "components/_statement.html" with card=card only %}``. ``known``: the keys of themes that
    the page says already; a card does not repeat them.
    """
    kind = statement.get_kind_display()
    tags = [tag for tag in statement.shown_tags if tag.theme_id not in known]
    return {
        "statement": statement,
        "pk": statement.pk,
        "kind": statement.kind,
        "label": f"{kind} {statement.number}" if statement.number else kind,
        "url": url_from_list(statement, way_back),
        "cite_url": f"{statement.get_absolute_url()}#cite",
        "before": statement.words_before,
        "text": statement.text,
        "is_piece": statement.starts_mid_sentence,
        "citation": statement.citation,
        "status": getattr(statement, "status", None),
        "notes": notes_on(statement),
        **source_of(statement),
        **first_of(tags),
    }


def source_of(statement: Statement) -> dict[str, str]:
    """Its review, else its bulletin, with the board and the year: labels alone are no identification."""
    bulletin = statement.bulletin
    of: Any = statement.review or bulletin
    place = f"{of.board.brief_name} {bulletin.last_year or ''}".rstrip()
    return {
        "source": of.label if statement.review else of.display_title,
        "source_url": of.get_absolute_url(),
        "place": f"{place}; about {statement.child}" if statement.child else place,
    }


def first_of(tags: list[StatementTheme]) -> dict[str, Any]:
    if not tags:
        return {}
    first = tags[0].theme
    return {
        "tag": first.tag_name,
        "tag_in_full": first.name,
        "tag_url": first.get_absolute_url(),
        "is_by_editors": tags[0].assigned_by == AssignedBy.CURATOR,
        "more_tags": len(tags) - 1,
        "themes": counted(len(tags), "theme", "themes"),
    }


def notes_on(statement: Statement) -> list[str]:
    """What a reader should know before quoting it."""
    addressees = ", ".join(str(each) for each in statement.shown_addressees)
    notes = {
        f"To: {addressees}": addressees,
        "number lost in the source": statement.number_status == Statement.NumberStatus.LOST,
        "finding in prose": statement.form == Statement.Form.PROSE,
        "breaks off here in the source": statement.breaks_off,
        f"corrected on {format_date(statement.corrected_on, 'j F Y')}": statement.corrected_on,
    }
    return [note for note, holds in notes.items() if holds]


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
