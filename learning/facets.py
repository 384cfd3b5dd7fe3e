"""What the filter panel and the row of chips show of a filter set: groups of choices with counts, and chips."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from reviews.filters import NOT_STATED, FacetFilter, FacetFilterSet

SHOWN_WHOLE = 10  # a facet with at most so many choices is not folded
SHOWN_FIRST = 6


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int | None
    is_selected: bool
    depth: int


@dataclass(frozen=True)
class Group:
    """One facet. ``more`` are the choices that stay folded; no value is in both lists."""

    name: str
    legend: str
    hint: str
    options: list[Option]
    more: list[Option]
    total: int
    match_name: str = ""
    match_value: str = ""
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chip:
    group: str
    label: str
    remove_url: str


def groups(filters: FacetFilterSet) -> list[Group]:
    """The facets that have something to choose. Where the input is not valid, choices stand without counts."""
    counts = filters.counts()
    chosen = filters.chosen
    found = []
    for name in filters.in_order:
        facet = filters.facets[name]
        options = options_of(facet, counts.get(name, {}), chosen[name], is_counted=filters.is_valid())
        errors = tuple(filters.errors.get(name, ()))
        if options or errors:
            found.append(group(filters, name, facet, options, errors))
    return found


def group(
    filters: FacetFilterSet, name: str, facet: FacetFilter, options: list[Option], errors: tuple[str, ...]
) -> Group:
    first, more = fold(options, {choice.value for choice in facet.choices.values() if len(choice.covers) > 1})
    match_name = "theme_match" if name == "theme" else ""
    match_value = "all" if name in filters.all_of else "any"
    return Group(name, facet.label, facet.hint, first, more, len(options), match_name, match_value, errors)


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
    rest = [option for option in options if option not in first]
    return [Option(each.value, each.label, each.count, each.is_selected, 0) for each in first], rest


def chips(filters: FacetFilterSet, query: QueryDict, path: str) -> list[Chip]:
    """One for each value in force; its address keeps all the others and starts at the first page."""
    found = []
    if (words := query.get("q")) and "q" not in filters.errors:
        found.append(Chip("Words", f"“{words}”", address(path, without(query, "q", words))))
    for name in filters.in_order:
        facet = filters.facets[name]
        for value in filters.chosen[name]:
            label = facet.choices[value].label
            shown = label if facet.names_itself else f"{facet.label}: {label}"
            found.append(Chip(facet.label, shown, address(path, without(query, name, value))))
    return found


def without(query: QueryDict, name: str, value: str) -> QueryDict:
    """The same query without one value."""
    rest = query.copy()
    rest.setlist(name, [each for each in query.getlist(name) if each != value])
    return rest


def address(path: str, query: QueryDict) -> str:
    text = query.urlencode(safe="/")
    return f"{path}?{text}" if text else path
