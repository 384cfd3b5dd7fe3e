"""The second rival: the product's own templates, of constants. Nothing is counted, sorted or fetched.

A WSGI application in the same project. Before it answers it makes each page of the file that ``SCALE_ADDRESSES`` names
once and keeps everything that the template can ask of it; from then on a query to the database is an error.
"""

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import django
from django.conf import settings

django.setup()
settings.MIDDLEWARE = [
    each for each in settings.MIDDLEWARE if each != "learning.middleware.caching.FreshnessMiddleware"
]
settings.ROOT_URLCONF = __name__

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 (the settings must be known first)
from django.db import connection, connections  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import path  # noqa: E402

from learning.browse.filters import StatementFilter  # noqa: E402
from learning.browse.views import StatementPage  # noqa: E402
from learning.models import SupportLine  # noqa: E402
from learning.pages.support import SupportLines  # noqa: E402
from scr_kb.urls import urlpatterns as product  # noqa: E402

kept: dict[str, Any] = {}
support_lines = SupportLines(list(SupportLine.objects.all()))


def constant_list(request: HttpRequest) -> HttpResponse:
    address = request.get_full_path()
    if address not in kept:
        made = StatementPage(request, StatementFilter(request.GET))
        made.problems  # noqa: B018 (reads the filters, which all the rest needs)
        kept[address] = SimpleNamespace(**{name: getattr(made, name) for name in dir(made) if not name.startswith("_")})
    page = kept[address]
    context = {"page": page, "shown": page.shown, "nav_section": "learning", "support_lines": support_lines}
    return render(request, "learning/statement_list.html", context)


def refuse(execute: Any, sql: str, *arguments: Any) -> NoReturn:
    raise RuntimeError(f"A page of constants asked the database: {sql}")


def make_all() -> None:
    client = Client(SERVER_NAME="127.0.0.1", headers={"X-Forwarded-Proto": "https"})
    listed = json.loads(Path(os.environ["SCALE_ADDRESSES"]).read_text())["listed"]
    for address in ["/learning/", *(each["product"] for each in listed)]:
        assert client.get(address).status_code == 200, address
    connections.close_all()
    connection.execute_wrappers.append(refuse)


urlpatterns = [path("learning/", constant_list), *product]
make_all()
application = WSGIHandler()
