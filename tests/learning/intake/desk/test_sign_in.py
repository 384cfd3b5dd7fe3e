"""The door of the desk: too many wrong passwords close it for a while, on every host of the site."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from learning.intake.desk.views.sign_in import MOST_TRIES, WAIT
from learning.intake.models import SignInTry
from scr_kb.accounts.models import User
from tests.learning.intake.desk.site import PASSWORD, person

pytestmark = pytest.mark.django_db
CLOSED = "You have entered too many wrong passwords."


@pytest.fixture(autouse=True)
def editor():
    return person("editor", "editor")


def attempt(password, name="editor", **place):
    """A try from a browser that knows nothing of those before it, as another process or host of the site sees it."""
    return Client(**place).post("/desk/sign-in/", {"username": name, "password": password})


def fail(times):
    for _ in range(times):
        attempt("wrong")


def test_after_eight_failures_the_right_password_is_refused_too():
    fail(MOST_TRIES)

    assert CLOSED in attempt(PASSWORD).content.decode()


def test_the_eighth_try_may_still_be_the_right_one_and_ends_the_count():
    fail(MOST_TRIES - 1)

    assert attempt(PASSWORD).status_code == 302
    assert not SignInTry.objects.exists()


def test_an_empty_password_does_not_end_the_count():
    fail(MOST_TRIES)
    attempt("")

    assert CLOSED in attempt(PASSWORD).content.decode()


def test_a_refused_try_makes_the_wait_no_longer():
    fail(MOST_TRIES + 3)

    assert SignInTry.objects.count() == MOST_TRIES


def test_the_door_opens_after_a_while_and_old_tries_are_deleted():
    fail(MOST_TRIES)
    SignInTry.objects.update(made_at=timezone.now() - WAIT - timedelta(seconds=1))

    assert attempt(PASSWORD).status_code == 302
    assert not SignInTry.objects.exists()


def test_others_and_other_places_are_not_locked_out():
    person("other", "editor")
    fail(MOST_TRIES)

    assert attempt(PASSWORD, name="other").status_code == 302
    assert attempt(PASSWORD, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_what_is_counted_names_nobody():
    fail(1)

    [row] = SignInTry.objects.values()
    assert "editor" not in str(row)
    assert "127.0.0.1" not in str(row)


def test_the_admin_has_no_door_of_its_own():
    client = Client()

    response = client.post("/admin/login/?next=/admin/learning/bulletin/", {"username": "editor", "password": "wrong"})

    assert response["Location"] == "/desk/sign-in/?next=%2Fadmin%2Flearning%2Fbulletin%2F"
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/desk/sign-in/?next=%2Fadmin%2F"


def test_whoever_has_no_business_in_the_admin_is_told_so_and_not_sent_round_in_circles():
    client = Client()
    client.login(username="editor", password=PASSWORD)

    assert client.get("/admin/", follow=True).status_code == 403


def test_an_administrator_comes_through_the_door_to_the_admin():
    person("root")
    User.objects.filter(username="root").update(is_staff=True, is_superuser=True)
    client = Client()

    response = client.post("/desk/sign-in/", {"username": "root", "password": PASSWORD, "next": "/admin/"})

    assert response["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/login/")["Location"] == "/admin/"


def test_a_closed_account_comes_in_nowhere():
    client = Client()
    client.login(username="editor", password=PASSWORD)
    User.objects.update(is_active=False)

    assert client.get("/desk/").status_code == 302
    assert "The name or password is not correct." in attempt(PASSWORD).content.decode()
