"""The two filtered lists, /reviews/ and /learning/, and the way back to them.

The whole state of a list is in its address. Items are linked with ``?list=NAME:QUERY`` (NAME is "reviews", "learning"
or "questions", QUERY the query string of the list, page included). ``back_link`` makes the address of the list from
that and trusts nothing in it: the name must be known, and of the query only the parameters of that list are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, overload

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django_htmx.http import push_url
from django_htmx.middleware import HtmxDetails

from learning.browse.facet_panel import (
    Chip,
    Group,
    address,
    chips,
    copied,
    groups,
    most_frequent,
    options_of,
    without,
)
from learning.browse.filters import BEST, NEWEST, ListFilter, ReviewListFilter, StatementFilter
from learning.catalogue.rows import reviews_for_rows, statements_for_cards
from learning.catalogue.shown import Shown
from learning.components.pagination import PER_PAGE, no_such_page, page_at, range_around
from learning.components.statement_card import Age, age_of, card, url_from_list
from learning.components.wording import NO_YEAR, counted, echo, span_of
from learning.facets.counts import Counts
from learning.facets.filterset import ANY, MOST_CHOSEN, NOT_STATED, FacetFilterSet

TAGS_SHOWN = 6
LONGEST_SENT = 160  # a page says it at each of its records
MOST_PROBLEMS = 5


class ListRequest(HttpRequest):
    htmx: HtmxDetails


@require_safe
def review_list(request: ListRequest) -> HttpResponse:
    page = ReviewPage(request, ReviewListFilter(request.GET))
    return answer(request, "reviews/review_list.html", page)


@require_safe
def statement_list(request: ListRequest) -> HttpResponse:
    page = StatementPage(request, StatementFilter(request.GET))
    return answer(request, "learning/statement_list.html", page)


def answer(request: ListRequest, template: str, page: ListPage) -> HttpResponse:
    """The same page for everybody; htmx takes the list out of it and is told its shortest address."""
    response = render(request, template, {"page": page, "shown": page.shown, "nav_section": page.name})
    return push_url(response, page.url) if request.htmx else response


@dataclass(frozen=True)
class Problem:
    """Something in the address that cannot be understood, and the address without it."""

    text: str
    action: str
    url: str


class Listed(Sequence[Any]):
    """The records that a list finds, in its order: counted without a query, and fetched a page at a time."""

    def __init__(self, page: ListPage) -> None:
        self.page = page

    def __len__(self) -> int:
        return len(self.page.filters.found)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, int):
            return self[index : index + 1][0]
        keys = self.page.filters.page(self.page.sort, index.start or 0, len(self) if index.stop is None else index.stop)
        fetched = {record.pk: record for record in self.page.fetched(keys)}
        return [fetched[key] for key in keys if key in fetched]


class ListPage:
    """What the template of a list shows. Whatever cannot be understood is a problem, and then there are no rows."""

    name = ""
    one, many = "", ""

    def __init__(self, request: HttpRequest, filters: ListFilter) -> None:
        self.path = request.path
        self.filters = filters
        self.page_text = request.GET.get("page", "")
        self.query = state(filters)
        self.url = address(self.path, self.query)
        self.misspelt = [name for name in filters.data if is_misspelt(name, {*filters.filters, "page"})]

    def rows(self, page: Page[Any]) -> list[dict[str, Any]]:
        raise NotImplementedError

    def fetched(self, keys: list[int]) -> Iterable[Any]:
        """The visible records of these keys with all that a row shows of them."""
        raise NotImplementedError

    @cached_property
    def paginator(self) -> Paginator[Any]:
        return Paginator(Listed(self), PER_PAGE)

    @cached_property
    def page(self) -> Page[Any] | None:
        """The page that is asked for; None where there is none, or where the filters cannot be understood."""
        if self.misspelt or not self.filters.is_valid():
            return None
        return page_at(self.paginator, self.page_text)

    @cached_property
    def page_range(self) -> list[int | str]:
        return range_around(self.page)

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        return self.rows(self.page) if self.page else []

    @property
    def age(self) -> Age | None:
        """From when its statements are."""
        return None

    @property
    def by_default(self) -> str:
        return BEST if self.query.get("q") else NEWEST

    @cached_property
    def sort(self) -> str:
        """The order in force: best match where words are asked for and nothing else is said."""
        asked = self.query.get("sort") or self.by_default
        return NEWEST if asked == BEST and not self.query.get("q") else asked

    @property
    def sort_options(self) -> list[dict[str, Any]]:
        """The usual order goes without a value: words that are typed with it are then ranked."""
        return [
            {"value": "" if value == self.by_default else value, "label": label, "is_selected": value == self.sort}
            for value, label in self.filters.filters["sort"].extra["choices"]
            if value != BEST or self.query.get("q")
        ]

    @cached_property
    def groups(self) -> list[Group]:
        return groups(self.filters, self.query, self.path)

    @cached_property
    def chips(self) -> list[Chip]:
        return chips(self.filters, self.query, self.path)

    @cached_property
    def problems(self) -> list[Problem]:
        if self.filters.is_too_much:
            text = f"You can make no more than {MOST_CHOSEN} choices at once."
            return [Problem(text, "Clear all filters", self.path)]
        if self.misspelt or not self.filters.is_valid():
            unread = [Problem(not_a_filter(name), "Remove it", self.url) for name in self.misspelt]
            return [*unread, *filter_problems(self.filters, self.query, self.path)][:MOST_PROBLEMS]
        if self.page is None:
            return [Problem(no_such_page(self.page_text, self.paginator), "Go to the first page", self.url)]
        return []

    @property
    def words(self) -> str:
        """What stands in the box for words: as typed, even where it cannot be read."""
        return echo(self.query.get("q", ""), longest=300)

    @property
    def explanations(self) -> list[str]:
        """What the vocabularies added to the words: "CSE = child sexual exploitation"."""
        query = self.filters.form.cleaned_data.get("q")
        return query.explanations if query else []

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query or self.page_text)

    @cached_property
    def shown(self) -> Shown:
        raise NotImplementedError

    @property
    def crumbs(self) -> list[dict[str, str]]:
        return [{"label": self.name.capitalize()}]

    @property
    def empty_title(self) -> str:
        return f"No {self.many} match all of these filters" if self.chips else f"No {self.many} yet"

    @cached_property
    def title(self) -> str:
        """How much there is: "38 statements"."""
        return "Nothing is shown" if self.problems else counted(len(self.filters.found), self.one, self.many)

    @property
    def title_of(self) -> str:
        """From how many reviews that is, where it can be said."""
        return ""

    @property
    def apply(self) -> str:
        """What the button of the filters says."""
        return "Show results" if self.problems else f"Show {self.title}"

    @cached_property
    def way_back(self) -> str:
        """What an item's address says of this list."""
        query = copied(self.query)
        query.pop("show", None)
        if self.page and self.page.number > 1:
            query["page"] = str(self.page.number)
        text = query.urlencode(safe="/")
        return f"{self.name}:{text}" if len(text) <= LONGEST_SENT else ""

    @property
    def ways_out(self) -> list[dict[str, str]]:
        """What to do about an empty list: take one filter away, or all."""
        ways = [{"label": f"Remove {chip.label}", "url": chip.remove_url} for chip in self.chips]
        return [*ways, {"label": "Clear all filters", "url": self.path}] if len(ways) > 1 else ways


