"""Columns of a table as arrays: as much as needed for the whole of a large table, read in chunks."""

from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray
from pyroaring import BitMap

Int = np.int32  # a key or a ordinal; half as large as what numpy takes by default
Ints = NDArray[np.integer[Any]]
CHUNK = 20_000


def columns(queryset: QuerySet[Any], key: str, *names: str) -> list[Ints]:
    """The column of the key and others of whole numbers, each as an array; what is null as 0.

    Read by ranges of the key: neither a cursor that stays open between statements, which a pooler of connections could
    not keep, nor all rows at once.
    """
    found: list[list[Ints]] = [[] for _ in (key, *names)]
    for chunk in chunks(queryset, key, *names):
        for column, values in zip(found, zip(*chunk, strict=True), strict=True):
            column.append(np.array([value or 0 for value in values], dtype=Int))
    return [np.concatenate(column) if column else np.zeros(0, Int) for column in found]


def chunks(queryset: QuerySet[Any], key: str, *names: str) -> Iterator[list[tuple[Any, ...]]]:
    """The rows by the order of the key, some ten thousand at a time."""
    rows = queryset.order_by(key).values_list(key, *names)
    chunk = list(rows[:CHUNK])
    while chunk:
        yield chunk
        chunk = list(rows.filter(**{f"{key}__gt": chunk[-1][0]})[:CHUNK]) if len(chunk) == CHUNK else []


def keys_of(queryset: QuerySet[Any]) -> Ints:
    """The keys of these records, in no order. One query, so that what is hard to work out is worked out once."""
    return np.fromiter(queryset.order_by().values_list("pk", flat=True).iterator(chunk_size=CHUNK), dtype=Int)


def lookup(keys: Ints, values: Any, missing: int = 0) -> Ints:
    """An array that has at each key its value, and ``missing`` elsewhere."""
    found = np.full(int(keys.max(initial=0)) + 1, missing, dtype=Int)
    found[keys] = values
    return found


def at(table: Ints, keys: Ints, missing: int = 0) -> Ints:
    """The values of these keys, and ``missing`` for a key beyond the table."""
    inside = keys < len(table)
    found = np.full(len(keys), missing, dtype=Int)
    found[inside] = table[keys[inside]]
    return found


def grouped(values: Ints, ordinals: Ints | None = None) -> dict[int, Ints]:
    """For each value the ordinals that have it, in order; without ordinals the indices of the values."""
    if ordinals is None:
        ordinals = np.arange(len(values))
    if not len(values):
        return {}
    order = np.lexsort((ordinals, values))
    values, ordinals = values[order], ordinals[order]
    starts = np.flatnonzero(np.diff(values, prepend=values[0] - 1))
    parts = np.split(ordinals, starts[1:])
    return {int(value): part for value, part in zip(values[starts], parts, strict=True)}


def bitmap(ordinals: Ints) -> BitMap:
    """A set of ordinals."""
    return BitMap(array("I", ordinals.astype(np.uint32).tobytes()))
