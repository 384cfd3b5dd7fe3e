"""Editing the facts that a draft bulletin states about itself, and discarding a draft."""

from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from learning.intake.drafts.make import board_named, date_of, years_of
from learning.intake.editing.checks import listed, refuse_unknown, validate
from learning.intake.editing.edits import delete, draft_of, editing, is_own_draft, save
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.originals import is_referred_to
from learning.intake.editing.permissions import EDIT, need
from learning.intake.editing.redacted_words import refuse_redacted
from learning.intake.editing.slugs import free_review_slug, free_slug, is_made_of
from learning.intake.models import Draft
from learning.models import Bulletin, SourceDocument
from learning.models.public_text import squash
from reviews.models import Board
from reviews.state import State

FACTS = {"title", "kind", "board", "new_board", "published_on", "period", "author", "rights", "rights_basis", "slug"}


def change_facts(user: Any, bulletin: Bulletin, version: int, changes: dict[str, Any]) -> Draft:
    """What the bulletin says of itself, and the rights. ``published_on`` is text, as precise as it is printed.

    ``new_board`` is the name of a board that is not here yet. Its draft reviews go with the bulletin to another board.
    """
    refuse_unknown(changes, FACTS)
    targets = [f"facts:{name.removeprefix('new_')}" for name in changes]
    with editing(user, bulletin, version, targets, f"the bulletin's {listed(changes)}", changes) as edit:
        bulletin = Bulletin.objects.select_related("board").get(pk=bulletin.pk)
        before, title = bulletin.board, bulletin.title
        for name, value in changes.items():
            _set_fact(bulletin, name, _named_board(user, value) if name == "new_board" else value)
        if "slug" not in changes and is_made_of(bulletin.slug, title, bulletin.title):
            bulletin.slug = free_slug(bulletin.title)  # nobody can have cited the address of a draft
        validate(bulletin, "facts", changes)
        save(bulletin, user, f"Changed at the desk: {listed(changes)}")
        if bulletin.board_id != before.pk:
            _move_reviews(user, bulletin, before)
    return edit.draft


def _set_fact(bulletin: Bulletin, name: str, value: Any) -> None:
    if name == "published_on":
        try:
            bulletin.published_on, bulletin.published_precision = date_of(str(value or "").strip())
        except ValueError:
            raise EditRejected(Reason("Enter the date like this: 2016-09-13, 2015-07 or 2017.", "facts")) from None
        bulletin.first_year, bulletin.last_year = years_of(str(value or "") or bulletin.period)
    elif name in {"board", "new_board"}:
        board = value if isinstance(value, Board) else Board.objects.filter(pk=value).first()
        if board is None:
            raise EditRejected(Reason("Choose a board.", "facts"))
        bulletin.board = board
    else:
        setattr(bulletin, name, value.strip() if isinstance(value, str) else value)
        if name == "period" and bulletin.published_on is None:
            bulletin.first_year, bulletin.last_year = years_of(bulletin.period)


def _named_board(user: Any, name: str) -> Board:
    name = squash(name)
    if len(name.split()) < 2:
        raise EditRejected(Reason("Enter the full name of the board.", "facts"))
    return board_named(user, name, "", "Named at the desk")[0]


def _move_reviews(user: Any, bulletin: Bulletin, before: Board) -> None:
    """The draft reviews that stood under the board from before, which was not known or read wrongly."""
    for review in bulletin.reviews.all():
        if not is_own_draft(review, bulletin) or review.board_id != before.pk:
            continue
        review.slug, review.board = free_review_slug(bulletin.board, review.label), bulletin.board
        for name in ("commissioning_board", "reporting_board"):
            if getattr(review, f"{name}_id") == before.pk:
                setattr(review, name, bulletin.board)
        save(review, user, "The board of its bulletin was changed")


def discard(user: Any, bulletin: Bulletin, reason: str) -> None:
    """Delete a draft that was never published, with its own draft reviews and its file."""
    need(user, EDIT)
    if not reason.strip():
        raise EditRejected(Reason("Say why you are discarding it."))
    refuse_redacted(bulletin, {"reason": reason})
    with transaction.atomic():
        draft = draft_of(bulletin)
        if draft.published_at or bulletin.history.filter(state=State.PUBLISHED).exists():
            raise EditRejected(Reason("It has been published before. Withdraw it instead."))
        names = set(SourceDocument.objects.filter(bulletin=bulletin).values_list("original", flat=True))
        own = [review for review in bulletin.reviews.all() if is_own_draft(review, bulletin)]
        bulletin.import_jobs.update(file="")
        bulletin.statements.update(parent=None, review=None)
        for record in [*own, bulletin]:
            delete(record, user, reason.strip())
    for name in names - {""}:
        if not is_referred_to(name):
            default_storage.delete(name)
