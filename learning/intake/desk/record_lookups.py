"""What the pages for administrators look up: a record by its key, and records by a few words."""

from django.db.models import Q
from django.shortcuts import get_object_or_404

from learning.models import Bulletin
from reviews.models import Board, Review

LISTED = 20
LONGEST = 200

# Where the words that somebody looks for may stand.
REVIEW = ("label", "aliases__name", "slug", "board__name", "board__short_name")
BULLETIN = ("title", "slug", "board__name", "board__short_name")
BOARD = ("name", "short_name", "slug", "identified_as")


def matching(words: str, fields: tuple[str, ...]) -> Q:
    """Every word stands in one of the fields, whole or in part."""
    asked = Q()
    for word in words.split():
        anywhere = Q()
        for name in fields:
            anywhere |= Q(**{f"{name}__icontains": word})
        asked &= anywhere
    return asked


def review_of(pk: int) -> Review:
    return get_object_or_404(Review.objects.select_related("board"), pk=pk)


def bulletin_record(pk: int) -> Bulletin:
    """Whether or not it has a text: ``bulletin_of`` finds only what can be checked."""
    return get_object_or_404(Bulletin.objects.select_related("board"), pk=pk)


def board_of(pk: int) -> Board:
    return get_object_or_404(Board.objects.select_related("succeeded_by"), pk=pk)
