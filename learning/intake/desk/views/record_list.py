"""For administrators: every review, bulletin and board, found by a few words, with what was done to it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from learning.catalogue.visibility import visible_boards
from learning.components.summary_list import SummaryRow
from learning.intake.desk.access import desk
from learning.intake.editing.permissions import ADMINISTER
from learning.intake.records.history import SHOWN, trace
from learning.models import Bulletin
from reviews.models import Board, Review

LISTED = 20
LONGEST = 200

# Where the words that somebody looks for may stand.
REVIEW = ("label", "aliases__name", "slug", "board__name", "board__short_name")
BULLETIN = ("title", "slug", "board__name", "board__short_name")
BOARD = ("name", "short_name", "slug", "identified_as")


@dataclass(frozen=True)
class Found:
    """Records of one sort; ``has_more`` where there are more than are listed."""

    title: str
    records: list[dict[str, Any]]
    has_more: bool


@desk(ADMINISTER)
@require_safe
def desk_records(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:LONGEST].replace("\0", "")
    context = {"query": words, "groups": all_found(words), "desk_section": "records"}
    return render(request, "desk/records.html", context)


def all_found(words: str) -> list[Found]:
    return [
        found("Reviews", Review.objects.filter(matching(words, REVIEW)).select_related("board")),
        found("Bulletins", Bulletin.objects.filter(matching(words, BULLETIN)).select_related("board")),
        found("Boards", Board.objects.filter(matching(words, BOARD))),
    ]


def matching(words: str, fields: tuple[str, ...]) -> Q:
    """Every word stands in one of the fields, whole or in part."""
    asked = Q()
    for word in words.split():
        anywhere = Q()
        for name in fields:
            anywhere |= Q(**{f"{name}__icontains": word})
        asked &= anywhere
    return asked


def found(title: str, records: Any) -> Found:
    listed = list(records.order_by(*records.model._meta.ordering, "pk").distinct()[: LISTED + 1])
    return Found(title, [entry(record) for record in listed[:LISTED]], len(listed) > LISTED)


def entry(record: Any) -> dict[str, Any]:
    """A record as the list shows it, by its real name: whoever may merge may see it."""
    is_board = isinstance(record, Board)
    return {
        "name": str(record),
        "url": record_url(record),
        "board": "" if is_board else record.board.name,
        "state": "" if is_board else record.state,
        "state_told": ("Withheld" if record.is_withheld else "") if is_board else record.get_state_display(),
        "address": record.get_absolute_url(),
    }


def record_url(record: Any, name: str = "record") -> str:
    """The page of a record for administrators, or the one on which it is moved ("rename", "merge", "withhold")."""
    return reverse(f"desk_{name}_{type(record).__name__.lower()}", args=[record.pk])


# --- one record -------------------------------------------------------------------------------------------------


@desk(ADMINISTER)
@require_safe
def desk_record_review(request: HttpRequest, pk: int) -> HttpResponse:
    review = review_of(pk)
    facts = [
        SummaryRow("Board", review.board.name, url=record_url(review.board)),
        SummaryRow("Other names", ", ".join(alias.name for alias in review.aliases.all()) or "none"),
        SummaryRow("Type", review.get_type_display()),
        SummaryRow("Statements", str(review.statements.count())),
        *(SummaryRow("Bulletin", one.title, url=record_url(one)) for one in review.bulletins.order_by("pk")),
    ]
    steps = [("Change its label, address or board", "rename"), ("Merge it with another review", "merge")]
    return record_page(request, review, facts, steps)


@desk(ADMINISTER)
@require_safe
def desk_record_bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_record(pk)
    has_text = hasattr(bulletin, "source_document")
    facts = [
        SummaryRow("Board", bulletin.board.name, url=record_url(bulletin.board)),
        SummaryRow("Kind", bulletin.get_kind_display()),
        *(
            [SummaryRow("At the desk", "Check, facts, publishing", url=reverse("desk_check", args=[pk]))]
            if has_text
            else []
        ),
        *(SummaryRow("Review", one.label, url=record_url(one)) for one in bulletin.reviews.order_by("pk")),
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


def review_of(pk: int) -> Review:
    return get_object_or_404(Review.objects.select_related("board"), pk=pk)


def bulletin_record(pk: int) -> Bulletin:
    """Whether or not it has a text: ``bulletin_of`` finds only what can be checked."""
    return get_object_or_404(Bulletin.objects.select_related("board"), pk=pk)


def board_of(pk: int) -> Board:
    return get_object_or_404(Board.objects.select_related("succeeded_by"), pk=pk)


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


def is_public(record: Any) -> bool:
    """Whether its address answers: a board has no state, and is there as soon as something of it is."""
    if isinstance(record, Board):
        return visible_boards().filter(pk=record.pk).exists()
    return type(record).objects.published().filter(pk=record.pk).exists()  # type: ignore[no-any-return]
