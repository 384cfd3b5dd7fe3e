"""Records that a draft begins with: its board, its reviews, its date."""

import re
from datetime import date
from typing import Any

from learning.intake.editing.edits import save
from learning.intake.editing.slugs import free_review_slug, free_slug
from learning.models import Bulletin
from reviews.models import Board, Child, Review

UNKNOWN_BOARD = "board-not-known"  # its slug; a draft of it cannot be published


_CHILD = re.compile(r"^(?:Child|Baby|Young Person|Infant|Adult)\b|^[A-Z][a-z]+$")


_YEARS = re.compile(r"((?:19|20)\d\d)(?:\s?[/–-]\s?((?:19|20)?\d\d))?")


def date_of(printed: str) -> tuple[date | None, str]:
    """ "2016-09-13", "2015-07" or "2017" as a day and how precisely it was printed. Raises ValueError for others."""
    if not printed:
        return None, ""
    parts = [int(part) for part in printed.split("-")]
    if len(parts) > 3:
        raise ValueError(printed)
    year, month, day = [*parts, 1, 1][:3] if len(parts) < 3 else parts
    return date(year, month, day), ["year", "month", "day"][len(parts) - 1]


def years_of(printed: str) -> tuple[int | None, int | None]:
    """The first and last year of a date or a period: 2017 and 2018 of "Winter 2017/18"."""
    match = _YEARS.search(printed)
    if match is None:
        return None, None
    first = int(match[1])
    is_period = match[2] is not None and not re.match(r"\d{4}-\d\d(-|$)", printed)
    last = int(match[2]) if is_period else first
    if last < 100:
        last += first // 100 * 100
    return (first, last) if last >= first else (first, first)


def board_named(user: Any, name: str, short_name: str, reason: str) -> tuple[Board, bool]:
    """The one board of that name; else a new one, and True."""
    same = list(Board.objects.filter(is_withheld=False, name__iexact=name))
    if len(same) == 1:
        return same[0], False
    board = Board(name=name, short_name=short_name, slug=free_slug(name, Board, 80))
    save(board, user, reason)
    return board, True


def unknown_board() -> Board:
    board, _ = Board.objects.get_or_create(slug=UNKNOWN_BOARD, defaults={"name": "Board not yet known"})
    return board


def make_review(user: Any, bulletin: Bulletin, label: str, reason: str) -> Review:
    """A draft of a review of the bulletin's board, with a child where the label is a child's."""
    review = Review(board=bulletin.board, reporting_board=bulletin.board, label=label[:120])
    review.slug = free_review_slug(bulletin.board, label)
    save(review, user, reason)
    if _CHILD.match(label):
        save(Child(review=review, pseudonym=label[:80]), user, reason)
    bulletin.reviews.add(review)
    return review
