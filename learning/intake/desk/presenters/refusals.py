"""How a refusal of the desk is shown: on a page of its own, with every reason as a link to where it is put right."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from learning.intake.editing.edits import draft_of
from learning.intake.editing.errors import EditConflict, EditRejected, Reason
from learning.models import Bulletin

# Where the places stand that have pages of their own. All others are on the checking page.
PAGES = {"facts": "desk_facts", "rights": "desk_facts"}


_PREFIX = re.compile(r"^(?:review|child)-\d+-")


@dataclass
class Outcome:
    """What a view answers: what it says itself, or the refusal."""

    response: HttpResponse


@contextmanager
def refused_page(request: HttpRequest, bulletin: Bulletin | None = None) -> Iterator[Outcome]:
    """Within it, a refusal becomes the answer (409), and what was typed is handed back on it."""
    outcome = Outcome(HttpResponse(status=500))
    try:
        yield outcome
    except EditRejected as refusal:
        outcome.response = refusal_page(request, refusal, bulletin)


def refusal_page(request: HttpRequest, refusal: EditRejected, bulletin: Bulletin | None) -> HttpResponse:
    context = {
        "bulletin": bulletin,
        "reasons": linked(refusal.reasons, bulletin),
        "changes": refusal.changes if isinstance(refusal, EditConflict) else [],
        "submitted": submitted_fields(request),
        "again": request.get_full_path(),
        "version": draft_of(bulletin).version if bulletin else 0,
    }
    return render(request, "desk/refused.html", context, status=409)


def linked(reasons: list[Reason], bulletin: Bulletin | None) -> list[dict[str, str]]:
    return [{"text": reason.text, "url": url_of(reason, bulletin)} for reason in reasons]


def url_of(reason: Reason, bulletin: Bulletin | None) -> str:
    """Where a reason can be put right, or "" where nowhere."""
    if reason.url_name:
        return reverse(reason.url_name, args=reason.url_args)
    if bulletin is None or not reason.anchor:
        return ""
    if reason.anchor.startswith(("review-", "child-")):
        return reverse("desk_reviews", args=[bulletin.pk]) + f"#{reason.anchor}"
    if reason.anchor == "drafts":
        return reverse("desk_list")
    return reverse(PAGES.get(reason.anchor, "desk_check"), args=[bulletin.pk]) + f"#{reason.anchor}"


def submitted_fields(request: HttpRequest) -> list[dict[str, Any]]:
    """What was sent, by field, so that it can be seen beside what is stored, and sent again."""
    hidden = {"csrfmiddlewaretoken", "version", "names"}
    return [
        {"name": name, "label": _PREFIX.sub("", name).replace("_", " "), "values": values}
        for name, values in request.POST.lists()
        if name not in hidden
    ]
