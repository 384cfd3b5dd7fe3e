"""/recommendations/: each recommendation and action once, with its status, whom it asks, and how old it is."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from learning.browse.recommendations import years_since
from learning.browse.return_link import back_link
from learning.browse.table_filters import RecommendationFilter
from learning.catalogue import current
from learning.catalogue.rows import statements_for_cards
from learning.models import Addressee, Bulletin, CurrentStatus, Progress, ResponseCheck, Statement
from learning.models.progress import current_status
from reviews.state import State
from tests import plain_sql
from tests.factories import (
    AgencyFactory,
    BoardFactory,
    BulletinFactory,
    ReviewFactory,
    StatementFactory,
    ThemeFactory,
)
from tests.pages import links, text_of, words_in
from tests.worlds import World, query_of

pytestmark = pytest.mark.django_db
FOLLOWED = ["recommendation", "action"]


def report(statement: Statement, status: str, day: str | None = None, **fields: object) -> Progress:
    position = statement.progress.count() + 1
    source = {"source_bulletin": statement.bulletin} if "source_title" not in fields else {}
    return Progress.objects.create(
        statement=statement, position=position, status=status, as_printed=f"It is {status}", reported_on=day,
        reported_precision="day" if day else "", **source, **fields,
    )  # fmt: skip


def check(bulletin: Bulletin, result: str = "response-exists", **fields: object) -> ResponseCheck:
    title = "The response" if result == "response-exists" else ""
    position = bulletin.response_checks.count() + 1
    return ResponseCheck.objects.create(
        **{"bulletin": bulletin, "result": result, "position": position, "title": title, "looked_on": "2021-05-04"}
        | fields
    )


def status_on(client: Client, statement: Statement) -> str:
    """The status on its card, in the words of a reader."""
    return words_in(client.get(f"/learning/?kind={statement.kind}"), ".statement .outcome")[0]


@pytest.fixture
def three() -> list[Statement]:
    """Two recommendations of one review, to the board and to nobody, and an action of an older one of another board."""
    agency = AgencyFactory(slug="board", name="The board")
    theme = ThemeFactory(slug="neglect", name="Neglect")
    newer = BulletinFactory(published_on=date(2016, 9, 13), published_precision="day", first_year=2016, last_year=2016)
    older = BulletinFactory(first_year=2009, last_year=2010, period="2009/10")
    review = ReviewFactory(bulletin=newer, board=BoardFactory(slug="alton", name="Alton"), label="Child A")
    ReviewFactory(bulletin=older, board=BoardFactory(slug="zedton", name="Zedton"), label="Child Z")
    statements: list[Any] = [
        StatementFactory(bulletin=newer, kind="recommendation", text="Audit the work.", number="1", themes=[theme]),
        StatementFactory(bulletin=newer, kind="recommendation", text="Train the staff.", review=review),
        StatementFactory(bulletin=older, kind="action", text="A policy was written."),
    ]
    StatementFactory(bulletin=newer, kind="learning_point", text="Staff were not trained.")
    Addressee.objects.create(statement=statements[0], as_printed="the Board", agency=agency)
    report(statements[2], "done", "2010-04-12")
    return statements


def words_found(client: Client, query: str = "") -> list[str]:
    return words_in(client.get(f"/recommendations/?{query}"), "tbody th[scope=row] a[href^='/learning/']")


# --- the table --------------------------------------------------------------------------------------------------


def test_each_row_says_words_addressee_review_status_source_and_age(client, three):
    response = client.get("/recommendations/")

    assert words_in(response, "h1") == ["2 recommendations and 1 action from 2 reviews"]
    rows = words_in(response, "table.recommendations tbody tr")
    assert rows[0].startswith("Recommendation 1 Audit the work. To the Board Review Child A, Alton 2016 Status")
    assert "Not looked for" in rows[0]
    assert "To Not named" in rows[1]
    assert "Done (12 April 2010) From the bulletin itself “It is done”" in rows[2]
    assert rows[2].endswith("years")


def test_no_row_says_that_nothing_was_done(client, three):
    page = text_of(client.get("/recommendations/")).lower()

    assert "no response" not in page
    assert "nothing reported" not in page
    assert "neither means that nothing was done." in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Audit the work.", "Train the staff.", "A policy was written."]),
        ("sort=oldest", ["A policy was written.", "Audit the work.", "Train the staff."]),
        ("sort=board", ["Audit the work.", "Train the staff.", "A policy was written."]),
        ("sort=status", ["A policy was written.", "Audit the work.", "Train the staff."]),
        ("status=done", ["A policy was written."]),
        ("status=not-looked-for", ["Audit the work.", "Train the staff."]),
        ("status=done&status=not-looked-for&kind=action", ["A policy was written."]),
        ("addressed_to=board", ["Audit the work."]),
        ("addressed_to=not-stated&sort=oldest", ["A policy was written.", "Train the staff."]),
        ("theme=neglect", ["Audit the work."]),
        ("board=zedton", ["A policy was written."]),
        ("kind=recommendation", ["Audit the work.", "Train the staff."]),
    ],
)
def test_the_whole_state_is_in_the_address(client, three, query, expected):
    assert words_found(client, query) == expected


def test_bars_count_what_each_status_would_leave_and_lead_there(client, three):
    response = client.get("/recommendations/?status=done")

    assert words_in(response, "table.status-bars tbody tr") == ["Done 1", "Not looked for 2"]
    assert ("Not looked for", "/recommendations/?status=not-looked-for") in links(response)
    assert words_in(response, ".status-bars [aria-current]") == ["Done"]


@pytest.mark.parametrize("query", ["status=nonsense", "kind=fact", "page=9", "sort=age"])
def test_what_cannot_be_understood_is_said(client, three, query):
    response = client.get(f"/recommendations/?{query}")

    assert response.status_code == 200
    assert len(words_in(response, "[role=alert] li")) == 1
    assert words_found(client, query) == []


def test_filters_are_fields_that_keep_what_is_chosen(client, three):
    response = client.get("/recommendations/?status=done&status=not-looked-for&theme=neglect")

    assert words_in(response, "select[multiple] option[selected]") == ["Done (0)", "Not looked for (1)"]
    assert words_in(response, "#filter-theme option[selected]") == ["Neglect (1)"]


def test_a_row_leads_to_its_statement_and_that_back(client, three, rf):
    href = dict(links(client.get("/recommendations/?status=done")))["A policy was written."]

    assert back_link(rf.get(href)) == "/recommendations/?status=done"


def test_a_page_holds_twenty_and_stays_small(client, three):
    long = "A recommendation of many words. " * 12
    for number in range(40):
        statement = StatementFactory(bulletin=three[0].bulletin, kind="recommendation", text=f"{number} {long}")
        report(statement, "under-way", "2016-09-13")

    response = client.get("/recommendations/?sort=oldest&page=2")

    assert len(words_in(response, "table.recommendations tbody tr")) == 20
    assert len(response.content) <= 60_000


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"published_on": date(2016, 9, 13)}, "10 years"),
        ({"published_on": date(2016, 12, 13)}, "9 years"),
        ({"published_on": date(2025, 11, 29)}, "1 year"),
        ({"published_on": date(2026, 1, 1)}, "Under a year"),
        ({"last_year": 2017}, "About 9 years"),
        ({}, "Not known"),
    ],
)
def test_age(fields, expected):
    assert years_since(Bulletin(**fields), date(2026, 11, 29)) == expected


# --- the status ---------------------------------------------------------------------------------------------------


@pytest.fixture
def recommendation() -> Statement:
    statement: Statement = StatementFactory(
        kind="recommendation", bulletin=BulletinFactory(reviews=[ReviewFactory()], period="Winter 2017/2018")
    )
    return statement


def test_nothing_is_said_of_what_nobody_follows(client):
    StatementFactory(kind="learning_point")

    assert words_in(client.get("/learning/"), ".statement__status") == []


def test_the_newest_report_counts_and_an_undated_one_is_the_oldest(client, recommendation):
    report(recommendation, "done", "2017-05-01")
    report(recommendation, "under-way", "2016-05-01")
    report(recommendation, "accepted")

    assert status_on(client, recommendation) == "Done (1 May 2017)"


def test_a_report_of_a_hidden_source_does_not_count(client, recommendation):
    report(recommendation, "accepted")
    hidden = BulletinFactory(state=State.HELD)
    Progress.objects.create(
        statement=recommendation, position=9, status="done", as_printed="Done", source_bulletin=hidden,
        reported_on="2020-01-01", reported_precision="year",
    )  # fmt: skip

    assert status_on(client, recommendation) == "Accepted (Winter 2017/2018)"
    assert words_found(client, "status=done") == []


def test_a_response_that_the_bulletin_names(client, recommendation):
    check(recommendation.bulletin, review=recommendation.review, looked_on=None, as_printed="Read the response here")

    said = "A response exists and is not entered here (named in the bulletin, Winter 2017/2018)"
    assert status_on(client, recommendation) == said
    page = text_of(client.get(recommendation.get_absolute_url()))
    assert f"What became of it {said} The response “Read the response here”" in page
    assert f"Response {said} The response “Read the response here”" in text_of(
        client.get(recommendation.review.get_absolute_url())
    )


def test_a_search_without_a_result_says_when(client, recommendation):
    check(recommendation.bulletin, "none-found", review=recommendation.review)

    assert status_on(client, recommendation) == "None found when looked for on 4 May 2021"


def test_a_response_is_not_disproved_by_a_later_look_and_a_report_says_more(client, recommendation):
    review = recommendation.review
    check(recommendation.bulletin, review=review, looked_on="2019-01-01")
    check(recommendation.bulletin, "none-found", review=review)
    assert status_on(client, recommendation).startswith("A response exists and is not entered here (seen on 1 January")

    report(recommendation, "rejected")
    assert status_on(client, recommendation).startswith("Rejected")


def test_what_is_known_of_one_recommendation_overrides_what_is_of_all(client, recommendation):
    other = StatementFactory(bulletin=recommendation.bulletin, kind="action")
    check(recommendation.bulletin, review=recommendation.review)
    check(recommendation.bulletin, "none-found", statement=recommendation)

    assert status_on(client, recommendation).startswith("None found")
    assert status_on(client, other).startswith("A response exists")


def test_a_response_concerns_its_review_and_no_other(client, recommendation):
    elsewhere = StatementFactory(bulletin=recommendation.bulletin, review=None, kind="action")
    check(recommendation.bulletin, review=ReviewFactory(bulletin=recommendation.bulletin))

    assert status_on(client, recommendation) == "Not looked for"
    check(recommendation.bulletin)
    assert status_on(client, elsewhere).startswith("A response exists")
    assert status_on(client, recommendation) == "Not looked for"


def test_words_of_a_bulletin_that_may_not_be_shown_name_no_response(client, recommendation):
    check(recommendation.bulletin, review=recommendation.review, as_printed="Read the response here")
    Bulletin.objects.update(rights=Bulletin.Rights.METADATA)

    page = text_of(client.get(recommendation.review.get_absolute_url()))

    assert "Read the response here" not in page
    assert "A response exists" not in page


def test_every_status_can_be_chosen_in_the_list_of_learning(client, recommendation):
    StatementFactory(kind="fact", bulletin=recommendation.bulletin)

    page = client.get("/learning/?show=status")

    assert "Not looked for 1Neither recommendation nor action 1" in words_in(page, "details#status")[0]
    for status in CurrentStatus.values:
        assert client.get(f"/learning/?status={status}").status_code == 200


# --- and plain SQL --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_found_and_counted_is_what_plain_sql_says(seed):
    world = World(seed)
    facets = RecommendationFilter.in_order
    for _ in range(12):
        world.write()
        counted = plain_sql.counts("statement", {"kind": FOLLOWED})
        counted["kind"] = {kind: number for kind, number in counted["kind"].items() if kind in FOLLOWED}
        chosen = world.choose({name: counted[name] for name in facets})
        asked = RecommendationFilter(query_of(chosen))
        own = {"kind": FOLLOWED} | chosen

        assert asked.is_valid()
        assert set(asked.keys_at(asked.found)) == plain_sql.found("statement", own)
        assert set(asked.qs.values_list("pk", flat=True)) == plain_sql.found("statement", own)
        expected = plain_sql.counts("statement", own)
        for name in facets:
            mine = {value: number for value, number in asked.counts()[name].items() if number}
            assert mine == {value: n for value, n in expected[name].items() if name != "kind" or value in FOLLOWED}


@pytest.mark.parametrize("seed", [5, 6])
def test_a_card_says_the_status_by_which_the_lists_filter(seed):
    world = World(seed)
    seen: set[Any] = set()
    for _ in range(20):
        world.write()
        rows = Statement.objects.published().annotate(now=current_status()).values_list("pk", "now")
        by_key = dict(rows)
        cards: list[Any] = statements_for_cards(current(), [*by_key])

        assert {card.pk: card.status and card.status.code for card in cards} == by_key
        seen |= {*by_key.values()}
    assert len(seen) > 1


@pytest.mark.parametrize("sort", ["newest", "oldest", "board", "status"])
def test_every_order_holds_each_record_once(sort):
    World(4)
    asked = RecommendationFilter(QueryDict(f"sort={sort}"))

    keys = asked.page(sort, 0, len(asked.found))

    assert len(keys) == len(asked.found)
    assert {*keys} == {*asked.keys_at(asked.found)}
    assert [key for start in range(0, len(keys), 7) for key in asked.page(sort, start, start + 7)] == keys
