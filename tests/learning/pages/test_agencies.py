import pytest
from django.test import Client

from learning.models import Addressee
from learning.pages.agencies import words_for
from reviews.models import Agency
from tests.factories import AgencyFactory, ReviewFactory, StatementFactory
from tests.pages import links, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Agency:
    return AgencyFactory(slug="board", name="Safeguarding board or partnership")


@pytest.fixture
def police(board: Agency) -> Agency:
    return AgencyFactory(slug="police", name="Police", sits_on_boards=True)


def addressed(to: Agency, as_printed: str = "the Board", **fields):
    statement = StatementFactory(**{"kind": "recommendation", **fields})
    Addressee.objects.create(statement=statement, as_printed=as_printed, agency=to)
    return statement


def lists_of(client: Client, slug: str) -> dict[str, int]:
    page = client.get(f"/agencies/{slug}/?made-anew")  # a kept page has no context
    return {each["id"]: each["count"] for each in page.context["lists"]}


def test_agency_detail_keeps_apart_what_names_it_and_what_is_addressed_to_it_or_its_board(
    client: Client, police, board
):
    names = StatementFactory(agencies=[police])
    to_it = addressed(police, "the police")
    to_board = addressed(board)

    response = client.get("/agencies/police/")

    shown = {each["id"]: [card["statement"] for card in each["cards"]] for each in response.context["lists"]}
    assert shown == {"named": [names], "addressed": [to_it], "board": [to_board]}


def test_agency_detail_says_that_no_recommendation_names_it(client: Client, police, board):
    StatementFactory(agencies=[police])
    for _ in range(10):
        addressed(board)

    response = client.get("/agencies/police/")

    assert response.context["sentence"] == (
        "None of the recommendations names the police; 10 address a board or partnership that the police belong to."
    )
    assert "No statement is addressed to the police." in text_of(response)
    assert ("All 10 statements", "/learning/?addressed_to=board") in links(response)


def test_agency_detail_sentence_counts_recommendations_only(client: Client, police, board):
    StatementFactory(agencies=[police], kind="recommendation")
    addressed(police, "the police")
    addressed(board, kind="action")

    assert client.get("/agencies/police/").context["sentence"] == (
        "1 recommendation names the police; 1 is addressed to the police; "
        "none addresses a board or partnership that the police belong to."
    )


def test_agency_detail_off_the_boards_has_no_list_of_theirs(client: Client, board):
    AgencyFactory(slug="courts", name="Courts and Cafcass")
    addressed(board)

    response = client.get("/agencies/courts/")

    assert [each["id"] for each in response.context["lists"]] == ["named", "addressed"]
    assert response.context["sentence"] == "None of the recommendations names courts and Cafcass."
    assert "See what reviews ask of boards" in text_of(response)


def test_agency_detail_takes_in_its_parts_and_counts_a_statement_once(client: Client, board):
    health = AgencyFactory(slug="health", name="Health services")
    parts = [AgencyFactory(parent=health, sits_on_boards=True) for _ in range(2)]
    StatementFactory(agencies=[health, *parts])
    addressed(parts[0])

    assert lists_of(client, "health") == {"named": 1, "addressed": 1, "board": 0}


def test_agency_detail_counts_nothing_that_is_not_published(client: Client, police, board):
    hidden = ReviewFactory(state="held")
    StatementFactory(review=hidden, agencies=[police])
    addressed(board, review=hidden)

    assert lists_of(client, "police") == {"named": 0, "addressed": 0, "board": 0}
    assert "0 address" not in text_of(client.get("/agencies/police/"))


def test_agency_detail_lists_nothing_that_is_not_published(client: Client, police, board):
    everybody = AgencyFactory(slug="all-agencies", name="All agencies")
    StatementFactory(review=ReviewFactory(state="held"), agencies=[police, everybody])
    shown = StatementFactory(agencies=[police])

    context = client.get("/agencies/police/").context

    assert [card["statement"] for card in context["lists"][0]["cards"]] == [shown]
    assert context["of_everybody"] == 0
    assert [row["named"] for row in client.get("/agencies/").context["rows"]] == [0, 1, 0]


@pytest.mark.parametrize(
    ("name", "parameter"), [("named", "agency"), ("addressed", "addressed_to"), ("board", "addressed_to")]
)
def test_agency_detail_lists_what_the_filtered_list_does_that_it_links_to(
    client: Client, police, board, name, parameter
):
    for _ in range(2):
        StatementFactory(agencies=[police])
        addressed(police, "the police")
        addressed(board)

    (shown,) = [each for each in client.get("/agencies/police/").context["lists"] if each["id"] == name]
    listed = client.get(shown["all_url"]).context["page"].filters.qs

    assert f"{parameter}=" in shown["all_url"]
    assert {card["statement"].pk for card in shown["cards"]} == {each.pk for each in listed}


def test_agency_detail_mentions_what_is_said_of_everybody_without_counting_it(client: Client, police):
    StatementFactory(agencies=[AgencyFactory(slug="all-agencies", name="All agencies")])

    page = text_of(client.get("/agencies/police/"))

    assert "1 more statement is about all agencies at once" in page
    assert lists_of(client, "police")["named"] == 0


def test_agency_list_counts_what_names_and_what_is_addressed(client: Client, police, board):
    StatementFactory(agencies=[police])
    addressed(board)

    rows = client.get("/agencies/").context["rows"]

    assert [(row["agency"].slug, row["named"], row["addressed"]) for row in rows] == [("police", 1, 0), ("board", 0, 1)]


@pytest.mark.parametrize(
    ("slug", "name", "words", "is_plural"),
    [
        ("police", "Police", "the police", True),
        ("gp", "GPs", "GPs", True),
        ("camhs", "Child and adolescent services (CAMHS)", "child and adolescent services (CAMHS)", True),
        ("childrens-social-care", "Children's social care", "children's social care", False),
        ("mash", "Multi-agency safeguarding hub (MASH)", "the multi-agency safeguarding hub (MASH)", False),
    ],
)
def test_words_for_an_agency_in_a_sentence(slug, name, words, is_plural):
    found = words_for(Agency(slug=slug, name=name))

    assert (found.name, found.is_plural) == (words, is_plural)


def test_agency_detail_of_an_unknown_agency_is_not_found(client: Client):
    assert client.get("/agencies/nobody/").status_code == 404


def test_agency_detail_of_the_police_in_the_five_bulletins(client: Client, bulletins):
    response = client.get("/agencies/police/")

    assert response.context["sentence"] == (
        "None of the recommendations names the police; 11 address a board or partnership that the police belong to."
    )
    assert lists_of(client, "police") == {"named": 4, "addressed": 0, "board": 11}


def test_agency_list_leads_to_the_profession_that_was_chosen(client: Client, police):
    assert client.get("/agencies/?agency=police").headers["Location"] == "/agencies/police/"
    assert client.get("/agencies/?agency=unknown").status_code == 200
