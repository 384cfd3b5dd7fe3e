"""Corrections of published statements: one person proposes, another applies. Number and address stay the same."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from learning.intake.drafts.statements import STATEMENT, apply_changes, fresh
from learning.intake.editing.edits import delete, save
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.permissions import EDIT, PUBLISH, need
from learning.intake.editing.redacted_words import refuse_redacted
from learning.models import Revision, Statement
from learning.models.public_text import squash
from learning.search.index import index_bulletin
from reviews.state import State


class _DryRunError(Exception):
    """Raised to undo what was only tried."""


def propose(user: Any, statement: Statement, changes: dict[str, Any], reason: str) -> Revision:
    """Propose a correction. It is tried out first, so that what cannot be is refused now and not when it is applied.

    ``changes`` are those of ``drafts.edit_statement``. Words cannot be written: they follow from the passage.
    """
    need(user, EDIT)
    if not reason.strip():
        raise EditRejected(Reason("Say why it needs correcting.", f"statement-{statement.pk}"), submitted=changes)
    if not changes or set(changes) - STATEMENT:
        raise EditRejected(Reason("Say what needs correcting.", f"statement-{statement.pk}"), submitted=changes)
    statement = fresh(statement, changes)
    _check_published(statement)
    refuse_redacted(statement.bulletin, {**changes, "reason": reason}, f"statement-{statement.pk}")
    plain = {name: _plain(value) for name, value in changes.items()}
    try:
        with transaction.atomic():
            apply_changes(user, statement, plain, "Tried out")
            raise _DryRunError
    except _DryRunError:
        pass
    revision = Revision(statement_id=statement.pk, changes=plain, reason=squash(reason), proposed_by=user)
    save(revision, user, "Proposed")
    return revision


def apply(user: Any, revision: Revision) -> Statement:
    """Apply a proposed correction. Never by the one who proposed it, whatever the settings say."""
    need(user, PUBLISH)
    with transaction.atomic():
        revision = _open(revision)
        if revision.proposed_by_id == user.pk:
            raise EditRejected("You proposed it. Somebody else has to apply it.")
        statement = Statement.objects.select_for_update().get(pk=revision.statement_id)
        _check_published(statement)
        _check_fresh(revision)
        statement.version += 1
        statement.corrected_on = timezone.localdate()
        apply_changes(user, statement, revision.changes, f"Corrected: {revision.reason}")
        revision.applied_by, revision.applied_at = user, timezone.now()
        save(revision, user, "Applied")
        index_bulletin(statement.bulletin)
    return statement


def decline(user: Any, revision: Revision, reason: str) -> None:
    """Turn a proposal down. It stays in the history."""
    need(user, PUBLISH)
    if not reason.strip():
        raise EditRejected("Say why you are declining it.")
    with transaction.atomic():
        delete(_open(revision), user, f"Declined: {squash(reason)}")


def waiting() -> QuerySet[Revision]:
    """Proposals that nobody has applied, the oldest first."""
    proposals: QuerySet[Revision] = Revision.objects.filter(applied_at__isnull=True)
    return proposals.select_related("statement__bulletin__board", "statement__review", "proposed_by").order_by(
        "proposed_at"
    )


def _open(revision: Revision) -> Revision:
    stored = Revision.objects.select_for_update().filter(pk=revision.pk, applied_at__isnull=True).first()
    if stored is None:
        raise EditRejected("It has already been applied or declined.")
    return stored


def _check_published(statement: Statement) -> None:
    if statement.bulletin.state not in {State.PUBLISHED, State.HELD}:
        raise EditRejected(Reason("It is not published: edit the draft itself.", f"statement-{statement.pk}"))


def _check_fresh(revision: Revision) -> None:
    """A correction of the same thing that was applied since would be undone unseen."""
    since = Revision.objects.filter(statement=revision.statement_id, applied_at__gt=revision.proposed_at)
    touched = {name for changes in since.values_list("changes", flat=True) for name in changes}
    if both := sorted(touched & set(revision.changes)):
        raise EditRejected(f"It has been corrected since: {', '.join(both)}. Propose it again.")


def _plain(value: Any) -> Any:
    """As it can be stored: records by their keys."""
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return getattr(value, "pk", value)
