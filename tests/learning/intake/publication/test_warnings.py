"""What looks odd in a draft: asked once, answered by a person, and only lifelong anonymity stands in the way."""

import pytest

from learning.intake.editing.queries import with_checking_data
from learning.intake.publication import warnings
from learning.intake.publication.blockers import publish_blockers
from learning.models import Bulletin
from tests.learning.intake.desk.site import add, signed_in
from tests.pages import text_of

pytestmark = pytest.mark.django_db
HEAD = "Sampleshire Safeguarding Children Board\n\nLearning from Child Z\n\nChild Z lived with an aunt.\n\n"
LIST = HEAD + "Recommendations\n\n{}\n"


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor():
    return signed_in("editor")


def asked(bulletin):
    return warnings.open_warnings(with_checking_data(Bulletin.objects.filter(pk=bulletin.pk))[0])


def answer(client, bulletin, **fields):
    bulletin.draft.refresh_from_db()
    return client.post(f"/desk/{bulletin.pk}/doubts/", {"version": bulletin.draft.version, **fields})


def blocking(bulletin):
    return [one.anchor for one in publish_blockers(bulletin) if one.anchor.startswith("warning-")]


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((1, 2, 3), []),
        ((1, 2, 4), ["The printed numbers go from 2 to 4. Was something left out?"]),
        ((2, 3), ["The list begins with 2. Was something left out?"]),
    ],
)
def test_open_warnings_ask_about_a_list_that_skips_a_number(editor, numbers, told):
    listed = "\n".join(f"{number}. The Board should audit matter {number} every year." for number in numbers)
    bulletin = add(editor, LIST.format(listed))

    assert [one.text for one in asked(bulletin)] == told
    assert blocking(bulletin) == []
    page = text_of(editor.get(f"/desk/{bulletin.pk}/"))
    assert all(text in page for text in told)


def test_desk_warning_marks_a_number_as_lost_in_one_click(editor):
    bulletin = add(
        editor, LIST.format("\n".join(f"{number}. The Board should do {number} things." for number in (1, 2, 3)))
    )
    first = bulletin.statements.order_by("position")[0]
    first.number, first.number_status = "", "none"
    first.save()
    [warning] = asked(bulletin)
    assert warning.text == "The list begins with 2, and the one before it has no number. Was it lost in the source?"

    answer(editor, bulletin, warning=warning.key, answer="lost")

    first.refresh_from_db()
    assert first.number_status == "lost"
    assert asked(bulletin) == []


def test_desk_warning_is_not_shown_again_once_acknowledged(editor):
    bulletin = add(editor, LIST.format("2. The Board should audit referrals.\n3. Schools should tell the Board."))
    [warning] = asked(bulletin)

    answer(editor, bulletin, warning=warning.key, answer="so")

    assert asked(bulletin) == []
    settled = bulletin.acknowledged_warnings.get()
    assert (settled.decided_by.username, settled.reason) == ("editor", "The source has it like that.")
    assert "This question has already been answered." in text_of(
        answer(editor, bulletin, warning=warning.key, answer="so")
    )


# --- the last statement -----------------------------------------------------------------------------------------------


def test_open_warnings_ask_about_a_last_statement_that_breaks_off(editor):
    bulletin = add(editor, LIST.format("- The Board should audit referrals.\n- Schools should tell the Board of the"))
    last = bulletin.statements.order_by("-position")[0]
    [warning] = asked(bulletin)
    assert warning.text.endswith("Does it break off?")

    answer(editor, bulletin, warning=warning.key, answer="breaks-off")

    last.refresh_from_db()
    assert last.breaks_off
    assert asked(bulletin) == []


def test_open_warnings_ask_nothing_about_a_list_without_full_stops(editor):
    bulletin = add(editor, LIST.format("- Audit referrals every year\n- Tell the Board about absences"))

    assert asked(bulletin) == []


# --- lifelong anonymity -----------------------------------------------------------------------------------------------

SPEAKS = HEAD + "Key learning points\n\n- Professionals did not name the sexual abuse of the child.\n"


