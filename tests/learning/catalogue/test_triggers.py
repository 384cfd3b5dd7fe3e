"""Migrations must not lose the triggers that raise the revision: what is held would go on showing."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import Error
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from learning.catalogue import current, revisions, triggers
from learning.checks import writes_are_noticed
from learning.models import Bulletin
from learning.models import Statement as StatementModel
from reviews.state import State
from tests.factories import StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)
Migrate = Callable[..., None]
FIRST_LINES = "from django.db import migrations, models"
OF_AN_APP = """
from django.apps import apps
{lines}

class Migration(migrations.Migration):
    dependencies = [("{app}", "{last}")]
    atomic = {atomic}
    operations = [{operations}]
"""
ALTER = "migrations.AlterField({model!r}, {field!r}, models.{kind}(default={default!r}, {options}))"
FAIL = """
def fail(apps, schema_editor):
    raise ZeroDivisionError
"""
WRITE = """
def write(apps, schema_editor):
    from tests.factories import StatementFactory
    StatementFactory()
"""
NOTHING = "migrations.RunPython.noop"


@pytest.fixture(scope="module", autouse=True)
def other_database(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[None]:
    """A second database, yet empty. SQLite on either engine: nothing here asks which it is."""
    path = tmp_path_factory.mktemp("other") / "other.sqlite3"
    sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    settings = connections.configure_settings({"default": connections.settings["default"], "other": sqlite})
    connections.settings["other"] = settings["other"]
    yield
    connections["other"].close()
    del connections["other"]
    del connections.settings["other"]


@pytest.fixture
def migrate_more(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Migrate]:
    """Call it with operations: the app is migrated by one more migration of them, which is undone in the end."""
    monkeypatch.syspath_prepend(tmp_path)
    undone: list[tuple[str, str]] = []

    def migrate(app: str, operations: str, lines: str = "", atomic: bool = True) -> None:
        last = MigrationLoader(connection).graph.leaf_nodes(app)[0][1]
        name = f"more_migrations_of_{app}"
        shutil.copytree(Path(apps.get_app_config(app).path) / "migrations", tmp_path / name)
        source = OF_AN_APP.format(
            app=app, last=last, operations=operations, lines=f"{FIRST_LINES}\n{lines}", atomic=atomic
        )
        (tmp_path / name / "9999_more.py").write_text(source, encoding="utf-8")
        settings.MIGRATION_MODULES = {app: name}
        undone.append((app, last))
        call_command("migrate", app, verbosity=0)

    yield migrate
    for app, last in undone:
        call_command("migrate", app, last, verbosity=0)
    for name in [name for name in sys.modules if name.startswith("more_migrations_of_")]:
        del sys.modules[name]


def lose_one(name: str = "change_learning_statement_update") -> None:
    on_table = " ON learning_statement" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on_table}")


def is_noticed() -> bool:
    """Whether a hold, done past all our code, takes a statement out of view."""
    statement = StatementFactory(review=None)
    assert current().statements.records
    before = revisions.revision()
    Bulletin.objects.filter(pk=statement.bulletin_id).update(state=State.HELD)
    return revisions.revision().may_come_from(before) and not current().statements.records


ALTERED = [
    ("learning", "statement", "citation", "CharField", "", "max_length=999"),
    ("reviews", "child", "pseudonym", "CharField", "", "max_length=99"),
    ("learning", "datarevision", "token", "CharField", "x", "max_length=99"),
    ("learning", "datachange", "record", "BigIntegerField", 0, ""),
]


@pytest.mark.parametrize(("app", "model", "field", "kind", "default", "options"), ALTERED)
def test_a_table_that_is_made_anew_has_its_triggers(migrate_more, app, model, field, kind, default, options):
    StatementFactory()
    before = revisions.revision()

    migrate_more(app, ALTER.format(model=model, field=field, kind=kind, default=default, options=options))

    assert triggers.missing(connection) == []
    assert revisions.revision().epoch != before.epoch
    StatementModel.objects.all().delete()
    assert is_noticed()


def test_what_a_migration_writes_is_noticed_and_its_checks_may_wait(migrate_more):
    known = current()

    migrate_more("learning", f"migrations.RunPython(write, {NOTHING})", WRITE)

    assert triggers.missing(connection) == []
    assert not known.statements.records
    assert current().statements.records


def test_a_migration_that_fails_leaves_all_as_it_was(migrate_more):
    StatementFactory()
    before = revisions.revision()

    with pytest.raises(ZeroDivisionError):
        migrate_more("learning", f"migrations.RunPython(fail, {NOTHING})", FAIL)

    assert triggers.missing(connection) == []
    assert revisions.revision() == before


@pytest.mark.parametrize("lines", [FAIL, ""])
def test_a_migration_without_a_transaction_begins_a_new_line_even_if_it_fails(migrate_more, lines):
    StatementFactory()
    before = revisions.revision()
    operation = f"migrations.RunPython({'fail' if lines else NOTHING}, {NOTHING})"

    try:
        migrate_more("learning", operation, lines, atomic=False)
    except ZeroDivisionError:
        assert lines

    assert triggers.missing(connection) == []
    assert revisions.revision().epoch != before.epoch


def test_back_to_the_time_before_there_was_a_revision_and_forth_again():
    try:
        call_command("migrate", "learning", "0003", verbosity=0)
        assert triggers.triggers_there(connection) == []
        assert triggers.missing(connection) == []
    finally:
        call_command("migrate", verbosity=0)

    assert triggers.missing(connection) == []
    assert is_noticed()


def test_nothing_to_migrate_leaves_every_catalogue_good():
    StatementFactory()
    before = revisions.revision()

    call_command("migrate", verbosity=0)
    call_command("migrate", "reviews", verbosity=0)

    assert revisions.revision() == before


def test_migrate_mends_what_is_lost():
    StatementFactory()
    before = revisions.revision()
    lose_one()

    call_command("migrate", "reviews", verbosity=0)

    assert triggers.missing(connection) == []
    assert revisions.revision().epoch != before.epoch


@pytest.mark.parametrize("option", ["plan", "check_unapplied"])
def test_what_only_tells_of_migrations_mends_nothing(option):
    lose_one()
    try:
        call_command("migrate", verbosity=0, **{option: True})
        assert triggers.missing(connection) == ["change_learning_statement_update"]
    finally:
        triggers.create(connection)


@pytest.mark.django_db(transaction=True, databases=["default", "other"])
def test_another_database_gets_its_own():
    before = revisions.revision()

    call_command("migrate", database="other", verbosity=0)

    assert len(triggers.triggers_there(connections["other"])) == 3 * len(triggers.TABLES)
    assert triggers.missing(connections["other"]) == []
    assert revisions.revision() == before


def test_a_load_past_the_triggers_leaves_them_on():
    with revisions.paused():
        StatementFactory()

    assert triggers.missing(connection) == []


# --- the check ------------------------------------------------------------------------------------------------------


def problems() -> list[Any]:
    return writes_are_noticed(None, databases=["default"])


def test_the_check_is_content_and_asks_only_where_it_is_told_to():
    assert problems() == []
    assert writes_are_noticed(None) == []


def test_the_check_finds_a_trigger_that_is_lost():
    lose_one()
    try:
        [problem] = problems()
    finally:
        triggers.create(connection)

    assert isinstance(problem, Error)
    assert problem.id == "learning.E001"
    assert problem.msg.endswith("in the database default: change_learning_statement_update")
    assert problem.hint == "Run manage.py migrate --database default."
    assert problems() == []


def test_the_check_finds_triggers_that_are_switched_off():
    triggers.switch_off(connection)
    try:
        [problem] = problems()
    finally:
        triggers.create(connection)

    assert all(f"change_{table}" in problem.msg for table in triggers.TABLES)
    assert problems() == []


def test_the_check_finds_what_is_of_another_release():
    """Which may note another record, or none."""
    table = "learning_statement"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            body = "AS $$ BEGIN RETURN NULL; END $$"
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION change_{table}_update() RETURNS trigger LANGUAGE plpgsql {body}"
            )
        else:
            lose_one()
            cursor.execute(f"CREATE TRIGGER change_{table}_update AFTER UPDATE ON {table} BEGIN SELECT 1; END")
    try:
        assert triggers.missing(connection) == [f"change_{table}_update"]
    finally:
        triggers.create(connection)
    assert problems() == []
