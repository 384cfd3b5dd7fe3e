"""Who did what, when, why and from which file. Told from the history, by the names of fields and never by values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model

from learning.intake.models import AcknowledgedWarning, DroppedPassage, Finding, ImportJob
from learning.models import (
    Addressee,
    Bulletin,
    CuratorNote,
    FormerAddress,
    GlossaryTerm,
    Link,
    Redaction,
    ResponseCheck,
    Revision,
    SourceDocument,
    StartHere,
    StatedCount,
    Statement,
    StatementAgency,
    StatementOccasion,
    StatementTheme,
)
from reviews.models import Board, Child, ChildCareStatus, Review, ReviewAlias, ReviewTheme

SHOWN = 300

MOST = 5000  # rows of one table: a record with more has its oldest left out
OF_STATEMENTS = (StatementTheme, StatementAgency, StatementOccasion, Addressee, Revision, StartHere)
TOGETHER = timedelta(seconds=60)
_VERBS = {"+": "added", "~": "changed", "-": "deleted"}
_IMPORT = re.compile(r"from import (\d+)")
_STATES = {
    "draft": "a draft",
    "ready": "ready for checking",
    "published": "published",
    "held": "held",
    "withdrawn": "withdrawn",
}


@dataclass(frozen=True)
class Event:
    """One thing that happened, or several alike within a minute (``count``). ``file`` where it came from an import."""

    when: datetime
    who: str
    what: str
    why: str = ""
    file: str = ""
    count: int = 1


def trace(record: Any) -> list[Event]:
    """The trace of a bulletin, a review, a board or a statement, newest first."""
    tables: list[tuple[Any, dict[str, Any]]] = _of_statement(record) if isinstance(record, Statement) else []
    if isinstance(record, Bulletin | Review):
        tables = _of_bulletin(record) if isinstance(record, Bulletin) else _of_review(record)
    if isinstance(record, Board):
        tables = [(Board, {"id": record.pk}), (FormerAddress, {"board_id": record.pk})]
    events = [event for model, lookup in tables for event in _events(model, lookup)]
    if isinstance(record, Review):
        events += _merged_into(record)
    if isinstance(record, Bulletin):
        events += [_of_job(job) for job in record.import_jobs.select_related("started_by")]
    return _together(sorted(_with_files(events), key=lambda event: event.when, reverse=True))


def _of_bulletin(bulletin: Bulletin) -> list[tuple[Any, dict[str, Any]]]:
    own = {"bulletin_id": bulletin.pk}
    statements = list(Statement.history.filter(**own).values_list("id", flat=True).distinct())
    of_statements = {"statement_id__in": statements}
    return [
        (Bulletin, {"id": bulletin.pk}),
        *(
            (model, own)
            for model in (SourceDocument, Statement, Redaction, Finding, DroppedPassage, AcknowledgedWarning)
        ),
        *((model, own) for model in (Link, GlossaryTerm, StatedCount, CuratorNote, ResponseCheck, FormerAddress)),
        *((model, of_statements) for model in OF_STATEMENTS),
    ]


def _of_review(review: Review) -> list[tuple[Any, dict[str, Any]]]:
    children = list(Child.history.filter(review_id=review.pk).values_list("id", flat=True).distinct())
    return [
        (Review, {"id": review.pk}),
        *((model, {"review_id": review.pk}) for model in (ReviewAlias, ReviewTheme, Child, Statement, FormerAddress)),
        (ChildCareStatus, {"child_id__in": children}),
    ]


def _of_statement(statement: Statement) -> list[tuple[Any, dict[str, Any]]]:
    own = {"statement_id": statement.pk}
    return [
        (Statement, {"id": statement.pk}),
        *((model, own) for model in OF_STATEMENTS),
    ]


def _events(model: Any, lookup: dict[str, Any]) -> Iterator[Event]:
    """Each row of the history, described by what differs from the row before it of the same record."""
    rows = list(model.history.filter(**lookup).order_by("-history_date", "-history_id")[:MOST])
    names = dict(
        get_user_model().objects.filter(pk__in={row.history_user_id for row in rows}).values_list("pk", "username")
    )
    before: dict[Any, Any] = {}
    for row in reversed(rows):
        what = _described(model, row, before.get(row.id))
        before[row.id] = row
        if what:
            yield Event(row.history_date, names.get(row.history_user_id, ""), what, row.history_change_reason or "")


def _merged_into(review: Review) -> Iterator[Event]:
    """The reviews that were merged into this one. Their own history ends there."""
    start = f"Merged into review {review.pk}: "
    rows = Review.history.filter(history_type="-", history_change_reason__startswith=start)
    for row in rows.select_related("history_user"):
        who = row.history_user.get_username() if row.history_user else ""
        why = row.history_change_reason.removeprefix(start)
        yield Event(row.history_date, who, f"review {row.id} was merged into it", why)


def _described(model: Any, row: Any, before: Any) -> str:
    name = str(model._meta.verbose_name)
    if model is Statement:
        name = f"statement {row.serial}"
    if row.history_type != "~" or before is None:
        return f"{name} {_VERBS[row.history_type]}"
    fields = [field for field in model._meta.concrete_fields if hasattr(row, field.attname)]
    changed = [field for field in fields if getattr(row, field.attname) != getattr(before, field.attname)]
    if not changed:
        return ""
    listed = ", ".join(str(field.verbose_name) for field in changed)
    if "state" in {field.name for field in changed}:
        return f"{name} is {_STATES.get(row.state, row.state)}"
    return f"{name}: {listed} changed"


def _of_job(job: ImportJob) -> Event:
    counts = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in job.counts.items())
    what = f"imported, with reader {job.reader_version}: {counts}"
    return Event(job.started_at, job.started_by.get_username(), what, "; ".join(job.warnings), job.name)


def _with_files(events: list[Event]) -> list[Event]:
    keys = {int(found[1]) for event in events if (found := _IMPORT.search(event.why))}
    files = dict(ImportJob.objects.filter(pk__in=keys).values_list("pk", "name"))
    return [
        replace(event, file=files.get(int(found[1]), "")) if (found := _IMPORT.search(event.why)) else event
        for event in events
    ]


def _together(events: list[Event]) -> list[Event]:
    """Several of one kind by one person for one reason within a minute are one line with a count."""
    shorter: list[Event] = []
    for event in events:
        last = next((earlier for earlier in reversed(shorter[-12:]) if _is_alike(earlier, event)), None)
        if last is None:
            shorter.append(event)
        else:
            shorter[shorter.index(last)] = replace(last, what=_kind(last.what), count=last.count + 1)
    return shorter


def _is_alike(one: Event, other: Event) -> bool:
    same = (one.who, one.why, one.file, _kind(one.what)) == (other.who, other.why, other.file, _kind(other.what))
    return same and one.when - other.when < TOGETHER


def _kind(what: str) -> str:
    return re.sub(r"^statement \d+", "statement", what)
