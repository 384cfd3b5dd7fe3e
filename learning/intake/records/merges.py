"""Merging, renaming and withholding: what was cited goes on leading to its record, or says that it is gone."""

import re
import secrets
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.text import slugify

from learning.intake.editing.edits import OPEN_STATES, delete, save
from learning.intake.editing.errors import EditRejected
from learning.intake.editing.patterns import occurrences
from learning.intake.editing.permissions import ADMINISTER, need
from learning.intake.redaction.redacted_text import clean_bulletin
from learning.intake.redaction.scrub import scrub_names
from learning.models import Bulletin, FormerAddress, Redaction, SourceDocument
from learning.search.index import index_board, index_bulletin, index_review
from reviews.models import WITHHELD, Board, Child, Review, ReviewAlias
from reviews.state import AssignedBy, State

NO_NAME = "[name of board removed]"
GONE = "This address is no longer in use."


# --- reviews --------------------------------------------------------------------------------------------------------


def merge_reviews(user: Any, keep: Review, other: Review, reason: str) -> Review:
    """Two records of one review become one. What belongs to ``other`` goes to ``keep``; its label stays as an alias."""
    need(user, ADMINISTER)
    if keep.pk == other.pk or not reason.strip():
        raise EditRejected("Choose two reviews, and say why they are the same.")
    with transaction.atomic():
        keep, other = _review(keep), _review(other)
        _check_states(keep, other)
        was_public = _was_public(other)
        path = other.get_absolute_url()
        why = f"Merged from review {other.pk}"
        for record in [
            *other.statements.all(), *other.stated_counts.all(), *other.notes.all(), *other.response_checks.all(),
        ]:  # fmt: skip
            record.review = keep
            save(record, user, why)
        _merge_parts(user, keep, other, why)
        for bulletin in other.bulletins.all():
            bulletin.reviews.add(keep)
            bulletin.reviews.remove(other)
        for former in FormerAddress.objects.filter(review=other):
            former.review = keep
            save(former, user, why)
        delete(other, user, f"Merged into review {keep.pk}: {reason.strip()}")
        if was_public:
            _lead(user, path, review=keep)
        index_review(keep)
    return keep


def _check_states(keep: Review, other: Review) -> None:
    """Refuses a merge by which something would come out of hold, go out of view, or say which board is withheld."""
    reasons = []
    for review in (keep, other):
        if review.state in {State.HELD, State.WITHDRAWN} or review.has_active_proceedings:
            state = "under proceedings" if review.has_active_proceedings else review.get_state_display().lower()
            reasons.append(f"{review.label}, {review.board.name} is {state}: what belongs to it must stay as it is.")
    if keep.board.is_withheld != other.board.is_withheld:
        reasons.append("The board of one of them is withheld. Merging would show which board that is.")
    if other.state == State.PUBLISHED and keep.state in OPEN_STATES:
        reasons.append(f"{keep.label} is still a draft, and {other.label} is published. Keep the published one.")
    if other.state in OPEN_STATES and other.bulletins.filter(state=State.PUBLISHED).exists():
        reasons.append(f"{other.label} is a draft in a published bulletin: its statements would be public unchecked.")
    if reasons:
        raise EditRejected(*reasons)


def _merge_parts(user: Any, keep: Review, other: Review, why: str) -> None:
    """Children of another pseudonym, themes and names that ``keep`` lacks. The rest goes with ``other``.

    Of a draft that goes into a published review none of these comes along: they would be public unchecked.
    """
    is_unchecked = keep.state == State.PUBLISHED and other.state in OPEN_STATES
    twins = {child.pseudonym: child for child in keep.children.all()}
    position = keep.children.aggregate(last=Max("position"))["last"] or 0
    for child in other.children.all():
        twin = twins.get(child.pseudonym)
        if twin is None and not is_unchecked:
            position += 1
            child.review, child.position = keep, position
            save(child, user, why)
            continue
        for statement in child.statements.all():
            statement.child = twin
            save(statement, user, why)
        if twin is not None and child.has_lifelong_anonymity and not twin.has_lifelong_anonymity:
            _withhold_child(user, twin, why)
    if keep.is_indexed and not other.is_indexed:
        keep.is_indexed = False
        save(keep, user, why)
    if is_unchecked:
        return
    themes = set(keep.theme_tags.values_list("theme", flat=True))
    for tag in other.theme_tags.exclude(theme__in=themes):
        tag.review = keep
        save(tag, user, why)
    names = {keep.label, *keep.aliases.values_list("name", flat=True)}
    for name in [other.label, *other.aliases.values_list("name", flat=True)]:
        if name not in names:
            names.add(name)
            save(ReviewAlias(review=keep, name=name, assigned_by=AssignedBy.SOURCE), user, why)


