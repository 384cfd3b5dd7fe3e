"""Addresses are permanent: what moved redirects, what was withdrawn says that it is gone, what is held is not found."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from learning.catalogue import Section, visible
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


Shown = TypeVar("Shown", bound=models.Model)


class Gone(Exception):
    """Raised where a record was withdrawn; carries its public reason."""


def find_public(model: type[Shown], section: Section, **lookup: Any) -> Shown:
    """The visible record of that address; ``section`` is that of the catalogue.

    Raises ``Gone`` with the public reason where it was withdrawn and ``Http404`` in every other case, so that held and
    draft records cannot be told from addresses that never were.
    """
    record = visible(model).filter(**lookup).first()
    if record is not None and section.has(record.pk):
        return record
    withdrawn = model._default_manager.filter(state=State.WITHDRAWN, **lookup)
    reason = withdrawn.values_list("withdrawn_reason", flat=True).first()
    if reason:
        raise Gone(reason)
    raise Http404


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
