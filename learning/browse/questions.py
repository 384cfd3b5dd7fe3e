"""/questions/: what bulletins ask their readers, by theme, agency and occasion, as cards to discuss and to print."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learning.browse.facet_panel import Option, options_of
from learning.browse.table_filters import QuestionFilter
from learning.browse.views import ListPage
from learning.catalogue.rows import give_occasions, statements_for_cards
from learning.catalogue.shown import Shown
from learning.components.page_head import canonical_url
from learning.components.statement_card import Age, age_of, card
from learning.facets.filterset import NOT_STATED
from learning.models import StatementOccasion

HEADINGS = {
    StatementOccasion.Occasion.SUPERVISION.value: "For supervision",
    StatementOccasion.Occasion.TEAM_MEETING.value: "For a team meeting",
    StatementOccasion.Occasion.OWN_REFLECTION.value: "For your own reflection",
    NOT_STATED: "For any occasion",
}


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
