"""What came in before: the same file, nearly the same text, the same label at the same board, or at another.

Nearly the same text is known by its sketch: the smallest hashes of its runs of words. Of two sketches the share of
hashes in common tells how alike the texts are, without comparing the texts.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db.models import Q

from learning.intake.editing import delete, editing, save
from learning.intake.models import Draft, ImportJob, KeptApart
from learning.intake.refused import Reason, Refused
from learning.intake.roles import EDIT, need
from learning.models import Bulletin, SourceDocument
from reviews.models import Review
from reviews.publication import State

WORDS, HASHES = 4, 200
ALIKE = 0.5
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Likeness:
    """Something that a draft may be a second time. ``own`` is the review of the draft where ``record`` is a review."""

    kind: str  # "same-file", "same-text", "same-review", "review-elsewhere"
    record: Any
    why: str
    own: Review | None = None


def sketch(text: str) -> list[int]:
    """The smallest hashes of all runs of four words, lower case and without signs."""
    words = _WORD.findall(text.casefold())
    runs = {" ".join(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1))}
    hashes = {int.from_bytes(blake2b(run.encode(), digest_size=6).digest()) for run in runs if run}
    return sorted(hashes)[:HASHES]


def likeness(one: list[int], other: list[int]) -> float:
    """How much of two texts is the same, from 0 to 1, by the smallest hashes of both together."""
    if not one or not other:
        return 0.0
    smallest = sorted({*one, *other})[:HASHES]
    both = {*one} & {*other}
    return sum(item in both for item in smallest) / len(smallest)


def same_file(sha256: str) -> list[Bulletin]:
    """Bulletins, drafts included, that came from that very file."""
    bulletins = Bulletin.objects.filter(source_document__sha256=sha256).exclude(source_document__sha256="")
    return list(bulletins.select_related("board").order_by("pk"))


def waiting(sha256: str) -> list[ImportJob]:
    """Imports of that very file that are not done yet."""
    open_states = [ImportJob.State.QUEUED, ImportJob.State.RUNNING]
    return list(ImportJob.objects.filter(sha256=sha256, state__in=open_states))


def of_bulletin(bulletin: Bulletin) -> list[Likeness]:
    """All that this draft may be a second time, without what was decided to be kept apart."""
    return [*_bulletins_like(bulletin), *_reviews_like(bulletin)]


def _bulletins_like(bulletin: Bulletin) -> list[Likeness]:
    apart = _apart("bulletin", [bulletin.pk])
    source = SourceDocument.objects.filter(bulletin=bulletin).first()
    if source is None:
        return []
    same = [
        other for other in same_file(source.sha256) if other.pk != bulletin.pk and (bulletin.pk, other.pk) not in apart
    ]
    told = [Likeness("same-file", other, "It came from the very same file.") for other in same]
    known = {other.pk for other in same}
    own = _sketch_of(bulletin, source)
    for other, theirs in _sketches(exclude=[bulletin.pk, *known]):
        share = likeness(own, theirs)
        if share >= ALIKE and (bulletin.pk, other) not in apart:
            record = Bulletin.objects.select_related("board").get(pk=other)
            told.append(Likeness("same-text", record, f"{share:.0%} of the text is the same."))
    return told


def _sketch_of(bulletin: Bulletin, source: SourceDocument) -> list[int]:
    stored = Draft.objects.filter(bulletin=bulletin).values_list("sketch", flat=True).first()
    return stored or sketch(source.text)


def _sketches(exclude: list[int]) -> Iterable[tuple[int, list[int]]]:
    """The sketch of every other bulletin; for one that did not come in through the desk it is made now and kept."""
    for pk in (
        SourceDocument.objects.exclude(bulletin__in=exclude)
        .filter(Q(bulletin__draft__isnull=True) | Q(bulletin__draft__sketch=[]))
        .values_list("pk", flat=True)
    ):
        source = SourceDocument.objects.select_related("bulletin").get(pk=pk)
        draft, _ = Draft.objects.get_or_create(bulletin=source.bulletin)
        Draft.objects.filter(pk=draft.pk).update(sketch=sketch(source.text))
    drafts = Draft.objects.exclude(bulletin__in=exclude).values_list("bulletin", "sketch")
    return drafts.order_by("bulletin").iterator(chunk_size=200)


def _reviews_like(bulletin: Bulletin) -> list[Likeness]:
    told = []
    own_reviews = list(bulletin.reviews.select_related("board").prefetch_related("aliases"))
    apart = _apart("review", [review.pk for review in own_reviews])
    for own in own_reviews:
        names = {own.label, *(alias.name for alias in own.aliases.all())}
        wanted = Q()
        for name in names:
            wanted |= Q(label__iexact=name) | Q(aliases__name__iexact=name)
        others = Review.objects.filter(wanted).exclude(pk__in=[review.pk for review in own_reviews])
        found = others.select_related("board").distinct().order_by("pk")
        told += [_likeness_of(own, other) for other in found if (own.pk, other.pk) not in apart]
    return sorted(told, key=lambda like: like.kind != "same-review")


def _likeness_of(own: Review, other: Review) -> Likeness:
    if own.board_id == other.board_id:
        return Likeness("same-review", other, f"{other.board.name} has a review of that name already.", own)
    return Likeness("review-elsewhere", other, f"{other.board.name} has a review of that name. It may be another.", own)


def _apart(kind: str, keys: list[int]) -> set[tuple[int, int]]:
    """Pairs that were decided to be two, in both orders."""
    pairs = KeptApart.objects.filter(Q(**{f"{kind}__in": keys}) | Q(**{f"other_{kind}__in": keys}))
    listed = set(pairs.values_list(f"{kind}_id", f"other_{kind}_id"))
    return listed | {(other, one) for one, other in listed}


# --- decisions ------------------------------------------------------------------------------------------------------


def keep_apart(user: Any, one: Any, other: Any, reason: str) -> KeptApart:
    """Two reviews, or two bulletins, are two. Said once, asked no more."""
    need(user, EDIT)
    if type(one) is not type(other) or not isinstance(one, Review | Bulletin) or one.pk == other.pk:
        raise Refused("Only two different reviews, or two different bulletins, can be kept apart.")
    if not reason.strip():
        raise Refused(Reason("Say why they are two.", "duplicates"))
    kind = "review" if isinstance(one, Review) else "bulletin"
    pair, _ = KeptApart.objects.get_or_create(
        **{kind: one, f"other_{kind}": other}, defaults={"reason": reason.strip()[:300], "decided_by": user}
    )
    return pair


def link_review(user: Any, bulletin: Bulletin, version: int, own: Review, existing: Review) -> Review:
    """The draft of a review is one that exists: its statements and claims go there, and the draft of it is deleted."""
    targets = [f"review:{own.pk}", f"review:{existing.pk}"]
    with editing(user, bulletin, version, targets, f"linked {own.label} to the review that exists") as edit:
        own = Review.objects.get(pk=own.pk)
        if own.pk == existing.pk or not bulletin.reviews.filter(pk=own.pk).exists():
            raise Refused(Reason("This review is not one of the draft.", "duplicates"))
        if own.state not in {State.DRAFT, State.READY} or own.bulletins.exclude(pk=bulletin.pk).exists():
            raise Refused(
                Reason("This review stands in other bulletins too. An administrator can merge the two.", "duplicates")
            )
        reason = f"Linked to review {existing.pk}"
        for statement in bulletin.statements.filter(review=own):
            statement.review, statement.child = existing, None
            save(statement, user, reason)
        for record in [*bulletin.stated_counts.filter(review=own), *bulletin.notes.filter(review=own)]:
            record.review = existing
            save(record, user, reason)
        edit.targets += [
            f"statement:{pk}" for pk in bulletin.statements.filter(review=existing).values_list("pk", flat=True)
        ]
        bulletin.reviews.add(existing)
        bulletin.reviews.remove(own)
        delete(own, user, reason)
    return existing
