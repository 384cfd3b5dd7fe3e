"""Documents on their way in: kept with their hash, read at once when small, else worked off by ``run_imports``.

A job is taken by one worker at a time, by changing its row from what the worker saw (compare and swap). The draft and
the job's end are one transaction, so a process that is killed leaves either a whole draft or a job that another worker
takes up; after three attempts the job has failed and says so.
"""

import hashlib
import logging
import os
import secrets
import socket
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from learning.intake.drafts import duplicates
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.originals import is_referred_to, keep
from learning.intake.editing.permissions import EDIT, need
from learning.intake.imports import store_draft
from learning.intake.models import ImportJob
from learning.models import Bulletin
from learning.reader.document import ParsedDocument, read_document
from learning.reader.extract.canonical import CANONICAL_VERSION
from learning.reader.extract.packages import unpack
from learning.reader.extract.sniff import DocumentError, format_of
from learning.reader.statements.reader import READER_VERSION
from reviews.models import Board

INLINE_BYTES = 300_000
ATTEMPTS = 3
LEASE = timedelta(minutes=10)  # longer than the longest reading may take
BROKEN_OFF = "Reading the file was interrupted three times. Upload it again, or paste its text."
DAMAGED = "Our copy of the file is damaged. Upload it again."
UNEXPECTED = "This document could not be read. Paste its text instead, and tell the administrators."
log = logging.getLogger(__name__)


class LostLeaseError(Exception):
    """Another worker took the job up in the meantime: what this one found is thrown away."""


# --- in ---------------------------------------------------------------------------------------------------------


def start(
    user: Any, name: str, data: bytes | str, *, board: Board | None = None, anyway: bool = False, batch: str = ""
) -> ImportJob:
    """Take a document in. A small one is read before this returns; look at the state of the job.

    Refuses what is no readable document and, unless ``anyway``, the same file a second time; then nothing is stored.
    """
    need(user, EDIT)
    data = data.encode() if isinstance(data, str) else data
    try:
        file_format = format_of(data)
    except DocumentError as error:
        raise EditRejected(str(error)) from error
    sha256 = hashlib.sha256(data).hexdigest()
    if not anyway:
        _refuse_second(sha256)
    job = ImportJob(
        name=display_name(name), format=file_format, sha256=sha256, size=len(data), batch=batch, board=board
    )
    job.started_by = user
    job.warnings = [_same_file_reason(bulletin) for bulletin in duplicates.same_file(sha256)]
    job.file.name = keep(sha256, file_format, data)
    job.save()
    return job if batch or len(data) > INLINE_BYTES else work(job)


def start_many(
    user: Any, files: Iterable[tuple[str, bytes]], *, board: Board | None = None, anyway: bool = False
) -> list[ImportJob]:
    """Take several files in, and what is in zip files among them. All wait for a worker.

    A file that is refused becomes a failed job that says why, so that the others come in all the same.
    """
    need(user, EDIT)
    batch, jobs = secrets.token_hex(8), []
    for name, data in unpacked(files):
        try:
            jobs.append(start(user, name, data, board=board, anyway=anyway, batch=batch))
        except EditRejected as refusal:
            jobs.append(_failed_at_once(user, name, data, batch, str(refusal)))
    if not jobs:
        raise EditRejected("There was no file in the upload. Choose one.")
    return jobs


