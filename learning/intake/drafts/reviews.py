"""Editing the reviews of a draft and their children. A review that is published is corrected in the admin instead."""

from hashlib import sha256
from typing import Any

from django.db.models import Max

from learning.intake.drafts.make import make_review
from learning.intake.drafts.tags import themes
from learning.intake.editing.checks import listed, refuse_unknown, validate
from learning.intake.editing.edits import delete, editing, is_own_draft, save
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.slugs import free_review_slug, is_made_of
from learning.models import Bulletin
from reviews.models import WITHHELD, Board, Child, ChildCareStatus, Review, ReviewAlias, ReviewTheme
from reviews.state import AssignedBy, State

BOARDS = {"board", "commissioning_board", "reporting_board"}
REVIEW = BOARDS | {
    "label", "slug", "type", "nature", "summary", "commissioned_by_as_printed", "report_state", "report_state_as_at",
    "report_state_as_printed", "has_active_proceedings", "is_indexed", "themes", "aliases",
}  # fmt: skip
CHILD = {
    "pseudonym", "is_group", "has_lifelong_anonymity", "age_band", "sex", "ethnicity", "placement", "plan_category",
    "outcome", "incident_year", "incident_year_told", "care_statuses",
}  # fmt: skip


def add_review(user: Any, bulletin: Bulletin, version: int, label: str) -> Review:
    """A draft of a review that the reader did not find."""
    if not label.strip():
        raise EditRejected(Reason("Enter the label as the bulletin prints it.", "facts"))
    # Two people who add the same label are in each other's way. The label itself may be redacted later: not kept here.
    target = f"review:{sha256(label.strip().casefold().encode()).hexdigest()[:16]}"
    with editing(user, bulletin, version, [target], "added a review", {"label": label}):
        return make_review(user, bulletin, label.strip(), "Added at the desk")


def remove_review(user: Any, bulletin: Bulletin, version: int, review: Review) -> None:
    """The bulletin does not speak of this review. One that is a draft of this bulletin alone is deleted."""
    with editing(user, bulletin, version, [f"review:{review.pk}"], f"removed {review}"):
        for statement in bulletin.statements.filter(review=review):
            statement.review, statement.child = None, None
            save(statement, user, "Its review was removed")
        is_own = is_own_draft(review, bulletin)
        bulletin.reviews.remove(review)
        if is_own:
            delete(review, user, "Removed from its draft")


def edit_review(user: Any, review: Review, version: int, bulletin: Bulletin, changes: dict[str, Any]) -> Review:
    """Change a draft of a review. ``themes``: slugs, or ``{"slug", "assigned_by", "note"}``; ``aliases``: names."""
    refuse_unknown(changes, REVIEW)
    targets = [f"review:{review.pk}:{name}" for name in changes]
    with editing(user, bulletin, version, targets, f"{review}: {listed(changes)}", changes):
        review = _own(review, bulletin)
        label = review.label
        for name in set(changes) - {"themes", "aliases"}:
            setattr(review, name, _board(changes[name]) if name in BOARDS else _plain(changes[name]))
        if "board" in changes and review.board_id is None:
            raise EditRejected(
                Reason("Choose the board that the label belongs to.", f"review-{review.pk}"), submitted=changes
            )
        if "slug" not in changes and is_made_of(review.slug, label, review.label):
            review.slug = free_review_slug(review.board, review.label)
        validate(review, f"review-{review.pk}", changes)
        save(review, user, f"Edited at the desk: {listed(changes)}")
        if "themes" in changes:
            _set_themes(user, review, changes["themes"])
        if "aliases" in changes:
            _set_aliases(user, review, changes["aliases"])
    return review


def _set_themes(user: Any, review: Review, wanted: list[Any]) -> None:
    entries = [entry if isinstance(entry, dict) else {"slug": entry} for entry in wanted]
    chosen = {themes([entry["slug"]])[0].pk: entry for entry in entries if entry["slug"]}
    present = {tag.theme_id: tag for tag in review.theme_tags.all()}
    for key, tag in present.items():
        if key not in chosen:
            delete(tag, user, "Edited at the desk")
    for key, entry in chosen.items():
        tag = present.get(key) or ReviewTheme(review=review, theme_id=key, assigned_by=AssignedBy.CURATOR)
        tag.assigned_by = entry.get("assigned_by") or tag.assigned_by
        tag.note = entry.get("note", tag.note)
        validate(tag, f"review-{review.pk}", {"themes": wanted})
        save(tag, user, "Edited at the desk")


