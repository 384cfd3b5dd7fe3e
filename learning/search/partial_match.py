"""The nearest thing to a search that finds nothing: what has some of its words, the rarest counting most.

What is rare is counted among visible records of the same kind, and in the same way on both databases.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from pyroaring import BitMap

from learning.catalogue import RecordSet
from learning.catalogue.arrays import Ints
from learning.search.backends import IndexQuery, Matches, RawMatches, find_each
from learning.search.language.terms import Query

MOST_CLAUSES = 8
MOST_HITS = 20_000  # of one word; what stands in more records than this says little
NEARLY = 0.5  # how much of the best score a record needs
BY_FIT = 0.5  # how much more the best place of a word counts than the worst
FIELD_WEIGHS = 0.6  # beside a word
KNOWN_WEIGHS = 1.4


def parts_of(query: Query) -> list[Query]:
    """Each thing that is looked for by itself, without what is to be left out."""
    unwanted = tuple(clause for clause in query.clauses if clause.is_negated)
    wanted = [clause for clause in query.clauses if not clause.is_negated][:MOST_CLAUSES]
    return [Query("", (clause, *unwanted)) for clause in wanted]


def each_of(
    query: Query, more: Sequence[IndexQuery] = ()
) -> tuple[list[dict[str, RawMatches]], list[dict[str, RawMatches]]]:
    """What each part of a query finds, and what more is asked. One query."""
    parts = [*map(IndexQuery, parts_of(query))]
    matches = find_each([*parts, *more], most=MOST_HITS)
    return matches[: len(parts)], matches[len(parts) :]


def weight_of(part: Query) -> float:
    """What the vocabularies know says more than a word that they do not."""
    return KNOWN_WEIGHS if any(operand.explanation for operand in part.operands) else 1.0


def some_of(
    parts: Iterable[tuple[float, Matches]], fields: Iterable[BitMap], record_set: RecordSet, among: BitMap
) -> Matches:
    """The ordinals of the records that have the rarest of these parts and fields, with their scores.

    ``parts``: each with its weight. Fields alone do not make a record near.
    """
    scores = np.zeros(len(record_set.keys), dtype=np.float64)
    total = len(record_set.records)
    for weighs, hits in parts:
        add(scores, hits.ordinals, hits.scores, total, weighs)
    is_met = scores > 0
    for ordinals in fields:
        numbers = np.asarray(ordinals.to_array(), dtype=np.int64)
        add(scores, numbers, np.zeros(len(numbers)), total, weighs=FIELD_WEIGHS)
    scores[~is_met] = 0
    scores[np.asarray((BitMap(range(len(scores))) - among).to_array(), dtype=np.int64)] = 0
    return nearest(scores)


def add(scores: Any, ordinals: Ints, fit: Any, total: int, weighs: float = 1.0) -> None:
    """Add what a word says of the records at these ordinals: more the rarer it is, and the better it fits there."""
    if not len(ordinals):
        return
    rarity = weighs * math.log(1 + total / len(ordinals))
    best = float(fit.max()) or 1.0
    scores[ordinals] += rarity * (1 + BY_FIT * fit / best)


def nearest(scores: Any) -> Matches:
    """The ordinals whose score comes near the best."""
    best = float(scores.max(initial=0))
    ordinals = np.flatnonzero(scores >= NEARLY * best) if best else np.zeros(0, dtype=np.int64)
    return Matches(ordinals, scores[ordinals])
