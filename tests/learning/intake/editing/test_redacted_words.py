"""Words that were redacted do not come back: neither into what the public reads nor into what staff keep."""

import pytest

from learning.intake.drafts import bulletin as drafts_bulletin
from learning.intake.drafts import reviews, statements
from learning.intake.editing.errors import EditRejected
from learning.intake.publication import workflow
from learning.intake.redaction import decisions
from learning.intake.redaction.redacted_text import AGAIN
from tests.learning.intake.people import completed, everything_stored, imported, published, version

pytestmark = pytest.mark.django_db

WORDS = "Orla Fennimore"


def redacted(user, bulletin, words=WORDS):
    start = bulletin.source_document.text.index(words)
    decisions.redact_passage(user, bulletin, start, start + len(words), "person", "The name of a person.")
    return bulletin


@pytest.fixture
def bulletin(editor):
    return redacted(editor, imported(editor))


def fact(name):
    return lambda user, one: drafts_bulletin.change_facts(
        user, one, version(one), {name: f"Of ORLA  fennimore, {name}"}
    )


def review(name):
    def edit(user, one):
        value = [WORDS] if name == "aliases" else f"What {WORDS} saw."
        reviews.edit_review(user, one.reviews.get(), version(one), one, {name: value})

    return edit


def statement(**changes):
    return lambda user, one: statements.edit_statement(user, one.statements.first(), version(one), changes)


def child(user, one):
    reviews.add_child(user, one.reviews.get(), version(one), one, WORDS)


def renamed(user, one):
    drafts_bulletin.change_facts(user, one, version(one), {"slug": "what-orla-fennimore-saw"})


def dropped(user, one):
    statements.drop(user, one.statements.first(), version(one), f"{WORDS} is no learning.")


WAYS = {
    **{f"the {name}": fact(name) for name in ("title", "period", "rights_basis")},
    **{f"the review's {name}": review(name) for name in ("label", "summary", "aliases", "report_state_as_printed")},
    "an address": renamed,
    "a child": child,
    "another review": lambda user, one: reviews.add_review(user, one, version(one), WORDS),
    "a citation": statement(citation=f"Said by {WORDS}."),
    "an addressee": statement(addressees=[{"as_printed": WORDS, "agency": None}]),
    "why a statement is dropped": dropped,
    "why it is held": lambda user, one: workflow.hold(user, one, f"{WORDS} rang."),
    "why it is discarded": lambda user, one: drafts_bulletin.discard(user, one, f"{WORDS} rang."),
    "a theme": lambda user, one: statements.ask_for_theme(user, WORDS, "It is missing.", one.statements.first()),
    "why something else is redacted": lambda user, one: decisions.redact_passage(
        user, one, 0, 5, "other", f"As {WORDS} asked."
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_refuse_redacted_wherever_somebody_writes(editor, bulletin, way):
    with pytest.raises(EditRejected, match="It has words that were redacted"):
        WAYS[way](editor, bulletin)


def test_send_back_refuses_redacted_words_in_its_note(editor, publisher):
    bulletin = completed(editor, redacted(editor, imported(editor)))
    workflow.submit(editor, bulletin)

    with pytest.raises(EditRejected, match="It has words that were redacted"):
        workflow.send_back(publisher, bulletin, f"What of {WORDS}?")


def test_withdraw_refuses_redacted_words_in_its_reason(editor, publisher):
    bulletin = redacted(publisher, published(editor, publisher))

    with pytest.raises(EditRejected, match="It has words that were redacted"):
        workflow.withdraw(publisher, bulletin, f"{WORDS} asked us to.")


def test_redact_passage_cleans_what_was_written_before(editor):
    bulletin = imported(editor)
    one = bulletin.reviews.get()
    summary = f"A neighbour was heard. It was {WORDS} who rang."
    reviews.edit_review(editor, one, version(bulletin), bulletin, {"summary": summary})
    bulletin.findings.filter(kind="person").delete()
    drafts_bulletin.change_facts(editor, bulletin, version(bulletin), {"rights_basis": f"{WORDS} agreed."})
    statements.drop(editor, bulletin.statements.last(), version(bulletin), f"{WORDS} is no learning.")
    statements.ask_for_theme(editor, "Neighbours", f"For {WORDS}.", bulletin.statements.first())
    bulletin.draft.furniture = [f"Page 1, {WORDS}"]
    bulletin.draft.sent_back_note = f"Who is {WORDS}?"
    bulletin.draft.save()

    redacted(editor, bulletin)

    one.refresh_from_db()
    assert one.summary == "A neighbour was heard. It was [name removed] who rang."
    bulletin.draft.refresh_from_db()
    assert bulletin.draft.furniture == ["Page 1, [name removed]"]
    [again] = bulletin.findings.filter(why=AGAIN)
    decisions.decide(editor, again, "redact")
    assert WORDS not in everything_stored("learning.SourceDocument")


def test_redact_passage_asks_where_the_words_stand_again(editor):
    text = "Key learning points\n\n- Ask May Quill.\n- You may quill it.\n- Tell May\n  Quill.\n- TELL MAY QUILL.\n"
    bulletin = imported(editor, text)
    bulletin.findings.all().delete()
    bulletin.redactions.all().delete()

    redacted(editor, bulletin, "May Quill")

    again = bulletin.findings.order_by("start")
    stored = bulletin.source_document.text
    assert [" ".join(stored[one.start : one.end].split()) for one in again] == ["May Quill", "MAY QUILL"]
    assert {(one.kind, one.decision, one.why) for one in again} == {("person", "undecided", AGAIN)}


def test_refuse_redacted_allows_other_words(editor, bulletin):
    drafts_bulletin.change_facts(
        editor, bulletin, version(bulletin), {"rights_basis": "Orla agreed, as did the board."}
    )

    bulletin.refresh_from_db()
    assert bulletin.rights_basis == "Orla agreed, as did the board."
