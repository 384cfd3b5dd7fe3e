"""Documents on their way in: read or refused, worked on by one worker, and whole or not there at all."""

import io
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from learning.intake.drafts.unclaimed import unclaimed
from learning.intake.editing import originals as editing_originals
from learning.intake.editing.errors import EditRejected
from learning.intake.imports import jobs as imports_jobs
from learning.intake.imports import store_draft
from learning.intake.models import Finding, ImportJob
from learning.models import Bulletin, SourceDocument, Statement
from reviews.models import Board, Review
from tests.learning.intake.people import BULLETIN, imported

pytestmark = pytest.mark.django_db


def zipped(**files):
    """A zip of files by name; an underscore stands for a dot."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name.replace("_", "."), content)
    return data.getvalue()


def long_text(items):
    points = "\n".join(
        f"- Ask the child about matter number {number} and write the answer down." for number in range(items)
    )
    return f"Sampleshire Safeguarding Children Board\n\nLearning from Child Z\n\nKey learning points\n\n{points}\n"


# --- what comes of a document ---------------------------------------------------------------------------------------


def test_start_makes_a_draft_of_a_small_text_at_once(editor):
    bulletin = imported(editor)

    statements = list(bulletin.statements.values_list("serial", "kind", "number", "text"))

    assert (bulletin.title, bulletin.dated, bulletin.state) == (
        "Learning from the review of Child Z",
        "4 May 2021",
        "draft",
    )
    assert bulletin.rights == "metadata"
    assert bulletin.board.name == "Sampleshire Safeguarding Children Board"
    assert [(review.label, review.state) for review in bulletin.reviews.all()] == [("Child Z", "draft")]
    assert statements[0] == (1, "learning_point", "1", "Ask the child and write down what the child says.")
    assert statements[3][1:] == ("recommendation", "", "The Board should audit referrals every year.")
    assert unclaimed(bulletin) == []


def test_start_puts_every_statement_at_its_passage(editor):
    bulletin = imported(editor)
    raw, public = bulletin.source_document.text, bulletin.public_text.text

    for statement in bulletin.statements.all():
        assert raw[statement.start : statement.end] == statement.text
        assert public[statement.public_start : statement.public_end] == statement.text


def test_start_keeps_counts_warnings_versions_and_the_file(editor, originals):
    bulletin = imported(editor)

    job = bulletin.import_jobs.get()

    assert (job.counts["statements"], job.counts["reviews"], job.format) == (5, 1, "text")
    assert job.reader_version
    assert job.text_version
    assert "This board is new here" in job.warnings[0]
    assert [path.name for path in originals.iterdir()] == [f"{job.sha256}.txt"]
    with editing_originals.original(bulletin).open("rb") as file:
        assert file.read() == BULLETIN.encode()


def test_start_stores_findings_without_their_words(editor):
    bulletin = imported(editor)

    finding = bulletin.findings.get(kind="birth_date")

    assert bulletin.source_document.text[finding.start : finding.end] == "4 February 1994"
    assert "December" not in str(list(Finding.objects.values())) + str(list(Finding.history.values()))


def test_start_finds_a_board_by_its_full_name_only(editor):
    board = Board.objects.create(slug="sample", name="Sampleshire Safeguarding Children Board", short_name="SSCB")

    assert imported(editor).board == board
    abbreviated = imported(editor, "SSCB\n\nKey learning points\n\n- Listen to the child.\n- Write it down.\n")

    assert abbreviated.board.slug == "board-not-known"


# --- refused --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.pdf", b"", "The file is empty"),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "This is a picture"),
        ("big.txt", b"a " * 26 * 1024 * 1024, "MB"),
        ("broken.docx", b"PK\x03\x04 nothing follows", "damaged"),
    ],
)
def test_start_refuses_what_cannot_be_read_and_stores_nothing(editor, originals, name, data, message):
    with pytest.raises(EditRejected, match=message):
        imports_jobs.start(editor, name, data)

    assert not ImportJob.objects.exists()
    assert not originals.exists()


def test_start_leaves_a_failed_job_that_says_why(editor):
    job = imports_jobs.start(editor, "scan.pdf", b"%PDF-1.7\n%%EOF\n")

    assert (job.state, job.bulletin) == ("failed", None)
    assert "PDF" in job.error
    assert not Bulletin.objects.exists()


def test_start_refuses_a_stranger(stranger):
    with pytest.raises(EditRejected, match="Only editors"):
        imports_jobs.start(stranger, "bulletin.txt", BULLETIN)


def test_start_refuses_the_same_file_unless_asked_anyway(editor):
    first = imported(editor)

    with pytest.raises(EditRejected) as refusal:
        imports_jobs.start(editor, "again.txt", BULLETIN)

    [reason] = refusal.value.reasons
    assert "The same file has been added before" in reason.text
    assert reason.url_args == (first.pk,)
    assert imports_jobs.start(editor, "again.txt", BULLETIN, anyway=True).bulletin != first


# --- many at once ---------------------------------------------------------------------------------------------------


def test_start_many_makes_a_job_of_each_file_of_a_zip(editor):
    jobs = imports_jobs.start_many(editor, [("all.zip", zipped(one_txt=BULLETIN, two_png=b"\x89PNG\r\n\x1a\n"))])

    assert [(job.name, job.state) for job in jobs] == [("one.txt", "queued"), ("two.png", "failed")]
    assert "picture" in jobs[1].error
    assert len({job.batch for job in jobs}) == 1
    call_command("run_imports", verbosity=0)
    jobs[0].refresh_from_db()
    assert jobs[0].state == "done"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\windows\\x.txt", "a/../../b.txt"])
def test_start_many_refuses_a_zip_that_names_places_outside(editor, name):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("good.txt", BULLETIN)
        package.writestr(name, "bad")

    with pytest.raises(EditRejected, match="outside itself"):
        imports_jobs.start_many(editor, [("all.zip", data.getvalue())])

    assert not ImportJob.objects.exists()


def test_start_many_refuses_a_zip_bomb_before_unpacking(editor):
    with pytest.raises(EditRejected, match="far too much"):
        imports_jobs.start_many(editor, [("bomb.zip", zipped(zeros_txt=b"\0" * 30_000_000))])


def test_start_many_fails_a_zip_that_lies_about_its_sizes(editor):
    data = bytearray(zipped(liar_txt=BULLETIN))
    size = len(BULLETIN.encode()).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (10).to_bytes(4, "little")

    [job] = imports_jobs.start_many(editor, [("all.zip", bytes(data))])

    assert job.state == "failed"


# --- workers --------------------------------------------------------------------------------------------------------


def queued(editor, text=BULLETIN):
    return imports_jobs.start(editor, "bulletin.txt", text, batch="test")


def test_claim_gives_no_job_to_two_workers(editor):
    job = queued(editor)
    same = ImportJob.objects.get(pk=job.pk)

    assert imports_jobs.claim(job)
    assert not imports_jobs.claim(same)
    assert imports_jobs.next_job() is None


def test_work_off_takes_up_a_job_whose_worker_is_gone(editor):
    job = queued(editor)
    imports_jobs.claim(job)
    ImportJob.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert imports_jobs.work_off() == 1

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)


def test_work_off_does_not_wait_for_the_lease_of_a_process_that_ended(editor):
    job = queued(editor)
    imports_jobs.claim(job)
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    host, _, ticket = job.worker.split(":")
    ImportJob.objects.update(worker=f"{host}:{process.pid}:{ticket}")

    assert imports_jobs.work_off() == 1


def test_work_off_fails_a_job_after_three_attempts(editor):
    job = queued(editor)
    imports_jobs.claim(job)
    ImportJob.objects.update(attempts=3, lease_until=timezone.now() - timedelta(seconds=1))

    assert imports_jobs.work_off() == 0

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", imports_jobs.BROKEN_OFF)
    assert imports_jobs.work(imports_jobs.retry(editor, job)).state == "done"


def test_finish_stores_nothing_of_a_worker_that_lost_its_job(editor):
    job = queued(editor)
    imports_jobs.claim(job)
    ImportJob.objects.update(worker="elsewhere:1:0")

    with pytest.raises(imports_jobs.LostLeaseError):
        imports_jobs._finish(job, "done")

    job.refresh_from_db()
    assert job.state == "running"


def test_work_reads_no_damaged_original(editor, originals):
    job = queued(editor)
    next(originals.iterdir()).write_text("Something else.")

    assert imports_jobs.work(job).error == imports_jobs.DAMAGED


def test_sweep_deletes_files_that_nothing_refers_to(editor, originals):
    imported(editor)
    (originals / "orphan.txt").write_text("left by a process that was killed")

    assert editing_originals.sweep(timedelta(days=1)) == 0
    assert editing_originals.sweep(timedelta(0)) == 1
    assert len(list(originals.iterdir())) == 1


def test_start_lets_a_large_text_wait_for_a_worker(editor):
    job = imports_jobs.start(editor, "long.txt", long_text(5000))

    assert job.state == "queued"
    assert imports_jobs.position_in_queue(job) == 0


def test_start_stores_in_one_transaction(editor):
    """A draft that cannot be stored whole is not stored at all."""
    Board.objects.create(slug="board-not-known", name="Board not yet known")
    job = queued(editor, BULLETIN.replace("Sampleshire Safeguarding Children Board", "x" * 10))
    imports_jobs.claim(job)
    ImportJob.objects.update(worker="elsewhere:1:0", state="queued")
    job.state = "running"

    with pytest.raises(imports_jobs.LostLeaseError):
        _store(job)

    assert not Bulletin.objects.exists()
    assert not Review.objects.exists()
    assert not Statement.objects.exists()
    assert not SourceDocument.objects.exists()


def _store(job):
    with transaction.atomic():
        store_draft.store(job, imports_jobs.read(job))
        imports_jobs._finish(job, "done")
