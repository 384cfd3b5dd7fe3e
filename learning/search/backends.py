"""What the full-text index finds for a query, as ordinals of the catalogue with their scores.

The key of a search document tells the record that it is of (``SearchDocument.key_for``), so one statement to the index,
which reads no table beside it, answers for records of every kind. Visibility is the record set's: a record that is in
none is not found.

SQLite holds a full-text table beside the search documents (``learning_searchindex``), PostgreSQL a text-search column
in them (``words``); the migration ``0007_search_stems`` makes either. Every stem is letters and digits only, and stands
in quotation marks.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from django.db import connections, router
from numpy.typing import NDArray
from pyroaring import BitMap

from learning.catalogue import RecordSet, current_revision
from learning.catalogue.arrays import Ints, bitmap
from learning.catalogue.record_set import NOWHERE
from learning.models import SearchDocument
from learning.search.language.terms import Clause, Operand, Query, Term

Scores = NDArray[np.float64]
WEIGHTS = "'{0.1, 0.1, 0.4, 1.0}'"  # of PostgreSQL: of nothing, of the body, of labels, of titles
CHUNK = 10_000  # rows that are held as tuples at a time; a common word has a million
RANKS = "10.0, 4.0, 1.0"  # of SQLite: of titles, of labels, of the body


@dataclass(frozen=True)
class RawMatches:
    """The keys of the records of one kind that were found, with their scores: higher is better.

    ``is_cut``: there are more.
    """

    keys: Ints
    scores: Scores
    is_cut: bool = False

    def at_ordinals_of(self, record_set: RecordSet) -> "Matches":
        ordinals = record_set.ordinals_of(self.keys)
        seen = np.flatnonzero(ordinals != NOWHERE)
        order = seen[np.argsort(ordinals[seen])]
        return Matches(ordinals[order], self.scores[order])


@dataclass(frozen=True)
class Matches:
    """Places of a record set in order, with their scores."""

    ordinals: Ints
    scores: Scores

    @property
    def records(self) -> BitMap:
        return bitmap(self.ordinals)

    def among(self, ordinals: BitMap) -> "Matches":
        """Those at these ordinals alone."""
        kept = np.flatnonzero(np.isin(self.ordinals, np.asarray(ordinals.to_array(), dtype=np.int64)))
        return Matches(self.ordinals[kept], self.scores[kept])

    def joined(self, others: "Matches") -> "Matches":
        """Together with others at other ordinals."""
        ordinals = np.concatenate([self.ordinals, others.ordinals])
        order = np.argsort(ordinals)
        return Matches(ordinals[order], np.concatenate([self.scores, others.scores])[order])

    def best(self, among: BitMap, start: int, stop: int) -> list[int]:
        """The best ordinals first, equals in the order of the record set; only those that are ``among`` them."""
        ordinals = np.asarray(among.to_array(), dtype=np.int64)
        scores = self.scores[np.searchsorted(self.ordinals, ordinals)]
        if len(scores) > 4 * stop:
            least = np.partition(scores, len(scores) - stop)[len(scores) - stop]
            kept = np.flatnonzero(scores >= least)
            ordinals, scores = ordinals[kept], scores[kept]
        best: list[int] = ordinals[np.lexsort((ordinals, -scores))[start:stop]].tolist()
        return best


@dataclass(frozen=True)
class IndexQuery:
    """A question to the index. ``titles_only``: by the words of titles alone; ``record``: of one kind of record.

    The query must look for a word; its fields are asked of the catalogue. ``is_whole``: the best part of what very many
    records have will not do.
    """

    query: Query
    titles_only: bool = False
    record: str = ""
    is_whole: bool = False

    def compiled(self, is_sqlite: bool, is_ranked: bool) -> tuple[str, list[Any]]:
        """The statement, which answers with keys and, where ``is_ranked``, with scores."""
        sql, parameters = (on_sqlite if is_sqlite else on_postgresql)(self.query, is_ranked, self.titles_only)
        if self.record:
            sql = f"{sql} AND {of_kind(self.record, is_sqlite)}"
        return sql, parameters


def of_kind(record: str, is_sqlite: bool) -> str:
    """PostgreSQL knows how many records of a kind there are by the column of that kind, SQLite's index has the key."""
    if is_sqlite:
        return f"learning_searchindex.rowid %% {SearchDocument.KINDS} = {SearchDocument.RECORDS.index(record)}"
    return f"{record}_id IS NOT NULL"


def find(query: Query, is_ranked: bool = True) -> dict[str, RawMatches]:
    """What the words of a query find of each kind of record. The scores are all 0 where none are asked for. One query.

    There must be a word. What fields it asks for, only the catalogue knows.
    """
    connection = connections[router.db_for_read(SearchDocument)]
    rows = rows_of(*IndexQuery(query).compiled(connection.vendor == "sqlite", is_ranked), columns=1 + is_ranked)
    return by_record(rows)


def find_each(questions: Sequence[IndexQuery], is_ranked: bool = True, most: int = -1) -> list[dict[str, RawMatches]]:
    """What each question finds, or the first of it where that is more than ``most``. One query."""
    is_sqlite = connections[router.db_for_read(SearchDocument)].vendor == "sqlite"
    parts, parameters = [], list[Any]()
    limit = f" LIMIT {most}" if most >= 0 else ""
    for number, question in enumerate(questions):
        sql, own = question.compiled(is_sqlite, is_ranked)
        parts.append(f"SELECT {number}, part_{number}.* FROM ({sql}{limit}) AS part_{number}")  # noqa: S608
        parameters += own
    rows = rows_of(" UNION ALL ".join(parts), parameters, columns=2 + is_ranked)
    return [by_record(rows[rows[:, 0] == number][:, 1:]) for number in range(len(questions))]


