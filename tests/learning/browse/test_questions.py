"""/questions/: what bulletins ask, by occasion, theme and agency; on paper each is a card with its source."""

import re

import pytest
from django.http import QueryDict
from django.test import Client

from learning.browse.table_filters import QuestionFilter
from learning.models import Addressee, Statement, StatementOccasion
from tests.factories import AgencyFactory, BulletinFactory, ReviewFactory, StatementFactory, ThemeFactory
from tests.pages import links, text_of

pytestmark = pytest.mark.django_db
ALL = "Which? Who? What next? How?"


def suit(statement: Statement, *occasions: str, by: str = "curator") -> Statement:
    for occasion in occasions:
        StatementOccasion.objects.create(statement=statement, occasion=occasion, assigned_by=by)
    return statement


@pytest.fixture
def questions() -> list[Statement]:
    """Four of one bulletin, in this order: of no occasion, of two, of the last, and of the first as the source says."""
    health = AgencyFactory(slug="health", name="Health")
    gp, police = AgencyFactory(slug="gp", name="GPs", parent=health), AgencyFactory(slug="police", name="Police")
    theme = ThemeFactory(slug="neglect", parent=ThemeFactory(slug="harm"))
    review = ReviewFactory(
        label="Child Z", bulletin=BulletinFactory(period="Winter 2017", first_year=2017, last_year=2017)
    )
    bulletin = review.bulletins.get()
    which, who, what, how = (
        StatementFactory(bulletin=bulletin, kind="question", text=text) for text in re.findall(r"\w[^?]*\?", ALL)
    )
    who.themes.add(theme, through_defaults={"assigned_by": "source"})
    who.agencies.add(police, through_defaults={"assigned_by": "source"})
    Addressee.objects.create(statement=what, as_printed="the GPs", agency=gp)
    Addressee.objects.create(statement=how, as_printed="everybody")
    suit(who, "own-reflection", "team-meeting")
    suit(what, "own-reflection")
    suit(how, "supervision", by="source")
    StatementFactory(bulletin=bulletin, kind="learning_point", text="No question.", themes=[theme], agencies=[police])
    return [which, who, what, how]


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("", ALL),
        ("theme=neglect", "Who?"),
        ("theme=harm", "Who?"),
        ("theme=not-stated", "Which? What next? How?"),
        ("agency=police", "Who?"),
        ("agency=health", "What next?"),
        ("agency=not-stated", "Which?"),
        ("agency=police&agency=not-stated", "Which? Who?"),
        ("occasion=supervision", "How?"),
        ("occasion=team-meeting", "Who?"),
        ("occasion=own-reflection", "Who? What next?"),
        ("occasion=not-stated", "Which?"),
        ("occasion=own-reflection&agency=police", "Who?"),
        ("theme=unknown", ""),
        ("q=nothing", ALL),
        ("kind=fact", ALL),
    ],
)
def test_question_filter_finds_exactly(questions, query, texts):
    filters = QuestionFilter(QueryDict(query))

    assert " ".join(filters.qs.order_by("pk").values_list("text", flat=True)) == texts
    assert set(filters.keys_at(filters.found)) == set(filters.qs.values_list("pk", flat=True))


def test_question_filter_counts_those_that_name_an_agency_or_are_addressed_to_it(questions):
    counts = QuestionFilter(QueryDict("")).counts()

    assert {value: number for value, number in counts["agency"].items() if number} == {
        "police": 1,
        "health": 1,
        "gp": 1,
        "not-stated": 1,
    }
    assert counts["occasion"] == {"supervision": 1, "team-meeting": 1, "own-reflection": 2, "not-stated": 1}


def shown(client: Client, query: str = "") -> list[str]:
    """The headings of groups and the words of the questions, in their order."""
    page = client.get(f"/questions/?{query}").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    found = re.findall(r"<h2[^>]*>(For [^<]+)</h2>|<h3[^>]*><a[^>]*>([^<]+)", main)
    return [heading or words for heading, words in found]


def test_question_list_groups_by_occasion_and_shows_each_question_once(client, questions):
    assert shown(client) == [
        "For supervision", "How?", "For a team meeting", "Who?", "For your own reflection", "What next?",
        "For any occasion", "Which?",
    ]  # fmt: skip
    assert shown(client, "occasion=own-reflection") == ["For your own reflection", "Who?", "What next?"]


