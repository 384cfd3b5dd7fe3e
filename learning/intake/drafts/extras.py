"""What a bulletin has beside its statements: its links, terms and claimed numbers, our notes, and known responses.

Each function is one edit of a draft in one transaction (see ``editing``). A sort is "links", "terms", "counts", "notes"
or "responses". No value may hold words that were redacted, so that none of them comes back by this way.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from learning.intake.editing.checks import listed, validate
from learning.intake.editing.edits import OPEN_STATES, delete, editing, save
from learning.intake.editing.errors import EditConflict, EditRejected, Reason
from learning.intake.editing.patterns import occurrences
from learning.intake.editing.permissions import PUBLISH, need
from learning.intake.editing.redacted_words import refuse_redacted
from learning.models import (
    Bulletin,
    CuratorNote,
    GlossaryTerm,
    Link,
    PublicText,
    ResponseCheck,
    StatedCount,
    Statement,
)
from learning.models.public_text import squash

LOOKED_AT = "Looked at on "
LEADS, LEADS_NOT = "it leads there", "it does not lead there"


@dataclass(frozen=True)
class Sort:
    """A table, the fields that are edited here, and what one of it is called.

    ``goes_on``: it changes nothing that the bulletin says, so a publisher may edit it after publication too.
    """

    model: Any
    fields: tuple[str, ...]
    name: str
    has_position: bool = False
    goes_on: bool = False


SORTS = {
    "links": Sort(Link, ("title", "address"), "link", has_position=True),
    "terms": Sort(GlossaryTerm, ("term", "expansion", "explanation", "basis"), "term"),
    "counts": Sort(StatedCount, ("kind", "count", "review", "as_printed"), "claimed number"),
    "notes": Sort(CuratorNote, ("text", "review"), "note", has_position=True),
    "responses": Sort(
        ResponseCheck,
        ("result", "review", "statement", "looked_on", "title", "address", "as_printed", "note"),
        "known response",
        has_position=True,
        goes_on=True,
    ),
}


@contextmanager
def _edit(
    user: Any, bulletin: Bulletin, version: int, sort: str, targets: list[str], what: str, sent: dict[str, Any]
) -> Iterator[list[str]]:
    """One edit. Gives the targets, to which a new record is added."""
    if bulletin.state in OPEN_STATES or not SORTS[sort].goes_on:
        with editing(user, bulletin, version, targets, what, sent) as edit:
            yield edit.targets
        return
    need(user, PUBLISH)
    with transaction.atomic():
        refuse_redacted(bulletin, sent)
        yield targets


def add(user: Any, bulletin: Bulletin, version: int, sort: str, values: dict[str, Any]) -> Any:
    """A new entry, after the others."""
    kind = SORTS[sort]
    with _edit(user, bulletin, version, sort, [], f"added a {kind.name}", values) as targets:
        record = kind.model(bulletin=bulletin)
        if kind.has_position:
            last = kind.model.objects.filter(bulletin=bulletin).aggregate(last=Max("position"))["last"] or 0
            record.position = last + 1
        _put(record, values, values)
        save(record, user, "Added at the desk")
        targets.append(f"{sort}:{record.pk}")
    return record


def change(user: Any, bulletin: Bulletin, version: int, sort: str, record: Any, changes: dict[str, Any]) -> Any:
    """Change some of an entry. A link whose address changes has not been looked at."""
    kind = SORTS[sort]
    targets = [f"{sort}:{record.pk}"]
    with _edit(user, bulletin, version, sort, targets, f"changed a {kind.name}: {listed(changes)}", changes):
        record = _fresh(bulletin, sort, record.pk, changes)
        if "address" in changes and squash(changes["address"]) != record.address:
            record.checked_on = None
        _put(record, changes, changes)
        save(record, user, f"Edited at the desk: {listed(changes)}")
    return record


def remove(user: Any, bulletin: Bulletin, version: int, sort: str, record: Any, reason: str) -> None:
    reason = squash(reason)
    if not reason:
        raise EditRejected(Reason("Say why you are removing it."))
    sent = {"reason": reason}
    with _edit(user, bulletin, version, sort, [f"{sort}:{record.pk}"], f"removed a {SORTS[sort].name}", sent):
        delete(_fresh(bulletin, sort, record.pk, sent), user, f"Removed: {reason}")


def look_at(user: Any, bulletin: Bulletin, version: int, link: Link, on: date, leads: bool) -> Link:
    """Somebody looked where a link leads. Only one that leads there is a link in public.

    It changes nothing that the bulletin says, so a published one needs no correction; a publisher does it.
    """
    if on > timezone.localdate():
        raise EditRejected(Reason("Enter the day on which you looked: it cannot be in the future."))
    if bulletin.state in OPEN_STATES:
        with editing(user, bulletin, version, [f"links:{link.pk}"], "looked at a link", {"on": on, "leads": leads}):
            return _looked_at(user, _fresh(bulletin, "links", link.pk, {}), on, leads)
    need(user, PUBLISH)
    with transaction.atomic():
        return _looked_at(user, _fresh(bulletin, "links", link.pk, {}), on, leads)


def _looked_at(user: Any, link: Link, on: date, leads: bool) -> Link:
    if not link.href:
        raise EditRejected(Reason("It has no web address. Give it one that starts with http://, https:// or www."))
    link.checked_on = on if leads else None
    save(link, user, f"{LOOKED_AT}{on.isoformat()}: {LEADS if leads else LEADS_NOT}")
    return link


def last_looks(links: Iterable[Link]) -> dict[int, str]:
    """By link, what was last found ("2021-05-04: it does not lead there"), while its address is still the same."""
    wanted = {link.pk: link.address for link in links}
    rows = Link.history.filter(id__in=wanted, history_change_reason__startswith=LOOKED_AT)
    found: dict[int, str] = {}
    for row in rows.order_by("history_id"):
        if row.address == wanted[row.id]:
            found[row.id] = row.history_change_reason.removeprefix(LOOKED_AT)
    return found


# --- what these share -------------------------------------------------------------------------------------------


def _fresh(bulletin: Bulletin, sort: str, pk: int, submitted: dict[str, Any]) -> Any:
    found = SORTS[sort].model.objects.filter(pk=pk, bulletin=bulletin).first()
    if found is None:
        raise EditConflict([], submitted)
    return found


def _put(record: Any, values: dict[str, Any], submitted: dict[str, Any]) -> None:
    """Set the values and check the whole: against the record's own rules and the bulletin's text."""
    for name, value in values.items():
        setattr(record, name, squash(value) if isinstance(value, str) and name != "text" else value)
    bulletin = record.bulletin
    review = getattr(record, "review", None)
    if review is not None and not bulletin.reviews.filter(pk=review.pk).exists():
        raise EditRejected(Reason("This review does not belong to the bulletin."), submitted=submitted)
    if isinstance(record, StatedCount):
        _check_count(record, submitted)
    if isinstance(record, ResponseCheck):
        _check_response(record, submitted)
    validate(record, "", submitted)


def _check_count(stated: StatedCount, submitted: dict[str, Any]) -> None:
    """A claim is the bulletin's own: its words stand there."""
    if stated.kind not in Statement.Kind.values:
        raise EditRejected(Reason("Choose what it counts."), submitted=submitted)
    _check_printed(stated, submitted)


def _check_response(check: ResponseCheck, submitted: dict[str, Any]) -> None:
    if check.looked_on is not None and check.looked_on > timezone.localdate():
        raise EditRejected(
            Reason("Enter the day on which you looked: it cannot be in the future."), submitted=submitted
        )
    if check.as_printed:
        _check_printed(check, submitted)


def _check_printed(record: StatedCount | ResponseCheck, submitted: dict[str, Any]) -> None:
    text = PublicText.objects.filter(bulletin=record.bulletin).values_list("text", flat=True).first() or ""
    if not record.as_printed or not occurrences(text, record.as_printed):
        raise EditRejected(
            Reason("These words are not in the bulletin’s text. Copy them from it."), submitted=submitted
        )
