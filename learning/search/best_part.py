"""What a search finds, ranked: all of it, or the best part of what very many records have.

Ranking a million records takes seconds, and nobody reads as many. So of each kind of record only those that were added
last are ranked, as many as ``MOST``. The page says that there is more. If hardly any of them may be shown, ``results``
asks for all of that kind after all.

PostgreSQL walks back from the last record of a kind where many have the words, and asks the index first where few have.
SQLite's rank counts how often each word stands in all of the index before it ranks the first record. So of words that
more than ``COMMON`` records have it ranks by where they stand: in titles and in what a statement itself says first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.db import connections, router

from learning.models import SearchDocument
from learning.search.backends import (
    WEIGHTS,
    IndexQuery,
    RawMatches,
    Scores,
    by_record,
    for_fts5,
    for_tsquery,
    rows_of,
)

MOST = {"statement": 2_000}
MOST_OF_OTHERS = 300
COMMON = 10_000
IN_TITLE = 1.0

LastKeys = Mapping[str, int]
Part = tuple[str, list[Any]]


def find_best(questions: Sequence[IndexQuery], last_keys: LastKeys) -> list[dict[str, RawMatches]]:
    """What each question finds, with scores. One query. ``last_keys``: of each kind of record the last that matters."""
    is_sqlite = connections[router.db_for_read(SearchDocument)].vendor == "sqlite"
    selects, parameters = [], list[Any]()
    for number, question in enumerate(questions):
        for sql, own in selects_for(question, last_keys, is_sqlite):
            selects.append(f"SELECT {number}, part.* FROM ({sql}) AS part")  # noqa: S608
            parameters += own
    rows = rows_of(" UNION ALL ".join(selects), parameters, columns=3)
    answers = [rows[rows[:, 0] == number][:, 1:] for number in range(len(questions))]
    return [
        by_record(answer) if question.is_whole else best_of(answer)
        for question, answer in zip(questions, answers, strict=True)
    ]


def selects_for(question: IndexQuery, last_keys: LastKeys, is_sqlite: bool) -> Iterator[Part]:
    """The statements that together answer a question, with keys and scores."""
    if question.is_whole:
        yield question.compiled(is_sqlite, is_ranked=True)
        return
    if is_sqlite:
        yield not_common(question)
    for record in [question.record] if question.record else SearchDocument.RECORDS:
        if is_sqlite:
            yield newest_on_sqlite(question, record, last_keys[record])
            yield newest_on_sqlite(replace(question, titles_only=True), record, last_keys[record])
        else:
            yield newest_on_postgresql(question, record, last_keys[record])


def most_of(record: str) -> int:
    return MOST.get(record, MOST_OF_OTHERS)


def best_of(rows: Scores) -> dict[str, RawMatches]:
    """The newest of each kind, as many as are ranked, with the best score that they have."""
    return {record: newest(found, most_of(record)) for record, found in by_record(rows).items()}


def newest(found: RawMatches, most: int) -> RawMatches:
    """The last keys, each once, with its best score."""
    order = np.lexsort((-found.scores, -found.keys))
    keys, scores = found.keys[order], found.scores[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    return RawMatches(keys[first][:most], scores[first][:most], is_cut=len(first) > most)


# --- PostgreSQL ---------------------------------------------------------------------------------------------------


def newest_on_postgresql(question: IndexQuery, record: str, last: int) -> Part:
    """By the column of the record, of which the database knows how many there are, and has an index in order."""
    words = "ts_filter(words, '{a}')" if question.titles_only else "words"
    return (
        f"SELECT id, ts_rank({WEIGHTS}, {words}, asked) "  # noqa: S608
        "FROM learning_searchdocument, to_tsquery('pg_catalog.simple', %s) AS asked "
        f"WHERE words @@ asked AND {record}_id IS NOT NULL AND {record}_id <= {last} "
        f"ORDER BY {record}_id DESC LIMIT {most_of(record) + 1}"
    ), [for_tsquery(question.query, "A" if question.titles_only else "")]


# --- SQLite -------------------------------------------------------------------------------------------------------


def is_common() -> str:
    first = f"SELECT 1 FROM learning_searchindex WHERE learning_searchindex MATCH %s LIMIT {COMMON + 1}"  # noqa: S608
    return f"(SELECT count(*) FROM ({first})) > {COMMON}"  # noqa: S608


def not_common(question: IndexQuery) -> Part:
    """All that a question finds, unless very many records have its words: that is asked first, and once."""
    sql, parameters = question.compiled(is_sqlite=True, is_ranked=True)
    first = f"FROM (SELECT 1 WHERE NOT {is_common()}) CROSS JOIN learning_searchindex"
    return sql.replace("FROM learning_searchindex", first, 1), [for_fts5(question.query), *parameters]


def newest_on_sqlite(question: IndexQuery, record: str, last: int) -> Part:
    """The newest of a kind, if very many records have the words."""
    sql, parameters = replace(question, record=record).compiled(is_sqlite=True, is_ranked=False)
    until = f"rowid <= {SearchDocument.key_for(record, last)}"
    score = IN_TITLE if question.titles_only else 0.0
    return (
        f"SELECT rowid, {score} FROM ({sql} AND {until} AND {is_common()} "  # noqa: S608
        f"ORDER BY rowid DESC LIMIT {most_of(record) + 1})"
    ), [*parameters, for_fts5(question.query)]
