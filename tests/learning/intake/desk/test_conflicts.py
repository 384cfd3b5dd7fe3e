"""Two people change the same thing: both versions are shown, each field is chosen, and nothing typed is lost."""

import html
import re

import pytest

from learning.models import Bulletin
from reviews.models import Child, Review
from tests.factories import BoardFactory, ThemeFactory
from tests.learning.intake.desk.site import add, signed_in
from tests.pages import text_of

pytestmark = pytest.mark.django_db
MINE, THEIRS = "Mine. It is one.", "Theirs. It is the other."


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor():
    return signed_in("editor")


@pytest.fixture
def other():
    return signed_in("publisher", "publisher")


@pytest.fixture
def bulletin(editor) -> Bulletin:
    return add(editor)


def version(bulletin):
    bulletin.draft.refresh_from_db()
    return bulletin.draft.version


def fields_of(client, address):
    """What the largest form of a page would send as it stands, read as a browser reads it."""
    page = client.get(address).content.decode()
    form = max((part for part in page.split("<form")[1:] if 'name="version"' in part), key=len).split("</form>")[0]
    sent: dict = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            sent.setdefault(name[1], []).append(html.unescape(value[1]) if value else "on" if "checkbox" in tag else "")
    for name, body in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        sent[name] = html.unescape(chosen[1]) if chosen else ""
    for name, body in re.findall(r'<textarea name="([^"]*)".*?>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = html.unescape(body).strip()
    return sent


def again(response, **choices):
    """What the page of a conflict sends, with these choices and mine for the rest."""
    page = response.content.decode()
    form = page[page.index("<h1>") :]
    sent: dict = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form):
        sent.setdefault(name, []).append(html.unescape(value))
    for name in re.findall(r'name="(choose-[^"]*)" value="mine"', form):
        sent[name] = choices.get(name.removeprefix("choose-"), "mine")
    return sent


# --- the facts --------------------------------------------------------------------------------------------------------


def test_the_facts_of_a_bulletin_are_shown_side_by_side_and_each_is_chosen(editor, other, bulletin):
    address = f"/desk/{bulletin.pk}/facts/"
    board = BoardFactory(name="Otherland Partnership")
    mine = fields_of(editor, address) | {"title": "My title", "period": "Winter 2017"}
    other.post(address, fields_of(other, address) | {"title": "Their title", "board": board.pk})

    response = editor.post(address, mine)

    assert response.status_code == 409
    page = text_of(response)
    assert "publisher" in page
    assert "Saved now: Their title" in page
    assert "What you wrote: My title" in page
    assert "Saved now: Otherland Partnership" in page  # words, not keys
    bulletin.refresh_from_db()
    assert (bulletin.title, bulletin.period) == ("Their title", "")

    editor.post(address, again(response, board="theirs"))

    bulletin.refresh_from_db()
    assert (bulletin.title, bulletin.period, bulletin.board) == ("My title", "Winter 2017", board)


# --- reviews and children ---------------------------------------------------------------------------------------------


def test_the_short_forms_of_reviews_are_shown_side_by_side(editor, other, bulletin):
    address = f"/desk/{bulletin.pk}/reviews/"
    review = bulletin.reviews.get()
    name = f"review-{review.pk}-summary"
    mine = fields_of(editor, address) | {name: MINE}
    other.post(address, fields_of(other, address) | {name: THEIRS})

    response = editor.post(address, mine)

    assert response.status_code == 409
    assert f"{review.label}: Summary by the editors" in text_of(response)
    assert f"Saved now: {THEIRS}" in text_of(response)
    review.refresh_from_db()
    assert review.summary == THEIRS
    editor.post(address, again(response))
    review.refresh_from_db()
    assert review.summary == MINE


def test_a_review_its_themes_and_its_children_are_chosen_field_by_field(editor, other, bulletin):
    review = bulletin.reviews.get()
    child = review.children.get()
    neglect, housing = ThemeFactory(name="Neglect"), ThemeFactory(name="Housing")
    address = f"/desk/{bulletin.pk}/reviews/{review.pk}/"
    themes, sex, outcome = f"review-{review.pk}-themes", f"child-{child.pk}-sex", f"child-{child.pk}-outcome"
    mine = fields_of(editor, address) | {themes: [neglect.pk], sex: "female", outcome: "died"}
    theirs = fields_of(other, address) | {themes: [housing.pk], sex: "male", outcome: "harmed"}
    assert other.post(address, theirs).status_code == 302

    response = editor.post(address, mine)

    assert response.status_code == 409
    assert "Saved now: Housing" in text_of(response)
    assert f"{child.pseudonym}: Sex" in text_of(response)
    assert editor.post(address, again(response, **{sex: "theirs"})).status_code == 302
    child.refresh_from_db()
    assert (child.sex, child.outcome) == ("male", "died")
    assert [theme.name for theme in review.themes.all()] == ["Neglect"]


