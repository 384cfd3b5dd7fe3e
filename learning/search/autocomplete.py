"""/search/suggest/?q=: what the search box offers while somebody types, as JSON.

At most eight: themes, reviews, boards and agencies in whose names each typed word begins a word. A name that begins as
what was typed comes first, what somebody else calls it later. Nothing is offered that is not visible; neither is a
board whose name is withheld.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from pyroaring import BitMap

from learning.catalogue import Catalogue, current, visible
from learning.catalogue.rows import give_board
from learning.search.language.query import MAX_LENGTH
from learning.search.language.stemming import APOSTROPHES, fold, words_of
from reviews.models import Agency, Review, ReviewAlias, Theme

MOST = 8
MOST_OF_A_KIND = 3
MOST_ALIASES = 200
SHORTEST = 2  # letters typed
THEME, REVIEW, BOARD, AGENCY = range(4)  # the order among what fits as well
# How well a name fits; "other": what else something is called.
SAME, OTHER_SAME, BEGINS, OTHER_BEGINS, HAS, OTHER_HAS = range(6)

APOSTROPHES_OUT = {ord(sign): None for sign in APOSTROPHES}
Words = tuple[str, ...]


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    typed = plain_words(request.GET.get("q", "")[:MAX_LENGTH])
    best = suggestions(current(), typed) if len("".join(typed)) >= SHORTEST else []
    return JsonResponse(
        {
            "suggestions": [
                {"label": suggestion.label, "detail": suggestion.detail, "url": suggestion.url} for suggestion in best
            ]
        },
        headers={"X-Robots-Tag": "noindex"},
    )


def plain_words(text: str) -> Words:
    """The words of a name or of what was typed, in which "child's" is one."""
    return words_of(text.translate(APOSTROPHES_OUT))


@dataclass(frozen=True)
class Suggestion:
    """``label`` is the name, ``detail`` says what it is; ``order`` sorts the best first."""

    label: str
    detail: str
    url: str
    kind: int
    order: tuple[Any, ...]


def suggestions(catalogue: Catalogue, typed: Words) -> list[Suggestion]:
    """The best ones, no more than a few of a kind while others are left."""
    fitting = sorted([*named(catalogue, typed), *reviews(catalogue, typed)], key=attrgetter("order"))
    first: list[Suggestion] = []
    for suggestion in fitting:
        if sum(other.kind == suggestion.kind for other in first) < MOST_OF_A_KIND:
            first.append(suggestion)
    rest = [suggestion for suggestion in fitting if suggestion not in first]
    return sorted([*first, *rest][:MOST], key=attrgetter("order"))


# --- themes, boards and agencies: few enough to look through ------------------------------------------------------


@dataclass(frozen=True)
class Named:
    """Something with a name of its own, what else it is called, and what is a part of it.

    ``weight``: how much there is about it.
    """

    kind: int
    what: str
    label: str
    url: str
    names: tuple[tuple[str, Words], ...]
    weight: int = 0
    parts: frozenset[str] = frozenset()


def named(catalogue: Catalogue, typed: Words) -> Iterator[Suggestion]:
    for entry in catalogue.derived("names to suggest", lambda: list(all_named(catalogue))):
        fits = [(fit, name) for (name, words) in entry.names if (fit := how_well(words, typed)) is not None]
        if fits:
            fit, name = min((fit if name == entry.label else as_other(fit), name) for fit, name in fits)
            says = "including" if name in entry.parts else "also called"
            detail = entry.what if name == entry.label else f"{entry.what}, {says} {name}"
            order = (fit, entry.kind, -entry.weight, entry.label)
            yield Suggestion(entry.label, detail, entry.url, entry.kind, order)


def all_named(catalogue: Catalogue) -> Iterator[Named]:
    for theme in catalogue.themes:
        weight = len(catalogue.statements.with_value("theme", theme.pk))
        names, parts = names_of(theme)
        yield Named(THEME, "Theme", theme.name, theme.get_absolute_url(), names, weight, parts)
    for board in catalogue.boards.values():
        if not board.is_withheld:
            weight = len(catalogue.reviews.with_value("board", board.pk))
            names = with_words(board.name, board.short_name, board.identified_as)
            yield Named(BOARD, "Board", board.name, board.get_absolute_url(), names, weight)
    for agency in catalogue.agencies:
        names, parts = names_of(agency)
        weight = len(catalogue.statements.with_value("agency", agency.pk))
        yield Named(AGENCY, "Agency", agency.name, agency.get_absolute_url(), names, weight, parts)


def names_of(term: Theme | Agency) -> tuple[tuple[tuple[str, Words], ...], frozenset[str]]:
    """All names of a term, and which of them are only a part of it."""
    return with_words(term.name, *term.synonym_list, *term.narrower_list), frozenset(term.narrower_list)


def with_words(*names: str) -> tuple[tuple[str, Words], ...]:
    return tuple((name, plain_words(name)) for name in names if name)


def how_well(words: Words, typed: Words) -> int | None:
    """None where a typed word begins none of the name's words."""
    if words == typed:
        return SAME
    if begins(words, typed):
        return BEGINS
    return HAS if all(any(word.startswith(part) for word in words) for part in typed) else None


