"""Corrections of published statements: proposed on the statement's form, applied or declined by a second person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from learning.intake.desk.access import desk
from learning.intake.desk.forms.statements import StatementForm
from learning.intake.desk.lookups import statement_in
from learning.intake.desk.presenters.refusals import linked, refused_page
from learning.intake.editing.edits import draft_of
from learning.intake.editing.errors import EditRejected
from learning.intake.editing.permissions import PUBLISH
from learning.intake.publication import corrections
from learning.models import Revision


@desk()
@require_http_methods(["GET", "HEAD", "POST"])
def desk_correct(request: HttpRequest, pk: int, statement: int) -> HttpResponse:
    """Propose a correction. What is public stays as it is until somebody else applies it."""
    one = statement_in(pk, statement)
    form = StatementForm(request.POST or None, statement=one)
    refusal: EditRejected | None = None
    if request.method == "POST" and form.is_valid():
        try:
            corrections.propose(request.user, one, form.changes(), request.POST.get("reason", ""))
            messages.success(request, "Proposed. Somebody else has to apply it.")
            return redirect(reverse("desk_check", args=[pk]) + f"#statement-{one.pk}")
        except EditRejected as error:
            refusal = error
    context = {
        "bulletin": one.bulletin,
        "draft": draft_of(one.bulletin),
        "statement": one,
        "form": form,
        "reason": request.POST.get("reason", ""),
        "reasons": linked(refusal.reasons, one.bulletin) if refusal else [],
        "desk_section": "check",
    }
    return render(request, "desk/correct.html", context, status=422 if request.method == "POST" else 200)


@desk(PUBLISH)
@require_POST
def desk_revision(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply a proposed correction, or decline it."""
    revision = get_object_or_404(Revision.objects.select_related("statement__bulletin"), pk=pk)
    with refused_page(request, revision.statement.bulletin) as page:
        if request.POST.get("step") == "decline":
            corrections.decline(request.user, revision, request.POST.get("reason", ""))
            messages.success(request, "Declined.")
        else:
            corrections.apply(request.user, revision)
            messages.success(request, "Applied. The public sees “corrected on” with today's date.")
        page.response = redirect("desk_list")
    return page.response
