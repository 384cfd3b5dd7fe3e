"""Addresses are permanent: what moved redirects, what was withdrawn says that it is gone, what is held is not found."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from learning.catalogue.lookup import Gone
from learning.catalogue.visibility import visible_boards
from learning.models import Bulletin, FormerAddress, Statement
from reviews.models import Review, Theme
from reviews.state import State

VISIBLE_BY_RULE: dict[str, Callable[[], models.QuerySet[Any]]] = {
    "review": Review.objects.published,
    "statement": Statement.objects.published,
    "bulletin": Bulletin.objects.published,
    "theme": Theme.objects.all,
    "board": visible_boards,
}


class AddressMiddleware:
    """Answers ``Gone`` with 410, looks an address that was not found up among the former ones, and says what 405 is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = render(request, "405.html").content
        if response.status_code == 404 and len(request.path) <= 300 and "\0" not in request.path:
            return former_address_response(request) or response
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return gone(request, str(exception)) if isinstance(exception, Gone) else None


def former_address_response(request: HttpRequest) -> HttpResponse | None:
    """A redirect to where the record is now, a 410 with the reason, or None where nothing may be said."""
    former = (
        FormerAddress.objects.filter(path=request.path)
        .select_related("review__board", "statement", "bulletin__board", "theme", "board")
        .first()
    )
    if former is None:
        return None
    if former.gone_reason:
        return gone(request, former.gone_reason)
    for name in ("review", "statement", "bulletin", "theme", "board"):
        record = getattr(former, name)
        if record is not None:
            return former_address_of(request, name, record)
    return None


def former_address_of(request: HttpRequest, name: str, record: Any) -> HttpResponse | None:
    """Where a board's name is withheld its old addresses are followed no more: they may name it."""
    board = record if name == "board" else getattr(record, "board", None)
    if board is not None and board.is_withheld:
        return None
    if getattr(record, "state", "") == State.WITHDRAWN:
        return gone(request, record.withdrawn_reason)
    if not VISIBLE_BY_RULE[name]().filter(pk=record.pk).exists():
        return None
    return HttpResponsePermanentRedirect(record.get_absolute_url())


def gone(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "410.html", {"reason": reason}, status=410)
