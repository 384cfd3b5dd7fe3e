"""What there is to choose in the lists, and which records have it: made once of each catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.db.models import Q
from pyroaring import BitMap

from learning.catalogue import Catalogue, RecordSet
from learning.catalogue.build import CHILD_FACETS_OF_REVIEWS, CHILD_FACETS_OF_STATEMENTS
from learning.facets import counts
from learning.facets.filterset import (
    FIRST_YEAR,
    LAST_YEAR,
    Choice,
    Choices,
    FacetFilter,
    board_choices,
    choices_of,
    term_choices,
    with_not_stated,
)
from learning.models import CurrentStatus, Statement, StatementOccasion
from learning.models.progress import FOLLOWED
from reviews.models import Child, ChildCareStatus, Review

MOST_ASKED = 100  # reviews that one address can name


@dataclass(frozen=True)
class Options:
    """``choices`` by facet, and ``index``: which records have each."""

    choices: Mapping[str, Choices]
    index: counts.Index


def year_choices() -> list[Choice]:
    return [Choice(str(year), str(year), frozenset({year})) for year in range(LAST_YEAR, FIRST_YEAR - 1, -1)]


def review_choices(reviews: Iterable[Review]) -> list[Choice]:
    """Reviews as "board/review". A label is no identifier, so the board stands beside it."""
    choices = [
        Choice(f"{review.board.slug}/{review.slug}", review.label_and_board, frozenset({review.pk}))
        for review in reviews
    ]
    return sorted(choices, key=lambda choice: (choice.label, choice.value))


def reviews_named(values: list[str]) -> list[Review]:
    """The visible reviews of these choices. One query, or none."""
    named = Q()
    for value in values[:MOST_ASKED]:
        board, _, slug = value.partition("/")
        if "\0" not in value:
            named |= Q(board__slug=board, slug=slug)
    return list(Review.objects.published().select_related("board").filter(named)) if named else []


def review_options(catalogue: Catalogue, filters: Mapping[str, Any]) -> Options:
    """``filters``: those of the list by their names."""

    def make() -> Options:
        choices = {
            "theme": term_choices(catalogue.themes),
            "board": board_choices(catalogue.boards.values()),
            "type": choices_of(Review.Type),
            "nature": choices_of(Review.Nature),
            "report_state": choices_of(Review.ReportState),
            "year": year_choices(),
            **child_choices(CHILD_FACETS_OF_REVIEWS),
        }
        return make_options(catalogue.reviews, choices, CHILD_FACETS_OF_REVIEWS, filters)

    return catalogue.derived("options of reviews", make)


def statement_options(catalogue: Catalogue, filters: Mapping[str, Any]) -> Options:
    """The same of statements. Reviews are too many to list them all: they are looked up where they are asked for."""

    def make() -> Options:
        agencies, themes = term_choices(catalogue.agencies), term_choices(catalogue.themes)
        choices = {
            "kind": choices_of(Statement.Kind),
            "theme": themes,
            "review_theme": themes,
            "agency": agencies,
            "addressed_to": agencies,
            "status": choices_of(CurrentStatus),
            "occasion": choices_of(StatementOccasion.Occasion),
            "board": board_choices(catalogue.boards.values()),
            "year": year_choices(),
            "nature": choices_of(Review.Nature),
            **child_choices(CHILD_FACETS_OF_STATEMENTS),
        }
        return make_options(catalogue.statements, choices, CHILD_FACETS_OF_STATEMENTS, filters)

    return catalogue.derived("options of statements", make)


def recommendation_options(catalogue: Catalogue, filters: Mapping[str, Any]) -> Options:
    """The same of recommendations and actions alone."""

    def make() -> Options:
        choices = {
            "status": choices_of(CurrentStatus),
            "addressed_to": term_choices(catalogue.agencies),
            "theme": term_choices(catalogue.themes),
            "board": board_choices(catalogue.boards.values()),
            "kind": [choice for choice in choices_of(Statement.Kind) if choice.value in FOLLOWED],
        }
        options = make_options(catalogue.statements, choices, (), filters)
        followed = catalogue.statements.with_any_value("kind", FOLLOWED)
        return replace(options, index=options.index.within(followed))

    return catalogue.derived("options of recommendations", make)


def child_choices(names: Iterable[str]) -> dict[str, list[Choice]]:
    values: dict[str, type[models.TextChoices]] = {
        "age_band": Child.AgeBand,
        "sex": Child.Sex,
        "ethnicity": Child.Ethnicity,
        "care_status": ChildCareStatus.Status,
    }
    return {name: choices_of(values[name]) for name in names}


def make_options(
    record_set: RecordSet,
    choices: Mapping[str, list[Choice]],
    child_facets: tuple[str, ...],
    filters: Mapping[str, Any],
) -> Options:
    complete = {name: with_not_stated(some, not_stated_of(filters[name])) for name, some in choices.items()}
    return Options(
        complete,
        counts.Index.of(
            record_set.records,
            {name: members(record_set, name, complete[name]) for name in choices if name not in child_facets},
            child_facets,
            [profile_of(child_facets, profile, records) for profile, records in record_set.sets["profile"].items()]
            if child_facets
            else [],
        ),
    )


def profile_of(child_facets: tuple[str, ...], values: Any, records: BitMap) -> counts.Profile:
    return counts.Profile(dict(zip(child_facets, values, strict=True)), records)


def not_stated_of(facet: FacetFilter) -> str:
    return facet.not_stated


def members(record_set: RecordSet, name: str, choices: Choices) -> counts.Members:
    """To each choice that anything has, what has it."""
    stored = record_set.sets[name]
    of_choices: dict[str, BitMap] = {}
    for choice in choices.values():
        sets = [stored[value] for value in choice.covers if stored.get(value)]
        if sets:
            of_choices[choice.value] = BitMap.union(*sets) if len(sets) > 1 else sets[0]
    return of_choices
