"""One catalogue for each request, and 304 where a reader's browser has the page already.

What a page shows depends on the records (their revision), on the code and templates, on the day (learning grows old),
on the address, and on what the visitor's browser says: nothing else, for somebody who is not signed in. So the tag of a
page is known before the page is made.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from learning.catalogue import current_revision, pinned

COOKIE = "content-note"

ATTEMPTS = 3
READ_FROM = ("learning", "reviews", "scr_kb", "static", "templates")


class FreshnessMiddleware:
    """Pins the catalogue while a page is made, and answers conditional requests.

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
                response = self.answer(request)
                if pins.still_holds():
                    return response
        with pinned(), one_state():
            return self.answer(request)

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        if settings.DEBUG or is_personal(request):  # whoever works on a template wants to see it change
            return self.get_response(request)
        tag = tag_of(request)
        if request.headers.get("If-None-Match", "*").strip() != "*":  # "*" would be true of any page, even of none
            unchanged = get_conditional_response(request, etag=tag)
            if unchanged is not None:
                return unchanged
        response = self.get_response(request)
        if is_the_same_for_all(request, response):
            response["ETag"] = tag
            patch_cache_control(response, no_cache=True, private=True)
            patch_vary_headers(response, ("Cookie", "HX-Request"))
        return response


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


def is_the_same_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    """Not one with which a visitor gets the cookie that a form needs: somebody without it must get the page again."""
    if "CSRF_COOKIE_NEEDS_UPDATE" in request.META and settings.CSRF_COOKIE_NAME not in request.COOKIES:
        return False
    is_page = response.status_code == 200 and not response.streaming and not response.cookies
    return is_page and not response.has_header("Cache-Control") and not response.has_header("ETag")


def tag_of(request: HttpRequest) -> str:
    revision = current_revision()
    parts = (
        version_of_site(),
        revision.epoch,
        revision.token,
        timezone.localdate().isoformat(),
        request.build_absolute_uri(),
        request.COOKIES.get(COOKIE, ""),
        request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""),
        request.headers.get("HX-Request", ""),
    )
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
