"""/learning/NUMBER/like/: statements of other reviews that say something like it, and what they share with it.

A statement is known by its themes and by its words that are rarest among visible statements: what shares most of
these, the rarest counting most, is most like it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from numpy.typing import NDArray

from learning.catalogue import Catalogue, current
from learning.catalogue.related import is_own
from learning.catalogue.rows import statements_for_cards
from learning.catalogue.shown import Shown
from learning.components.statement_card import age_of, card
from learning.components.wording import in_a_sentence
from learning.models import SearchDocument, Statement
from learning.pages.statements import belongs_to, not_visible
from learning.search.backends import IndexQuery, Matches, find_each
from learning.search.highlight import Words, highlight
from learning.search.language.stemming import stem, words_of
from learning.search.language.terms import STOP_WORDS, Clause, Operand, Query, Term
from learning.search.partial_match import add
from reviews.models import Theme

SHORTEST = 4  # letters of a word that can say anything
MOST_CANDIDATES = 12  # words of a statement that are counted: the longest ones, for these are mostly rare
MOST_WORDS = 8
COMMON = 2000  # statements: a word of more says too little
THEME_WEIGHS = 0.5
LEAST = 0.25  # of the best one's nearness
MOST_SHOWN = 20


@require_safe
def statements_like(request: HttpRequest, pk: int) -> HttpResponse:
    catalogue = current()
    if not catalogue.statements.has(pk):
        raise not_visible(pk)
    similar = Similar.to(catalogue, pk)
    others = {other.pk: other for other in statements_for_cards(catalogue, [pk, *similar.keys])}
    if pk not in others:  # written at this moment
        raise not_visible(pk)
    statement = others.pop(pk)
    results = [result for result in map(similar.shown, others.values()) if result["reason"]]
    context = {
        "statement": statement,
        "card": card(statement),
        "of": belongs_to(statement),
        "crumbs": [
            {"label": "Learning", "url": reverse("statement_list")},
            {"label": str(statement), "url": statement.get_absolute_url()},
            {"label": "More like this"},
        ],
        "words": similar.words,
        "themes": similar.themes,
        "results": results,
        "age": age_of(each["statement"].bulletin for each in results),
        "shown": Shown.of(catalogue, statements=[statement, *(result["statement"] for result in results)]),
        "nav_section": "learning",
    }
    return render(request, "learning/statement_similar.html", context)


@dataclass(frozen=True)
class Similar:
    """What is like a statement: keys, the most like first, with the words and themes that may be shared."""

    catalogue: Catalogue
    keys: list[int]
    words: dict[str, Matches]
    themes: list[Theme]

    @classmethod
    def to(cls, catalogue: Catalogue, pk: int) -> "Similar":
        """For a visible statement. Two queries."""
        record_set = catalogue.statements
        ordinal = int(record_set.ordinals[pk])
        words = rarest_words(catalogue, words_of_document(pk))
        themes = [theme for theme in catalogue.themes if ordinal in record_set.with_value("theme", theme.pk)]
        scores = np.zeros(len(record_set.keys), dtype=np.float64)
        for hits in words.values():
            add(scores, hits.ordinals, hits.scores, len(record_set.records))
        for theme in themes:
            ordinals = np.asarray(record_set.with_value("theme", theme.pk).to_array(), dtype=np.int64)
            add(scores, ordinals, np.zeros(len(ordinals)), len(record_set.records), weighs=THEME_WEIGHS)
        return cls(
            catalogue,
            record_set.keys[best_of(without_own(catalogue, ordinal, scores))].tolist(),
            words,
            themes,
        )

    def shown(self, other: Statement) -> dict[str, Any]:
        """A card of one of them, with the shared words marked and named: those in its text, not in names beside it."""
        text = Words(f"{other.words_before}\n{other.text}")
        terms = {word: operand(word) for word in self.words}
        words = [word for word, operand in terms.items() if next(text.spans(operand.terms[0]), None)]
        shared = {tag.theme_id for tag in other.shown_tags}
        themes = [theme.name for theme in self.themes if theme.pk in shared]
        query = Query("", (Clause(tuple(terms[word] for word in words)),))
        marked = {"words": highlight(other.text, query), "lead_in": highlight(other.words_before, query)}
        return {**card(other), **(marked if words else {}), "reason": describe_shared(words, themes)}


def words_of_document(pk: int) -> list[str]:
    """The words by which the index knows the statement itself, so none of what is said of a method of death."""
    said = SearchDocument.objects.filter(statement=pk).values_list("title", "body").first()
    by_stem: dict[str, str] = {}
    for word in words_of("\n".join(said or ())):
        if len(word) >= SHORTEST and word.isalpha() and word not in STOP_WORDS:
            by_stem.setdefault(stem(word), word)
    return sorted(by_stem.values(), key=lambda word: (-len(word), word))[:MOST_CANDIDATES]


def rarest_words(catalogue: Catalogue, words: list[str]) -> dict[str, Matches]:
    """The rarest of these that not one statement alone has, the rarest first, with all that have them. One query."""
    matches = find_each([asked_for(word) for word in words], is_ranked=False, most=COMMON) if words else []
    hits = {
        word: by_kind["statement"].at_ordinals_of(catalogue.statements)
        for word, by_kind in zip(words, matches, strict=True)
        if len(by_kind["statement"].keys) < COMMON
    }
    rarest = sorted((len(own.ordinals), word) for word, own in hits.items() if len(own.ordinals) > 1)
    return {word: hits[word] for _, word in rarest[:MOST_WORDS]}


def operand(word: str) -> Operand:
    return Operand(word, (Term((word,)),))


def asked_for(word: str) -> IndexQuery:
    return IndexQuery(Query("", (Clause((operand(word),)),)))


def without_own(catalogue: Catalogue, ordinal: int, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """The scores without those of its own review, or of its own bulletin where it is of no review."""
    near = np.flatnonzero(scores)
    scores[near[is_own(catalogue.statements, ordinal, near)]] = 0
    scores[ordinal] = 0
    return scores


def best_of(scores: NDArray[np.float64]) -> list[int]:
    """The ordinals with the best scores; the record set's own order among equals."""
    least = max(LEAST * float(scores.max(initial=0)), np.finfo(float).tiny)
    near = np.flatnonzero(scores >= least)
    best: list[int] = near[np.lexsort((near, -scores[near]))[:MOST_SHOWN]].tolist()
    return best


def describe_shared(words: list[str], themes: list[str]) -> str:
    """ "Shares the words genogram and chronology, and the theme record keeping", or ""."""
    parts = [shared("word", words), shared("theme", [in_a_sentence(theme) for theme in themes])]
    return f"Shares {', and '.join(part for part in parts if part)}" if any(parts) else ""


def shared(what: str, names: list[str]) -> str:
    if len(names) < 2:
        return f"the {what} {names[0]}" if names else ""
    return f"the {what}s {', '.join(names[:-1])} and {names[-1]}"
