"""Corrections of what is published: proposed by one person, applied by another, and seen as corrected."""

import pytest

from learning.intake.editing.errors import EditRejected
from learning.intake.publication import corrections
from learning.models import Revision, Statement
from tests.factories import ThemeFactory
from tests.learning.intake.people import everything_stored, imported, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(editor, publisher):
    return published(editor, publisher).statements.first()


def test_apply_keeps_number_and_address_and_raises_the_version(client, editor, publisher, statement):
    theme = ThemeFactory()
    revision = corrections.propose(
        editor, statement, {"kind": "good_practice", "themes": [theme.slug]}, "It is praise."
    )
    assert list(corrections.waiting()) == [revision]

    corrected = corrections.apply(publisher, revision)

    assert (corrected.pk, corrected.version, corrected.kind) == (statement.pk, 2, "good_practice")
    assert corrected.corrected_on is not None
    assert list(corrected.themes.all()) == [theme]
    assert "orrected on" in client.get(corrected.get_absolute_url()).content.decode()
    assert not corrections.waiting()


def test_propose_refuses_written_words_and_takes_a_passage(editor, publisher, statement):
    start, end = statement.start, statement.start + len("Ask the child")

    corrected = corrections.apply(
        publisher, corrections.propose(editor, statement, {"passage": (start, end)}, "The rest is a comment.")
    )

    assert corrected.text == "Ask the child"
    with pytest.raises(EditRejected, match="Say what needs correcting"):
        corrections.propose(editor, statement, {"text": "Invented words."}, "No.")


def test_propose_changes_nothing(editor, statement):
    corrections.propose(editor, statement, {"kind": "fact"}, "It is a figure.")

    assert Statement.objects.get(pk=statement.pk).kind == statement.kind
    assert not Statement.history.filter(history_change_reason="Tried out").exists()


def test_apply_refuses_whoever_proposed_whatever_the_settings_say(publisher, statement, settings):
    settings.SECOND_PERSON = False
    revision = corrections.propose(publisher, statement, {"kind": "fact"}, "It is a figure.")

    with pytest.raises(EditRejected, match="You proposed it"):
        corrections.apply(publisher, revision)


def test_apply_refuses_an_editor(editor, other_editor, statement):
    revision = corrections.propose(editor, statement, {"kind": "fact"}, "It is a figure.")

    with pytest.raises(EditRejected, match="Only publishers"):
        corrections.apply(other_editor, revision)


def test_apply_refuses_to_undo_another_correction_unseen(editor, publisher, statement):
    first = corrections.propose(editor, statement, {"kind": "fact"}, "It is a figure.")
    second = corrections.propose(editor, statement, {"kind": "question"}, "It asks.")
    other = corrections.propose(editor, statement, {"citation": "Sample, 2020"}, "It has a source.")
    corrections.apply(publisher, first)

    with pytest.raises(EditRejected, match="It has been corrected since: kind"):
        corrections.apply(publisher, second)

    assert corrections.apply(publisher, other).version == 3


def test_decline_keeps_the_proposal_in_the_history_only(editor, publisher, statement):
    revision = corrections.propose(editor, statement, {"kind": "fact"}, "It is a figure.")

    corrections.decline(publisher, revision, "It is none.")

    assert not Revision.objects.exists()
    assert Revision.history.first().history_change_reason == "Declined: It is none."
    with pytest.raises(EditRejected, match="already"):
        corrections.apply(publisher, revision)


def test_propose_refuses_a_draft(editor):
    with pytest.raises(EditRejected, match="edit the draft"):
        corrections.propose(editor, imported(editor).statements.first(), {"kind": "fact"}, "It is a figure.")


def test_propose_stores_no_words_of_the_bulletin(editor, statement):
    corrections.propose(editor, statement, {"passage": (statement.start, statement.end)}, "Tried.")

    assert "Ask the child" not in str(list(Revision.objects.values()))
    assert "Ask the child" in everything_stored()
