"""Themes of many statements at once: tick the statements, choose the themes, one button."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from learning.intake.desk.access import desk
from learning.intake.desk.lookups import bulletin_of, statements_of, version_of
from learning.intake.desk.presenters.refusals import linked
from learning.intake.desk.presenters.remaining import remaining_of
from learning.intake.drafts import statements as drafts_statements
from learning.intake.editing.edits import OPEN_STATES, draft_of
from learning.intake.editing.errors import EditRejected, Reason
from learning.models import Bulletin
from reviews.models import Theme


@desk()
@require_http_methods(["GET", "HEAD", "POST"])
def desk_retag(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    refusal: EditRejected | None = None
    if request.method == "POST":
        try:
            changed = retag(request, bulletin)
            messages.success(request, f"{changed} tag{'' if changed == 1 else 's'} changed.")
            return redirect("desk_retag", pk=pk)
        except EditRejected as error:
            refusal = error
    statements = sorted(statements_of(bulletin), key=lambda one: bool(one.theme_tags.all()))
    context = {
        "bulletin": bulletin,
        "draft": draft_of(bulletin),
        "is_open": bulletin.state in OPEN_STATES,
        "statements": statements,
        "sent": set(request.POST.getlist("statements")),
        "themes": Theme.objects.filter(parent__isnull=False).order_by("name"),
        "used": Theme.objects.filter(statements__bulletin=bulletin).distinct().order_by("name"),
        "reasons": linked(refusal.reasons, bulletin) if refusal else [],
        "remaining": remaining_of(bulletin, request.user),
        "desk_section": "retag",
    }
    return render(request, "desk/retag.html", context, status=422 if refusal else 200)


def retag(request: HttpRequest, bulletin: Bulletin) -> int:
    keys = [int(key[:9]) for key in request.POST.getlist("statements") if key.isdecimal()]
    add, remove = filter_terms(request, "add"), filter_terms(request, "remove")
    if not keys:
        raise EditRejected(Reason("Tick the statements that you want to change."))
    if not add and not remove:
        raise EditRejected(Reason("Choose a theme to add or remove."))
    chosen = list(bulletin.statements.filter(pk__in=keys))
    return drafts_statements.retag(request.user, bulletin, version_of(request), chosen, add=add, remove=remove)


def filter_terms(request: HttpRequest, name: str) -> list[str]:
    return [value for value in request.POST.getlist(name) if value]
