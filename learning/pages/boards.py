"""The boards and partnerships that publish reviews, and one of them with what it published."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from learning.catalogue import Catalogue, current
from learning.catalogue.rows import bulletins_for_rows, reviews_for_rows
from learning.catalogue.shown import Shown
from learning.components.pagination import no_such_page, page_at, range_around
from learning.components.wording import NO_YEAR, span_of
from reviews.models import Board

BOARDS_SHOWN = 100  # on a page of the list
OWN_SHOWN = 20  # records of each sort, on the page of their board
OTHERS_SHOWN = 5  # on the page of a board before or after it


@require_safe
def board_list(request: HttpRequest) -> HttpResponse:
    """Boards with something to read. Those without stand beside the board that they succeeded."""
    asked = request.GET.get("page", "")
    paginator = Paginator(boards_with_records(current()), BOARDS_SHOWN)
    page = page_at(paginator, asked)
    context = {
        "crumbs": [{"label": "Boards"}],
        "page_obj": page,
        "page_range": range_around(page),
        "problem": no_such_page(asked, paginator) if page is None else "",
        "rows": list(page or []),
        "nav_section": "boards",
    }
    return render(request, "learning/board_list.html", context)


def boards_with_records(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Each with how many visible reviews and bulletins it published; in the order of names, withheld ones last."""

    def make() -> list[dict[str, Any]]:
        boards = sorted(catalogue.boards.values(), key=lambda board: (board.is_withheld, board.name, board.slug))
        rows = [
            {
                "board": board,
                "review_count": len(catalogue.reviews.with_value("board", board.pk)),
                "bulletin_count": len(catalogue.bulletins.with_value("board", board.pk)),
            }
            for board in boards
        ]
        return [row for row in rows if row["review_count"] or row["bulletin_count"]]

    return catalogue.derived("boards with records", make)


@require_safe
def board_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A board with its own records and, under their own headings, those of the boards before and after it."""
    catalogue = current()
    board = visible_board(catalogue, slug)
    if board is None:
        raise Http404
    successor = board.public_successor
    predecessors = predecessors_of(board, list(catalogue.boards.values()))
    others = [*([successor] if successor else []), *predecessors]
    records = records_of(catalogue, {board: OWN_SHOWN} | dict.fromkeys(others, OTHERS_SHOWN))
    context = {
        "nav_section": "boards",
        "board": board,
        "crumbs": [{"label": "Boards", "url": reverse("board_list")}, {"label": board.public_name}],
        "successor": successor,
        "predecessors": predecessors,
        "own": records[board.pk],
        "others": [records[other.pk] for other in others if has_any(records[other.pk])],
        "shown": Shown.of(
            catalogue,
            named=(row["review"] for each in records.values() for row in each["reviews"]),
            titles=(bulletin for each in records.values() for bulletin in each["bulletins"]),
        ),
    }
    return render(request, "learning/board_detail.html", context)


def visible_board(catalogue: Catalogue, slug: str) -> Board | None:
    by_slug = catalogue.derived("boards by slug", lambda: {board.slug: board for board in catalogue.boards.values()})
    found: Board | None = by_slug.get(slug)
    return found


def predecessors_of(board: Board, boards: list[Board]) -> list[Board]:
    """The boards that this one took over from, and those before them, the latest first."""
    found: list[Board] = []
    latest = [board]
    while latest:
        took_over = {each.pk for each in latest}
        latest = [
            each
            for each in boards
            if (after := each.public_successor) and after.pk in took_over and each not in [board, *found]
        ]
        found += latest
    return found


def records_of(catalogue: Catalogue, shown: dict[Board, int]) -> dict[int, dict[str, Any]]:
    """By the key of each board: the board, how many visible reviews and bulletins it published, and the newest."""
    of_reviews = {board.pk: catalogue.reviews.with_value("board", board.pk) for board in shown}
    of_bulletins = {board.pk: catalogue.bulletins.with_value("board", board.pk) for board in shown}
    first_reviews = [
        key for board, most in shown.items() for key in catalogue.reviews.keys_at(of_reviews[board.pk][:most])
    ]
    first_bulletins = [
        key for board, most in shown.items() for key in catalogue.bulletins.keys_at(of_bulletins[board.pk][:most])
    ]
    records: dict[int, dict[str, Any]] = {
        board.pk: {
            "board": board,
            "reviews": [],
            "review_count": len(of_reviews[board.pk]),
            "reviews_url": f"{reverse('review_list')}?{urlencode({'board': board.slug})}",
            "bulletins": [],
            "bulletin_count": len(of_bulletins[board.pk]),
            "bulletins_url": f"{reverse('bulletin_list')}?{urlencode({'board': board.slug})}",
        }
        for board in shown
    }
    for review in reviews_for_rows(catalogue, first_reviews):
        years = span_of(review.visible_bulletins) or NO_YEAR  # type: ignore[attr-defined]
        records[review.board_id]["reviews"].append({"review": review, "years": years})
    for bulletin in bulletins_for_rows(catalogue, first_bulletins):
        records[bulletin.board_id]["bulletins"].append(bulletin)
    return records


def has_any(records: dict[str, Any]) -> bool:
    return bool(records["reviews"] or records["bulletins"])
