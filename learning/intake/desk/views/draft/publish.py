"""The way of a draft to the public, and back: hand over, send back, publish, hold, withdraw, discard."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from learning.intake.desk.access import desk
from learning.intake.desk.lookups import bulletin_of, version_of
from learning.intake.desk.presenters.refusals import refused_page
from learning.intake.desk.presenters.remaining import remaining_of
from learning.intake.drafts import bulletin as drafts_bulletin
from learning.intake.drafts import duplicates
from learning.intake.editing.edits import OPEN_STATES, draft_of
from learning.intake.editing.permissions import PUBLISH
from learning.intake.publication import workflow
from learning.models import Bulletin
from reviews.models import Review

NOTED: dict[str, tuple[Callable[[Any, Any, str], None], str]] = {
    "send-back": (workflow.send_back, "Sent back."),
    "hold": (workflow.hold, "Held. The public no longer sees it."),
    "unhold": (workflow.unhold, "Taken off hold."),
    "withdraw": (workflow.withdraw, "Withdrawn. The public reads your reason in its place."),
}


@desk()
@require_safe
def desk_publishing(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    draft = draft_of(bulletin)
    context = {
        "bulletin": bulletin,
        "draft": draft,
        "reviews": bulletin.reviews.select_related("board"),
        "remaining": remaining_of(bulletin, request.user, draft=draft),
        "is_open": bulletin.state in OPEN_STATES,
        "may_decide": request.user.has_perm(PUBLISH),
        "why_not": workflow.may_publish(request.user, draft),
        "desk_section": "publishing",
    }
    return render(request, "desk/publishing.html", context)


@desk()
@require_POST
def desk_submit(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    with refused_page(request, bulletin) as page:
        workflow.submit(request.user, bulletin)
        messages.success(request, "Handed over. Somebody else has to check and publish it.")
        page.response = redirect("desk_list")
    return page.response


@desk(PUBLISH)
@require_POST
def desk_publish(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    with refused_page(request, bulletin) as page:
        workflow.publish(request.user, bulletin, version_of(request))
        messages.success(request, f"Published: {bulletin.title}.")
        page.response = redirect("desk_publishing", pk=pk)
    return page.response


@desk()
@require_POST
def desk_move(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One of the steps that need a note, for the bulletin or, where one is named, for a review of it."""
    bulletin = bulletin_of(pk)
    record: Bulletin | Review = bulletin
    if step != "send-back" and request.POST.get("review", "").isdecimal():
        record = get_object_or_404(bulletin.reviews.all(), pk=int(request.POST["review"][:9]))
    take, said = NOTED[step]
    with refused_page(request, bulletin) as page:
        take(request.user, record, request.POST.get("note", ""))
        messages.success(request, said)
        page.response = redirect("desk_publishing", pk=pk)
    return page.response


@desk()
@require_POST
def desk_proceedings(request: HttpRequest, pk: int, review: int) -> HttpResponse:
    """Proceedings began: the review is held. Or they ended: it stays held until it is taken off hold."""
    bulletin = bulletin_of(pk)
    record = get_object_or_404(bulletin.reviews.all(), pk=review)
    with refused_page(request, bulletin) as page:
        if record.has_active_proceedings:
            workflow.end_of_proceedings(request.user, record)
        else:
            workflow.hold_for_proceedings(request.user, record, request.POST.get("note", ""))
        page.response = redirect("desk_publishing", pk=pk)
    return page.response


@desk()
@require_POST
def desk_discard(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    with refused_page(request, bulletin) as page:
        drafts_bulletin.discard(request.user, bulletin, request.POST.get("reason", ""))
        messages.success(request, "The draft has been discarded.")
        page.response = redirect("desk_list")
    return page.response


# --- what may be there twice --------------------------------------------------------------------------------------


@desk()
@require_POST
def desk_keep_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Two reviews, or two bulletins, are two."""
    bulletin = bulletin_of(pk)
    with refused_page(request, bulletin) as page:
        own, other = pair_sent(request, bulletin)
        duplicates.keep_apart(request.user, own, other, request.POST.get("reason", ""))
        page.response = redirect("desk_check", pk=pk)
    return page.response


@desk()
@require_POST
def desk_link_review(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft's review is one that exists already."""
    bulletin = bulletin_of(pk)
    with refused_page(request, bulletin) as page:
        own, existing = pair_sent(request, bulletin)
        duplicates.link_review(request.user, bulletin, version_of(request), own, existing)
        page.response = redirect("desk_check", pk=pk)
    return page.response


def pair_sent(request: HttpRequest, bulletin: Bulletin) -> tuple[Any, Any]:
    """The draft's own review and the other one; or the draft's bulletin and the other."""
    other = request.POST.get("other", "")
    other_pk = int(other[:9]) if other.isdecimal() else 0
    own = request.POST.get("own", "")
    if own.isdecimal():
        return get_object_or_404(bulletin.reviews.all(), pk=int(own[:9])), get_object_or_404(Review, pk=other_pk)
    return bulletin, get_object_or_404(Bulletin, pk=other_pk)
