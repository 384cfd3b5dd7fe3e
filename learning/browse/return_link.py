"""The link from a record back to the list that led to it."""

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from learning.browse.facet_panel import address
from learning.browse.filters import ListFilter, ReviewListFilter, StatementFilter
from learning.browse.table_filters import QuestionFilter, RecommendationFilter

LONGEST_WAY_BACK = 2000


LISTS: dict[str, tuple[str, type[ListFilter]]] = {
    "reviews": ("review_list", ReviewListFilter),
    "learning": ("statement_list", StatementFilter),
    "recommendations": ("recommendation_list", RecommendationFilter),
    "questions": ("question_list", QuestionFilter),
}


def back_link(request: HttpRequest) -> str | None:
    """The address of the narrowed list that a reader came from, if the request names one."""
    name, colon, text = request.GET.get("list", "").partition(":")
    if not colon or name not in LISTS or len(text) > LONGEST_WAY_BACK or text.count("&") > LONGEST_WAY_BACK // 4:
        return None
    view, filters = LISTS[name]
    query = QueryDict(text, mutable=True)
    for parameter in query.keys() - {*filters.base_filters, "page"}:
        del query[parameter]
    return address(reverse(view), query)
