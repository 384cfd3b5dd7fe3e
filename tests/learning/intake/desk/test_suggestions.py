"""What the reader suggests for each statement: put on or offered, with its reason, taken or refused in one click."""

import pytest

from learning.intake.drafts import statements
from learning.intake.editing.edits import draft_of
from learning.intake.models import Suggestion
from scr_kb.accounts.models import User
from tests.factories import AgencyFactory, ThemeFactory
from tests.learning.intake.desk.site import add, signed_in
from tests.pages import text_of

pytestmark = pytest.mark.django_db
TEXT = """Sampleshire Safeguarding Children Board

Learning from Child Z

Keywords: neglect

Child Z lived with an aunt.

Recommendations

- The Board should audit how chronic
  neglect is named.
- Police should ask who else lives there.
"""


@pytest.fixture(autouse=True)
def vocabulary(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ThemeFactory(name="Neglect", slug="neglect", synonyms="chronic neglect")
    ThemeFactory(name="Housing", slug="housing", synonyms="who else lives")
    AgencyFactory(name="Safeguarding board", slug="board", synonyms="")
    AgencyFactory(name="Police", slug="police", synonyms="")


@pytest.fixture
def editor():
    return signed_in("editor")


@pytest.fixture
def bulletin(editor):
    return add(editor, TEXT)


def first(bulletin):
    return bulletin.statements.order_by("position")[0]


def names(statement):
    themes = [tag.theme.name for tag in statement.theme_tags.all()]
    agencies = [tag.agency.name for tag in statement.agency_tags.all()]
    return themes, agencies, [to.as_printed for to in statement.addressees.all()]


def decide(client, bulletin, **sent):
    bulletin.draft.refresh_from_db()
    return client.post(f"/desk/{bulletin.pk}/suggestions/", {"version": bulletin.draft.version, **sent})


def test_a_fresh_draft_carries_what_was_suggested_and_says_why(editor, bulletin):
    one, other = bulletin.statements.order_by("position")

    assert names(one) == (["Neglect"], ["Safeguarding board"], ["The Board"])
    assert names(other) == (["Housing"], ["Police"], ["Police"])
    page = text_of(editor.get(f"/desk/{bulletin.pk}/"))
    assert "the words “chronic neglect”" in page
    assert "“Board” is the board or partnership that speaks" in page
    assert "it opens with “The Board”" in page


def test_the_places_of_suggestions_are_offsets_and_hold_no_words(bulletin):
    one = Suggestion.objects.get(sort="theme", theme__slug="neglect")

    assert bulletin.source_document.text[one.start : one.end].split() == ["chronic", "neglect"]
    assert "chronic" not in str(list(Suggestion.objects.values()))


@pytest.mark.parametrize("sort", ["theme", "agency", "addressee"])
def test_what_was_put_on_is_taken_off_in_one_click_and_not_suggested_again(editor, bulletin, sort):
    one = Suggestion.objects.get(statement=first(bulletin), sort=sort)

    response = decide(editor, bulletin, refuse=one.pk)

    assert response["Location"] == f"/desk/{bulletin.pk}/#statement-{one.statement_id}"
    assert names(first(bulletin))[["theme", "agency", "addressee"].index(sort)] == []
    one.refresh_from_db()
    assert (one.decision, one.decided_by.username) == ("refused", "editor")
    assert f'name="take" value="{one.pk}"' not in editor.get(f"/desk/{bulletin.pk}/").content.decode()


def offered(editor):
    """A draft with a statement that names no theme, where its review has one."""
    bulletin = add(editor, TEXT.replace("Police should ask who else lives there", "Schools should listen"))
    statement = bulletin.statements.order_by("-position")[0]
    return bulletin, statement, Suggestion.objects.get(statement=statement, sort="theme")


def test_a_theme_of_the_review_is_offered_and_put_on_in_one_click(editor):
    bulletin, statement, one = offered(editor)
    assert "Neglect? a theme of its review" in " ".join(text_of(editor.get(f"/desk/{bulletin.pk}/")).split())
    assert names(statement)[0] == []

    decide(editor, bulletin, take=one.pk)

    assert [(tag.theme.name, tag.assigned_by) for tag in statement.theme_tags.all()] == [("Neglect", "curator")]


def test_an_offer_is_refused_in_one_click_and_all_others_are_taken_in_one(editor):
    bulletin, statement, one = offered(editor)
    decide(editor, bulletin, refuse=one.pk)

    decide(editor, bulletin, take="all")

    assert names(statement)[0] == []


def test_all_that_is_offered_is_put_on_in_one_click(editor):
    bulletin, statement, _ = offered(editor)

    decide(editor, bulletin, take="all")

    assert names(statement)[0] == ["Neglect"]


def test_what_is_taken_off_in_the_form_counts_as_refused(editor, bulletin):
    user = User.objects.get(username="editor")
    statements.edit_statement(user, first(bulletin), draft_of(bulletin).version, {"themes": []})

    assert Suggestion.objects.get(statement=first(bulletin), sort="theme").decision == "refused"


def test_a_statement_made_by_hand_is_offered_themes(editor, bulletin):
    raw = bulletin.source_document.text
    start = raw.index("Keywords: neglect")
    statements.add_from_passage(
        User.objects.get(username="editor"),
        bulletin,
        draft_of(bulletin).version,
        start,
        start + 17,
        kind="fact",
    )

    made = bulletin.statements.get(kind="fact")
    assert [(one.theme.slug, one.decision) for one in made.suggestions.all()] == [("neglect", "open")]
    assert names(made)[0] == []


def test_a_half_of_a_split_statement_keeps_only_its_own_reasons(editor, bulletin):
    statement = first(bulletin)
    at = bulletin.source_document.text.index("how chronic")
    one, other = statements.split(User.objects.get(username="editor"), statement, draft_of(bulletin).version, at)

    assert {(each.sort, each.why) for each in one.suggestions.all()} == {
        ("agency", "board"), ("addressee", "opening"), ("theme", "review"),
    }  # fmt: skip
    assert {(each.sort, each.why) for each in other.suggestions.all()} == {("theme", "words")}


@pytest.mark.parametrize("sent", [{"take": "999999"}, {"take": "x"}, {"refuse": "9" * 40}, {}])
def test_what_is_not_suggested_is_refused(editor, bulletin, sent):
    assert decide(editor, bulletin, **sent).status_code == 409


def test_a_suggestion_of_another_draft_is_not_decided_here(editor, bulletin):
    other = add(editor, TEXT.replace("Child Z", "Child Y"))
    one = Suggestion.objects.filter(statement__bulletin=other).first()

    assert decide(editor, bulletin, refuse=one.pk).status_code == 409
    one.refresh_from_db()
    assert one.decision == "open"


def test_an_addressee_whose_words_are_redacted_is_offered_no_more(editor, bulletin):
    text = bulletin.source_document.text
    start = text.index("The Board should")
    editor.post(
        f"/desk/{bulletin.pk}/redactions/add/",
        {"start": start, "end": start + 9, "kind": "board", "reason": "It would identify somebody."},
    )

    one = Suggestion.objects.get(statement=first(bulletin), sort="addressee")
    assert one.decision == "refused"
    assert f'name="take" value="{one.pk}"' not in editor.get(f"/desk/{bulletin.pk}/").content.decode()
