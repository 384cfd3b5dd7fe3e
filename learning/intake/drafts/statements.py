"""Editing the statements of a draft, one by one or together.

Each function is one edit in one transaction. ``version`` is that of the draft when the page was made (see ``editing``).
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from learning.intake.drafts import suggestions, tags
from learning.intake.drafts.passages import Text
from learning.intake.editing.checks import listed, refuse_unknown, validate
from learning.intake.editing.edits import delete, editing, save
from learning.intake.editing.errors import EditConflict, EditRejected, Reason
from learning.intake.editing.permissions import EDIT, need
from learning.intake.editing.redacted_words import refuse_redacted
from learning.intake.models import DroppedPassage, ThemeRequest
from learning.models import Bulletin, Statement
from learning.models.public_text import squash
from reviews.models import Child, Review

PLAIN = {"kind", "form", "citation", "breaks_off"}
STATEMENT = PLAIN | {"number", "number_status", "review", "child", "parent", "passage", "lead_in"} | tags.FIELDS


def edit_statement(user: Any, statement: Statement, version: int, changes: dict[str, Any]) -> Statement:
    """Change kind, number, review, child, parent, passage or tags of a statement. Its words follow from its passage."""
    refuse_unknown(changes, STATEMENT)
    what, bulletin = f"the {listed(changes)} of {statement}", statement.bulletin
    with editing(user, bulletin, version, [f"statement:{statement.pk}"], what, changes):
        statement = fresh(statement, changes)
        apply_changes(user, statement, changes, f"Edited at the desk: {listed(changes)}")
        if "passage" in changes:
            for dropped in bulletin.dropped_passages.filter(start__lt=statement.end, end__gt=statement.start):
                delete(dropped, user, "Taken into a statement")
            suggestions.suggest_for(statement)
    return statement


def apply_changes(user: Any, statement: Statement, changes: dict[str, Any], reason: str) -> None:
    """Put changes on a statement and store it, with its tags. Refuses what cannot be. The caller has a transaction."""
    for name in PLAIN & set(changes):
        setattr(statement, name, changes[name])
    if "number" in changes or "number_status" in changes:
        _set_number(statement, changes)
    for name in {"review", "child", "parent"} & set(changes):
        setattr(statement, name, _related(statement, name, changes[name]))
    if statement.child_id and statement.child and statement.child.review_id != statement.review_id:
        statement.child = None
    if "lead_in" in changes:
        _set_lead_in(statement, changes["lead_in"])
    if "passage" in changes:
        text = Text(statement.bulletin)
        start, end, _ = text.snap(*changes["passage"])
        text.check_free(start, end, besides=family(statement))
        text.place(statement, start, end)
    validate(statement, f"statement-{statement.pk}", changes)
    save(statement, user, reason)
    if "kind" in changes and statement.kind != Statement.Kind.QUESTION:
        changes = {**changes, "occasions": []}
    tags.set_tags(user, statement, changes, reason)


def _set_lead_in(statement: Statement, place: tuple[int, int] | None) -> None:
    """The passage that a statement completes and that is no statement itself, or None. Its words follow from it."""
    text = Text(statement.bulletin)
    statement.lead_in_start, statement.lead_in_end = text.snap(*place)[:2] if place else (None, None)
    text.place(statement, statement.start, statement.end)


def family(statement: Statement) -> set[int]:
    """The keys of a statement, its parent and its parts: their passages may lie in each other."""
    keys = {statement.pk, statement.parent_id, *statement.parts.values_list("pk", flat=True)}
    return {key for key in keys if key}


def _set_number(statement: Statement, changes: dict[str, Any]) -> None:
    """A number is printed; without one it is lost in the source, where that is said, or there never was one."""
    number = str(changes.get("number", statement.number) or "").strip()
    status = changes.get("number_status") or (Statement.NumberStatus.PRINTED if number else Statement.NumberStatus.NONE)
    if status != Statement.NumberStatus.PRINTED:
        number = ""
    statement.number, statement.number_status = number, status


def _related(statement: Statement, name: str, value: Any) -> Any:
    """The record that was chosen, which must belong to the same bulletin. None, "" and 0 choose none."""
    key = getattr(value, "pk", value) or None
    if key is None:
        return None
    among: Any = {
        "review": Review.objects.filter(bulletins=statement.bulletin_id),
        "child": Child.objects.filter(review__bulletins=statement.bulletin_id),
        "parent": statement.bulletin.statements.exclude(pk=statement.pk),
    }[name]
    record = among.filter(pk=key).first()
    if record is None:
        raise EditRejected(Reason(f"This {name} does not belong to the bulletin.", f"statement-{statement.pk}"))
    if name == "parent" and record.parent_id == statement.pk:
        raise EditRejected(Reason("Two statements cannot be parts of each other.", f"statement-{statement.pk}"))
    return record


def split(user: Any, statement: Statement, version: int, offset: int) -> tuple[Statement, Statement]:
    """Cut a statement in two at an offset of the raw text. The second has the tags of the first, and no number."""
    with editing(user, statement.bulletin, version, [f"statement:{statement.pk}"], f"split {statement}") as edit:
        statement = fresh(statement)
        text = Text(statement.bulletin)
        if not statement.start < offset < statement.end:
            raise EditRejected(Reason("Split it between two of its words.", f"statement-{statement.pk}"))
        first, last = text.snap(statement.start, offset), text.snap(offset, statement.end)
        text.place(statement, *first[:2])
        save(statement, user, "Split at the desk")
        other = _new(statement.bulletin, statement.position + 1, statement.kind, last[2])
        other.lead_in_start, other.lead_in_end = statement.lead_in_start, statement.lead_in_end
        other.form, other.review, other.child, other.parent = (
            statement.form, statement.review, statement.child, statement.parent
        )  # fmt: skip
        text.place(other, *last[:2])
        _make_room(user, statement.bulletin, other.position)
        save(other, user, f"Split from statement {statement.serial}")
        tags.copy_tags(user, statement, other)
        suggestions.suggest_for(statement)
        suggestions.suggest_for(other)
        edit.targets += [f"statement:{other.pk}", "order"]
    return statement, other


def merge_with_next(user: Any, statement: Statement, version: int) -> Statement:
    """Join a statement and the next one of the text, with the words between them. Tags are those of both."""
    bulletin = statement.bulletin
    following = bulletin.statements.filter(start__gte=statement.end).order_by("start").first()
    if following is None:
        raise EditRejected(Reason("No statement follows this one.", f"statement-{statement.pk}"))
    targets = [f"statement:{statement.pk}", f"statement:{following.pk}", "order"]
    with editing(user, bulletin, version, targets, f"merged {statement} with the next"):
        statement, following = fresh(statement), fresh(following)
        text = Text(bulletin)
        text.check_free(statement.start, following.end, besides=family(statement) | {following.pk})
        for part in following.parts.all():
            part.parent = statement
            save(part, user, "Its parent was merged")
        if statement.parent_id == following.pk:
            statement.parent = following.parent if following.parent_id != statement.pk else None
        tags.copy_tags(user, following, statement)
        delete(following, user, f"Merged into statement {statement.serial}")
        text.place(statement, statement.start, following.end)
        save(statement, user, f"Merged with statement {following.serial}")
        suggestions.suggest_for(statement)
    return statement


def move(user: Any, statement: Statement, version: int, before: Statement | None) -> None:
    """Put a statement before another one, or at the end."""
    with editing(user, statement.bulletin, version, ["order"], f"moved {statement}"):
        order = list(statement.bulletin.statements.exclude(pk=statement.pk).order_by("position", "pk"))
        at = next((at for at, one in enumerate(order) if before and one.pk == before.pk), len(order))
        order.insert(at, fresh(statement))
        for position, one in enumerate(order, 1):
            if one.position != position:
                one.position = position
                save(one, user, "Reordered at the desk")


def drop(user: Any, statement: Statement, version: int, reason: str) -> DroppedPassage:
    """It is no statement. Its parts go to its own parent, and its passage stays marked as dropped."""
    reason = _needed(reason, f"statement-{statement.pk}")
    targets = [f"statement:{statement.pk}", "order"]
    with editing(user, statement.bulletin, version, targets, f"left out {statement}", {"reason": reason}):
        statement = fresh(statement)
        for part in statement.parts.all():
            part.parent = statement.parent
            save(part, user, "Its parent was dropped")
        dropped = _dropped(user, statement.bulletin, statement.start, statement.end, reason)
        delete(statement, user, "Dropped at the desk")
    return dropped


def drop_passage(user: Any, bulletin: Bulletin, version: int, start: int, end: int, reason: str) -> DroppedPassage:
    """An unclaimed passage is no statement."""
    anchor = f"passage-{start}-{end}"
    reason = _needed(reason, anchor)
    with editing(user, bulletin, version, [f"passage:{start}"], "left out a passage", {"reason": reason}):
        if not 0 <= start < end <= len(bulletin.source_document.text):
            raise EditRejected(Reason("The passage must lie within the text."))
        return _dropped(user, bulletin, start, end, reason)


def undrop(user: Any, dropped: DroppedPassage, version: int) -> None:
    """The passage is unclaimed again."""
    with editing(user, dropped.bulletin, version, [f"passage:{dropped.start}"], "put back a passage that was left out"):
        delete(dropped, user, "Taken back")


def add_from_passage(
    user: Any, bulletin: Bulletin, version: int, start: int, end: int, *, kind: str, **changes: Any
) -> Statement:
    """A new statement from exactly that passage of the raw text; a marker at its beginning becomes its number."""
    refuse_unknown(changes, STATEMENT - {"passage", "kind"})
    sent = {**changes, "kind": kind, "passage": (start, end)}
    with editing(user, bulletin, version, [f"passage:{start}"], "added a statement", sent) as edit:
        text = Text(bulletin)
        start, end, number = text.snap(start, end)
        parent = changes.get("parent")
        text.check_free(start, end, besides={getattr(parent, "pk", parent)} if parent else set())
        statement = _new(bulletin, _position_at(bulletin, start), kind, number)
        statement.review = bulletin.reviews.get() if bulletin.reviews.count() == 1 else None
        text.place(statement, start, end)
        validate(statement, f"passage-{start}-{end}", sent)
        _make_room(user, bulletin, statement.position)
        save(statement, user, "Added at the desk")
        apply_changes(user, statement, changes, "Added at the desk")
        for dropped in bulletin.dropped_passages.filter(start__lt=end, end__gt=start):
            delete(dropped, user, "Taken as a statement")
        suggestions.suggest_for(statement)
        edit.targets += [f"statement:{statement.pk}", "order"]
    return statement


def retag(
    user: Any, bulletin: Bulletin, version: int, statements: Iterable[Statement], *, add: Any = (), remove: Any = ()
) -> int:
    """Add and remove themes on several statements at once. Returns how many tags were changed."""
    chosen = list(bulletin.statements.filter(pk__in=[statement.pk for statement in statements]))
    targets = [f"statement:{statement.pk}" for statement in chosen]
    with editing(user, bulletin, version, targets, f"themes of {len(chosen)} statements"):
        return tags.retag(user, chosen, tags.themes(add), tags.themes(remove))


def ask_for_theme(user: Any, name: str, why: str, statement: Statement | None = None) -> ThemeRequest:
    """Ask the administrators for a theme that is missing. The vocabulary grows by nobody else."""
    need(user, EDIT)
    if not name.strip() or not why.strip():
        raise EditRejected(Reason("Enter the name of the theme, and say what it is for.", "theme-requests"))
    if statement is not None:
        refuse_redacted(statement.bulletin, {"label": name, "reason": why}, "theme-requests")
    request: ThemeRequest = ThemeRequest.objects.create(
        name=name.strip()[:120], why=why.strip(), statement=statement, asked_by=user
    )
    return request


# --- what these share -------------------------------------------------------------------------------------------


def fresh(statement: Statement, submitted: dict[str, Any] | None = None) -> Statement:
    """The statement as it is stored now. Raises ``EditConflict`` where somebody has merged or dropped it."""
    found = Statement.objects.select_related("bulletin", "parent", "child").filter(pk=statement.pk).first()
    if found is None:
        raise EditConflict([], submitted or {}) from None
    return found


def _new(bulletin: Bulletin, position: int, kind: str, number: str) -> Statement:
    status = Statement.NumberStatus.PRINTED if number else Statement.NumberStatus.NONE
    return Statement(
        bulletin=bulletin,
        serial=next_serial(bulletin),
        position=position,
        kind=kind,
        number=number,
        number_status=status,
    )


def next_serial(bulletin: Bulletin) -> int:
    """A number that no statement of the bulletin has or ever had."""
    ever = Statement.history.filter(bulletin_id=bulletin.pk).aggregate(highest=Max("serial"))["highest"] or 0
    now = bulletin.statements.aggregate(highest=Max("serial"))["highest"] or 0
    return max(ever, now) + 1


def _position_at(bulletin: Bulletin, start: int) -> int:
    """After the statement that stands before that place in the text."""
    before = bulletin.statements.filter(start__lt=start).order_by("-start").first()
    return before.position + 1 if before else 1


def _make_room(user: Any, bulletin: Bulletin, position: int) -> None:
    for statement in bulletin.statements.filter(position__gte=position):
        statement.position += 1
        save(statement, user, "Made room for another statement")


def _dropped(user: Any, bulletin: Bulletin, start: int, end: int, reason: str) -> DroppedPassage:
    dropped = DroppedPassage.objects.filter(bulletin=bulletin, start=start, end=end).first()
    dropped = dropped or DroppedPassage(bulletin=bulletin, start=start, end=end)
    dropped.reason, dropped.dropped_by = reason[:300], user
    save(dropped, user, "Dropped at the desk")
    return dropped


def _needed(reason: str, anchor: str) -> str:
    if not reason.strip():
        raise EditRejected(Reason("Say why you are leaving it out.", anchor))
    return squash(reason)
