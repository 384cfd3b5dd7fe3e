"""What of a bulletin's text the public does not read, and why; and every decision about what may identify somebody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from learning.components.wording import counted
from learning.intake.desk.access import desk
from learning.intake.desk.forms.reviews import lines
from learning.intake.desk.forms.upload import NamesForm
from learning.intake.desk.lookups import back, bulletin_of, number_of
from learning.intake.desk.presenters.names import looked_for
from learning.intake.desk.presenters.refusals import refused_page
from learning.intake.desk.presenters.remaining import remaining_of
from learning.intake.editing import patterns
from learning.intake.editing.edits import draft_of
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.permissions import PUBLISH
from learning.intake.models import Finding
from learning.intake.redaction import decisions
from learning.intake.redaction.redacted_text import AGAIN
from learning.models import Bulletin, Redaction


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


@desk()
@require_POST
def desk_finding(request: HttpRequest, pk: int, finding: int) -> HttpResponse:
    with_text = Finding.objects.filter(bulletin__source_document__isnull=False)
    record = get_object_or_404(with_text.select_related("bulletin__source_document"), pk=finding, bulletin=pk)
    sent = {name: request.POST.get(name, "") for name in ("decision", "reason", "marker")}
    with refused_page(request, record.bulletin) as page:
        decisions.decide(request.user, record, sent["decision"], reason=sent["reason"], marker=sent["marker"])
        page.response = back(record.bulletin, f"finding-{finding}")
    return page.response


@desk()
@require_POST
def desk_redact(request: HttpRequest, pk: int) -> HttpResponse:
    """Redact words that the guard did not find, selected by the page's script or written into a form."""
    bulletin = bulletin_of(pk)
    with refused_page(request, bulletin) as page:
        start, end = place_sent(request, bulletin)
        kind, reason = request.POST.get("kind", ""), request.POST.get("reason", "")
        decisions.redact_passage(request.user, bulletin, start, end, kind, reason)
        again = bulletin.findings.filter(decision=Finding.Decision.UNDECIDED, why=AGAIN).count()
        more = f" The same words are in {counted(again, 'more place', 'more places')}: decide about those too."
        messages.success(request, "Redacted." + (more if again else ""))
        page.response = back(bulletin, request.POST.get("row", "text")[:20])
    return page.response


def place_sent(request: HttpRequest, bulletin: Bulletin) -> tuple[int, int]:
    """Offsets; or where there is no script the words themselves, which must stand in the text once."""
    words = request.POST.get("words", "")
    if not words.strip():
        return number_of(request, "start"), number_of(request, "end")
    places = patterns.occurrences(bulletin.source_document.text, words)
    if len(places) != 1:
        said = "are not in the text" if not places else "are there more than once: look for them as a name"
        raise EditRejected(Reason(f"These words {said}."))
    return places[0]


@desk()
@require_POST
def desk_unredact(request: HttpRequest, pk: int, redaction: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    record = get_object_or_404(bulletin.redactions.all(), pk=redaction)
    with refused_page(request, bulletin) as page:
        decisions.unredact(request.user, record, request.POST.get("reason", ""))
        page.response = redirect("desk_redactions", pk=pk)
    return page.response


@sensitive_post_parameters("names")
@desk()
@require_POST
def desk_names(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    with refused_page(request, bulletin) as page:
        new = decisions.look_for_names(request.user, bulletin, lines(request.POST.get("names", "")))
        messages.info(request, looked_for(new))
        page.response = redirect("desk_check", pk=pk)
    return page.response
