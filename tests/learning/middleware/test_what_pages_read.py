"""What a page may depend on is in its tag: nothing else of the request is read, and no table without a revision."""

import ast
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learning.catalogue.triggers import TABLES, WRITTEN
from tests.factories import BulletinFactory, ReviewFactory, StatementFactory, ThemeFactory

pytestmark = pytest.mark.django_db
HERE = "tests.learning.middleware.test_what_pages_read"
ROOT = site_settings.BASE_DIR


@pytest.fixture
def statement():
    return StatementFactory(bulletin=BulletinFactory(slug="sample"), review=None)


# --- in the source ------------------------------------------------------------------------------------------------

IN_THE_KEY = {"path", "GET", "htmx", "get_full_path", "build_absolute_uri", "method"}
MAY_READ_MORE = {
    "learning/pages/content_note.py": {"COOKIES", "POST", "headers", "scheme", "get_host", "is_secure"},
    "learning/pages/contact.py": {"POST"},
    "learning/middleware/caching.py": {"COOKIES", "META", "headers", "scheme", "get_host", "session"},
}
NOT_PUBLIC = ("learning/intake/", "learning/admin.py", "learning/management/")
VARIABLES = {"user", "perms", "csp_nonce", "csrf_token", "DEFAULT_MESSAGE_LEVELS"}


def test_views_read_of_a_request_what_is_in_the_key():
    """Whatever is read besides must come into ``tag_of`` first: else somebody gets the page of somebody else."""
    found = {}
    for path in [*(ROOT / "learning").rglob("*.py"), ROOT / "scr_kb" / "views.py"]:
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(NOT_PUBLIC):
            read = read_of_requests(ast.parse(path.read_text())) - IN_THE_KEY - MAY_READ_MORE.get(name, set())
            found.update({name: read} if read else {})

    assert found == {}


def read_of_requests(tree: ast.AST) -> set[str]:
    """What is asked of ``request`` or of ``self.request``; of htmx, only whether it asks."""
    read = {each.attr for each in ast.walk(tree) if isinstance(each, ast.Attribute) and is_request(each.value)}
    htmx = [each.value for each in ast.walk(tree) if isinstance(each, ast.Attribute)]
    more = {"of htmx" for each in htmx if isinstance(each, ast.Attribute) and each.attr == "htmx"}
    return read | more


def is_request(node: ast.AST) -> bool:
    return (isinstance(node, ast.Name) and node.id == "request") or (
        isinstance(node, ast.Attribute) and node.attr == "request"
    )


def test_templates_read_of_a_request_what_is_in_the_key():
    found = {}
    for path in (ROOT / "templates").rglob("*.html"):
        name = path.relative_to(ROOT / "templates").as_posix()
        if name.startswith("desk/"):
            continue
        tags = " ".join(re.findall(r"\{[{%].*?[%}]\}", path.read_text()))
        read = set(re.findall(r"\brequest\.([\w.]+)", tags)) - IN_THE_KEY
        read |= VARIABLES & set(re.findall(r"(?<![\w.\"-])[a-zA-Z_]+", tags))
        found.update({name: read} if read else {})

    assert found == {"pages/_contact_form.html": {"csrf_token"}}


def test_pages_vary_on_nothing_that_calls_for_another_header():
    """``xframe_options_exempt`` and the like mark the response itself, which a kept page would lose."""
    marks = re.compile(r"\b(?:xframe_options|csp_(?:exempt|update|replace|nonce)|translation\.activate)")
    public = [path for path in (ROOT / "learning").rglob("*.py") if "intake" not in path.parts]

    assert [path.name for path in public if marks.search(path.read_text())] == []


# --- while pages are made --------------------------------------------------------------------------------------


class Noting(dict[str, Any]):
    """Notes which of its values are asked for."""

    def __init__(self, values: dict[str, Any], read: set[str]) -> None:
        super().__init__(values)
        self.read = read

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self.read.add(str(name))
        return super().__contains__(name)

    def items(self) -> Any:
        self.read.add("all of them")
        return super().items()


READ: set[str] = set()
INDEX = "learning_searchindex"  # of SQLite: written by triggers of learning_searchdocument alone
KNOWN = {"HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "QUERY_STRING", "wsgi.url_scheme", "content-note"}
KNOWN |= {"HX-Request", "HX-Request-URI-AutoEncoded"}
KNOWN |= {"messages"}  # whoever has some gets pages of their own


def noting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        asked = request.headers, request.META, request.COOKIES
        request.headers, request.META, request.COOKIES = [Noting(dict(each), READ) for each in asked]  # type: ignore[assignment]
        try:
            return get_response(request)
        finally:
            request.headers, request.META, request.COOKIES = asked

    return middleware


def test_pages_that_are_kept_read_what_is_in_the_key_and_nothing_else(statement, settings):
    """Django's own code and that of others too, which no search of ours would find."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{HERE}.noting"]
    READ.clear()
    for address in public_addresses(statement):
        for headers in ({}, {"hx-request": "true", "hx-current-url": "/", "hx-target": "list", "dnt": "1"}):
            assert Client().get(address, headers=headers).status_code == 200

    assert {"HTTP_HOST", "HX-Request", "content-note"} <= READ
    assert READ <= KNOWN


def test_pages_that_are_kept_read_tables_that_raise_the_revision(statement):
    read = set()
    for address in public_addresses(statement):
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(address).status_code == 200
        for query in queries:
            read |= set(
                re.findall(r'\b(?:FROM|JOIN)\s+"?((?:learning|reviews|intake|accounts|auth|django)_\w+)', query["sql"])
            )

    assert {"learning_statement", "learning_datarevision"} <= read
    assert read <= {*TABLES, *WRITTEN, INDEX}


def public_addresses(statement: Any) -> list[str]:
    ReviewFactory(themes=[ThemeFactory(slug="distressing", has_content_note=True)])
    agency = StatementFactory.create(bulletin=statement.bulletin, review=None).agencies.first()
    found = [
        "/", "/learning/", "/learning/?q=sample&kind=fact", "/recommendations/", "/reviews/", "/themes/",
        "/themes/distressing/", "/agencies/", "/boards/", "/bulletins/", "/search/", "/search/?q=sample",
        "/search/?q=smaple", "/search/suggest/?q=sam", "/glossary/", "/about/", "/accessibility/", "/privacy/",
        "/families/", "/support/",
    ]  # fmt: skip
    records = [statement, statement.bulletin, statement.bulletin.board, *([agency] if agency else [])]
    return [*found, *(each.get_absolute_url() for each in records), f"{statement.get_absolute_url()}like/"]
