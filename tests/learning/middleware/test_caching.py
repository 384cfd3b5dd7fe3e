"""Pages that a browser has already are not made again, and nothing old is ever served for new."""

import pytest
from django.db import connection

from learning.models import SupportLine
from reviews.state import State
from tests.factories import BulletinFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    return StatementFactory(bulletin=BulletinFactory(), review=None)


def again(client, address: str, tag: str, **headers: str):
    return client.get(address, headers={"if-none-match": tag, **headers})


@pytest.mark.parametrize(
    "address", ["/", "/learning/", "/reviews/?sex=male", "/themes/", "/search/?q=words", "/about/"]
)
def test_a_page_that_nothing_has_changed_is_not_sent_again(client, statement, address):
    first = client.get(address)

    second = again(client, address, first["ETag"])

    assert {*first["Cache-Control"].split(", ")} == {"no-cache", "private"}
    assert {"Cookie", "HX-Request"} <= {name.strip() for name in first["Vary"].split(",")}
    assert (second.status_code, second.content) == (304, b"")
    assert "Content-Security-Policy" in second


def test_whoever_has_not_the_cookie_of_a_form_gets_the_page_again(client):
    first = client.get("/contact/")
    second = client.get("/contact/")

    assert "csrftoken" in first.cookies
    assert not first.has_header("ETag")
    assert again(client, "/contact/", second["ETag"]).status_code == 304
    client.cookies.clear()
    assert again(client, "/contact/", second["ETag"]).status_code == 200


def test_a_browser_that_has_any_page_has_not_this_one(client, statement):
    assert again(client, "/learning/", "*").status_code == 200


@pytest.mark.parametrize(
    "write",
    [
        lambda statement: type(statement).objects.filter(pk=statement.pk).update(kind="fact"),
        lambda statement: type(statement.bulletin).objects.update(state=State.HELD),
        lambda statement: SupportLine.objects.create(slug="line", name="A line", number="0800", hours="always"),
    ],
)
def test_any_write_makes_the_page_new(client, statement, write):
    tag = client.get("/learning/")["ETag"]
    write(statement)

    assert again(client, "/learning/", tag).status_code == 200


def test_the_tag_is_of_one_address_one_day_and_one_way_of_asking(client, statement):
    tag = client.get("/learning/")["ETag"]

    assert again(client, "/learning/?kind=fact", tag).status_code == 200
    assert again(client, "/learning/", tag, **{"hx-request": "true"}).status_code == 200
    client.cookies["content-note"] = "off"
    assert again(client, "/learning/", tag).status_code == 200


def test_a_signed_in_person_is_always_answered_anew(client, statement, django_user_model):
    tag = client.get("/learning/")["ETag"]
    client.force_login(django_user_model.objects.create_user("demo", password="x"))

    response = again(client, "/learning/", tag)

    assert response.status_code == 200
    assert "ETag" not in response


@pytest.mark.parametrize("address", ["/nowhere/", "/healthz"])
def test_what_is_no_page_has_no_tag(client, address):
    assert "ETag" not in client.get(address)


@pytest.mark.django_db(transaction=True)
def test_a_page_among_writes_that_never_end_is_of_one_moment(client, monkeypatch):
    """What is written with a hold shows nowhere, even where three attempts in a row were overtaken."""
    bulletin = BulletinFactory(title="Sample title")
    StatementFactory(bulletin=bulletin, review=None)
    monkeypatch.setattr("learning.catalogue.store.Pins.still_holds", lambda pins: False)
    isolation = []

    def look(execute, sql, *arguments):
        isolation.append(connection.in_atomic_block)
        return execute(sql, *arguments)

    with connection.execute_wrapper(look):
        response = client.get(bulletin.get_absolute_url())

    assert response.status_code == 200
    assert isolation[-1]
    assert not connection.in_atomic_block
