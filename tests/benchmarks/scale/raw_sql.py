"""The first rival: the first twenty statements and seven counted facets in SQL alone, over the product's own tables.

A WSGI application without Django: ``/list?kind=...&theme=...`` (values as the product writes them) and
``/bare?match=...``, which times the query of the full-text index alone. The visibility is that of the product. What SQL
is good at is used: every set is made once, each facet that has a choice is counted without it, and children are counted
by their reviews. It does less than the product: no branches of themes, three facets fewer, no template.
"""

import os
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable
from html import escape
from typing import Any
from urllib.parse import parse_qs

import psycopg2  # type: ignore[import-untyped]

NO_CHILD = "not-stated"
HIDDEN = """
    hidden_review AS MATERIALIZED (
        SELECT r.id FROM reviews_review r WHERE NOT (r.state = 'published' AND EXISTS (
            SELECT 1 FROM learning_bulletin_reviews x JOIN learning_bulletin b ON b.id = x.bulletin_id
            WHERE x.review_id = r.id AND b.state = 'published'))),
    hidden_bulletin AS MATERIALIZED (
        SELECT b.id FROM learning_bulletin b WHERE NOT (b.state = 'published' AND b.rights <> 'metadata' AND (
            NOT EXISTS (SELECT 1 FROM learning_bulletin_reviews x WHERE x.bulletin_id = b.id)
            OR EXISTS (
                SELECT 1 FROM learning_bulletin_reviews x JOIN reviews_review r ON r.id = x.review_id
                WHERE x.bulletin_id = b.id AND r.state = 'published')))),
    hidden_part AS MATERIALIZED (
        SELECT s.id FROM learning_statement s JOIN learning_statement p ON p.id = s.parent_id
        WHERE s.parent_id IS NOT NULL AND (
            p.bulletin_id IN (SELECT id FROM hidden_bulletin) OR p.review_id IN (SELECT id FROM hidden_review))),
    hidden_child AS MATERIALIZED (
        SELECT c.id FROM reviews_child c WHERE c.review_id IN (SELECT id FROM hidden_review))
"""
FOUND = """
    {name} AS MATERIALIZED (
        SELECT s.id, s.kind, s.position, s.review_id, s.child_id, coalesce(r.board_id, b.board_id) AS board, r.nature,
            b.first_year, b.last_year, b.slug
        FROM learning_statement s JOIN learning_bulletin b ON b.id = s.bulletin_id
        LEFT JOIN reviews_review r ON r.id = s.review_id
        WHERE s.bulletin_id NOT IN (SELECT id FROM hidden_bulletin)
        AND (s.review_id IS NULL OR s.review_id NOT IN (SELECT id FROM hidden_review))
        AND (s.child_id IS NULL OR s.child_id NOT IN (SELECT id FROM hidden_child))
        AND (s.parent_id IS NULL OR s.id NOT IN (SELECT id FROM hidden_part))
        {conditions})
"""
CONDITIONS = {
    "kind": "AND s.kind = %s",
    "board": "AND coalesce(r.board_id, b.board_id) = (SELECT id FROM reviews_board WHERE slug = %s)",
    "year": "AND %s BETWEEN b.first_year AND b.last_year",
    "agency": "AND s.id IN (SELECT statement_id FROM learning_statementagency "
    "WHERE agency_id = (SELECT id FROM reviews_agency WHERE slug = %s))",
    "nature": "AND r.nature = %s",
    "age_band": "AND (s.child_id IN (SELECT c.id FROM reviews_child c WHERE c.age_band = %s) OR s.child_id IS NULL "
    "AND s.review_id IN (SELECT c.review_id FROM reviews_child c WHERE c.age_band = %s))",
    "theme": "AND s.id IN (SELECT statement_id FROM learning_statementtheme "
    "WHERE theme_id = (SELECT id FROM reviews_theme WHERE slug = %s))",
}
COUNTS = {
    "kind": "SELECT 'kind', kind, count(*) FROM {name} GROUP BY kind",
    "board": "SELECT 'board', o.slug, n FROM (SELECT board, count(*) AS n FROM {name} GROUP BY board) c "
    "JOIN reviews_board o ON o.id = c.board",
    "year": "SELECT 'year', first_year || '-' || last_year, count(*) FROM {name} GROUP BY first_year, last_year",
    "agency": "SELECT 'agency', v.slug, n FROM (SELECT t.agency_id, count(*) AS n FROM {name} "
    "JOIN learning_statementagency t ON t.statement_id = {name}.id GROUP BY t.agency_id) c "
    "JOIN reviews_agency v ON v.id = c.agency_id",
    "nature": "SELECT 'nature', nature, count(*) FROM {name} GROUP BY nature",
    "age_band": "SELECT 'age_band', k.age_band, sum(n) FROM (SELECT review_id, count(*) AS n FROM {name} "
    "WHERE child_id IS NULL GROUP BY review_id) c "
    "JOIN (SELECT DISTINCT review_id, age_band FROM reviews_child) k ON k.review_id = c.review_id GROUP BY k.age_band "
    "UNION ALL SELECT 'age_band', k.age_band, count(*) FROM {name} JOIN reviews_child k ON k.id = {name}.child_id "
    "GROUP BY k.age_band",
    "theme": "SELECT 'theme', v.slug, n FROM (SELECT t.theme_id, count(*) AS n FROM {name} "
    "JOIN learning_statementtheme t ON t.statement_id = {name}.id GROUP BY t.theme_id) c "
    "JOIN reviews_theme v ON v.id = c.theme_id",
}
FIRST = """
    SELECT 'first', CAST(id AS text), 0 FROM (
        SELECT id FROM found ORDER BY coalesce(last_year, 0) DESC, slug, position, id LIMIT 20) first_ones
"""
SHOWN = """
    SELECT s.text, s.kind, b.slug FROM learning_statement s JOIN learning_bulletin b ON b.id = s.bulletin_id
    WHERE s.id IN ({marks}) ORDER BY coalesce(b.last_year, 0) DESC, b.slug, s.position, s.id
"""
BARE = {
    "sqlite": "SELECT rowid FROM learning_searchindex WHERE learning_searchindex MATCH %s "
    "ORDER BY bm25(learning_searchindex, 10.0, 4.0, 1.0) LIMIT 20",
    "postgresql": "SELECT id FROM learning_searchdocument, to_tsquery('pg_catalog.simple', %s) AS asked "
    "WHERE words @@ asked ORDER BY ts_rank('{0.1, 0.1, 0.4, 1.0}', words, asked) DESC LIMIT 20",
}
Ask = Callable[[str, list[str]], list[tuple[Any, ...]]]


