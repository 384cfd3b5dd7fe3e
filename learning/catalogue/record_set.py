"""Records of one kind as ordinals (numbers from 0) in the order of their list, and sets of these ordinals.

A record set never changes: ``replaced`` makes another of it, which shares whatever stayed the same. Records come in
groups that stand together (the statements of a bulletin, or a record by itself); each group has a stretch of ordinals,
in the order of the groups' sort keys, so that a page of any set of ordinals is a slice of it. Where a group went, its
ordinals stay free; where one comes, those behind it move.
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
class Group:
    """Records that stand together: the key of the group, where it is sorted, and how many there are."""

    key: int
    sort_key: SortKey
    size: int


@dataclass(frozen=True)
class Batch:
    """Records to be placed: groups in the order of their sort keys, and the keys of their records in order.

    ``sets`` maps a facet to its stored values, and a value to the indices in ``keys`` of the records that have it.
    ``columns`` are for facets of so many values that a set for each would be too much: to each of ``keys`` its value.
    """

    groups: Sequence[Group]
    keys: Ints
    sets: Mapping[str, Mapping[Any, Ints]] = field(default_factory=dict)
    columns: Mapping[str, Ints] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordSet:
    """``keys`` has at each ordinal the key of the record there, or 0; ``ordinals`` at each key its ordinal, or NOWHERE.

    ``columns`` have at each ordinal a value of the record there; what they have at a free ordinal means nothing.
    """

    keys: Ints
    ordinals: Ints
    records: BitMap
    sets: Mapping[str, Sets]
    columns: Mapping[str, Ints]
    groups: Mapping[int, Group]
    starts: Mapping[int, int]
    order: Sequence[tuple[SortKey, int]]

    @classmethod
    def of(cls, batch: Batch) -> "RecordSet":
        ordinals = np.full(int(batch.keys.max(initial=0)) + 1, NOWHERE, dtype=Int)
        ordinals[batch.keys] = np.arange(len(batch.keys))
        starts, start = {}, 0
        for group in batch.groups:
            starts[group.key] = start
            start += group.size
        return cls(
            keys=batch.keys,
            ordinals=ordinals,
            records=BitMap(range(len(batch.keys))),
            sets={name: {value: bitmap(each) for value, each in sets.items()} for name, sets in batch.sets.items()},
            columns=batch.columns,
            groups={group.key: group for group in batch.groups},
            starts=starts,
            order=[(group.sort_key, group.key) for group in batch.groups],
        )

    # --- reading --------------------------------------------------------------------------------------------------

    def keys_at(self, ordinals: BitMap) -> list[int]:
        """The keys of the records at these ordinals, in order."""
        found: list[int] = self.keys[np.asarray(ordinals.to_array(), dtype=Int)].tolist()
        return found

    def ordinals_of(self, keys: Ints) -> Ints:
        """Where the records with these keys stand; NOWHERE for one that is not here."""
        return at(self.ordinals, keys, NOWHERE)

    def has(self, key: int) -> bool:
        """Whether the record with this key is visible."""
        return key < len(self.ordinals) and bool(self.ordinals[key] != NOWHERE)

    def of_group(self, key: int) -> BitMap:
        """The ordinals of the records of a group; none where it is not here."""
        start = self.starts.get(key)
        return BitMap() if start is None else BitMap(range(start, start + self.groups[key].size))

    def with_value(self, name: str, value: Hashable) -> BitMap:
        """The records that have this stored value of a facet."""
        return self.sets[name].get(value) or BitMap()

    def with_any_value(self, name: str, values: Iterable[Hashable]) -> BitMap:
        """The records that have one of these stored values of a facet."""
        return BitMap.union(BitMap(), *(self.with_value(name, value) for value in values))

    def of_column(self, name: str, values: Collection[int | None]) -> BitMap:
        """The records that have one of these values in a column; None where there is no value."""
        wanted = np.array([value or 0 for value in values], dtype=Int)
        return bitmap(np.flatnonzero(np.isin(self.columns[name], wanted))) & self.records

    def tally(self, name: str, ordinals: BitMap) -> Ints:
        """How often each value stands in a column at these ordinals: an array by the value."""
        column = self.columns[name]
        everywhere = len(ordinals) == len(column)
        return np.bincount(column if everywhere else column[np.asarray(ordinals.to_array(), dtype=Int)], minlength=1)

    # --- changing -------------------------------------------------------------------------------------------------

    def replaced(self, changed: set[int], batch: Batch) -> "RecordSet":
        """The record set with these groups taken out, and those of the batch put in."""
        rest = self.without(changed & self.groups.keys())
        for group in batch.groups:
            rest = rest.with_room_for(group)
        return rest.filled(batch)

    def without(self, groups: set[int]) -> "RecordSet":
        """Without the records of these groups; their ordinals stay free."""
        gone = BitMap()
        for key in groups:
            gone.add_range(self.starts[key], self.starts[key] + self.groups[key].size)
        keys, ordinals = self.keys.copy(), self.ordinals.copy()
        cleared = np.asarray(gone.to_array(), dtype=Int)
        ordinals[keys[cleared]] = NOWHERE
        keys[cleared] = 0
        return replace(
            self,
            keys=keys,
            ordinals=ordinals,
            records=self.records - gone,
            sets={
                name: {value: found - gone if found.intersect(gone) else found for value, found in sets.items()}
                for name, sets in self.sets.items()
            },
            groups={key: group for key, group in self.groups.items() if key not in groups},
            starts={key: start for key, start in self.starts.items() if key not in groups},
            order=[(sort_key, key) for sort_key, key in self.order if key not in groups],
        )

    def with_room_for(self, group: Group) -> "RecordSet":
        """With free ordinals for a group, where its sort key belongs: those that are free there, or new ones."""
        here = bisect_left(self.order, (group.sort_key, group.key))
        order = [*self.order[:here], (group.sort_key, group.key), *self.order[here:]]
        before = self.order[here - 1][1] if here else None
        start = self.starts[before] + self.groups[before].size if before is not None else 0
        end = self.starts[self.order[here][1]] if here < len(self.order) else len(self.keys)
        grown = self if end - start >= group.size else self.with_gap(start, group.size)
        return replace(
            grown,
            groups={**grown.groups, group.key: group},
            starts={**grown.starts, group.key: start},
            order=order,
        )

    def with_gap(self, start: int, size: int) -> "RecordSet":
        """With new free ordinals from ``start`` on; whatever stood there or behind moves."""
        keys = np.insert(self.keys, start, np.zeros(size, dtype=Int))
        moved = keys[start + size :]
        ordinals = self.ordinals.copy()
        ordinals[moved[moved > 0]] += size
        return replace(
            self,
            keys=keys,
            ordinals=ordinals,
            records=shifted(self.records, start, size),
            sets={
                name: {value: shifted(found, start, size) for value, found in sets.items()}
                for name, sets in self.sets.items()
            },
            columns={name: np.insert(column, start, np.zeros(size, Int)) for name, column in self.columns.items()},
            starts={key: ordinal + size if ordinal >= start else ordinal for key, ordinal in self.starts.items()},
        )

    def filled(self, batch: Batch) -> "RecordSet":
        """With the records of the batch, whose groups have their ordinals already."""
        stretches = [np.arange(self.starts[group.key], self.starts[group.key] + group.size) for group in batch.groups]
        here = np.concatenate(stretches) if stretches else np.zeros(0, dtype=Int)
        keys = self.keys.copy()
        keys[here] = batch.keys
        ordinals = np.full(max(len(self.ordinals), int(batch.keys.max(initial=0)) + 1), NOWHERE, dtype=Int)
        ordinals[: len(self.ordinals)] = self.ordinals
        ordinals[batch.keys] = here
        columns = {name: column.copy() for name, column in self.columns.items()}
        for name, column in batch.columns.items():
            columns[name][here] = column
        return replace(
            self,
            keys=keys,
            ordinals=ordinals,
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
    return {**sets, **{value: (sets.get(value) or BitMap()) | bitmap(ordinals) for value, ordinals in more.items()}}
