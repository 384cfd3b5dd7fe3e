"""The filters of lists: each a facet with its choices, its condition in SQL, and what the counts are made from.

Repeated parameters mean OR and different ones AND; ``theme_match=all`` asks for all the themes. ``not-stated`` is a
choice of every facet. Tags are asked for with ``Exists``, so that nothing is found twice.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import django_filters
from django import forms
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from reviews import facets
from reviews.models import Agency, Board, Child, ChildCareStatus, Review, ReviewTheme, Theme
from reviews.tree import Tree

NOT_STATED = "not-stated"


@dataclass(frozen=True)
class Choice:
    """``covers``: the stored values that it stands for. A group of themes covers all that are below it."""

    value: str
    label: str
    covers: frozenset[Any] = frozenset()
    depth: int = 0
    has_content_note: bool = False


def choices_of(values: type[models.TextChoices]) -> list[Choice]:
    return [Choice(value, str(label), frozenset({value})) for value, label in values.choices]


def theme_choices() -> list[Choice]:
    """In the order of their tree, each standing for all that is below it as well."""
    tree = Tree(Theme.objects.all())
    return [
        Choice(theme.slug, theme.name, frozenset(tree.ids(theme)), len(tree.ancestors(theme)), theme.has_content_note)
        for theme in tree
    ]


def agency_choices() -> list[Choice]:
    tree = Tree(Agency.objects.all())
    return [
        Choice(agency.slug, agency.name, frozenset(tree.ids(agency)), len(tree.ancestors(agency))) for agency in tree
    ]


def board_choices(boards: Iterable[Board] | None = None) -> list[Choice]:
    """Each board by itself: its successor is a choice of its own."""
    offered = Board.objects.all() if boards is None else boards
    found = [Choice(board.slug, board.public_name, frozenset({board.pk})) for board in offered]
    return sorted(found, key=lambda choice: (choice.label.casefold(), choice.value))


class ChoicesField(forms.MultipleChoiceField):
    """Several choices; what a form leaves empty and what is said twice is passed over."""

    default_error_messages = {"invalid_choice": "What was asked for is not one of these."}

    def to_python(self, value: Any) -> list[str]:
        return [text for text in dict.fromkeys(super().to_python(value)) if text]


class FacetFilter(django_filters.Filter):
    """One facet of a list. ``names_itself``: its values can be understood without the name of the facet."""

    field_class = ChoicesField

    def __init__(
        self,
        label: str,
        choices_from: Callable[[], list[Choice]],
        *,
        not_stated: str = "Not stated",
        names_itself: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__(label=label)
        self.choices_from = choices_from
        self.not_stated = not_stated
        self.names_itself = names_itself
        self.hint = hint

    def offer(self, choices: Iterable[Choice]) -> None:
        """Set what may be chosen, with "not stated" at the end."""
        offered = {choice.value: choice for choice in choices}
        stored = offered.pop(NOT_STATED, Choice(NOT_STATED, "")).covers
        offered[NOT_STATED] = Choice(NOT_STATED, self.not_stated, stored)
        self.choices = offered
        self.extra["choices"] = [(choice.value, choice.label) for choice in offered.values()]
        self.values_of: dict[Any, list[str]] = {}
        for choice in offered.values():
            for each in choice.covers:
                self.values_of.setdefault(each, []).append(choice.value)

    def stored(self, values: Iterable[str]) -> set[Any]:
        """The stored values that these choices stand for."""
        return set().union(*(self.choices[value].covers for value in values))

    def condition(self, values: Sequence[str]) -> Q:
        """Records that have any of these values."""
        raise NotImplementedError

    def filter(self, queryset: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
        return queryset.filter(self.condition(values)) if values else queryset

    def members(self, rows: Iterable[dict[str, Any]], published: QuerySet[Any]) -> facets.Members:
        """Which records have which value. ``rows`` are their columns; others that are ``published`` may be in it."""
        raise NotImplementedError


class ColumnFilter(FacetFilter):
    """A facet whose value stands in a column of the record, or of the one record that it points to."""

    def __init__(self, label: str, choices_from: Callable[[], list[Choice]], *columns: str, **options: Any) -> None:
        super().__init__(label, choices_from, **options)
        self.columns = columns

    def condition(self, values: Sequence[str]) -> Q:
        (column,) = self.columns
        condition = Q(**{f"{column}__in": self.stored(values)})
        return condition | Q(**{f"{column}__isnull": True}) if NOT_STATED in values else condition

    def values_in(self, row: dict[str, Any]) -> list[str]:
        stored = row[self.columns[0]]
        return [NOT_STATED] if stored is None else self.values_of.get(stored, [])

    def members(self, rows: Iterable[dict[str, Any]], published: QuerySet[Any]) -> facets.Members:
        return facets.gather((value, row["pk"]) for row in rows for value in self.values_in(row))


class TagFilter(FacetFilter):
    """A facet of tags: rows of ``tags`` that point to the record (``to``) and to a term (``term``)."""

    def __init__(
        self,
        label: str,
        choices_from: Callable[[], list[Choice]],
        tags: type[models.Model],
        to: str,
        term: str,
        **options: Any,
    ) -> None:
        super().__init__(label, choices_from, **options)
        self.tags = tags
        self.to = to
        self.term = term

    def condition(self, values: Sequence[str]) -> Q:
        own = self.tags._default_manager.filter(**{self.to: OuterRef("pk")})
        condition = Q(Exists(own.filter(**{f"{self.term}__in": self.stored(values)})))
        return condition | ~Q(Exists(own)) if NOT_STATED in values else condition

    def filter_all(self, queryset: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
        """The records that have every one of these values, by one pass over the tags.

        A condition for each value would do too, but PostgreSQL takes minutes to plan as many as there are themes.
        """
        if NOT_STATED in values:
            queryset = queryset.filter(self.condition([NOT_STATED]))
        named = [value for value in values if value != NOT_STATED]
        if not named:
            return queryset
        counts = {
            f"of_{place}": Count("pk", filter=Q(**{f"{self.term}__in": self.stored([value])}))
            for place, value in enumerate(named)
        }
        all_of_them = {f"{name}__gt": 0 for name in counts}
        tags = self.tags._default_manager.order_by().values(self.to).annotate(**counts).filter(**all_of_them)
        return queryset.filter(pk__in=tags.values(self.to))

    def members(self, rows: Iterable[dict[str, Any]], published: QuerySet[Any]) -> facets.Members:
        tags = self.tags._default_manager.filter(**{f"{self.to}__in": published.values("pk")})
        pairs = list(tags.order_by().values_list(f"{self.to}_id", f"{self.term}_id"))
        found = facets.gather((value, record) for record, term in pairs for value in self.values_of.get(term, []))
        found[NOT_STATED] = {row["pk"] for row in rows} - {record for record, _ in pairs}
        return found


class ChildFilter(ColumnFilter):
    """A facet of children. It filters nothing alone: the filter set asks all of them of the same child."""

    def filter(self, queryset: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
        return queryset


class SettingFilter(django_filters.ChoiceFilter):
    """A parameter that says how to filter or to sort, and filters nothing itself."""

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset


class FacetFilterSet(django_filters.FilterSet):
    """Filters with counts. On input that cannot be understood it finds nothing (and ``errors`` says why)."""

    theme_match = SettingFilter(label="Any or all themes", choices=[("any", "any of these"), ("all", "all of these")])
    age_band = ChildFilter("Age of the child", partial(choices_of, Child.AgeBand), "age_band")
    care_status = ChildFilter(
        "Care status",
        partial(choices_of, ChildCareStatus.Status),
        "care_statuses__status",
        hint="At the time of the incident or earlier.",
    )
    in_order: tuple[str, ...] = ()  # the facets as the page shows them
    child_columns: tuple[str, ...] = ()  # what tells which children a record is about, read for the counts

    def __init__(self, data: Any, queryset: QuerySet[Any]) -> None:
        super().__init__(data, queryset=queryset)
        self.facets = {name: each for name, each in self.filters.items() if isinstance(each, FacetFilter)}
        self.child_facets = {name: each for name, each in self.facets.items() if isinstance(each, ChildFilter)}
        read: dict[Any, list[Choice]] = {}  # agencies are offered twice and read once
        for facet in self.facets.values():
            if facet.choices_from not in read:
                read[facet.choices_from] = facet.choices_from()
            facet.offer(read[facet.choices_from])

    def of_children(self, children: QuerySet[Child]) -> Q:
        """Records that are about one of these children."""
        raise NotImplementedError

    def of_no_child(self) -> Q:
        """Records that are about no child that is described."""
        raise NotImplementedError

    def children_of(self, row: dict[str, Any], by_review: dict[int, list[int]]) -> list[int]:
        """The same for one record, by its columns."""
        raise NotImplementedError

    @property
    def chosen(self) -> dict[str, list[str]]:
        """What is chosen in each facet, without what cannot be chosen."""
        asked = {name: dict.fromkeys(self.data.getlist(name)) for name in self.facets}
        return {name: [value for value in asked[name] if value in facet.choices] for name, facet in self.facets.items()}

    @property
    def all_of(self) -> set[str]:
        """The facets of which every choice must hold."""
        return {"theme"} if self.form.cleaned_data.get("theme_match") == "all" else set()

    @property
    def qs(self) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().qs if self.is_valid() else self.queryset.none()
        return queryset

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        queryset = self.searched(queryset)
        for name, facet in self.facets.items():
            values = self.form.cleaned_data[name]
            narrow = facet.filter_all if name in self.all_of else facet.filter
            queryset = narrow(queryset, values)
        asked = {name: self.form.cleaned_data[name] for name in self.child_facets if self.form.cleaned_data[name]}
        return queryset.filter(self.child_condition(asked)) if asked else queryset

    def searched(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrowed by what is no facet: the counts are about what is left."""
        for name in self.filters.keys() - self.facets.keys():
            queryset = self.filters[name].filter(queryset, self.form.cleaned_data.get(name))
        return queryset

    def child_condition(self, asked: dict[str, list[str]]) -> Q:
        """Records with one child of whom all of it holds; "not stated" holds where no child is described at all."""
        children = Child.objects.all()
        for name, values in asked.items():
            children = children.filter(self.child_facets[name].condition(values))
        condition = self.of_children(children)
        is_unknown = all(NOT_STATED in values for values in asked.values())
        return condition | self.of_no_child() if is_unknown else condition

    def counts(self) -> facets.Counts:
        """How many records each value of each facet would leave; without valid input, how many have it at all."""
        if self.is_valid():
            return facets.count(self.index(), self.chosen, self.all_of)
        return facets.count(self.index(), {})

    def index(self) -> facets.Index:
        """What each record has that the search lets through: one query for all columns, one for each facet of tags, one
        for the children."""
        own = {name: facet for name, facet in self.facets.items() if name not in self.child_facets}
        columns = [column for facet in own.values() if isinstance(facet, ColumnFilter) for column in facet.columns]
        rows = list(
            self.searched(self.queryset).order_by().values(*dict.fromkeys(["pk", *self.child_columns, *columns]))
        )
        index = facets.Index(records={row["pk"] for row in rows})
        index.of_records = {name: facet.members(rows, self.queryset) for name, facet in own.items()}
        self.add_children(index, rows)
        return index

    def add_children(self, index: facets.Index, rows: list[dict[str, Any]]) -> None:
        """A place for each child of each record, and which values it has there; of other children, none."""
        columns = [facet.columns[0] for facet in self.child_facets.values()]
        children = Child.objects.order_by("review", "position")
        told: dict[int, dict[str, set[str]]] = {}
        by_review: dict[int, list[int]] = {}
        for child in children.values("pk", "review", *columns):
            if child["pk"] not in told:
                told[child["pk"]] = {name: set() for name in self.child_facets}
                by_review.setdefault(child["review"], []).append(child["pk"])
            for name, facet in self.child_facets.items():
                told[child["pk"]][name].update(facet.values_in(child))
        untold = {name: {NOT_STATED} for name in self.child_facets}
        places = [(row["pk"], child) for row in rows for child in self.children_of(row, by_review) or [0]]
        index.record_of = {place: record for place, (record, _) in enumerate(places)}
        for name in self.child_facets:
            index.of_children[name] = facets.gather(
                (value, place) for place, (_, child) in enumerate(places) for value in told.get(child, untold)[name]
            )


class ReviewFilter(FacetFilterSet):
    """What can be asked of reviews by themselves."""

    theme = TagFilter(
        "Theme", theme_choices, ReviewTheme, "review", "theme", not_stated="No theme assigned", names_itself=True
    )
    board = ColumnFilter("Board", board_choices, "board", names_itself=True)
    type = ColumnFilter(
        "Type of review", partial(choices_of, Review.Type), "type", not_stated="Type not stated", names_itself=True
    )
    nature = ColumnFilter("What happened", partial(choices_of, Review.Nature), "nature")
    sex = ChildFilter("Sex of the child", partial(choices_of, Child.Sex), "sex")
    ethnicity = ChildFilter("Broad ethnic group", partial(choices_of, Child.Ethnicity), "ethnicity")
    report_state = ColumnFilter("Full report", partial(choices_of, Review.ReportState), "report_state")

    def of_children(self, children: QuerySet[Child]) -> Q:
        return Q(pk__in=children.values("review"))

    def of_no_child(self) -> Q:
        return ~Q(Exists(Child.objects.filter(review=OuterRef("pk"))))

    def children_of(self, row: dict[str, Any], by_review: dict[int, list[int]]) -> list[int]:
        return by_review.get(row["pk"], [])
