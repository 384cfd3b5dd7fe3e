"""All visible records of one revision, as sets in memory: what lists, counts and totals are made from.

Every process has a catalogue of its own. ``current`` compares its revision with the database's (one query for each
request, see ``pinned``); where records have changed, the groups that they belong to are read anew and the rest is kept,
so that no answer is older than the request. Rows shown on a page are fetched by their keys through ``published()``
again: a catalogue says which and how many, never what they say.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.db import DatabaseError, connections, router
from django.db.models import Model, Q, QuerySet

from learning.catalogue.build import SPEAKS_OF, bulletin_batch, review_batch, statement_batch
from learning.catalogue.record_set import RecordSet
from learning.catalogue.revisions import Changes, Revision, changes_since, revision
from learning.catalogue.visibility import visible_boards
from learning.models import Bulletin, DataRevision, Statement
from reviews.models import Agency, Board, Review, Theme
from reviews.vocabulary import Tree

READINGS = 4
MOST_UNITS = 40  # where more have changed it is faster to read everything
Value = TypeVar("Value")
Shown = TypeVar("Shown", bound=Model)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Catalogue:
    """``boards`` are the visible ones by their keys. Records in it are shared by all requests: none may be changed."""

    revision: Revision
    reviews: RecordSet
    statements: RecordSet
    bulletins: RecordSet
    themes: Tree[Theme]
    agencies: Tree[Agency]
    boards: dict[int, Board]
    _derived: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def derived(self, key: Any, make: Callable[[], Value]) -> Value:
        """What is made once from this catalogue and kept with it, under a key of the caller's."""
        if key not in self._derived:
            self._derived[key] = make()
        found: Value = self._derived[key]
        return found


def made(now: Revision) -> Catalogue:
    """A catalogue of all that is visible."""
    return Catalogue(
        now,
        RecordSet.of(review_batch()),
        RecordSet.of(statement_batch()),
        RecordSet.of(bulletin_batch()),
        **vocabularies(),
    )


def vocabularies() -> dict[str, Any]:
    boards = visible_boards().select_related("succeeded_by")
    return {
        "themes": Tree(Theme.objects.all()),
        "agencies": Tree(Agency.objects.all()),
        "boards": {board.pk: board for board in boards},
    }


def refreshed(known: Catalogue, now: Revision) -> Catalogue:
    """The catalogue of a later revision, with whatever was written in between read anew."""
    reviews, bulletins = concerned(changes_since(known.revision))
    if len(reviews) + len(bulletins) > MOST_UNITS:
        return made(now)
    return replace(
        known,
        revision=now,
        reviews=known.reviews.replaced(reviews, review_batch(reviews)),
        statements=known.statements.replaced(bulletins, statement_batch(bulletins)),
        bulletins=known.bulletins.replaced(bulletins, bulletin_batch(bulletins)),
        **vocabularies(),
        _derived={},
    )


def concerned(changes: Changes) -> tuple[set[int], set[int]]:
    """The reviews and the bulletins that may be seen, counted or placed differently after these changes.

    A review is seen if a bulletin that speaks of it is, a bulletin if a review of it is, and a statement with the
    bulletin, the review, the child and the lead-in that it speaks through; what became of it, with the bulletin that
    says so.
    """
    of_boards = Q(board__in=changes.boards)
    bulletins = changes.bulletins | keys(Bulletin.objects.filter(of_boards), "pk")
    reviews = changes.reviews | keys(Review.objects.filter(of_boards), "pk")
    reviews |= keys(SPEAKS_OF.objects.filter(bulletin__in=bulletins), "review")
    bulletins |= keys(SPEAKS_OF.objects.filter(review__in=reviews), "bulletin")
    bulletins |= keys(Statement.objects.filter(review__in=reviews), "bulletin")
    bulletins |= keys(Statement.objects.filter(child__review__in=reviews), "bulletin")
    bulletins |= keys(Statement.objects.filter(parent__bulletin__in=bulletins), "bulletin")
    bulletins |= keys(Statement.objects.filter(progress__source_bulletin__in=bulletins), "bulletin")
    return reviews, bulletins


def keys(queryset: Any, name: str) -> set[int]:
    return set(queryset.order_by().values_list(name, flat=True).distinct())


# --- the current one ----------------------------------------------------------------------------------------------