def test_open_warnings_block_a_sexual_offence_until_a_child_is_marked(editor):
    bulletin = add(editor, SPEAKS)
    [warning] = asked(bulletin)
    child = bulletin.reviews.get().children.get()
    assert blocking(bulletin) == [f"warning-{warning.key}"]
    assert "1 question of lifelong anonymity" in text_of(editor.get(f"/desk/{bulletin.pk}/"))

    answer(editor, bulletin, warning=warning.key, child=child.pk)

    child.refresh_from_db()
    assert (child.has_lifelong_anonymity, child.age_band, child.ethnicity) == (True, "withheld", "withheld")
    assert blocking(bulletin) == []


def test_desk_warning_needs_a_reason_why_nobody_is_a_victim(editor):
    bulletin = add(editor, SPEAKS)
    [warning] = asked(bulletin)

    refused = answer(editor, bulletin, warning=warning.key, answer="so", reason=" ")
    assert refused.status_code == 409
    assert "Say why no child of this review is a victim" in text_of(refused)
    assert blocking(bulletin)

    answer(editor, bulletin, warning=warning.key, answer="so", reason="It speaks of training in general.")
    assert blocking(bulletin) == []


def test_desk_warning_marks_no_child_of_another_review(editor):
    other = add(editor, SPEAKS.replace("Child Z", "Child Y"))
    bulletin = add(editor, SPEAKS)
    child = other.reviews.get().children.get()

    response = answer(editor, bulletin, warning=asked(bulletin)[0].key, child=child.pk)

    assert response.status_code == 409
    child.refresh_from_db()
    assert not child.has_lifelong_anonymity


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("She was raped by an adult.", True),
        ("There were signs of CSE.", True),
        ("He was groomed online.", True),
        ("Child sexual exploitation was missed.", True),
        ("The family kept horses and groomed none.", True),
        ("Sexual health services were offered.", False),
        ("The cse of it", False),
        ("Grapes were eaten.", False),
    ],
)
def test_sexual_offence_matches_what_speaks_of_one(words, is_told):
    assert bool(warnings.SEXUAL_OFFENCE.search(words)) == is_told


def test_open_warnings_ask_only_about_the_review_that_is_spoken_of(editor):
    text = (
        "Sampleshire Safeguarding Children Board\n\nLearning from two reviews\n\n"
        "Child Y\n\nChild Y died of an infection.\n\n"
        "Key learning points\n\n- Nobody weighed Child Y.\n\nChild Z\n\nChild Z was sexually abused by a relative.\n\n"
        "Key learning points\n\n- Nobody asked Child Z.\n"
    )
    bulletin = add(editor, text)
    assert bulletin.reviews.count() == 2

    assert [one.review.label for one in asked(bulletin)] == ["Child Z"]


# --- what is told of them ---------------------------------------------------------------------------------------------


def test_desk_warning_is_answered_in_the_trace(editor):
    bulletin = add(editor, SPEAKS)

    answer(editor, bulletin, warning=asked(bulletin)[0].key, answer="so", reason="It speaks of training in general.")

    assert "acknowledged warning added" in text_of(editor.get(f"/desk/{bulletin.pk}/trace/"))


def test_acknowledged_warning_does_not_keep_what_is_redacted_later(editor):
    bulletin = add(editor, SPEAKS.replace("an aunt", "an aunt, Orla Fennimore"))
    answer(
        editor,
        bulletin,
        warning=asked(bulletin)[0].key,
        answer="so",
        reason="Orla Fennimore was the adult in question.",
    )
    start = bulletin.source_document.text.index("Orla Fennimore")

    editor.post(
        f"/desk/{bulletin.pk}/redactions/add/",
        {"start": start, "end": start + 14, "kind": "person", "reason": "The name of a person."},
    )

    settled = bulletin.acknowledged_warnings.get()
    assert settled.reason == "[name removed] was the adult in question."
    assert "Orla" not in str(list(settled.history.values_list("reason", flat=True)))


def test_desk_check_shows_what_the_extraction_warned_of(editor):
    bulletin = add(editor, SPEAKS)
    job = bulletin.import_jobs.get()
    job.warnings = ["Page 2. Check what it says."]
    job.save()

    assert "Notes from reading the file" in text_of(editor.get(f"/desk/{bulletin.pk}/"))
    assert job.warnings[0] in text_of(editor.get(f"/desk/{bulletin.pk}/"))
