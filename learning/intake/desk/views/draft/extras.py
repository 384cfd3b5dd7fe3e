"""What a draft has beside its statements: one page that lists it, and a form for each entry."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.intake.desk.access import desk
from learning.intake.desk.forms.extras import FORMS, EntryForm, LookForm
from learning.intake.desk.lookups import bulletin_of, version_of
from learning.intake.desk.presenters.refusals import linked, refused_page
from learning.intake.desk.presenters.remaining import remaining_of
from learning.intake.drafts import extras
from learning.intake.drafts.extras import SORTS
from learning.intake.editing.edits import OPEN_STATES, draft_of
from learning.intake.editing.errors import EditConflict, EditRejected, Reason
from learning.intake.editing.permissions import PUBLISH
from learning.models import Bulletin, Link
from learning.pages.stated_counts import claims

REMOVED = "Somebody has removed it. Save again to add it back, or leave it."


@desk()
@require_safe
def desk_more(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    links = list(bulletin.links.all())
    looks = extras.last_looks(links)
    counts = list(bulletin.stated_counts.select_related("review"))
    claimed = claims(counts, bulletin.statements.all())
    context = {
        **frame(request, bulletin, []),
        "links": [{"link": link, "look": looks.get(link.pk, "")} for link in links],
        "may_look": may_look(request, bulletin),
        "terms": bulletin.glossary_terms.all(),
        "counts": [{"count": count, "words": claim.words} for count, claim in zip(counts, claimed, strict=True)],
        "notes": bulletin.notes.select_related("review"),
        "responses": bulletin.response_checks.select_related("review", "statement"),
    }
    return render(request, "desk/more.html", context)


def may_look(request: HttpRequest, bulletin: Bulletin) -> bool:
    return bulletin.state in OPEN_STATES or request.user.has_perm(PUBLISH)


def may_edit(request: HttpRequest, bulletin: Bulletin, sort: str) -> bool:
    return may_look(request, bulletin) if SORTS[sort].goes_on else bulletin.state in OPEN_STATES


def frame(request: HttpRequest, bulletin: Bulletin, reasons: list[Reason]) -> dict[str, Any]:
    return {
        "bulletin": bulletin,
        "draft": draft_of(bulletin),
        "is_open": bulletin.state in OPEN_STATES,
        "reasons": linked(reasons, bulletin),
        "remaining": remaining_of(bulletin, request.user),
        "desk_section": "more",
    }


def known(sort: str) -> str:
    if sort not in SORTS:
        raise Http404
    return sort


# --- one entry --------------------------------------------------------------------------------------------------


@desk()
@require_http_methods(["GET", "HEAD", "POST"])
def desk_more_add(request: HttpRequest, pk: int, sort: str) -> HttpResponse:
    bulletin = bulletin_of(pk)
    form = FORMS[known(sort)](request.POST or None, bulletin=bulletin)
    return entry_page(request, bulletin, sort, form, None)


@desk()
@require_http_methods(["GET", "HEAD", "POST"])
def desk_more_entry(request: HttpRequest, pk: int, sort: str, entry: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    record = SORTS[known(sort)].model.objects.filter(pk=entry, bulletin=bulletin).first()
    if record is None and request.method != "POST":
        raise Http404
    form = FORMS[sort](request.POST or None, bulletin=bulletin, record=record)
    if record is None:
        return entry_page(request, bulletin, sort, form, None, [Reason(REMOVED)])
    return entry_page(request, bulletin, sort, form, record)


def entry_page(
    request: HttpRequest,
    bulletin: Bulletin,
    sort: str,
    form: EntryForm,
    record: Any,
    reasons: list[Reason] | None = None,
) -> HttpResponse:
    """The form of an entry. What is typed stays in it until it is stored; ``reasons`` say why it is not."""
    stored = None
    if request.method == "POST" and reasons is None and form.is_valid():
        try:
            store(request, bulletin, sort, form, record)
            messages.success(request, "Saved.")
            return redirect(place_of(bulletin, sort))
        except EditRejected as refusal:
            is_gone = isinstance(refusal, EditConflict) and not refusal.changes
            reasons, record = ([Reason(REMOVED)], None) if is_gone else (refusal.reasons, record)
            stored = stored_now(sort, bulletin, record) if isinstance(refusal, EditConflict) and not is_gone else None
    context = {
        **frame(request, bulletin, reasons or []),
        "sort": sort,
        "name": SORTS[sort].name,
        "form": form,
        "record": record,
        "may_edit": may_edit(request, bulletin, sort),
        "action": reverse("desk_more_entry", args=[bulletin.pk, sort, record.pk])
        if record
        else reverse("desk_more_add", args=[bulletin.pk, sort]),
        "stored": stored,
        "look_form": LookForm() if isinstance(record, Link) and record.href and may_look(request, bulletin) else None,
    }
    return render(request, "desk/more_entry.html", context, status=422 if request.method == "POST" else 200)


def store(request: HttpRequest, bulletin: Bulletin, sort: str, form: EntryForm, record: Any) -> None:
    if record is None:
        extras.add(request.user, bulletin, version_of(request), sort, form.values())
    elif changes := form.changes():
        extras.change(request.user, bulletin, version_of(request), sort, record, changes)


def stored_now(sort: str, bulletin: Bulletin, record: Any) -> list[tuple[str, Any]]:
    """What somebody else stored in the meantime, by the labels of the form."""
    form = FORMS[sort](bulletin=bulletin, record=record)
    fields = form.fields
    return [(str(fields[name].label), getattr(record, name) or "none") for name in fields]


def place_of(bulletin: Bulletin, sort: str) -> str:
    return reverse("desk_more", args=[bulletin.pk]) + f"#{sort}"


@desk()
@require_POST
def desk_more_remove(request: HttpRequest, pk: int, sort: str, entry: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    record = get_object_or_404(SORTS[known(sort)].model, pk=entry, bulletin=bulletin)
    with refused_page(request, bulletin) as page:
        extras.remove(request.user, bulletin, version_of(request), sort, record, request.POST.get("reason", ""))
        messages.success(request, "Removed.")
        page.response = redirect(place_of(bulletin, sort))
    return page.response


@desk()
@require_POST
def desk_looked_at(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """Somebody looked where a link leads: the day, and what was there."""
    bulletin = bulletin_of(pk)
    link = get_object_or_404(Link, pk=entry, bulletin=bulletin)
    form = LookForm(request.POST)
    with refused_page(request, bulletin) as page:
        if not form.is_valid():
            raise EditRejected(*(str(error) for errors in form.errors.values() for error in errors))
        leads = form.cleaned_data["result"] == "yes"
        extras.look_at(request.user, bulletin, version_of(request), link, form.cleaned_data["on"], leads)
        messages.success(
            request, "Saved. The public sees a link." if leads else "Saved. The public does not see a link."
        )
        page.response = redirect(place_of(bulletin, "links"))
    return page.response
