"""How a draft is edited by several people at once, and how each change gets its name and reason in the history.

A page is rendered with the draft's version. An edit that was made on an older version still goes in, unless somebody
else has changed the same thing since: then it is refused with what they did, and given back, so that nothing is lost.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from learning.intake.editing.errors import Change, EditConflict, EditRejected, Reason
from learning.intake.editing.permissions import EDIT, need
from learning.intake.editing.redacted_words import refuse_redacted
from learning.intake.models import Draft, DraftEdit, Presence
from learning.models import Bulletin
from reviews.models import Review
from reviews.state import State

PRESENT = timedelta(seconds=60)
OPEN_STATES = (State.DRAFT, State.READY)


@dataclass
class Edit:
    """One edit while it is made; ``what`` and ``targets`` are what others are told of it."""

    draft: Draft
    user: Any
    what: str
    targets: list[str] = field(default_factory=list)


def save(record: models.Model, user: Any, reason: str) -> None:
    """Store a record with who did it and why in its history. The reason never holds words of a bulletin."""
    record._history_user = user  # type: ignore[attr-defined]
    record._change_reason = reason[:100]  # type: ignore[attr-defined]
    record.save()


def create_all(records: list[Any], user: Any, reason: str) -> None:
    """Store new records of one model as ``save`` does, all at once."""
    if records:
        bulk_create_with_history(records, type(records[0]), default_user=user, default_change_reason=reason[:100])


def delete(record: models.Model, user: Any, reason: str) -> None:
    record._history_user = user  # type: ignore[attr-defined]
    record._change_reason = reason[:100]  # type: ignore[attr-defined]
    record.delete()


def draft_of(bulletin: Bulletin) -> Draft:
    """The work on a bulletin. One that came in by another way (a fixture, the admin) gets its draft now."""
    draft, _ = Draft.objects.get_or_create(bulletin=bulletin)
    return draft


def locked_draft(bulletin: Bulletin) -> Draft:
    """The work on a bulletin, with the bulletin as it is now. Nobody else edits it until the transaction ends."""
    drafts = Draft.objects.select_for_update().select_related("bulletin").filter(bulletin=bulletin)
    return drafts.first() or drafts.get(pk=draft_of(bulletin).pk)


def record_presence(draft: Draft, user: Any) -> list[Any]:
    """Say that the user has the draft open. Returns the others who have."""
    now = timezone.now()
    if not Presence.objects.filter(draft=draft, user=user).update(seen_at=now):
        Presence.objects.get_or_create(draft=draft, user=user, defaults={"seen_at": now})
    others = draft.presences.filter(seen_at__gte=now - PRESENT).exclude(user=user).select_related("user")
    return [presence.user for presence in others.order_by("user__username")]


@contextmanager
def editing(
    user: Any, bulletin: Bulletin, version: int, targets: list[str], what: str, submitted: dict[str, Any] | None = None
) -> Iterator[Edit]:
    """One edit in one transaction. Raises ``EditConflict`` where others changed a target since ``version``.

    ``submitted`` is what was sent: it goes back with a refusal, and none of it may hold words that were redacted.
    """
    need(user, EDIT)
    with transaction.atomic():
        draft = locked_draft(bulletin)
        _check_open(draft, submitted)
        edit = Edit(draft, user, what, targets)
        _check_fresh(edit, version, submitted)
        refuse_redacted(bulletin, submitted or {}, _anchor(targets))
        yield edit
        _count(edit)


def log_edit(draft: Draft, user: Any, targets: list[str], what: str) -> None:
    """Count a decision as an edit of the draft, where it is one: so that whoever looks at it is told. Never stale.

    The draft is locked.
    """
    if draft.bulletin.state in OPEN_STATES:
        _count(Edit(draft, user, what, targets))


def _count(edit: Edit) -> None:
    draft = edit.draft
    draft.version += 1
    draft.last_editor = edit.user
    draft.save(update_fields=["version", "last_editor", "last_edited_at"])
    DraftEdit.objects.create(
        draft=draft, version=draft.version, editor=edit.user, targets=edit.targets, what=edit.what[:300]
    )


def _anchor(targets: list[str]) -> str:
    """The place on the checking page of what is edited: "statement-12" of "statement:12"."""
    name, number, *_ = [*(targets[0] if targets else "").split(":"), ""]
    if name in {"statement", "review", "child"} and number.isdecimal():
        return f"{name}-{number}"
    return name if name == "facts" else ""


def _check_open(draft: Draft, submitted: dict[str, Any] | None) -> None:
    if draft.published_at is not None or draft.bulletin.state not in OPEN_STATES:
        state = draft.bulletin.get_state_display().lower()
        text = f"This bulletin is {state}. Propose a correction instead: a second person applies it."
        if draft.bulletin.state == State.HELD and draft.published_at is None:
            text = "This bulletin is held. Take it off hold first."
        raise EditRejected(Reason(text), submitted=submitted)


def _check_fresh(edit: Edit, version: int, submitted: dict[str, Any] | None) -> None:
    """Edits by others of the same things since that version are a conflict; one's own, and others, are none."""
    if version > edit.draft.version:
        raise EditRejected(Reason("This page does not match any version of the draft. Reload it."), submitted=submitted)
    since = edit.draft.edits.filter(version__gt=version).exclude(editor=edit.user).select_related("editor")
    conflicts = [other for other in since if set(other.targets) & set(edit.targets)]
    if conflicts:
        raise EditConflict(changes_of(conflicts), submitted or {})


def changes_of(edits: list[DraftEdit]) -> list[Change]:
    return [
        Change(str(edit.editor.get_username()), edit.made_at, edit.what, edit.targets[0] if edit.targets else "")
        for edit in edits
    ]


def is_own_draft(review: Review, bulletin: Bulletin) -> bool:
    """A review that is a draft and that no other bulletin speaks of."""
    return review.state in {State.DRAFT, State.READY} and not review.bulletins.exclude(pk=bulletin.pk).exists()
