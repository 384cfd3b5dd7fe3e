"""The board of a draft: one of the list, or one that is new; and its reviews, which stand under the same."""

import pytest

from learning.intake.publication.blockers import publish_blockers
from learning.models import Bulletin
from reviews.models import Board, Review
from tests.factories import BoardFactory
from tests.learning.intake.desk.site import add, signed_in

pytestmark = pytest.mark.django_db

TEXT = "Learning from Child Z\n\nKey learning points\n\n- Listen to Child Z.\n- Write it down.\n"


@pytest.fixture
def editor():
    return signed_in("editor")


@pytest.fixture
def bulletin(editor):
    return add(editor, TEXT)


def facts(bulletin, **changes):
    bulletin.draft.refresh_from_db()
    sent = {"version": bulletin.draft.version, "title": bulletin.title, "board": bulletin.board_id}
    return sent | {"kind": bulletin.kind, "rights": bulletin.rights} | changes


def boards_of(bulletin):
    bulletin = Bulletin.objects.get(pk=bulletin.pk)
    review = bulletin.reviews.get()
    return {bulletin.board.name, review.board.name, review.reporting_board.name}


def test_a_board_that_is_not_in_the_list_is_named_and_added(editor, bulletin):
    editor.post(f"/desk/{bulletin.pk}/facts/", facts(bulletin, new_board="  Sampleshire  Safeguarding Board "))

    assert boards_of(bulletin) == {"Sampleshire Safeguarding Board"}
    board = Board.objects.get(name="Sampleshire Safeguarding Board")
    assert board.slug == "sampleshire-safeguarding-board"
    assert board.history.first().history_user.username == "editor"


def test_a_board_that_is_there_is_not_added_again(editor, bulletin):
    there = BoardFactory(name="Sampleshire Safeguarding Board")

    editor.post(f"/desk/{bulletin.pk}/facts/", facts(bulletin, new_board="SAMPLESHIRE safeguarding board"))

    assert Bulletin.objects.get(pk=bulletin.pk).board == there
    assert boards_of(bulletin) == {there.name}


def test_an_abbreviation_names_no_board_and_nothing_that_was_typed_is_lost(editor, bulletin):
    response = editor.post(f"/desk/{bulletin.pk}/facts/", facts(bulletin, title="Another title", new_board="SSCB"))

    page = response.content.decode()
    assert response.status_code == 422
    assert "Enter the full name of the board." in page
    assert 'value="SSCB"' in page
    assert 'value="Another title"' in page


def test_the_reviews_of_a_draft_go_with_it_to_its_board(editor, bulletin):
    board = BoardFactory()
    taken = Review.objects.create(board=board, reporting_board=board, label="Child Z", slug="child-z")

    editor.post(f"/desk/{bulletin.pk}/facts/", facts(bulletin, board=board.pk))

    assert boards_of(bulletin) == {board.name}
    assert bulletin.reviews.get().slug == "child-z-2"
    taken.refresh_from_db()
    assert taken.slug == "child-z"


def test_a_review_whose_board_was_chosen_before_stays_there(editor, bulletin):
    other = BoardFactory(name="Otherfold Board")
    bulletin.reviews.update(board=other, reporting_board=other)

    editor.post(f"/desk/{bulletin.pk}/facts/", facts(bulletin, board=BoardFactory().pk))

    assert bulletin.reviews.get().board == other


def test_nothing_is_published_under_a_board_that_nobody_knows(editor, bulletin):
    Bulletin.objects.filter(pk=bulletin.pk).update(board=BoardFactory())

    told = [reason.text for reason in publish_blockers(bulletin)]

    assert "Child Z: choose its board." in told


def test_the_address_follows_the_title_until_it_is_published(editor, bulletin):
    assert bulletin.slug.startswith("learning-from-child-z")

    editor.post(f"/desk/{bulletin.pk}/facts/", facts(bulletin, title="What we learned about sleep"))

    assert Bulletin.objects.get(pk=bulletin.pk).slug == "what-we-learned-about-sleep"


def test_an_address_that_somebody_chose_stays(editor, bulletin):
    Bulletin.objects.filter(pk=bulletin.pk).update(slug="sleep")

    editor.post(f"/desk/{bulletin.pk}/facts/", facts(bulletin, title="What we learned about sleep"))

    assert Bulletin.objects.get(pk=bulletin.pk).slug == "sleep"


def test_the_address_of_a_review_follows_its_label(editor, bulletin):
    review = bulletin.reviews.get()
    assert review.slug == "child-z"
    bulletin.draft.refresh_from_db()
    sent = {"label": "Child Zed", "type": review.type, "nature": review.nature, "summary": ""}
    fields = {f"review-{review.pk}-{name}": value for name, value in sent.items()}

    editor.post(f"/desk/{bulletin.pk}/reviews/", {**fields, "version": bulletin.draft.version})

    review.refresh_from_db()
    assert (review.label, review.slug) == ("Child Zed", "child-zed")
