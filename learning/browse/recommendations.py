"""/recommendations/: what was recommended or said to be done, to whom, and what became of it, as one table."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from learning.browse.facet_panel import address, copied
from learning.browse.table_filters import RecommendationFilter
from learning.browse.views import ListOfStatements
from learning.components.progress import MARKS
from learning.components.statement_card import url_from_list
from learning.components.wording import counted, counted_kind
from learning.models import Bulletin, CurrentStatus, Statement
from learning.models.progress import FOLLOWED


class RecommendationPage(ListOfStatements):
    name = "recommendations"
    one, many = "recommendation or action", "recommendations and actions"

    filters: RecommendationFilter

    @cached_property
    def title(self) -> str:
        """ "16 recommendations and 28 actions from 4 reviews"."""
        if self.problems:
            return "Nothing is shown"
        record_set, found = self.filters.record_set, self.filters.found
        of_kinds = {kind: found.intersection_cardinality(record_set.with_value("kind", kind)) for kind in FOLLOWED}
        parts = [counted_kind(number, kind) for kind, number in of_kinds.items() if number]
        reviews = int(np.count_nonzero(record_set.tally("review", found)[1:]))
        return " from ".join(
            [" and ".join(parts) or f"No {self.many}", *([counted(reviews, "review", "reviews")] if reviews else [])]
        )

    @cached_property
    def bars(self) -> list[dict[str, Any]]:
        """How many have each status, whatever status is asked for: nine rows at most, those without any left out."""
        numbers = self.counts["status"]
        most = max(numbers.values(), default=0)
        return [
            {
                "label": status.label,
                "mark": MARKS[status],
                "value": numbers[status.value],
                "width": round(100 * numbers[status.value] / most, 1),
                "is_chosen": status.value in self.filters.chosen["status"],
                "url": address(self.path, self.with_status(status.value)),
            }
            for status in CurrentStatus
            if numbers.get(status.value)
        ]

    def with_status(self, value: str) -> Any:
        query = copied(self.query)
        query["status"] = value
        return query

    @property
    def crumbs(self) -> list[dict[str, str]]:
        return [{"label": "Recommendations"}]

    def rows(self, page: Page[Any]) -> list[dict[str, Any]]:
        today = timezone.localdate()
        return [row(statement, self.way_back, today) for statement in page]


def row(statement: Statement, way_back: str, today: date) -> dict[str, Any]:
    return {
        "statement": statement,
        "url": url_from_list(statement, way_back),
        "age": years_since(statement.bulletin, today),
    }


def years_since(bulletin: Bulletin, today: date) -> str:
    """How long ago it was published, in whole years; without a date, since the last year of learning."""
    published = bulletin.published_on
    if published is not None:
        years = today.year - published.year - ((today.month, today.day) < (published.month, published.day))
        return counted(years, "year", "years") if years else "Under a year"
    if bulletin.last_year is None:
        return "Not known"
    return f"About {counted(max(today.year - bulletin.last_year, 1), 'year', 'years')}"


@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    page = RecommendationPage(request, RecommendationFilter(request.GET))
    return render(
        request, "learning/recommendation_list.html", {"page": page, "shown": page.shown, "nav_section": page.name}
    )
