"""What came in before: the same file, nearly the same text, the same label at the same board, or at another.

Nearly the same text is known by its sketch: the smallest hashes of its runs of words. Of two sketches the share of
hashes in common tells how alike the texts are, without comparing the texts.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from learning.intake.editing.edits import delete, editing, save
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.permissions import EDIT, need
from learning.intake.editing.queries import with_checking_data
from learning.intake.editing.redacted_words import refuse_redacted
from learning.intake.models import Draft, ImportJob, KeptApart
from learning.models import Bulletin, SourceDocument
from reviews.models import Review, ReviewAlias
from reviews.state import State

WORDS, HASHES = 4, 200
ALIKE = 0.5
_WORD = re.compile(r"[a-z0-9]+")
Pairs = set[tuple[int, int]]


@dataclass(frozen=True)
class Likeness:
    """Something that a draft may be a second time. ``own`` is the review of the draft where ``record`` is a review."""

    kind: str  # "same-file", "same-text", "same-review", "review-elsewhere"
    record: Any
    why: str
    own: Review | None = None


@dataclass(frozen=True)
class Known:
    """What is compared of a bulletin that is here: the smallest hashes of its text, and that of its file."""

    bulletin: int
    sketch: list[int]
    sha256: str


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
    return of_bulletins(with_checking_data(Bulletin.objects.filter(pk=bulletin.pk)))[bulletin.pk]


def of_bulletins(bulletins: list[Bulletin]) -> dict[int, list[Likeness]]:
    """The same of several bulletins, which come with their checking data: in as many queries as for one."""
    apart = _apart(bulletins)
    bulletins_like = _bulletins_like(bulletins, apart["bulletin"])
    reviews = _reviews_like(bulletins, apart["review"])
    return {bulletin.pk: bulletins_like[bulletin.pk] + reviews[bulletin.pk] for bulletin in bulletins}


def _bulletins_like(bulletins: list[Bulletin], apart: Pairs) -> dict[int, list[Likeness]]:
    with_text = [bulletin for bulletin in bulletins if hasattr(bulletin, "source_document")]
    known = _sketches() if with_text else []
    found = {bulletin.pk: list(_alike(bulletin, known, apart)) for bulletin in with_text}
    keys = {other for pairs in found.values() for other, _, _ in pairs}
    records = Bulletin.objects.select_related("board").in_bulk(keys) if keys else {}
    return {
        bulletin.pk: [Likeness(kind, records[other], why) for other, kind, why in found.get(bulletin.pk, [])]
        for bulletin in bulletins
    }


def _alike(bulletin: Bulletin, known: list[Known], apart: Pairs) -> Iterator[tuple[int, str, str]]:
    """The bulletins like this one, those of the same file first: key, kind of the likeness, and why."""
    source = bulletin.source_document
    others = [one for one in known if one.bulletin != bulletin.pk and (bulletin.pk, one.bulletin) not in apart]
    same = {one.bulletin for one in others if source.sha256 and one.sha256 == source.sha256}
    for key in sorted(same):
        yield key, "same-file", "It came from the same file."
    own = bulletin.draft.sketch or sketch(source.text)
    hashes = set(own)
    for one in others:
        # Most texts have nothing in common, and that is seen at once.
        if one.bulletin in same or len(hashes.intersection(one.sketch)) < ALIKE * len(own):
            continue
        share = likeness(own, one.sketch)
        if share >= ALIKE:
            yield one.bulletin, "same-text", f"{share:.0%} of the text is the same."


def _sketches() -> list[Known]:
    """The sketch of every bulletin; for one that did not come in through the desk it is made now and kept."""
    rows = SourceDocument.objects.order_by("bulletin").values_list("bulletin", "bulletin__draft__sketch", "sha256")
    return [Known(key, hashes or _new_sketch(key), sha256) for key, hashes, sha256 in list(rows)]


def _new_sketch(key: int) -> list[int]:
    source = SourceDocument.objects.select_related("bulletin").get(bulletin=key)
    draft, _ = Draft.objects.get_or_create(bulletin=source.bulletin)
    hashes = sketch(source.text)
    Draft.objects.filter(pk=draft.pk).update(sketch=hashes)
    return hashes


def _reviews_like(bulletins: list[Bulletin], apart: Pairs) -> dict[int, list[Likeness]]:
    """The reviews with a label or another name of one of the draft's own, at the same board or elsewhere."""
    names = {name for bulletin in bulletins for own in bulletin.reviews.all() for name in _names(own)}
    others: dict[str, list[Review]] = defaultdict(list)
    # Two drafts may be alike, so only where there is one its own reviews are left out from the start.
    own = [review.pk for review in bulletins[0].reviews.all()] if len(bulletins) == 1 else []
    for other in _named(names).exclude(pk__in=own) if names else []:
        for name in {name.lower() for name in _names(other)}:
            others[name].append(other)
    return {bulletin.pk: _like_those_of(bulletin, others, apart) for bulletin in bulletins}