def unpacked(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    try:
        return unpack(files)
    except DocumentError as error:
        raise EditRejected(str(error)) from error


def display_name(name: str) -> str:
    """The last part of a file's name, without control characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable())[-255:] or "pasted text"


def _refuse_second(sha256: str) -> None:
    reasons = [
        Reason(_same_file_reason(bulletin), "", "desk_check", (bulletin.pk,))
        for bulletin in duplicates.same_file(sha256)
    ]
    reasons += [Reason(f"The same file is already being read: “{job.name}”.") for job in duplicates.waiting(sha256)]
    if reasons:
        raise EditRejected(*reasons)


def _same_file_reason(bulletin: Bulletin) -> str:
    state = bulletin.get_state_display().lower()
    return f"The same file has been added before: “{bulletin.title}”, {bulletin.board.told_name} ({state})."


def _failed_at_once(user: Any, name: str, data: bytes, batch: str, error: str) -> ImportJob:
    job: ImportJob = ImportJob.objects.create(
        name=display_name(name),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        batch=batch,
        started_by=user,
        state=ImportJob.State.FAILED,
        error=error,
        finished_at=timezone.now(),
    )
    return job


# --- at work ----------------------------------------------------------------------------------------------------


def work(job: ImportJob) -> ImportJob:
    """Read the document of a job and store the draft. Does nothing where another worker has the job."""
    if not claim(job):
        job.refresh_from_db()
        return job
    try:
        document = read(job)
        with transaction.atomic():
            bulletin = store_draft.store(job, document)
            _finish(job, ImportJob.State.DONE, bulletin=bulletin)
    except DocumentError as error:
        _fail(job, str(error))
    except LostLeaseError:
        job.refresh_from_db()
    except Exception as error:  # whatever it is: the job must not stay unfinished, and the site must not fall over
        # Neither the message nor the trace is logged: they may hold words of the document.
        log.error("Import %s failed: %s", job.pk, type(error).__name__)
        _fail(job, UNEXPECTED)
    return job


def work_off(limit: int | None = None) -> int:
    """Work on jobs until none waits, or ``limit`` are done. Returns how many were worked on."""
    done = 0
    while limit is None or done < limit:
        job = next_job()
        if job is None:
            break
        work(job)
        done += 1
    return done


def next_job() -> ImportJob | None:
    """The oldest job that waits or whose worker is gone. Jobs that were broken off too often are closed on the way."""
    for job in ImportJob.objects.filter(_to_do()).order_by("pk"):
        if job.attempts < ATTEMPTS:
            return job
        _fail(job, BROKEN_OFF)
    return None


def claim(job: ImportJob) -> bool:
    """Take the job for this worker. False where another was faster."""
    ticket = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
    taken = ImportJob.objects.filter(_to_do(), pk=job.pk, worker=job.worker, attempts=job.attempts).update(
        state=ImportJob.State.RUNNING,
        worker=ticket,
        attempts=F("attempts") + 1,
        lease_until=timezone.now() + LEASE,
    )
    if taken:
        job.refresh_from_db()
    return bool(taken)


def retry(user: Any, job: ImportJob) -> ImportJob:
    """Try a failed job once more, if its file is kept."""
    need(user, EDIT)
    if job.state != ImportJob.State.FAILED or not job.file:
        raise EditRejected("Only a failed import whose file is kept can be tried again.")
    failed = ImportJob.objects.filter(pk=job.pk, state=ImportJob.State.FAILED)
    failed.update(state=ImportJob.State.QUEUED, attempts=0, worker="", error="", finished_at=None)
    job.refresh_from_db()
    return job


def let_go(user: Any, job: ImportJob) -> None:
    """Delete the file of a failed job: nobody needs it any more, or it was the wrong one. The job itself stays."""
    need(user, EDIT)
    with transaction.atomic():
        job = ImportJob.objects.select_for_update().get(pk=job.pk)
        if job.state != ImportJob.State.FAILED or not job.file:
            raise EditRejected(
                "Only the file of a failed import can be deleted. If it became a draft, discard the draft."
            )
        name, job.file = str(job.file.name), ""
        job.save(update_fields=["file"])
    if not is_referred_to(name):
        default_storage.delete(name)


def queue() -> list[int]:
    """The keys of the jobs that wait or are to be taken up again, in the order in which they come."""
    return list(ImportJob.objects.filter(_to_do()).order_by("pk").values_list("pk", flat=True))


def position_in_queue(job: ImportJob) -> int:
    """How many jobs come before this one."""
    return ImportJob.objects.filter(_to_do(), pk__lt=job.pk).count()


def read(job: ImportJob) -> ParsedDocument:
    with job.file.open("rb") as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != job.sha256:
        raise DocumentError(DAMAGED)
    job.reader_version, job.text_version = READER_VERSION, CANONICAL_VERSION
    return read_document(job.name, data)


def _to_do() -> Q:
    """Jobs that wait, and those whose worker has gone: its lease ran out, or its process on this host has ended."""
    running = ImportJob.objects.filter(state=ImportJob.State.RUNNING)
    here = f"{socket.gethostname()[:60]}:"
    gone = [
        job.pk
        for job in running.filter(worker__startswith=here).only("worker")
        if not is_alive(int(job.worker.removeprefix(here).partition(":")[0]))
    ]
    ran_out = Q(state=ImportJob.State.RUNNING, lease_until__lt=timezone.now())
    return Q(state=ImportJob.State.QUEUED) | ran_out | Q(state=ImportJob.State.RUNNING, pk__in=gone)


def is_alive(process: int) -> bool:
    """Whether a process of this host still runs. On Windows asking would do harm: there the lease alone counts."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _finish(job: ImportJob, state: str, **values: Any) -> None:
    """Close the job if it is still this worker's. Raises ``LostLeaseError``, and the caller's transaction is undone."""
    values |= {
        "state": state,
        "finished_at": timezone.now(),
        "lease_until": None,
        "counts": job.counts,
        "warnings": job.warnings,
        "reader_version": job.reader_version,
        "text_version": job.text_version,
    }
    own = ImportJob.objects.filter(pk=job.pk, worker=job.worker, state__in=["queued", "running"])
    if not own.update(**values):
        raise LostLeaseError
    job.refresh_from_db()


def _fail(job: ImportJob, error: str) -> None:
    """Say why, and delete a file that nothing else came from, so that nothing half-done stays."""
    try:
        _finish(job, ImportJob.State.FAILED, error=error)
    except LostLeaseError:
        job.refresh_from_db()


# --- files that nothing refers to -----------------------------------------------------------------------------------
