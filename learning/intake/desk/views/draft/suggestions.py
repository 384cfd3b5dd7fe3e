"""The two answers to what the reader suggested: take it, or refuse it. Each is one button."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from learning.intake.desk.access import desk
from learning.intake.desk.lookups import back, bulletin_of, cards, version_of
from learning.intake.desk.presenters.refusals import refused_page
from learning.intake.desk.presenters.tags import tagged
from learning.intake.drafts import suggestions
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.models import Suggestion
from learning.models import Bulletin


@desk()
@require_POST
def desk_suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """``take`` or ``refuse`` with the key of a suggestion; or ``take`` with "all" that are offered."""
    bulletin = bulletin_of(pk)
    with refused_page(request, bulletin) as page:
        if request.POST.get("take") == "all":
            waiting = open_suggestions(bulletin)
            suggestions.take(request.user, bulletin, version_of(request), waiting)
            messages.success(request, f"{len(waiting)} suggestions added.")
            page.response = back(bulletin, "text")
        else:
            suggestion = sent(request, bulletin)
            decide(request, bulletin, suggestion)
            page.response = back(bulletin, f"statement-{suggestion.statement_id}")
    return page.response


def decide(request: HttpRequest, bulletin: Bulletin, suggestion: Suggestion) -> None:
    if "refuse" in request.POST:
        suggestions.refuse(request.user, bulletin, version_of(request), suggestion)
    else:
        suggestions.take(request.user, bulletin, version_of(request), [suggestion])


def sent(request: HttpRequest, bulletin: Bulletin) -> Suggestion:
    """The one suggestion that was named."""
    key = request.POST.get("refuse") or request.POST.get("take", "")
    suggestion: Suggestion | None = _of(bulletin).filter(pk=int(key[:9])).first() if key.isdecimal() else None
    if suggestion is None:
        raise EditRejected(Reason("This is no longer suggested."))
    return suggestion


def open_suggestions(bulletin: Bulletin) -> list[Suggestion]:
    """Everything that is offered and that nobody has refused."""
    text = bulletin.source_document.text
    statements = cards().filter(bulletin=bulletin)
    keys = [offer.suggestion for statement in statements for offer in tagged(statement, text).offers]
    return list(_of(bulletin).filter(pk__in=keys))


def _of(bulletin: Bulletin) -> Any:
    return Suggestion.objects.filter(statement__bulletin=bulletin).select_related("statement", "theme", "agency")