def test_all_that_was_written_is_stored_by_one_button(editor, other, bulletin):
    review = bulletin.reviews.get()
    address, name = f"/desk/{bulletin.pk}/reviews/", f"review-{review.pk}-summary"
    mine = fields_of(editor, address) | {name: MINE}
    other.post(address, fields_of(other, address) | {name: THEIRS})
    response = editor.post(address, mine)

    editor.post(address, again(response, **{name: "theirs"}) | {"sent": "mine"})

    review.refresh_from_db()
    assert review.summary == MINE


def test_choosing_what_is_stored_changes_nothing(editor, other, bulletin):
    review = bulletin.reviews.get()
    address, name = f"/desk/{bulletin.pk}/reviews/", f"review-{review.pk}-summary"
    mine = fields_of(editor, address) | {name: MINE}
    other.post(address, fields_of(other, address) | {name: THEIRS})
    response = editor.post(address, mine)

    editor.post(address, again(response, **{name: "theirs"}))

    review.refresh_from_db()
    assert review.summary == THEIRS


def test_what_was_written_of_a_review_that_somebody_removed_is_given_back(editor, other, bulletin):
    review = bulletin.reviews.get()
    short, whole = f"/desk/{bulletin.pk}/reviews/", f"/desk/{bulletin.pk}/reviews/{review.pk}/"
    name = f"review-{review.pk}-summary"
    mine = {address: fields_of(editor, address) | {name: MINE} for address in (short, whole)}
    other.post(f"{whole}remove/", {"version": version(bulletin)})
    assert not Review.objects.filter(pk=review.pk).exists()

    for address, sent in mine.items():
        response = editor.post(address, sent)
        assert response.status_code == 409, address
        assert MINE in text_of(response), address


def test_what_was_written_of_a_child_that_somebody_removed_is_given_back(editor, other, bulletin):
    review = bulletin.reviews.get()
    child = review.children.get()
    address = f"/desk/{bulletin.pk}/reviews/{review.pk}/"
    mine = fields_of(editor, address) | {f"child-{child.pk}-pseudonym": "Child of mine"}
    other.post(f"{address}children/{child.pk}/remove/", {"version": version(bulletin)})
    assert not Child.objects.filter(pk=child.pk).exists()

    response = editor.post(address, mine)

    assert response.status_code == 409
    assert "Child of mine" in text_of(response)


# --- statements -------------------------------------------------------------------------------------------------------


def test_the_fields_of_a_statement_are_chosen_one_by_one(editor, other, bulletin):
    one = bulletin.statements.order_by("position")[0]
    address = f"/desk/{bulletin.pk}/statements/{one.pk}/"
    mine = fields_of(editor, address) | {"kind": "question", "citation": "Mine, 2001"}
    other.post(address, fields_of(other, address) | {"kind": "fact", "citation": "Theirs, 2002"})

    response = editor.post(address, mine)

    assert response.status_code == 409
    editor.post(address, again(response, kind="theirs"))
    one.refresh_from_db()
    assert (one.kind, one.citation) == ("fact", "Mine, 2001")


def test_what_was_written_of_a_statement_that_somebody_left_out_is_given_back(editor, other, bulletin):
    one = bulletin.statements.order_by("position")[0]
    address = f"/desk/{bulletin.pk}/statements/{one.pk}/"
    mine = fields_of(editor, address) | {"citation": "Mine, 2001"}
    other.post(f"{address}drop/", {"version": version(bulletin), "reason": "A story."})

    response = editor.post(address, mine)
    saved = editor.post(address, mine, headers={"X-Autosave": "1"})

    assert response.status_code == 409
    assert "Mine, 2001" in text_of(response)
    assert (saved.status_code, saved.json()) == (409, {"said": "Somebody has merged this statement or left it out."})
