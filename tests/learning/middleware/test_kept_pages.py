"""A page that was made for somebody is given to the next who asks, and is never old nor of another visitor."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as site_settings
from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.catalogue import Revision, revision
from learning.middleware import caching, kept_pages
from learning.models import Bulletin, DataRevision
from reviews.models import Theme
from reviews.state import State
from tests import plain_sql
from tests.factories import BulletinFactory, ReviewFactory, StatementFactory, ThemeFactory
from tests.worlds import World

pytestmark = pytest.mark.django_db
HERE = "tests.learning.middleware.test_kept_pages"
MADE: list[str] = []
DONE_TO: list[Callable[[HttpRequest, HttpResponse], Any]] = []


def innermost(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Notes each page that is made, and does to it what a test wants done."""

    def middleware(request: HttpRequest) -> HttpResponse:
        MADE.append(request.get_full_path())
        response = get_response(request)
        for change in DONE_TO:
            response = change(request, response) or response
        return response

    return middleware


@pytest.fixture
def made(settings: Any) -> Iterator[list[str]]:
    """The addresses whose pages were made, not taken from what is kept."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{HERE}.innermost"]
    MADE.clear()
    yield MADE
    DONE_TO.clear()


@pytest.fixture
def statement():
    return StatementFactory(bulletin=BulletinFactory(slug="sample"), review=None)


def visitor(**cookies: str) -> Client:
    client = Client()
    for name, value in cookies.items():
        client.cookies[name.replace("_", "-")] = value
    return client


# --- what is given again --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/", "/learning/?kind=fact", "/reviews/", "/bulletins/sample/", "/search/?q=words", "/about/"]
)
def test_kept_page_has_the_bytes_and_the_headers_of_the_first(statement, made, address):
    first, second = Client().get(address), Client().get(address)

    assert made == [address]
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    assert {"Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "ETag"} <= {*second.headers}
    assert not first.cookies
    assert not second.cookies


def test_kept_page_costs_one_query(client, statement):
    client.get("/learning/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/learning/")

    assert len(queries) == 1


def test_kept_page_answers_head_with_its_length_alone(client, statement, made):
    page = client.get("/learning/")
    head = client.head("/learning/")

    assert made == ["/learning/"]
    assert head.content == b""
    assert dict(head.headers) == dict(page.headers)


def test_kept_page_is_none_that_only_head_was_asked_of(client, statement, made):
    client.head("/learning/")

    assert client.get("/learning/").content
    assert made == ["/learning/"] * 2


def test_kept_page_is_said_to_be_unchanged_to_whoever_has_it(client, statement, made):
    tag = client.get("/learning/")["ETag"]

    assert client.get("/learning/", headers={"if-none-match": tag}).status_code == 304
    assert client.get("/learning/", headers={"if-none-match": '"another"'}).status_code == 200
    assert made == ["/learning/"]


def test_kept_pages_are_all_made_where_the_setting_says_so(settings, made):
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    for _ in range(2):
        assert Client().get("/about/").status_code == 200

    assert made == ["/about/"] * 2


def test_kept_pages_are_bounded(client, settings, made):
    bounded = {**settings.CACHES["pages"], "OPTIONS": {"MAX_ENTRIES": 3, "CULL_FREQUENCY": 3}}
    settings.CACHES = {**settings.CACHES, "pages": bounded}
    for number in (1, 2, 3, 1, 4):
        client.get(f"/about/?{number}")
    made.clear()
    for number in (1, 4, 2):
        client.get(f"/about/?{number}")

    assert made == ["/about/?2"]  # asked for longest ago


def test_kept_pages_take_32_megabytes_at_most():
    pages: Any = site_settings.CACHES["pages"]

    assert pages["OPTIONS"]["MAX_ENTRIES"] * kept_pages.LARGEST <= 32_000_000


# --- one visitor and another ----------------------------------------------------------------------------------------


def test_kept_page_with_the_content_note_is_not_of_those_who_switched_it_off(made):
    ReviewFactory(themes=[ThemeFactory(slug="distressing", has_content_note=True)])
    for _ in range(2):
        on, off = (visitor(**cookies).get("/themes/distressing/") for cookies in ({}, {"content_note": "off"}))

        assert b"Turn content notes off" in on.content
        assert b"Content notes are off." in off.content
    assert len(made) == 2


def test_kept_page_is_also_of_a_visitor_with_the_cookie_of_a_form(made):
    ReviewFactory(themes=[ThemeFactory(slug="distressing", has_content_note=True)])
    writer = Client()
    writer.get("/contact/")
    made.clear()

    pages = [each.get("/themes/distressing/") for each in (writer, Client(), writer)]

    assert len({page.content for page in pages}) == len(made) == 1
    assert not any(page.cookies for page in pages)


def test_kept_page_holds_no_token(made):
    tokens = [re.findall(rb'csrfmiddlewaretoken" value="(\w+)"', Client().get("/contact/").content) for _ in range(2)]

    assert made == ["/contact/"] * 2
    assert tokens[0] != tokens[1]


def test_kept_page_is_not_of_a_visitor_whose_form_cookie_must_be_sent_anew(statement, made):
    broken = visitor(csrftoken="broken")

    for _ in range(2):
        assert "csrftoken" in broken.get("/learning/").cookies
        broken.cookies["csrftoken"] = "broken"

    assert not Client().get("/learning/").cookies
    assert not broken.get("/learning/").content.count(b"csrfmiddlewaretoken")


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_kept_page_is_neither_given_nor_made_by_whoever_has_a_cookie_of(statement, made, cookie):
    visitor(**{cookie: "anything"}).get("/learning/")
    Client().get("/learning/")
    visitor(**{cookie: "anything"}).get("/learning/")

    assert made == ["/learning/"] * 3


def test_kept_page_is_neither_given_nor_made_by_a_signed_in_person(client, statement, made, django_user_model):
    client.force_login(django_user_model.objects.create_user("demo", password="x"))
    for each in (client, Client(), client, client):
        assert each.get("/learning/").status_code == 200

    assert made == ["/learning/"] * 4


def test_kept_page_of_htmx_is_apart(statement, made):
    address, htmx = "/learning/?kind=fact&page=", {"hx-request": "true"}
    for _ in range(2):
        assert "HX-Push-Url" in Client().get(address, headers=htmx)
        assert "HX-Push-Url" not in Client().get(address)
    assert len(made) == 2


@pytest.mark.parametrize("headers", [{"host": "localhost"}, {"host": "testserver:8000"}])
def test_kept_page_is_of_one_host(statement, made, headers):
    Client().get("/learning/")
    other = Client().get("/learning/", headers=headers)

    assert f"Printed from http://{headers['host']}/learning/".encode() in other.content
    assert len(made) == 2


def test_kept_page_is_of_http_or_of_https(statement, made):
    Client().get("/learning/")

    assert b"Printed from https://" in Client().get("/learning/", secure=True).content
    assert len(made) == 2


def test_kept_page_is_of_the_words_as_they_were_sent(made):
    """Both make the same absolute address: the bytes of an é, and what they spell where each is taken for a letter."""
    raw = Client().get("/search/", QUERY_STRING="q=\u00c3\u00a9")
    quoted = Client().get("/search/", QUERY_STRING="q=%C3%83%C2%A9")

    assert raw.wsgi_request.build_absolute_uri() == quoted.wsgi_request.build_absolute_uri()
    assert len(made) == 2
    assert raw.content != quoted.content


def test_kept_page_is_not_reached_by_a_way_round(made):
    assert Client().get("/learning/").status_code == 200
    assert Client().get("/themes/../learning/").status_code == 404


# --- what is never kept ---------------------------------------------------------------------------------------------


def header(name: str, value: str) -> Callable[[HttpRequest, HttpResponse], None]:
    return lambda request, response: response.__setitem__(name, value)


def another(*arguments: Any, **options: Any) -> Callable[[HttpRequest, HttpResponse], HttpResponse]:
    return lambda request, response: HttpResponse(*arguments, **options)


NEVER = {
    "a cookie": lambda request, response: response.set_cookie("sample", "1"),
    "a token": lambda request, response: get_token(request) and None,
    "a session that was read": lambda request, response: request.session.get("sample"),
    "a session that was begun": lambda request, response: request.session.update({"sample": 1}),
    "a message": lambda request, response: messages.info(request, "Sample"),
    "its own rules": header("Cache-Control", "no-store"),
    "its own tag": header("ETag", '"own"'),
    "a language": header("Vary", "Accept-Language"),
    "more than a cookie": header("Vary", "Cookie, Accept"),
    "anything": header("Vary", "*"),
    "not found": another("Sample", status=404),
    "no page": another(status=204),
    "a stream": lambda request, response: StreamingHttpResponse([b"Sample"]),
    "very much": another("x" * (kept_pages.LARGEST + 1)),
}


@pytest.mark.parametrize("what", NEVER)
def test_kept_page_is_never_one_with(made, what):
    DONE_TO.append(NEVER[what])

    for _ in range(2):
        Client().get("/about/")

    assert made == ["/about/"] * 2


@pytest.mark.parametrize("address", ["/healthz", "/nowhere/", "/admin/login/", "/desk/", "/search/?type=nothing"])
def test_kept_page_is_never_one_of(made, address):
    """All but the last, which shows that the test could fail."""
    for _ in range(2):
        Client().get(address)

    assert len(made) == (1 if address.startswith("/search/") else 2)


def test_kept_page_is_never_one_while_templates_are_worked_on(settings, made):
    settings.DEBUG = True
    for _ in range(2):
        Client().get("/about/")

    assert made == ["/about/"] * 2


# --- never old ------------------------------------------------------------------------------------------------------


def test_kept_page_is_gone_with_the_hold(statement, made):
    address = statement.get_absolute_url()
    assert [Client().get(address).status_code for _ in range(2)] == [200, 200]
    assert made == [address]

    Bulletin.objects.update(state=State.HELD)

    assert Client().get(address).status_code == 404
    assert str(statement).encode() not in Client().get("/learning/").content


@pytest.mark.django_db(transaction=True)
def test_kept_page_is_gone_with_a_hold_by_another_process(statement, made):
    address = statement.get_absolute_url()
    assert [Client().get(address).status_code for _ in range(2)] == [200, 200]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("UPDATE learning_bulletin SET state = 'held'")
    other.close()

    assert Client().get(address).status_code == 404
    assert len(made) == 2


def test_kept_page_holds_again_where_a_write_is_taken_back(statement, made):
    before = Client().get("/learning/").content
    with transaction.atomic():
        Bulletin.objects.update(state=State.HELD)
        within = Client().get("/learning/").content
        transaction.set_rollback(True)

    assert within != before
    assert Client().get("/learning/").content == before
    assert len(made) == 2


def test_kept_page_is_of_the_write_that_came_after_one_taken_back(statement, made):
    """Both make the same number of the revision."""
    with transaction.atomic():
        Theme.objects.create(slug="sample", name="Taken back")
        Client().get("/themes/")
        transaction.set_rollback(True)
    Theme.objects.create(slug="sample", name="Written")

    page = Client().get("/themes/").content

    assert b"Written" in page
    assert b"Taken back" not in page


def test_kept_page_is_of_one_day(statement, made, monkeypatch):
    for day in (date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 2)):
        monkeypatch.setattr(timezone, "localdate", lambda today=day: today)
        Client().get("/learning/")

    assert len(made) == 2


def test_kept_page_is_of_one_version_of_the_code(statement, made, monkeypatch):
    for version in ("one", "one", "two"):
        monkeypatch.setattr(caching, "version_of_site", lambda code=version: code)
        Client().get("/learning/")

    assert len(made) == 2


@pytest.mark.parametrize("address", ["/learning/", "/about/"])
def test_kept_page_is_none_that_a_write_overtook(statement, made, address):
    """Not where it was made again at once, for the rows in it, nor where it was given as it was."""

    def write_once(request: HttpRequest, response: HttpResponse) -> None:
        DONE_TO.clear()
        Bulletin.objects.update(title="Written meanwhile")  # update() asks not who writes, and so for no session

    before = revision()
    DONE_TO.append(write_once)
    Client().get(address)
    go_back_to(before)
    made.clear()

    Client().get(address)

    assert made == [address]


def go_back_to(earlier: Revision) -> None:
    """As the restore of a backup does: nothing else brings a revision back."""
    DataRevision.objects.update(number=earlier.number, token=earlier.token, epoch=earlier.epoch)


@pytest.mark.parametrize("seed", [1, 2])
def test_kept_pages_are_those_that_would_be_made(seed):
    """Of whatever is written: whoever has a cookie of a session gets every page made, and sees the same."""
    world = World(seed)
    anybody, somebody = Client(), visitor(sessionid="unknown")
    for step in range(80):
        done = world.write()
        kind = "statement" if step % 2 else "review"
        asked = urlencode(world.choose(plain_sql.counts(kind, {})), doseq=True)
        for address in (
            "/",
            f"/learning/?{asked}",
            "/questions/",
            "/reviews/",
            f"/bulletins/{world.one(Bulletin).slug}/",
        ):
            known = [anybody.get(address) for _ in range(2)]
            right = somebody.get(address)
            assert {each.status_code for each in known} == {right.status_code}, (step, done, address)
            assert {each.content for each in known} == {right.content}, (step, done, address)
