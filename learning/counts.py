"""How many visible records there are, and how many stand under each term of a vocabulary."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from learning.models import Addressee, Bulletin, Statement, StatementAgency, StatementTheme
from reviews.models import Agency, Review, ReviewTheme, Theme
from reviews.tree import Tree


@dataclass(frozen=True)
class Total:
    """How much there is: visible reviews and visible statements, each counted once."""

    reviews: int = 0
    statements: int = 0

    def __bool__(self) -> bool:
        return bool(self.reviews or self.statements)


def site_totals() -> dict[str, int]:
    """How many statements, reviews and bulletins the public may see."""
    return {
        "statements": Statement.objects.published().count(),
        "reviews": Review.objects.published().count(),
        "bulletins": Bulletin.objects.published().count(),
    }


def theme_totals(tree: Tree[Theme]) -> dict[int, Total]:
    """By the key of each theme: how many visible reviews and statements carry it or a theme below it."""
    return totals_within(tree, Review.objects.published(), Statement.objects.published())


def totals_within(tree: Tree[Theme], reviews: QuerySet[Any], statements: QuerySet[Any]) -> dict[int, Total]:
    """The same among these reviews and these statements. Four queries."""
    of_reviews = distinct_counts(ReviewTheme.objects.filter(review__in=reviews), tree, "theme", "review")
    of_statements = distinct_counts(StatementTheme.objects.filter(statement__in=statements), tree, "theme", "statement")
    return {theme.pk: Total(of_reviews[theme.pk], of_statements[theme.pk]) for theme in tree.terms}


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
