"""/search/: one box over reviews, statements, bulletins, themes and boards, cases first.

``q`` is the search, ``type`` the tab (``reviews``, ``learning``, ``bulletins``, ``themes``, ``boards``; without it
everything), ``page`` the page of a tab. What cannot be understood is said, and then there are no results.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from learning.paging import PER_PAGE, no_such_page, page_at, range_around
from learning.search import Query, QueryError, parse
from learning.search_results import KINDS, Kind, Result, counts
from learning.search_terms import MAX_LENGTH
from learning.spelling import suggestion
from learning.statement_cards import are_all_old
from learning.stems import stem, words_of
from learning.wording import counted, echo
from reviews.models import Theme

EVERYTHING = "all"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    page = SearchPage(request.GET)
    context = {"page": page, "nav_section": "search", "search_query": page.words, "crumbs": [{"label": "Search"}]}
    return render(request, "learning/search.html", context)


@dataclass(frozen=True)
class Section:
    """The results of one kind: all of a page, or the first few."""

    kind: Kind
    count: int
    results: list[Result]
    more_url: str = ""

    @property
    def title(self) -> str:
        return counted(self.count, self.kind.one, self.kind.many).capitalize()


class SearchPage:
    """What the template shows. ``problem`` is a sentence about what cannot be understood, or ""."""

    def __init__(self, parameters: QueryDict) -> None:
        self.text = parameters.get("q", "").strip()
        self.type = parameters.get("type", "") or EVERYTHING
        self.page_text = parameters.get("page", "")
        self.query, self.query_problem = understood(self.text)

    @property
    def words(self) -> str:
        """What was typed, as far as it can be shown again."""
        return echo(self.text, longest=MAX_LENGTH)

    @cached_property
    def counts(self) -> dict[str, int]:
        return counts(self.query) if self.query else dict.fromkeys(KINDS, 0)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def kind(self) -> Kind | None:
        """The kind whose tab is open; None on the tab of everything."""
        return KINDS.get(self.type)

    @property
    def problem(self) -> str:
        if self.query_problem:
            return self.query_problem
        if not self.kind and self.type != EVERYTHING:
            return f"There is no kind of result called “{echo(self.type)}”. Choose one of those above."
        if self.kind and self.query and self.page is None:
            return no_such_page(self.page_text, self.paginator)
        return ""

    @property
    def title(self) -> str:
        """ "7 results for “Child Q”"; on a tab the number of its own."""
        if not self.kind:
            return f"{counted(self.total, 'result', 'results')} for “{self.words}”"
        return f"{counted(self.counts[self.type], self.kind.one, self.kind.many)} for “{self.words}”"

    @property
    def tabs(self) -> list[dict[str, Any]]:
        everything = {"label": "All", "url": self.url(), "count": self.total, "is_current": self.type == EVERYTHING}
        return [everything] + [
            {
                "label": kind.label,
                "url": self.url(type=name),
                "count": self.counts[name],
                "is_current": self.type == name,
            }
            for name, kind in KINDS.items()
        ]

    def url(self, **parameters: str) -> str:
        return f"{reverse('search')}?{urlencode({'q': self.words, **parameters})}"

    @cached_property
    def paginator(self) -> Paginator[Any]:
        assert self.kind
        paginator = Paginator(self.kind.find(self.query), PER_PAGE)
        paginator.count = self.counts[self.type]
        return paginator

    @cached_property
    def page(self) -> Page[Any] | None:
        """The page of a tab; None where there is none of that number, or on the tab of everything."""
        return page_at(self.paginator, self.page_text) if self.kind else None

    @property
    def page_range(self) -> list[int | str]:
        return range_around(self.page)

    @cached_property
    def sections(self) -> list[Section]:
        """What is found, kind by kind; nothing where something cannot be understood."""
        if self.problem or not self.query:
            return []
        if self.kind:
            results = [self.kind.show(record, self.query) for record in self.page or []]
            return [Section(self.kind, self.counts[self.type], results)] if results else []
        return [self.first_of(kind) for name, kind in KINDS.items() if self.counts[name]]

    def first_of(self, kind: Kind) -> Section:
        count = self.counts[kind.name]
        results = [kind.show(record, self.query) for record in kind.find(self.query)[: kind.first]]
        return Section(kind, count, results, self.url(type=kind.name) if count > kind.first else "")

    @property
    def theme(self) -> Theme | None:
        """The theme that is called exactly what was typed, if one of those shown is."""
        typed = [stem(word) for word in words_of(self.text)]
        themes = [
            result["theme"] for section in self.sections for result in section.results if section.kind.name == "themes"
        ]
        for theme in themes:
            if any([stem(word) for word in words_of(name)] == typed for name in (theme.name, *theme.synonym_list)):
                return theme  # type: ignore[no-any-return]
        return None

    @property
    def is_distressing(self) -> bool:
        """Whether something shown has a theme whose pages open with the content note."""
        return any(result.get("is_distressing") for section in self.sections for result in section.results)

    @property
    def is_all_old(self) -> bool:
        """Whether the page says once that the statements on it are old."""
        return are_all_old(
            result for section in self.sections for result in section.results if section.kind.name == "learning"
        )

    @cached_property
    def ways_out(self) -> list[dict[str, str]]:
        """What to do about an empty page: only searches that do find something."""
        if self.total:
            return [{"label": f"Everything that was found ({self.total})", "url": self.url()}]
        meant = suggestion(self.text)
        tries = [("Did you mean “{}”?", meant), ("Look for any of the words: {}", any_of(meant or self.text))]
        return [
            {"label": label.format(text), "url": f"{reverse('search')}?{urlencode({'q': text})}"}
            for label, text in tries
            if text and finds_something(text)
        ]

    @cached_property
    def groups(self) -> list[Theme]:
        """The groups of themes, to browse where there is nothing to show."""
        return list(Theme.objects.filter(parent__isnull=True))


def understood(text: str) -> tuple[Query, str]:
    """The query, and what is wrong with it."""
    try:
        return parse(text), ""
    except QueryError as error:
        return Query(""), str(error)


def any_of(text: str) -> str:
    """The search that asks for any of its words, or "" where it has only one."""
    query, _ = understood(text)
    typed = [operand.typed.replace("“", '"').replace("”", '"') for operand in query.operands]
    return " OR ".join(typed) if len(typed) > 1 else ""


def finds_something(text: str) -> bool:
    query, problem = understood(text)
    return not problem and any(counts(query).values())
