"""The filters of /questions/ and /recommendations/, which show some statements as cards and as a table."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from pyroaring import BitMap

from learning.browse.filters import (
    NEWEST,
    NO_OCCASION,
    NOT_FOLLOWED,
    OLDEST,
    ListFilter,
    StatementFilter,
    oldest_first,
    sliced,
)
from learning.catalogue import Catalogue
from learning.facets import counts as facets_counts
from learning.facets.conditions import AgencyFilter, StatementBoardFilter, StatusFilter, StoredFilter, TagFilter
from learning.facets.filterset import NOT_STATED, SettingFilter
from learning.facets.options import Options, recommendation_options, statement_options
from learning.models import Addressee, CurrentStatus, Statement, StatementOccasion, StatementTheme
from learning.models.progress import FOLLOWED

BOARD, STATUS = "board", "status"
NO_AGENCY = "No agency in particular"
OCCASIONS = (*StatementOccasion.Occasion.values, NOT_STATED)  # as a page groups its questions


class RecommendationFilter(ListFilter):
    model = Statement
    q: Any = None  # it asks for no words
    status = StatusFilter("Status", not_stated=NOT_FOLLOWED)
    addressed_to = TagFilter(
        "Addressed to", Addressee, record="statement", term="agency", not_stated="Nobody named", names_itself=True
    )
    theme = TagFilter(
        "Theme", StatementTheme, record="statement", term="theme", not_stated="No theme assigned", names_itself=True
    )
    board = StatementBoardFilter("Board", names_itself=True)
    kind = StoredFilter("Kind", names_itself=True)
    sort = SettingFilter(
        label="Sort",
        choices=[
            (NEWEST, "Newest first"), (OLDEST, "Oldest first"), (BOARD, "Board, A to Z"), (STATUS, "Status"),
        ],
    )  # fmt: skip
    in_order = ("status", "addressed_to", "theme", "board", "kind")

    def available_options(self) -> Options:
        return recommendation_options(self.catalogue, self.base_filters)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return super().filter_queryset(queryset.filter(kind__in=FOLLOWED))

    def page(self, sort: str, start: int, stop: int) -> list[int]:
        orders = {OLDEST: oldest_first, BOARD: self.by_board, STATUS: self.by_status}
        found = orders[sort](self.record_set, self.found) if sort in orders else [self.found]
        keys: list[int] = self.record_set.keys[sliced(found, start, stop)].tolist()
        return keys

    def by_board(self, record_set: Any, found: BitMap) -> Iterable[BitMap]:
        """As the choices stand, by the names of the boards; within each the newest first."""
        of_boards = [key for choice in self.facets["board"].choices.values() for key in choice.covers]
        return (record_set.with_value("board", key) & found for key in of_boards)

    def by_status(self, record_set: Any, found: BitMap) -> Iterable[BitMap]:
        return (record_set.with_value("status", status.value) & found for status in CurrentStatus)


def questions_in(catalogue: Catalogue) -> BitMap:
    return catalogue.statements.with_value("kind", Statement.Kind.QUESTION)


class QuestionFilter(ListFilter):
    """The list of statements with fewer filters, and an agency is one that a question names or is addressed to."""

    model = Statement
    q = None  # type: ignore[assignment]  # takes the words out of the filters
    theme = TagFilter("Theme", StatementTheme, record="statement", term="theme", not_stated="No theme assigned")
    agency = AgencyFilter("Agency", not_stated=NO_AGENCY)
    occasion = TagFilter("Occasion", StatementOccasion, record="statement", term="occasion", not_stated=NO_OCCASION)
    in_order = ("occasion", "theme", "agency")

    def available_options(self) -> Options:
        return self.catalogue.derived("options of questions", self.make_options)

    def make_options(self) -> Options:
        options = statement_options(self.catalogue, StatementFilter.base_filters)
        of_records = options.index.of_records
        index = facets_counts.Index(
            questions_in(self.catalogue),
            {
                "theme": of_records["theme"],
                "agency": named_or_addressed(of_records),
                "occasion": of_records["occasion"],
            },
        )
        agencies = {**options.choices["agency"]}
        agencies[NOT_STATED] = replace(agencies[NOT_STATED], label=NO_AGENCY)
        return Options({**options.choices, "agency": agencies}, index)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return super().filter_queryset(queryset.filter(kind=Statement.Kind.QUESTION))

    def page(self, sort: str, start: int, stop: int) -> list[int]:
        """Those of each occasion together, each question once, the newest learning first."""
        keys: list[int] = self.record_set.keys[sliced(self.of_each_occasion(), start, stop)].tolist()
        return keys

    @property
    def occasions(self) -> list[str]:
        """The occasions by which the page is grouped: those asked for, else all of them."""
        return self.chosen["occasion"] or list(OCCASIONS)

    def of_each_occasion(self) -> Iterator[BitMap]:
        left = self.found
        for occasion in self.occasions:
            suited = left & self.index.of_records["occasion"].get(occasion, BitMap())
            yield suited
            left = left - suited


def named_or_addressed(of_records: Mapping[str, facets_counts.Members]) -> facets_counts.Members:
    named, addressed = of_records["agency"], of_records["addressed_to"]
    nothing = BitMap()
    either = {value: named.get(value, nothing) | addressed.get(value, nothing) for value in {*named, *addressed}}
    return either | {NOT_STATED: named.get(NOT_STATED, nothing) & addressed.get(NOT_STATED, nothing)}
