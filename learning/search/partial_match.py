"""The nearest thing to a search that finds nothing: what has some of its words, the rarest counting most.

What is rare is counted among visible records of the same kind, and alike on both databases.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from pyroaring import BitMap

from learning.catalogue import Section
from learning.catalogue.arrays import Ints
from learning.search.backends import Asked, Found, Hits, find_each
from learning.search.terms import Clause, Query

MOST_CLAUSES = 8
MOST_HITS = 20_000  # of one word; what stands in more records than this tells little
NEARLY = 0.6  # how much of the best score a record needs
BY_FIT = 0.5  # how much more the best place of a word counts than the worst


def can_relax(query: Query) -> bool:
    """Whether there are several things to look for."""
    return len(wanted(query)) > 1


def wanted(query: Query) -> list[Clause]:
    return [clause for clause in query.clauses if not clause.is_negated][:MOST_CLAUSES]


def each_of(query: Query, more: Sequence[Asked] = ()) -> tuple[list[dict[str, Found]], list[dict[str, Found]]]:
    """What each thing that is looked for finds by itself, without what is to be left out; and what more is asked.

    One query.
    """
    unwanted = tuple(clause for clause in query.clauses if clause.is_negated)
    parts = [Asked(Query("", (clause, *unwanted))) for clause in wanted(query)]
    found = find_each([*parts, *more], most=MOST_HITS)
    return found[: len(parts)], found[len(parts) :]


def some_of(parts: list[dict[str, Found]], record: str, section: Section, among: BitMap) -> Hits:
    """The places of the records that have the most telling of these parts, with their scores."""
    scores = np.zeros(len(section.keys), dtype=np.float64)
    for part in parts:
        hits = part[record].at_places_of(section)
        add(scores, hits.places, hits.scores, len(section.records))
    scores[np.asarray((BitMap(range(len(scores))) - among).to_array(), dtype=np.int64)] = 0
    return nearest(scores)


def add(scores: Any, places: Ints, fit: Any, total: int, weighs: float = 1.0) -> None:
    """Add what a word tells of the records at these places: more the rarer it is, and the better it fits there."""
    if not len(places):
        return
    rarity = weighs * math.log(1 + total / len(places))
    best = float(fit.max()) or 1.0
    scores[places] += rarity * (1 + BY_FIT * fit / best)


def nearest(scores: Any) -> Hits:
    """The places whose score comes near the best."""
    best = float(scores.max(initial=0))
    places = np.flatnonzero(scores >= NEARLY * best) if best else np.zeros(0, dtype=np.int64)
    return Hits(places, scores[places])
