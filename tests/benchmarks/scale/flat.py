"""The third rival: Datasette, on one flat table of the same public statements."""

import sqlite3
import subprocess
import venv
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.scale.raw_sql import FOUND, HIDDEN

COLUMNS = ("kind", "board", "year", "agency", "nature", "age_band", "theme")
ARRAYS = ("agency", "theme")
TABLE = """
    CREATE TABLE statements (
        id INTEGER PRIMARY KEY, text TEXT, kind TEXT, board TEXT, year INTEGER, agency TEXT, nature TEXT, age_band TEXT,
        theme TEXT)
"""
ROWS = """
    INSERT INTO statements WITH {made} SELECT
        found.id, s.text, found.kind, o.slug, found.last_year,
        (SELECT json_group_array(v.slug) FROM learning_statementagency t JOIN reviews_agency v ON v.id = t.agency_id
            WHERE t.statement_id = found.id),
        found.nature,
        (SELECT min(c.age_band) FROM reviews_child c WHERE c.id = found.child_id
            OR found.child_id IS NULL AND c.review_id = found.review_id),
        (SELECT json_group_array(v.slug) FROM learning_statementtheme t JOIN reviews_theme v ON v.id = t.theme_id
            WHERE t.statement_id = found.id)
    FROM found JOIN learning_statement s ON s.id = found.id JOIN reviews_board o ON o.id = found.board
    ORDER BY found.last_year DESC, found.slug, found.position
"""
SETTINGS = {
    "facet_time_limit_ms": 60_000,  # or facets that take longer would be left out
    "sql_time_limit_ms": 60_000,
    "suggest_facets": "off",
    "default_page_size": 20,
    "cache_size_kb": 65_536,
}


def export(source: str, target: Path) -> None:
    """Writes the visible statements of an SQLite database into a file for Datasette, each column indexed."""
    target.unlink(missing_ok=True)
    made = f"{HIDDEN}, {FOUND.format(name='found', conditions='')}"
    connection = sqlite3.connect(target)
    try:
        connection.execute("ATTACH DATABASE ? AS product", [source])
        connection.execute(TABLE)
        connection.execute(ROWS.format(made=made))
        for column in COLUMNS:
            connection.execute(f"CREATE INDEX statements_{column} ON statements ({column})")
        connection.commit()
        connection.execute("ANALYZE main")
        connection.commit()
    finally:
        connection.close()


def address(chosen: dict[str, str]) -> str:
    """The page of the table with all seven facets and these choices."""
    asked = [(f"{name}__arraycontains" if name in ARRAYS else name, value) for name, value in chosen.items()]
    facets = [("_facet_array" if name in ARRAYS else "_facet", name) for name in COLUMNS]
    return f"/flat/statements?{urlencode([*asked, *facets, ('_size', '20')])}"


def installed(folder: Path) -> Path:
    """Datasette in an environment of its own, kept in this folder."""
    program = folder / "datasette" / "bin" / "datasette"
    if not program.exists():
        venv.create(folder / "datasette", with_pip=True)
        pip = [str(program.with_name("pip")), "install", "--quiet", "datasette==0.65.*"]
        subprocess.run(pip, check=True, capture_output=True)
    return program


def command(program: Path, database: Path, port: int) -> list[str]:
    settings = [part for name, value in SETTINGS.items() for part in ("--setting", name, str(value))]
    return [str(program), "serve", "--immutable", str(database), "--port", str(port), *settings]
