"""What came in before is told; reviews are linked, kept apart, merged and renamed; every old address leads on."""

import pytest

from learning.intake.drafts import duplicates
from learning.intake.editing.errors import EditRejected
from learning.intake.publication import workflow
from learning.intake.publication.blockers import publish_blockers
from learning.intake.records import merges
from learning.intake.records.history import trace
from learning.models import FormerAddress, Statement
from reviews.models import Review
from tests.learning.intake.people import BULLETIN, completed, everything_stored, imported, published, version

pytestmark = pytest.mark.django_db
OTHER = BULLETIN.replace("Learning from", "More learning from").replace("Ask the child", "Listen to the child")
ELSEWHERE = """Otherford Safeguarding Children Board

A second look at Child Z

Key learning points

- Dentists ought to tell the health visitor about teeth that nobody treats.
- Housing officers see what others do not see and should say so.
"""


@pytest.fixture
def known(editor, publisher):
    return published(editor, publisher)


def kinds(bulletin):
    return [(like.kind, like.record) for like in duplicates.of_bulletin(bulletin)]


# --- told -----------------------------------------------------------------------------------------------------------


def test_nearly_the_same_text_and_the_same_review_are_told(known, editor):
    draft = imported(editor, OTHER)

    assert kinds(draft) == [("same-text", known), ("same-review", known.reviews.get())]


def test_another_text_about_a_review_of_that_name_elsewhere_is_told_and_blocks_nothing(known, editor):
    draft = completed(editor, imported(editor, ELSEWHERE))

    assert kinds(draft) == [("review-elsewhere", known.reviews.get())]
    assert publish_blockers(draft) == []


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [(BULLETIN, BULLETIN.upper(), True), (BULLETIN, OTHER, True), (BULLETIN, ELSEWHERE, False), (BULLETIN, "", False)],
)
def test_likeness_goes_by_the_words(one, other, is_alike):
    share = duplicates.likeness(duplicates.sketch(one), duplicates.sketch(other))

    assert (share >= duplicates.ALIKE) is is_alike


def test_what_is_likely_the_same_must_be_decided_before_it_is_published(known, editor):
    draft = completed(editor, imported(editor, OTHER))
    own, existing = draft.reviews.get(), known.reviews.get()
    assert {reason.anchor for reason in publish_blockers(draft)} == {"duplicates"}

    duplicates.keep_apart(editor, draft, known, "A second edition.")
    duplicates.keep_apart(editor, own, existing, "Two children.")

    assert publish_blockers(draft) == []
    assert kinds(known) == []


# --- linked ---------------------------------------------------------------------------------------------------------


def test_a_draft_is_linked_to_the_review_that_exists(known, editor, publisher):
    draft = completed(editor, imported(editor, OTHER))
    own, existing = draft.reviews.get(), known.reviews.get()
    duplicates.keep_apart(editor, draft, known, "A second edition.")

    duplicates.link_review(editor, draft, version(draft), own, existing)

    assert list(draft.reviews.all()) == [existing]
    assert not Review.objects.filter(pk=own.pk).exists()
    assert {statement.review for statement in draft.statements.all()} == {existing}
    workflow.submit(editor, draft)
    workflow.publish(publisher, draft)
    assert existing.bulletins.count() == 2


def test_only_a_draft_of_this_bulletin_can_be_linked_away(known, editor):
    draft = imported(editor, OTHER)

    with pytest.raises(EditRejected, match="not in the draft"):
        duplicates.link_review(editor, draft, version(draft), known.reviews.get(), draft.reviews.get())


# --- merged and renamed -----------------------------------------------------------------------------------------------


