"""What the database itself refuses, and who sees what."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError

from learning.models import Bulletin, Statement
from reviews.models import Board, Child, Review, Theme
from reviews.state import State
from tests.factories import (
    AgencyFactory,
    BoardFactory,
    BulletinFactory,
    ChildFactory,
    ReviewFactory,
    StatementFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def refused(**changes: object) -> str:
    child = ChildFactory()
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Child.objects.filter(pk=child.pk).update(**changes)
    return str(error.value)


def test_child_has_no_field_that_could_identify():
    assert {field.name for field in Child._meta.get_fields()} == {
        "id", "review", "position", "pseudonym", "is_group", "has_lifelong_anonymity", "age_band", "sex", "ethnicity",
        "placement", "plan_category", "outcome", "incident_year", "incident_year_told", "care_statuses", "statements",
    }  # fmt: skip


def test_lifelong_anonymity_with_an_age_band_is_refused():
    assert "child_lifelong_anonymity_withholds" in refused(has_lifelong_anonymity=True, age_band="11-to-15")


def test_a_year_that_is_not_said_to_be_stated_is_refused():
    assert "child_incident_year_told" in refused(incident_year=2013)


def test_a_review_under_active_proceedings_cannot_be_published():
    review = ReviewFactory()

    with pytest.raises(IntegrityError, match="review_proceedings_force_hold"), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(has_active_proceedings=True)


def test_a_board_that_is_identified_says_so_wherever_it_is_named():
    board = Board(name="SSB", short_name="SSB", identified_as="Sampleshire Board", identification_source="its response")
    told = "SSB (identified as Sampleshire Board)"

    assert (str(board), board.public_name, board.public_short_name) == (told, told, told)
    board.is_withheld = True
    assert {board.public_name, board.public_short_name} == {"A board whose name is withheld"}


def test_an_identification_of_a_board_needs_its_source():
    with pytest.raises(IntegrityError, match="board_identification_has_source"), transaction.atomic():
        BoardFactory(identified_as="Sampleshire Safeguarding Children Board")


@pytest.mark.parametrize("factory", [ThemeFactory, AgencyFactory])
def test_clean_refuses_a_term_below_itself(factory):
    top = factory()
    middle = factory(parent=top)
    bottom = factory(parent=middle)

    for above in (top, middle, bottom):
        top.parent = above
        with pytest.raises(ValidationError, match="Nothing can stand below itself"):
            top.full_clean()


@pytest.mark.parametrize("factory", [ThemeFactory, AgencyFactory])
def test_clean_lets_a_term_move_to_another_branch(factory):
    moved, other = factory(parent=factory()), factory(parent=factory())

    moved.parent = other

    moved.full_clean()


def test_clean_ends_where_others_stand_in_a_circle():
    first, second = ThemeFactory(), ThemeFactory()
    Theme.objects.filter(pk=first.pk).update(parent=second)
    Theme.objects.filter(pk=second.pk).update(parent=first)

    with pytest.raises(ValidationError, match="Nothing can stand below itself"):
        ThemeFactory(parent=first).full_clean()


@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.HELD])
@pytest.mark.parametrize("model", [Review, Bulletin])
def test_nothing_is_visible_unless_review_and_bulletin_are_both_published(model, state):
    statement = StatementFactory()
    record = statement.review if model is Review else statement.bulletin

    model.objects.filter(pk=record.pk).update(state=state)

    assert not Review.objects.published().exists()
    assert not Bulletin.objects.published().exists()
    assert not Statement.objects.published().exists()


def test_a_held_review_hides_its_own_statements_and_the_text_but_not_the_other_review():
    held, kept = ReviewFactory(bulletin=None, state=State.HELD), ReviewFactory(bulletin=None)
    bulletin = BulletinFactory(reviews=[held, kept])
    StatementFactory(bulletin=bulletin, review=held)
    shown = StatementFactory(bulletin=bulletin, review=kept)

    assert list(Statement.objects.published()) == [shown]
    assert list(Bulletin.objects.published()) == [bulletin]
    assert not Bulletin.objects.with_is_whole().get().is_whole  # type: ignore[attr-defined]


def test_a_review_without_a_published_bulletin_is_not_visible():
    ReviewFactory(bulletin=None)

    assert not Review.objects.published().exists()


def test_statements_of_a_bulletin_with_metadata_rights_are_not_public():
    bulletin = BulletinFactory(rights=Bulletin.Rights.METADATA)
    StatementFactory(bulletin=bulletin, review=None)

    assert list(Bulletin.objects.published()) == [bulletin]
    assert not Statement.objects.published().exists()


def test_a_bulletin_goes_with_its_statements_their_parts_and_their_progress():
    parent = StatementFactory(kind="action")
    part = StatementFactory(bulletin=parent.bulletin, kind="action", parent=parent)
    part.progress.create(status="done", as_printed="established", source_bulletin=parent.bulletin)

    parent.bulletin.delete()

    assert not Statement.objects.exists()


def test_a_statement_that_others_complete_is_not_deleted_alone():
    parent = StatementFactory()
    StatementFactory(bulletin=parent.bulletin, parent=parent)

    with pytest.raises(RestrictedError):
        parent.delete()


@pytest.mark.parametrize(
    ("fields", "brief"),
    [
        ({"name": "West Sussex Local Safeguarding Children Board"}, "West Sussex"),
        ({"name": "Milton Keynes Safeguarding Children’s Partnership"}, "Milton Keynes"),
        ({"name": "West Sussex LSCB"}, "West Sussex"),
        ({"name": "Children First Sampleshire"}, "Children First Sampleshire"),
        ({"name": "Safeguarding Board"}, "Safeguarding Board"),
        (
            {"name": "SSCB", "identified_as": "Sunderland Safeguarding Children Board", "identification_source": "x"},
            "SSCB (identified as Sunderland)",
        ),
        ({"name": "Hushshire Board", "is_withheld": True}, "A board whose name is withheld"),
    ],
)
def test_brief_name_of_a_board_is_its_place_unless_that_is_not_to_be_told(fields, brief):
    assert BoardFactory(slug="board-1", **fields).brief_name == brief