class Remembered:
    """What the index said lately, until something is written: whoever narrows a search down asks for the same words.

    Bounded by the rows kept; the longest unused go first.
    """

    def __init__(self, most_rows: int) -> None:
        self.most_rows = most_rows
        self.answers: OrderedDict[Any, Scores] = OrderedDict()
        self.lock = threading.Lock()

    def answer(self, question: Any, find_out: Callable[[], Scores]) -> Scores:
        with self.lock:
            if question in self.answers:
                self.answers.move_to_end(question)
                return self.answers[question]
        answer = find_out()
        with self.lock:
            self.answers[question] = answer
            while len(self.answers) > 1 and sum(map(self.cost, self.answers.values())) > self.most_rows:
                self.answers.popitem(last=False)
        return answer

    @staticmethod
    def cost(answer: Scores) -> int:
        """In rows; an answer of none takes some memory too."""
        return len(answer) + 100


remembered = Remembered(most_rows=1_000_000)  # some 16 MB


def rows_of(sql: str, parameters: list[Any], columns: int) -> Scores:
    def find_out() -> Scores:
        with connections[router.db_for_read(SearchDocument)].cursor() as cursor:
            cursor.execute(sql, parameters)
            chunks = iter(lambda: cursor.fetchmany(CHUNK), [])
            numbers = chain.from_iterable(chain.from_iterable(chunks))
            return np.fromiter(numbers, dtype=np.float64).reshape(-1, columns)

    return remembered.answer((current_revision(), sql, *parameters), find_out)


def by_record(rows: Scores) -> dict[str, RawMatches]:
    """Rows of keys of documents, with or without a score, as what was found of each kind of record."""
    keys = rows[:, 0].astype(np.int64)
    scores = rows[:, 1] if rows.shape[1] > 1 else np.zeros(len(keys))
    codes, keys = keys % SearchDocument.KINDS, keys // SearchDocument.KINDS
    return {
        name: RawMatches(keys[codes == code], scores[codes == code]) for code, name in enumerate(SearchDocument.RECORDS)
    }


def on_sqlite(query: Query, is_ranked: bool, titles_only: bool) -> tuple[str, list[Any]]:
    match = f"{{title_stems}} : ({for_fts5(query)})" if titles_only else for_fts5(query)
    score = f", -bm25(learning_searchindex, {RANKS})" if is_ranked else ""
    columns = f"learning_searchindex.rowid{score}"
    return f"SELECT {columns} FROM learning_searchindex WHERE learning_searchindex MATCH %s", [match]  # noqa: S608


def on_postgresql(query: Query, is_ranked: bool, titles_only: bool) -> tuple[str, list[Any]]:
    match = for_tsquery(query, "A" if titles_only else "")
    words = "ts_filter(words, '{a}')" if titles_only else "words"
    score = f", ts_rank({WEIGHTS}, {words}, asked)" if is_ranked else ""
    return (
        f"SELECT id{score} FROM learning_searchdocument, to_tsquery('pg_catalog.simple', %s) AS asked "  # noqa: S608
        "WHERE words @@ asked"
    ), [match]


def for_fts5(query: Query) -> str:
    """The query as SQLite's FTS5 reads it."""
    wanted = " AND ".join(_fts5_clause(clause) for clause in query.clauses if not clause.is_negated)
    unwanted = [_fts5_clause(clause) for clause in query.clauses if clause.is_negated]
    return f"({wanted}) NOT ({' OR '.join(unwanted)})" if unwanted else wanted


def _fts5_clause(clause: Clause) -> str:
    return f"({' OR '.join(_fts5_operand(operand) for operand in clause.operands)})"


def _fts5_operand(operand: Operand) -> str:
    wanted = " AND ".join(_fts5_term(term) for term in operand.terms)
    return " OR ".join([f"({wanted})", *(_fts5_term(term) for term in operand.synonyms)])


def _fts5_term(term: Term) -> str:
    return f'"{" ".join(term.indexed)}"{" *" if term.is_prefix else ""}'


def for_tsquery(query: Query, weights: str = "") -> str:
    """The query as PostgreSQL's to_tsquery reads it. ``weights`` narrows it: "A" to the titles."""
    return " & ".join(f"{'!' if clause.is_negated else ''}{_ts_clause(clause, weights)}" for clause in query.clauses)


def _ts_clause(clause: Clause, weights: str) -> str:
    return f"({' | '.join(_ts_operand(operand, weights) for operand in clause.operands)})"


def _ts_operand(operand: Operand, weights: str) -> str:
    wanted = " & ".join(_ts_term(term, weights) for term in operand.terms)
    return " | ".join([f"({wanted})", *(_ts_term(term, weights) for term in operand.synonyms)])


def _ts_term(term: Term, weights: str) -> str:
    *first, last = term.indexed
    stems = [_ts_word(stem, weights) for stem in first] + [_ts_word(last, "*" * term.is_prefix + weights)]
    return f"({' <-> '.join(stems)})"


def _ts_word(stem: str, flags: str) -> str:
    return f"'{stem}'{':' if flags else ''}{flags}"
