"""What of a bulletin's text the public does not read, and why; and redacting more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learning.intake.desk.access import desk
from learning.intake.desk.forms.upload import NamesForm
from learning.intake.desk.lookups import bulletin_of
from learning.intake.desk.presenters.remaining import remaining_of
from learning.intake.editing.edits import draft_of
from learning.intake.editing.permissions import PUBLISH
from learning.models import Redaction


@desk()
@require_safe
def desk_redactions(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    context = {
        "bulletin": bulletin,
        "draft": draft_of(bulletin),
        "redactions": bulletin.redactions.all(),
        "kinds": Redaction.Kind.choices,
        "names_form": NamesForm(),
        "may_take_back": request.user.has_perm(PUBLISH),
        "remaining": remaining_of(bulletin, request.user),
        "desk_section": "redactions",
    }
    return render(request, "desk/redactions.html", context)
