"""Counting what a reader can choose next: pure functions over sets of records, without a query.

Choices of one facet add up (OR), different facets narrow each other (AND). The counts of a facet ignore its own choices
and obey all others, so that each says what the list holds if that value is chosen alone; a facet that asks for *all* of
its choices counts within the result instead. Child facets are about the same child: "male" and "16 to 17" find a record
with a boy of that age, not one with a boy and an older sister. Records are counted, never children, and each once.

A set is a Roaring bitmap: of a million records two are intersected, or an intersection counted, in some microseconds.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pyroaring import BitMap

Members = Mapping[str, BitMap]
Chosen = Mapping[str, Sequence[str]]
Counts = dict[str, dict[str, int]]
NOTHING = BitMap()


@dataclass(frozen=True)
class Profile:
    """What is told of a child (``values``: those of each child facet), and the records about such a child."""

    values: Mapping[str, frozenset[str]]
    records: BitMap

    def fits(self, chosen: Chosen) -> bool:
        return all(not self.values[facet].isdisjoint(values) for facet, values in chosen.items())


@dataclass(frozen=True)
class Index:
    """What each record has.

    ``of_records`` maps a facet to its values, and a value to the records that have it; ``of_children`` to those about a
    child that has it. Children that are told the same of share a profile; a record of which no child is described has
    the profile where nothing is stated. What any of them maps to and is not in ``records`` is passed over.
    """

    records: BitMap = field(default_factory=BitMap)
    of_records: Mapping[str, Members] = field(default_factory=dict)
    of_children: Mapping[str, Members] = field(default_factory=dict)
    profiles: Sequence[Profile] = ()

    @classmethod
    def of(
        cls,
        records: BitMap,
        of_records: Mapping[str, Members],
        child_facets: Collection[str] = (),
        profiles: Sequence[Profile] = (),
    ) -> "Index":
        return cls(records, of_records, {facet: by_value(facet, profiles) for facet in child_facets}, profiles)

    def within(self, records: BitMap) -> "Index":
        """The same of some of the records alone: those that a search finds."""
        return replace(self, records=self.records & records)


def result(index: Index, chosen: Chosen, all_of: Collection[str] = ()) -> BitMap:
    """The records that every facet lets through."""
    return overlap(by_child(index, chosen), picked(index, chosen, all_of).values())


def left_by_others(index: Index, chosen: Chosen, facet: str, all_of: Collection[str] = ()) -> BitMap:
    """The records that every facet but this one lets through; of one in ``all_of``, the result."""
    others = chosen if facet in all_of else {name: values for name, values in chosen.items() if name != facet}
    return result(index, others, all_of)


def count(index: Index, chosen: Chosen, all_of: Collection[str] = (), only: Collection[str] | None = None) -> Counts:
    """How many records each value of each facet would leave; those of ``all_of`` are counted within the result.

    ``only``: the facets that are counted, where not all of them are asked for.
    """
    kept = picked(index, chosen, all_of)
    about = by_child(index, chosen)
    counts: Counts = {}
    for facet, members in index.of_records.items():
        if only is not None and facet not in only:
            continue
        others = overlap(about, [found for name, found in kept.items() if name != facet or name in all_of])
        counts[facet] = {value: others.intersection_cardinality(found) for value, found in members.items()}
    records = overlap(index.records, kept.values())
    for facet in index.of_children:
        if only is not None and facet not in only:
            continue
        counts[facet] = count_children(index, chosen, facet, records)
    return counts


def picked(index: Index, chosen: Chosen, all_of: Collection[str] = ()) -> dict[str, BitMap]:
    """For each facet with choices, what has any of them (or, in ``all_of``, every one)."""
    kept = {}
    for facet, members in index.of_records.items():
        if values := chosen.get(facet):
            found = [members.get(value, NOTHING) for value in values]
            kept[facet] = BitMap.intersection(*found) if facet in all_of else BitMap.union(*found)
    return kept


def by_child(index: Index, chosen: Chosen) -> BitMap:
    """The records with one child of whom all child facets hold; all records where none is asked for."""
    asked = asked_of_children(index, chosen)
    if not asked:
        return index.records
    return index.records & union(profile.records for profile in index.profiles if profile.fits(asked))


def count_children(index: Index, chosen: Chosen, facet: str, records: BitMap) -> dict[str, int]:
    """How many of these records each value of a child facet would leave, with the other child facets as chosen."""
    others = {name: values for name, values in asked_of_children(index, chosen).items() if name != facet}
    fitting = (profile for profile in index.profiles if profile.fits(others))
    members = by_value(facet, fitting) if others else index.of_children[facet]
    return {value: found.intersection_cardinality(records) for value, found in members.items()}


def by_value(facet: str, profiles: Iterable[Profile]) -> Members:
    """The records about a child of each value, among those about these children."""
    found: dict[str, list[BitMap]] = {}
    for profile in profiles:
        for value in profile.values[facet]:
            found.setdefault(value, []).append(profile.records)
    return {value: union(each) for value, each in found.items()}


def asked_of_children(index: Index, chosen: Chosen) -> dict[str, Sequence[str]]:
    return {facet: chosen[facet] for facet in index.of_children if chosen.get(facet)}


def overlap(first: BitMap, others: Iterable[BitMap]) -> BitMap:
    return BitMap.intersection(first, *others)


def union(sets: Iterable[BitMap]) -> BitMap:
    return BitMap.union(NOTHING, *sets)
