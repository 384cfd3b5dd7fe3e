"""/questions/: what bulletins ask their readers, by theme, agency and occasion, as cards to discuss and to print."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learning.browse.table_filters import QuestionFilter
from learning.browse.views import ListOfStatements
from learning.catalogue.rows import give_occasions
from learning.components.page_head import canonical_url
from learning.components.statement_card import card
from learning.facets.filterset import NOT_STATED
from learning.models import StatementOccasion

HEADINGS = {
    StatementOccasion.Occasion.SUPERVISION.value: "For supervision",
    StatementOccasion.Occasion.TEAM_MEETING.value: "For a team meeting",
    StatementOccasion.Occasion.OWN_REFLECTION.value: "For your own reflection",
    NOT_STATED: "For any occasion",
}


class QuestionPage(ListOfStatements):
    name = "questions"
    one, many = "question", "questions"

    filters: QuestionFilter

    def __init__(self, request: HttpRequest, filters: QuestionFilter) -> None:
        super().__init__(request, filters)
        self.request = request

    def fetched(self, keys: list[int]) -> Iterable[Any]:
        questions = list(super().fetched(keys))
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


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    page = QuestionPage(request, QuestionFilter(request.GET))
    return render(request, "learning/question_list.html", {"page": page, "shown": page.shown, "nav_section": page.name})