def begins(words: Words, typed: Words) -> bool:
    *whole, last = typed
    return list(words[: len(whole)]) == whole and len(words) >= len(typed) and words[len(whole)].startswith(last)


def as_other(fit: int) -> int:
    """The same of what else something is called."""
    return fit + 1


# --- reviews: looked up by the words of their labels --------------------------------------------------------------


def reviews(catalogue: Catalogue, typed: Words) -> list[Suggestion]:
    """The newest ones whose label or other name fits. Two queries, or one where there are none."""
    record_set = catalogue.reviews
    others: dict[int, str] = {}
    for key, name in aliases(catalogue, typed):
        others.setdefault(key, name)
    by_label = [int(record_set.keys[ordinal]) for ordinal in islice(Labels.of(catalogue).ordinals(typed), MOST)]
    keys = list(dict.fromkeys([*by_label, *islice(others, MOST)]))
    rows = visible(Review).filter(pk__in=keys).only("slug", "label", "board").order_by() if keys else []
    return [suggestion_of(catalogue, review, typed, others.get(review.pk, "")) for review in rows]


def suggestion_of(catalogue: Catalogue, review: Review, typed: Words, other: str) -> Suggestion:
    """By whichever name fits better."""
    give_board(catalogue, review)
    fit = how_well(plain_words(review.label), typed)
    by_other = how_well(plain_words(other), typed) if other else None
    is_other = by_other is not None and (fit is None or as_other(by_other) < fit)
    best = as_other(by_other) if is_other and by_other is not None else HAS if fit is None else fit
    called = f", also called {other}" if is_other and other != review.label else ""
    order = (best, REVIEW, int(catalogue.reviews.ordinals[review.pk]), review.label)
    detail = f"Review, {review.board.public_name}{called}"
    return Suggestion(review.label, detail, review.get_absolute_url(), REVIEW, order)


def aliases(catalogue: Catalogue, typed: Words) -> Iterator[tuple[int, str]]:
    """Visible reviews by what else they are called, a bounded number, and how. One query.

    The database says which are visible, so that many hidden ones leave no visible one out.
    """
    text = " ".join(typed)
    has_words = Q(name__istartswith=text) | Q(name__icontains=f" {text}")
    rows = ReviewAlias.objects.filter(has_words, review__in=Review.objects.published()).order_by("-pk")
    for key, name in rows.values_list("review", "name")[:MOST_ALIASES]:
        if catalogue.reviews.has(key):
            yield key, name


@dataclass(frozen=True)
class Labels:
    """The words of all labels in order, and to each the places of the reviews that have it."""

    words: list[str]
    with_value: dict[str, list[int]]

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Labels":
        return catalogue.derived("words of labels", lambda: cls.made(catalogue))

    @classmethod
    def made(cls, catalogue: Catalogue) -> "Labels":
        """All labels are folded at once, for one by one takes twice as long."""
        record_set = catalogue.reviews
        ordinals = record_set.ordinals[[key for (*_, key), _ in record_set.order]].tolist() if record_set.order else []
        labels = "\n".join(" ".join(label.split()) for (_, label, *_), _ in record_set.order)
        with_value: dict[str, list[int]] = {}
        for ordinal, label in zip(ordinals, fold(labels.translate(APOSTROPHES_OUT)).split("\n"), strict=False):
            for word in words_of(label):
                with_value.setdefault(word, []).append(ordinal)
        return cls(sorted(with_value), with_value)

    def ordinals(self, typed: Words) -> Iterator[int]:
        """Those with all the typed words as they are, then those with words that begin so; the newest first of each."""
        whole = overlap(BitMap(self.with_value.get(word, ())) for word in typed)
        yield from whole
        yield from overlap(self.beginning(word) for word in typed) - whole

    def beginning(self, part: str) -> BitMap:
        first = bisect_left(self.words, part)
        after = bisect_left(self.words, f"{part}\U0010ffff")
        return BitMap(list(chain.from_iterable(self.with_value[word] for word in self.words[first:after])))


def overlap(sets: Iterable[BitMap]) -> BitMap:
    return BitMap.intersection(*sets)
