"""/search/: one box over reviews, statements, bulletins, themes and boards, cases first.

``q`` is the search, ``type`` the tab (``reviews``, ``learning``, ``bulletins``, ``themes``, ``boards``; without it
everything), ``page`` the page of a tab. What cannot be understood is said, and then there are no results. Where nothing
has all that was asked for, what comes nearest is shown, and said to be only that.
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

from learning.catalogue import current
from learning.components.pagination import PER_PAGE, no_such_page, page_at, range_around
from learning.components.statement_card import are_all_old
from learning.components.wording import counted, echo
from learning.search.backends import find_each
from learning.search.did_you_mean import Hint
from learning.search.language.fields import QueryError
from learning.search.language.query import MAX_LENGTH, parse
from learning.search.language.stemming import stem, words_of
from learning.search.language.terms import Query
from learning.search.partial_match import MOST_HITS
from learning.search.results import KINDS, Kind, RankedIds, Result, Results, fetched
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
        return counted(self.count, self.kind.singular, self.kind.plural).capitalize()


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
    def results(self) -> Results:
        return Results(current(), self.query, more=lambda: self.hint.asked)

    @cached_property
    def hint(self) -> Hint:
        return Hint(current(), self.text)

    @property
    def meant(self) -> str | None:
        """A search that finds something, and that this one may have been meant for."""
        if self.results.can_relax:
            return self.hint.best(self.results.searched_separately[1])
        return self.hint.best(find_each(self.hint.asked, most=MOST_HITS)) if self.hint.changes else None

    @cached_property
    def is_relaxed(self) -> bool:
        """Whether nothing has all that was asked for, so that what comes nearest to it is shown."""
        ranked = self.results.found
        count = len(ranked[self.type]) if self.kind else sum(map(len, ranked.values()))
        return not count and self.results.can_relax

    @property
    def found(self) -> dict[str, RankedIds]:
        return self.results.nearest if self.is_relaxed else self.results.found

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of each kind have all that was asked for; where nothing has, how many come nearest."""
        return self.results.counts

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
        if self.is_relaxed:
            return f"No {self.kind.singular if self.kind else 'result'} has all of “{self.words}”"
        if not self.kind:
            return f"{counted(self.total, 'result', 'results')} for “{self.words}”"
        return f"{counted(self.counts[self.type], self.kind.singular, self.kind.plural)} for “{self.words}”"

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
        return Paginator(range(len(self.found[self.type])), PER_PAGE)

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
        wanted = {name: self.found[name].keys(*stretch) for name, stretch in self.stretches.items()}
        records = fetched(self.results.catalogue, wanted)
        return [self.section(KINDS[name], records[name]) for name in KINDS if records.get(name)]

    @property
    def stretches(self) -> dict[str, tuple[int, int]]:
        """Which results are shown of each kind: a page of a tab, or the first few of everything."""
        if self.page is not None:
            start = (self.page.number - 1) * PER_PAGE
            return {self.type: (start, start + PER_PAGE)}
        return {name: (0, kind.first) for name, kind in KINDS.items()}

    def section(self, kind: Kind, records: list[Any]) -> Section:
        count = len(self.found[kind.name])
        results = [kind.show(self.results.catalogue, record, self.query) for record in records]
        has_more = not self.kind and count > kind.first
        return Section(kind, count, results, self.url(type=kind.name) if has_more else "")

    @property
    def theme(self) -> Theme | None:
        """The theme that is called exactly what was typed, if one of those shown is."""
        if self.is_relaxed:
            return None
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
        """What to do where nothing has all that was asked for: only searches that do find something."""
        if self.results.is_anything_found:
            return [{"label": f"Everything that was found ({self.total})", "url": self.url()}]
        meant = self.meant
        if not meant:
            return []
        return [{"label": f"Did you mean “{meant}”?", "url": f"{reverse('search')}?{urlencode({'q': meant})}"}]

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
