"""Which revision the public records are at, and what has changed since another.

Triggers raise the revision within the transaction of every write (``learning/migrations/0004_data_revision.py``), so
whoever sees a write sees its revision too, on whichever host.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, router, transaction
from django.db.models import F

from learning.models import DataChange, DataRevision

Kind = DataChange.Kind
Switches = tuple[list[str], list[str]]  # statements that switch the triggers off, and on


@dataclass(frozen=True)
class Revision:
    """Where the records stand; equal ones mean equal records. Before the first write it is of no line."""

    number: int = 0
    token: str = ""
    line: str = ""

    def may_come_from(self, other: "Revision") -> bool:
        """Whether the changes since the other revision say all that happened since."""
        return self.line == other.line and self.number > other.number


@dataclass
class Changes:
    """The keys of the records that were written or deleted."""

    reviews: set[int] = field(default_factory=set)
    bulletins: set[int] = field(default_factory=set)
    boards: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.reviews) + len(self.bulletins) + len(self.boards)


def revision() -> Revision:
    """The revision at this moment. One query, twice on each page: so it is asked for without the work of a queryset."""
    with connections[router.db_for_read(DataRevision)].cursor() as cursor:
        cursor.execute("SELECT number, token, line FROM learning_datarevision")
        row = cursor.fetchone()
    return Revision(*row) if row else Revision()


def changes_since(earlier: Revision) -> Changes:
    """What was written since, for a revision that ``may_come_from`` it. One query."""
    changes = Changes()
    sets = {Kind.REVIEW: changes.reviews, Kind.BULLETIN: changes.bulletins, Kind.BOARD: changes.boards}
    for kind, record in DataChange.objects.filter(number__gt=earlier.number).values_list("kind", "record"):
        sets[Kind(kind)].add(record)
    return changes


@contextmanager
def paused(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Write without the triggers, in one transaction, for a load of a great many records.

    Afterwards the revision begins a new line, from which every process makes its catalogue anew.
    """
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        off, on = SWITCHES[connection.vendor](cursor)
        for statement in off:
            cursor.execute(statement)
        yield
        for statement in on:
            cursor.execute(statement)
        begin_line()


def on_sqlite(cursor: Any) -> Switches:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'change_*'")
    triggers = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _ in triggers], [sql for _, sql in triggers]


def on_postgresql(cursor: Any) -> Switches:
    """Foreign keys that wait for their check would be in the way of switching on again: they are checked first."""
    cursor.execute(
        "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
        "WHERE NOT tgisinternal AND starts_with(tgname, 'change_')"
    )
    triggers = cursor.fetchall()
    off = [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for name, table in triggers]
    on = [f"ALTER TABLE {table} ENABLE TRIGGER {name}" for name, table in triggers]
    return off, ["SET CONSTRAINTS ALL IMMEDIATE", *on, "SET CONSTRAINTS ALL DEFERRED"]


SWITCHES = {"sqlite": on_sqlite, "postgresql": on_postgresql}


def begin_line() -> None:
    """Say that nothing is known of what happened before."""
    fresh = {"token": uuid.uuid4().hex, "line": uuid.uuid4().hex}
    if not DataRevision.objects.update(number=F("number") + 1, **fresh):
        DataRevision.objects.create(pk=1, number=1, **fresh)
