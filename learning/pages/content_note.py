"""The content note with its support lines: shown on distressing pages until a reader switches it off."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from learning.catalogue import Revision, current_revision
from learning.middleware.caching import COOKIE
from learning.models import SupportLine

ONE_YEAR = 365 * 24 * 3600


def content_note(request: HttpRequest) -> dict[str, object]:
    """For every template: whether the reader has switched the note off, and the lines (looked up only if shown)."""
    return {
        "content_note_off": request.COOKIES.get(COOKIE) == "off",
        "support_lines": SimpleLazyObject(lambda: lines_at(current_revision())),
    }


@lru_cache(maxsize=4)
def lines_at(revision: Revision) -> list[SupportLine]:
    """The support lines, which every page shows and hardly anybody changes: read once of each revision."""
    return list(SupportLine.objects.all())


@require_POST
def switch_content_note(request: HttpRequest) -> HttpResponse:
    """Switch the note off, or on again, and go back to the page."""
    target = request.POST.get("next", "/")
    is_local = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    response = HttpResponseRedirect(target if is_local else "/")
    if request.POST.get("content_note") == "on":
        response.delete_cookie(COOKIE)
    else:
        response.set_cookie(COOKIE, "off", max_age=ONE_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return response
