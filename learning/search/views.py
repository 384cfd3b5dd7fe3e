"""/search/: one box over reviews, statements, bulletins, themes, agencies and boards, cases first.

``q`` is the search, ``type`` the tab (``reviews``, ``learning``, ``bulletins``, ``themes``, ``agencies``, ``boards``;
without it everything), ``page`` the page of a tab. What cannot be understood is said, and then there are no results.
Where nothing has all that was asked for, what comes nearest is shown, and said to be only that; of statements also
where something else has it all.
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
from learning.catalogue.shown import Shown
from learning.components.pagination import PER_PAGE, no_such_page, page_at, range_around
from learning.components.statement_card import Age, age_of
from learning.components.wording import counted, echo
from learning.search.backends import find_each
from learning.search.did_you_mean import Hint
from learning.search.language.fields import QueryError
from learning.search.language.query import MAX_LENGTH
from learning.search.language.stemming import stem, words_of
from learning.search.language.terms import Query
from learning.search.language.understood import Reading, understand
from learning.search.partial_match import MOST_HITS
from learning.search.results import KINDS, Kind, RankedIds, Result, Results, fetched
from reviews.models import Theme

EVERYTHING = "all"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    page = SearchPage(request.GET)
    context = {
        "page": page,
        "shown": page.shown,
        "nav_section": "search",
        "search_query": page.words,
        "crumbs": [{"label": "Search"}],
    }
    return render(request, "learning/search.html", context)


STATEMENTS = "learning"
FEW = 5  # statements that have all of several words: fewer leave room for those that come nearest
SEVERAL = 3


@dataclass(frozen=True)
class Section:
    """The results of one kind: all of a page, or the first few.

    ``is_apart``: they only come near what was asked for, on a page of results that have it.
    """

    kind: Kind
    count: int
    results: list[Result]
    more_url: str = ""
    is_apart: bool = False
    is_cut: bool = False

    @property
    def id(self) -> str:
        return f"{self.kind.name}-{'nearest' if self.is_apart else 'found'}"

    @property
    def title(self) -> str:
        if self.is_apart:
            return f"The nearest {self.kind.plural}"
        title = counted_results(self.count, self.kind, self.is_cut)
        return f"{title[:1].upper()}{title[1:]}"


@dataclass(frozen=True)
class Chip:
    """Words that were understood: as which value of which field; and the same search with them as mere words."""

    group: str
    label: str
    remove_url: str


class SearchPage:
    """What the template shows. ``problem`` is a sentence about what cannot be understood, or ""."""

    def __init__(self, parameters: QueryDict) -> None:
        self.text = parameters.get("q", "").strip()
        self.type = parameters.get("type", "") or EVERYTHING
        self.page_text = parameters.get("page", "")
        self.reading, self.query_problem = understood(self.text)

    @cached_property
    def query(self) -> Query:
        """What is looked for in the end: all of it together, or each part for what comes nearest."""
        if not self.reading:
            return Query("")
        return self.reading.apart if self.is_relaxed else self.results.attempt.others

    @property
    def words(self) -> str:
        """What was typed, as far as it can be shown again."""
        return echo(self.text, longest=MAX_LENGTH)

    @cached_property
    def results(self) -> Results:
        return Results(current(), self.reading, more=lambda: self.hint.asked)

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

    def is_nearest(self, name: str) -> bool:
        """Whether of this kind only what comes nearest is shown: of statements even if something else has it all."""
        if self.is_relaxed:
            return True
        return name == STATEMENTS and not self.results.found[name] and self.results.can_relax

    @cached_property
    def found(self) -> dict[str, RankedIds]:
        """What is shown of each kind."""
        shown = [self.type] if self.kind else KINDS
        return {name: (self.results.nearest if self.is_nearest(name) else self.results.found)[name] for name in shown}

    @property
    def understood(self) -> list[Chip]:
        """The words that narrow the search."""
        held = () if self.is_relaxed else self.results.attempt.held
        return [Chip(each.group, f"{each.group}: {each.value}", self.url_of(each.as_words)) for each in held]

    @property
    def as_words(self) -> list[str]:
        """The words that could have narrowed it, but would have left nothing; as what they were understood."""
        held = () if self.is_relaxed else self.results.attempt.held
        return [f"“{each.typed}” ({each.label})" for each in self.reading.understood if each not in held]

    @property
    def loosened(self) -> str:
        """The phrases that stand nowhere, so that their words are looked for one by one; or ""."""
        is_loosened = self.is_relaxed or self.results.attempt.is_loosened
        return ", ".join(self.reading.phrases) if is_loosened else ""

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
        if self.kind and self.reading and self.page is None:
            return no_such_page(self.page_text, self.paginator)
        return ""

    @property
    def title(self) -> str:
        """ "7 results for “Child Q”"; on a tab the number of its own."""
        if self.is_relaxed:
            return f"No {self.kind.singular if self.kind else 'result'} has all of “{self.words}”"
        if not self.kind:
            count = f"{'more than ' * self.is_cut}{counted(self.total, 'result', 'results')}"
        else:
            count = counted_results(self.counts[self.type], self.kind, self.found[self.type].is_cut)
        return f"{count[:1].upper()}{count[1:]} for “{self.words}”"

    @property
    def is_cut(self) -> bool:
        """Whether there is more of what is shown than was ranked."""
        return any(ranked.is_cut for ranked in self.found.values())

    @property
    def tabs(self) -> list[dict[str, Any]]:
        is_cut = any(ranked.is_cut for ranked in self.results.found.values())
        everything = {"label": "All", "url": self.url(), "count": shown_count(self.total, is_cut),
                      "is_current": self.type == EVERYTHING}  # fmt: skip
        return [everything] + [
            {
                "label": kind.label,
                "url": self.url(type=name),
                "count": shown_count(self.counts[name], self.results.found[name].is_cut),
                "is_current": self.type == name,
            }
            for name, kind in KINDS.items()
        ]

    def url(self, **parameters: str) -> str:
        return f"{reverse('search')}?{urlencode({'q': self.words, **parameters})}"

    def url_of(self, text: str) -> str:
        """Another search, on the same tab."""
        return f"{reverse('search')}?{urlencode({'q': text} | ({'type': self.type} if self.kind else {}))}"

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
        if self.problem or not self.reading:
            return []
        wanted = {name: self.found[name].keys(*stretch) for name, stretch in self.stretches.items()}
        best = wanted.get(STATEMENTS, [])
        wanted[STATEMENTS] = best + self.others_near(best)
        records = fetched(self.results.catalogue, wanted)
        others = [record for record in records[STATEMENTS] if record.pk not in best]
        records[STATEMENTS] = [record for record in records[STATEMENTS] if record.pk in best]
        sections = []
        for name, kind in KINDS.items():
            if records.get(name):
                sections.append(self.section(kind, records[name], self.is_nearest(name)))
            if name == STATEMENTS and others:
                sections.append(self.section(kind, others, is_nearest=True, is_more=True))
        return sections

    def others_near(self, best: list[int]) -> list[int]:
        """The statements that come nearest, where few have all of several words: that they do may be chance."""
        is_first = STATEMENTS in self.found and (self.page is None or self.page.number == 1)
        if not is_first or self.is_nearest(STATEMENTS) or len(best) >= FEW or len(self.query.clauses) < SEVERAL:
            return []
        near = self.results.nearest[STATEMENTS].keys(0, FEW + len(best))
        return [key for key in near if key not in best][: FEW - len(best)]

    @property
    def stretches(self) -> dict[str, tuple[int, int]]:
        """Which results are shown of each kind: a page of a tab, or the first few of everything."""
        if self.page is not None:
            start = (self.page.number - 1) * PER_PAGE
            return {self.type: (start, start + PER_PAGE)}
        return {name: (0, kind.first) for name, kind in KINDS.items()}

    def section(self, kind: Kind, records: list[Any], is_nearest: bool, is_more: bool = False) -> Section:
        ranked = self.found[kind.name]
        query = self.reading.apart if is_nearest else self.query
        results = [kind.show(self.results.catalogue, record, query) for record in records]
        has_more = not self.kind and not is_more and len(ranked) > kind.first
        more_url = self.url(type=kind.name) if has_more else ""
        return Section(kind, len(ranked), results, more_url, is_nearest and not self.is_relaxed, ranked.is_cut)

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
            names = (theme.name, *theme.synonym_list, *theme.narrower_list)
            if any([stem(word) for word in words_of(name)] == typed for name in names):
                return theme  # type: ignore[no-any-return]
        return None

    @property
    def shown(self) -> Shown:
        """A snippet of a bulletin may be about any review that it speaks of."""
        results = {section.kind.name: section.results for section in self.sections}
        bulletins = results.get("bulletins", [])
        return Shown.of(
            self.results.catalogue,
            statements=(each["statement"] for each in results.get("learning", [])),
            cases=[
                *(each["review"] for each in results.get("reviews", [])),
                *(review for each in bulletins for review in each["reviews"] if each["snippet"]),
            ],
            named=(review for each in bulletins for review in each["reviews"]),
            texts=(each["bulletin"] for each in bulletins),
        )

    @property
    def age(self) -> Age | None:
        """From when the statements on the page are."""
        return age_of(
            result["statement"].bulletin
            for section in self.sections
            for result in section.results
            if section.kind.name == "learning"
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


def understood(text: str) -> tuple[Reading, str]:
    """The reading of a search, and what is wrong with it."""
    try:
        return understand(text), ""
    except QueryError as error:
        return Reading(), str(error)


def counted_results(count: int, kind: Kind, is_cut: bool) -> str:
    """ "1 statement", "more than 5,000 statements"."""
    return f"{'more than ' * is_cut}{counted(count, kind.singular, kind.plural)}"


def shown_count(count: int, is_cut: bool) -> str:
    return f"{count:,}+" if is_cut else str(count)
