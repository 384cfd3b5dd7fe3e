"""Another passage for a statement, and redacting selected words: from offsets or typed words, never from typed text."""

import re

import pytest

from learning.intake.desk.presenters.split_points import places_of
from learning.models import Bulletin, Statement
from tests.learning.intake.desk.site import add, signed_in
from tests.pages import text_of

pytestmark = pytest.mark.django_db
TEXT = """Sampleshire Safeguarding Children Board

Learning from Child Z

Child Z lived with an aunt. The aunt was asked nothing.

Key learning points

- Ask the child alone. Write the answer down. Tell the school.
- Check who else lives in the home.

The Board will look at this again. It meets in spring.
"""


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor():
    return signed_in("editor")


@pytest.fixture
def bulletin(editor) -> Bulletin:
    return add(editor, TEXT)


def first(bulletin) -> Statement:
    return bulletin.statements.order_by("position")[0]


def set_passage(client, bulletin, statement, **sent):
    bulletin.draft.refresh_from_db()
    fields = {"version": bulletin.draft.version, "statement": statement.pk, **sent}
    return client.post(f"/desk/{bulletin.pk}/passages/set/", fields)


def place(bulletin, words):
    start = bulletin.source_document.text.index(words)
    return {"start": start, "end": start + len(words)}


@pytest.mark.parametrize(
    "words",
    ["Ask the child alone.", "Write the answer down. Tell the school.", "The aunt was asked nothing."],
)
def test_desk_passage_set_moves_a_statement_to_exactly_a_passage(editor, bulletin, words):
    one = first(bulletin)

    response = set_passage(editor, bulletin, one, **place(bulletin, words))

    assert response["Location"] == f"/desk/{bulletin.pk}/#statement-{one.pk}"
    one.refresh_from_db()
    raw = bulletin.source_document.text
    assert raw[one.start : one.end] == one.text == words
    assert one.history.first().history_user.username == "editor"


def test_desk_passage_set_takes_first_and_last_words(editor, bulletin):
    one = first(bulletin)

    set_passage(editor, bulletin, one, first="Write the", last="the school.")

    one.refresh_from_db()
    assert one.text == "Write the answer down. Tell the school."


def test_places_of_are_the_sentences_around_and_none_of_other_statements(bulletin):
    one, other = bulletin.statements.order_by("position")

    begins, ends = places_of(one)
    assert [place.words.split()[0] for place in begins][-3:] == ["Ask", "Write", "Tell"]
    assert "The" in {place.words.split()[0] for place in begins}  # of the block before
    assert [place.words.split()[-1] for place in ends] == ["alone.", "down.", "school."]
    assert [place.words.split()[-1] for place in places_of(other)[1]] == ["home.", "again.", "spring."]
    assert [place.is_now for place in begins].count(True) == 1


def test_desk_statement_offers_the_places_around_it(editor, bulletin):
    one = first(bulletin)
    page = editor.get(f"/desk/{bulletin.pk}/statements/{one.pk}/").content.decode()

    assert f'name="statement" value="{one.pk}"' in page
    assert re.search(rf'<option value="{one.start}" selected>', page)
    assert re.search(rf'<option value="{one.end}" selected>', page)


def test_desk_passage_set_refuses_the_passage_of_another_statement(editor, bulletin):
    one = first(bulletin)
    before = one.text

    response = set_passage(editor, bulletin, one, **place(bulletin, "Check who else"))

    assert response.status_code == 409
    assert "There is already a statement here" in text_of(response)
    one.refresh_from_db()
    assert one.text == before


@pytest.mark.parametrize(
    "sent", [{"start": "x", "end": "9"}, {"start": 5, "end": 99999}, {"first": "Nobody wrote"}, {}]
)
def test_desk_passage_set_refuses_bad_places(editor, bulletin, sent):
    assert set_passage(editor, bulletin, first(bulletin), **sent).status_code == 409


def test_desk_passage_set_finds_no_statement_of_another_draft(editor, bulletin):
    other = add(editor, TEXT.replace("Child Z", "Child Y"))

    assert set_passage(editor, bulletin, first(other), **place(bulletin, "Tell the school.")).status_code == 404


def test_desk_passage_set_takes_over_a_dropped_passage(editor, bulletin):
    dropped = first(bulletin)
    bulletin.draft.refresh_from_db()
    editor.post(
        f"/desk/{bulletin.pk}/statements/{dropped.pk}/drop/", {"version": bulletin.draft.version, "reason": "A story."}
    )
    assert bulletin.dropped_passages.count() == 1

    set_passage(editor, bulletin, first(bulletin), **place(bulletin, "Tell the school."))

    assert not bulletin.dropped_passages.exists()


def test_desk_passage_set_by_two_people_loses_nothing(editor, bulletin):
    one = first(bulletin)
    version = bulletin.draft.version
    other = signed_in("publisher", "publisher")
    set_passage(other, bulletin, one, **place(bulletin, "Ask the child alone."))

    response = set_passage(editor, bulletin, one, version=version, first="Write the", last="the school.")

    assert response.status_code == 409
    page = response.content.decode()
    assert "publisher" in page
    assert 'name="first" value="Write the"' in page
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.split("Do it anyway")[0]))
    editor.post(f"/desk/{bulletin.pk}/passages/set/", again)
    one.refresh_from_db()
    assert one.text == "Write the answer down. Tell the school."


# --- redacting --------------------------------------------------------------------------------------------------------


def redact(client, bulletin, **sent):
    return client.post(
        f"/desk/{bulletin.pk}/redactions/add/", {"kind": "person", "reason": "The name of a person.", **sent}
    )


def test_desk_redact_takes_selected_words_and_the_statement_follows(editor, bulletin):
    one = first(bulletin)

    response = redact(editor, bulletin, row="row-5", **place(bulletin, "the school"))

    assert response["Location"] == f"/desk/{bulletin.pk}/#row-5"
    one.refresh_from_db()
    assert one.text == "Ask the child alone. Write the answer down. Tell [name removed]."
    assert "the school" not in bulletin.history.model.__name__ + str(list(one.history.values_list("text", flat=True)))


def test_desk_redact_refuses_a_reason_that_says_what_is_redacted(editor, bulletin):
    response = redact(editor, bulletin, reason="It names The Aunt.", **place(bulletin, "The aunt"))

    assert response.status_code == 409
    assert not bulletin.redactions.exists()


def test_desk_check_offers_redaction_with_and_without_a_script(editor, bulletin):
    page = editor.get(f"/desk/{bulletin.pk}/").content.decode()

    assert f'action="/desk/{bulletin.pk}/redactions/add/"' in page
    assert f'href="/desk/{bulletin.pk}/redactions/"' in page
    redact(editor, bulletin, words="in spring")
    assert bulletin.redactions.get().marker == "[name removed]"
