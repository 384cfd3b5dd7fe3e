"""The boards and partnerships that publish reviews, and one of them with what it published."""

from typing import Any

from django.db.models import Count, F, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from learning.models import Bulletin
from learning.themes import span, years_of
from reviews.models import Board, Review


@require_safe
def board_list(request: HttpRequest) -> HttpResponse:
    """Boards with something to read. Those without stand beside the board that they succeeded."""
    reviews = Count("reviews", filter=Q(reviews__in=Review.objects.published()), distinct=True)
    bulletins = Count("bulletins", filter=Q(bulletins__in=Bulletin.objects.published()), distinct=True)
    boards = Board.objects.select_related("succeeded_by").annotate(review_count=reviews, bulletin_count=bulletins)
    shown = boards.filter(Q(review_count__gt=0) | Q(bulletin_count__gt=0)).order_by("is_withheld", "name", "slug")
    rows = [{"board": board, "successor": successor_of(board)} for board in shown]
    context = {"crumbs": [{"label": "Boards"}], "rows": rows, "nav_section": "boards"}
    return render(request, "learning/board_list.html", context)


@require_safe
def board_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A board with its own records and, under their own headings, those of the boards before and after it."""
    boards = {board.pk: board for board in Board.objects.select_related("succeeded_by")}
    board = next((each for each in boards.values() if each.slug == slug), None)
    if board is None:
        raise Http404
    successor = successor_of(board)
    predecessors = predecessors_of(board, list(boards.values()))
    others = [*([successor] if successor else []), *predecessors]
    records = records_of([board, *others])
    context = {
        "nav_section": "boards",
        "board": board,
        "crumbs": [{"label": "Boards", "url": reverse("board_list")}, {"label": board.public_name}],
        "successor": successor,
        "predecessors": predecessors,
        "own": records[board.pk],
        "others": [records[other.pk] for other in others if has_any(records[other.pk])],
        "reviews_url": f"{reverse('review_list')}?board={board.slug}",
    }
    return render(request, "learning/board_detail.html", context)


def successor_of(board: Board) -> Board | None:
    """The partnership that took over, unless saying so would name a board whose name is withheld."""
    successor = board.succeeded_by
    return None if board.is_withheld or successor is None or successor.is_withheld else successor


def predecessors_of(board: Board, boards: list[Board]) -> list[Board]:
    """The boards that this one took over from, and those before them, the latest first."""
    found: list[Board] = []
    latest = [board]
    while latest:
        took_over = {each.pk for each in latest}
        latest = [
            each
            for each in boards
            if (after := successor_of(each)) and after.pk in took_over and each not in [board, *found]
        ]
        found += latest
    return found


def records_of(boards: list[Board]) -> dict[int, dict[str, Any]]:
    """By the key of each board: the board, its visible reviews and its visible bulletins, the newest first."""
    records: dict[int, dict[str, Any]] = {each.pk: {"board": each, "reviews": [], "bulletins": []} for each in boards}
    newest = Max("bulletins__last_year", filter=Q(bulletins__in=Bulletin.objects.published()))
    reviews = Review.objects.published().filter(board__in=boards)
    years = years_of(reviews)
    listed = reviews.select_related("board").annotate(newest=newest)
    for review in listed.order_by(F("newest").desc(nulls_last=True), "label", "pk"):
        row = {"review": review, "years": span(years.get(review.pk, set()))}
        records[review.board_id]["reviews"].append(row)
    bulletins = Bulletin.objects.published().filter(board__in=boards)
    for bulletin in bulletins.order_by(F("last_year").desc(nulls_last=True), "title", "pk"):
        records[bulletin.board_id]["bulletins"].append(bulletin)
    return records


def has_any(records: dict[str, Any]) -> bool:
    return bool(records["reviews"] or records["bulletins"])