def _withhold_child(user: Any, child: Child, why: str) -> None:
    """Lifelong anonymity that one of two records knows of holds for the child."""
    for name, value in {**WITHHELD, "has_lifelong_anonymity": True}.items():
        setattr(child, name, value)
    save(child, user, why)


def rename_review(
    user: Any, review: Review, *, slug: str | None = None, label: str | None = None, board: Board | None = None
) -> Review:
    """Another label, address or board. The old address leads to the new one."""
    need(user, ADMINISTER)
    with transaction.atomic():
        review = _review(review)
        path, was_public = review.get_absolute_url(), _was_public(review)
        if board is not None and board.is_withheld != review.board.is_withheld:
            raise EditRejected("One of the two boards is withheld. The move would show which board that is.")
        review.label = (label or review.label).strip()
        review.board = board or review.board
        review.slug = _slug(slug or review.slug)
        if Review.objects.filter(board=review.board, slug=review.slug).exclude(pk=review.pk).exists():
            raise EditRejected(
                f"{review.board.name} already has a review at that address. Merge the two, or choose another."
            )
        save(review, user, "Renamed")
        _moved(user, path, review.get_absolute_url(), was_public, review=review)
        index_review(review)
    return review


def rename_bulletin(user: Any, bulletin: Bulletin, slug: str) -> Bulletin:
    need(user, ADMINISTER)
    with transaction.atomic():
        bulletin = Bulletin.objects.select_for_update().get(pk=bulletin.pk)
        path, was_public = bulletin.get_absolute_url(), _was_public(bulletin)
        bulletin.slug = _slug(slug)
        if Bulletin.objects.filter(slug=bulletin.slug).exclude(pk=bulletin.pk).exists():
            raise EditRejected("Another bulletin has that address.")
        save(bulletin, user, "Renamed")
        _moved(user, path, bulletin.get_absolute_url(), was_public, bulletin=bulletin)
    return bulletin


# --- boards ---------------------------------------------------------------------------------------------------------


def rename_board(user: Any, board: Board, slug: str) -> Board:
    """Another address for a board, and with it for each of its reviews."""
    need(user, ADMINISTER)
    with transaction.atomic():
        board = Board.objects.select_for_update().get(pk=board.pk)
        if board.is_withheld:
            raise EditRejected("The board is withheld. It keeps its neutral address.")
        old, new = board.slug, _slug(slug)
        if Board.objects.filter(slug=new).exclude(pk=board.pk).exists():
            raise EditRejected("Another board has that address.")
        board.slug = new
        save(board, user, "Renamed")
        _moved(user, reverse("board_detail", args=[old]), board.get_absolute_url(), True, board=board)
        for review in board.reviews.all():
            path = reverse("review_detail", args=[old, review.slug])
            review.board = board
            _moved(user, path, review.get_absolute_url(), _was_public(review), review=review)
    return board


def withhold_board(user: Any, board: Board, reason: str) -> str:
    """Take a board's name out of everything public: neutral addresses, its name redacted in its bulletins.

    Old addresses answer 410 and lead nowhere, since a redirect would say whose they were. Returns the neutral slug.
    """
    need(user, ADMINISTER)
    if not reason.strip():
        raise EditRejected("Say why naming the board would identify a child.")
    with transaction.atomic():
        board = Board.objects.select_for_update().get(pk=board.pk)
        if board.is_withheld:
            raise EditRejected("It is already withheld.")
        names = identifying_names(board)
        paths = _paths_of_board(board)
        board.slug, board.is_withheld = f"board-{secrets.token_hex(4)}", True
        save(board, user, reason.strip())
        for bulletin in board.bulletins.all():
            paths += _withhold_in(user, bulletin, board, names)
        for path in paths:
            _gone(user, path)
        for former in FormerAddress.objects.filter(_of_board(board)):
            _gone(user, former.path)
        index_board(board)
    return board.slug


