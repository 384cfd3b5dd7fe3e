"""The filters of the two lists, with what only bulletins and the index know: years of learning, words, statements.

A year of learning is a year of publication of a bulletin or, where no date is printed, of the period that it prints.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, F, OrderBy, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from learning.boards import visible_boards
from learning.models import Addressee, Bulletin, Statement, StatementAgency, StatementTheme
from learning.search import Query, QueryError, matching, parse
from learning.years import NEWEST_REVIEWS, NEWEST_STATEMENTS, with_newest_year, years_of_each
from reviews import facets
from reviews.filters import (
    NOT_STATED,
    Choice,
    ColumnFilter,
    FacetFilter,
    FacetFilterSet,
    ReviewFilter,
    SettingFilter,
    TagFilter,
    agency_choices,
    board_choices,
    choices_of,
    theme_choices,
)
from reviews.models import Child, Review

FIRST_YEAR, LAST_YEAR = 1900, 2100
YEAR_HINT = "Year of publication, else the printed period."


def visible_board_choices() -> list[Choice]:
    return board_choices(visible_boards())


def review_choices() -> list[Choice]:
    """Visible reviews as "board/review". A label is no identifier, so the board stands beside it."""
    return [
        Choice(f"{review.board.slug}/{review.slug}", review.label_and_board, frozenset({review.pk}))
        for review in Review.objects.published().select_related("board").order_by("label", "board__slug")
    ]


def year_choices() -> list[Choice]:
    return [Choice(str(year), str(year), frozenset({year})) for year in range(LAST_YEAR, FIRST_YEAR - 1, -1)]


def in_years(years: Iterable[int], prefix: str = "") -> Q:
    """Bulletins (at ``prefix``) of which one of these is a year of learning."""
    condition = Q(pk__in=[])
    for year in years:
        condition |= Q(**{f"{prefix}first_year__lte": year, f"{prefix}last_year__gte": year})
    return condition


class YearFilter(ColumnFilter):
    """The years of learning of a statement: those of its bulletin."""

    def condition(self, values: Sequence[str]) -> Q:
        condition = in_years(self.stored(values), "bulletin__")
        return condition | Q(bulletin__first_year__isnull=True) if NOT_STATED in values else condition

    def values_in(self, row: dict[str, Any]) -> list[str]:
        first, last = (row[column] for column in self.columns)
        return [NOT_STATED] if first is None else [str(year) for year in range(first, last + 1)]


class ReviewYearFilter(FacetFilter):
    """The years of learning of a review: those of every visible bulletin that speaks of it."""

    def condition(self, values: Sequence[str]) -> Q:
        own = Bulletin.objects.published().filter(reviews=OuterRef("pk"))
        condition = Q(Exists(own.filter(in_years(self.stored(values)))))
        return condition | ~Q(Exists(own.filter(first_year__isnull=False))) if NOT_STATED in values else condition

    def members(self, rows: Iterable[dict[str, Any]], published: QuerySet[Any]) -> facets.Members:
        years = years_of_each(published)
        found = facets.gather((str(year), review) for review, each in years.items() for year in each)
        return found | {NOT_STATED: {row["pk"] for row in rows if not years.get(row["pk"])}}


class WordsField(forms.CharField):
    def clean(self, value: Any) -> Query | None:
        """The words as a query of the index. What it cannot read is an error that says why."""
        try:
            return parse(value) if (value or "").strip() else None
        except QueryError as error:
            raise forms.ValidationError(str(error)) from error


class WordsFilter(django_filters.Filter):
    field_class = WordsField

    def filter(self, queryset: QuerySet[Any], query: Query | None) -> QuerySet[Any]:
        return matching(queryset, query) if query else queryset


NEWEST, OLDEST, LABEL, BEST = "newest", "oldest", "label", "best"


class ReviewListFilter(ReviewFilter):
    board = ColumnFilter("Board", visible_board_choices, "board", names_itself=True)
    year = ReviewYearFilter("Year of learning", year_choices, not_stated="No year stated", hint=YEAR_HINT)
    q = WordsFilter(label="Words")
    sort = SettingFilter(
        label="Sort", choices=[(NEWEST, "Newest learning"), (LABEL, "Label, A to Z"), (BEST, "Best match")]
    )
    in_order = (
        "theme",
        "nature",
        "age_band",
        "sex",
        "ethnicity",
        "care_status",
        "type",
        "report_state",
        "year",
        "board",
    )

    def ordered(self, sort: str) -> QuerySet[Review]:
        """The result in a total order."""
        order: dict[str, list[OrderBy | str]] = {
            NEWEST: [*NEWEST_REVIEWS],
            LABEL: ["label", "board__slug", "pk"],
            BEST: ["-rank", *NEWEST_REVIEWS],
        }
        return with_newest_year(self.qs).order_by(*order[sort])


class StatementFilter(FacetFilterSet):
    kind = ColumnFilter("Kind", partial(choices_of, Statement.Kind), "kind", names_itself=True)
    theme = TagFilter(
        "Theme", theme_choices, StatementTheme, "statement", "theme", not_stated="No theme assigned", names_itself=True
    )
    agency = TagFilter("Agency named", agency_choices, StatementAgency, "statement", "agency", not_stated="None named")
    addressed_to = TagFilter(
        "Addressed to", agency_choices, Addressee, "statement", "agency", not_stated="Nobody named"
    )
    board = ColumnFilter("Board", visible_board_choices, "own_board", names_itself=True)
    year = YearFilter(
        "Year of learning",
        year_choices,
        "bulletin__first_year",
        "bulletin__last_year",
        not_stated="No year stated",
        hint=YEAR_HINT,
    )
    nature = ColumnFilter("What happened", partial(choices_of, Review.Nature), "review__nature")
    review = ColumnFilter("Review", review_choices, "review", not_stated="Of no single review", names_itself=True)
    q = WordsFilter(label="Words")
    sort = SettingFilter(
        label="Sort", choices=[(NEWEST, "Newest learning"), (OLDEST, "Oldest learning"), (BEST, "Best match")]
    )
    child_columns = ("review", "child")
    in_order = (
        "kind",
        "theme",
        "agency",
        "addressed_to",
        "nature",
        "age_band",
        "care_status",
        "year",
        "board",
        "review",
    )

    def __init__(self, data: Any, queryset: QuerySet[Statement]) -> None:
        super().__init__(data, queryset.annotate(own_board=Coalesce("review__board", "bulletin__board")))

    def of_children(self, children: QuerySet[Child]) -> Q:
        """The child that the statement is about; where it names none, any child of its review."""
        return Q(child__in=children.values("pk")) | Q(child__isnull=True, review__in=children.values("review"))

    def of_no_child(self) -> Q:
        return Q(child__isnull=True) & ~Q(Exists(Child.objects.filter(review=OuterRef("review"))))

    def children_of(self, row: dict[str, Any], by_review: dict[int, list[int]]) -> list[int]:
        return [row["child"]] if row["child"] else by_review.get(row["review"], [])

    def ordered(self, sort: str) -> QuerySet[Statement]:
        """The result in a total order: bulletins as asked, each bulletin's statements in its own order."""
        order: dict[str, list[OrderBy | str]] = {
            NEWEST: [*NEWEST_STATEMENTS],
            OLDEST: [F("bulletin__first_year").asc(nulls_last=True), "bulletin__slug", "position", "pk"],
            BEST: ["-rank", *NEWEST_STATEMENTS],
        }
        found: QuerySet[Statement] = self.qs.order_by(*order[sort])
        return found
