"""The revision of the public records, and the triggers that raise it within the transaction of every write.

A trigger sees what no code of ours could be relied on to report: ``update()`` and ``bulk_create()``, the admin, fixtures,
a statement typed into the database's own shell. On SQLite a trigger fires for each row, on PostgreSQL once for each
statement: before it, to raise the revision (the lock on its row makes writers take turns, as they do on SQLite, so that
numbers are committed in their order), and after it, to note the records.

On SQLite a later migration that alters one of these tables makes that table anew there and loses its triggers: it must
run ``forwards`` again afterwards. A test looks for every one of them.
"""

from django.db import migrations, models

# What a row of a table belongs to: kinds of record, and the SQL of their keys, where ROW is the row written.
BULLETIN_OF_STATEMENT = "(SELECT bulletin_id FROM learning_statement WHERE id = ROW.statement_id)"
RECORDS = {
    "reviews_board": {"board": "ROW.id"},
    "reviews_review": {"review": "ROW.id"},
    "reviews_reviewtheme": {"review": "ROW.review_id"},
    "reviews_child": {"review": "ROW.review_id"},
    "reviews_childcarestatus": {"review": "(SELECT review_id FROM reviews_child WHERE id = ROW.child_id)"},
    "learning_bulletin": {"bulletin": "ROW.id"},
    "learning_bulletin_reviews": {"bulletin": "ROW.bulletin_id", "review": "ROW.review_id"},
    "learning_statement": {"bulletin": "ROW.bulletin_id"},
    "learning_statementtheme": {"bulletin": BULLETIN_OF_STATEMENT},
    "learning_statementagency": {"bulletin": BULLETIN_OF_STATEMENT},
    "learning_addressee": {"bulletin": BULLETIN_OF_STATEMENT},
    "learning_progress": {"bulletin": BULLETIN_OF_STATEMENT},
    "learning_glossaryterm": {"bulletin": "ROW.bulletin_id"},
}
# What pages show besides: these raise the revision alone.
SHOWN = [
    "reviews_agency",
    "reviews_reviewalias",
    "reviews_theme",
    "learning_curatornote",
    "learning_formeraddress",
    "learning_link",
    "learning_publictext",
    "learning_searchdocument",
    "learning_statedcount",
    "learning_supportline",
]
TABLES = RECORDS | {table: {} for table in SHOWN}
ROWS = {"insert": ["new"], "update": ["old", "new"], "delete": ["old"]}

# --- SQLite -------------------------------------------------------------------------------------------------------

RAISE_ON_SQLITE = """
    INSERT INTO learning_datarevision (id, number, token, line)
    VALUES (1, 1, lower(hex(randomblob(16))), lower(hex(randomblob(16))))
    ON CONFLICT (id) DO UPDATE SET number = number + 1, token = excluded.token;
"""
NOTE_ON_SQLITE = """
    INSERT INTO learning_datachange (kind, record, number)
    SELECT '{kind}', {key}, number FROM learning_datarevision WHERE id = 1 AND {key} IS NOT NULL
    ON CONFLICT (kind, record) DO UPDATE SET number = excluded.number;
"""


def on_sqlite():
    for table, records in TABLES.items():
        for operation, rows in ROWS.items():
            notes = [
                NOTE_ON_SQLITE.format(kind=kind, key=key.replace("ROW", row))
                for row in rows
                for kind, key in records.items()
            ]
            yield f"DROP TRIGGER IF EXISTS change_{table}_{operation}"
            yield (
                f"CREATE TRIGGER change_{table}_{operation} AFTER {operation.upper()} ON {table} BEGIN "
                f"{RAISE_ON_SQLITE} {''.join(notes)} END"
            )


# --- PostgreSQL ---------------------------------------------------------------------------------------------------

RAISE_ON_POSTGRESQL = """
    CREATE OR REPLACE FUNCTION change_raise() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO learning_datarevision (id, number, token, line)
        VALUES (1, 1, replace(gen_random_uuid()::text, '-', ''), replace(gen_random_uuid()::text, '-', ''))
        ON CONFLICT (id) DO UPDATE SET
            number = learning_datarevision.number + 1,
            token = excluded.token,
            line = CASE TG_OP WHEN 'TRUNCATE' THEN excluded.line ELSE learning_datarevision.line END;
        RETURN NULL;
    END $$
"""
NOTE_ON_POSTGRESQL = """
    CREATE OR REPLACE FUNCTION change_{table}_{operation}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO learning_datachange (kind, record, number)
        SELECT DISTINCT changed.kind, changed.record, learning_datarevision.number
        FROM ({changed}) AS changed, learning_datarevision
        WHERE changed.record IS NOT NULL
        ORDER BY changed.kind, changed.record
        ON CONFLICT (kind, record) DO UPDATE SET number = excluded.number;
        RETURN NULL;
    END $$
"""


def on_postgresql():
    yield RAISE_ON_POSTGRESQL
    for table, records in TABLES.items():
        yield f"DROP TRIGGER IF EXISTS change_{table} ON {table}"
        yield (
            f"CREATE TRIGGER change_{table} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION change_raise()"
        )
        for operation, rows in ROWS.items() if records else ():
            changed = " UNION ".join(
                f"SELECT '{kind}' AS kind, {key.replace('ROW', f'{row}_row')} AS record FROM {row}_rows AS {row}_row"
                for row in rows
                for kind, key in records.items()
            )
            referencing = " ".join(f"{row.upper()} TABLE AS {row}_rows" for row in rows)
            yield NOTE_ON_POSTGRESQL.format(table=table, operation=operation, changed=changed)
            yield f"DROP TRIGGER IF EXISTS change_{table}_{operation} ON {table}"
            yield (
                f"CREATE TRIGGER change_{table}_{operation} AFTER {operation.upper()} ON {table} "
                f"REFERENCING {referencing} FOR EACH STATEMENT EXECUTE FUNCTION change_{table}_{operation}()"
            )


# --- both ---------------------------------------------------------------------------------------------------------


def forwards(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in on_postgresql() if is_postgresql else on_sqlite():
        schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    on_table = " ON {table}" if is_postgresql else ""
    for table, records in TABLES.items():
        if is_postgresql:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS change_{table} ON {table}", params=None)
        for operation in ROWS:
            trigger = f"DROP TRIGGER IF EXISTS change_{table}_{operation}{on_table.format(table=table)}"
            schema_editor.execute(trigger, params=None)
            if is_postgresql and records:
                schema_editor.execute(f"DROP FUNCTION change_{table}_{operation}()", params=None)
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION change_raise()", params=None)


class Migration(migrations.Migration):
    dependencies = [("learning", "0003_lead_in"), ("reviews", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="DataRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField()),
                ("token", models.CharField(max_length=32)),
                ("line", models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="DataChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("review", "Review"), ("bulletin", "Bulletin"), ("board", "Board")], max_length=10
                    ),
                ),
                ("record", models.PositiveBigIntegerField(help_text="Its key. The record may be gone.")),
                ("number", models.PositiveBigIntegerField(db_index=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "record"), name="data_change_of_record")],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
