"""What the views of the desk look up: a bulletin, a statement, and what a form sent with it."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from learning.intake.desk.presenters.split_points import find_passage
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.queries import with_checking_data
from learning.intake.models import Suggestion
from learning.models import Bulletin, Statement, StatementAgency, StatementTheme
from learning.models.public_text import squash


def bulletin_of(pk: int) -> Bulletin:
    """The bulletin at the desk of that number, in whatever state. Only with its text: without it nothing is checked."""
    with_text = Bulletin.objects.filter(source_document__isnull=False)
    return get_object_or_404(with_text.select_related("board", "source_document"), pk=pk)


def statements_of(bulletin: Bulletin) -> Any:
    agencies = StatementAgency.objects.select_related("agency")
    return bulletin.statements.for_list().prefetch_related(Prefetch("agency_tags", agencies)).order_by("position", "pk")


def cards() -> QuerySet[Statement]:
    """Statements with all that their cards show: on its bulletin's page each has the bulletin already."""
    return (
        Statement.objects.select_related("review", "child", "parent")
        .prefetch_related(
            Prefetch("theme_tags", StatementTheme.objects.select_related("theme")),
            Prefetch("agency_tags", StatementAgency.objects.select_related("agency")),
            "addressees",
            Prefetch("suggestions", Suggestion.objects.select_related("theme", "agency")),
        )
        .order_by("position", "pk")
    )


def checked_bulletin(pk: int) -> Bulletin:
    """The bulletin with everything that its page shows, in as many queries for many statements as for one."""
    bulletins = with_checking_data(Bulletin.objects.filter(source_document__isnull=False, pk=pk), cards())
    if not bulletins:
        raise Http404
    return bulletins[0]


def statement_in(pk: int, statement: int) -> Statement:
    """A statement of the bulletin at the desk, with all that its form shows."""
    return get_object_or_404(statements_of(bulletin_of(pk)), pk=statement)  # type: ignore[no-any-return]


def version_of(request: HttpRequest) -> int:
    """The version of the draft when the page was made; 0 where that is not sent, so that every conflict shows."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


def number_of(request: HttpRequest, name: str) -> int:
    sent = request.POST.get(name, "")
    if not (sent.isdecimal() and len(sent) < 10):
        raise EditRejected(Reason("We did not receive the place in the text. Select it again."))
    return int(sent)


def passage_sent(request: HttpRequest, bulletin: Bulletin) -> tuple[int, int]:
    if request.POST.get("first") or request.POST.get("last"):
        first, last = squash(request.POST.get("first", "")), squash(request.POST.get("last", ""))
        return find_passage(bulletin.source_document.text, first, last)
    return number_of(request, "start"), number_of(request, "end")


def back(bulletin: Bulletin, anchor: str) -> HttpResponse:
    return redirect(reverse("desk_check", args=[bulletin.pk]) + f"#{anchor}")
