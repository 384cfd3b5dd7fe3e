"""Records that share themes with another, and why: the rarer a shared theme, the more it weighs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from learning.catalogue import Catalogue, Section, current, visible
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

    places: Ints
    nearness: NDArray[np.float64]

    @classmethod
    def by_themes(cls, section: Section, themes: Collection[int]) -> "Near":
        tagged = [section.having("theme", theme) for theme in themes]
        nearness = np.zeros(len(section.keys))
        for found in tagged:
            nearness[np.asarray(found.to_array(), dtype=np.int64)] += 1 / max(len(found), 1)
        places = np.asarray(BitMap.union(BitMap(), *tagged).to_array(), dtype=np.int64)
        return cls(places, nearness[places])

    def but(self, left_out: NDArray[np.bool_]) -> "Near":
        return Near(self.places[~left_out], self.nearness[~left_out])

    def best(self, most: int) -> list[int]:
        """The nearest places; the section's own order among equals."""
        near = self
        if len(self.places) > most:
            least = np.partition(self.nearness, len(self.places) - most)[len(self.places) - most]
            near = self.but(self.nearness < least)
        found: list[int] = near.places[np.lexsort((near.places, -near.nearness))[:most]].tolist()
        return found


def related_reviews(review: Review) -> list[Related]:
    """Other visible reviews that share a theme of the case, the nearest first and the newest first among equals.

    One query.
    """
    catalogue = current()
    section = catalogue.reviews
    themes = [tag.theme_id for tag in review.theme_tags.all()]
    near = Near.by_themes(section, themes)
    best = near.but(section.keys[near.places] == review.pk).best(AS_MANY_REVIEWS)
    keys = section.keys[best].tolist()
    others = {other.pk: other for other in visible(Review).filter(pk__in=keys)}
    found = []
    for place, key in zip(best, keys, strict=True):
        if key in others:
            give_board(catalogue, others[key])
            shared = [theme for theme in themes if place in section.having("theme", theme)]
            found.append(Related(others[key], reason(catalogue.themes.by_pk[theme].name for theme in shared)))
    return found


def nearest_statements(catalogue: Catalogue, place: int) -> list[int]:
    """The keys of statements of other visible reviews that share a theme with the one at this place.

    The same kind is preferred, and each review comes once before any comes twice. Runs no query.
    """
    section = catalogue.statements
    near = Near.by_themes(
        section, [theme for theme in catalogue.themes.by_pk if place in section.having("theme", theme)]
    )
    kind = next(found for found in section.sets["kind"].values() if place in found)
    near = preferring(near.but(is_own(section, place, near.places)), kind)
    chosen = each_review_first(near.best(CANDIDATES), section.columns["review"])[:AS_MANY_STATEMENTS]
    found: list[int] = section.keys[chosen].tolist()
    return found


def reason_of(other: Statement, statement: Statement) -> str:
    """Which themes two statements share, both with their tags."""
    shared = {tag.theme_id for tag in statement.shown_tags}
    return reason(tag.theme.name for tag in other.shown_tags if tag.theme_id in shared)


def is_own(section: Section, place: int, places: Ints) -> NDArray[np.bool_]:
    """Of each of these places whether it is of the same review, else the same bulletin, or of no review at all."""
    column = "review" if section.columns["review"][place] else "bulletin"
    values, reviews = section.columns[column], section.columns["review"]
    own: NDArray[np.bool_] = (reviews[places] == 0) | (values[places] == values[place])
    return own


def preferring(near: Near, favoured: BitMap) -> Near:
    is_favoured = np.zeros(int(near.places.max(initial=0)) + 1, dtype=bool)
    inside = favoured & BitMap(range(len(is_favoured)))
    is_favoured[np.asarray(inside.to_array(), dtype=np.int64)] = True
    return Near(near.places, near.nearness * np.where(is_favoured[near.places], SAME_KIND_WEIGHS, 1.0))


def each_review_first(places: Iterable[int], reviews: Ints) -> list[int]:
    """The same places in the same order, save that a review's second comes after the first of every other."""
    seen: set[int] = set()
    first: list[int] = []
    rest: list[int] = []
    for place in places:
        review = int(reviews[place])
        (rest if review in seen else first).append(place)
        seen.add(review)
    return first + rest


def reason(shared: Iterable[str]) -> str:
    """Which themes are shared: "Shares the themes Neglect and Out-of-area placement"."""
    *most, last = shared
    return f"Shares the themes {', '.join(most)} and {last}" if most else f"Shares the theme {last}"