class Kept:
    """The catalogues of this process, by the database that they were read from.

    One read within a transaction may hold what is never committed: it is kept apart, and no later one is made from it.
    """

    def __init__(self) -> None:
        self.committed: dict[str, Catalogue] = {}
        self.uncommitted: dict[str, Catalogue] = {}
        self.lock = threading.RLock()

    def current(self, using: str, now: Revision) -> Catalogue:
        """Equal revisions mean equal records, so a primary and its replica share one where they are level."""
        is_own = connections[using].in_atomic_block
        for found in (*self.committed.values(), self.uncommitted.get(using) if is_own else None):
            if found is not None and found.revision == now:
                if not is_own:
                    self.committed[using] = found
                return found
        with self.lock:
            found = self.brought_to(self.nearest(using, now), now)
            (self.uncommitted if is_own else self.committed)[using] = found
            return found

    def nearest(self, using: str, now: Revision) -> Catalogue | None:
        """The one from which it is the shortest way."""
        before = [each for each in self.committed.values() if now.may_come_from(each.revision)]
        return max(before, key=lambda each: each.revision.number, default=self.committed.get(using))

    def brought_to(self, known: Catalogue | None, now: Revision) -> Catalogue:
        """A catalogue of this revision or a later one: what is written while it is read is read again, within bounds.

        Where it never stops, the last one may hold a little of what came after its revision, and the page that was made
        from it is made again (``Pins.still_holds``).
        """
        for is_last in (*[False] * (READINGS - 1), True):
            if known is not None and known.revision == now:
                break
            may_refresh = known is not None and now.may_come_from(known.revision)
            try:
                known = refreshed(known, now) if known is not None and may_refresh else made(now)
            except LookupError:  # a record that another speaks of was deleted between the two
                if is_last:
                    raise
            now = revision()
        assert known is not None
        return known


@dataclass
class Pins:
    """What a request has asked for, by the database: each revision is read once, and a catalogue made only if used.

    ``will_check``: whoever pinned asks at the end whether all ``still_holds``, and throws the answer away if not.
    """

    will_check: bool = False
    is_relied_on: bool = False
    revisions: dict[str, Revision] = field(default_factory=dict)
    catalogues: dict[str, Catalogue] = field(default_factory=dict)

    def still_holds(self) -> bool:
        """Whether nothing was written since the revision was read that rows were fetched by."""
        return not self.is_relied_on or all(revision() == known for known in self.revisions.values())


kept = Kept()
_pins: ContextVar[Pins | None] = ContextVar("pins", default=None)


def current() -> Catalogue:
    """The catalogue of what the database holds now; within ``pinned()``, of what it held when first asked for."""
    using = router.db_for_read(DataRevision)
    pins = _pins.get()
    if pins is None:
        return kept.current(using, revision())
    if using not in pins.catalogues:
        pins.catalogues[using] = kept.current(using, current_revision())
    return pins.catalogues[using]


def current_revision() -> Revision:
    """The revision of the database; within ``pinned()``, as it was when first asked for."""
    using = router.db_for_read(DataRevision)
    pins = _pins.get()
    if pins is None:
        return revision()
    if using not in pins.revisions:
        pins.revisions[using] = revision()
    return pins.revisions[using]


@contextmanager
def pinned(will_check: bool = False) -> Iterator[Pins]:
    """All that is asked within is answered from one catalogue, so that the parts of a page agree."""
    pins = Pins(will_check)
    token = _pins.set(pins)
    try:
        yield pins
    finally:
        _pins.reset(token)


def visible(model: type[Shown]) -> QuerySet[Shown]:
    """The records of which the catalogue gave the keys, to be fetched by these.

    It is ``published()``, save where the revision is read again when the page is made: as long as it stands, what the
    catalogue holds is what ``published()`` would find, and to ask once more costs more than all the rest of the page.
    """
    pins = _pins.get()
    if pins is None or not pins.will_check:
        published: QuerySet[Shown] = model._default_manager.published()  # type: ignore[attr-defined]
        return published
    pins.is_relied_on = True
    current_revision()
    return model._default_manager.all()


def warm() -> None:
    """Make the catalogue before anybody asks for it; where the database cannot be read yet, the first request will."""
    try:
        current()
    except DatabaseError:
        logger.warning("The catalogue could not be made at the start.", exc_info=True)
    finally:
        connections.close_all()