def conditions(chosen: dict[str, str]) -> tuple[str, list[str]]:
    text = " ".join(CONDITIONS[name] for name in chosen)
    return text, [value for name, value in chosen.items() for _ in range(CONDITIONS[name].count("%s"))]


def sets(chosen: dict[str, str]) -> tuple[str, list[str], dict[str, str]]:
    """The sets that the page is made of, their parameters, and of which each facet is counted."""
    text, params = conditions(chosen)
    parts, of = [FOUND.format(name="found", conditions=text)], dict.fromkeys(COUNTS, "found")
    for name in chosen:
        others, more = conditions({other: value for other, value in chosen.items() if other != name})
        of[name] = f"found_but_{name}"
        parts.append(FOUND.format(name=of[name], conditions=others))
        params += more
    return ", ".join([HIDDEN, *parts]), params, of


def listed(ask: Ask, chosen: dict[str, str]) -> str:
    """The page: what it shows, in the plainest HTML. Two queries."""
    made, params, of = sets(chosen)
    parts = [f"SELECT * FROM ({COUNTS[name].format(name=of[name])}) {name}_counts" for name in of]
    parts += [f"SELECT * FROM ({FIRST}) page", "SELECT 'total', '', count(*) FROM found"]
    answered = ask(f"WITH {made} {' UNION ALL '.join(parts)}", params)
    keys = [key for facet, key, _ in answered if facet == "first"]
    first = ask(SHOWN.format(marks=", ".join(["%s"] * len(keys))), keys) if keys else []
    counts = {name: added_up((value, number) for facet, value, number in answered if facet == name) for name in COUNTS}
    total = next(number for facet, _, number in answered if facet == "total")
    rows = "".join(f"<li>{escape(text)} ({escape(kind)}, {escape(slug)})" for text, kind, slug in first)
    facets = "".join(
        f"<h2>{name}</h2><ul>{''.join(f'<li>{escape(str(value))}: {n}' for value, n in found.items())}</ul>"
        for name, found in counts.items()
    )
    return f"<!doctype html><title>{total} statements</title>{facets}<ol>{rows}</ol>"


def added_up(pairs: Iterable[tuple[str | None, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for value, number in pairs:
        found[value or NO_CHILD] += int(number)
    return found


def bare(ask: Ask, engine: str, match: str) -> str:
    """How long the index alone took to find the first page, in seconds."""
    start = time.perf_counter()
    ask(BARE[engine], [match])
    return f"{time.perf_counter() - start:.6f}"


def asking_sqlite(path: str) -> Ask:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
    connection.execute("PRAGMA cache_size = -65536")
    return lambda query, params: connection.execute(query.replace("%s", "?"), params).fetchall()


def asking_postgresql(url: str) -> Ask:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off; SET work_mem = '64MB'")

    def ask(query: str, params: list[str]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query, params)
            return cursor.fetchall()

    return ask


class Application:
    """The database is opened at the first request: in the worker, not before it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = "sqlite" if url.startswith("sqlite") else "postgresql"
        self.ask: Ask | None = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if self.ask is None:
            is_sqlite = self.engine == "sqlite"
            self.ask = asking_sqlite(self.url.removeprefix("sqlite:///")) if is_sqlite else asking_postgresql(self.url)
        asked = {name: values[0] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        if environ["PATH_INFO"] == "/bare":
            text = bare(self.ask, self.engine, asked["match"])
        else:
            text = listed(self.ask, {name: value for name, value in asked.items() if name in CONDITIONS})
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [text.encode()]


application = Application(os.environ.get("DATABASE_URL", ""))
