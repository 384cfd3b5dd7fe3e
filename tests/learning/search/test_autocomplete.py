import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.models import Board
from reviews.state import State
from tests.factories import AgencyFactory, BoardFactory, BulletinFactory, ReviewFactory, StatementFactory, ThemeFactory
from tests.learning.search.test_results import HOSTILE

pytestmark = pytest.mark.django_db


def offered(client, text):
    response = client.get("/search/suggest/", {"q": text.encode(errors="replace")})
    assert response.status_code == 200
    return response.json()["suggestions"]


def labels(client, text):
    return [each["label"] for each in offered(client, text)]


@pytest.fixture
def world():
    ThemeFactory(name="Child sexual exploitation", slug="cse", synonyms="CSE\ngrooming")
    ThemeFactory(name="Going missing", synonyms="running away")
    AgencyFactory(name="Children's social care", synonyms="CSC")
    board = BoardFactory(name="Sampleshire Board", short_name="SB", slug="sampleshire")
    ReviewFactory(label="Serious Case Review S", aliases=["Child S"], board=board, slug="s")
    ReviewFactory(label="Child Sam", board=board)


def test_suggest_offers_names_by_the_beginnings_of_their_words(client, world):
    assert labels(client, "expl") == ["Child sexual exploitation"]
    assert labels(client, "sexual child") == ["Child sexual exploitation"]
    assert labels(client, "ploit") == []
    assert labels(client, "SAMPLE") == ["Sampleshire Board"]
    assert labels(client, "social") == ["Children's social care"]


def test_suggest_puts_what_begins_as_typed_first_and_other_names_last(client, world):
    assert labels(client, "child s") == [
        "Serious Case Review S", "Child sexual exploitation", "Child Sam", "Children's social care"
    ]  # fmt: skip
    assert labels(client, "child") == [
        "Child sexual exploitation", "Child Sam", "Children's social care", "Serious Case Review S"
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["children's s", "childrens s", "children’s social", "children social"])
def test_suggest_reads_over_apostrophes(client, world, text):
    assert labels(client, text) == ["Children's social care"]


def test_suggest_says_what_each_is_and_leads_there(client, world):
    assert offered(client, "cse") == [
        {"label": "Child sexual exploitation", "detail": "Theme, also called CSE", "url": "/themes/cse/"}
    ]
    assert offered(client, "child s")[0] == {
        "label": "Serious Case Review S",
        "detail": "Review, Sampleshire Board, also called Child S",
        "url": "/reviews/sampleshire/s/",
    }


def test_suggest_offers_no_hidden_record(client):
    board = BoardFactory(name="Secret Board")
    ReviewFactory(label="Secret Review", aliases=["Secret Name"], state=State.DRAFT, board=board)
    held = ReviewFactory(label="Open", aliases=["Secret Alias"])
    type(held).objects.filter(pk=held.pk).update(state=State.HELD)

    assert labels(client, "secret") == []


def test_suggest_leaves_no_visible_record_out_for_hidden_ones(client, monkeypatch):
    monkeypatch.setattr("learning.search.autocomplete.MOST_ALIASES", 2)
    ReviewFactory(label="Open", aliases=["Quartz"])
    for _ in range(3):
        ReviewFactory(label="Hidden", aliases=["Quartz"], state=State.DRAFT)

    assert labels(client, "quartz") == ["Open"]


def test_suggest_offers_no_withheld_board(client, world):
    Board.objects.update(is_withheld=True)

    assert labels(client, "sampleshire") == []
    assert offered(client, "child sam")[0]["detail"] == "Review, A board whose name is withheld"


def test_suggest_offers_eight_at_most_and_few_of_a_kind_while_there_are_others(client):
    for number in range(12):
        ThemeFactory(name=f"Quartz theme {number}")
    board = BoardFactory(name="Quartz Board")
    bulletin = BulletinFactory(board=board)
    for number in range(12):
        ReviewFactory(label=f"Quartz {number}", board=board, bulletin=bulletin)

    details = [each["detail"].split(",")[0] for each in offered(client, "quartz")]

    assert sorted(details) == ["Board", *3 * ["Review"], *4 * ["Theme"]]


def test_suggest_puts_themes_with_more_statements_first(client):
    ThemeFactory(name="Quartz one")
    StatementFactory(themes=[ThemeFactory(name="Quartz two")])

    assert labels(client, "quartz") == ["Quartz two", "Quartz one"]


@pytest.mark.parametrize("text", ["", "a", " ", "-", *HOSTILE])
def test_suggest_answers_hostile_text(client, world, text):
    assert len(offered(client, text)) <= 8


def test_suggest_takes_few_queries(client, world):
    offered(client, "child")
    with CaptureQueriesContext(connection) as captured:
        offered(client, "child s")

    assert len(captured) <= 4  # of these two see that nothing has changed


def test_suggest_may_only_be_read(client):
    assert client.post("/search/suggest/").status_code == 405
