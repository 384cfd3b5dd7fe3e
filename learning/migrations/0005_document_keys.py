"""Gives each search document the key that tells of which record it is: the record's own, times eight, plus its kind.

Keys of before and after may meet, so all are first moved out of the way (below nought). On SQLite the index is made anew.
"""

from django.db import migrations

RECORDS = ("review", "statement", "bulletin", "theme", "board")


def forwards(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    cases = " ".join(f"WHEN {name}_id IS NOT NULL THEN {name}_id * 8 + {code}" for code, name in enumerate(RECORDS))
    triggers = []
    if is_sqlite:  # each moved row would be taken out of the index and put in again, twice
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'learning_searchdocument'")
            triggers = cursor.fetchall()
    for name, _ in triggers:
        schema_editor.execute(f"DROP TRIGGER {name}", params=None)
    schema_editor.execute(f"UPDATE learning_searchdocument SET id = -1 - (CASE {cases} END)", params=None)
    schema_editor.execute("UPDATE learning_searchdocument SET id = -1 - id", params=None)
    for _, sql in triggers:
        schema_editor.execute(sql, params=None)
    if is_sqlite:
        schema_editor.execute("INSERT INTO learning_searchindex(learning_searchindex) VALUES ('rebuild')", params=None)


class Migration(migrations.Migration):
    dependencies = [("learning", "0004_data_revision")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
