"""Records that share themes with another, and why: the rarer a shared theme, the more it weighs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, FloatField, Prefetch, QuerySet, Sum, Value, When

from learning.models import Statement, StatementTheme
from reviews.models import Review, ReviewTheme

AS_MANY_REVIEWS = 5
AS_MANY_STATEMENTS = 3
CANDIDATES = 12
SAME_KIND_WEIGHS = 1.5


@dataclass(frozen=True)
class Related:
    """``record`` is a review or a statement; ``reason`` is "Shares the themes Neglect and Out-of-area placement"."""

    record: Any
    reason: str


def related_reviews(review: Review) -> list[Related]:
    """Other published reviews that share a theme of the case, the nearest first."""
    themes = [tag.theme_id for tag in review.theme_tags.all()]
    published = Review.objects.published()
    weight = weights(ReviewTheme.objects.filter(review__in=published, theme__in=themes))
    found = (
        published.exclude(pk=review.pk)
        .filter(theme_tags__theme__in=themes)
        .annotate(nearness=Sum(weight))
        .select_related("board")
        .prefetch_related(Prefetch("theme_tags", ReviewTheme.objects.select_related("theme")))
        .order_by("-nearness", "label", "pk")
    )
    return [Related(other, reason(other.theme_tags.all(), themes)) for other in found[:AS_MANY_REVIEWS]]


def related_statements(statement: Statement) -> list[Related]:
    """Statements of other published reviews that share a theme; the same kind is preferred, and each review once."""
    themes = [tag.theme_id for tag in statement.theme_tags.all()]
    published = Statement.objects.published()
    weight = weights(StatementTheme.objects.filter(statement__in=published, theme__in=themes))
    others = published.filter(review__isnull=False, theme_tags__theme__in=themes)
    if statement.review_id is None:
        others = others.exclude(bulletin=statement.bulletin_id)
    else:
        others = others.exclude(review=statement.review_id)
    of_same_kind = Case(When(kind=statement.kind, then=Value(SAME_KIND_WEIGHS)), default=Value(1.0))
    found = (
        others.for_list()
        .annotate(nearness=Sum(weight) * of_same_kind)
        .order_by("-nearness", F("bulletin__last_year").desc(nulls_last=True), "pk")
    )
    chosen = each_review_first(found[:CANDIDATES])[:AS_MANY_STATEMENTS]
    return [Related(other, reason(other.theme_tags.all(), themes)) for other in chosen]


def weights(tags: QuerySet[Any]) -> Case:
    """For each theme of these tags one divided by how often it is used."""
    usage = tags.order_by().values_list("theme").annotate(Count("pk"))
    whens = [When(theme_tags__theme=theme, then=Value(1 / times)) for theme, times in usage]
    return Case(*whens, default=Value(0.0), output_field=FloatField())


def each_review_first(statements: Iterable[Statement]) -> list[Statement]:
    """The same statements in the same order, save that a review's second comes after the first of every other."""
    seen: set[int | None] = set()
    first: list[Statement] = []
    rest: list[Statement] = []
    for statement in statements:
        (rest if statement.review_id in seen else first).append(statement)
        seen.add(statement.review_id)
    return first + rest


def reason(tags: Iterable[ReviewTheme | StatementTheme], shared: Collection[int]) -> str:
    """Which of the tags of a record are shared: "Shares the themes Neglect and Out-of-area placement"."""
    *most, last = [tag.theme.name for tag in tags if tag.theme_id in shared]
    return f"Shares the themes {', '.join(most)} and {last}" if most else f"Shares the theme {last}"
