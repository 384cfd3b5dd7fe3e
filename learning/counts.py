"""A vocabulary as a tree in memory, and how many visible records stand under each of its terms."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from learning.models import Addressee, Bulletin, Statement, StatementAgency, StatementTheme
from reviews.models import Agency, Review, ReviewTheme, Theme

Term = TypeVar("Term", Theme, Agency)


@dataclass(frozen=True)
class Total:
    """How much there is: visible reviews and visible statements, each counted once."""

    reviews: int = 0
    statements: int = 0

    def __bool__(self) -> bool:
        return bool(self.reviews or self.statements)


class Tree(Generic[Term]):
    """A whole vocabulary of about a hundred terms, read in one query, so that nobody asks for parents one by one."""

    def __init__(self, terms: QuerySet[Term]) -> None:
        self.terms: list[Term] = list(terms)
        self.by_pk: dict[int, Term] = {term.pk: term for term in self.terms}
        self.by_slug: dict[str, Term] = {term.slug: term for term in self.terms}
        self.below: dict[int | None, list[Term]] = {}
        for term in self.terms:
            self.below.setdefault(term.parent_id, []).append(term)

    def get_or_404(self, slug: str) -> Term:
        if slug not in self.by_slug:
            raise Http404
        return self.by_slug[slug]

    def roots(self) -> list[Term]:
        return self.below.get(None, [])

    def children(self, term: Term) -> list[Term]:
        return self.below.get(term.pk, [])

    def walk(self, term: Term) -> Iterator[Term]:
        """The term and all that is below it, each before what is below it."""
        yield term
        for child in self.children(term):
            yield from self.walk(child)

    def ids(self, term: Term) -> list[int]:
        """The keys of the term and of all that is below it: what a term stands for."""
        return [each.pk for each in self.walk(term)]

    def ancestors(self, term: Term) -> list[Term]:
        """From the top down, without the term itself."""
        found: list[Term] = []
        while term.parent_id is not None:
            term = self.by_pk[term.parent_id]
            found.insert(0, term)
        return found


def site_totals() -> dict[str, int]:
    """How many statements, reviews and bulletins the public may see."""
    return {
        "statements": Statement.objects.published().count(),
        "reviews": Review.objects.published().count(),
        "bulletins": Bulletin.objects.published().count(),
    }


def theme_totals(tree: Tree[Theme]) -> dict[int, Total]:
    """By the key of each theme: reviews and statements that carry it or a theme below it. Four queries."""
    reviews = distinct_counts(
        ReviewTheme.objects.filter(review__in=Review.objects.published()), tree, "theme", "review"
    )
    statements = distinct_counts(
        StatementTheme.objects.filter(statement__in=Statement.objects.published()), tree, "theme", "statement"
    )
    return {theme.pk: Total(reviews[theme.pk], statements[theme.pk]) for theme in tree.terms}


def agency_counts(tree: Tree[Agency]) -> tuple[dict[int, int], dict[int, int]]:
    """By the key of each agency: statements that name it, and statements addressed to it (or to one below it)."""
    published = Statement.objects.published()
    return (
        distinct_counts(StatementAgency.objects.filter(statement__in=published), tree, "agency", "statement"),
        distinct_counts(Addressee.objects.filter(statement__in=published), tree, "agency", "statement"),
    )


def distinct_counts(tags: QuerySet[Any], tree: Tree[Any], term: str, record: str) -> dict[int, int]:
    """How many records carry each term or one below it, a record with two of them counted once.

    One query counts every term alone; a second counts again those (few) that have others below them.
    """
    alone = tags.order_by().values(term).annotate(count=Count(record, distinct=True)).values_list(term, "count")
    counts = {each.pk: 0 for each in tree.terms} | {key: count for key, count in alone if key is not None}
    branches = [each for each in tree.terms if tree.children(each)]
    counts_of_branches = tags.aggregate(
        **{
            f"below_{each.pk}": Count(record, distinct=True, filter=Q(**{f"{term}__in": tree.ids(each)}))
            for each in branches
        }
    )
    for each in branches:
        counts[each.pk] = counts_of_branches[f"below_{each.pk}"]
    return counts
