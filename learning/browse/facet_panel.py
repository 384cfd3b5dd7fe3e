"""What the filter panel and the row of chips show of a filter set: groups of choices with counts, and chips."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from django.http import QueryDict
from django.urls import reverse

from learning.facets.filterset import NOT_STATED, FacetFilter, FacetFilterSet

SHOWN_WHOLE = 10  # a facet with at most so many choices is not folded
SHOWN_FIRST = 6
ALL_OF = {"board": "board_list", "review": "review_list"}
MOST_CHIPS = 12
SENT_FOLDED = 20  # more than so many choices are sent only when they are asked for
MOST_LISTED = 40  # of a facet without branches; a tree is shown whole, or nobody could see how it hangs together


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int | None
    is_selected: bool
    depth: int


@dataclass(frozen=True)
class Group:
    """One facet. ``more`` are the choices that stay folded; no value is in both lists.

    Where there are too many to send unasked, ``more_url`` leads to the same page with all of them, and back
    (``is_whole``). Even then some may be ``unlisted``: ``all_url`` leads to a page of what they are.
    """

    name: str
    legend: str
    hint: str
    options: list[Option]
    more: list[Option]
    total: int
    match_name: str = ""
    match_value: str = ""
    more_url: str = ""
    is_whole: bool = False
    unlisted: int = 0
    all_url: str = ""
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chip:
    group: str
    label: str
    remove_url: str


def groups(filters: FacetFilterSet, query: QueryDict, path: str) -> list[Group]:
    """The facets that have something to choose. Where the input is not valid, choices stand without counts."""
    counts = filters.counts()
    chosen = filters.chosen
    shown = []
    for name in filters.in_order:
        facet = filters.facets[name]
        options = options_of(facet, counts.get(name, {}), chosen[name], is_counted=filters.is_valid())
        errors = tuple(filters.errors.get(name, ()))
        if options or errors:
            shown.append(group(filters, name, options, errors, partial(address_showing, path, query, name)))
    return shown


def address_showing(path: str, query: QueryDict, name: str) -> str:
    return address(path, showing(query, name))


def showing(query: QueryDict, name: str) -> QueryDict:
    """The same query with all choices of a facet shown; without them, where they are."""
    rest = copied(query)
    if rest.pop("show", [""]) != [name]:
        rest["show"] = name
    return rest


def group(
    filters: FacetFilterSet, name: str, options: list[Option], errors: tuple[str, ...], more_url: Callable[[], str]
) -> Group:
    facet = filters.facets[name]
    branches = {value for value, choice in facet.choices.items() if choice.is_branch}
    listed = options if branches else most_frequent(options)
    first, more = fold(listed, branches)
    is_whole = bool(more) and filters.data.get("show") == name
    is_long = is_whole or len(more) > SENT_FOLDED
    return Group(
        name,
        facet.label,
        facet.hint,
        listed if is_whole else first,
        [] if is_long else more,
        len(options) + filters.unlisted.get(name, 0),
        match_name=facet.match_name,
        match_value="all" if name in filters.all_of else "any",
        more_url=more_url() if is_long else "",
        is_whole=is_whole,
        unlisted=len(options) - len(listed) + filters.unlisted.get(name, 0),
        all_url=reverse(ALL_OF[name]) if name in ALL_OF else "",
        errors=errors,
    )


def most_frequent(options: list[Option]) -> list[Option]:
    """The options in their order; of very many those that are chosen and those that have most."""
    if len(options) <= MOST_LISTED:
        return options
    ranked = sorted(options, key=lambda option: (not option.is_selected, -(option.count or 0)))
    kept = {option.value for option in ranked[:MOST_LISTED]}
    return [option for option in options if option.value in kept]


def options_of(facet: FacetFilter, counts: Mapping[str, int], chosen: list[str], *, is_counted: bool) -> list[Option]:
    """The choices that leave something or are chosen, in the order of the facet, set in below the branches shown."""
    shown = [choice for choice in facet.choices.values() if counts.get(choice.value) or choice.value in chosen]
    branches = [choice.covers for choice in shown if len(choice.covers) > 1]
    return [
        Option(
            choice.value,
            choice.label,
            counts.get(choice.value, 0) if is_counted else None,
            choice.value in chosen,
            sum(choice.covers < branch for branch in branches) if choice.depth else 0,
        )
        for choice in shown
    ]


def fold(options: list[Option], branches: set[str]) -> tuple[list[Option], list[Option]]:
    """What a long facet shows at once (what is chosen, and the most frequent values but groups), and the rest."""
    if len(options) <= SHOWN_WHOLE:
        return options, []
    chosen = [option for option in options if option.is_selected]
    others = [option for option in options if not option.is_selected and option.value not in branches | {NOT_STATED}]
    frequent = sorted(others, key=lambda option: -(option.count or 0))[: max(0, SHOWN_FIRST - len(chosen))]
    first = chosen + frequent
    shown = {option.value for option in first}
    rest = [option for option in options if option.value not in shown]
    return [Option(each.value, each.label, each.count, each.is_selected, 0) for each in first], rest


def chips(filters: FacetFilterSet, query: QueryDict, path: str) -> list[Chip]:
    """One for each value in force; its address keeps all the others and starts at the first page.

    Of very many only the first: each address says all the others, and the panel shows what is chosen too.
    """
    row = []
    if (words := query.get("q")) and "q" not in filters.errors:
        row.append(Chip("Words", f"“{words}”", address(path, without(query, "q", words))))
    in_force = [(name, value) for name in filters.in_order for value in filters.chosen[name]]
    for name, value in in_force[:MOST_CHIPS]:
        facet = filters.facets[name]
        label = facet.choices[value].label
        shown = label if facet.names_itself else f"{facet.label}: {label}"
        row.append(Chip(facet.label, shown, address(path, without(query, name, value))))
    return row


def without(query: QueryDict, name: str, value: str) -> QueryDict:
    """The same query without one value."""
    rest = copied(query)
    rest.setlist(name, [each for each in query.getlist(name) if each != value])
    return rest


def copied(query: QueryDict) -> QueryDict:
    """A query to be changed. Its values are strings, which need not be copied one by one as ``copy()`` does."""
    other = QueryDict(mutable=True)
    for name, values in query.lists():
        other.setlist(name, list(values))
    return other


def address(path: str, query: QueryDict) -> str:
    text = query.urlencode(safe="/")
    return f"{path}?{text}" if text else path
