"""The page of one statement."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from learning.components.statement_card import card, is_old
from learning.models import Addressee, Bulletin, Progress, PublicText, Statement, StatementAgency, StatementTheme
from reviews.models import Review
from reviews.state import State
from tests.factories import (
    WITHHELD,
    AgencyFactory,
    BoardFactory,
    BulletinFactory,
    ChildFactory,
    ReviewFactory,
    StatementFactory,
    ThemeFactory,
)
from tests.pages import links, markup, text_of, words_in

pytestmark = pytest.mark.django_db


def page(client, statement):
    return client.get(statement.get_absolute_url())


def sample_text():
    """A bulletin of three paragraphs, whose second holds a statement; and that statement."""
    bulletin = BulletinFactory(
        text="The paragraph above.\n\nSome words. The finding. More words.\n\nThe paragraph below."
    )
    ReviewFactory(bulletin=bulletin, label="Child Z")
    return bulletin, StatementFactory(bulletin=bulletin, text="The finding.", number="10")


# --- its words and where they stand -----------------------------------------------------------------------------


def test_statement_detail_heading_is_kind_number_review_and_board(client):
    review = ReviewFactory(label="Child Z", board=BoardFactory(name="Sampleshire Board"))
    statement = StatementFactory(review=review, number="3a", kind="recommendation", text="Write it down.")

    response = page(client, statement)

    assert words_in(response, "h1") == ["Recommendation 3a Child Z, Sampleshire Board"]
    assert words_in(response, "article blockquote") == ["Write it down."]


def test_statement_detail_of_no_review_stands_under_its_bulletin(client):
    bulletin = BulletinFactory(title="Sample briefing", board=BoardFactory(name="Sampleshire Board"))
    statement = StatementFactory(bulletin=bulletin, review=None)

    assert page(client, statement).context["of"] == "Sample briefing, Sampleshire Board"


def test_statement_detail_marks_the_passage_between_its_whole_neighbours(client):
    bulletin, statement = sample_text()

    response = page(client, statement)

    passage = ["The paragraph above.", "Some words. The finding. More words.", "The paragraph below."]
    assert [words for words in words_in(response, "main p") if words in passage] == passage
    assert words_in(response, "mark") == ["The finding."]
    place = f"{bulletin.get_absolute_url()}#passage-{statement.pk}"
    assert ("Read this in the full text", place) in links(response)


def test_statement_detail_shows_a_redaction_in_the_surroundings(client):
    bulletin, statement = sample_text()
    PublicText.objects.filter(bulletin=bulletin).update(redactions=[{"start": 4, "end": 13, "reason": "It names."}])

    assert words_in(page(client, statement), '[title="It names."]') == ["paragraph"]


@pytest.mark.parametrize("reason", ["rights", "held"])
def test_statement_detail_shows_the_passage_alone_where_the_text_may_not_be_read(client, reason):
    bulletin, statement = sample_text()
    if reason == "rights":
        Bulletin.objects.update(rights="passages")
    else:
        ReviewFactory(bulletin=bulletin, state=State.HELD)

    response = page(client, statement)

    assertContains(response, "<mark>The finding.</mark>", html=True)
    assertNotContains(response, "The paragraph above.")
    assertNotContains(response, "Read this in the full text")


def test_statement_detail_lead_in_is_shown_and_linked(client):
    parent = StatementFactory(kind="action", number="8", text="We will ensure that:")
    part = StatementFactory(bulletin=parent.bulletin, kind="action", parent=parent, text="children are heard")

    response = page(client, part)

    assert "We will ensure that:" in words_in(response, ".statement__lead-in")
    assert ("Action 8", parent.get_absolute_url()) in links(response)


def test_statement_detail_of_a_parent_lists_its_parts(client):
    parent = StatementFactory(kind="action", text="We will ensure that:")
    part = StatementFactory(bulletin=parent.bulletin, kind="action", parent=parent, text="children are heard")

    assertContains(page(client, parent), f'<a href="{part.get_absolute_url()}">children are heard</a>', html=True)


# --- what is known about it -------------------------------------------------------------------------------------


def test_statement_detail_says_what_the_words_do_not(client):
    statement = StatementFactory(
        kind="fact", number_status="lost", form="prose", breaks_off=True, citation="CEOP, 2011"
    )

    rows = {row.term: row.value for row in page(client, statement).context["rows"]}

    assert rows["Number"] == "Its number was lost in the source."
    assert rows["Form"].startswith("A finding in prose")
    assert rows["Complete"] == "No. The words break off in the source."
    assert rows["Cited source"] == "CEOP, 2011"


def test_statement_detail_names_the_child_that_it_is_about(client):
    review = ReviewFactory()
    statement = StatementFactory(review=review, child=ChildFactory(review=review, pseudonym="Child S"))

    rows = {row.term: row.value for row in page(client, statement).context["rows"]}

    assert rows["About"] == "Child S"


def test_statement_detail_addressees_stand_as_printed_and_as_mapped(client):
    statement = StatementFactory(kind="recommendation")
    agency = AgencyFactory(name="Safeguarding board", slug="safeguarding-board")
    Addressee.objects.create(statement=statement, as_printed="the Board", agency=agency)

    text = markup(page(client, statement))

    assert "“the Board”" in text
    assert 'Read by the editors as <a href="/agencies/safeguarding-board/">Safeguarding board</a>' in text


def test_statement_detail_agencies_that_it_names_are_linked(client):
    statement = StatementFactory()
    StatementAgency.objects.create(
        statement=statement, agency=AgencyFactory(name="Police", slug="police"), assigned_by="source"
    )

    assert ("Police", "/agencies/police/") in links(page(client, statement))


def test_statement_detail_themes_stand_under_who_assigned_them(client):
    statement = StatementFactory(themes=[ThemeFactory(name="Debt")])
    StatementTheme.objects.create(statement=statement, theme=ThemeFactory(name="Missing"), assigned_by="curator")

    groups = page(client, statement).context["themes_by"]

    assert [(group["label"], [tag.theme.name for tag in group["tags"]]) for group in groups] == [
        ("Themes in its own words", ["Debt"]),
        ("Themes from the editors", ["Missing"]),
    ]


def test_statement_detail_progress_is_quoted_with_its_source_and_date(client):
    statement = StatementFactory(kind="recommendation")
    Progress.objects.create(
        statement=statement,
        status="done",
        as_printed="All teams were trained.",
        source_title="Annual report",
        source_address="www.board.example",
        reported_on=date(2019, 3, 1),
        reported_precision="month",
    )

    response = page(client, statement)

    assert "“All teams were trained.”" in words_in(response, "blockquote")
    assert "March 2019" in text_of(response)
    assert "Annual report www.board.example" in words_in(response, "blockquote + p")


def test_statement_detail_citation_has_the_address_without_the_query(client):
    statement = StatementFactory(version=2)

    response = client.get(statement.get_absolute_url(), {"list": "theme=x"})

    assert response.context["citation"].endswith(f"http://testserver/learning/{statement.pk}/ (version 2)")
    assertContains(response, f'<link rel="canonical" href="http://testserver/learning/{statement.pk}/">', html=True)


def test_statement_detail_says_when_it_was_corrected(client):
    assertContains(page(client, StatementFactory(corrected_on=date(2026, 5, 4))), "corrected on 4 May 2026")


def test_statement_detail_same_idea_elsewhere_says_why(client):
    theme = ThemeFactory(name="Escalation")
    statement = StatementFactory(themes=[theme])
    other = StatementFactory(themes=[theme], text="The same in other words.")

    response = page(client, statement)

    assert [one["statement"] for one in response.context["related"]] == [other]
    assert "Shares the theme Escalation" in words_in(response, "article > p")


def test_statement_detail_leads_to_its_neighbours_in_the_bulletin(client):
    first = StatementFactory()
    bulletin = first.bulletin
    second, third = StatementFactory(bulletin=bulletin), StatementFactory(bulletin=bulletin)
    StatementFactory(bulletin=bulletin, review=ReviewFactory(bulletin=bulletin, state=State.HELD), position=2)

    contexts = [page(client, one).context for one in (first, second, third)]

    assert [(context["previous"], context["next"]) for context in contexts] == [
        (None, second),
        (first, third),
        (second, None),
    ]


def test_statement_detail_leads_back_to_the_narrowed_list(client):
    response = client.get(StatementFactory().get_absolute_url(), {"list": "learning:kind=fact"})

    assert ("Back to the results", "/learning/?kind=fact") in links(response)


# --- what others may find ---------------------------------------------------------------------------------------


def test_statement_detail_of_a_child_with_lifelong_anonymity_is_not_indexed(client):
    review = ReviewFactory()
    ChildFactory(review=review, **WITHHELD)

    response = page(client, StatementFactory(review=review))

    assertContains(response, '<meta name="robots" content="noindex">', html=True)
    assertNotContains(response, "og:")


def test_statement_detail_social_card_has_none_of_the_words(client):
    review = ReviewFactory(label="Child Z", board=BoardFactory(name="Sample Board"), summary="Our summary.")
    statement = StatementFactory(review=review, text="Words of the bulletin.")

    meta = page(client, statement).context["meta"]

    assert (meta.title, meta.description) == ("Learning point, Child Z, Sample Board", "Our summary.")


# --- visibility -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.HELD])
@pytest.mark.parametrize("model", [Review, Bulletin])
def test_statement_detail_is_not_found_with_a_hidden_bulletin_or_review(client, state, model):
    statement = StatementFactory()
    model.objects.update(state=state)

    assert page(client, statement).status_code == 404


@pytest.mark.parametrize("model", [Review, Bulletin])
def test_statement_detail_is_gone_with_a_withdrawn_bulletin_or_review(client, model):
    statement = StatementFactory()
    model.objects.update(state=State.WITHDRAWN, withdrawn_reason="The family asked for it.")

    assertContains(page(client, statement), "The family asked for it.", status_code=410)


def test_statement_detail_without_rights_to_the_words_is_not_found(client):
    statement = StatementFactory()
    Bulletin.objects.update(rights="metadata")

    assert page(client, statement).status_code == 404


def test_statement_detail_of_a_number_too_large_for_the_database_is_not_found(client):
    assert client.get("/learning/99999999999999999999999/").status_code == 404


# --- in lists ---------------------------------------------------------------------------------------------------


def test_card_leads_to_the_statement_and_remembers_the_list():
    statement = StatementFactory()

    assert card(statement)["url"] == f"/learning/{statement.pk}/"
    assert (
        card(statement, "learning:theme=suicide")["url"] == f"/learning/{statement.pk}/?list=learning%3Atheme%3Dsuicide"
    )


@pytest.mark.parametrize(
    ("today", "expected"), [(date(2021, 7, 1), False), (date(2021, 7, 2), True), (date(2020, 12, 31), False)]
)
def test_is_old_counts_five_years_from_the_date(today, expected):
    bulletin = Bulletin(published_on=date(2016, 7, 1), published_precision="day", last_year=2016)

    assert is_old(bulletin, today) is expected


@pytest.mark.parametrize(("last_year", "expected"), [(2016, False), (2015, True), (None, False)])
def test_is_old_without_a_date_goes_by_the_last_year_of_learning(last_year, expected):
    assert is_old(Bulletin(last_year=last_year), date(2021, 7, 1)) is expected


# --- the five bulletins -----------------------------------------------------------------------------------------


def test_statement_detail_never_tells_how_a_child_died(statement_pages):
    for each in statement_pages:
        assertNotContains(each.response, "hanging from")
        assertNotContains(each.response, "strangulation")


def test_statement_detail_joins_a_sentence_that_a_page_break_splits(client, bulletins):
    statement = Statement.objects.published().get(text__startswith="research was commissioned")

    assert statement.text.endswith("returning back to their carer")
    assertContains(page(client, statement), "returning back to their")


def test_statement_detail_of_a_fact_says_that_it_has_no_citation(client, bulletins):
    statement = Statement.objects.published().get(text__startswith="90 %")

    rows = {row.term: row.value for row in page(client, statement).context["rows"]}

    assert rows["Cited source"] == "none given"


def test_statement_detail_runs_no_more_than_twelve_queries(statement_pages):
    assert not [each.statement.pk for each in statement_pages if each.queries > 12]


@pytest.mark.usefixtures("bulletins")
def test_statement_detail_shows_a_trigger_with_the_sentence_that_it_completes(client):
    trigger = Statement.objects.get(text="living with mental illness")

    words = text_of(client.get(trigger.get_absolute_url()))

    assert "often triggered by upsetting experiences such as: living with mental illness" in words
