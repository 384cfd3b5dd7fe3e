"""What a person answers to a warning, and what the answer puts right."""

from typing import Any

from learning.intake.drafts import reviews as drafts_reviews
from learning.intake.drafts import statements as drafts_statements
from learning.intake.editing.edits import editing, save
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.models import AcknowledgedWarning
from learning.intake.publication.warnings import ANONYMOUS, BREAKS_OFF, LOST, DraftWarning
from learning.models import Bulletin, Statement
from learning.models.public_text import squash
from reviews.models import Child


def acknowledge(user: Any, bulletin: Bulletin, version: int, warning: DraftWarning, reason: str) -> AcknowledgedWarning:
    """It is as it should be. Where a child could be identified that needs a reason; else one is put."""
    reason = squash(reason)
    if warning.blocks and not reason:
        raise EditRejected(
            Reason("Say why no child of this review is a victim of a sexual offence.", f"warning-{warning.key}")
        )
    what = "answered a question about the draft"
    with editing(user, bulletin, version, [f"warning:{warning.key}"], what, {"reason": reason}):
        acknowledged = AcknowledgedWarning.objects.filter(bulletin=bulletin, key=warning.key).first()
        acknowledged = acknowledged or AcknowledgedWarning(bulletin=bulletin, key=warning.key)
        acknowledged.reason, acknowledged.decided_by = (reason or "The source has it like that.")[:300], user
        save(acknowledged, user, "Answered at the desk")
    return acknowledged


def confirm(user: Any, bulletin: Bulletin, version: int, warning: DraftWarning, child: Child | None = None) -> None:
    """The warning is right: let the record say so."""
    if warning.answer == ANONYMOUS:
        if child is None or child not in warning.children:
            raise EditRejected(Reason("Choose the child.", f"warning-{warning.key}"))
        drafts_reviews.edit_child(user, child, version, bulletin, {"has_lifelong_anonymity": True})
        return
    statement = Statement.objects.get(pk=warning.anchor.removeprefix("statement-"))
    if warning.answer == BREAKS_OFF:
        drafts_statements.edit_statement(user, statement, version, {"breaks_off": True})
    elif warning.answer == LOST:
        lost = {"number": "", "number_status": Statement.NumberStatus.LOST}
        for bare in _bare_before(bulletin, statement):
            drafts_statements.edit_statement(user, bare, version, lost)
    else:
        raise EditRejected(Reason("This cannot be put right automatically. Edit the statement.", warning.anchor))


def _bare_before(bulletin: Bulletin, statement: Statement) -> list[Statement]:
    """Those without a number right before it in its list."""
    bare: list[Statement] = []
    before = bulletin.statements.filter(position__lt=statement.position).order_by("-position", "-pk")
    its_list = (statement.kind, statement.review_id, statement.parent_id)
    for other in before:
        if (other.kind, other.review_id, other.parent_id) != its_list or other.number:
            break
        if other.number_status == Statement.NumberStatus.NONE:
            bare.append(other)
    return bare
