"""The checking page and what is done on it, without JavaScript."""

import re

import pytest

from learning.intake.models import Finding
from learning.models import Bulletin, Statement
from reviews.state import State
from tests.factories import ThemeFactory
from tests.learning.intake.desk.site import SAMPLE, add, signed_in, upload
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor():
    return signed_in("editor")


@pytest.fixture
def bulletin(editor) -> Bulletin:
    return add(editor)


def sent(bulletin: Bulletin, **fields: object) -> dict[str, object]:
    bulletin.draft.refresh_from_db()
    return {"version": bulletin.draft.version, **fields}


def form_of(statement: Statement, **fields: object) -> dict[str, object]:
    """What the form of a statement sends when only these fields are changed."""
    values = {name: getattr(statement, name) for name in ("kind", "number", "number_status", "form", "citation")}
    related = {name: getattr(statement, f"{name}_id") or "" for name in ("review", "child", "parent")}
    tags = {"themes": [tag.theme_id for tag in statement.theme_tags.all()]}
    return sent(statement.bulletin, **values, **related, **tags) | fields


def first(bulletin: Bulletin) -> Statement:
    return bulletin.statements.order_by("position")[0]


def test_desk_check_shows_every_word_and_every_statement(editor, bulletin):
    response = editor.get(f"/desk/{bulletin.pk}/")

    assert set(SAMPLE.split()) <= set(text_of(response).split())
    assert {int(pk) for pk in re.findall(r'id="statement-(\d+)"', response.content.decode())} == set(
        bulletin.statements.values_list("pk", flat=True)
    )


def test_desk_check_counts_places_in_the_raw_text(editor, bulletin):
    page = editor.get(f"/desk/{bulletin.pk}/").content.decode()
    text = bulletin.source_document.text

    for start, words in re.findall(r'data-start="(\d+)">([^<&]*)<', page):
        assert text[int(start) : int(start) + len(words)] == words


def test_desk_statement_changes_only_what_was_changed(editor, bulletin):
    theme = ThemeFactory(name="Sharing")
    one = first(bulletin)

    response = editor.post(f"/desk/{bulletin.pk}/statements/{one.pk}/", form_of(one, kind="fact", themes=[theme.pk]))

    assert response["Location"] == f"/desk/{bulletin.pk}/#statement-{one.pk}"
    one.refresh_from_db()
    assert (one.kind, [str(tag) for tag in one.themes.all()]) == ("fact", ["Sharing"])


def test_desk_statement_answers_an_autosaved_form_in_json(editor, bulletin):
    one = first(bulletin)

    response = editor.post(
        f"/desk/{bulletin.pk}/statements/{one.pk}/", form_of(one, kind="action"), headers={"X-Autosave": "1"}
    )

    assert response.json() == {"said": "Saved"}
    one.refresh_from_db()
    assert one.kind == "action"


def test_desk_statement_by_two_people_loses_nothing(editor, bulletin):
    one = first(bulletin)
    stale = form_of(one, kind="question")
    signed_in("publisher", "publisher").post(f"/desk/{bulletin.pk}/statements/{one.pk}/", form_of(one, kind="fact"))

    response = editor.post(f"/desk/{bulletin.pk}/statements/{one.pk}/", stale)

    assert response.status_code == 409
    page = text_of(response)
    assert "publisher" in page
    assert "Saved now: Fact" in page
    assert "What you wrote: Question" in page
    one.refresh_from_db()
    assert one.kind == "fact"
    assert editor.post(f"/desk/{bulletin.pk}/statements/{one.pk}/", form_of(one, kind="question")).status_code == 302


def test_desk_presence_says_who_else_is_there(editor, bulletin):
    signed_in("publisher", "publisher").get(f"/desk/{bulletin.pk}/")

    assert "Also here: publisher." in text_of(editor.get(f"/desk/{bulletin.pk}/"))
    assert editor.post(f"/desk/{bulletin.pk}/presence/").json()["others"] == ["publisher"]


