"""The years of learning: those in which a bulletin was published or, without a date, of the period that it prints."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from learning.models import Bulletin

NO_YEAR = "year not stated"
SPEAKS_OF = Bulletin.reviews.through
NEWEST_BULLETINS = (
    F("last_year").desc(nulls_last=True),
    F("published_on").desc(nulls_last=True),
    F("added_on").desc(),
    F("title").asc(),
    F("pk").asc(),
)
NEWEST_STATEMENTS = (
    F("bulletin__last_year").desc(nulls_last=True),
    F("bulletin__slug").asc(),
    F("position").asc(),
    F("pk").asc(),
)
# of what comes with_newest_year()
NEWEST_REVIEWS = (F("newest_year").desc(nulls_last=True), F("label").asc(), F("board__slug").asc(), F("pk").asc())


def with_newest_year(reviews: QuerySet[Any]) -> QuerySet[Any]:
    """``newest_year``: the last year of learning of the visible bulletins that speak of a review."""
    years = SPEAKS_OF.objects.filter(review=OuterRef("pk"), bulletin__in=Bulletin.objects.published())
    newest_first = years.order_by(F("bulletin__last_year").desc(nulls_last=True))
    found: QuerySet[Any] = reviews.annotate(newest_year=Subquery(newest_first.values("bulletin__last_year")[:1]))
    return found


def years_of_each(reviews: QuerySet[Any]) -> dict[int, set[int]]:
    """By the key of each review: the years of learning of the visible bulletins that speak of it."""
    rows = SPEAKS_OF.objects.filter(bulletin__in=Bulletin.objects.published(), review__in=reviews.values("pk"))
    years: dict[int, set[int]] = {}
    for review, first, last in rows.values_list("review", "bulletin__first_year", "bulletin__last_year"):
        years.setdefault(review, set()).update(range(first, last + 1) if first and last else ())
    return years


def span(years: Iterable[int | None]) -> str:
    """From the first to the last: "2016", "2017 to 2018"; "" where there is none."""
    known = [year for year in years if year is not None]
    return " to ".join(str(year) for year in sorted({min(known), max(known)})) if known else ""


def span_of(bulletins: Iterable[Bulletin]) -> str:
    return span(year for bulletin in bulletins for year in (bulletin.first_year, bulletin.last_year))