def _set_aliases(user: Any, review: Review, names: list[str]) -> None:
    wanted = dict.fromkeys(name.strip() for name in names if name.strip())
    present = {alias.name: alias for alias in review.aliases.all()}
    for name in set(present) - set(wanted):
        delete(present[name], user, "Edited at the desk")
    for name in wanted:
        if name not in present:
            save(ReviewAlias(review=review, name=name[:120]), user, "Edited at the desk")


# --- children -----------------------------------------------------------------------------------------------------


def add_child(user: Any, review: Review, version: int, bulletin: Bulletin, pseudonym: str) -> Child:
    targets, sent = [f"review:{review.pk}:children"], {"pseudonym": pseudonym}
    with editing(user, bulletin, version, targets, f"{review}: added a child", sent):
        review = _own(review, bulletin)
        last = review.children.aggregate(last=Max("position"))["last"] or 0
        child = Child(review=review, position=last + 1, pseudonym=pseudonym.strip())
        validate(child, f"review-{review.pk}", {"pseudonym": pseudonym})
        save(child, user, "Added at the desk")
    return child


def remove_child(user: Any, child: Child, version: int, bulletin: Bulletin) -> None:
    with editing(user, bulletin, version, [f"child:{child.pk}"], f"removed {child}"):
        _own(child.review, bulletin)
        for statement in bulletin.statements.filter(child=child):
            statement.child = None
            save(statement, user, "Its child was removed")
        delete(child, user, "Removed at the desk")


def edit_child(user: Any, child: Child, version: int, bulletin: Bulletin, changes: dict[str, Any]) -> Child:
    """Change a child. Lifelong anonymity withholds age, ethnicity, placement and year by itself.

    ``care_statuses``: ``{"status", "legal_basis", "when"}`` each.
    """
    refuse_unknown(changes, CHILD)
    targets = [f"child:{child.pk}:{name}" for name in changes]
    with editing(user, bulletin, version, targets, f"{child}: {listed(changes)}", changes):
        child = Child.objects.select_related("review__board").get(pk=child.pk)
        _own(child.review, bulletin)
        for name in set(changes) - {"care_statuses"}:
            setattr(child, name, _plain(changes[name]))
        _settle(child, changes)
        validate(child, f"child-{child.pk}", changes)
        save(child, user, f"Edited at the desk: {listed(changes)}")
        if "care_statuses" in changes:
            _set_care(user, child, changes["care_statuses"])
    return child


def _settle(child: Child, changes: dict[str, Any]) -> None:
    if child.has_lifelong_anonymity:
        for name, value in WITHHELD.items():
            setattr(child, name, value)
    elif "incident_year" in changes and "incident_year_told" not in changes:
        child.incident_year_told = Child.Told.STATED if child.incident_year else Child.Told.NOT_STATED
    elif child.incident_year_told != Child.Told.STATED:
        child.incident_year = None


def _set_care(user: Any, child: Child, wanted: list[dict[str, str]]) -> None:
    new = {(entry["status"], entry.get("when") or "incident"): entry.get("legal_basis", "") for entry in wanted}
    present = {(care.status, care.when): care for care in child.care_statuses.all()}
    for key in set(present) - set(new):
        delete(present[key], user, "Edited at the desk")
    for (status, when), basis in new.items():
        care = present.get((status, when)) or ChildCareStatus(child=child, status=status, when=when)
        care.legal_basis = basis
        validate(care, f"child-{child.pk}", {"care_statuses": wanted})
        save(care, user, "Edited at the desk")


# --- what these share -------------------------------------------------------------------------------------------


def _own(review: Review, bulletin: Bulletin) -> Review:
    """The review as it is stored now. Refuses one that is no draft, or not of this bulletin."""
    found = Review.objects.select_related("board").filter(pk=review.pk, bulletins=bulletin).first()
    if found is None:
        raise EditRejected(Reason("This review no longer belongs to the bulletin."))
    if found.state not in {State.DRAFT, State.READY}:
        raise EditRejected(
            Reason(f"{found.board.told_name}’s {found} is {found.get_state_display().lower()}: it is not a draft.")
        )
    return found


def _board(value: Any) -> Board | None:
    key = getattr(value, "pk", value)
    board = Board.objects.filter(pk=key).first() if key else None
    if key and board is None:
        raise EditRejected("That board does not exist. Choose another.")
    return board


def _plain(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