def _like_those_of(bulletin: Bulletin, others: dict[str, list[Review]], apart: Pairs) -> list[Likeness]:
    own_reviews = list(bulletin.reviews.all())
    likenesses = []
    for own in sorted(own_reviews, key=lambda review: review.pk):
        found = {other.pk: other for name in _names(own) for other in others.get(name.lower(), [])}
        likenesses += [
            _likeness_of(own, found[key])
            for key in sorted(found)
            if found[key] not in own_reviews and (own.pk, key) not in apart
        ]
    return sorted(likenesses, key=lambda like: like.kind != "same-review")


def _named(names: set[str]) -> QuerySet[Review]:
    """Reviews with one of these names, in capitals or not."""
    folded = {form for name in names for form in (name.lower(), _ascii_lower(name))}
    aliases = ReviewAlias.objects.annotate(folded=Lower("name")).filter(folded__in=folded)
    labelled = Review.objects.annotate(folded=Lower("label"))
    found = labelled.filter(Q(folded__in=folded) | Q(pk__in=aliases.values("review")))
    return found.select_related("board").prefetch_related("aliases")


def _names(review: Review) -> list[str]:
    return [review.label, *(alias.name for alias in review.aliases.all())]


def _ascii_lower(name: str) -> str:
    """Small letters as SQLite makes them, which knows only those of ASCII."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in name)


def _likeness_of(own: Review, other: Review) -> Likeness:
    if own.board_id == other.board_id:
        return Likeness("same-review", other, f"{other.board.told_name} already has a review with that name.", own)
    return Likeness(
        "review-elsewhere",
        other,
        f"{other.board.told_name} has a review with that name. It may be a different one.",
        own,
    )


def _apart(bulletins: list[Bulletin]) -> dict[str, Pairs]:
    """Pairs of bulletins and of reviews that were decided to be two, in both orders."""
    own = [bulletin.pk for bulletin in bulletins]
    reviews = [review.pk for bulletin in bulletins for review in bulletin.reviews.all()]
    of_own = Q(bulletin__in=own) | Q(other_bulletin__in=own) | Q(review__in=reviews) | Q(other_review__in=reviews)
    pairs: dict[str, Pairs] = {"bulletin": set(), "review": set()}
    for pair in KeptApart.objects.filter(of_own):
        kind = "review" if pair.review_id else "bulletin"
        one, other = getattr(pair, f"{kind}_id"), getattr(pair, f"other_{kind}_id")
        pairs[kind] |= {(one, other), (other, one)}
    return pairs


# --- decisions ------------------------------------------------------------------------------------------------------


def keep_apart(user: Any, one: Any, other: Any, reason: str) -> KeptApart:
    """Two reviews, or two bulletins, are two. Said once, asked no more."""
    need(user, EDIT)
    if type(one) is not type(other) or not isinstance(one, Review | Bulletin) or one.pk == other.pk:
        raise EditRejected("Only two different reviews, or two different bulletins, can be kept separate.")
    if not reason.strip():
        raise EditRejected(Reason("Say why they are different.", "duplicates"))
    for bulletin in one.bulletins.all() if isinstance(one, Review) else [one]:
        refuse_redacted(bulletin, {"reason": reason}, "duplicates")
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
            raise EditRejected(Reason("This review is not in the draft.", "duplicates"))
        if own.state not in {State.DRAFT, State.READY} or own.bulletins.exclude(pk=bulletin.pk).exists():
            raise EditRejected(
                Reason("This review is in other bulletins too. An administrator can merge the two.", "duplicates")
            )
        reason = f"Linked to review {existing.pk}"
        for statement in bulletin.statements.filter(review=own):
            statement.review, statement.child = existing, None
            save(statement, user, reason)
        beside = (bulletin.stated_counts, bulletin.notes, bulletin.response_checks)
        for record in [record for records in beside for record in records.filter(review=own)]:
            record.review = existing
            save(record, user, reason)
        edit.targets += [
            f"statement:{pk}" for pk in bulletin.statements.filter(review=existing).values_list("pk", flat=True)
        ]
        bulletin.reviews.add(existing)
        bulletin.reviews.remove(own)
        delete(own, user, reason)
    return existing
