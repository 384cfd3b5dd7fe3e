"""How many visible records there are, and how many stand under each term of a vocabulary: counted in sets."""

from dataclasses import dataclass

from pyroaring import BitMap

from learning.catalogue import Catalogue, RecordSet
from reviews.models import Theme
from reviews.vocabulary import Term, Tree

OfTerms = dict[int, BitMap]  # to the key of each term the ordinals of the records that have it or a term below it


@dataclass(frozen=True)
class Total:
    """How much there is about a theme, each record counted once.

    ``statements`` are those whose own words are about it; ``of_reviews`` are all statements of the ``reviews`` about
    it, those that are about it themselves included.
    """

    reviews: int = 0
    statements: int = 0
    of_reviews: int = 0

    def __bool__(self) -> bool:
        return bool(self.reviews or self.statements)


def site_totals(catalogue: Catalogue) -> dict[str, int]:
    """How many statements, reviews and bulletins the public may see."""
    return {
        "statements": len(catalogue.statements.records),
        "reviews": len(catalogue.reviews.records),
        "bulletins": len(catalogue.bulletins.records),
    }


def reviews_by_theme(catalogue: Catalogue) -> OfTerms:
    return catalogue.derived("reviews by theme", lambda: of_each_term(catalogue.reviews, "theme", catalogue.themes))


def statements_by_theme(catalogue: Catalogue) -> OfTerms:
    return catalogue.derived(
        "statements by theme", lambda: of_each_term(catalogue.statements, "theme", catalogue.themes)
    )


def statements_from_reviews(catalogue: Catalogue) -> OfTerms:
    """All statements of the reviews about each theme, those that are about it themselves included."""
    return catalogue.derived(
        "statements of reviews by theme",
        lambda: of_each_term(catalogue.statements, "review_theme", catalogue.themes),
    )


def statements_naming(catalogue: Catalogue) -> OfTerms:
    return catalogue.derived(
        "statements by agency", lambda: of_each_term(catalogue.statements, "agency", catalogue.agencies)
    )


def statements_addressed_to(catalogue: Catalogue) -> OfTerms:
    return catalogue.derived(
        "statements by addressee", lambda: of_each_term(catalogue.statements, "addressed_to", catalogue.agencies)
    )


def of_each_term(record_set: RecordSet, facet: str, tree: Tree[Term]) -> OfTerms:
    """A term without any below it shares its set with the record set."""
    return {
        term.pk: record_set.with_any_value(facet, tree.ids(term))
        if tree.children(term)
        else record_set.with_value(facet, term.pk)
        for term in tree.terms
    }


def theme_totals(catalogue: Catalogue) -> dict[int, Total]:
    """By the key of each theme: how much visible there is about it or about a theme below it."""

    def make() -> dict[int, Total]:
        reviews, statements = reviews_by_theme(catalogue), statements_by_theme(catalogue)
        of_reviews = statements_from_reviews(catalogue)
        return {key: Total(len(reviews[key]), len(statements[key]), len(of_reviews[key])) for key in reviews}

    return catalogue.derived("totals of themes", make)


def totals_beside(catalogue: Catalogue, theme: Theme) -> dict[int, Total]:
    """The same among the reviews and the statements that carry this theme too."""

    def make() -> dict[int, Total]:
        reviews, statements = reviews_by_theme(catalogue), statements_by_theme(catalogue)
        own = reviews[theme.pk], statements[theme.pk]
        return {
            key: Total(own[0].intersection_cardinality(reviews[key]), own[1].intersection_cardinality(statements[key]))
            for key in reviews
        }

    return catalogue.derived(("totals beside a theme", theme.pk), make)
