"""The first page of the desk: what is on its way in, what waits for whom, and what was published lately."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from learning.intake.desk.access import desk
from learning.intake.desk.presenters.refusals import refused_page
from learning.intake.desk.presenters.remaining import Remaining, remaining_of
from learning.intake.editing.edits import OPEN_STATES, PRESENT
from learning.intake.editing.permissions import ADMINISTER, PUBLISH
from learning.intake.editing.queries import with_checking_data
from learning.intake.imports import jobs as imports_jobs
from learning.intake.models import Draft, ImportJob, Presence, ThemeRequest
from learning.intake.publication import corrections
from learning.intake.publication.blockers import blockers_of
from learning.models import Bulletin
from reviews.state import State

ON_A_PAGE = 12  # what is missing in each is found out anew, for all of them together
TABS = [
    ("open", "Open", [State.DRAFT, State.READY]),
    ("ready", "Ready for checking", [State.READY]),
    ("held", "Held", [State.HELD]),
    ("published", "Published", [State.PUBLISHED]),
    ("withdrawn", "Withdrawn", [State.WITHDRAWN]),
]


@dataclass(frozen=True)
class Line:
    """One draft as the list shows it."""

    draft: Draft
    remaining: Remaining | None
    present: list[str]


@desk()
@require_safe
def desk_list(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("state", "open")
    states = next((states for key, _, states in TABS if key == chosen), TABS[0][2])
    page = Paginator(drafts(states), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": [{"label": label, "url": f"?state={key}", "is_current": key == chosen} for key, label, _ in TABS],
        "page_obj": page,
        "lines": lines_of(list(page.object_list), request.user),
        "jobs": job_lines(),
        "revisions": corrections.waiting()[:20],
        "may_apply": request.user.has_perm(PUBLISH),
        "requests": ThemeRequest.objects.filter(answered_on__isnull=True).select_related("asked_by"),
        "may_answer": request.user.has_perm(ADMINISTER),
        "desk_section": "list",
    }
    return render(request, "desk/list.html", context)


def drafts(states: list[State]) -> Any:
    present = Presence.objects.filter(seen_at__gte=timezone.now() - PRESENT).select_related("user")
    return (
        Draft.objects.filter(bulletin__state__in=states)
        .select_related("bulletin__board", "entered_by", "last_editor")
        .prefetch_related(Prefetch("presences", present))
        .order_by("-last_edited_at", "-pk")
    )


def lines_of(drafts: list[Draft], user: Any) -> list[Line]:
    """In as many queries for a page of drafts as for one. The user knows what she has open herself."""
    unfinished = [draft.bulletin_id for draft in drafts if draft.bulletin.state in OPEN_STATES]
    bulletins = with_checking_data(Bulletin.objects.filter(pk__in=unfinished)) if unfinished else []
    reasons = blockers_of(bulletins) if bulletins else {}
    remaining = {one.pk: remaining_of(one, reasons=reasons[one.pk]) for one in bulletins}
    return [
        Line(
            draft,
            remaining.get(draft.bulletin_id),
            [one.user.get_username() for one in draft.presences.all() if one.user_id != user.pk],
        )
        for draft in drafts
    ]


def is_recent(job: ImportJob) -> bool:
    """Jobs under way, those that failed in the last days, and those just done: their drafts stand below."""
    shown_for = timedelta(days=3) if job.state == ImportJob.State.FAILED else timedelta(minutes=15)
    return not job.is_finished or timezone.now() - job.started_at < shown_for


def job_lines() -> list[dict[str, Any]]:
    """The latest jobs. ``before`` is how many come before one that waits."""
    jobs = [job for job in ImportJob.objects.select_related("started_by")[:12] if is_recent(job)]
    queue = imports_jobs.queue() if any(job.state == ImportJob.State.QUEUED for job in jobs) else []
    return [{"job": job, "before": queue.index(job.pk) if job.pk in queue else None} for job in jobs]


@desk()
@require_POST
def desk_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed import once more."""
    job = get_object_or_404(ImportJob, pk=pk)
    with refused_page(request) as page:
        imports_jobs.retry(request.user, job)
        page.response = redirect("desk_list")
    return page.response


@desk()
@require_POST
def desk_let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the file of a failed import."""
    job = get_object_or_404(ImportJob, pk=pk)
    with refused_page(request) as page:
        imports_jobs.let_go(request.user, job)
        messages.success(request, "The file has been deleted.")
        page.response = redirect("desk_list")
    return page.response


@desk(ADMINISTER)
@require_POST
def desk_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer somebody who asked for a theme. The theme itself is added, if it is, where the vocabulary is kept."""
    asked = get_object_or_404(ThemeRequest, pk=pk, answered_on__isnull=True)
    answer = request.POST.get("answer", "").strip()
    if answer:
        asked.answer, asked.answered_on = answer, timezone.localdate()
        asked.save()
    return redirect("desk_list")
