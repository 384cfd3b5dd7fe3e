"""Counting what a reader can choose next: pure functions over sets of ids, without a query.

Choices of one facet add up (OR), different facets narrow each other (AND). The counts of a facet ignore its own choices
and obey all others, so that each says what the list holds if that value is chosen alone; a facet that asks for *all* of
its choices counts within the result instead. Child facets are about the same child: "male" and "16 to 17" find a record
with a boy of that age, not one with a boy and an older sister. Records are counted, never children, and each once.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Members = dict[str, set[int]]
Chosen = Mapping[str, Sequence[str]]
Counts = dict[str, dict[str, int]]


@dataclass
class Index:
    """What each record has.

    ``of_records`` and ``of_children`` map a facet to its values, and a value to whatever has it: ids of records, or
    *places*. A place stands for one child of one record (``record_of``); a record of which no child is described has
    one place too, where nothing is stated.
    """

    records: set[int] = field(default_factory=set)
    of_records: dict[str, Members] = field(default_factory=dict)
    of_children: dict[str, Members] = field(default_factory=dict)
    record_of: dict[int, int] = field(default_factory=dict)

    def records_at(self, places: Iterable[int]) -> set[int]:
        return {self.record_of[place] for place in places}


def gather(pairs: Iterable[tuple[str, int]]) -> Members:
    """Pairs of a value and an id as members."""
    members: Members = {}
    for value, each in pairs:
        members.setdefault(value, set()).add(each)
    return members


def result(index: Index, chosen: Chosen, all_of: Collection[str] = ()) -> set[int]:
    """The ids of the records that every facet lets through."""
    kept = picked(index.of_records, chosen, all_of)
    return overlap(records_by_child(index, picked(index.of_children, chosen)), kept.values())


def count(index: Index, chosen: Chosen, all_of: Collection[str] = ()) -> Counts:
    """How many records each value of each facet would leave; those of ``all_of`` are counted within the result."""
    kept = picked(index.of_records, chosen, all_of)
    places = picked(index.of_children, chosen)
    by_child = records_by_child(index, places)
    counts: Counts = {}
    for facet, members in index.of_records.items():
        others = overlap(by_child, without(kept, () if facet in all_of else (facet,)))
        counts[facet] = {value: len(ids & others) for value, ids in members.items()}
    records = overlap(index.records, kept.values())
    for facet, members in index.of_children.items():
        others = overlap(set(index.record_of), without(places, (facet,)))
        counts[facet] = {value: len(index.records_at(ids & others) & records) for value, ids in members.items()}
    return counts


def picked(facets: Mapping[str, Members], chosen: Chosen, all_of: Collection[str] = ()) -> Members:
    """For each facet with choices, what has any of them (or, in ``all_of``, every one)."""
    kept = {}
    for facet, members in facets.items():
        if values := chosen.get(facet):
            found = [members.get(value, set()) for value in values]
            kept[facet] = set.intersection(*found) if facet in all_of else set.union(*found)
    return kept


def records_by_child(index: Index, places: Members) -> set[int]:
    """The records with one child of whom all child facets hold; all records where none is asked for."""
    return index.records_at(overlap(set(index.record_of), places.values())) if places else index.records


def without(kept: Members, facets: Collection[str]) -> list[set[int]]:
    return [ids for facet, ids in kept.items() if facet not in facets]


def overlap(first: set[int], others: Iterable[set[int]]) -> set[int]:
    return first.intersection(*others)
