"""Asking for a theme and answering; saying of two records that they are two, or one."""

import pytest
from django.test import Client

from learning.intake.models import KeptApart, ThemeRequest
from learning.models import Bulletin
from reviews.models import Review
from reviews.state import State
from tests.factories import BoardFactory, ReviewFactory
from tests.learning.intake.desk.site import SAMPLE, add, signed_in
from tests.pages import links, text_of

pytestmark = pytest.mark.django_db
OTHER = """Otherford Safeguarding Children Board

A second look at Child Z

Key learning points

- Dentists ought to tell the health visitor about teeth that nobody treats.
- Housing officers see what others do not see and should say so.
"""


@pytest.fixture
def desk_editor() -> Client:
    return signed_in("editor")


@pytest.fixture
def desk_admin() -> Client:
    return signed_in("administrator", "administrator")


# --- a theme that is missing ------------------------------------------------------------------------------------------


def test_a_theme_is_asked_for_and_the_administrators_read_it(desk_editor, desk_admin):
    response = desk_editor.post(
        "/desk/themes/ask/", {"name": "Dental neglect", "why": "Three statements are about it."}, follow=True
    )

    assert "Your request has been sent to the administrators." in text_of(response)
    page = text_of(desk_admin.get("/desk/"))
    assert "Dental neglect: Three statements are about it. editor" in page


def test_a_theme_that_a_statement_needs_leads_back_to_the_statement(desk_editor):
    bulletin = add(desk_editor)
    one = bulletin.statements.all()[0]

    response = desk_editor.post("/desk/themes/ask/", {"name": "Teeth", "why": "It is new.", "statement": one.pk})

    assert response["Location"] == f"/desk/{bulletin.pk}/#statement-{one.pk}"
    assert ThemeRequest.objects.get().statement == one


@pytest.mark.parametrize("sent", [{"name": "", "why": "It is new."}, {"name": "Teeth", "why": " "}, {}])
def test_a_theme_without_a_name_or_a_reason_is_refused_and_what_was_typed_is_shown(desk_editor, sent):
    page = desk_editor.post("/desk/themes/ask/", sent)

    assert page.status_code == 409
    assert "Enter the name of the theme, and say what it is for." in text_of(page)
    assert all(value.strip() in text_of(page) for value in sent.values())
    assert not ThemeRequest.objects.exists()


@pytest.mark.parametrize("statement", ["999999", "x", "-1", "9" * 30])
def test_a_theme_asked_for_at_a_statement_that_is_gone_is_asked_for_all_the_same(desk_editor, statement):
    desk_editor.post("/desk/themes/ask/", {"name": "Teeth", "why": "It is new.", "statement": statement})

    assert ThemeRequest.objects.get().statement is None


def test_an_administrator_answers_and_the_question_is_closed(desk_editor, desk_admin):
    desk_editor.post("/desk/themes/ask/", {"name": "Dental neglect", "why": "It is new."})
    asked = ThemeRequest.objects.get()

    desk_admin.post(f"/desk/themes/answer/{asked.pk}/", {"answer": "Use Neglect."})

    asked.refresh_from_db()
    assert asked.answer == "Use Neglect."
    assert asked.answered_on is not None
    assert "Themes asked for" not in text_of(desk_admin.get("/desk/"))
    assert desk_admin.post(f"/desk/themes/answer/{asked.pk}/", {"answer": "Otherwise."}).status_code == 404


def test_an_answer_without_words_closes_nothing(desk_editor, desk_admin):
    desk_editor.post("/desk/themes/ask/", {"name": "Dental neglect", "why": "It is new."})
    asked = ThemeRequest.objects.get()

    desk_admin.post(f"/desk/themes/answer/{asked.pk}/", {"answer": "  "})

    asked.refresh_from_db()
    assert asked.answered_on is None


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_only_an_administrator_answers(desk_editor, role):
    desk_editor.post("/desk/themes/ask/", {"name": "Dental neglect", "why": "It is new."})
    asked = ThemeRequest.objects.get()
    client = signed_in(role, role)

    assert client.post(f"/desk/themes/answer/{asked.pk}/", {"answer": "Yes."}).status_code == 403
    assert f"/desk/themes/answer/{asked.pk}/" not in client.get("/desk/").content.decode()


# --- one or two -----------------------------------------------------------------------------------------------------


@pytest.fixture
def draft(desk_editor: Client) -> Bulletin:
    """A draft of a review whose name another board's review has already."""
    return add(desk_editor, OTHER)


