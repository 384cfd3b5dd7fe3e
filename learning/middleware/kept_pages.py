"""Whole pages, kept in each process under their tag: whoever asks for one again gets it without its being made.

They stand in Django's cache ``pages``, which bounds their number and drops what was asked for longest ago. A tag names
the revision of the records, so nothing needs to be removed after a write: nobody asks for that tag again. Middleware
outside of ours adds its headers to a kept page as to any other.
"""

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

CACHE = "pages"
LARGEST = 64_000  # bytes; times the 500 pages of the cache, 32 MB


def find(request: HttpRequest, tag: str) -> HttpResponse | None:
    found = caches[CACHE].get(tag)
    if found is None:
        return None
    content, headers = found
    response = HttpResponse(b"" if request.method == "HEAD" else content, headers=headers)
    response["Content-Length"] = str(len(content))
    return response


def keep(tag: str, response: HttpResponse) -> None:
    """The body and the headers that the view and the tag gave it, unless it is very long."""
    if len(response.content) <= LARGEST:
        caches[CACHE].set(tag, (response.content, dict(response.headers)))
