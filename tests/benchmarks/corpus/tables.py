"""Writing very many rows: past the models, which would take several times as long, in the columns that they declare."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

NULL = "\\N"


def defaults_of(model: type[models.Model]) -> dict[str, Any]:
    """What a new row has in each column but its key."""
    return {
        field.attname: stored(field.get_default()) for field in model._meta.concrete_fields if not field.primary_key
    }


def stored(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list | dict) else value


class Table:
    """Rows of one model, gathered and then written at once; each is given by what differs from a new row."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.defaults = defaults_of(model)
        self.names = [field.attname for field in model._meta.concrete_fields]
        self.columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in model._meta.concrete_fields)
        self.rows: list[tuple[Any, ...]] = []
        self.last = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0

    def add(self, **values: Any) -> int:
        """Gather a row; returns its key."""
        self.last = values.setdefault("id", self.last + 1)
        row: Mapping[str, Any] = {**self.defaults, **values}
        self.rows.append(tuple(row[name] for name in self.names))
        return int(self.last)

    def write(self) -> None:
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                into = f"COPY {table} ({self.columns}) FROM STDIN WITH (FORMAT csv, NULL '{NULL}')"
                cursor.copy_expert(into, csv_of(self.rows))
            else:
                marks = ", ".join(["%s"] * len(self.names))
                cursor.executemany(f"INSERT INTO {table} ({self.columns}) VALUES ({marks})", self.rows)
        self.rows.clear()


def csv_of(rows: Iterable[tuple[Any, ...]]) -> io.StringIO:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([NULL if value is None else value for value in row] for row in rows)
    text.seek(0)
    return text


def go_on_from_here(tables: Iterable[Table]) -> None:
    """Let the database number further rows behind those that were written with keys of their own."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(statement)
