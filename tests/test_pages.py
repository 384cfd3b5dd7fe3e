"""The pages that only say something."""

import pytest
from django.test import Client
from django.urls import reverse

from learning.models import Bulletin, Statement
from reviews.models import Agency, Board, Review, Theme
from tests.pages import text_of
from tests.test_narrow_pages_in_browser import PAGES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["about", "accessibility", "privacy"])
def test_a_page_says_who_it_is_and_can_be_read_by_all(client: Client, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.usefixtures("bulletins")
def test_every_page_has_one_heading_of_the_first_level(client: Client):
    statement, bulletin, review = (model.objects.published()[0] for model in (Statement, Bulletin, Review))
    records = [statement, bulletin, review, *(model.objects.all()[0] for model in (Theme, Agency, Board))]
    addresses = [*PAGES, *(record.get_absolute_url() for record in records), f"{statement.get_absolute_url()}like/"]

    headings = {address: client.get(address).content.decode().count("<h1") for address in addresses}

    assert set(headings.values()) == {1}, headings


def test_about_tells_every_kind_of_statement(client: Client):
    page = text_of(client.get("/about/"))

    assert not [label for label in Statement.Kind.labels if label not in page]


def test_privacy_names_every_cookie(client: Client, settings):
    page = text_of(client.get("/privacy/"))

    names = ["content-note", settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME]
    assert not [name for name in names if name not in page]


def test_a_reader_gets_no_cookie(client: Client):
    client.get("/")
    client.get("/themes/")

    assert not client.cookies


def test_health_answers(client: Client):
    assert client.get("/healthz").json() == {"status": "ok"}
