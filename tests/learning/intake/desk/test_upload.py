"""Several documents at once, zips among them, and the page that says how far an import is."""

import io
import zipfile

import pytest
from django.test import Client

from learning.intake.imports import jobs as imports_jobs
from learning.intake.models import ImportJob
from learning.models import Bulletin
from tests.learning.intake.desk.site import SAMPLE, signed_in, upload
from tests.pages import links, text_of

pytestmark = pytest.mark.django_db
OTHER = SAMPLE.replace("Child Z", "Child Y").replace("Sampleshire", "Otherford")


@pytest.fixture
def desk_editor() -> Client:
    return signed_in("editor")


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def send_zip(client: Client, files: dict[str, str | bytes], **fields: object):
    data = {"documents": upload("bulletins.zip", zipped(files)), "text": "", **fields}
    return client.post("/desk/add/", data, follow=True)


# --- a zip ----------------------------------------------------------------------------------------------------------


def test_each_document_of_a_zip_waits_and_then_is_a_draft(desk_editor):
    page = send_zip(desk_editor, {"one.txt": SAMPLE, "folder/two.txt": OTHER})

    assert "2 files added. They will be read one after another." in text_of(page)
    assert "Waiting two.txt" in text_of(page)
    assert not Bulletin.objects.exists()
    assert imports_jobs.work_off() == 2
    listed = desk_editor.get("/desk/")
    drafts = {bulletin.import_jobs.get().name: f"/desk/{bulletin.pk}/" for bulletin in Bulletin.objects.all()}
    assert set(drafts.items()) <= set(links(listed))
    assert drafts.keys() == {"one.txt", "two.txt"}


def test_one_bad_file_of_a_zip_says_why_and_the_others_come_in(desk_editor):
    page = send_zip(desk_editor, {"one.txt": SAMPLE, "picture.pdf": b"\x89PNG\r\n\x1a\n" + b"x" * 300})

    imports_jobs.work_off()

    assert "Failed picture.pdf" in text_of(page)
    assert "This is a picture" in text_of(page)
    assert Bulletin.objects.count() == 1


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "/etc/cron.d/x.txt", "C:\\x\\..\\..\\y.txt"])
def test_a_zip_that_wants_out_of_its_folder_is_refused_as_a_whole(desk_editor, name):
    page = send_zip(desk_editor, {"one.txt": SAMPLE, name: OTHER})

    assert page.status_code == 422
    assert "This was not done" in text_of(page)
    assert not ImportJob.objects.exists()


def test_a_zip_bomb_is_refused_as_a_whole(desk_editor):
    page = send_zip(desk_editor, {"one.txt": SAMPLE, "bomb.txt": b"0" * 400_000_000})

    assert page.status_code == 422
    assert not ImportJob.objects.exists()


def test_a_zip_of_nothing_is_refused(desk_editor):
    page = send_zip(desk_editor, {})

    assert page.status_code == 422
    assert "There was no file in the upload. Choose one." in text_of(page)


def test_a_zip_that_is_cut_off_says_so_and_becomes_no_draft(desk_editor):
    data = zipped({"one.txt": SAMPLE})[:100]

    page = desk_editor.post("/desk/add/", {"documents": upload("bulletins.zip", data), "text": ""}, follow=True)

    assert "1 file added." in text_of(page)
    assert "Failed bulletins.zip" in text_of(page)
    assert ImportJob.objects.get().error in text_of(page)
    assert imports_jobs.work_off() == 0
    assert not Bulletin.objects.exists()


def test_names_sent_with_a_zip_are_kept_nowhere_and_that_is_said(desk_editor):
    page = send_zip(desk_editor, {"one.txt": SAMPLE}, names="Orla Fennimore")

    assert "The names were not kept. Look for them on each draft when it has been read." in text_of(page)
    assert "Fennimore" not in page.content.decode()


def test_the_same_zip_twice_says_that_its_documents_came_in_before(desk_editor):
    send_zip(desk_editor, {"one.txt": SAMPLE})
    imports_jobs.work_off()

    page = send_zip(desk_editor, {"one.txt": SAMPLE})

    assert "The same file has been added before" in text_of(page)
    assert Bulletin.objects.count() == 1


# --- how far it is --------------------------------------------------------------------------------------------------


@pytest.fixture
def jobs(desk_editor: Client) -> list[ImportJob]:
    send_zip(desk_editor, {"one.txt": SAMPLE, "two.txt": OTHER})
    return list(ImportJob.objects.order_by("pk"))


