"""Who may come to the desk, and that nothing of it gets out."""

import pytest
from django.test import Client
from django.urls import reverse

from learning.intake.desk import urls
from learning.models import Bulletin
from reviews.state import State
from tests.learning.intake.desk.site import PASSWORD, add, person, signed_in

pytestmark = pytest.mark.django_db

OPEN_TO_ALL = {"desk_sign_in", "desk_sign_out"}


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def addresses(pk: int) -> dict[str, str]:
    """Every address of the desk, with numbers that mean the draft and its parts."""
    found = {}
    for pattern in urls.urlpatterns:
        numbers: dict[str, object] = dict.fromkeys(pattern.pattern.converters, pk)
        if pattern.name == "desk_move":
            numbers = {"pk": pk, "step": "hold"}
        found[str(pattern.name)] = reverse(str(pattern.name), kwargs=numbers)
    return found


def test_strangers_are_asked_to_sign_in_everywhere(client: Client):
    for name, address in addresses(1).items():
        for response in (client.get(address), client.post(address)):
            if name not in OPEN_TO_ALL:
                assert response.status_code == 302, address
                assert response["Location"].startswith("/desk/sign-in/?next="), address


def test_somebody_without_a_role_is_refused_everywhere():
    person("reader")
    client = Client()
    client.login(username="reader", password=PASSWORD)

    statuses = {name: client.get(address).status_code for name, address in addresses(1).items()}

    assert {name for name, status in statuses.items() if status != 403} == OPEN_TO_ALL


def test_an_editor_may_not_publish_and_a_publisher_may():
    editor = signed_in("editor")
    bulletin = add(editor)

    assert editor.post(f"/desk/{bulletin.pk}/publish/").status_code == 403
    assert signed_in("publisher", "publisher").post(f"/desk/{bulletin.pk}/publish/").status_code == 409


def test_every_page_of_the_desk_is_kept_by_nobody():
    client = signed_in("editor")
    bulletin = add(client)
    pages = ["", "facts/", "reviews/", "themes/", "more/", "redactions/", "publishing/", "trace/"]
    pages += ["more/notes/add/", "preview/", "original/"]

    for page in ["/desk/", "/desk/guide/", "/desk/add/", *(f"/desk/{bulletin.pk}/{page}" for page in pages)]:
        response = client.get(page)
        assert response.status_code == 200, page
        assert response["Cache-Control"] == "no-store", page
        assert "noindex" in response["X-Robots-Tag"], page
        if response.streaming:
            response.getvalue()  # read to its end, the file is closed


def test_a_change_without_the_token_of_the_page_is_refused():
    editor = signed_in("editor")
    bulletin = add(editor)
    client = Client(enforce_csrf_checks=True)
    client.login(username="editor", password=PASSWORD)

    assert client.post(f"/desk/{bulletin.pk}/submit/").status_code == 403
    bulletin.refresh_from_db()
    assert bulletin.state == State.DRAFT


def test_a_draft_is_nowhere_in_public(client: Client):
    bulletin = add(signed_in("editor"))

    assert client.get(f"/bulletins/{bulletin.slug}/").status_code == 404
    assert bulletin.title not in client.get("/bulletins/").content.decode()


def test_a_preview_shows_the_page_and_publishes_nothing():
    editor = signed_in("editor")
    bulletin = add(editor)
    editor.post(f"/desk/{bulletin.pk}/facts/", facts_of(bulletin))

    page = editor.get(f"/desk/{bulletin.pk}/preview/").content.decode()

    assert "Agencies did not share what they knew" in page
    assert "Preview:" in page
    assert f'href="/desk/{bulletin.pk}/"' in page  # the way back
    assert f"http://testserver/bulletins/{bulletin.slug}/" in page  # what is cited is the address that it will have
    bulletin.refresh_from_db()
    assert bulletin.state == State.DRAFT
    assert not Bulletin.objects.published().exists()


def facts_of(bulletin: Bulletin) -> dict[str, str]:
    return {
        "version": str(bulletin.draft.version),
        "title": bulletin.title,
        "board": str(bulletin.board_id),
        "kind": bulletin.kind,
        "published_on": "2016-09-13",
        "rights": "full-text",
        "rights_basis": "Written for a test.",
    }


def test_signing_in_leads_to_where_one_was_going_and_never_elsewhere(client: Client):
    person("editor", "editor")
    sent = {"username": "editor", "password": PASSWORD}

    inside = client.post("/desk/sign-in/", sent | {"next": "/desk/guide/"})
    outside = Client().post("/desk/sign-in/", sent | {"next": "https://elsewhere.example/"})

    assert inside["Location"] == "/desk/guide/"
    assert outside["Location"] == "/desk/"


def test_too_many_wrong_passwords_close_the_door_even_for_the_right_one(client: Client):
    person("editor", "editor")
    for _ in range(8):
        client.post("/desk/sign-in/", {"username": "editor", "password": "wrong"})

    page = client.post("/desk/sign-in/", {"username": "editor", "password": PASSWORD})

    assert "You have entered too many wrong passwords." in page.content.decode()


def test_a_character_that_no_database_keeps_is_refused_wherever_it_is_written():
    editor = signed_in("editor")
    bulletin = add(editor)

    page = editor.post(f"/desk/{bulletin.pk}/hold/", {"note": "Somebody\0 rang."})

    assert page.status_code == 409
    assert "a character that cannot be stored" in page.content.decode()
    bulletin.refresh_from_db()
    assert bulletin.state == State.DRAFT
