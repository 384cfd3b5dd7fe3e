"""The nearest thing to a search that finds nothing: what has some of its words, the rarest counting most.

What is rare is counted among visible records of the same kind, and in the same way on both databases.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from pyroaring import BitMap

from learning.catalogue import RecordSet
from learning.catalogue.arrays import Ints
from learning.search.backends import IndexQuery, Matches, RawMatches, find_each
from learning.search.language.terms import Clause, Query

MOST_CLAUSES = 8
MOST_HITS = 20_000  # of one word; what stands in more records than this says little
NEARLY = 0.6  # how much of the best score a record needs
BY_FIT = 0.5  # how much more the best place of a word counts than the worst


def can_relax(query: Query) -> bool:
    """Whether there are several things to look for."""
    return len(wanted(query)) > 1


def wanted(query: Query) -> list[Clause]:
    return [clause for clause in query.clauses if not clause.is_negated][:MOST_CLAUSES]


def each_of(
    query: Query, more: Sequence[IndexQuery] = ()
) -> tuple[list[dict[str, RawMatches]], list[dict[str, RawMatches]]]:
    """What each thing that is looked for finds by itself, without what is to be left out; and what more is asked.

    One query.
    """
    unwanted = tuple(clause for clause in query.clauses if clause.is_negated)
    parts = [IndexQuery(Query("", (clause, *unwanted))) for clause in wanted(query)]
    matches = find_each([*parts, *more], most=MOST_HITS)
    return matches[: len(parts)], matches[len(parts) :]


def some_of(parts: list[dict[str, RawMatches]], record: str, record_set: RecordSet, among: BitMap) -> Matches:
    """The ordinals of the records that have the rarest of these parts, with their scores."""
    scores = np.zeros(len(record_set.keys), dtype=np.float64)
    for part in parts:
        hits = part[record].at_ordinals_of(record_set)
        add(scores, hits.ordinals, hits.scores, len(record_set.records))
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
