"""Bringing documents in: one file or a pasted text becomes a draft at once, several wait for their turn."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from learning.components.wording import counted
from learning.intake.desk.access import desk
from learning.intake.desk.forms.reviews import lines
from learning.intake.desk.forms.upload import UploadForm
from learning.intake.desk.presenters.names import looked_for
from learning.intake.desk.presenters.refusals import linked
from learning.intake.editing.errors import EditRejected
from learning.intake.imports import jobs as imports_jobs
from learning.intake.models import ImportJob
from learning.intake.redaction import decisions

PASTED = "pasted text"


@sensitive_post_parameters("names", "text")
@desk()
@require_http_methods(["GET", "HEAD", "POST"])
def desk_upload(request: HttpRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    reasons: list[dict[str, str]] = []
    if is_sent and form.is_valid():
        try:
            return take_in(request, form.cleaned_data)
        except EditRejected as refusal:
            reasons = linked(refusal.reasons, None)
    context = {"form": form, "reasons": reasons, "desk_section": "upload"}
    return render(request, "desk/upload.html", context, status=422 if is_sent else 200)


def take_in(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    files = data["documents"]
    options = {"board": data["board"], "anyway": data["anyway"]}
    if len(files) > 1 or (files and str(files[0].name).lower().endswith(".zip")):
        jobs = imports_jobs.start_many(request.user, ((str(file.name), file.read()) for file in files), **options)
        messages.success(request, f"{counted(len(jobs), 'file', 'files')} added. They will be read one after another.")
        if data["names"].strip():
            messages.warning(request, "The names were not kept. Look for them on each draft when it has been read.")
        return redirect("desk_list")
    name, content = (str(files[0].name), files[0].read()) if files else (PASTED, data["text"])
    job = imports_jobs.start(request.user, name, content, **options)
    return after(request, job, data["names"])


def after(request: HttpRequest, job: ImportJob, names: str) -> HttpResponse:
    """To the draft if it is there; else to the page of the job, which says how far it is or why it failed."""
    if job.bulletin is None:
        if names.strip():
            messages.warning(request, "The names were not kept. Look for them on the draft when it has been read.")
        return redirect("desk_job", pk=job.pk)
    if names.strip():
        messages.info(request, looked_for(decisions.look_for_names(request.user, job.bulletin, lines(names))))
    return redirect("desk_check", pk=job.bulletin.pk)


@desk()
@require_safe
def desk_job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an import is. The page loads itself anew while it is under way."""
    job = get_object_or_404(ImportJob.objects.select_related("bulletin", "started_by"), pk=pk)
    if job.state == ImportJob.State.DONE and job.bulletin is not None:
        return redirect("desk_check", pk=job.bulletin.pk)
    context = {"job": job, "before": imports_jobs.position_in_queue(job), "desk_section": "upload"}
    return render(request, "desk/job.html", context)
