"""Who did what, when and from which file; and the original file itself, for staff."""

from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learning.intake.desk.access import desk
from learning.intake.desk.lookups import bulletin_of
from learning.intake.desk.presenters.remaining import remaining_of
from learning.intake.editing import originals
from learning.intake.editing.edits import draft_of
from learning.intake.records.history import SHOWN, trace


@desk()
@require_safe
def desk_trace(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    draft, events = draft_of(bulletin), trace(bulletin)
    context = {
        "bulletin": bulletin,
        "draft": draft,
        "events": events[:SHOWN],
        "left_out": max(len(events) - SHOWN, 0),
        "jobs": bulletin.import_jobs.select_related("started_by"),
        "furniture": draft.furniture,
        "has_original": bool(originals.original(bulletin)),
        "remaining": remaining_of(bulletin, request.user, draft=draft),
        "desk_section": "trace",
    }
    return render(request, "desk/trace.html", context)


@desk()
@require_safe
def desk_original(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it came in, always as a download: what is in it is not ours to run."""
    file = originals.original(bulletin_of(pk))
    if file is None or not file.storage.exists(str(file.name)):
        raise Http404
    response = FileResponse(file.open("rb"), as_attachment=True, content_type="application/octet-stream")
    return cast(HttpResponse, response)
