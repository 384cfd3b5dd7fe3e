"""The triggers that raise the revision of the public records within the transaction of a write, and note of what.

A trigger sees what no code of ours could be relied on to report: ``update()``, ``bulk_create()``, the admin, fixtures,
a statement typed into the database's own shell. On SQLite a trigger fires for each row, on PostgreSQL once for each
statement: before it, to raise the revision (the lock on its row makes writers take turns, as they do on SQLite, so that
numbers are committed in their order), and after it, to note the records.

SQLite alters most tables by making them anew. It refuses to while a trigger elsewhere speaks of the table, and loses
the table's own triggers without a word. So ``migrate`` switches them off for each migration and then makes them anew,
in the transaction of that migration (``revisions.kept_true``). A change to what stands here reaches a database with the
next ``migrate``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

# What a row of a table belongs to: kinds of record, and the SQL of their keys, where ROW is the row written.
BULLETIN_OF_STATEMENT = "(SELECT bulletin_id FROM learning_statement WHERE id = ROW.statement_id)"
RECORDS: dict[str, dict[str, str]] = {
    "reviews_board": {"board": "ROW.id"},
    "reviews_review": {"review": "ROW.id"},
    "reviews_reviewalias": {"review": "ROW.review_id"},
    "reviews_reviewtheme": {"review": "ROW.review_id"},
    "reviews_child": {"review": "ROW.review_id"},
    "reviews_childcarestatus": {"review": "(SELECT review_id FROM reviews_child WHERE id = ROW.child_id)"},
    "learning_bulletin": {"bulletin": "ROW.id"},
    "learning_bulletin_reviews": {"bulletin": "ROW.bulletin_id", "review": "ROW.review_id"},
    "learning_statement": {"bulletin": "ROW.bulletin_id"},
    "learning_statementtheme": {"bulletin": BULLETIN_OF_STATEMENT},
    "learning_statementagency": {"bulletin": BULLETIN_OF_STATEMENT},
    "learning_statementoccasion": {"bulletin": BULLETIN_OF_STATEMENT},
    "learning_addressee": {"bulletin": BULLETIN_OF_STATEMENT},
    "learning_progress": {"bulletin": BULLETIN_OF_STATEMENT},
    "learning_responsecheck": {"bulletin": "ROW.bulletin_id"},
    "learning_glossaryterm": {"bulletin": "ROW.bulletin_id"},
}
# What pages show besides: these raise the revision alone.
SHOWN = [
    "reviews_agency",
    "reviews_theme",
    "learning_curatornote",
    "learning_formeraddress",
    "learning_link",
    "learning_publictext",
    "learning_searchdocument",
    "learning_starthere",
    "learning_statedcount",
    "learning_supportline",
]
# What the triggers write. Without these tables there are none.
WRITTEN = {"learning_datarevision", "learning_datachange"}
TABLES = RECORDS | {table: {} for table in SHOWN}
ROWS = {"insert": ["new"], "update": ["old", "new"], "delete": ["old"]}


@dataclass(frozen=True)
class Trigger:
    """Its SQL as the database gives it back; on PostgreSQL with the function that it calls, and what that does."""

    name: str
    table: str
    sql: str
    function: str = ""
    body: str = ""
    is_on: bool = True


def create(connection: BaseDatabaseWrapper) -> None:
    """Make them all anew and switch them on, whatever was there. A table that is not there (yet) is left out.

    PostgreSQL replaces what is there rather than dropping it, for which readers would have to wait.
    """
    wanted = triggers_wanted(connection)
    names = {trigger.name for trigger in wanted}
    is_replaced = connection.vendor == "postgresql"
    remove(connection, [old for old in triggers_there(connection) if not (is_replaced and old.name in names)])
    bodies = {trigger.function: trigger.body for trigger in wanted if trigger.function}
    run(
        connection,
        [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
            for name, body in bodies.items()
        ],
    )
    verb = "CREATE OR REPLACE TRIGGER" if is_replaced else "CREATE TRIGGER"
    run(connection, [trigger.sql.replace("CREATE TRIGGER", verb, 1) for trigger in wanted])


def drop(connection: BaseDatabaseWrapper) -> None:
    remove(connection, triggers_there(connection))


def switch_off(connection: BaseDatabaseWrapper) -> None:
    """Until ``create``. Others go on reading meanwhile; within a transaction none of them can write."""
    if connection.vendor == "postgresql":
        there = [trigger for trigger in triggers_there(connection) if trigger.is_on]
        run(connection, [f"ALTER TABLE {trigger.table} DISABLE TRIGGER {trigger.name}" for trigger in there])
    else:
        drop(connection)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of those that are not there as they should be: lost, switched off, or of another release."""
    there = set(triggers_there(connection))
    return [trigger.name for trigger in triggers_wanted(connection) if trigger not in there]


def have_a_place(connection: BaseDatabaseWrapper) -> bool:
    """Whether the tables that they write are there, as this release knows them."""
    if not set(connection.introspection.table_names()) >= WRITTEN:
        return False
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "learning_datarevision")
    return "epoch" in {column.name for column in columns}


