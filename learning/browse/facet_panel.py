"""What the filter panel and the row of chips show of a filter set: groups of choices with counts, and chips."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.http import QueryDict
from django.urls import reverse

from learning.facets.filterset import NOT_STATED, FacetFilter, FacetFilterSet

OPEN = 3  # the first facets of a list; the others are folded, and sent only when they are used or asked for
SHOWN_WHOLE = 10  # a facet with at most so many choices is not folded
SHOWN_FIRST = 6
ALL_OF = {"board": "board_list", "review": "review_list"}
MOST_CHIPS = 12
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
    """One facet. Unless it ``is_open`` only its name is sent, and a button that asks for the rest.

    Of an open one with many choices the first are sent; ``more_url`` leads to the same page with all of them, and from
    there (``is_whole``) back. Even then some may be ``unlisted``: ``all_url`` leads to a page of what they are.
    """

    name: str
    legend: str
    is_open: bool = False
    chosen: int = 0
    hint: str = ""
    options: Sequence[Option] = ()
    total: int = 0
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
    opened = [name for place, name in enumerate(filters.in_order) if place < OPEN or is_used(filters, name)]
    counts = filters.counts(opened)
    shown = []
    for name in filters.in_order:
        facet = filters.facets[name]
        if name not in opened:
            shown.append(Group(name, facet.label))
            continue
        options = options_of(facet, counts.get(name, {}), filters.chosen[name], is_counted=filters.is_valid())
        errors = tuple(filters.errors.get(name, ()))
        if options or errors or is_used(filters, name):
            shown.append(group(filters, name, options, errors, partial(address_showing, path, query, name)))
    return shown


def is_used(filters: FacetFilterSet, name: str) -> bool:
    """Whether a facet has a choice in force or something wrong with it, or its choices are asked for."""
    return bool(filters.chosen[name] or name in filters.errors or filters.data.get("show") == name)


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
    chosen = len(filters.chosen[name])
    branches = {value for value, choice in facet.choices.items() if choice.is_branch}
    listed = options if branches else most_frequent(options)
    first = fold(listed, branches)
    is_whole = filters.data.get("show") == name
    is_long = len(first) < len(listed)
    return Group(
        name,
        facet.label,
        is_open=True,
        chosen=chosen,
        hint=facet.hint,
        options=listed if is_whole else first,
        total=len(options) + filters.unlisted.get(name, 0),
        match_name=facet.match_name if chosen > 1 or name in filters.all_of else "",
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


def fold(options: list[Option], branches: set[str]) -> list[Option]:
    """What a long facet shows at once: what is chosen, and the most frequent values but groups."""
    if len(options) <= SHOWN_WHOLE:
        return options
    chosen = [option for option in options if option.is_selected]
    others = [option for option in options if not option.is_selected and option.value not in branches | {NOT_STATED}]
    frequent = sorted(others, key=lambda option: -(option.count or 0))[: max(0, SHOWN_FIRST - len(chosen))]
    return [replace(each, depth=0) for each in chosen + frequent]


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
