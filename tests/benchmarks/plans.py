"""How PostgreSQL answers every query of every page: which index each uses, and which tables are read as a whole.

    DATABASE_URL=postgres://... python -m tests.benchmarks.plans [FILE]

Best on a database of samples (``python -m tests.benchmarks.corpus --reviews 10000``): a few rows are read as a whole.
Pages are fetched through Django's test client, each kind once; a query that an earlier page asked too is only named.
"""

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scr_kb.settings")
os.environ["SCR_KB_DEBUG"] = "false"  # as in production

from tests.benchmarks.scale.addresses import Drawn, pages, search  # noqa: I001 (sets Django up)

from django.db import connection
from django.test import Client

from learning.catalogue import revision
from learning.catalogue.store import made

LARGE = 5000  # rows; below, to read a table as a whole is as fast as any index
START = "the catalogue, when a worker starts"
Query = tuple[str, tuple[Any, ...]]


@dataclass
class Plan:
    """``indexes``: those that it uses; ``whole``: the large tables that it reads from end to end.

    ``way``: what makes two plans the same, whatever values are asked for.
    """

    number: int
    sql: str
    text: str
    indexes: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    way: tuple[str, ...] = ()


@contextmanager
def captured() -> Iterator[list[Query]]:
    """The queries that are asked within, with their parameters."""
    found: list[Query] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            found.append((sql, tuple(params or ())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield found


def queries_of_pages() -> dict[str, list[Query]]:
    """The queries of each kind of page, of the first such page; before them those of the catalogue."""
    client = Client()
    drawn = Drawn(seed=1)
    addresses = {kind: each[0] for kind, each in pages(drawn).items()}
    for kind in ("common", "phrase"):
        asked = search(drawn, kind)
        addresses[f"/learning/ search, {kind}"] = asked["faceted"]
        addresses[f"/search/ {kind}"] = asked["everything"]
    found = {}
    with captured() as asked_first:
        made(revision())
    found[START] = asked_first
    for kind, address in addresses.items():
        client.get(address, secure=True)  # what is made once from the catalogue, and kept, is made now
        with captured() as asked_here:
            response = client.get(address, secure=True)
        assert response.status_code == 200, address
        found[f"{kind}: {address}"] = asked_here
    return found


# --- plans --------------------------------------------------------------------------------------------------------


def shape(sql: str) -> str:
    """What makes two queries the same: how many values are asked for does not matter."""
    return re.sub(r"%s(, %s)+", "%s, ...", sql)


def explained(number: int, query: Query, large: set[str]) -> Plan:
    sql, params = query
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", params)
        text = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute(f"EXPLAIN (COSTS OFF, FORMAT JSON) {sql}", params)
        (made,) = cursor.fetchone()
    plan = Plan(number, shortened(shape(sql)), without_values(text))
    for node in nodes((json.loads(made) if isinstance(made, str) else made)[0]["Plan"]):
        plan.way += (" ".join(str(node.get(name)) for name in ("Node Type", "Index Name", "Relation Name")),)
        if "Index Name" in node:
            plan.indexes.append(node["Index Name"])
        elif node["Node Type"] == "Seq Scan" and node["Relation Name"] in large:
            plan.whole.append(node["Relation Name"])
    plan.indexes, plan.whole = list(dict.fromkeys(plan.indexes)), list(dict.fromkeys(plan.whole))
    return plan


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def shortened(sql: str) -> str:
    """The query without the names of all the columns that it fetches."""
    sql = re.sub(r'SELECT (DISTINCT )?("\w+"\."\w+"(?: AS "\w+")?, ){3,}.*? FROM ', r"SELECT \1... FROM ", sql, count=1)
    return re.sub(r"\s+", " ", sql.replace('"', "")).strip()


def without_values(text: str) -> str:
    """The plan with long lists of keys, and long words, cut."""
    text = re.sub(r"'\{[^}']{40,}\}'", "'{...}'", text)
    return "\n".join(line if len(line) <= 200 else f"{line[:197]}..." for line in text.splitlines())


def large_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %s", [LARGE])
        return {name for (name,) in cursor.fetchall()}


# --- the report ---------------------------------------------------------------------------------------------------


def report(found: dict[str, list[Query]]) -> str:
    large, known = large_tables(), dict[tuple[str, tuple[str, ...]], Plan]()
    summary, record_sets = [], []
    for title, queries in found.items():
        parts, used = [f"## {title[:1].upper()}{title[1:]}"], list[Plan]()
        first = len(known) + 1
        for query in queries:
            plan = explained(len(known) + 1, query, large)
            if (plan.sql, plan.way) not in known:
                known[plan.sql, plan.way] = plan
                parts.append(of_plan(plan))
            used.append(known[plan.sql, plan.way])
        again = sorted({plan.number for plan in used if plan.number < first})
        parts += [f"And as above: {', '.join(str(number) for number in again)}."] if again else []
        summary.append(row(title, used))
        record_sets.append("\n\n".join(parts))
    head = "| page | queries | large tables read as a whole |\n| --- | ---: | --- |"
    return "\n\n".join([about(), "\n".join([head, *summary]), *record_sets]) + "\n"


def row(title: str, used: list[Plan]) -> str:
    where: dict[str, dict[int, None]] = {}
    for plan in used:
        for name in plan.whole:
            where.setdefault(name, {})[plan.number] = None
    whole = "; ".join(f"{name} (query {', '.join(map(str, numbers))})" for name, numbers in where.items())
    return f"| {title} | {len(used)} | {whole or 'none'} |"


def of_plan(plan: Plan) -> str:
    indexes = ", ".join(f"`{name}`" for name in plan.indexes) or "none"
    whole = f" Reads as a whole: {', '.join(plan.whole)}." if plan.whole else ""
    return f"### {plan.number}\n\nIndexes: {indexes}.{whole}\n\n```sql\n{plan.sql}\n```\n\n```text\n{plan.text}\n```"


def about() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE relname = 'learning_statement'")
        (statements,) = cursor.fetchone()
        server = str(connection.pg_version)  # type: ignore[attr-defined]
    return (
        "# How PostgreSQL answers every query\n\n"
        f"Made by `python -m tests.benchmarks.plans` on {time.strftime('%-d %B %Y')}, of {statements:,} sample "
        f"statements in PostgreSQL {int(server) // 10000}: `EXPLAIN (COSTS OFF)` of each query of each kind of page, "
        "in the order asked. One that an earlier page asks too, and that is answered in the same way, stands there "
        f"alone. Tables of fewer than {LARGE:,} rows are rightly read as a whole, and not told of. So are all tables "
        "when the catalogue is made, once for each worker, and the index for a word that most texts have. What stands "
        "in a SubPlan is done only if a row comes as far as the filter above it."
    )


def main() -> None:
    if connection.vendor != "postgresql":
        sys.exit("Plans are of PostgreSQL: set DATABASE_URL to a database of samples there.")
    text = report(queries_of_pages())
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
