"""The pages that only say something, and the cost of those that count."""

import pytest
from django.test import Client
from django.urls import reverse

from learning.models import Addressee, Progress, Statement, StatementAgency, StatementTheme
from tests.factories import (
    AgencyFactory,
    BoardFactory,
    BulletinFactory,
    ReviewFactory,
    StatementFactory,
    ThemeFactory,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["about", "accessibility", "privacy"])
def test_a_page_says_who_it_is_and_can_be_read_by_all(client: Client, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1
    assert client.post(reverse(name)).status_code == 405


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


# --- how many queries a page takes, which must not grow with what there is -------------------------------------


def crowd(count: int) -> None:
    """``count`` statements on a third as many reviews, all with the same theme, agency and addressee."""
    board = BoardFactory(slug="sampleshire", succeeded_by=BoardFactory(slug="successor"))
    theme = ThemeFactory(slug="theme", parent=ThemeFactory(slug="group"), has_content_note=True)
    police = AgencyFactory(slug="police", sits_on_boards=True, parent=AgencyFactory(slug="justice"))
    bulletins = [BulletinFactory(board=board, first_year=2010 + n, last_year=2010 + n) for n in range(count // 3)]
    reviews = [ReviewFactory(board=board, bulletin=bulletin, themes=[theme, ThemeFactory()]) for bulletin in bulletins]
    first = StatementFactory(bulletin=bulletins[0])
    kinds = [Statement.Kind.RECOMMENDATION, *Statement.Kind]
    place = {"start": first.start, "public_start": 0, "public_end": 1}
    Statement.objects.bulk_create(
        Statement(
            bulletin=reviews[n % len(reviews)].bulletins.get(),
            review=reviews[n % len(reviews)],
            serial=n + 2,
            position=n + 2,
            kind=kinds[n % len(kinds)],
            text="Words.",
            **place,
            end=first.end + n + 1,
        )
        for n in range(count - 1)
    )
    statements = Statement.objects.all()
    StatementTheme.objects.bulk_create(StatementTheme(statement=each, theme=theme) for each in statements)
    StatementAgency.objects.bulk_create(StatementAgency(statement=each, agency=police) for each in statements)
    Progress.objects.bulk_create(
        Progress(statement=each, status="accepted", as_printed="accepted", source_bulletin=each.bulletin)
        for each in statements
    )
    to_board = AgencyFactory(slug="board")
    Addressee.objects.bulk_create(
        Addressee(statement=each, as_printed=name, agency=agency)
        for each in statements
        for name, agency in (("the Board", to_board), ("the police", police))
    )


@pytest.mark.parametrize("count", [3, 300])
def test_pages_take_as_many_queries_however_much_there_is(client: Client, count, django_assert_num_queries):
    crowd(count)
    cost = {
        "/": 11,
        "/themes/": 6,
        "/themes/theme/": 17,
        "/themes/group/": 17,
        "/agencies/": 6,
        "/agencies/police/": 12,
        "/agencies/justice/": 12,
        "/boards/": 2,
        "/boards/sampleshire/": 5,
        "/boards/successor/": 5,
        "/glossary/": 3,
        "/about/": 1,
        "/accessibility/": 1,
        "/privacy/": 1,
        "/contact/": 1,
    }

    for address, queries in cost.items():
        with django_assert_num_queries(queries, info=address):
            client.get(address)
