"""/questions/: what bulletins ask their readers, by theme, agency and occasion, as cards to discuss and to print."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from pyroaring import BitMap

from learning.browse.facet_panel import Option, options_of
from learning.browse.filters import NO_OCCASION, ListFilter, StatementFilter, sliced
from learning.browse.views import ListPage
from learning.catalogue import Catalogue
from learning.catalogue.rows import give_occasions, statements_for_cards
from learning.catalogue.shown import Shown
from learning.components.page_head import canonical_url
from learning.components.statement_card import Age, age_of, card
from learning.facets import counts as facets_counts
from learning.facets.conditions import AgencyFilter, TagFilter
from learning.facets.filterset import NOT_STATED
from learning.facets.options import Options, statement_options
from learning.models import Statement, StatementOccasion, StatementTheme

NO_AGENCY = "No agency in particular"
HEADINGS = {
    StatementOccasion.Occasion.SUPERVISION.value: "For supervision",
    StatementOccasion.Occasion.TEAM_MEETING.value: "For a team meeting",
    StatementOccasion.Occasion.OWN_REFLECTION.value: "For your own reflection",
    NOT_STATED: "For any occasion",
}


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
        return self.chosen["occasion"] or list(HEADINGS)

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


class QuestionPage(ListPage):
    name = "questions"
    one, many = "question", "questions"

    filters: QuestionFilter

    def __init__(self, request: HttpRequest, filters: QuestionFilter) -> None:
        super().__init__(request, filters)
        self.request = request

    def fetched(self, keys: list[int]) -> Iterable[Any]:
        questions = statements_for_cards(self.filters.catalogue, keys)
        give_occasions(questions)
        return questions

    def rows(self, page: Page[Any]) -> list[dict[str, Any]]:
        return [
            {
                **card(question, self.way_back),
                "occasions": question.shown_occasions,
                "heading": HEADINGS[self.occasion_of(question)],
                "address": canonical_url(self.request, question),
            }
            for question in page
        ]

    def occasion_of(self, question: Any) -> str:
        """The one under which it stands."""
        own = {tag.occasion for tag in question.shown_occasions}
        return next((occasion for occasion in self.filters.occasions if occasion in own), NOT_STATED)

    @cached_property
    def age(self) -> Age | None:
        return age_of(item["statement"].bulletin for item in self.items)

    @cached_property
    def shown(self) -> Shown:
        return Shown.of(self.filters.catalogue, statements=(item["statement"] for item in self.items))

    @cached_property
    def selects(self) -> list[dict[str, Any]]:
        """A box for each filter, with what of it would leave any question."""
        counts = self.filters.counts()
        return [
            {"name": name, "label": facet.label, "options": self.options(name, counts.get(name, {}))}
            for name, facet in ((name, self.filters.facets[name]) for name in self.filters.in_order)
        ]

    def options(self, name: str, counts: dict[str, int]) -> list[Option]:
        facet, chosen = self.filters.facets[name], self.filters.chosen[name]
        return options_of(facet, counts, chosen, is_counted=self.filters.is_valid())


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    page = QuestionPage(request, QuestionFilter(request.GET))
    return render(request, "learning/question_list.html", {"page": page, "shown": page.shown, "nav_section": page.name})
