"""The filters of lists: facets with their choices, and the set of records that a reader's choices leave.

Repeated parameters mean OR and different ones AND; ``theme_match=all`` asks for all the themes, and so on for each
facet with a ``match_name``. ``not-stated`` is a
choice of every facet. What there is to choose, and which records have it, is handed in; only ``qs`` asks the database.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

import django_filters
from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from pyroaring import BitMap

from learning.components.summary_list import WITHHELD
from learning.facets import counts as facets_counts
from reviews.models import Board, Child
from reviews.vocabulary import Term, Tree

NOT_STATED = "not-stated"
ANY, ALL = "any", "all"
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class Choice:
    """``covers``: the stored values that it stands for. A group of themes covers all that are below it."""

    value: str
    label: str
    covers: frozenset[Any] = frozenset()
    depth: int = 0

    @cached_property
    def is_branch(self) -> bool:
        """Whether other terms stand below it."""
        return len(self.covers - {None, NOT_STATED}) > 1


Choices = Mapping[str, Choice]


def choices_of(values: type[models.TextChoices]) -> list[Choice]:
    return [Choice(value, label_of(value, str(label)), frozenset({value})) for value, label in values.choices]


def label_of(value: str, label: str) -> str:
    """A child's "Withheld" says what it means, as it does on the child's page."""
    return capfirst(WITHHELD) if (value, label) == ("withheld", "Withheld") else label


def term_choices(tree: Tree[Term]) -> list[Choice]:
    """Terms in the order of their tree, each standing for all that is below it as well."""
    return [Choice(term.slug, term.name, frozenset(tree.ids(term)), len(tree.ancestors(term))) for term in tree]


def board_choices(boards: Iterable[Board]) -> list[Choice]:
    """Each board by itself: its successor is a choice of its own."""
    choices = [Choice(board.slug, board.public_name, frozenset({board.pk})) for board in boards]
    return sorted(choices, key=lambda choice: (choice.label.casefold(), choice.value))


def with_not_stated(choices: Iterable[Choice], label: str) -> Choices:
    """Choices by their values, with "not stated" at the end: nothing is stored, or that nothing is stated."""
    by_value = {choice.value: choice for choice in choices}
    stored = by_value.pop(NOT_STATED, Choice(NOT_STATED, "")).covers
    return by_value | {NOT_STATED: Choice(NOT_STATED, label, stored | {None})}


MOST_CHOSEN = 40  # values of all facets


class ChoicesField(forms.Field):
    """Several of the choices ``available``; what a form leaves empty and what is said twice is passed over."""

    widget = forms.SelectMultiple
    default_error_messages = {"invalid_choice": "Choose one of the choices in the list."}

    def __init__(self, *, available: Collection[str], **options: Any) -> None:
        super().__init__(**options)
        self.available = available

    def to_python(self, value: Any) -> list[str]:
        return [text for text in dict.fromkeys(value or ()) if text]

    def validate(self, value: list[str]) -> None:
        if any(text not in self.available for text in value):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")


class FacetFilter(django_filters.Filter):
    """One facet of a list. ``names_itself``: its values can be understood without the name of the facet.

    ``match_name``: the parameter that says whether any of the choices must hold or all of them.
    """

    field_class = ChoicesField
    is_about_child = False

    def __init__(
        self,
        label: str,
        *,
        field_name: str | None = None,
        not_stated: str = "Not stated",
        names_itself: bool = False,
        hint: str = "",
        match_name: str = "",
    ) -> None:
        super().__init__(field_name, label=label)
        self.match_name = match_name
        self.not_stated = not_stated
        self.names_itself = names_itself
        self.hint = hint
        self.choices: Choices = {}

    def set_choices(self, choices: Choices) -> None:
        self.choices = choices
        self.extra["available"] = choices

    def stored(self, values: Iterable[str]) -> set[Any]:
        """The stored values that these choices stand for."""
        return set().union(*(self.choices[value].covers for value in values))

    def covered(self, value: str) -> tuple[set[Any], bool]:
        """The stored values that a choice stands for, and whether it stands for none as well."""
        stored = self.stored([value])
        return stored - {None}, None in stored

    def having(self, value: str) -> Q:
        """What the tables say of the records that have this choice."""
        raise NotImplementedError

    def condition(self, values: Iterable[str], is_all: bool = False) -> Q:
        """The same of any of these choices, or of all of them."""
        return reduce(and_ if is_all else or_, map(self.having, values))


class SettingFilter(django_filters.ChoiceFilter):
    """A parameter that says how to filter or to sort, and filters nothing itself."""


def match_filter(label: str) -> SettingFilter:
    return SettingFilter(label=label, choices=[(ANY, "any of these"), (ALL, "all of these")])


class FacetFilterSet(django_filters.FilterSet):
    """Filters with counts. On input that cannot be understood it finds nothing (and ``errors`` says why)."""

    theme_match = match_filter("Any or all themes")
    in_order: tuple[str, ...] = ()  # the facets as the page shows them

    def __init__(self, data: Any, model: type[models.Model], choices: Mapping[str, Choices]) -> None:
        super().__init__(data, queryset=model._default_manager.none())
        self.facets = {name: facet for name, facet in self.filters.items() if isinstance(facet, FacetFilter)}
        for name, facet in self.facets.items():
            facet.set_choices(choices[name])

    @property
    def index(self) -> facets_counts.Index:
        """What each record has that the search lets through."""
        raise NotImplementedError

    def keys_at(self, ordinals: BitMap) -> list[int]:
        """The keys of the records at these ordinals of the index, in order."""
        raise NotImplementedError

    @property
    def unlisted(self) -> dict[str, int]:
        """How many more choices than are available something has, by the name of the facet; known after ``counts``."""
        return {}

    @cached_property
    def is_too_much(self) -> bool:
        """Whether more is asked for at once than a page could say."""
        return sum(len({*self.data.getlist(name)}) for name in self.facets) > MOST_CHOSEN

    def is_valid(self) -> bool:
        return bool(not self.is_too_much and super().is_valid())

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """What is chosen in each facet, without what cannot be chosen."""
        if self.is_too_much:
            return {name: [] for name in self.facets}
        asked = {name: dict.fromkeys(self.data.getlist(name)) for name in self.facets}
        return {name: [value for value in asked[name] if value in facet.choices] for name, facet in self.facets.items()}

    @cached_property
    def all_of(self) -> set[str]:
        """The facets of which every choice must hold."""
        settings = self.form.cleaned_data if self.is_valid() else {}
        return {name for name, facet in self.facets.items() if settings.get(facet.match_name) == ALL}

    @cached_property
    def found(self) -> BitMap:
        """The records that are found; none where the input cannot be understood."""
        return facets_counts.result(self.index, self.chosen, self.all_of) if self.is_valid() else BitMap()

    @property
    def qs(self) -> QuerySet[Any]:
        """The same records asked of the tables, in no particular order: what the sets of the catalogue must agree with.

        Unlike that of the package it finds nothing where the input cannot be understood.
        """
        nothing: QuerySet[Any] = self.queryset
        return self.filter_queryset(nothing.model.objects.published()) if self.is_valid() else nothing

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        for name, values in self.chosen.items():
            facet = self.facets[name]
            if values and not facet.is_about_child:
                queryset = queryset.filter(facet.condition(values, is_all=name in self.all_of))
        asked = {name: values for name, values in self.chosen.items() if values and self.facets[name].is_about_child}
        return queryset.filter(self.about_a_child(asked)) if asked else queryset

    def about_a_child(self, asked: Mapping[str, Sequence[str]]) -> Q:
        """The records about one child of whom all of this holds."""
        raise NotImplementedError

    def children_with(self, asked: Mapping[str, Sequence[str]]) -> QuerySet[Child]:
        return Child.objects.filter(*(self.facets[name].condition(values) for name, values in asked.items()))

    def left_by_other_filters(self, name: str) -> BitMap:
        """What is found without the choices of one facet; without valid input, all there is."""
        chosen = self.chosen if self.is_valid() else {}
        return facets_counts.left_by_others(self.index, chosen, name, self.all_of)

    def counts(self, only: Collection[str] | None = None) -> facets_counts.Counts:
        """How many records each value of each facet would leave; without valid input, how many have it at all."""
        return facets_counts.count(self.index, self.chosen if self.is_valid() else {}, self.all_of, only)
