"""From the desk to the public and back, by two people, on the pages of the desk."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learning.models import Bulletin, Revision
from reviews.state import State
from tests.factories import BoardFactory, ThemeFactory
from tests.learning.intake.desk.site import add, signed_in
from tests.pages import text_of

pytestmark = pytest.mark.django_db

SUMMARY = "A review of the case of one child. It asks what others can learn from it."


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor() -> Client:
    return signed_in("editor")


@pytest.fixture
def publisher() -> Client:
    return signed_in("publisher", "publisher")


@pytest.fixture
def ready(editor: Client) -> Bulletin:
    """A draft in which nothing is missing, handed over."""
    bulletin = add(editor)
    desk = f"/desk/{bulletin.pk}"
    board, theme = BoardFactory(), ThemeFactory()
    editor.post(f"{desk}/facts/", {
        "version": 1, "title": "Learning from Child Z", "board": board.pk, "kind": "briefing",
        "published_on": "2016-09-13", "rights": "full-text", "rights_basis": "Written for a test.",
    })  # fmt: skip
    for finding in bulletin.findings.all():
        editor.post(f"{desk}/findings/{finding.pk}/", {"decision": "keep", "reason": "Made up for a test."})
    statements = list(bulletin.statements.values_list("pk", flat=True))
    editor.post(f"{desk}/themes/", {"version": 1, "statements": statements, "add": [theme.pk]})
    reviews: dict[str, object] = {}
    for review in bulletin.reviews.all():
        fields = {"label": review.label, "type": "scr", "nature": "serious-harm", "summary": SUMMARY}
        reviews |= {f"review-{review.pk}-{name}": value for name, value in fields.items()}
    bulletin.draft.refresh_from_db()
    editor.post(f"{desk}/reviews/", reviews | {"version": bulletin.draft.version})
    editor.post(f"{desk}/submit/")
    bulletin.refresh_from_db()
    assert bulletin.state == State.READY
    return bulletin


def seen(bulletin: Bulletin) -> dict[str, int]:
    """What the button sends with it: the version of the draft that its page shows."""
    bulletin.draft.refresh_from_db()
    return {"version": bulletin.draft.version}


@pytest.fixture
def published(ready: Bulletin, publisher: Client) -> Bulletin:
    response = publisher.post(f"/desk/{ready.pk}/publish/", seen(ready))
    assert response.status_code == 302, text_of(response)
    ready.refresh_from_db()
    return ready


def test_what_a_second_person_publishes_is_public(published: Bulletin, client: Client):
    page = text_of(client.get(published.get_absolute_url()))

    assert "Agencies did not share what they knew about domestic abuse with each other." in page


def test_what_somebody_changed_since_the_checker_looked_is_not_published(
    ready: Bulletin, publisher: Client, editor: Client
):
    button = publisher.get(f"/desk/{ready.pk}/").content.decode()
    version = seen(ready)["version"]
    editor.post(f"/desk/{ready.pk}/redactions/add/", {"words": "in spring", "kind": "other", "reason": "A season."})

    refused = publisher.post(f"/desk/{ready.pk}/publish/", {"version": version})

    assert f'name="version" value="{version}"' in button
    assert refused.status_code == 409
    assert "editor has changed it since you opened it: redacted words. Check it again." in text_of(refused)
    ready.refresh_from_db()
    assert ready.state == State.READY


def test_ones_own_changes_do_not_stand_in_the_way_of_publishing(ready: Bulletin, publisher: Client):
    version = seen(ready)["version"]
    publisher.post(f"/desk/{ready.pk}/redactions/add/", {"words": "in spring", "kind": "other", "reason": "A season."})

    assert publisher.post(f"/desk/{ready.pk}/publish/", {"version": version}).status_code == 302


def test_a_bulletin_is_sent_back_whole_even_where_a_review_is_named(ready: Bulletin, publisher: Client):
    sent = {"review": ready.reviews.get().pk, "note": "The date is missing."}

    assert publisher.post(f"/desk/{ready.pk}/send-back/", sent).status_code == 302
    ready.refresh_from_db()
    assert ready.state == State.DRAFT


def test_whoever_entered_it_does_not_publish_it(ready: Bulletin):
    ready.draft.entered_by = ready.draft.submitted_by = None
    own = signed_in("both", "publisher")
    ready.draft.entered_by_id = int(own.session["_auth_user_id"])
    ready.draft.save()

    response = own.post(f"/desk/{ready.pk}/publish/", seen(ready))

    assert "You entered it. Somebody else has to check and publish it." in text_of(response)
    ready.refresh_from_db()
    assert ready.state == State.READY


def test_what_is_sent_back_says_what_is_missing(ready: Bulletin, editor: Client, publisher: Client):
    publisher.post(f"/desk/{ready.pk}/send-back/", {"note": "The second recommendation is cut off."})

    assert "The second recommendation is cut off." in text_of(editor.get(f"/desk/{ready.pk}/"))
    assert "The second recommendation is cut off." in text_of(editor.get("/desk/"))


def test_held_is_not_found_and_withdrawn_says_why(published: Bulletin, publisher: Client, client: Client):
    address = published.get_absolute_url()

    publisher.post(f"/desk/{published.pk}/hold/", {"note": "Somebody wrote to us."})
    assert client.get(address).status_code == 404
    publisher.post(f"/desk/{published.pk}/unhold/", {"note": "It was another page."})
    assert client.get(address).status_code == 200
    publisher.post(f"/desk/{published.pk}/withdraw/", {"note": "The board asked for it."})
    gone = client.get(address)

    assert gone.status_code == 410
    assert "The board asked for it." in text_of(gone)


def test_an_editor_may_hold_and_may_not_withdraw(published: Bulletin, editor: Client):
    refused = editor.post(f"/desk/{published.pk}/withdraw/", {"note": "No."})
    editor.post(f"/desk/{published.pk}/hold/", {"note": "Somebody wrote to us."})

    assert refused.status_code == 409
    published.refresh_from_db()
    assert published.state == State.HELD


def test_a_correction_is_proposed_by_one_and_applied_by_another(
    published: Bulletin, editor: Client, publisher: Client, client: Client
):
    one = published.statements.order_by("position")[0]
    values = {name: getattr(one, name) for name in ("kind", "number", "number_status", "form", "citation")}
    sent = values | {
        "review": one.review_id or "",
        "child": one.child_id or "",
        "themes": [tag.theme_id for tag in one.theme_tags.all()],
        "agencies": [tag.agency_id for tag in one.agency_tags.all()],
        "kind": "good_practice",
        "reason": "Its heading says so.",
    }
    for place, addressee in enumerate(one.addressees.all()):
        sent |= {f"to_{place}": addressee.as_printed, f"to_{place}_agency": addressee.agency_id or ""}
    editor.post(f"/desk/{published.pk}/statements/{one.pk}/correct/", sent)
    revision = Revision.objects.get()
    assert "Its heading says so." in text_of(publisher.get("/desk/"))
    assert editor.post(f"/desk/corrections/{revision.pk}/", {"step": "apply"}).status_code == 403

    publisher.post(f"/desk/corrections/{revision.pk}/", {"step": "apply"})

    one.refresh_from_db()
    assert one.kind == "good_practice"
    assert "corrected on" in text_of(client.get(one.get_absolute_url()))


def test_a_draft_is_discarded_with_a_reason(ready: Bulletin, editor: Client):
    assert editor.post(f"/desk/{ready.pk}/discard/").status_code == 409
    editor.post(f"/desk/{ready.pk}/discard/", {"reason": "It came in twice."})

    assert not Bulletin.objects.exists()


def test_a_draft_takes_as_many_queries_with_many_statements_as_with_one(ready: Bulletin, editor: Client):
    editor.get(f"/desk/{ready.pk}/")
    with CaptureQueriesContext(connection) as many:
        editor.get(f"/desk/{ready.pk}/")
    ready.statements.exclude(pk=ready.statements.all()[0].pk).delete()
    editor.get(f"/desk/{ready.pk}/")  # support lines are read once after a write
    with CaptureQueriesContext(connection) as few:
        editor.get(f"/desk/{ready.pk}/")

    # Passages that nobody has taken any more are told with their places, and that takes no query either.
    assert len(many) == len(few)
