"""For administrators: every review, bulletin and board, found by a few words, with what was done to it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from learning.components.summary_list import SummaryRow
from learning.intake.desk.access import desk
from learning.intake.desk.presenters.records import entry, is_public, record_url
from learning.intake.desk.record_lookups import (
    BOARD,
    BULLETIN,
    LISTED,
    LONGEST,
    REVIEW,
    board_of,
    bulletin_record,
    matching,
    review_of,
)
from learning.intake.editing.permissions import ADMINISTER
from learning.intake.records.history import SHOWN, trace
from learning.models import Bulletin
from reviews.models import Board, Review


@dataclass(frozen=True)
class Listed:
    """Records of one kind; ``has_more`` where there are more than are listed."""

    title: str
    records: list[dict[str, Any]]
    has_more: bool


@desk(ADMINISTER)
@require_safe
def desk_records(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:LONGEST].replace("\0", "")
    context = {"query": words, "groups": matching_records(words), "desk_section": "records"}
    return render(request, "desk/records.html", context)


def matching_records(words: str) -> list[Listed]:
    return [
        listed("Reviews", Review.objects.filter(matching(words, REVIEW)).select_related("board")),
        listed("Bulletins", Bulletin.objects.filter(matching(words, BULLETIN)).select_related("board")),
        listed("Boards", Board.objects.filter(matching(words, BOARD))),
    ]


def listed(title: str, records: Any) -> Listed:
    records = list(records.order_by(*records.model._meta.ordering, "pk").distinct()[: LISTED + 1])
    return Listed(title, [entry(record) for record in records[:LISTED]], len(records) > LISTED)


# --- one record -------------------------------------------------------------------------------------------------


@desk(ADMINISTER)
@require_safe
def desk_record_review(request: HttpRequest, pk: int) -> HttpResponse:
    review = review_of(pk)
    facts = [
        SummaryRow("Board", review.board.told_name, url=record_url(review.board)),
        SummaryRow("Other names", ", ".join(alias.name for alias in review.aliases.all()) or "none"),
        SummaryRow("Type", review.get_type_display()),
        SummaryRow("Statements", str(review.statements.count())),
        *(
            SummaryRow("Bulletin", bulletin.title, url=record_url(bulletin))
            for bulletin in review.bulletins.order_by("pk")
        ),
    ]
    steps = [("Change its label, address or board", "rename"), ("Merge it with another review", "merge")]
    return record_page(request, review, facts, steps)


@desk(ADMINISTER)
@require_safe
def desk_record_bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_record(pk)
    has_text = hasattr(bulletin, "source_document")
    facts = [
        SummaryRow("Board", bulletin.board.told_name, url=record_url(bulletin.board)),
        SummaryRow("Kind", bulletin.get_kind_display()),
        *(
            [SummaryRow("At the desk", "Check, facts, publishing", url=reverse("desk_check", args=[pk]))]
            if has_text
            else []
        ),
        *(SummaryRow("Review", review.label, url=record_url(review)) for review in bulletin.reviews.order_by("pk")),
    ]
    return record_page(request, bulletin, facts, [("Change its address", "rename")])


@desk(ADMINISTER)
@require_safe
def desk_record_board(request: HttpRequest, pk: int) -> HttpResponse:
    board = board_of(pk)
    facts = [
        SummaryRow("Kind", board.get_kind_display()),
        SummaryRow("Named in public", board.public_name),
        SummaryRow("Reviews", str(board.reviews.count())),
        SummaryRow("Bulletins", str(board.bulletins.count())),
        *(
            [SummaryRow("Succeeded by", board.succeeded_by.name, url=record_url(board.succeeded_by))]
            if board.succeeded_by
            else []
        ),
    ]
    steps = [] if board.is_withheld else [("Change its address", "rename"), ("Withhold its name", "withhold")]
    return record_page(request, board, facts, steps)


def record_page(
    request: HttpRequest, record: Any, facts: list[SummaryRow], steps: list[tuple[str, str]]
) -> HttpResponse:
    events = trace(record)
    context = {
        "record": record,
        "entry": entry(record),
        "is_public": is_public(record),
        "facts": facts,
        "former": record.former_addresses.order_by("path"),
        "steps": [{"label": label, "url": record_url(record, name)} for label, name in steps],
        "events": events[:SHOWN],
        "left_out": max(len(events) - SHOWN, 0),
        "desk_section": "records",
    }
    return render(request, "desk/record.html", context)