class ListOfStatements(ListPage):
    """What every list of statements has, whatever it shows of each."""

    one, many = "statement", "statements"

    def fetched(self, keys: list[int]) -> Iterable[Any]:
        return statements_for_cards(self.filters.catalogue, keys)

    @cached_property
    def shown(self) -> Shown:
        return Shown.of(self.filters.catalogue, statements=(item["statement"] for item in self.items))

    @cached_property
    def age(self) -> Age | None:
        return age_of(item["statement"].bulletin for item in self.items)

    @cached_property
    def counts(self) -> Counts:
        return self.filters.counts()

    @cached_property
    def selects(self) -> list[dict[str, Any]]:
        """A box for each filter, with the choices that leave anything. Several may be asked for in an address."""
        boxes = []
        for name in self.filters.in_order:
            facet, chosen = self.filters.facets[name], self.filters.chosen[name]
            options = options_of(facet, self.counts.get(name, {}), chosen, is_counted=self.filters.is_valid())
            listed = options if any(option.depth for option in options) else most_frequent(options)
            boxes.append({"name": name, "label": facet.label, "options": listed, "is_multiple": len(chosen) > 1})
        return boxes


class StatementPage(ListOfStatements):
    name = "learning"

    filters: StatementFilter

    @cached_property
    def title_of(self) -> str:
        """ "from 6 reviews", after "38 statements"."""
        reviews = self.filters.review_count if not self.problems else 0
        return f"from {counted(reviews, 'review', 'reviews')}" if reviews else ""

    def rows(self, page: Page[Any]) -> list[dict[str, Any]]:
        return [card(statement, self.way_back) for statement in page]


