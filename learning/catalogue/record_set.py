"""Records of one kind as numbered places in the order of their list, and sets of these places.

A section never changes: ``replaced`` makes another of it, which shares whatever stayed the same. Records come in units
that stand together (the statements of a bulletin, or a record by itself); each unit has a stretch of places, in the
order of the units' sort keys, so that a page of any set of places is a slice of it. Where a unit went, its places stay
free; where one comes, those behind it move.
"""

from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from pyroaring import BitMap

from learning.catalogue.arrays import Int, Ints, at, bitmap

END = 2**32
NOWHERE = -1
SortKey = tuple[Any, ...]
Sets = Mapping[Hashable, BitMap]


@dataclass(frozen=True)
class Unit:
    """Records that stand together: the key of the unit, where it is sorted, and how many there are."""

    key: int
    sort_key: SortKey
    size: int


@dataclass(frozen=True)
class Batch:
    """Records to be placed: units in the order of their sort keys, and the keys of their records in order.

    ``sets`` maps a facet to its stored values, and a value to the indices in ``keys`` of the records that have it.
    ``columns`` are for facets of so many values that a set for each would be too much: to each of ``keys`` its value.
    """

    units: Sequence[Unit]
    keys: Ints
    sets: Mapping[str, Mapping[Any, Ints]] = field(default_factory=dict)
    columns: Mapping[str, Ints] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """``keys`` has at each place the key of the record there, or 0; ``places`` at each key its place, or NOWHERE.

    ``columns`` have at each place a value of the record there; what they have at a free place means nothing.
    """

    keys: Ints
    places: Ints
    records: BitMap
    sets: Mapping[str, Sets]
    columns: Mapping[str, Ints]
    units: Mapping[int, Unit]
    starts: Mapping[int, int]
    order: Sequence[tuple[SortKey, int]]

    @classmethod
    def of(cls, batch: Batch) -> "Section":
        places = np.full(int(batch.keys.max(initial=0)) + 1, NOWHERE, dtype=Int)
        places[batch.keys] = np.arange(len(batch.keys))
        starts, start = {}, 0
        for unit in batch.units:
            starts[unit.key] = start
            start += unit.size
        return cls(
            keys=batch.keys,
            places=places,
            records=BitMap(range(len(batch.keys))),
            sets={name: {value: bitmap(each) for value, each in sets.items()} for name, sets in batch.sets.items()},
            columns=batch.columns,
            units={unit.key: unit for unit in batch.units},
            starts=starts,
            order=[(unit.sort_key, unit.key) for unit in batch.units],
        )

    # --- reading --------------------------------------------------------------------------------------------------

    def keys_at(self, places: BitMap) -> list[int]:
        """The keys of the records at these places, in order."""
        found: list[int] = self.keys[np.asarray(places.to_array(), dtype=Int)].tolist()
        return found

    def places_of(self, keys: Ints) -> Ints:
        """Where the records with these keys stand; NOWHERE for one that is not here."""
        return at(self.places, keys, NOWHERE)

    def has(self, key: int) -> bool:
        """Whether the record with this key is visible."""
        return key < len(self.places) and bool(self.places[key] != NOWHERE)

    def of_unit(self, key: int) -> BitMap:
        """The places of the records of a unit; none where it is not here."""
        start = self.starts.get(key)
        return BitMap() if start is None else BitMap(range(start, start + self.units[key].size))

    def having(self, name: str, value: Hashable) -> BitMap:
        """The records that have this stored value of a facet."""
        return self.sets[name].get(value) or BitMap()

    def having_any(self, name: str, values: Iterable[Hashable]) -> BitMap:
        """The records that have one of these stored values of a facet."""
        return BitMap.union(BitMap(), *(self.having(name, value) for value in values))

    def of_column(self, name: str, values: Collection[int | None]) -> BitMap:
        """The records that have one of these values in a column; None where there is no value."""
        wanted = np.array([value or 0 for value in values], dtype=Int)
        return bitmap(np.flatnonzero(np.isin(self.columns[name], wanted))) & self.records

    def tally(self, name: str, places: BitMap) -> Ints:
        """How often each value stands in a column at these places: an array by the value."""
        column = self.columns[name]
        everywhere = len(places) == len(column)
        return np.bincount(column if everywhere else column[np.asarray(places.to_array(), dtype=Int)], minlength=1)

    # --- changing -------------------------------------------------------------------------------------------------

    def replaced(self, changed: set[int], batch: Batch) -> "Section":
        """The section with these units taken out, and those of the batch put in."""
        rest = self.without(changed & self.units.keys())
        for unit in batch.units:
            rest = rest.with_place_for(unit)
        return rest.filled(batch)

    def without(self, units: set[int]) -> "Section":
        """Without the records of these units; their places stay free."""
        gone = BitMap()
        for key in units:
            gone.add_range(self.starts[key], self.starts[key] + self.units[key].size)
        keys, places = self.keys.copy(), self.places.copy()
        cleared = np.asarray(gone.to_array(), dtype=Int)
        places[keys[cleared]] = NOWHERE
        keys[cleared] = 0
        return replace(
            self,
            keys=keys,
            places=places,
            records=self.records - gone,
            sets={
                name: {value: found - gone if found.intersect(gone) else found for value, found in sets.items()}
                for name, sets in self.sets.items()
            },
            units={key: unit for key, unit in self.units.items() if key not in units},
            starts={key: start for key, start in self.starts.items() if key not in units},
            order=[(sort_key, key) for sort_key, key in self.order if key not in units],
        )

    def with_place_for(self, unit: Unit) -> "Section":
        """With free places for a unit, where its sort key belongs: those that are free there, or new ones."""
        here = bisect_left(self.order, (unit.sort_key, unit.key))
        order = [*self.order[:here], (unit.sort_key, unit.key), *self.order[here:]]
        before = self.order[here - 1][1] if here else None
        start = self.starts[before] + self.units[before].size if before is not None else 0
        end = self.starts[self.order[here][1]] if here < len(self.order) else len(self.keys)
        grown = self if end - start >= unit.size else self.with_gap(start, unit.size)
        return replace(
            grown,
            units={**grown.units, unit.key: unit},
            starts={**grown.starts, unit.key: start},
            order=order,
        )

    def with_gap(self, start: int, size: int) -> "Section":
        """With new free places from ``start`` on; whatever stood there or behind moves."""
        keys = np.insert(self.keys, start, np.zeros(size, dtype=Int))
        moved = keys[start + size :]
        places = self.places.copy()
        places[moved[moved > 0]] += size
        return replace(
            self,
            keys=keys,
            places=places,
            records=shifted(self.records, start, size),
            sets={
                name: {value: shifted(found, start, size) for value, found in sets.items()}
                for name, sets in self.sets.items()
            },
            columns={name: np.insert(column, start, np.zeros(size, Int)) for name, column in self.columns.items()},
            starts={key: place + size if place >= start else place for key, place in self.starts.items()},
        )

    def filled(self, batch: Batch) -> "Section":
        """With the records of the batch, whose units have their places already."""
        stretches = [np.arange(self.starts[unit.key], self.starts[unit.key] + unit.size) for unit in batch.units]
        here = np.concatenate(stretches) if stretches else np.zeros(0, dtype=Int)
        keys = self.keys.copy()
        keys[here] = batch.keys
        places = np.full(max(len(self.places), int(batch.keys.max(initial=0)) + 1), NOWHERE, dtype=Int)
        places[: len(self.places)] = self.places
        places[batch.keys] = here
        columns = {name: column.copy() for name, column in self.columns.items()}
        for name, column in batch.columns.items():
            columns[name][here] = column
        return replace(
            self,
            keys=keys,
            places=places,
            records=self.records | bitmap(here),
            sets={
                name: with_more(self.sets.get(name, {}), {value: here[each] for value, each in found.items()})
                for name, found in batch.sets.items()
            },
            columns=columns,
        )


def shifted(found: BitMap, start: int, size: int) -> BitMap:
    """The set with whatever is in it from ``start`` on moved by ``size``."""
    if not found or found.max() < start:
        return found
    before, behind = found.copy(), found.copy()
    before.remove_range(start, END)
    behind.remove_range(0, start)
    return before | behind.shift(size)


def with_more(sets: Sets, more: Mapping[Any, Ints]) -> Sets:
    """The sets, each with its share of what comes."""
    return {**sets, **{value: (sets.get(value) or BitMap()) | bitmap(places) for value, places in more.items()}}
