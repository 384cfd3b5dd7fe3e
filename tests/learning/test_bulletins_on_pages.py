"""The records of the five bulletins, read on the pages that show them."""

import re

import pytest
from django.test import Client
from django.utils.text import capfirst

from reviews.models import Board, Child, Review
from tests.pages import links, text_of

K, R, B = "/reviews/sscb/young-person-k/", "/reviews/southwark/child-r/", "/reviews/milton-keynes/child-b/"
KNOWSLEY = "/reviews/knowsley/child-q-and-child-s/"
WEST_SUSSEX = {name: f"/reviews/west-sussex/{name}/" for name in ("john", "key", "a", "q", "o", "n", "s")}
NOT_STATED, WITHHELD = "not stated", "withheld: not shown here, whether or not it is known"


@pytest.fixture(autouse=True)
def five_bulletins(bulletins):
    """Every test here reads the five bulletins."""


def words_of(client: Client, address: str) -> str:
    return text_of(client.get(address))


def facts_of(client: Client, address: str) -> list[dict[str, str]]:
    """What a review's page tells of each of its children: by the name of each fact, its value.

    Of one child what is untold stands under its reason; of several, in the cell of each.
    """
    context = client.get(address).context
    if context["children_table"] is None:
        rows = {row.term: row.value for row in context["child_rows"]}
        untold = {
            name: reason for reason in (NOT_STATED, WITHHELD) for name in rows.get(capfirst(reason), "").split("; ")
        }
        return [{**rows, **untold}]
    names, *columns = zip(*context["children_table"]["rows"], strict=True)
    return [{name["text"]: cell["text"] for name, cell in zip(names, column, strict=True)} for column in columns]


# --- what is told of reviews and children ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["n", "s"])
def test_a_review_that_waited_for_an_investigation_says_why_it_is_shown(client: Client, name):
    page = words_of(client, WEST_SUSSEX[name])

    assert "Why this record is shown: as at winter 2017/18" in page
    assert "“yet to be published due to ongoing criminal investigation”" in page


@pytest.mark.parametrize("name", ["john", "key", "a", "q", "o"])
def test_no_other_review_says_so(client: Client, name):
    assert "Why this record is shown" not in words_of(client, WEST_SUSSEX[name])


def test_what_is_not_told_is_withheld_or_not_stated(client: Client):
    k, q, o = (facts_of(client, address)[0] for address in (K, WEST_SUSSEX["q"], WEST_SUSSEX["o"]))

    assert (k["Placement"], k["Age at the incident"]) == (NOT_STATED, "11 to 15")
    assert (q["Broad ethnic group"], q["Age at the incident"]) == (WITHHELD, "16 to 17")
    assert o["Broad ethnic group"] == WITHHELD


def test_the_placement_of_young_person_k_was_earlier(client: Client):
    assert "Secure accommodation, the one placement that it names, was earlier" in words_of(client, K)


@pytest.mark.parametrize(("address", "child"), [(R, 0), (KNOWSLEY, 0), (KNOWSLEY, 1)])
def test_children_with_lifelong_anonymity_were_seriously_harmed_and_no_more_is_told(client: Client, address, child):
    facts = facts_of(client, address)[child]

    assert facts["Outcome"] == "Seriously harmed"
    of_the_child = ("Age at the incident", "Broad ethnic group", "Placement", "Year of the incident")
    assert {facts[name] for name in of_the_child} == {WITHHELD}


def test_the_two_children_of_knowsley(client: Client):
    q, s = facts_of(client, KNOWSLEY)

    assert q["Category of the plan"] == s["Category of the plan"] == "Neglect"
    assert (q["Care status earlier"], s["Care status earlier"]) == (NOT_STATED, "Child protection plan")
    assert q["Care status at the incident"] == s["Care status at the incident"] == "Looked after (care order)"
    page = words_of(client, KNOWSLEY)
    assert "does not say whether there was an entry in the register or a plan" in page
    assert "Child S: a plan, then a full care order." in page


# --- our own words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["families from other countries", "illness", "hard to engage", "at risk of", "foreseen and answered"]
)
def test_summaries_say_nothing_that_their_source_does_not(words):
    assert not Review.objects.filter(summary__contains=words).exists()


# --- themes of reviews ----------------------------------------------------------------------------------------------


def themes_of(client: Client, address: str) -> dict[str, set[str]]:
    """The slugs of the themes of a case, by who assigned them."""
    by = client.get(address).context["themes_by"]
    return {group["tags"][0].assigned_by: {tag.theme.slug for tag in group["tags"]} for group in by}


def test_drugs_are_misused_in_a_general_lesson_of_s_and_not_in_its_case(client: Client):
    assert "drug-misuse" not in set().union(*themes_of(client, WEST_SUSSEX["s"]).values())
    (found,) = client.get("/learning/", {"q": '"may be given drugs"'}).context["page"].items
    tags = {tag.theme.slug for tag in found["statement"].shown_tags}
    assert tags >= {"drug-misuse", "vulnerability-of-babies", "ingestion-of-drugs-by-a-child"}


