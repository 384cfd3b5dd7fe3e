"""Reads of people who have not signed in, from a second database that follows the first (``DATABASE_REPLICA_URL``).

Everything else is read from the primary and all is written there: whoever signed in sees at once what they wrote. A
replica that does not answer or lags behind is left alone until it has caught up. Held means out of view at once, so
what it lacks is looked for each second, not assumed to come. None of this is there where no replica is set.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from learning.catalogue import Revision, revision
from learning.freshness import is_personal

PRIMARY, REPLICA = DEFAULT_DB_ALIAS, "replica"
SECONDS_BETWEEN_LOOKS = 1.0  # so long may the public see what was held meanwhile, where the replica lags
RESTS = 10  # where a database did not answer it is asked again after ten times as long as it was waited for
SILENT, BEHIND = "does not answer", "is behind"
logger = logging.getLogger(__name__)
_read_from: ContextVar[str] = ContextVar("read_from", default=PRIMARY)


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Reads go there, in this thread and until the end or the first write."""
    token = _read_from.set(alias)
    try:
        yield
    finally:
        _read_from.reset(token)


class ReplicaRouter:
    """Always names a database, so that none is guessed from where a record came from."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The primary within a transaction of it, which reads what it has written and locked."""
        return PRIMARY if connections[PRIMARY].in_atomic_block else _read_from.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """The primary; and whoever writes wants to read it afterwards."""
        _read_from.set(PRIMARY)
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Whichever they were read from, they are the same records."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if db == REPLICA else None


class ReplicaMiddleware:
    """Chooses the database of a request. A page that the replica fails to give is asked of the primary.

    What is streamed is read after the answer has left here, and so from the primary.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_for_anybody = request.method in ("GET", "HEAD") and not is_personal(request)
        if not (is_for_anybody and replica.may_serve()):
            return self.get_response(request)
        with reading_from(REPLICA):
            response = self.get_response(request)
        if response.status_code < 500 or not connections[REPLICA].errors_occurred:
            return response
        logger.warning("The replica failed to give a page, which the primary was asked for.")
        replica.look_anew()
        return self.get_response(request)


class Replica:
    """What this process knows of the replica. ``trouble`` is what is wrong with it, or empty."""

    def __init__(self) -> None:
        self.trouble = ""
        self.next_look = 0.0

    def look_anew(self) -> None:
        self.next_look = 0.0

    def may_serve(self) -> bool:
        """Whether it answers and has what the primary has. Asks for a connection only, save once a second."""
        now = monotonic()
        if self.trouble and now < self.next_look:
            return False
        trouble = self.look(now)
        if trouble != self.trouble:
            is_ordinary = SILENT not in (trouble, self.trouble)  # for a moment it is behind after every write
            level = logging.INFO if is_ordinary else logging.WARNING
            logger.log(level, "The replica %s.", f"{trouble}: the primary is read" if trouble else "is read again")
            self.trouble = trouble
        return not trouble

    def look(self, now: float) -> str:
        try:
            connections[REPLICA].close_if_health_check_failed()
            connections[REPLICA].ensure_connection()
            if now < self.next_look:
                return ""
            self.next_look = now + SECONDS_BETWEEN_LOOKS
            wanted = self.revision_of_primary(now)
            with reading_from(REPLICA):
                found = revision()
        except Error:
            self.rest(now)
            return SILENT
        return "" if wanted is None or found == wanted or found.may_come_from(wanted) else BEHIND

    def revision_of_primary(self, now: float) -> Revision | None:
        """None where the primary does not answer: nobody can write then, and reading goes on."""
        try:
            with reading_from(PRIMARY):
                return revision()
        except Error:
            self.rest(now)
            return None

    def rest(self, since: float) -> None:
        now = monotonic()
        self.next_look = now + max(SECONDS_BETWEEN_LOOKS, RESTS * (now - since))


replica = Replica()
