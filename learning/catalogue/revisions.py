"""Which revision the public records are at, and what has changed since another.

Triggers raise the revision within the transaction of every write (``learning/catalogue/triggers.py``), so
whoever sees a write sees its revision too, on whichever host.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, router, transaction
from django.db.models import F

from learning.catalogue import triggers
from learning.models import DataChange, DataRevision

Kind = DataChange.Kind


@dataclass(frozen=True)
class Revision:
    """Where the records stand; equal ones mean equal records. Before the first write it has no epoch."""

    number: int = 0
    token: str = ""
    epoch: str = ""

    def may_come_from(self, other: "Revision") -> bool:
        """Whether the changes since the other revision say all that happened since."""
        return self.epoch == other.epoch and self.number > other.number


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
        cursor.execute("SELECT number, token, epoch FROM learning_datarevision")
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

    Afterwards the revision begins a new epoch, in which every process makes its catalogue anew.
    """
    with transaction.atomic(using=using):
        triggers.switch_off(connections[using])
        yield
        switch_on(using)


@contextmanager
def kept_true(using: str) -> Iterator[None]:
    """Migrate within: each migration is done without the triggers, and they are made anew at its end.

    That is all in the transaction of the migration, in which nobody else can write: so no write goes unnoticed, and a
    migration that fails leaves the triggers as they were. One that asks for no transaction does without them while it
    runs, and what others wrote meanwhile is noticed when it ends or fails. Where there is nothing to migrate the
    triggers are left alone, save that they are mended where some are lost or of another release.
    """
    connection: Any = connections[using]
    original = connection.schema_editor

    @contextmanager
    def without_triggers(*args: Any, **kwargs: Any) -> Iterator[Any]:
        with original(*args, **kwargs) as editor:
            triggers.switch_off(connection)
            yield editor
            switch_on(using)

    connection.schema_editor = without_triggers
    try:
        yield
    finally:
        del connection.schema_editor
        if triggers.missing(connection):
            switch_on(using)


def switch_on(using: str) -> None:
    """Make the triggers anew, or none where their tables are not there, or not yet as this release knows them.

    What was written without them is not known: so a new epoch begins.
    """
    with transaction.atomic(using=using):
        if triggers.have_a_place(connections[using]):
            triggers.create(connections[using])
            begin_epoch(using)
        else:
            triggers.drop(connections[using])


def begin_epoch(using: str = DEFAULT_DB_ALIAS) -> None:
    """Say that nothing is known of what happened before."""
    fresh = {"token": uuid.uuid4().hex, "epoch": uuid.uuid4().hex}
    rows = DataRevision.objects.using(using)
    if not rows.update(number=F("number") + 1, **fresh):
        rows.create(pk=1, number=1, **fresh)
