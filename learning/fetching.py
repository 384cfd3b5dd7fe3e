"""Rows of a page by the keys that the catalogue gives, in few queries: its vocabularies are at hand already."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from learning.catalogue import Catalogue, visible
from learning.models import Addressee, Bulletin, Statement, StatementTheme
from reviews.models import Review, ReviewTheme


def in_order(records: Iterable[Any], keys: list[int]) -> list[Any]:
    """The records in the order of these keys; one that is gone meanwhile is passed over."""
    found = {record.pk: record for record in records}
    return [found[key] for key in keys if key in found]


def statements_for_cards(catalogue: Catalogue, keys: list[int]) -> list[Statement]:
    """Statements as ``components/_statement.html`` shows them. Three queries."""
    rows = visible(Statement).filter(pk__in=keys).select_related("bulletin", "review", "child", "parent")
    own = (Prefetch("theme_tags", StatementTheme.objects.all()), Prefetch("addressees", Addressee.objects.all()))
    statements = list(rows.prefetch_related(*own))
    for statement in statements:
        give_board(catalogue, statement.bulletin)
        if statement.review is not None:
            give_board(catalogue, statement.review)
        give_themes(catalogue, statement)
    return in_order(statements, keys)


def reviews_for_rows(catalogue: Catalogue, keys: list[int]) -> list[Review]:
    """Reviews as a list shows them, with the ``visible_bulletins`` that speak of each. Four queries."""
    own = (
        Prefetch("theme_tags", ReviewTheme.objects.all()),
        Prefetch("bulletins", Bulletin.objects.all()),
        "aliases",
    )
    reviews = list(visible(Review).filter(pk__in=keys).prefetch_related(*own))
    for review in reviews:
        give_board(catalogue, review)
        give_themes(catalogue, review)
        known = [bulletin for bulletin in review.bulletins.all() if catalogue.bulletins.has(bulletin.pk)]
        review.visible_bulletins = known  # type: ignore[attr-defined]
    return in_order(reviews, keys)


def give_board(catalogue: Catalogue, record: Review | Bulletin) -> None:
    """Let the record have its board without a query."""
    board = catalogue.boards.get(record.board_id)
    if board is not None:
        record.board = board


def give_themes(catalogue: Catalogue, record: Review | Statement) -> None:
    """Let the tags of a record, fetched with it, have their themes without a query."""
    for tag in record.theme_tags.all():
        theme = catalogue.themes.by_pk.get(tag.theme_id)
        if theme is not None:
            tag.theme = theme
