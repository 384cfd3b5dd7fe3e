"""Reads of people who have not signed in, from a second database that follows the first (``DATABASE_REPLICA_URL``).

Everything else is read from the primary and all is written there: whoever signed in sees at once what they wrote. A
replica that does not answer or lags behind is left alone until it has caught up. Held means out of view at once, so
what it lacks is looked for each second, not assumed to come. None of this is there where no replica is set.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from learning.catalogue import revision
from learning.middleware.caching import is_personal

PRIMARY, REPLICA = DEFAULT_DB_ALIAS, "replica"
SECONDS_BETWEEN_LOOKS = 1.0  # so long may the public see what was held meanwhile, where the replica lags
RESTS = 10  # where a database did not answer it is asked again after ten times as long as it was waited for
LONGEST_REST_OF_PRIMARY = 5.0  # but the primary soon: until then the replica is read without being compared
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


@dataclass(frozen=True)
class Found:
    """What is wrong with the replica, or empty, and until when nobody looks again (seconds of ``monotonic``).

    Of several threads each puts both in place at once, so that no thread's time holds for what another has found.
    """

    trouble: str = ""
    until: float = 0.0


class Replica:
    """What this process knows of the replica."""

    def __init__(self) -> None:
        self.found = Found()
        self.looking = Lock()

    @property
    def trouble(self) -> str:
        return self.found.trouble

    def look_anew(self) -> None:
        self.found = Found(self.found.trouble)

    def may_serve(self) -> bool:
        """Whether it answers and has what the primary has. Asks for a connection only, save once a second.

        One thread looks at a time. The others do not wait for it: until it knows better, what was found last holds.
        """
        began = monotonic()
        found = self.found
        if found.trouble and began < found.until:
            return False
        if not is_connected():
            self.tell(silent_since(began))
            return False
        if self.looking.acquire(blocking=False):
            try:
                if monotonic() >= self.found.until:
                    self.tell(look())
            finally:
                self.looking.release()
        return not self.trouble

    def tell(self, found: Found) -> None:
        before, self.found = self.found.trouble, found
        if found.trouble == before:
            return
        is_ordinary = SILENT not in (found.trouble, before)  # for a moment it is behind after every write
        told = f"{found.trouble}: the primary is read" if found.trouble else "is read again"
        logger.log(logging.INFO if is_ordinary else logging.WARNING, "The replica %s.", told)


def is_connected() -> bool:
    """Whether this thread has a connection to the replica, or gets one."""
    try:
        connections[REPLICA].close_if_health_check_failed()
        connections[REPLICA].ensure_connection()
    except Error:
        return False
    return True


def look() -> Found:
    """Compare the replica with the primary. Where that does not answer nobody can write, and reading goes on."""
    began = monotonic()
    until = began + SECONDS_BETWEEN_LOOKS
    wanted = None
    try:
        with reading_from(PRIMARY):
            wanted = revision()
    except Error:
        until = monotonic() + min(rest_after(began), LONGEST_REST_OF_PRIMARY)
    try:
        with reading_from(REPLICA):
            found = revision()
    except Error:
        return silent_since(began)
    is_level = wanted is None or found == wanted or found.may_come_from(wanted)
    return Found("" if is_level else BEHIND, until)


def silent_since(began: float) -> Found:
    return Found(SILENT, monotonic() + rest_after(began))


def rest_after(began: float) -> float:
    return max(SECONDS_BETWEEN_LOOKS, RESTS * (monotonic() - began))


replica = Replica()
