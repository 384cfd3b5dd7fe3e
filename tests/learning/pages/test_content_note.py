from datetime import date

import pytest
from django.test import Client

from learning.models import SupportLine
from reviews.models import Theme
from tests.factories import ThemeFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme() -> Theme:
    return ThemeFactory(slug="distressing", has_content_note=True)


@pytest.fixture
def line() -> SupportLine:
    return SupportLine.objects.create(
        slug="sample", name="Sample helpline", number="01632 960 000", hours="Day and night", nation="England"
    )


def switch(client: Client, value: str, target: str = "/themes/distressing/"):
    return client.post("/content-note/", {"content_note": value, "next": target})


def test_content_note_opens_a_distressing_page_with_the_lines(client: Client, theme, line):
    page = text_of(client.get("/themes/distressing/"))

    assert "Content note This page speaks of the death or serious harm of a child." in page
    assert page.index("Sample helpline 01632 960 000") < page.index("Nothing is recorded")


def test_content_note_shows_hours_once_somebody_has_confirmed_them(client: Client, theme, line):
    assert "Day and night" not in text_of(client.get("/themes/distressing/"))

    SupportLine.objects.update(checked_on=date(2026, 1, 2))

    assert "Day and night" in text_of(client.get("/themes/distressing/"))


def test_switch_content_note_turns_it_off_and_on_again(client: Client, theme, line):
    switch(client, "off")
    assert "Content note is off." in text_of(client.get("/themes/distressing/"))

    switch(client, "on")
    assert "Content note This page speaks of" in text_of(client.get("/themes/distressing/"))


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
