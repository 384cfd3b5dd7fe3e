"""The page of one review."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from learning.catalogue import current
from learning.models import CuratorNote, Progress, StatedCount
from learning.pages.stated_counts import claims
from reviews.models import Board, ChildCareStatus, Review, ReviewTheme
from reviews.state import State
from tests.factories import (
    WITHHELD,
    BoardFactory,
    BulletinFactory,
    ChildFactory,
    ReviewFactory,
    StatementFactory,
    ThemeFactory,
)
from tests.pages import links, markup, text_of, words_in

pytestmark = pytest.mark.django_db


def page(client: Client, review: Review):
    return client.get(review.get_absolute_url())


def rows_of(response, name="rows"):
    return {row.term: (row.value, row.note) for row in response.context[name]}


def grouped(response):
    return [(group.kind, [entry["statement"] for entry in group.entries]) for group in response.context["groups"]]


# --- the case ---------------------------------------------------------------------------------------------------


def test_review_detail_board_and_label_stand_together(client):
    review = ReviewFactory(label="Child Z", board=BoardFactory(name="Sampleshire Board"))

    response = page(client, review)

    assert response.context["meta"].title == "Child Z, Sampleshire Board"
    assertContains(response, "<h1>Child Z</h1>", html=True)
    assertContains(response, "Sampleshire Board")


def test_review_detail_years_are_those_of_learning(client):
    bulletin = BulletinFactory(first_year=2017, last_year=2018, period="Winter 2017/2018")
    review = ReviewFactory(bulletin=bulletin)

    assert page(client, review).context["years"] == "2017 to 2018"


def test_review_detail_state_of_the_report_is_as_at_a_date_in_the_printed_words(client):
    review = ReviewFactory(
        report_state="not-yet-published", report_state_as_at="July 2015", report_state_as_printed="not yet published"
    )

    assert rows_of(page(client, review))["Full report"] == (
        "Completed, not yet published, as at July 2015",
        "“not yet published”",
    )


def test_review_detail_commissioning_board_that_is_not_named_is_as_printed(client):
    board = BoardFactory(name="Sampleshire Board")
    review = ReviewFactory(board=board, commissioned_by_as_printed="a neighboring authority")

    rows = rows_of(page(client, review))

    assert rows["Commissioned by"][0] == "“a neighboring authority”"
    assert rows["Reported by"] == ("Sampleshire Board", "")


def test_review_detail_identification_of_a_board_stands_beside_it_with_its_source(client):
    board = BoardFactory(name="SSB", identified_as="Sampleshire Board", identification_source="its own response")
    review = ReviewFactory(board=board, commissioning_board=board)

    assert rows_of(page(client, review))["Board"] == (
        "SSB (identified as Sampleshire Board)",
        "Identified by the editors, from its own response.",
    )


def test_review_detail_of_a_withheld_board_never_names_it(client):
    review = ReviewFactory(board=BoardFactory(name="Hushshire", short_name="HSB", slug="x"))
    Board.objects.update(is_withheld=True, identified_as="Quietshire", identification_source="a source")

    response = page(client, review)

    assertContains(response, "A board whose name is withheld")
    assert [word for word in ("Hushshire", "HSB", "Quietshire") if word in markup(response)] == []


def test_review_detail_shows_aliases_and_who_gave_them(client):
    review = ReviewFactory(label="SCR Z", aliases=["Child Z"])

    assert rows_of(page(client, review))["Also called"] == ("Child Z", "")


def test_review_detail_names_the_visible_bulletins_only(client):
    review = ReviewFactory(bulletin=BulletinFactory(title="Seen bulletin"))
    draft = BulletinFactory(title="Draft bulletin", state=State.DRAFT, reviews=[review])

    response = page(client, review)

    assertContains(response, "Seen bulletin")
    assertNotContains(response, draft.title)


def test_review_detail_summary_is_marked_as_the_editors(client):
    review = ReviewFactory(summary="A sample child. Sample services.")

    assert "In short by the editors A sample child." in text_of(page(client, review))


def test_review_detail_theme_of_the_case_says_who_assigned_it(client):
    review = ReviewFactory(themes=[ThemeFactory(name="Debt")])
    ReviewTheme.objects.update(note="one general sentence names it")
    named = ThemeFactory(name="Missing")
    ReviewTheme.objects.create(review=review, theme=named, assigned_by="source", note="“missing from care”")

    response = page(client, review)

    assert ("Missing", named.get_absolute_url()) in links(response)
    assert words_in(response, "#themes h3, #themes dt, #themes dd") == [
        *("Named by the source", "Missing", "“missing from care”"),
        *("Assigned by the editors", "Debt", "one general sentence names it"),
    ]


@pytest.mark.parametrize("tagged", ["review", "statement"])
def test_review_detail_content_note_for_a_theme_of_the_case_or_of_a_statement(client, tagged):
    theme = ThemeFactory(has_content_note=True)
    review = ReviewFactory(themes=[theme] if tagged == "review" else [])
    StatementFactory(review=review, themes=[theme] if tagged == "statement" else [])

    assertContains(page(client, review), "Content note")


def test_review_detail_without_a_distressing_theme_has_no_content_note(client):
    assertNotContains(page(client, ReviewFactory(themes=[ThemeFactory()])), "Content note")


@pytest.mark.parametrize(("year", "is_old"), [(2010, True), (2999, False)])
def test_review_detail_old_learning_says_so(client, year, is_old):
    review = ReviewFactory(bulletin=BulletinFactory(first_year=year, last_year=year))

    assert ("follow current local procedures." in text_of(page(client, review))) is is_old


# --- its children -----------------------------------------------------------------------------------------------


def test_review_detail_one_child_is_told_in_bands_and_untold_values_are_spelt_out(client):
    review = ReviewFactory()
    child = ChildFactory(review=review, pseudonym="Child Z", age_band="11-to-15", sex="female", ethnicity="withheld")
    ChildCareStatus.objects.create(child=child, status="looked-after", legal_basis="care-order")
    ChildCareStatus.objects.create(child=child, status="child-protection-plan", when="earlier")

    rows = {term: value for term, (value, _) in rows_of(page(client, review), "child_rows").items()}

    assert rows == {
        "Described as": "Child Z",
        "Age at the incident": "11 to 15",
        "Sex": "Female",
        "Care status at the incident": "Looked after (care order)",
        "Care status earlier": "Child protection plan",
        "Not stated": "Outcome; Placement; Category of the plan; Year of the incident",
        "Withheld: not shown here, whether or not it is known": "Broad ethnic group",
    }


@pytest.mark.parametrize(("nature", "happened"), [("death", "Death"), ("not-stated", "What happened is not stated")])
def test_review_detail_tells_the_folded_case_in_short_and_how_much_is_untold(client, nature, happened):
    review = ReviewFactory(nature=nature)
    ChildFactory(review=review, age_band="11-to-15", ethnicity="withheld")

    in_short = page(client, review).context["case_in_short"]

    assert in_short == f"{happened}, 11 to 15. 8 facts not stated or withheld."


def test_review_detail_several_children_stand_side_by_side(client):
    review = ReviewFactory()
    ChildFactory(review=review, pseudonym="Child Q", sex="female")
    ChildFactory(review=review, pseudonym="multiple children", is_group=True, sex="withheld")

    table = page(client, review).context["children_table"]

    assert [heading["label"] for heading in table["headings"]] == [
        "Detail",
        "Child Q",
        "multiple children (several children, not described individually)",
    ]
    assert ["Sex", "Female", "withheld: not shown here, whether or not it is known"] in [
        [cell["text"] for cell in row] for row in table["rows"]
    ]


def test_review_detail_lifelong_anonymity_keeps_the_page_out_of_search_engines(client):
    review = ReviewFactory(summary="A sample summary.")
    ChildFactory(review=review, **WITHHELD)

    response = page(client, review)

    assertContains(response, '<meta name="robots" content="noindex">', html=True)
    assertNotContains(response, "og:")
    assertContains(response, "stays anonymous for life")


def test_review_detail_social_card_is_our_own_words(client):
    review = ReviewFactory(label="Child Z", board=BoardFactory(name="Sample Board"), summary="A sample summary.")
    StatementFactory(review=review, text="Words of the bulletin.")

    response = page(client, review)

    assertContains(response, '<meta property="og:title" content="Child Z, Sample Board">', html=True)
    assertContains(response, '<meta property="og:description" content="A sample summary.">', html=True)
    assertNotContains(response, "noindex")


def test_review_detail_canonical_link_has_no_query(client):
    review = ReviewFactory()
    path = review.get_absolute_url()

    response = client.get(path, {"list": "theme=x"})

    assertContains(response, f'<link rel="canonical" href="http://testserver{path}">', html=True)


# --- what it teaches --------------------------------------------------------------------------------------------


def test_review_detail_statements_stand_by_kind_in_the_order_of_the_source(client):
    review = ReviewFactory()
    kinds = ["question", "recommendation", "learning_point", "fact", "learning_point", "action", "risk_indicator"]
    made = [StatementFactory(review=review, kind=kind) for kind in kinds]

    assert grouped(page(client, review)) == [
        ("learning_point", [made[2], made[4]]),
        ("recommendation", [made[1]]),
        ("action", [made[5]]),
        ("risk_indicator", [made[6]]),
        ("question", [made[0]]),
        ("fact", [made[3]]),
    ]


def test_review_detail_contents_count_each_kind_and_leave_out_the_empty(client):
    review = ReviewFactory()
    StatementFactory(review=review, kind="question")
    StatementFactory(review=review, kind="question")

    assert page(client, review).context["contents"] == [
        {"id": "question", "label": "Questions", "count": 2},
        {"id": "case", "label": "The case", "count": None},
    ]


def test_review_detail_shows_no_statement_of_several_reviews_or_of_another(client):
    review = ReviewFactory()
    bulletin = review.bulletins.get()
    other = ReviewFactory(bulletin=bulletin)
    for_all = StatementFactory(bulletin=bulletin, review=None, text="Words for all.")
    of_other = StatementFactory(bulletin=bulletin, review=other, text="Words for the other.")

    response = page(client, review)

    assertNotContains(response, for_all.text)
    assertNotContains(response, of_other.text)


def test_review_detail_a_part_has_its_lead_in(client):
    review = ReviewFactory()
    parent = StatementFactory(review=review, kind="action", text="We will ensure that:")
    StatementFactory(review=review, kind="action", parent=parent, text="children are heard")

    assert words_in(page(client, review), ".statement__lead-in").count("We will ensure that:") == 1


def test_review_detail_a_long_lead_in_is_whole_once_and_its_last_sentence_at_each_part(client):
    review = ReviewFactory()
    lead_in = "The model is in place. We will ensure that:"
    parent = StatementFactory(review=review, kind="action", text=lead_in)
    for text in ("children are heard", "staff are trained"):
        StatementFactory(review=review, kind="action", parent=parent, text=text)

    response = page(client, review)

    assert text_of(response).count(lead_in) == 1
    assert words_in(response, ".statement__lead-in").count("… We will ensure that:") == 2


def test_review_detail_says_what_is_prose_lost_or_broken_off(client):
    review = ReviewFactory()
    StatementFactory(review=review, form="prose")
    StatementFactory(review=review, number_status="lost")
    StatementFactory(review=review, breaks_off=True)

    text = markup(page(client, review))

    assert all(said in text for said in ("finding in prose", "number lost in the source", "breaks off here"))


def test_review_detail_progress_stands_under_its_recommendation(client):
    statement = StatementFactory(kind="recommendation")
    Progress.objects.create(
        statement=statement,
        status="accepted",
        as_printed="which the Board have accepted",
        source_bulletin=statement.bulletin,
    )

    text = markup(page(client, statement.review))

    assert "“which the Board have accepted”" in text
    assert "From the bulletin itself" in text
    assert "Accepted" in text


def test_review_detail_progress_from_a_hidden_bulletin_is_hidden(client):
    statement = StatementFactory(kind="recommendation")
    hidden = BulletinFactory(title="Hidden response", state=State.DRAFT)
    Progress.objects.create(statement=statement, status="done", as_printed="It is done.", source_bulletin=hidden)

    response = page(client, statement.review)

    assertNotContains(response, "It is done.")
    assertNotContains(response, "Hidden response")


def test_review_detail_editors_notes_of_the_review_and_of_its_own_bulletin(client):
    review = ReviewFactory()
    own = review.bulletins.get()
    shared = BulletinFactory(reviews=[review, ReviewFactory()])
    CuratorNote.objects.create(bulletin=own, text="Item one is context.")
    CuratorNote.objects.create(bulletin=shared, text="A note for all of them.")
    CuratorNote.objects.create(bulletin=shared, review=review, position=2, text="A note for this one.")

    notes = [note.text for note in page(client, review).context["notes"]]

    assert sorted(notes) == ["A note for this one.", "Item one is context."]


def test_review_detail_of_several_bulletins_says_where_each_statement_is_from(client):
    review = ReviewFactory()
    StatementFactory(review=review)
    later = BulletinFactory(title="Later response", reviews=[review])
    StatementFactory(bulletin=later, review=review)

    text = markup(page(client, review))

    assert f'From <a href="{later.get_absolute_url()}">Later response</a>' in text


def test_review_detail_with_many_statements_shows_some_of_each_kind_and_leads_to_all(client):
    review = ReviewFactory(slug="child-z", board__slug="sampleshire")
    for _ in range(40):
        StatementFactory(review=review, bulletin=review.bulletins.get(), kind="learning_point")
    for _ in range(3):
        StatementFactory(review=review, bulletin=review.bulletins.get(), kind="question")

    response = page(client, review)

    shown = {group.kind: (group.count, len(group.entries)) for group in response.context["groups"]}
    assert shown == {"learning_point": (40, 33), "question": (3, 3)}
    assertContains(response, "/learning/?review=sampleshire/child-z&amp;kind=learning_point")
    assertContains(response, "All 40 learning points from this review")


def test_review_detail_leads_back_to_the_narrowed_list(client):
    response = client.get(ReviewFactory().get_absolute_url(), {"list": "reviews:type=scr"})

    assert ("Back to the results", "/reviews/?type=scr") in links(response)


# --- claimed and listed -----------------------------------------------------------------------------------------


def claimed(review, count, kind="learning_point"):
    bulletin = review.bulletins.get()
    return StatedCount.objects.create(bulletin=bulletin, review=review, kind=kind, count=count, as_printed="as printed")


def test_review_detail_claims_say_listed_claimed_and_findings_in_prose(client):
    review = ReviewFactory()
    for form in ["listed"] * 12 + ["prose"] * 2:
        StatementFactory(review=review, form=form)
    claimed(review, 18)

    assertContains(
        page(client, review),
        "12 listed of the 18 learning points that the bulletin says it has, and 2 findings in prose",
    )


def test_review_detail_claims_without_prose_say_only_what_is_listed(client):
    review = ReviewFactory()
    for _ in range(5):
        StatementFactory(review=review, kind="recommendation")
    claimed(review, 5, kind="recommendation")

    assertContains(page(client, review), "5 listed of the 5 recommendations that the bulletin says it has.")


def test_review_detail_claims_with_nothing_listed_are_still_said(client):
    review = ReviewFactory()
    claimed(review, 1, kind="good_practice")

    response = page(client, review)

    assertContains(response, "0 listed of the 1 example of good practice that the bulletin says it has.")
    assert [item["id"] for item in response.context["contents"]] == ["case"]


def test_visible_claims_count_only_the_same_review_and_no_parts():
    review = ReviewFactory()
    bulletin = review.bulletins.get()
    parent = StatementFactory(bulletin=bulletin)
    part = StatementFactory(bulletin=bulletin, parent=parent)
    other = StatementFactory(bulletin=bulletin, review=ReviewFactory(bulletin=bulletin))

    (claim,) = claims([claimed(review, 3)], [parent, part, other])

    assert claim.words == "1 listed of the 3 learning points that the bulletin says it has"


# --- visibility, neighbours -------------------------------------------------------------------------------------


def test_review_detail_related_reviews_stand_with_board_and_reason(client):
    theme = ThemeFactory(name="Escalation")
    review = ReviewFactory(themes=[theme])
    near = ReviewFactory(label="Child N", board=BoardFactory(name="Near Board"), themes=[theme])

    response = page(client, review)

    assert ("Child N, Near", near.get_absolute_url()) in links(response)
    assert "Child N, Near Shares the theme Escalation" in words_in(response, "main li")


@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.HELD])
def test_review_detail_of_a_hidden_review_is_not_found(client, state):
    assert page(client, ReviewFactory(state=state)).status_code == 404


def test_review_detail_of_a_withdrawn_review_is_gone_with_its_reason(client):
    review = ReviewFactory(state=State.WITHDRAWN, withdrawn_reason="The family asked for it.")

    assertContains(page(client, review), "The family asked for it.", status_code=410)


# --- the five bulletins -----------------------------------------------------------------------------------------


def lines(response) -> list[str]:
    return [claim.words for group in response.context["groups"] for claim in group.claims]


def numbers(response, kind):
    (group,) = [group for group in response.context["groups"] if group.kind == kind]
    return [entry["statement"].number for entry in group.entries]


def test_review_detail_of_child_r_claims_eighteen_and_lists_twelve(client, bulletins):
    response = client.get("/reviews/southwark/child-r/")

    assert lines(response) == [
        "12 listed of the 18 learning points that the bulletin says it has, and 3 findings in prose"
    ]
    assertContains(response, lines(response)[0])


def test_review_detail_of_knowsley_is_one_review_of_two_children(client, bulletins):
    response = client.get("/reviews/knowsley/child-q-and-child-s/")

    assert [child.pseudonym for child in response.context["children"]] == ["Child Q", "Child S"]
    assert lines(response) == ["5 listed of the 5 recommendations that the bulletin says it has"]
    assert [(group.kind, group.count) for group in response.context["groups"]] == [
        ("learning_point", 5),
        ("recommendation", 5),
    ]
    assert "page seven of another document, the Executive Summary" in markup(response)


def test_review_detail_of_knowsley_says_which_numbers_were_lost(client, bulletins):
    response = client.get("/reviews/knowsley/child-q-and-child-s/")

    assert numbers(response, "recommendation") == ["", "", "3", "4", "5"]
    assertContains(response, "number lost in the source", count=2)
    assertContains(response, "“which the Board have accepted”", count=5)


def test_review_detail_of_young_person_k_keeps_the_printed_numbers(client, bulletins):
    response = client.get("/reviews/sscb/young-person-k/")

    assert numbers(response, "recommendation") == ["1", "2", "3a", "3b", "4", "5", "6", "7", "8", "9", "10"]


def test_review_detail_of_child_b_starts_at_two_and_says_why(client, bulletins):
    response = client.get("/reviews/milton-keynes/child-b/")

    assert [number for number in numbers(response, "action") if number] == ["2", "3", "4", "5", "6", "7", "8", "9"]
    assert "Item 1 of the list of actions is context and is not listed, so the list starts at 2." in markup(response)
    assertContains(response, "breaks off here in the source", count=2)


def test_review_detail_of_child_b_marks_suicide_as_the_editors(client, bulletins):
    response = client.get("/reviews/milton-keynes/child-b/")

    tags = {group["label"]: [tag.theme.slug for tag in group["tags"]] for group in response.context["themes_by"]}
    assert "suicide" in tags["Assigned by the editors"]
    assert "suicide" not in tags["Named by the source"]
    assert "suicidal-thoughts" in tags["Named by the source"]


def test_review_detail_of_review_a_names_no_commissioning_board(client, bulletins):
    rows = rows_of(client.get("/reviews/west-sussex/a/"))

    assert rows["Commissioned by"][0] == "“a neighboring authority”"
    assert rows["Reported by"][0] == "West Sussex LSCB"


@pytest.mark.parametrize(
    "path", ["southwark/child-r", "knowsley/child-q-and-child-s", "west-sussex/key", "west-sussex/john"]
)
def test_review_detail_of_lifelong_anonymity_is_kept_out_of_search_engines(client, bulletins, path):
    response = client.get(f"/reviews/{path}/")

    assertContains(response, '<meta name="robots" content="noindex">', html=True)
    assertNotContains(response, "og:")


def test_review_detail_holds_every_statement_of_one_review(client, bulletins):
    for review in Review.objects.published().select_related("board"):
        shown = [statement for _, statements in grouped(page(client, review)) for statement in statements]

        assert sorted(one.pk for one in shown) == sorted(review.statements.values_list("pk", flat=True)), review.slug


def test_review_detail_runs_no_more_than_twelve_queries(client, bulletins, django_assert_max_num_queries):
    current()  # of a process that has answered before
    for review in Review.objects.published().select_related("board"):
        with django_assert_max_num_queries(12):
            page(client, review)
