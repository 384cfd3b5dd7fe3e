"""Which database is read: a replica by the public, and the primary by everybody else and whenever it is in doubt."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connections, router, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from learning.catalogue import current
from learning.catalogue.store import kept
from learning.models import DataRevision
from reviews.models import Board, Theme
from scr_kb.database import replica as module
from scr_kb.database.replica import (
    BEHIND,
    PRIMARY,
    REPLICA,
    SILENT,
    Found,
    ReplicaMiddleware,
    ReplicaRouter,
    reading_from,
    replica,
)
from tests.factories import BoardFactory, ReviewFactory

ROOT = Path(module.__file__).parents[2]
FRESHNESS = "learning.middleware.caching.FreshnessMiddleware"
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture(scope="module", autouse=True)
def replica_file(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """A database of all tables without what migrations add. SQLite on either engine: nothing here asks which it is."""
    sqlite = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path_factory.mktemp("replica") / "replica.sqlite3"),
        "CONN_HEALTH_CHECKS": True,
    }
    databases = connections.configure_settings({PRIMARY: connections.settings[PRIMARY], REPLICA: sqlite})
    connections.settings[REPLICA] = databases[REPLICA]
    tables_only = override_settings(MIGRATION_MODULES={app.label: None for app in apps.get_app_configs()})
    with django_db_blocker.unblock():
        with tables_only:
            call_command("migrate", database=REPLICA, run_syncdb=True, verbosity=0)
        yield
        connections[REPLICA].close()
    del connections[REPLICA]
    del connections.settings[REPLICA]


@pytest.fixture
def second(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The site with a replica, which is as empty as the primary."""
    settings.DATABASE_ROUTERS = ["scr_kb.database.replica.ReplicaRouter"]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE]
    settings.MIDDLEWARE.insert(settings.MIDDLEWARE.index(FRESHNESS), "scr_kb.database.replica.ReplicaMiddleware")
    monkeypatch.setattr(replica, "found", Found())
    yield
    kept.committed.clear()


@pytest.fixture
def level(second: None) -> None:
    make_level()


def name_theme(name: str, using: str) -> None:
    """A theme that tells from which database a page was made."""
    Theme.objects.using(using).create(slug="told", name=name)


def make_level() -> None:
    """Let the replica have what the primary has, and a write more: their catalogues are not the same, then."""
    copy_revision(token="of the replica", more=1)


def copy_revision(token: str = "", more: int = 0) -> None:
    DataRevision.objects.using(REPLICA).all().delete()
    for row in DataRevision.objects.using(PRIMARY):
        row.number, row.token = row.number + more, token or row.token
        row.save(using=REPLICA, force_insert=True)
    replica.look_anew()


@pytest.fixture
def told_apart(second: None) -> None:
    """Each database holds a theme that names it, and a page of all themes shows which was read."""
    name_theme("Of the primary", PRIMARY)
    name_theme("Of the replica", REPLICA)
    make_level()


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "monotonic", clock)
    return clock


@contextmanager
def gone() -> Iterator[None]:
    """Nothing answers where the replica was."""
    connection = connections[REPLICA]
    path = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = f"{path}/nowhere"
    yield
    connection.settings_dict["NAME"] = path


def read_by(client: Client) -> set[str]:
    page = client.get("/themes/told/").content.decode()
    return {alias for alias in (PRIMARY, REPLICA) if f"Of the {'primary' if alias == PRIMARY else alias}" in page}


# --- who reads where ------------------------------------------------------------------------------------------------


def test_the_public_reads_the_replica(told_apart, client: Client):
    assert read_by(client) == {REPLICA}
    assert read_by(client) == {REPLICA}


def test_whoever_signed_in_reads_the_primary(told_apart, client: Client, django_user_model):
    client.force_login(django_user_model.objects.create(username="staff"))

    assert read_by(client) == {PRIMARY}


def test_any_session_cookie_reads_the_primary(told_apart, client: Client):
    client.cookies["sessionid"] = "unknown"

    assert read_by(client) == {PRIMARY}


def test_one_process_serves_both_from_their_own_database(told_apart, client: Client, django_user_model):
    staff = Client()
    staff.force_login(django_user_model.objects.create(username="staff"))

    assert [read_by(client), read_by(staff), read_by(client)] == [{REPLICA}, {PRIMARY}, {REPLICA}]


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS"])
def test_other_methods_read_the_primary(level, method):
    assert answered_by(method) == PRIMARY


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_safe_methods_read_the_replica(level, method):
    assert answered_by(method) == REPLICA


def answered_by(method: str) -> str:
    def tell(request: HttpRequest) -> HttpResponse:
        return HttpResponse(router.db_for_read(Theme))

    response = ReplicaMiddleware(tell)(RequestFactory().generic(method, "/"))
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def test_commands_and_whatever_comes_after_a_request_read_the_primary(level):
    answered_by("GET")

    assert router.db_for_read(Theme) == PRIMARY


