"""The full-text index beside the search documents: a virtual table on SQLite, a generated column on PostgreSQL.

Both cut words to Porter's stems, fold accents and know no stop words (the parser of queries drops those), so that
"Child A" is found as it stands and both databases find the same.

On SQLite three triggers keep the index in step. A later migration that alters ``learning_searchdocument`` makes that
table anew there and loses them: it must run the statements of ``SQLITE`` again afterwards.
"""

from django.db import migrations

REMOVE = """
    INSERT INTO learning_searchindex(learning_searchindex, rowid, title, labels, body)
    VALUES ('delete', old.id, old.title, old.labels, old.body);
"""
ADD = """
    INSERT INTO learning_searchindex(rowid, title, labels, body) VALUES (new.id, new.title, new.labels, new.body);
"""
SQLITE_UNDO = [
    "DROP TRIGGER IF EXISTS learning_searchindex_insert",
    "DROP TRIGGER IF EXISTS learning_searchindex_delete",
    "DROP TRIGGER IF EXISTS learning_searchindex_update",
    "DROP TABLE IF EXISTS learning_searchindex",
]
SQLITE = [
    *SQLITE_UNDO,
    """
    CREATE VIRTUAL TABLE learning_searchindex USING fts5(
        title, labels, body,
        content='learning_searchdocument', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2', prefix='2 3'
    )
    """,
    f"CREATE TRIGGER learning_searchindex_insert AFTER INSERT ON learning_searchdocument BEGIN {ADD} END",
    f"CREATE TRIGGER learning_searchindex_delete AFTER DELETE ON learning_searchdocument BEGIN {REMOVE} END",
    f"CREATE TRIGGER learning_searchindex_update AFTER UPDATE ON learning_searchdocument BEGIN {REMOVE} {ADD} END",
    "INSERT INTO learning_searchindex(learning_searchindex) VALUES ('rebuild')",
]

# Signs that PostgreSQL's own parser would take for parts of an address, a path, a number or a tag become spaces, as
# they are for SQLite; accents fall away, whether they are part of the letter or follow it.
SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~‘’“”–—…"
LETTERS = {
    "a": "àáâãäåāăą", "c": "çćčĉċ", "d": "ďđ", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭįı", "j": "ĵ",
    "k": "ķ", "l": "ĺļľł", "n": "ñńņň", "o": "òóôõöōŏőø", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț", "u": "ùúûüũūŭůűų",
    "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
}
ACCENTS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328"


def normalised(column):
    """SQL for the text of a column as the parser shall see it.

    Words of two letters that end in s ("as", "is") get an ending, or the stemmer would make "a" and "i" of them.
    """
    accented = "".join(LETTERS.values())
    plain = "".join(letter * len(forms) for letter, forms in LETTERS.items())
    before = (accented + SIGNS + ACCENTS).replace("'", "''")
    after = plain + " " * len(SIGNS)  # what has no counterpart is left out
    return f"regexp_replace(translate(lower({column}), '{before}', '{after}'), '\\m([a-z0-9])s\\M', '\\1szz', 'g')"


POSTGRESQL = [
    "CREATE TEXT SEARCH DICTIONARY learning_stem (TEMPLATE = pg_catalog.snowball, Language = 'porter')",
    "CREATE TEXT SEARCH CONFIGURATION learning_english (COPY = pg_catalog.english)",
    "ALTER TEXT SEARCH CONFIGURATION learning_english ALTER MAPPING REPLACE english_stem WITH learning_stem",
    "ALTER TABLE learning_searchdocument ADD COLUMN words tsvector GENERATED ALWAYS AS ("
    f"setweight(to_tsvector('learning_english', {normalised('title')}), 'A') || "
    f"setweight(to_tsvector('learning_english', {normalised('labels')}), 'B') || "
    f"setweight(to_tsvector('learning_english', {normalised('body')}), 'C')) STORED",
    "CREATE INDEX learning_searchdocument_words ON learning_searchdocument USING gin (words)",
]
POSTGRESQL_UNDO = [
    "ALTER TABLE learning_searchdocument DROP COLUMN words",
    "DROP TEXT SEARCH CONFIGURATION learning_english",
    "DROP TEXT SEARCH DICTIONARY learning_stem",
]


def run(schema_editor, sqlite, postgresql):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in postgresql if is_postgresql else sqlite:
        schema_editor.execute(statement, params=None)


def forwards(apps, schema_editor):
    run(schema_editor, SQLITE, POSTGRESQL)


def backwards(apps, schema_editor):
    run(schema_editor, SQLITE_UNDO, POSTGRESQL_UNDO)


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