@pytest.fixture
def known(draft: Bulletin) -> Review:
    return ReviewFactory(label="Child Z", board=BoardFactory(name="Sampleshire Safeguarding Children Board"))


def pair(draft: Bulletin, known: Review, **fields: object) -> dict[str, object]:
    draft.draft.refresh_from_db()
    own = draft.reviews.get(board__name__startswith="Otherford")
    return {"version": draft.draft.version, "own": own.pk, "other": known.pk, **fields}


def test_a_review_of_that_name_is_told_with_both_ways_to_decide(desk_editor, draft, known):
    page = text_of(desk_editor.get(f"/desk/{draft.pk}/"))

    assert "Sampleshire Safeguarding Children Board has a review with that name." in page
    assert "It is the same review: link to it" in page
    assert "Keep separate" in page


def test_two_reviews_are_kept_apart_with_a_reason_and_told_no_more(desk_editor, draft, known):
    address = f"/desk/{draft.pk}/keep-apart/"

    refused = desk_editor.post(address, pair(draft, known, reason=" "))
    assert refused.status_code == 409
    assert "Say why they are different." in text_of(refused)
    assert not KeptApart.objects.exists()
    response = desk_editor.post(address, pair(draft, known, reason="Another board, another child."), follow=True)

    assert response.redirect_chain[0][0] == f"/desk/{draft.pk}/"
    assert "has a review with that name" not in text_of(response)
    assert KeptApart.objects.get().reason == "Another board, another child."


def test_two_bulletins_of_nearly_the_same_text_are_kept_apart(desk_editor):
    first = add(desk_editor)
    second = add(desk_editor, SAMPLE.replace("in spring", "in autumn"))
    assert (first.title, f"/desk/{first.pk}/") in links(desk_editor.get(f"/desk/{second.pk}/"))

    desk_editor.post(f"/desk/{second.pk}/keep-apart/", {"own": "", "other": first.pk, "reason": "A second edition."})

    page = desk_editor.get(f"/desk/{second.pk}/")
    assert (first.title, f"/desk/{first.pk}/") not in links(page)
    assert KeptApart.objects.get().other_bulletin == first


def test_a_draft_is_linked_to_the_review_that_exists(desk_editor, draft, known):
    own = draft.reviews.get()
    of_own = set(draft.statements.filter(review=own).values_list("pk", flat=True))

    response = desk_editor.post(f"/desk/{draft.pk}/link-review/", pair(draft, known))

    assert response["Location"] == f"/desk/{draft.pk}/"
    assert [review.pk for review in draft.reviews.all()] == [known.pk]
    assert set(known.statements.filter(bulletin=draft).values_list("pk", flat=True)) == of_own
    assert not Review.objects.filter(pk=own.pk).exists()
    known.refresh_from_db()
    assert known.state == State.PUBLISHED


def test_a_draft_that_links_to_a_published_review_shows_the_public_nothing(desk_editor, draft, known, client):
    desk_editor.post(f"/desk/{draft.pk}/link-review/", pair(draft, known))

    page = text_of(client.get(known.get_absolute_url()))

    assert "Dentists" not in page
    assert draft.title not in page


def test_a_review_that_somebody_changed_since_is_not_linked_away(desk_editor, draft, known):
    stale = pair(draft, known)
    own = draft.reviews.get()
    signed_in("publisher", "publisher").post(f"/desk/{draft.pk}/reviews/{own.pk}/remove/", stale)

    response = desk_editor.post(f"/desk/{draft.pk}/link-review/", stale)

    assert response.status_code == 404  # the review of the draft is gone
    assert not known.bulletins.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("page", ["keep-apart", "link-review"])
@pytest.mark.parametrize("other", ["999999", "x", "", "9" * 30])
def test_a_record_that_is_nowhere_is_not_found(desk_editor, draft, known, page, other):
    sent = pair(draft, known, other=other, reason="Two.")

    assert desk_editor.post(f"/desk/{draft.pk}/{page}/", sent).status_code == 404
    assert draft.reviews.get().pk == sent["own"]
    assert not KeptApart.objects.exists()


def test_the_review_of_another_draft_is_not_ones_own(desk_editor, draft, known):
    other = add(desk_editor)

    sent = {"own": draft.reviews.get().pk, "other": known.pk, "version": 1}

    assert desk_editor.post(f"/desk/{other.pk}/link-review/", sent).status_code == 404
