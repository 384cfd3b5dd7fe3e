"""What a person answers to a warning, and what the answer puts right."""

from typing import Any

from learning.intake.drafts import reviews as drafts_reviews
from learning.intake.drafts import statements as drafts_statements
from learning.intake.editing.edits import editing, save
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.models import SettledDoubt
from learning.intake.publication.warnings import ANONYMOUS, BREAKS_OFF, LOST, Doubt
from learning.models import Bulletin, Statement
from learning.models.public_text import squash
from reviews.models import Child


def settle(user: Any, bulletin: Bulletin, version: int, doubt: Doubt, reason: str) -> SettledDoubt:
    """It is as it should be. Where a child could be identified that needs a reason; else one is put."""
    reason = squash(reason)
    if doubt.blocks and not reason:
        raise EditRejected(
            Reason("Say why no child of this review is a victim of a sexual offence.", f"doubt-{doubt.key}")
        )
    what = "answered a question about the draft"
    with editing(user, bulletin, version, [f"doubt:{doubt.key}"], what, {"reason": reason}):
        one = SettledDoubt.objects.filter(bulletin=bulletin, key=doubt.key).first()
        one = one or SettledDoubt(bulletin=bulletin, key=doubt.key)
        one.reason, one.decided_by = (reason or "It is so in the source.")[:300], user
        save(one, user, "Answered at the desk")
    return one


def confirm(user: Any, bulletin: Bulletin, version: int, doubt: Doubt, child: Child | None = None) -> None:
    """The doubt is right: let the record say so."""
    if doubt.answer == ANONYMOUS:
        if child is None or child not in doubt.children:
            raise EditRejected(Reason("Choose the child.", f"doubt-{doubt.key}"))
        drafts_reviews.edit_child(user, child, version, bulletin, {"has_lifelong_anonymity": True})
        return
    statement = Statement.objects.get(pk=doubt.anchor.removeprefix("statement-"))
    if doubt.answer == BREAKS_OFF:
        drafts_statements.edit_statement(user, statement, version, {"breaks_off": True})
    elif doubt.answer == LOST:
        for one in _bare_before(bulletin, statement):
            drafts_statements.edit_statement(
                user, one, version, {"number": "", "number_status": Statement.NumberStatus.LOST}
            )
    else:
        raise EditRejected(Reason("There is nothing to put right by itself. Edit the statement.", doubt.anchor))


def _bare_before(bulletin: Bulletin, statement: Statement) -> list[Statement]:
    """Those without a number right before it in its list."""
    bare: list[Statement] = []
    before = bulletin.statements.filter(position__lt=statement.position).order_by("-position", "-pk")
    for one in before:
        same = (one.kind, one.review_id, one.parent_id) == (statement.kind, statement.review_id, statement.parent_id)
        if not same or one.number:
            break
        if one.number_status == Statement.NumberStatus.NONE:
            bare.append(one)
    return bare