def loads_itself_anew(page) -> bool:
    return 'http-equiv="refresh"' in page.content.decode()


def test_a_job_that_waits_says_how_many_are_before_it_and_loads_itself_anew(desk_editor, jobs):
    first, second = (desk_editor.get(f"/desk/imports/{job.pk}/") for job in jobs)

    assert "It is next in the queue." in text_of(first)
    assert "1 ahead of it in the queue." in text_of(second)
    assert loads_itself_anew(first)
    assert first["Cache-Control"] == "no-store"


def test_a_job_at_work_says_so(desk_editor, jobs):
    imports_jobs.claim(jobs[0])

    page = desk_editor.get(f"/desk/imports/{jobs[0].pk}/")

    assert "It is being read." in text_of(page)
    assert loads_itself_anew(page)


def test_a_job_that_is_done_leads_to_its_draft(desk_editor, jobs):
    imports_jobs.work_off()

    response = desk_editor.get(f"/desk/imports/{jobs[0].pk}/")

    assert response["Location"] == f"/desk/{jobs[0].__class__.objects.get(pk=jobs[0].pk).bulletin_id}/"


def test_a_job_whose_draft_was_discarded_says_so(desk_editor, jobs):
    imports_jobs.work_off()
    bulletin = ImportJob.objects.get(pk=jobs[0].pk).bulletin
    desk_editor.post(f"/desk/{bulletin.pk}/discard/", {"reason": "It came in twice."})

    page = desk_editor.get(f"/desk/imports/{jobs[0].pk}/")

    assert "The file was read, and its draft has since been discarded." in text_of(page)
    assert not loads_itself_anew(page)


def test_a_job_that_failed_says_why_and_can_be_tried_again(desk_editor, jobs):
    job = jobs[0]
    ImportJob.objects.filter(pk=job.pk).update(state="failed", error="Reading the file was interrupted three times.")
    page = desk_editor.get(f"/desk/imports/{job.pk}/")
    assert "Reading the file was interrupted three times." in text_of(page)
    assert not loads_itself_anew(page)
    assert f'action="/desk/imports/{job.pk}/retry/"' in page.content.decode()

    desk_editor.post(f"/desk/imports/{job.pk}/retry/")

    imports_jobs.work_off()
    job.refresh_from_db()
    assert job.state == "done"


def test_the_file_of_a_failed_import_can_be_deleted_and_its_job_stays(desk_editor, originals):
    desk_editor.post("/desk/add/", {"documents": upload("scan.pdf", b"%PDF-1.4\n1 0 obj\nbroken off"), "text": ""})
    job = ImportJob.objects.get()
    assert job.state == "failed"
    assert [path.name for path in originals.iterdir()] == [f"{job.sha256}.pdf"]
    assert f'action="/desk/imports/{job.pk}/delete-file/"' in desk_editor.get("/desk/").content.decode()

    page = desk_editor.post(f"/desk/imports/{job.pk}/delete-file/", follow=True).content.decode()

    assert "The file has been deleted." in page
    assert "/delete-file/" not in page
    assert list(originals.iterdir()) == []
    assert ImportJob.objects.get().error == job.error


def test_the_file_of_a_draft_is_not_deleted_so(desk_editor, originals):
    desk_editor.post("/desk/add/", {"text": SAMPLE})
    job = ImportJob.objects.get()

    assert desk_editor.post(f"/desk/imports/{job.pk}/delete-file/").status_code == 409
    assert len(list(originals.iterdir())) == 1


def test_a_long_document_is_read_in_its_turn_and_its_page_says_so(desk_editor):
    text = SAMPLE + "\n\nA long annex follows.\n" * (imports_jobs.INLINE_BYTES // 20)

    page = desk_editor.post("/desk/add/", {"text": text}, follow=True)

    job = ImportJob.objects.get()
    assert page.redirect_chain[0][0] == f"/desk/imports/{job.pk}/"
    assert "It is next in the queue." in text_of(page)


def test_a_job_that_is_none_is_not_found_and_one_without_a_role_sees_none(desk_editor, jobs):
    assert desk_editor.get("/desk/imports/999999/").status_code == 404
    stranger = signed_in("stranger", "")
    assert stranger.get(f"/desk/imports/{jobs[0].pk}/").status_code == 403