def test_two_reviews_become_one_and_both_addresses_lead_there(client, known, editor, publisher, administrator):
    second = published(editor, publisher, ELSEWHERE)
    keep, other = known.reviews.get(), second.reviews.select_related("board").get()
    old = other.get_absolute_url()
    statements = list(other.statements.values_list("pk", flat=True))

    merges.merge_reviews(administrator, keep, other, "The same child.")

    assert client.get(old).headers["location"] == keep.get_absolute_url()
    assert set(Statement.objects.filter(pk__in=statements).values_list("review", flat=True)) == {keep.pk}
    assert keep.bulletins.count() == 2
    assert keep.children.count() == 1
    assert client.get(keep.get_absolute_url()).status_code == 200


def test_a_review_that_was_renamed_twice_and_back_is_found_at_every_address(client, known, administrator):
    review = known.reviews.select_related("board").get()
    first = review.get_absolute_url()
    second = merges.rename_review(administrator, review, slug="child-z-2021").get_absolute_url()
    third = merges.rename_review(administrator, review, slug="zed", label="Child Zed").get_absolute_url()

    assert [client.get(old).headers["location"] for old in (first, second)] == [third, third]
    assert merges.rename_review(administrator, review, slug="child-z").get_absolute_url() == first
    assert client.get(first).status_code == 200
    assert client.get(third).headers["location"] == first


def test_no_record_takes_an_address_that_another_one_had(known, editor, publisher, administrator):
    second = published(editor, publisher, ELSEWHERE)
    old = known.slug
    merges.rename_bulletin(administrator, known, "renamed")

    with pytest.raises(EditRejected, match="links to it still lead there"):
        merges.rename_bulletin(administrator, second, old)


def test_a_board_that_was_renamed_takes_its_reviews_along(client, known, administrator):
    review = known.reviews.select_related("board").get()
    old_board, old_review = review.board.get_absolute_url(), review.get_absolute_url()

    merges.rename_board(administrator, review.board, "sampleshire")

    assert client.get(old_board).headers["location"] == "/boards/sampleshire/"
    assert client.get(old_review).headers["location"] == "/reviews/sampleshire/child-z/"


def test_a_draft_that_is_renamed_leaves_no_old_address(editor, administrator):
    merges.rename_bulletin(administrator, imported(editor), "renamed")

    assert not FormerAddress.objects.exists()


def test_a_withheld_board_is_named_nowhere_and_its_old_addresses_are_gone(client, known, administrator):
    review = known.reviews.select_related("board").get()
    old = [review.board.get_absolute_url(), review.get_absolute_url()]

    slug = merges.withhold_board(administrator, review.board, "The town is small.")

    assert [client.get(path).status_code for path in old] == [410, 410]
    known.refresh_from_db()
    review = known.reviews.select_related("board").get()
    assert review.board.slug == slug
    for path in (known.get_absolute_url(), review.get_absolute_url(), f"/boards/{slug}/", "/search/?q=sampleshire"):
        page = client.get(path)
        assert page.status_code == 200
        assert "Sampleshire" not in page.content.decode().replace("sampleshire", "")


# --- traced ---------------------------------------------------------------------------------------------------------


def test_a_bulletin_tells_who_did_what_when_why_and_from_which_file(known):
    told = [(event.who, event.what, event.file) for event in trace(known)]

    assert ("publisher", "bulletin is published", "") in told
    assert ("editor", "bulletin is ready for checking", "") in told
    assert ("editor", "bulletin: rights, rights basis changed", "") in told
    assert ("editor", "statement added", "bulletin.txt") in told
    [added] = [event for event in trace(known) if event.what == "statement added"]
    assert added.count == 5


def test_reviews_and_statements_have_their_own_trace(known):
    review, statement = known.reviews.get(), known.statements.first()

    assert ("publisher", "review is published") in [(event.who, event.what) for event in trace(review)]
    assert ("editor", "statement 1 added") in [(event.who, event.what) for event in trace(statement)]


def test_a_trace_holds_no_words_of_the_bulletin(known):
    told = str(trace(known)) + str(trace(known.reviews.get()))

    assert "Ask the child" in everything_stored()
    assert "Ask the child" not in told
    assert "Fennimore" not in told
