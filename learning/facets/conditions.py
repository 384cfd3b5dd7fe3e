"""What a choice asks of the tables, in plain ORM: the other way to the records that the catalogue finds in its sets.

``having`` never joins, so that no record is found twice, and asks of related rows by ``Exists``.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q
from django.db.models.lookups import In, IsNull

from learning.facets.filterset import NOT_STATED, FacetFilter
from learning.models import Addressee, Bulletin, StatementAgency
from learning.models.progress import current_status
from reviews.models import ChildCareStatus

NOTHING = Q(pk__in=())


class StoredFilter(FacetFilter):
    """The record stores the value itself, or the one record does to which ``field_name`` leads."""

    def having(self, value: str) -> Q:
        known, is_absent = self.covered(value)
        is_stored = Q(**{f"{self.field_name}__in": known})
        return is_stored | Q(**{f"{self.field_name}__isnull": True}) if is_absent else is_stored


class TagFilter(FacetFilter):
    """Rows of ``tag`` speak of ``record``, which is the record itself or what its field ``of`` names.

    They hold the value as their ``term``.
    """

    def __init__(self, label: str, tag: type[Model], *, record: str, term: str, of: str = "pk", **options: Any) -> None:
        super().__init__(label, **options)
        self.tag, self.record, self.term, self.of = tag, record, term, of

    def having(self, value: str) -> Q:
        known, is_absent = self.covered(value)
        tags = self.tag._default_manager.filter(**{self.record: OuterRef(self.of)})
        is_tagged = Q(Exists(tags.filter(**{f"{self.term}__in": known})))
        return is_tagged | ~Q(Exists(tags)) if is_absent else is_tagged


class AgencyFilter(FacetFilter):
    """The statement names the agency or is addressed to it; of no agency is one that names and addresses nobody."""

    def having(self, value: str) -> Q:
        known, is_absent = self.covered(value)
        ways = [model._default_manager.filter(statement=OuterRef("pk")) for model in (StatementAgency, Addressee)]
        has_agency = any_of(Q(Exists(tags.filter(agency__in=known))) for tags in ways)
        has_none = ~any_of(Q(Exists(tags)) for tags in ways)
        return has_agency | has_none if is_absent else has_agency


class StatementBoardFilter(FacetFilter):
    """The board of the statement's review; of a statement that is of no single one, that of its bulletin."""

    def having(self, value: str) -> Q:
        known, _ = self.covered(value)
        return Q(review__board__in=known) | Q(review__isnull=True, bulletin__board__in=known)


class StatusFilter(FacetFilter):
    """What is known now of a recommendation or an action; nothing becomes of the other kinds."""

    def having(self, value: str) -> Q:
        known, is_absent = self.covered(value)
        return (Q(In(current_status(), known)) if known else NOTHING) | (
            Q(IsNull(current_status(), True)) if is_absent else NOTHING
        )


class StatementYearFilter(FacetFilter):
    """The years of learning of the statement's bulletin, from the first to the last."""

    def having(self, value: str) -> Q:
        known, is_absent = self.covered(value)
        return within_years(known, "bulletin__") | (Q(bulletin__first_year__isnull=True) if is_absent else NOTHING)


class ReviewYearFilter(FacetFilter):
    """The years of learning of the visible bulletins that speak of the review."""

    def having(self, value: str) -> Q:
        known, is_absent = self.covered(value)
        bulletins = Bulletin.objects.published().filter(reviews=OuterRef("pk"))
        is_dated = Q(Exists(bulletins.filter(within_years(known))))
        return is_dated | ~Q(Exists(bulletins.filter(first_year__isnull=False))) if is_absent else is_dated


class ChildFilter(FacetFilter):
    """What a child of the record is: all of these facets are about the same child, whom ``having`` is asked of."""

    is_about_child = True

    def having(self, value: str) -> Q:
        known, _ = self.covered(value)
        return Q(**{f"{self.field_name}__in": known})


class CareStatusFilter(ChildFilter):
    """Any of the statuses of the child, at the time of the incident or earlier."""

    def having(self, value: str) -> Q:
        known, is_absent = self.covered(value)
        statuses = ChildCareStatus.objects.filter(child=OuterRef("pk"))
        has_status = Q(Exists(statuses.filter(status__in=known)))
        return has_status | ~Q(Exists(statuses)) if is_absent else has_status


def any_of(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions, NOTHING)


def within_years(years: Iterable[int], path: str = "") -> Q:
    return any_of(Q(**{f"{path}first_year__lte": year, f"{path}last_year__gte": year}) for year in years)


def asks_for_nothing_stated(chosen: Iterable[Iterable[str]]) -> bool:
    """Whether a record of which no child is described fits what is asked of its children."""
    return all(NOT_STATED in values for values in chosen)
