"""One catalogue for each request, 304 where a reader's browser has the page already, and pages that are kept here.

What a page shows depends on the records (their revision), on the code and templates, on the day (learning grows old),
on the address, and on what the visitor's browser says: nothing else, for somebody who is not signed in. So the tag of a
page is known before the page is made.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings
from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from learning.catalogue import current_revision, pinned, revision
from learning.catalogue.store import Pins
from learning.middleware import kept_pages

COOKIE = "content-note"

ATTEMPTS = 3
IN_THE_TAG = {"cookie", "hx-request"}  # of what a page may say that it varies on
READ_FROM = ("learning", "reviews", "scr_kb", "static", "templates")


class FreshnessMiddleware:
    """Pins the catalogue while a page is made, answers conditional requests, and gives a page again that it has kept.

    A page whose rows were fetched on the word of the catalogue is made again where records were written meanwhile; one
    that never gets through among many writes is at last made from one state of the database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        for _ in range(ATTEMPTS):
            with pinned(will_check=True) as pins:
                response = known_answer(request)
                if response is not None:
                    return response
                response = self.answer(request)
                if pins.still_holds():
                    if is_for_anybody(request, response) and has_stood_still(pins):
                        kept_pages.keep(response["ETag"], response)
                    return response
        with pinned(), one_state():
            return self.answer(request)

    def answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if may_be_tagged(request) and is_the_same_for_all(request, response):
            response["ETag"] = tag_with_token(request) if holds_token(request) else tag_of(request)
            patch_cache_control(response, no_cache=True, private=True)
            patch_vary_headers(response, ("Cookie", "HX-Request"))
        return response


def known_answer(request: HttpRequest) -> HttpResponseBase | None:
    """That nothing has changed, or the page as it was made before."""
    if not may_be_tagged(request):
        return None
    tag = tag_of(request)
    if request.headers.get("If-None-Match", "*").strip() != "*":  # "*" would be true of any page, even of none
        for each in (tag, tag_with_token(request)):
            unchanged = get_conditional_response(request, etag=each)
            if unchanged is not None:
                return unchanged
    return kept_pages.find(request, tag)


def has_stood_still(pins: Pins) -> bool:
    """Whether the page is of the revision in its tag alone. ``still_holds`` asks only where rows were relied on."""
    return pins.is_relied_on or all(revision() == known for known in pins.revisions.values())


@contextmanager
def one_state() -> Iterator[None]:
    """Whatever is read within is of one moment: on SQLite nobody writes meanwhile, PostgreSQL shows nothing of it."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def is_personal(request: HttpRequest) -> bool:
    """Whether somebody has signed in, or is told something once."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def may_be_tagged(request: HttpRequest) -> bool:
    return not settings.DEBUG and not is_personal(request)  # whoever works on a template wants to see it change


def is_the_same_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    """Not one with which a visitor gets the cookie that a form needs: somebody without it must get the page again."""
    if holds_token(request) and settings.CSRF_COOKIE_NAME not in request.COOKIES:
        return False
    is_page = response.status_code == 200 and not response.streaming and not response.cookies
    return is_page and not response.has_header("Cache-Control") and not response.has_header("ETag")


def is_for_anybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a page has our tag, nothing in it was made for one visitor, and it varies on nothing else."""
    is_ours = may_be_tagged(request) and response.get("ETag") == tag_of(request)
    varies_on = {name.strip().lower() for name in response.get("Vary", "").split(",")}
    is_told_something = request.session.accessed or get_messages(request).added_new  # type: ignore[union-attr]
    return is_ours and request.method == "GET" and varies_on <= IN_THE_TAG and not is_told_something


def holds_token(request: HttpRequest) -> bool:
    """Whether a form's token was asked for, or the cookie that it is compared with has to be sent."""
    return "CSRF_COOKIE_NEEDS_UPDATE" in request.META


def tag_of(request: HttpRequest) -> str:
    """The query is taken as it was sent: two that are read differently can make the same absolute address."""
    known = current_revision()
    return tag_from(
        version_of_site(),
        known.epoch,
        known.token,
        timezone.localdate().isoformat(),
        str(request.scheme),
        request.get_host(),
        request.path,
        request.META.get("QUERY_STRING", ""),
        "off" if request.COOKIES.get(COOKIE) == "off" else "",
        "htmx" if request.htmx else "",  # type: ignore[attr-defined]
    )


def tag_with_token(request: HttpRequest) -> str:
    """Of a page with a form, which holds for one visitor's cookie."""
    return tag_from(tag_of(request), request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""))


def tag_from(*parts: str) -> str:
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


@cache
def version_of_site() -> str:
    """A fingerprint of the code and the templates, the same on every host that runs the same."""
    digest = hashlib.sha256()
    for folder in READ_FROM:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(settings.BASE_DIR)}{chr(0)}".encode() + path.read_bytes())
    return digest.hexdigest()
