"""What each page asks of the database: as much for three statements as for three hundred, and never too much."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from learning.catalogue import current
from learning.models import (
    Addressee,
    Bulletin,
    CuratorNote,
    GlossaryTerm,
    Link,
    Progress,
    PublicText,
    ResponseCheck,
    StartHere,
    Statement,
    StatementAgency,
    StatementOccasion,
    StatementTheme,
)
from learning.search.backends import remembered
from learning.search.index import rebuild_index
from learning.urls import urlpatterns
from reviews.models import Agency, Board, Review, Theme
from tests.factories import (
    AgencyFactory,
    BoardFactory,
    BulletinFactory,
    ChildFactory,
    ReviewFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

NARROWED = "year=2011&nature=not-stated&age_band=not-stated&care_status=looked-after"
COST = {
    "/": 4,
    "/reviews/": 6,
    f"/reviews/?{NARROWED}": 6,
    "/reviews/?q=words": 7,
    "/reviews/?theme=unknown": 2,
    "/reviews/sampleshire/whole/": 11,
    "/learning/": 5,
    f"/learning/?{NARROWED}": 5,
    "/learning/?q=words": 6,
    "/learning/?theme=unknown": 2,
    "/recommendations/": 5,
    "/recommendations/?status=accepted&sort=board": 5,
    "/recommendations/?status=unknown": 2,
    "/learning/{statement}/": 8,
    "/learning/{statement}/like/": 7,
    "/questions/": 6,
    "/questions/?occasion=supervision&agency=police&theme=theme": 6,
    "/questions/?theme=unknown": 2,
    "/themes/": 2,
    "/themes/theme/": 10,
    "/themes/group/": 10,
    "/agencies/": 2,
    "/agencies/police/": 5,
    "/agencies/justice/": 5,
    "/bulletins/": 4,
    "/bulletins/?board=sampleshire": 4,
    "/bulletins/whole/": 10,
    "/bulletins/passages/": 10,
    "/bulletins/metadata/": 6,
    "/boards/": 2,
    "/boards/sampleshire/": 7,
    "/boards/successor/": 7,
    "/search/": 3,
    "/search/?q=words": 11,
    "/search/?q=words&type=learning": 7,
    "/search/?q=wrods": 5,
    "/search/?q=words+nowhere": 12,
    "/search/?q=words+wrods+nowhere": 12,
    "/search/?q=words+nowhere&type=learning": 8,
    "/search/suggest/?q=words": 4,
    "/glossary/": 5,
    "/about/": 2,
    "/accessibility/": 2,
    "/privacy/": 2,
    "/contact/": 1,
    "/families/": 1,
    "/support/": 2,
}


@pytest.mark.parametrize("count", [3, 300])
def test_a_page_takes_as_many_queries_however_much_there_is(client: Client, count):
    statement = crowd(count)
    current()  # of a process that has answered before

    found = {address: queries(client, address.format(statement=statement.pk)) for address in COST}

    assert found == COST


def test_no_page_takes_more_than_twelve():
    assert max(COST.values()) <= 12


def test_every_page_is_measured():
    measured = {resolve(address.partition("?")[0].format(statement=1)).url_name for address in COST}

    assert {pattern.name for pattern in urlpatterns} - measured == {"content_note"}  # a redirect


def queries(client: Client, address: str) -> int:
    remembered.answers.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(captured)


# --- a crowd ----------------------------------------------------------------------------------------------------


def crowd(count: int) -> Statement:
    """``count`` statements with all that a page can show: a third in a bulletin that may be read as a whole, a third
    in one of which only passages may be shown, the others each in a review of its own. Returns a part of a list."""
    board = BoardFactory(slug="sampleshire", name="Words Board", succeeded_by=BoardFactory(slug="successor"))
    theme = ThemeFactory(slug="theme", name="Words", parent=ThemeFactory(slug="group"), has_content_note=True)
    whole, passages, _ = (big_bulletin(board, theme, rights, count) for rights in Bulletin.Rights.values)
    others = [
        review_of(board, BulletinFactory(board=board, first_year=2011, last_year=2011), theme, n)
        for n in range(count // 3)
    ]
    statements = [
        statement_of(bulletin, n)
        for n in range(count // 3)
        for bulletin in (whole, passages, others[n].bulletins.get())
    ]
    question = statement_of(passages, count // 3)
    question.kind = Statement.Kind.QUESTION
    Statement.objects.bulk_create([*statements, question])
    Statement.objects.filter(bulletin=whole, position__gt=1).update(parent=statements[0])
    tag(theme)
    for start in (theme, theme.parent):
        StartHere.objects.create(theme=start, statement=statements[0], position=1, reason="It says it all.")
    GlossaryTerm.objects.create(bulletin=whole, term="ABC", expansion="A Better Choice", basis="printed")
    rebuild_index()
    return statements[-3] if count > 3 else statements[0]


def big_bulletin(board: Board, theme: Theme, rights: str, count: int) -> Bulletin:
    slug = {"full-text": "whole"}.get(rights, rights)
    bulletin: Bulletin = BulletinFactory(
        board=board, slug=slug, title=f"Words {slug}", rights=rights, first_year=2011, last_year=2011
    )
    blocks = [{"kind": "paragraph", "start": 10 * n, "end": 10 * n + 8, "level": 0, "label": ""} for n in range(count)]
    PublicText.objects.filter(bulletin=bulletin).update(text="Words AB\n\n" * count, blocks=blocks)
    review = review_of(board, bulletin, theme, slug)
    Link.objects.create(bulletin=bulletin, position=1, title="A link")
    CuratorNote.objects.create(bulletin=bulletin, review=review, text="A note.")
    ResponseCheck.objects.create(
        bulletin=bulletin, review=review, result="response-exists", title="A response", as_printed="Words"
    )
    return bulletin


def review_of(board: Board, bulletin: Bulletin, theme: Theme, slug: Any) -> Review:
    review: Review = ReviewFactory(
        board=board, bulletin=bulletin, slug=str(slug), label=f"Words {slug}", themes=[theme]
    )
    ChildFactory(review=review, care_statuses=["looked-after", "adopted"])
    return review


def statement_of(bulletin: Bulletin, n: int) -> Statement:
    kinds = [Statement.Kind.RECOMMENDATION, *Statement.Kind]
    place = {"start": 10 * n, "end": 10 * n + 8, "public_start": 10 * n, "public_end": 10 * n + 8}
    return Statement(
        bulletin=bulletin,
        review=bulletin.reviews.get(),
        serial=n + 1,
        position=n + 1,
        kind=kinds[n % len(kinds)],
        text="Words AB",
        **place,
    )


def tag(theme: Theme) -> None:
    """Every statement has the theme, names the police, and is addressed to them and to a board, and made progress."""
    police = AgencyFactory(slug="police", sits_on_boards=True, parent=AgencyFactory(slug="justice"))
    asked: list[tuple[str, Agency]] = [("the Board", AgencyFactory(slug="board")), ("the police", police)]
    statements = Statement.objects.select_related("bulletin")
    StatementTheme.objects.bulk_create(StatementTheme(statement=each, theme=theme) for each in statements)
    StatementAgency.objects.bulk_create(StatementAgency(statement=each, agency=police) for each in statements)
    Addressee.objects.bulk_create(
        Addressee(statement=each, as_printed=name, agency=agency) for each in statements for name, agency in asked
    )
    StatementOccasion.objects.bulk_create(
        StatementOccasion(statement=each, occasion=occasion, assigned_by="curator")
        for each in statements
        if each.kind == Statement.Kind.QUESTION
        for occasion in StatementOccasion.Occasion.values
    )
    Progress.objects.bulk_create(
        Progress(statement=each, status="accepted", as_printed="accepted", source_bulletin=each.bulletin)
        for each in statements
    )
