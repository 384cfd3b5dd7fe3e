from datetime import date

import pytest
from django.test import Client

from learning.models import SupportLine
from reviews.models import Theme
from tests.factories import ReviewFactory, ThemeFactory
from tests.pages import links, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme() -> Theme:
    theme = ThemeFactory(slug="distressing", name="Self-harm", has_content_note=True)
    ReviewFactory(themes=[theme])
    return theme


@pytest.fixture
def line() -> SupportLine:
    return SupportLine.objects.create(
        slug="sample", name="Sample helpline", number="01632 960 000", hours="Day and night", in_footer=True
    )


def switch(client: Client, value: str, target: str = "/themes/distressing/"):
    form = {"content_note": value, "next": target}
    return client.post("/content-note/", form, headers={"origin": "http://testserver"})


def test_content_note_opens_a_distressing_page_with_the_lines(client: Client, theme, line):
    page = text_of(client.get("/themes/distressing/"))

    assert "Content note: About self-harm." in page
    assert page.index("Sample helpline 01632 960 000 check hours") < page.index("About it")
    assert ("More support lines, by topic and nation", "/support/") in links(client.get("/themes/distressing/"))


def test_content_note_shows_hours_once_somebody_has_confirmed_them(client: Client, theme, line):
    for address in ("/themes/distressing/", "/support/"):
        assert "Day and night" not in text_of(client.get(address))
        assert "check hours" in text_of(client.get(address)).lower()

    SupportLine.objects.update(checked_on=date(2026, 1, 2))

    for address in ("/themes/distressing/", "/support/"):
        assert "Day and night" in text_of(client.get(address))
        assert "check hours" not in text_of(client.get(address)).lower()


def test_switch_content_note_turns_it_off_and_on_again(client: Client, theme, line):
    switch(client, "off")
    assert "Content notes are off." in text_of(client.get("/themes/distressing/"))

    switch(client, "on")
    assert "Content note: About self-harm." in text_of(client.get("/themes/distressing/"))


def test_switch_content_note_is_remembered_for_a_year_out_of_reach_of_scripts(client: Client):
    cookie = switch(client, "off").cookies["content-note"]

    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (365 * 24 * 3600, True, "Lax")


def test_switch_content_note_leads_back_to_the_page(client: Client):
    assert switch(client, "off", "/themes/distressing/?page=2").headers["Location"] == "/themes/distressing/?page=2"


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org", "", "\0"]
)
def test_switch_content_note_leads_nobody_elsewhere(client: Client, target):
    assert switch(client, "off", target).headers["Location"] == "/"


def test_switch_content_note_is_not_done_by_a_link(client: Client):
    assert client.get("/content-note/").status_code == 405


FROM_HERE: list[dict[str, str]] = [
    {"origin": "http://testserver", "sec-fetch-site": "same-origin"},
    {"origin": "http://testserver"},
    {"origin": "https://testserver"},  # of what ends HTTPS before us
    {"sec-fetch-site": "same-origin"},
    {"referer": "http://testserver/themes/distressing/?page=2"},
    {"referer": "https://testserver/"},
]
FROM_ELSEWHERE: list[dict[str, str]] = [
    {},
    {"origin": "https://example.org"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://testserver.example.org"},
    {"origin": "http://testserver:8000"},
    {"origin": "http://[testserver"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
    {"origin": "https://example.org", "sec-fetch-site": "same-origin"},
    {"origin": "null", "referer": "http://testserver/"},
    {"sec-fetch-site": "cross-site", "referer": "http://testserver/"},
    {"referer": "https://example.org/?http://testserver/"},
    {"referer": "http://testserver@example.org/"},
    {"referer": "http://[testserver/"},
    {"referer": "testserver"},
]


@pytest.mark.parametrize("headers", FROM_HERE)
def test_a_page_of_this_site_switches_it_without_a_token(headers):
    client = Client(enforce_csrf_checks=True)

    response = client.post("/content-note/", {"content_note": "off", "next": "/themes/"}, headers=headers)

    assert response.status_code == 302
    assert client.cookies["content-note"].value == "off"


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
def test_no_other_page_switches_it(headers):
    response = Client().post("/content-note/", {"content_note": "off", "next": "/themes/"}, headers=headers)

    assert response.status_code == 403
    assert "Content notes were not turned on or off" in text_of(response)
    assert not response.cookies


def test_a_page_without_https_does_not_switch_it_on_one_with():
    form, origin = {"content_note": "off"}, {"origin": "http://testserver"}

    assert Client().post("/content-note/", form, headers=origin, secure=True).status_code == 403


def test_a_page_with_the_switch_sets_no_cookie_and_holds_no_token(client: Client, theme, line):
    for _ in range(2):
        page = client.get("/themes/distressing/")
        assert not page.cookies
        assert b"csrfmiddlewaretoken" not in page.content
        client.cookies["content-note"] = "off"