def test_an_exception_leaves_nothing_behind(level):
    def fail(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ReplicaMiddleware(fail)(RequestFactory().get("/"))

    assert router.db_for_read(Theme) == PRIMARY


def test_a_transaction_reads_what_it_writes(second):
    with reading_from(REPLICA):
        with transaction.atomic():
            inside = router.db_for_read(Theme)
        after = router.db_for_read(Theme)

    assert (inside, after) == (PRIMARY, REPLICA)


def test_whoever_writes_reads_the_primary_from_then_on(second):
    with reading_from(REPLICA):
        Theme.objects.create(slug="told", name="Written")
        assert Theme.objects.get(slug="told").name == "Written"

    with reading_from(REPLICA):
        assert not Theme.objects.exists()


def test_what_was_read_from_the_replica_is_written_to_the_primary(second):
    for using in (PRIMARY, REPLICA):
        Theme.objects.using(using).create(pk=1, slug="told", name="Before")

    with reading_from(REPLICA):
        theme = Theme.objects.get()
    theme.name = "After"
    theme.save()

    assert [Theme.objects.using(using).get().name for using in (PRIMARY, REPLICA)] == ["After", "Before"]


def test_records_of_both_may_be_tied(second):
    board = BoardFactory()
    copy = Board.objects.using(PRIMARY).get()
    copy.save(using=REPLICA, force_insert=True)

    with reading_from(REPLICA):
        read = Board.objects.get(pk=board.pk)
    review = ReviewFactory.build(board=read)

    assert read._state.db == REPLICA
    assert review._state.db == PRIMARY


def test_nothing_is_migrated_on_the_replica(second):
    assert ReplicaRouter().allow_migrate(REPLICA, "reviews") is False
    assert ReplicaRouter().allow_migrate(PRIMARY, "reviews") is None


# --- when it is not to be read --------------------------------------------------------------------------------------


def test_a_replica_that_lacks_a_write_is_not_read_until_it_has_it(told_apart, client: Client, clock):
    Theme.objects.using(PRIMARY).update(definition="Changed")
    clock.pass_by(1.1)
    assert read_by(client) == {PRIMARY}

    clock.pass_by(0.5)
    assert read_by(client) == {PRIMARY}

    make_level()
    clock.pass_by(1.1)
    assert read_by(client) == {REPLICA}


def test_a_replica_that_is_where_the_primary_is_is_read(second):
    Theme.objects.create(slug="told", name="Written")
    assert answered_by("GET") == PRIMARY

    copy_revision()
    assert answered_by("GET") == REPLICA


def test_a_replica_that_is_further_on_than_it_was_asked_for_is_read(told_apart, client: Client, clock):
    DataRevision.objects.using(REPLICA).update(number=10**6, token="later")
    clock.pass_by(1.1)

    assert read_by(client) == {REPLICA}


def test_a_replica_of_another_line_is_not_read(told_apart, client: Client, clock):
    DataRevision.objects.using(REPLICA).update(number=10**6, token="later", epoch="another")
    clock.pass_by(1.1)

    assert read_by(client) == {PRIMARY}


def test_a_replica_that_does_not_answer_is_left_alone(told_apart, client: Client, clock, caplog):
    caplog.set_level(logging.INFO, "scr_kb.database.replica")
    with gone():
        assert [read_by(client), read_by(client)] == [{PRIMARY}, {PRIMARY}]
    assert read_by(client) == {PRIMARY}
    clock.pass_by(1.1)
    assert read_by(client) == {REPLICA}

    told = [(each.levelname, each.message) for each in caplog.records if each.name == "scr_kb.database.replica"]
    assert told == [
        ("WARNING", "The replica does not answer: the primary is read."),
        ("WARNING", "The replica is read again."),
    ]


def test_the_longer_a_look_took_in_vain_the_later_is_the_next(second, clock):
    assert module.silent_since(clock.now - 3) == Found(SILENT, clock.now + 30)
    assert module.silent_since(clock.now) == Found(SILENT, clock.now + 1)


@pytest.mark.parametrize(("waited", "rested"), [(0, 1), (0.3, 3), (3, 5), (60, 5)])
def test_a_primary_that_did_not_answer_is_soon_asked_again(level, clock, waited, rested):
    def keep_waiting(execute: Any, *query: Any) -> Any:
        clock.pass_by(waited)
        raise OperationalError("gone")

    with connections[PRIMARY].execute_wrapper(keep_waiting):
        assert replica.may_serve()

    assert replica.found.until == pytest.approx(clock.now + rested)


def test_what_one_thread_finds_holds_for_one_that_was_about_to_look(level, clock):
    """Both see that it is time to look; one of them finds the replica behind before the other has a connection."""
    arrived, found = threading.Event(), threading.Event()
    told = []

    def come_late() -> None:
        connect = connections[REPLICA].ensure_connection

        def wait_and_connect() -> None:
            arrived.set()
            found.wait(10)
            connect()

        connections[REPLICA].ensure_connection = wait_and_connect  # type: ignore[method-assign]
        told.append(replica.may_serve())
        connections[REPLICA].close()

    assert replica.may_serve()
    Theme.objects.create(slug="told", name="Written")
    clock.pass_by(1.1)
    late = threading.Thread(target=come_late)
    late.start()
    assert arrived.wait(10)
    told.append(replica.may_serve())
    found.set()
    late.join(10)

    assert told == [False, False]
    assert replica.trouble == BEHIND
    assert not replica.may_serve()


@pytest.mark.parametrize("trouble", ["", BEHIND])
def test_while_one_thread_looks_the_others_go_by_what_was_found_last(level, trouble):
    replica.found = Found(trouble)

    with replica.looking:
        assert replica.may_serve() == (not trouble)


def test_a_thread_without_a_connection_puts_off_no_look_of_another(level, clock):
    """Else a replica that the other found level would be read for as long as a silent one is left alone."""
    replica.tell(module.silent_since(clock.now - 3))
    replica.tell(module.look())

    assert replica.found == Found("", clock.now + 1)


def test_a_page_that_the_replica_fails_to_give_comes_from_the_primary(told_apart, client: Client, clock, caplog):
    client.raise_request_exception = False
    read_by(client)
    with connections[REPLICA].cursor() as cursor:
        cursor.execute("ALTER TABLE reviews_theme RENAME TO hidden")
    kept.committed.clear()
    try:
        assert read_by(client) == {PRIMARY}
    finally:
        connections[REPLICA].close()
        with connections[REPLICA].cursor() as cursor:
            cursor.execute("ALTER TABLE hidden RENAME TO reviews_theme")

    assert "The replica failed to give a page, which the primary was asked for." in caplog.messages


def test_a_fault_of_a_page_is_no_fault_of_the_replica(level):
    tries = []

    def fail(request: HttpRequest) -> HttpResponse:
        tries.append(router.db_for_read(Theme))
        return HttpResponse(status=500)

    response = ReplicaMiddleware(fail)(RequestFactory().get("/"))

    assert response.status_code == 500
    assert tries == [REPLICA]


def test_reading_goes_on_where_the_primary_does_not_answer(told_apart, client: Client, clock):
    def refuse(execute: Any, *query: Any) -> Any:
        raise OperationalError("gone")

    clock.pass_by(1.1)
    with connections[PRIMARY].execute_wrapper(refuse):
        assert read_by(client) == {REPLICA}


def test_the_health_check_tells_of_the_replica_and_can_miss_it(level, client: Client, clock):
    assert client.get("/healthz").json() == {"status": "ok", "replica": "ok"}

    Theme.objects.create(slug="told", name="Written")
    clock.pass_by(1.1)
    assert client.get("/healthz").json() == {"status": "ok", "replica": "is behind"}

    with gone():
        clock.pass_by(1.1)
        assert client.get("/healthz").json() == {"status": "ok", "replica": "does not answer"}


# --- without one ----------------------------------------------------------------------------------------------------


def told_of_settings(expression: str, **environment: str) -> str:
    """What an expression gives, in a process that has read the settings in this environment."""
    tell = f"from scr_kb.settings import *; print({expression})"
    env = {**os.environ, "SCR_KB_ENV": "development", **environment}
    done = subprocess.run([sys.executable, "-c", tell], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_there_is_no_trace_of_a_replica_where_none_is_set():
    told = told_of_settings("list(DATABASES), 'DATABASE_ROUTERS' in globals(), MIDDLEWARE", DATABASE_REPLICA_URL="")

    assert told.startswith("['default'] False [")
    assert "replica" not in told


def test_a_replica_is_chosen_before_anything_is_read():
    url = "postgres://reader@127.0.0.1:6/scr_kb"
    told = told_of_settings("list(DATABASES), *MIDDLEWARE[-3:]", DATABASE_REPLICA_URL=url)

    assert told.startswith(
        "['default', 'replica'] scr_kb.database.replica.ReplicaMiddleware learning.middleware.caching.Freshness"
    )


@pytest.mark.parametrize("answer", ["true", "false"])
def test_no_cursor_of_the_server_is_used_through_a_pooler(answer):
    url = "postgres://scr_kb@127.0.0.1:6/scr_kb"
    told = told_of_settings(
        "DATABASES['default']['DISABLE_SERVER_SIDE_CURSORS']", DATABASE_URL=url, SCR_KB_PGBOUNCER=answer
    )

    assert told == answer.capitalize()


def test_catalogues_are_kept_apart(told_apart):
    with reading_from(REPLICA):
        assert [theme.name for theme in current().themes.terms] == ["Of the replica"]
    assert [theme.name for theme in current().themes.terms] == ["Of the primary"]


def test_a_catalogue_is_shared_where_the_databases_are_level(second):
    Theme.objects.create(slug="told", name="Of the primary")
    copy_revision()
    ours = current()

    with reading_from(REPLICA):
        assert current() is ours
