"""Which boards are visible: they have no state of their own, and follow what speaks of them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from learning.models import Bulletin
from reviews.models import Board, Review


def visible_boards() -> QuerySet[Board]:
    """The boards that a visible review or bulletin speaks of, and those up to two steps before and after them.

    A board has no state of its own: one that only drafts speak of would give them away. A withheld board leads to no
    other.
    """
    spoken_of = boards_spoken_of().values("pk")
    named = boards_spoken_of().filter(is_withheld=False).values("pk")
    beside = Q(succeeded_by__in=named) | Q(predecessors__in=named)
    through = Board.objects.filter(beside, is_withheld=False).values("pk")
    farther = Q(succeeded_by__in=through) | Q(predecessors__in=through)
    near = Board.objects.filter(beside | farther, is_withheld=False)
    return Board.objects.filter(Q(pk__in=spoken_of) | Q(pk__in=near.values("pk")))


def boards_spoken_of() -> QuerySet[Board]:
    reviews = Review.objects.published()
    of_reviews = [
        Exists(reviews.filter(**{field: OuterRef("pk")}))
        for field in ("board", "commissioning_board", "reporting_board")
    ]
    of_bulletins = Exists(Bulletin.objects.published().filter(board=OuterRef("pk")))
    return Board.objects.filter(Q(of_bulletins) | Q(of_reviews[0]) | Q(of_reviews[1]) | Q(of_reviews[2]))