def _of_board(board: Board) -> models.Q:
    """Former addresses of what is the board's, and those of reviews that were: they hold a name that it once had."""
    asked = models.Q(board=board) | models.Q(review__board=board) | models.Q(bulletin__board=board)
    for slug in set(board.history.values_list("slug", flat=True)) - {board.slug}:
        asked |= models.Q(path__startswith=reverse("review_detail", args=[slug, "x"]).removesuffix("x/"))
    return asked


def identifying_names(board: Board) -> list[str]:
    """What says which board it is, the longest first."""
    names = {board.name, board.short_name, board.identified_as, board.website}
    return sorted((name for name in names if name.strip()), key=len, reverse=True)


def _paths_of_board(board: Board) -> list[str]:
    public = [review for review in board.reviews.all() if _was_public(review)]
    return [board.get_absolute_url(), *(reverse("review_detail", args=[board.slug, review.slug]) for review in public)]


def _withhold_in(user: Any, bulletin: Bulletin, board: Board, names: list[str]) -> list[str]:
    """Redact the names in one bulletin. Returns its old address if that had to be changed."""
    source = SourceDocument.objects.filter(bulletin=bulletin).first()
    text = source.text if source else ""
    done = [(redaction.start, redaction.end) for redaction in bulletin.redactions.all()]
    for name in names:
        for start, end in occurrences(text, name):
            if not any(first < end and start < last for first, last in done):
                done.append((start, end))
                redaction = Redaction(bulletin=bulletin, start=start, end=end, marker=NO_NAME)
                redaction.kind, redaction.reason = Redaction.Kind.BOARD, "The board is withheld."
                save(redaction, user, "The board is withheld")
    path, slugs = bulletin.get_absolute_url(), [slugify(name) for name in names]
    for name in names:
        pattern = re.compile(re.escape(name), re.I)
        bulletin.title = pattern.sub(NO_NAME, bulletin.title)[:300]
        bulletin.author = pattern.sub(NO_NAME, bulletin.author)[:200]
    must_move = any(slug in bulletin.slug for slug in slugs if slug)
    if must_move:
        bulletin.slug = f"bulletin-{secrets.token_hex(4)}"
    save(bulletin, user, "The board is withheld")
    scrub_names(bulletin, names, NO_NAME)
    clean_bulletin(bulletin)
    index_bulletin(bulletin)
    return [path] if must_move and _was_public(bulletin) else []


# --- addresses ------------------------------------------------------------------------------------------------------


def _review(review: Review) -> Review:
    return Review.objects.select_for_update(of=("self",)).select_related("board").get(pk=review.pk)


def _was_public(record: Any) -> bool:
    """Whether anybody outside can have cited its address."""
    return record.state == State.PUBLISHED or bool(record.history.filter(state=State.PUBLISHED).exists())


def _slug(words: str) -> str:
    slug = slugify(words)[:80]
    if not slug:
        raise EditRejected("An address needs letters or numbers.")
    return slug


def _moved(user: Any, old: str, new: str, was_public: bool, **record: Any) -> None:
    """Let the old address lead to the record. One that another record once had cannot be taken."""
    if old == new:
        return
    taken = FormerAddress.objects.filter(path=new).first()
    if taken is not None:
        if any(getattr(taken, name) != target for name, target in record.items()):
            raise EditRejected(
                "Another record once had that address, and links to it still lead there. Choose another."
            )
        delete(taken, user, "It is the address again")
    if was_public:
        _lead(user, old, **record)


def _lead(user: Any, path: str, **record: Any) -> None:
    """Let an old address lead to a record; to one of a withheld board none leads, since it may name the board."""
    if any((target if name == "board" else target.board).is_withheld for name, target in record.items()):
        _gone(user, path)
        return
    former = FormerAddress.objects.filter(path=path).first() or FormerAddress(path=path)
    for name in ("review", "statement", "bulletin", "theme", "board"):
        setattr(former, name, record.get(name))
    former.gone_reason = ""
    save(former, user, "Moved")


def _gone(user: Any, path: str) -> None:
    former = FormerAddress.objects.filter(path=path).first() or FormerAddress(path=path)
    for name in ("review", "statement", "bulletin", "theme", "board"):
        setattr(former, name, None)
    former.gone_reason = GONE
    save(former, user, "The board is withheld")
