"""What every test may ask for.

The network is closed to all but this machine (--allow-hosts in pyproject.toml), for the browser too.

`db`         an empty database, undone after the test (pytest-django's own)
`bulletins`  the five bulletins, loaded once; what the test changes is undone
`statement_pages`  the page of each of their statements, fetched once; for reading only
`site`       the address of a real server with the five bulletins, for tests in a browser (`page`)
`axe`        checks a page for accessibility faults
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from learning.catalogue import current
from learning.models import Statement
from tests import chromium

# Playwright keeps an event loop running in the thread of the tests, and Django refuses to query a database beside one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM = chromium.find()
NO_BROWSER = "no Chromium was found: install it, or set CHROMIUM to its path"


def pytest_configure() -> None:
    if os.environ.get("CI") == "true" and not CHROMIUM:
        raise pytest.UsageError(f"Browser tests must run in CI, and {NO_BROWSER}.")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Marks come first, so that ``-m browser`` can choose by them; the order last, since pytest-django has its own.

    Tests that commit come first (they leave an empty database), tests of loaded bulletins last.
    """
    for item in items:
        if drives_browser(item):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
    yield
    items.sort(key=position)


def drives_browser(item: pytest.Item) -> bool:
    """Whether it asks for Playwright's page, and not for a parameter of that name."""
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    return "page" in fixtures_of(item) and "page" not in parameters


def position(item: pytest.Item) -> int:
    marker = item.get_closest_marker("django_db")
    if {"site", "transactional_db", "live_server"} & fixtures_of(item):
        return 0
    if marker and marker.kwargs.get("transaction"):
        return 0
    return 2 if "loaded_bulletins" in fixtures_of(item) else 1


def fixtures_of(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.getreports("passed"):
        for name, told in report.user_properties:
            if name == "told" and report.when == "call":
                terminalreporter.write_line(told)
    if not CHROMIUM:
        terminalreporter.write_line(f"BROWSER TESTS DID NOT RUN: {NO_BROWSER}.", yellow=True, bold=True)


# --- the database ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The test databases, whatever the tests of this session say that they need.

    The package's own fixture makes none where no test is marked, and a module of tests in a browser alone would then
    load into, and empty, the database that somebody works with. Nor could it drop a database that a server of the
    browser tests still holds open.
    """
    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False)
    yield
    wait_for_requests()
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    with django_db_blocker.unblock():
        teardown_databases(databases, verbosity=0)


def wait_for_requests() -> None:
    """Until a server of the tests has let go of every connection: none may end after the server or its database."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """No page that an earlier test made. The revision of the loaded bulletins outlives a test; settings need not."""
    caches["pages"].clear()


# --- the five bulletins ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def loaded_bulletins(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """An open transaction that holds the five bulletins; each test's own transaction is a savepoint inside it."""
    whole = transaction.atomic()
    with django_db_blocker.unblock():
        whole.__enter__()
        call_command("load_bulletins", verbosity=0)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def bulletins(loaded_bulletins: None, db: None) -> None:
    """The five bulletins are in the database."""


@dataclass(frozen=True)
class StatementPage:
    """The page of one statement of the five bulletins, and how many queries it took."""

    statement: Statement
    response: Any
    queries: int


@pytest.fixture(scope="session")
def statement_pages(loaded_bulletins: None, django_db_blocker: DjangoDbBlocker) -> list[StatementPage]:
    """The pages of all statements of the five bulletins, each fetched once for all tests that read them."""
    pages = []
    with django_db_blocker.unblock():
        current()  # of a process that has answered before
        for statement in Statement.objects.select_related("parent").order_by("bulletin__slug", "position"):
            with CaptureQueriesContext(connection) as queries:
                response = Client().get(statement.get_absolute_url())
            pages.append(StatementPage(statement, response, len(queries)))
    return pages


# --- the browser ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a running server with the five bulletins. What a test writes stays until its module ends."""
    others = [
        item.name for item in request.session.items if item.path == request.path and "site" not in fixtures_of(item)
    ]
    assert others == [], "a module asks for `site` in all of its tests or in none: these would find its data"
    with django_db_blocker.unblock():
        call_command("load_bulletins", verbosity=0)
        server = LiveServer("127.0.0.1")
        yield server.url
        wait_for_requests()
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": CHROMIUM, "args": chromium.ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    return {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", "reduced_motion": "reduce"}


@pytest.fixture
def context(context: BrowserContext) -> Iterator[BrowserContext]:
    """A browser window whose pages may load nothing from elsewhere, break no script and breach no policy."""
    faults: list[str] = []

    def note_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1":
            faults.append(f"loads from elsewhere: {request.url}")

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            faults.append(message.text)

    context.on("request", note_request)
    context.on("console", note_console)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    yield context
    assert faults == []


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Call it with a page: one line for each fault against WCAG 2.2 AA, with the first element that shows it."""

    def faults(page: Page) -> list[str]:
        options = {"runOnly": {"type": "tag", "values": WCAG_2_2_AA}}
        found = Axe().run(page, options=options).response["violations"]
        return [f"{fault['id']}: {fault['help']}: {fault['nodes'][0]['html']}" for fault in found]

    return faults