def test_desk_statement_drop_needs_a_reason_and_can_be_undone(editor, bulletin):
    one = first(bulletin)
    address = f"/desk/{bulletin.pk}/statements/{one.pk}/drop/"

    assert editor.post(address, sent(bulletin)).status_code == 409
    editor.post(address, sent(bulletin, reason="It tells the story."))

    dropped = bulletin.dropped_passages.get()
    assert not bulletin.statements.filter(pk=one.pk).exists()
    editor.post(f"/desk/{bulletin.pk}/passages/{dropped.pk}/undrop/", sent(bulletin))
    assert f'id="passage-{one.start}-{one.end}"' in editor.get(f"/desk/{bulletin.pk}/").content.decode()


def test_desk_passage_take_takes_first_and_last_words(editor, bulletin):
    words = {"first": "Child Z lived", "last": "of a relative.", "kind": "learning_point"}

    editor.post(f"/desk/{bulletin.pk}/passages/take/", sent(bulletin, **words))

    assert bulletin.statements.filter(text="Child Z lived with the family of a relative.").exists()


def test_desk_passage_take_refuses_words_that_are_nowhere(editor, bulletin):
    before = bulletin.statements.count()

    response = editor.post(
        f"/desk/{bulletin.pk}/passages/take/", sent(bulletin, first="Nobody wrote this", kind="fact")
    )

    assert response.status_code == 409
    assert "The first words are not in the text." in text_of(response)
    assert bulletin.statements.count() == before


@pytest.mark.parametrize(
    "fields", [{"start": "x", "end": "9"}, {"start": "5", "end": "999999999"}, {"start": "9" * 40}]
)
def test_desk_passage_take_refuses_hostile_places(editor, bulletin, fields):
    response = editor.post(f"/desk/{bulletin.pk}/passages/take/", sent(bulletin, kind="fact", **fields))

    assert response.status_code == 409


def test_desk_finding_decides_in_place(editor, bulletin):
    text = bulletin.source_document.text
    start = text.index("spring")
    finding = Finding.objects.create(
        bulletin=bulletin, start=start, end=start + 6, kind="incident_date", why="A time of the year."
    )

    editor.post(f"/desk/{bulletin.pk}/findings/{finding.pk}/", {"decision": "redact"})

    finding.refresh_from_db()
    assert finding.decision == "redact"
    bulletin.public_text.refresh_from_db()
    assert "spring" not in bulletin.public_text.text
    assert "[date removed]" in text_of(editor.get(f"/desk/{bulletin.pk}/"))


def test_desk_names_are_stored_nowhere(editor, bulletin):
    editor.post(f"/desk/{bulletin.pk}/names/", {"names": "school nurse\nsomebody unheard"})

    found = [bulletin.source_document.text[one.start : one.end] for one in bulletin.findings.filter(kind="person")]
    assert "school nurse" in found
    assert "unheard" not in text_of(editor.get(f"/desk/{bulletin.pk}/trace/"))


def test_desk_retag_gives_many_statements_a_theme(editor, bulletin):
    theme = ThemeFactory(name="Sharing", parent=ThemeFactory(name="Group"))
    keys = list(bulletin.statements.values_list("pk", flat=True))

    editor.post(f"/desk/{bulletin.pk}/themes/", sent(bulletin, statements=keys, add=[theme.pk]))

    assert set(bulletin.statements.filter(themes=theme).values_list("pk", flat=True)) == set(keys)


def test_desk_publish_refuses_with_links_to_what_is_missing(editor, bulletin):
    editor.post(f"/desk/{bulletin.pk}/submit/")

    publisher = signed_in("publisher", "publisher")
    page = publisher.post(f"/desk/{bulletin.pk}/publish/", sent(bulletin)).content.decode()

    assert f'href="/desk/{bulletin.pk}/facts/#rights"' in page
    bulletin.refresh_from_db()
    assert bulletin.state == State.READY


def test_desk_upload_refuses_what_is_no_document(editor):
    response = editor.post(
        "/desk/add/", {"documents": upload("scan.pdf", b"\x89PNG\r\n\x1a\n" + b"x" * 200), "text": ""}
    )

    assert response.status_code == 422
    assert "This is a picture" in text_of(response)
    assert not Bulletin.objects.exists()


def test_desk_upload_warns_of_the_same_text(editor, bulletin):
    response = editor.post("/desk/add/", {"text": SAMPLE})

    assert response.status_code == 422
    assert f'href="/desk/{bulletin.pk}/"' in response.content.decode()
    assert Bulletin.objects.count() == 1
