"""From the version before to this one: no row, grant, session or address is lost, and everything goes on working."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from learning.catalogue import revision, triggers
from learning.intake.models import ImportJob
from learning.models import Bulletin, Progress, ResponseCheck, SupportLine
from scr_kb.accounts.models import User
from tests import upgrade

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

RENAMED = {"intake_importjob": {"sort": "format"}}
# Whose rows say what this version adds or derives itself: each has a test of its own below, or elsewhere.
OF_THE_DATABASE = {
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "learning_datachange",
    "learning_datarevision",
    "learning_searchdocument",
}


@pytest.fixture
def before(tmp_path, settings):
    """What the version before had stored; the database is that of this version by now."""
    settings.MEDIA_ROOT = tmp_path / "media"
    name = str(tmp_path / "before.sqlite3")
    if connection.vendor == "postgresql":
        name = f"{connection.settings_dict['NAME']}_before"
    with upgrade.other_database(name):
        assert connection.introspection.table_names() == []
        upgrade.fill()
        stored = upgrade.stored()
        call_command("migrate", verbosity=0)
        yield stored
    assert not User.objects.exists()


def session_of(name: str, stored: upgrade.Rows) -> Client:
    """A browser that had signed in before the upgrade."""
    from django.contrib.sessions.backends.db import SessionStore

    user = User.objects.get(username=name)
    keys = [row["session_key"] for row in stored["django_session"]]
    own = [key for key in keys if SessionStore(key).get("_auth_user_id") == str(user.pk)]
    client = Client()
    client.cookies["sessionid"] = own[0]
    return client


def test_upgrade(before):
    assert_rows_are_kept(before)
    assert_grants_are_kept(before)
    assert_revision_goes_on(before)
    assert_site_goes_on(before)
    assert_queue_goes_on(before)
    assert_support_lines_have_topics()


def assert_rows_are_kept(before: upgrade.Rows) -> None:
    after = upgrade.stored()
    for table, rows in before.items():
        if table in OF_THE_DATABASE:
            continue
        names = RENAMED.get(table, {})
        expected = [{names.get(name, name): value for name, value in row.items()} for row in rows]
        kept = [{name: row[name] for name in expected[0]} for row in after[table]] if expected else after[table]
        assert kept == expected, table


def assert_grants_are_kept(before: upgrade.Rows) -> None:
    def codename(key: int) -> str:
        old = next(row["codename"] for row in before["auth_permission"] if row["id"] == key)
        return str(old).replace("settleddoubt", "acknowledgedwarning")

    granted = {(row["group_id"], codename(row["permission_id"])) for row in before["auth_group_permissions"]}
    for group in Group.objects.all():
        own = {name for key, name in granted if key == group.pk}
        assert own
        assert own <= set(group.permissions.values_list("codename", flat=True))
    editor = User.objects.get(username="sample-editor")
    assert editor.has_perm("intake.change_acknowledgedwarning")
    assert not User.objects.get(username="sample-publisher").has_perm("intake.change_acknowledgedwarning")


def assert_revision_goes_on(before: upgrade.Rows) -> None:
    old = before["learning_datarevision"][0]
    now = revision()
    assert now.number > old["number"]
    assert (now.token, now.epoch) != (old["token"], old["line"])
    assert triggers.missing(connection) == []
    Bulletin.objects.filter(pk=1).update(author="Somebody else")
    assert revision().number == now.number + 1
    assert revision().epoch == now.epoch


def test_a_progress_of_no_response_becomes_a_search_without_a_result(tmp_path):
    """Its words stay in the note, and the history tells both what it was and what it is."""
    name = str(tmp_path / "earlier.sqlite3")
    if connection.vendor == "postgresql":
        name = f"{connection.settings_dict['NAME']}_earlier"
    with upgrade.other_database(name):
        call_command("migrate", "learning", "0007", verbosity=0)
        earlier = MigrationExecutor(connection).loader.project_state([("learning", "0007_search_stems")]).apps
        statement, dated, undated, done = entries_of_before(earlier)
        call_command("migrate", verbosity=0)

        checks = ResponseCheck.objects.order_by("position")
        assert [(each.statement_id, each.result, each.looked_on) for each in checks] == [
            (statement, "none-found", date(2019, 5, 4)),
            (statement, "none-found", date(2020, 2, 3)),
        ]
        assert checks[0].note == "Nothing on its page\nThe board's site\nwww.sampleshire.example"
        assert [each.pk for each in Progress.objects.all()] == [done]
        assert [row.history_type for row in Progress.history.filter(id=dated)] == ["-"]
        assert [row.history_type for row in Progress.history.filter(id=undated)] == ["-", "+"]
        assert [row.history_type for row in ResponseCheck.history.all()] == ["+", "+"]


def entries_of_before(apps: Any) -> tuple[int, ...]:
    """A statement with two entries that nothing was found, one of them without a date, and one that it is done."""
    board = apps.get_model("reviews", "Board").objects.create(slug="sampleshire", name="Sampleshire")
    bulletin = apps.get_model("learning", "Bulletin").objects.create(board=board, slug="sample", title="Sample")
    statement = apps.get_model("learning", "Statement").objects.create(
        bulletin=bulletin, serial=1, position=1, kind="recommendation", text="Words.",
        start=0, end=6, public_start=0, public_end=6,
    )  # fmt: skip
    old: list[dict[str, Any]] = [
        {"status": "no-response", "as_printed": "Nothing on its page", "reported_on": date(2019, 5, 4),
         "reported_precision": "day", "source_address": "www.sampleshire.example"},
        {"status": "no-response", "as_printed": "Nothing"},
        {"status": "done", "as_printed": "It is done"},
    ]  # fmt: skip
    entries = [
        statement.progress.create(position=position, source_title="The board's site", **fields)
        for position, fields in enumerate(old, 1)
    ]
    apps.get_model("learning", "HistoricalProgress").objects.create(
        id=entries[1].pk, statement=statement, status="no-response", as_printed="Nothing", source_title="The site",
        history_date=datetime(2020, 2, 3, 12, tzinfo=UTC), history_type="+",
    )  # fmt: skip
    return (statement.pk, *(entry.pk for entry in entries))


def assert_site_goes_on(before: upgrade.Rows) -> None:
    visitor = Client()
    assert visitor.get("/learning/?q=safeguarding").status_code == 200
    found = visitor.get("/search/?q=chronology").content.decode()
    assert "Nothing has all" not in found
    for row in before["learning_formeraddress"]:
        response = visitor.get(row["path"])
        assert response.status_code == 301
        assert visitor.get(response["Location"]).status_code == 200
    desk = session_of("sample-editor", before).get("/desk/")
    assert desk.status_code == 200
    assert "Child Z" in desk.content.decode()


def assert_support_lines_have_topics() -> None:
    found = {line.slug: (line.topic, line.in_footer) for line in SupportLine.objects.all()}
    assert found["childline"] == ("children", True)
    assert found["national-domestic-abuse-helpline"] == ("domestic-abuse", False)
    assert sum(in_footer for _, in_footer in found.values()) == 4


def assert_queue_goes_on(before: upgrade.Rows) -> None:
    assert ImportJob.objects.filter(state="queued").count() == 3
    call_command("run_imports", verbosity=0)
    states = dict(ImportJob.objects.values_list("name", "state"))
    assert states == {"pasted text": "done", "queued.txt": "done", "waits.txt": "done", "broken.pdf": "failed"}
