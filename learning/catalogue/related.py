"""Records that share themes with another, and why: the rarer a shared theme, the more it weighs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from learning.catalogue import Catalogue, RecordSet, current, visible
from learning.catalogue.arrays import Ints
from learning.catalogue.rows import give_board
from learning.models import Statement
from reviews.models import Review

AS_MANY_REVIEWS = 5
AS_MANY_STATEMENTS = 3
CANDIDATES = 12
SAME_KIND_WEIGHS = 1.5


@dataclass(frozen=True)
class Related:
    """``record`` is a review or a statement; ``reason`` is "Shares the themes Neglect and Out-of-area placement"."""

    record: Any
    reason: str


@dataclass(frozen=True)
class Near:
    """Places of records that share a theme, with how near each is: one divided by how often a theme is used, added up
    over the shared ones."""

    ordinals: Ints
    nearness: NDArray[np.float64]

    @classmethod
    def by_themes(cls, record_set: RecordSet, themes: Collection[int]) -> "Near":
        tagged = [record_set.with_value("theme", theme) for theme in themes]
        nearness = np.zeros(len(record_set.keys))
        for found in tagged:
            nearness[np.asarray(found.to_array(), dtype=np.int64)] += 1 / max(len(found), 1)
        ordinals = np.asarray(BitMap.union(BitMap(), *tagged).to_array(), dtype=np.int64)
        return cls(ordinals, nearness[ordinals])

    def but(self, left_out: NDArray[np.bool_]) -> "Near":
        return Near(self.ordinals[~left_out], self.nearness[~left_out])

    def best(self, most: int) -> list[int]:
        """The nearest ordinals; the record set's own order among equals."""
        near = self
        if len(self.ordinals) > most:
            least = np.partition(self.nearness, len(self.ordinals) - most)[len(self.ordinals) - most]
            near = self.but(self.nearness < least)
        found: list[int] = near.ordinals[np.lexsort((near.ordinals, -near.nearness))[:most]].tolist()
        return found


def related_reviews(review: Review) -> list[Related]:
    """Other visible reviews that share a theme of the case, the nearest first and the newest first among equals.

    One query.
    """
    catalogue = current()
    record_set = catalogue.reviews
    themes = [tag.theme_id for tag in review.theme_tags.all()]
    near = Near.by_themes(record_set, themes)
    best = near.but(record_set.keys[near.ordinals] == review.pk).best(AS_MANY_REVIEWS)
    keys = record_set.keys[best].tolist()
    others = {other.pk: other for other in visible(Review).filter(pk__in=keys)}
    found = []
    for ordinal, key in zip(best, keys, strict=True):
        if key in others:
            give_board(catalogue, others[key])
            shared = [theme for theme in themes if ordinal in record_set.with_value("theme", theme)]
            found.append(Related(others[key], reason(catalogue.themes.by_pk[theme].name for theme in shared)))
    return found


def nearest_statements(catalogue: Catalogue, ordinal: int) -> list[int]:
    """The keys of statements of other visible reviews that share a theme with the one at this ordinal.

    The same kind is preferred, and each review comes once before any comes twice. Runs no query.
    """
    record_set = catalogue.statements
    near = Near.by_themes(
        record_set, [theme for theme in catalogue.themes.by_pk if ordinal in record_set.with_value("theme", theme)]
    )
    kind = next(found for found in record_set.sets["kind"].values() if ordinal in found)
    near = preferring(near.but(is_own(record_set, ordinal, near.ordinals)), kind)
    chosen = each_review_first(near.best(CANDIDATES), record_set.columns["review"])[:AS_MANY_STATEMENTS]
    found: list[int] = record_set.keys[chosen].tolist()
    return found


def reason_of(other: Statement, statement: Statement) -> str:
    """Which themes two statements share, both with their tags."""
    shared = {tag.theme_id for tag in statement.shown_tags}
    return reason(tag.theme.name for tag in other.shown_tags if tag.theme_id in shared)


def is_own(record_set: RecordSet, ordinal: int, ordinals: Ints) -> NDArray[np.bool_]:
    """Of each of these ordinals whether it is of the same review, else the same bulletin, or of no review at all."""
    column = "review" if record_set.columns["review"][ordinal] else "bulletin"
    values, reviews = record_set.columns[column], record_set.columns["review"]
    own: NDArray[np.bool_] = (reviews[ordinals] == 0) | (values[ordinals] == values[ordinal])
    return own


def preferring(near: Near, favoured: BitMap) -> Near:
    is_favoured = np.zeros(int(near.ordinals.max(initial=0)) + 1, dtype=bool)
    inside = favoured & BitMap(range(len(is_favoured)))
    is_favoured[np.asarray(inside.to_array(), dtype=np.int64)] = True
    return Near(near.ordinals, near.nearness * np.where(is_favoured[near.ordinals], SAME_KIND_WEIGHS, 1.0))


def each_review_first(ordinals: Iterable[int], reviews: Ints) -> list[int]:
    """The same ordinals in the same order, save that a review's second comes after the first of every other."""
    seen: set[int] = set()
    first: list[int] = []
    rest: list[int] = []
    for ordinal in ordinals:
        review = int(reviews[ordinal])
        (rest if review in seen else first).append(ordinal)
        seen.add(review)
    return first + rest


def reason(shared: Iterable[str]) -> str:
    """Which themes are shared: "Shares the themes Neglect and Out-of-area placement"."""
    *most, last = shared
    return f"Shares the themes {', '.join(most)} and {last}" if most else f"Shares the theme {last}"
