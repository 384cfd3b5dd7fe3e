"""From draft to published, by two people; and out of view again: held, or withdrawn for good."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from learning.intake.editing.edits import changes_of, locked_draft, save
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.permissions import EDIT, PUBLISH, need
from learning.intake.editing.redacted_words import refuse_redacted
from learning.intake.models import Draft
from learning.intake.publication.blockers import publish_blockers, undecided
from learning.models import Bulletin, SourceDocument
from learning.models.public_text import refresh_public_text
from learning.search import index
from reviews.models import Review
from reviews.state import State

WAIVED = "Published by the person who entered it: the second person is switched off"
Record = Bulletin | Review


def submit(user: Any, bulletin: Bulletin) -> None:
    """Hand a draft over for checking."""
    need(user, EDIT)
    with transaction.atomic():
        bulletin, draft = _locked(bulletin)
        if bulletin.state != State.DRAFT:
            raise EditRejected(f"It is {_state(bulletin)}, not a draft.")
        _move(user, bulletin, State.READY, "Ready for checking")
        draft.submitted_by, draft.submitted_at, draft.sent_back_note = user, timezone.now(), ""
        draft.entered_by = draft.entered_by or user
        draft.save()


def send_back(user: Any, bulletin: Bulletin, note: str) -> None:
    """It is a draft again; the note says what is missing."""
    need(user, PUBLISH)
    if not note.strip():
        raise EditRejected("Say what is missing.")
    _refuse_redacted(bulletin, note)
    with transaction.atomic():
        bulletin, draft = _locked(bulletin)
        if bulletin.state != State.READY:
            raise EditRejected(f"It is {_state(bulletin)}, not ready for checking.")
        _move(user, bulletin, State.DRAFT, "Sent back by the checker")
        draft.sent_back_note = note.strip()
        draft.save()


def may_publish(user: Any, draft: Draft) -> Reason | None:
    """Why this person may not publish it, whatever its contents; None where they may."""
    if not user.has_perm(PUBLISH):
        return Reason("Only publishers and administrators may publish.")
    if settings.SECOND_PERSON and user.pk in _authors(draft):
        return Reason("You entered it. Somebody else has to check and publish it.")
    return None


def publish(user: Any, bulletin: Bulletin, version: int | None = None) -> None:
    """Publish a bulletin with its draft reviews. Refuses with every reason why not.

    ``version`` is that of the draft when the page with the button was made: what others changed since, nobody checked.
    """
    with transaction.atomic():
        bulletin, draft = _locked(bulletin)
        if why_not := may_publish(user, draft):
            raise EditRejected(why_not)
        if bulletin.state != State.READY:
            raise EditRejected(f"It is {_state(bulletin)}, not ready for checking.")
        if version is not None and (unseen := _unseen(user, draft, version)):
            raise EditRejected(*unseen)
        if reasons := publish_blockers(bulletin):
            raise EditRejected(*reasons)
        is_waived = user.pk in _authors(draft)
        reason = WAIVED if is_waived else "Published after checking by a second person"
        open_reviews = bulletin.reviews.filter(state__in=[State.DRAFT, State.READY])
        reviews = list(open_reviews.select_for_update(of=("self",)))  # whoever holds one meanwhile waits, and holds it
        for review in reviews:
            _move(user, review, State.PUBLISHED, reason)
        _move(user, bulletin, State.PUBLISHED, reason)
        draft.published_by, draft.published_at, draft.is_second_person_waived = user, timezone.now(), is_waived
        draft.save()
        _index(bulletin, reviews)


def _index(bulletin: Bulletin, reviews: list[Review]) -> None:
    if SourceDocument.objects.filter(bulletin=bulletin).exists():
        refresh_public_text(bulletin)
    index.index_board(bulletin.board)
    index.index_bulletin(bulletin)
    for review in reviews:
        index.index_review(review)


def hold(user: Any, record: Record, note: str) -> None:
    """Out of view at once: the public finds nothing there (404). Whoever works at the desk may do it, the same day."""
    need(user, EDIT)
    if not note.strip():
        raise EditRejected("Say why you are holding it. Only staff will read this.")
    _refuse_redacted(record, note)
    with transaction.atomic():
        record = _fresh(record)
        if record.state == State.WITHDRAWN:
            raise EditRejected("It has been withdrawn, so the public already cannot see it.")
        record.state_note = note.strip()
        _move(user, record, State.HELD, "Held")


def unhold(user: Any, record: Record, note: str) -> None:
    """Back to what it was before. Refused while proceedings are under way or a finding is undecided."""
    need(user, PUBLISH)
    if not note.strip():
        raise EditRejected("Say why it no longer has to be held.")
    _refuse_redacted(record, note)
    with transaction.atomic():
        record = _fresh(record)
        if record.state != State.HELD:
            raise EditRejected(f"It is {_state(record)}, not held.")
        before = record.history.exclude(state=State.HELD).values_list("state", flat=True).first() or State.DRAFT
        if before == State.PUBLISHED:
            _refuse_unsafe(record)
        record.state_note = note.strip()
        _move(user, record, before, "Taken off hold")


def _refuse_unsafe(record: Record) -> None:
    if isinstance(record, Review):
        if record.has_active_proceedings:
            raise EditRejected(Reason("Proceedings are under way. It must stay held until they end."))
        reasons = [reason for bulletin in record.bulletins.all() for reason in undecided(bulletin)]
    else:
        reasons = undecided(record)
    if reasons:
        raise EditRejected(*reasons)


def hold_for_proceedings(user: Any, review: Review, note: str) -> None:
    """Criminal, care or inquest proceedings began: the review is held until somebody says that they ended."""
    need(user, EDIT)
    _refuse_redacted(review, note)
    with transaction.atomic():
        review = Review.objects.select_for_update().get(pk=review.pk)
        review.has_active_proceedings, review.state_note = True, note.strip()
        _move(user, review, State.HELD, "Held: proceedings are under way")


def end_of_proceedings(user: Any, review: Review) -> None:
    """They ended. The review stays held until it is taken off hold."""
    need(user, PUBLISH)
    with transaction.atomic():
        review = Review.objects.select_for_update().get(pk=review.pk)
        review.has_active_proceedings = False
        save(review, user, "The proceedings have ended")


def withdraw(user: Any, record: Record, public_reason: str) -> None:
    """Out of view for good: its address answers 410 with the reason, which the public reads."""
    need(user, PUBLISH)
    if not public_reason.strip():
        raise EditRejected("Enter the reason that the public will read.")
    _refuse_redacted(record, public_reason)
    with transaction.atomic():
        record = _fresh(record)
        if not record.history.filter(state=State.PUBLISHED).exists():
            raise EditRejected("It was never published. Discard the draft instead.")
        record.withdrawn_reason = public_reason.strip()
        _move(user, record, State.WITHDRAWN, "Withdrawn")


# --- what these share -------------------------------------------------------------------------------------------


def _locked(bulletin: Bulletin) -> tuple[Bulletin, Draft]:
    draft = locked_draft(bulletin)
    return Bulletin.objects.select_for_update(of=("self",)).select_related("board").get(pk=bulletin.pk), draft


def _fresh(record: Record) -> Any:
    return type(record)._default_manager.select_for_update().get(pk=record.pk)


def _move(user: Any, record: Record, state: str, reason: str) -> None:
    record.state = state
    save(record, user, reason)


def _authors(draft: Draft) -> set[int | None]:
    """Who may not be the second person: whoever brought it in, and whoever handed it over."""
    return {draft.entered_by_id, draft.submitted_by_id} - {None}


def _unseen(user: Any, draft: Draft, version: int) -> list[Reason]:
    edits = draft.edits.filter(version__gt=version).exclude(editor=user).select_related("editor")
    return [
        Reason(f"{change.who} has changed it since you opened it: {change.what}. Check it again.", "text")
        for change in changes_of(list(edits))
    ]


def _refuse_redacted(record: Record, note: str) -> None:
    for bulletin in record.bulletins.all() if isinstance(record, Review) else [record]:
        refuse_redacted(bulletin, {"reason": note})


def _state(record: Record) -> str:
    return str(record.get_state_display()).lower()