def test_no_review_is_said_to_be_about_antisocial_behaviour(client: Client):
    assert client.get("/themes/socially-unacceptable-behaviour/").context["review_count"] == 0


def test_a_possible_suicide_is_marked_and_counted_apart(client: Client):
    page = words_of(client, "/themes/suicide/")

    assert "Possible suicide, conclusion not stated" in page
    assert "3 by the source, 1 by the editors." in page
    assert "Possible suicide, conclusion not stated" in words_of(client, B)


def test_sexual_abuse_is_alleged_in_child_r(client: Client):
    assert "sexual-abuse" in themes_of(client, R)["curator"]
    assert "As alleged: the bulletin mentions a sexual offence against R that “remains untried”." in words_of(client, R)


def test_the_page_of_a_baby_who_died_opens_with_the_content_note(client: Client):
    assert "About a child’s death" in words_of(client, WEST_SUSSEX["o"])


# --- boards ---------------------------------------------------------------------------------------------------------


def test_milton_keynes_leads_to_the_partnership_of_today(client: Client):
    assert ("MK Together Partnership", "/boards/milton-keynes-partnership/") in links(
        client.get("/boards/milton-keynes/")
    )


@pytest.mark.parametrize("address", ["/boards/", "/reviews/", "/bulletins/", K, "/boards/sscb/", "/themes/suicide/"])
def test_the_board_that_prints_only_initials_is_named_wherever_it_stands(client: Client, address):
    page = words_of(client, address)

    assert re.search(r"SSCB \(identified as Sunderland(?: Safeguarding Children Board)?\)", page)
    assert not re.search(r"Young Person K,? SSCB(?! \(identified)", page)


def test_suggestions_and_pickers_tell_the_two_boards_apart(client: Client, admin_client: Client):
    offered = client.get("/search/suggest/", {"q": "child r"}).json()["suggestions"]
    assert "Review, Southwark Safeguarding Children Board" in {one["detail"] for one in offered}
    offered = client.get("/search/suggest/", {"q": "young person"}).json()["suggestions"]
    assert "Review, SSCB (identified as Sunderland Safeguarding Children Board)" in {one["detail"] for one in offered}
    listed = text_of(admin_client.get("/admin/reviews/review/"))
    assert "SSCB (identified as Sunderland Safeguarding Children Board): Young Person K" in listed
    assert Board.objects.get(slug="sscb").name == "SSCB"


# --- where a passage stands -----------------------------------------------------------------------------------------


def test_a_recommendation_under_the_heading_of_another_child_shows_its_lead_sentence(statement_pages):
    lead = "The independent author made five recommendations, which the Board have accepted. They are:"
    of_knowsley = [
        page
        for page in statement_pages
        if page.statement.kind == "recommendation" and page.statement.bulletin.slug.startswith("knowsley")
    ]

    assert len(of_knowsley) == 5
    assert all(lead in text_of(page.response) for page in of_knowsley)


# --- nobody is identifiable -----------------------------------------------------------------------------------------


def test_no_text_about_a_child_with_lifelong_anonymity_tells_dates_numbers_or_media(client: Client):
    """Of the case: what the bulletins say of themselves keeps its dates."""
    anonymous = Child.objects.filter(has_lifelong_anonymity=True).values("review")
    told = {
        review.get_absolute_url(): [
            words_of(client, bulletin.get_absolute_url()) for bulletin in review.bulletins.published()
        ]
        for review in Review.objects.filter(pk__in=anonymous).select_related("board")
    }

    assert set(told) == {R, KNOWSLEY, WEST_SUSSEX["john"], WEST_SUSSEX["key"]}
    for page in (words for pages in told.values() for words in pages):
        assert not re.search(r"(?i)\b(media report|newspaper|press release|appeal|national alert)", page)
        assert not re.search(r"\b\d+ (?:hours|nights|days|placements|moves|(?:different )?social workers)\b", page)
    knowsley = told[KNOWSLEY][0]
    assert not re.search(r"\b[Ii]n (?:mid-|early |late )?(?:19|20)\d\d\b", knowsley)
    assert "missing from care for [length of time removed], having spent [length of time removed] at the" in knowsley
    assert "one which led to [detail removed]." in knowsley
    assert "a series of [number removed] different social workers and [number removed] placements" in told[R][0]


def test_the_method_of_a_possible_suicide_is_told_nowhere(client: Client):
    assert "He was later found [method removed]." in words_of(client, "/bulletins/child-b-2010/")
    for words in ("hanging", "hanged", "hang"):
        for tab in ("reviews", "learning", "bulletins"):
            sections = client.get("/search/", {"q": words, "type": tab}).context["page"].sections
            assert not [section for section in sections if section.results], (words, tab)