def test_question_list_says_how_many_there_are_who_chose_the_occasion_and_where_each_comes_from(client, questions):
    response = client.get("/questions/")
    page = text_of(response)

    assert "4 questions" in page
    assert "Suitable for: supervision (the source says so)" in page
    assert "Suitable for: team meeting (the editors’ choice), own reflection (the editors’ choice)" in page
    assert page.count("Child Z, ") == 4
    assert len(re.findall(r"Child Z, [^.]*?\b2017\b", page)) == 4
    for question in questions:
        address = question.get_absolute_url()
        assert (question.text, f"{address}?list=questions%3A") in links(response)
        assert f"http://testserver{address}" in page  # on paper


def test_a_question_leads_back_to_the_list(client, questions):
    response = client.get("/questions/?agency=police")
    address = dict(links(response))["Who?"]

    assert "/questions/?agency=police" in dict(links(client.get(address))).values()


def test_question_list_has_a_box_for_each_filter_that_keeps_what_is_chosen(client, questions):
    page = client.get("/questions/?agency=police&occasion=team-meeting").content.decode()

    assert re.findall(r'<select id="filter-\w+" name="(\w+)"', page) == ["occasion", "theme", "agency"]
    assert re.findall(r'<option value="([\w-]+)" selected>([^<]+)<', page) == [
        ("team-meeting", "Team meeting (1)"),
        ("police", "Police (1)"),
    ]
    assert '<option value="gp"' not in page  # it would leave nothing


@pytest.mark.parametrize("number", [1, 20, 21, 45])
def test_question_list_is_read_in_pages(client, number):
    for n in range(number):
        suit(StatementFactory(kind="question", text=f"Question {n}?"), StatementOccasion.Occasion.values[n % 3])
    pages = -(-number // 20)

    words = [line for page in range(1, pages + 1) for line in shown(client, f"page={page}") if line[:3] != "For"]

    assert sorted(words) == sorted(f"Question {n}?" for n in range(number))
    assert "There is no page" in text_of(client.get(f"/questions/?page={pages + 1}"))


def test_question_list_without_questions_says_so(client):
    StatementFactory()

    assert "No questions yet" in text_of(client.get("/questions/"))
    assert "No questions match all of these filters" in text_of(client.get("/questions/?occasion=supervision"))


@pytest.mark.parametrize("path", ["/questions/", "/learning/", "/reviews/"])
def test_a_list_is_for_search_engines_as_long_as_it_is_not_narrowed(client, questions, path):
    assert "noindex" not in client.get(path).content.decode()
    assert "noindex" in client.get(f"{path}?theme=neglect").content.decode()
    assert "noindex" in client.get(f"{path}?page=1").content.decode()


def test_the_list_of_statements_has_the_occasions_too(client, questions):
    page = text_of(client.get("/learning/?occasion=own-reflection"))

    assert "2 statements" in page
    assert "Occasion: Own reflection" in page


def test_a_question_says_on_its_page_what_it_suits(client, questions):
    assert "Suits team meeting, own reflection The editors’ choice." in text_of(
        client.get(questions[1].get_absolute_url())
    )
    assert "Suits supervision The source says so." in text_of(client.get(questions[3].get_absolute_url()))
    assert "Suits" not in text_of(client.get(questions[0].get_absolute_url()))


def test_an_agencys_page_shows_the_questions_that_fit_it(client, questions):
    response = client.get("/agencies/police/")
    page = text_of(response)

    assert "Questions for police 1" in page.replace("the police", "police")
    assert [card["statement"] for card in response.context["questions"]["cards"]] == [questions[1]]
    assert "1 question is for every reader: questions to no agency in particular." in page
    assert ("questions to no agency in particular", "/questions/?agency=not-stated") in links(response)


def test_an_agencys_page_says_that_no_question_fits_it(client, questions):
    AgencyFactory(slug="housing", name="Housing")

    page = text_of(client.get("/agencies/housing/"))

    assert "No question names housing or is addressed to housing." in page
    assert "1 question is for every reader" in page


def test_an_agencys_page_leads_to_all_its_questions(client):
    police = AgencyFactory(slug="police", name="Police")
    for _ in range(6):
        StatementFactory(kind="question", agencies=[police])

    assert ("All 6 questions", "/questions/?agency=police") in links(client.get("/agencies/police/"))