class ReviewPage(ListPage):
    name = "reviews"
    one, many = "review", "reviews"

    @cached_property
    def shown(self) -> Shown:
        return Shown.of(self.filters.catalogue, cases=(item["review"] for item in self.items))

    def fetched(self, keys: list[int]) -> Iterable[Any]:
        return reviews_for_rows(self.filters.catalogue, keys)

    def rows(self, page: Page[Any]) -> list[dict[str, Any]]:
        theme = self.filters.facets["theme"]
        asked = theme.stored(self.filters.chosen["theme"])
        return [review_row(review, asked, self.way_back) for review in page]


def review_row(review: Any, asked: set[int], way_back: str) -> dict[str, Any]:
    """One review as the list shows it, with the themes that were asked for first. Runs no query: its bulletins are in
    ``visible_bulletins``."""
    tags = sorted(review.theme_tags.all(), key=lambda tag: tag.theme_id not in asked)
    return {
        "review": review,
        "url": url_from_list(review, way_back),
        "labels": labels_of(review),
        "tags": tags[:TAGS_SHOWN],
        "more_tags": len(tags[TAGS_SHOWN:]),
        "aliases": [alias.name for alias in review.aliases.all()],
    }


def labels_of(review: Any) -> list[str]:
    """What tells one case from another at a glance. Of the child there is nothing: that stands on the page itself."""
    told = [review.nature, review.type, review.report_state]
    texts = [
        review.get_nature_display(),
        review.get_type_display(),
        f"Report: {review.get_report_state_display().lower()}",
    ]
    labels = [text for value, text in zip(told, texts, strict=True) if value != NOT_STATED]
    return [*labels[:1], span_of(review.visible_bulletins) or NO_YEAR, *labels[1:]]


def state(filters: FacetFilterSet) -> QueryDict:
    """What is in force, in as few words as an address can say it: no blanks, repetitions, defaults, and no page."""
    query = QueryDict(mutable=True)
    if filters.is_too_much:
        return query
    for name in filters.filters:
        values = [value for value in dict.fromkeys(filters.data.getlist(name)) if value]
        if values:
            query.setlist(name, values if name in filters.facets else values[-1:])
    if not query.get("q", "").strip():
        query.pop("q", None)
    for facet in filters.facets.values():
        if query.get(facet.match_name) == ANY:
            del query[facet.match_name]
    if query.get("sort") == (BEST if query.get("q") else NEWEST):
        del query["sort"]
    return query


def is_misspelt(name: str, known: set[str]) -> bool:
    """Whether a parameter is a known one in another spelling: "theme[]", "Theme", "theme ". Others are not ours."""
    return name not in known and name.partition("[")[0].strip().lower() in known


def not_a_filter(name: str) -> str:
    plain = name.partition("[")[0].strip().lower()
    return f"There is no filter “{echo(name)}”. It is called “{plain}”: repeat it for each choice."


def filter_problems(filters: FacetFilterSet, query: QueryDict, path: str) -> list[Problem]:
    """What the filters cannot understand, each with the address that leaves just that away."""
    problems: list[Problem] = []
    for name, errors in filters.errors.items():
        label = f"{filters.filters[name].label} ({name}=)"
        for value in query.getlist(name):
            if is_known(filters, name, value):
                continue
            if len(problems) == MOST_PROBLEMS:
                return problems
            reason = errors[0] if name == "q" else f"there is no choice called “{echo(value)}”."
            problems.append(Problem(f"{label}: {reason}", "Remove it", address(path, without(query, name, value))))
    return problems


def is_known(filters: FacetFilterSet, name: str, value: str) -> bool:
    if name in filters.facets:
        return value in filters.facets[name].choices
    return name != "q" and value in dict(filters.filters[name].extra["choices"])
