"""A database as the version before left it, for the test of the upgrade.

``tests/data/version_before.json.gz`` holds the rows of every table, the triggers of both engines and the files that
waited in the queue, as that version wrote them: two of the bulletins, a draft from the desk with plainly invented
people, three roles, a group of somebody's own, and sessions.
"""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction

BEFORE = [("reviews", "0001"), ("learning", "0005"), ("intake", "0003"), ("accounts", "0001"), ("auth", None)]
SAVED = Path(__file__).parent / "data" / "version_before.json.gz"
Rows = dict[str, list[dict[str, Any]]]


@contextmanager
def other_database(name: str) -> Iterator[None]:
    """The default connection leads to an empty database within. ``name``: a path on SQLite, else a new name.

    The open connection is set aside, not closed: a database in memory would end with it.
    """
    own, opened = connection.settings_dict["NAME"], connection.connection
    is_server = connection.vendor == "postgresql"
    if is_server:
        run(f'CREATE DATABASE "{name}"')
    connection.connection, connection.settings_dict["NAME"] = None, name
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = opened, own
        if is_server:
            run(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def fill() -> None:
    """The database of the version before, in an empty one."""
    saved = json.loads(gzip.decompress(SAVED.read_bytes()))
    for app, migration in BEFORE:
        call_command("migrate", app, *([migration] if migration else []), verbosity=0)
    call_command("migrate", "sessions", verbosity=0)
    call_command("migrate", "admin", verbosity=0)
    with transaction.atomic(), connection.constraint_checks_disabled():
        for table in connection.introspection.table_names():
            if "searchindex" not in table:
                run(f'DELETE FROM "{table}"')
        for table, content in saved["rows"].items():
            insert(table, content["columns"], content["rows"])
    reset_sequences(saved["rows"])
    for trigger in saved["triggers"][connection.vendor]:
        run(trigger)
    for name, text in saved["files"].items():
        default_storage.save(name, ContentFile(text.encode()))


def insert(table: str, columns: list[str], rows: list[list[Any]]) -> None:
    """SQLite keeps truth as 0 and 1, and the saved rows are SQLite's."""
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
        truths = {column.name for column in described if connection.vendor == "postgresql" and column.type_code == 16}
        values = ", ".join("%s" for _ in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        converted = [
            [
                bool(value) if name in truths and value is not None else value
                for name, value in zip(columns, row, strict=True)
            ]
            for row in rows
        ]
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({values})', converted)


def reset_sequences(tables: dict[str, Any]) -> None:
    """So that PostgreSQL numbers new rows after the saved ones."""
    if connection.vendor != "postgresql":
        return
    for table, content in tables.items():
        for name in {"id", "history_id", "m2m_history_id"} & set(content["columns"]):
            sequence = f"pg_get_serial_sequence('{table}', '{name}')"
            run(f'SELECT setval({sequence}, (SELECT MAX("{name}") FROM "{table}")) WHERE {sequence} IS NOT NULL')


def stored() -> Rows:
    """Every row of every table of ours, by the table, in the order of the keys."""
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if "searchindex" in table or table.startswith("sqlite_"):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            rows[table] = sorted(found, key=lambda row: str(row.get("id", row.get("history_id", ""))).zfill(12))
    return rows