def triggers_wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    tables = set(connection.introspection.table_names())
    make = on_postgresql if connection.vendor == "postgresql" else on_sqlite
    there = [table for table in TABLES if table in tables] if have_a_place(connection) else []
    return [trigger for table in there for trigger in make(table, TABLES[table])]


def triggers_there(connection: BaseDatabaseWrapper) -> list[Trigger]:
    query = THERE_ON_POSTGRESQL if connection.vendor == "postgresql" else THERE_ON_SQLITE
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [Trigger(*row) for row in cursor.fetchall()]


def remove(connection: BaseDatabaseWrapper, triggers: Iterable[Trigger]) -> None:
    on_table = " ON {table}" if connection.vendor == "postgresql" else ""
    run(connection, [f"DROP TRIGGER {each.name}{on_table.format(table=each.table)}" for each in triggers])
    still_called = {trigger.function for trigger in triggers_there(connection)}
    functions = sorted({trigger.function for trigger in triggers} - {""} - still_called)
    run(connection, [f"DROP FUNCTION {name}()" for name in functions])


def run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


# --- SQLite -------------------------------------------------------------------------------------------------------

THERE_ON_SQLITE = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'change_*'"
RAISE_ON_SQLITE = """
    INSERT INTO learning_datarevision (id, number, token, epoch)
    VALUES (1, 1, lower(hex(randomblob(16))), lower(hex(randomblob(16))))
    ON CONFLICT (id) DO UPDATE SET number = number + 1, token = excluded.token;
"""
NOTE_ON_SQLITE = """
    INSERT INTO learning_datachange (kind, record, number)
    SELECT '{kind}', {key}, number FROM learning_datarevision WHERE id = 1 AND {key} IS NOT NULL
    ON CONFLICT (kind, record) DO UPDATE SET number = excluded.number;
"""


def on_sqlite(table: str, records: dict[str, str]) -> list[Trigger]:
    triggers = []
    for operation, rows in ROWS.items():
        notes = [
            NOTE_ON_SQLITE.format(kind=kind, key=key.replace("ROW", row))
            for row in rows
            for kind, key in records.items()
        ]
        name = f"change_{table}_{operation}"
        sql = f"CREATE TRIGGER {name} AFTER {operation.upper()} ON {table} BEGIN {RAISE_ON_SQLITE} {''.join(notes)} END"
        triggers.append(Trigger(name, table, sql))
    return triggers


# --- PostgreSQL ---------------------------------------------------------------------------------------------------

THERE_ON_POSTGRESQL = """
    SELECT tgname, relname, pg_get_triggerdef(pg_trigger.oid, true), proname, prosrc, tgenabled = 'O'
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE NOT tgisinternal AND starts_with(tgname, 'change_') AND pg_table_is_visible(tgrelid)
"""
RAISE_ON_POSTGRESQL = """
    BEGIN
        INSERT INTO learning_datarevision (id, number, token, epoch)
        VALUES (1, 1, replace(gen_random_uuid()::text, '-', ''), replace(gen_random_uuid()::text, '-', ''))
        ON CONFLICT (id) DO UPDATE SET
            number = learning_datarevision.number + 1,
            token = excluded.token,
            epoch = CASE TG_OP WHEN 'TRUNCATE' THEN excluded.epoch ELSE learning_datarevision.epoch END;
        RETURN NULL;
    END """
NOTE_ON_POSTGRESQL = """
    BEGIN
        INSERT INTO learning_datachange (kind, record, number)
        SELECT DISTINCT changed.kind, changed.record, learning_datarevision.number
        FROM ({changed}) AS changed, learning_datarevision
        WHERE changed.record IS NOT NULL
        ORDER BY changed.kind, changed.record
        ON CONFLICT (kind, record) DO UPDATE SET number = excluded.number;
        RETURN NULL;
    END """


def on_postgresql(table: str, records: dict[str, str]) -> list[Trigger]:
    """The words of each in the order in which PostgreSQL tells them, so that they can be compared."""
    name = f"change_{table}"
    sql = (
        f"CREATE TRIGGER {name} BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION change_raise()"
    )
    triggers = [Trigger(name, table, sql, "change_raise", RAISE_ON_POSTGRESQL)]
    for operation, rows in ROWS.items() if records else ():
        name = f"change_{table}_{operation}"
        referencing = " ".join(f"{row.upper()} TABLE AS {row}_rows" for row in rows)
        sql = (
            f"CREATE TRIGGER {name} AFTER {operation.upper()} ON {table} "
            f"REFERENCING {referencing} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
        changed = " UNION ".join(
            f"SELECT '{kind}' AS kind, {key.replace('ROW', f'{row}_row')} AS record FROM {row}_rows AS {row}_row"  # noqa: S608
            for row in rows
            for kind, key in records.items()
        )
        triggers.append(Trigger(name, table, sql, name, NOTE_ON_POSTGRESQL.format(changed=changed)))
    return triggers
