"""The index ranks a statement's own words above its themes and its lead-in, and knows words however they are written.

The search document of a statement had the statement's heading as its title, and its own words behind its lead-in. The
stems of all documents are made again: "children's" is "children" now, "A&E" one word, and a soft hyphen parts nothing.
All of it happens here, some rows at a time, so that search answers as soon as this has run. Running it twice changes
nothing, and taking it back leaves the documents as they are: the version before finds them too.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer
from django.db import migrations

FIELDS = ("title", "labels", "body")
AT_ONCE = 100


def own_words_first(title, labels, body, statement):
    """``statement``: its words; None for a document of another record."""
    if statement is None or title in ("", statement):
        return title, labels, body
    has_own = body.endswith(statement)
    before = body[: -len(statement)] if has_own else body
    return statement if has_own else "", f"{title}\n{labels}".strip(), before.strip()


def make_documents(apps, schema_editor):
    documents = apps.get_model("learning", "SearchDocument").objects.using(schema_editor.connection.alias).order_by("pk")
    columns = ", ".join(f"{field} = %s" for field in (*FIELDS, *(f"{field}_stems" for field in FIELDS)))
    last = -1
    with schema_editor.connection.cursor() as cursor:
        while rows := list(documents.filter(pk__gt=last).values_list(*FIELDS, "statement__text", "pk")[:AT_ONCE]):
            made = [(own_words_first(*texts), key) for *texts, key in rows]
            cursor.executemany(
                f"UPDATE learning_searchdocument SET {columns} WHERE id = %s",
                [(*texts, *map(stemmed, texts), key) for texts, key in made],
            )
            last = rows[-1][-1]


# --- a copy of learning.search.language.stemming, which may change or move -------------------------------------------

INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
LETTER = r"[^\W_]"
POSSESSIVE = r"['’ʼ][sS]"
WORD = re.compile(
    rf"(?<!{LETTER}){LETTER}\s?&\s?{LETTER}(?!{LETTER})"
    rf"|{LETTER}+(?:[\u0300-\u036f{INVISIBLE}]+{LETTER}*)*(?:{POSSESSIVE}(?!{LETTER}))?"
)
UNSEEN = re.compile(f"[{INVISIBLE}]+")
LAST_POSSESSIVE = re.compile(rf"{POSSESSIVE}$")
AND = re.compile(r"\s?&\s?")


def stemmed(text):
    return " ".join(stem(word) for run in WORD.findall(text) for word in words_in(run))


def words_in(run):
    return WORD.findall(fold(AND.sub("", LAST_POSSESSIVE.sub("", run))))


def fold(text):
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", UNSEEN.sub("", text))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


@lru_cache(maxsize=50_000)
def stem(word):
    return snowballstemmer.stemmer("english").stemWord(word)


class Migration(migrations.Migration):
    dependencies = [("learning", "0011_support_lines")]

    operations = [
        migrations.RunPython(make_documents, migrations.RunPython.noop),
    ]
