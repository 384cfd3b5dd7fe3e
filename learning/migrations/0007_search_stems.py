"""The index is built over stems that Python makes, so that both databases find the same.

Each had a stemmer of its own, and they differed: "chronology" found "chronological" on SQLite alone. The stems of what
is there are made here, some rows at a time, so that search answers as soon as this has run.

On SQLite three triggers keep the index in step. A later migration that alters ``learning_searchdocument`` makes that
table anew there and loses them: it must run the statements of ``SQLITE`` again afterwards.
"""

import re
import unicodedata
from functools import lru_cache
from importlib import import_module

import snowballstemmer
from django.db import migrations, models

before = import_module("learning.migrations.0002_search_index")

FIELDS = ("title", "labels", "body")
AT_ONCE = 100
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")

REMOVE = """
    INSERT INTO learning_searchindex(learning_searchindex, rowid, title_stems, labels_stems, body_stems)
    VALUES ('delete', old.id, old.title_stems, old.labels_stems, old.body_stems);
"""
ADD = """
    INSERT INTO learning_searchindex(rowid, title_stems, labels_stems, body_stems)
    VALUES (new.id, new.title_stems, new.labels_stems, new.body_stems);
"""
# The stems are folded already: nothing is left for either database to fold or to cut.
SQLITE = [
    *before.SQLITE_UNDO,
    """
    CREATE VIRTUAL TABLE learning_searchindex USING fts5(
        title_stems, labels_stems, body_stems,
        content='learning_searchdocument', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', prefix='2 3'
    )
    """,
    f"CREATE TRIGGER learning_searchindex_insert AFTER INSERT ON learning_searchdocument BEGIN {ADD} END",
    f"CREATE TRIGGER learning_searchindex_delete AFTER DELETE ON learning_searchdocument BEGIN {REMOVE} END",
    f"CREATE TRIGGER learning_searchindex_update AFTER UPDATE ON learning_searchdocument BEGIN {REMOVE} {ADD} END",
    "INSERT INTO learning_searchindex(learning_searchindex) VALUES ('rebuild')",
]
POSTGRESQL = [
    "ALTER TABLE learning_searchdocument ADD COLUMN words tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('pg_catalog.simple', title_stems), 'A') || "
    "setweight(to_tsvector('pg_catalog.simple', labels_stems), 'B') || "
    "setweight(to_tsvector('pg_catalog.simple', body_stems), 'C')) STORED",
    "CREATE INDEX learning_searchdocument_words ON learning_searchdocument USING gin (words)",
]
POSTGRESQL_UNDO = ["ALTER TABLE learning_searchdocument DROP COLUMN words"]


def remove_former_index(apps, schema_editor):
    before.run(schema_editor, before.SQLITE_UNDO, before.POSTGRESQL_UNDO)


def make_former_index(apps, schema_editor):
    before.run(schema_editor, before.SQLITE, before.POSTGRESQL)


def make_index(apps, schema_editor):
    before.run(schema_editor, SQLITE, POSTGRESQL)


def remove_index(apps, schema_editor):
    before.run(schema_editor, before.SQLITE_UNDO, POSTGRESQL_UNDO)


def make_stems(apps, schema_editor):
    documents = apps.get_model("learning", "SearchDocument").objects.using(schema_editor.connection.alias).order_by("pk")
    columns = ", ".join(f"{field}_stems = %s" for field in FIELDS)
    last = -1
    with schema_editor.connection.cursor() as cursor:
        while rows := list(documents.filter(pk__gt=last).values_list(*FIELDS, "pk")[:AT_ONCE]):
            cursor.executemany(
                f"UPDATE learning_searchdocument SET {columns} WHERE id = %s",
                [(*map(stemmed, texts), key) for *texts, key in rows],
            )
            last = rows[-1][-1]


# --- a copy of learning.search.stemming, which may change or move ---------------------------------------------------


def stemmed(text):
    return " ".join(stem(word) for run in WORD.findall(text) for word in WORD.findall(fold(run)))


def fold(text):
    if text.isascii():
        return text.lower()
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)).lower()


@lru_cache(maxsize=50_000)
def stem(word):
    return snowballstemmer.stemmer("english").stemWord(word)


class Migration(migrations.Migration):
    dependencies = [("learning", "0006_epoch")]

    operations = [
        migrations.RunPython(remove_former_index, make_former_index),
        *(migrations.AddField("searchdocument", f"{field}_stems", models.TextField(blank=True)) for field in FIELDS),
        migrations.RunPython(make_stems, migrations.RunPython.noop),
        migrations.RunPython(make_index, remove_index),
    ]
