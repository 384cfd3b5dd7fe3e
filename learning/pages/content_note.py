"""The content note with its support lines: shown on distressing pages until a reader switches it off.

Its switch stands on public pages, which are the same for everybody and may be kept: so it has no token of a form. Where
it was pressed, the browser says.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from learning.catalogue import current_revision
from learning.middleware.caching import COOKIE
from learning.pages.support import lines_at

ONE_YEAR = 365 * 24 * 3600


def content_note(request: HttpRequest) -> dict[str, object]:
    """For every template: whether the reader has switched the note off, and the lines (looked up only if shown)."""
    return {
        "content_note_off": request.COOKIES.get(COOKIE) == "off",
        "support_lines": SimpleLazyObject(lambda: lines_at(current_revision())),
    }


@csrf_exempt
@require_POST
def switch_content_note(request: HttpRequest) -> HttpResponse:
    """Switch the note off, or on again, and go back to the page."""
    if not is_from_this_site(request):
        return render(request, "pages/content_note_refused.html", status=403)
    target = request.POST.get("next", "/")
    is_local = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    response = HttpResponseRedirect(target if is_local else "/")
    if request.POST.get("content_note") == "on":
        response.delete_cookie(COOKIE)
    else:
        response.set_cookie(COOKIE, "off", max_age=ONE_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return response


def is_from_this_site(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very origin sent the form; an old one, by ``Referer`` alone."""
    fetched_from, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if fetched_from is None and origin is None:
        return is_own_origin(request, request.headers.get("Referer", ""))
    return fetched_from in (None, "same-origin") and (origin is None or is_own_origin(request, origin))


def is_own_origin(request: HttpRequest, url: str) -> bool:
    """https is believed too where we see http: what ends HTTPS before us may not say so."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in (request.scheme, "https") and parts.netloc == request.get_host()
