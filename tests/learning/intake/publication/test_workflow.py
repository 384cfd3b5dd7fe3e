"""From upload to publication by two people, and out of view again."""

import pytest

from learning.intake.drafts import bulletin as drafts_bulletin
from learning.intake.drafts import reviews, statements
from learning.intake.drafts.unclaimed import unclaimed
from learning.intake.editing.edits import draft_of, record_presence
from learning.intake.editing.errors import EditConflict, EditRejected
from learning.intake.publication import workflow
from learning.intake.publication.blockers import publish_blockers
from learning.intake.redaction import decisions
from learning.models import Bulletin, Statement
from reviews.models import Review
from tests.factories import ThemeFactory
from tests.learning.intake.people import completed, everything_stored, finding_of, imported, published, reasons, version

pytestmark = pytest.mark.django_db


def texts(bulletin):
    return list(bulletin.statements.values_list("text", flat=True))


def the_review(bulletin):
    return bulletin.reviews.get()


# --- the straight way ---------------------------------------------------------------------------------------------


def test_publish_by_a_second_person_makes_a_text_public(client, editor, publisher):
    bulletin = published(editor, publisher)

    page = client.get(bulletin.get_absolute_url())

    assert page.status_code == 200
    assert "Ask the child and write down what the child says." in page.content.decode()
    assert [statement.bulletin for statement in Statement.objects.published()] == [bulletin] * 5
    assert Review.objects.published().get().label == "Child Z"
    assert "audit referrals" in client.get("/search/?q=audit+referrals").content.decode()


def test_draft_is_not_public_at_all(client, editor):
    bulletin = imported(editor)

    assert client.get(bulletin.get_absolute_url()).status_code == 404
    assert not Statement.objects.published().exists()
    assert "audit referrals every" not in client.get("/search/?q=audit+referrals").content.decode()


def test_publish_refuses_with_every_reason_and_its_place(editor, publisher):
    bulletin = imported(editor)
    finding = finding_of(bulletin, "4 February 1994", "birth_date")
    bulletin.findings.exclude(pk=finding.pk).delete()
    workflow.submit(editor, bulletin)

    with pytest.raises(EditRejected) as refusal:
        workflow.publish(publisher, bulletin)

    first, *_ = bulletin.statements.all()
    told = reasons(refusal)
    assert ("Say how much of it we may show, and why.", "rights") in told
    assert ("Date of birth: nobody has decided yet.", f"finding-{finding.pk}") in told
    named = f"{first}, “Ask the child and write down …”,"
    assert (f"{named} has no theme.", f"statement-{first.pk}") in told
    review = the_review(bulletin)
    assert ("Child Z: the summary needs two sentences in our own words.", f"review-{review.pk}") in told
    bulletin.refresh_from_db()
    assert bulletin.state == "ready"


def test_publish_blockers_ask_no_theme_of_a_fact(editor):
    bulletin = completed(editor, imported(editor))
    statement = bulletin.statements.first()
    statement.theme_tags.all().delete()
    asked = [reason.text for reason in publish_blockers(bulletin) if reason.text.endswith("has no theme.")]

    bulletin.statements.filter(pk=statement.pk).update(kind="fact")

    assert len(asked) == 1
    assert not [reason for reason in publish_blockers(bulletin) if reason.text.endswith("has no theme.")]


def test_publish_blockers_include_an_unclaimed_passage(editor):
    bulletin = completed(editor, imported(editor))
    statement = bulletin.statements.last()
    place = (statement.start, statement.end)
    statements.drop(editor, statement, version(bulletin), "A topic.")
    dropped = bulletin.dropped_passages.get(start=place[0])
    assert publish_blockers(bulletin) == []

    statements.undrop(editor, dropped, version(bulletin))

    [passage] = unclaimed(bulletin)
    assert (passage.start, passage.end) == place
    assert [reason.anchor for reason in publish_blockers(bulletin)] == [f"passage-{place[0]}-{place[1]}"]


def test_publish_blockers_include_proceedings_and_an_unknown_board(editor):
    bulletin = completed(editor, imported(editor, "Key learning points\n\n- Listen to Child Z.\n- Write it down.\n"))
    reviews.edit_review(editor, the_review(bulletin), version(bulletin), bulletin, {"has_active_proceedings": True})

    told = [reason.text for reason in publish_blockers(bulletin)]

    assert told == [
        "Choose the board that published it.",
        "Child Z: proceedings are under way. It must be held until they end.",
    ]


# --- two people ---------------------------------------------------------------------------------------------------


def test_publish_refuses_whoever_entered_it(publisher):
    bulletin = completed(publisher, imported(publisher))
    workflow.submit(publisher, bulletin)

    with pytest.raises(EditRejected, match="You entered it"):
        workflow.publish(publisher, bulletin)


def test_publish_without_a_second_person_is_recorded_as_such(publisher, settings):
    settings.SECOND_PERSON = False
    bulletin = published(publisher, publisher)

    newest = bulletin.history.first()

    assert bulletin.draft.is_second_person_waived
    assert newest.history_change_reason == workflow.WAIVED
    assert newest.history_user == publisher


def test_publish_refuses_an_editor_and_editing_a_stranger(editor, other_editor, stranger):
    bulletin = completed(editor, imported(editor))
    workflow.submit(editor, bulletin)

    with pytest.raises(EditRejected, match="Only publishers"):
        workflow.publish(other_editor, bulletin)
    with pytest.raises(EditRejected, match="Only editors"):
        workflow.submit(stranger, bulletin)


def test_send_back_makes_a_draft_with_a_note(editor, publisher):
    bulletin = imported(editor)
    workflow.submit(editor, bulletin)

    workflow.send_back(publisher, bulletin, "The second list is missing.")

    bulletin.refresh_from_db()
    assert (bulletin.state, bulletin.draft.sent_back_note) == ("draft", "The second list is missing.")


# --- out of view --------------------------------------------------------------------------------------------------


def test_hold_hides_and_unhold_shows_again(client, editor, publisher):
    bulletin = published(editor, publisher)

    workflow.hold(editor, bulletin, "Somebody wrote that it is about them.")
    assert client.get(bulletin.get_absolute_url()).status_code == 404
    workflow.unhold(publisher, bulletin, "It was a mistake.")

    assert client.get(bulletin.get_absolute_url()).status_code == 200


def test_unhold_refuses_an_undecided_finding(editor, publisher):
    bulletin = published(editor, publisher)
    workflow.hold(publisher, bulletin, "A name was found.")
    finding = finding_of(bulletin, "Orla Fennimore")
    bulletin.findings.filter(pk=finding.pk).update(decision="undecided", decided_at=None)

    with pytest.raises(EditRejected, match="nobody has decided"):
        workflow.unhold(publisher, bulletin, "Fine now.")


def test_withdraw_says_why_in_public(client, editor, publisher):
    bulletin = published(editor, publisher)

    workflow.withdraw(publisher, bulletin, "The board withdrew it.")

    page = client.get(bulletin.get_absolute_url())
    assert page.status_code == 410
    assert "The board withdrew it." in page.content.decode()


def test_hold_for_proceedings_lasts_until_they_end(client, editor, publisher):
    review = published(editor, publisher).reviews.select_related("board").get()

    workflow.hold_for_proceedings(editor, review, "A trial begins in May.")

    assert client.get(review.get_absolute_url()).status_code == 404
    with pytest.raises(EditRejected, match="Proceedings are under way"):
        workflow.unhold(publisher, review, "Too early.")
    workflow.end_of_proceedings(publisher, review)
    workflow.unhold(publisher, review, "The trial has ended.")
    assert client.get(review.get_absolute_url()).status_code == 200


# --- several people on one draft ----------------------------------------------------------------------------------


def test_editing_lets_two_people_edit_different_statements(editor, other_editor):
    bulletin = imported(editor)
    first, second, *_ = bulletin.statements.all()
    seen = version(bulletin)

    statements.edit_statement(editor, first, seen, {"kind": "question"})
    statements.edit_statement(other_editor, second, seen, {"kind": "fact"})

    assert list(bulletin.statements.values_list("kind", flat=True))[:2] == ["question", "fact"]


def test_editing_gives_the_second_of_two_people_their_edit_back(editor, other_editor):
    bulletin = imported(editor)
    first = bulletin.statements.first()
    seen = version(bulletin)
    statements.edit_statement(editor, first, seen, {"kind": "question"})

    with pytest.raises(EditConflict) as stale:
        statements.edit_statement(other_editor, first, seen, {"kind": "fact", "citation": "Sample, 2020"})

    assert stale.value.submitted == {"kind": "fact", "citation": "Sample, 2020"}
    assert [(change.who, change.what) for change in stale.value.changes] == [("editor", f"the kind of {first}")]
    first.refresh_from_db()
    assert first.kind == "question"


def test_record_presence_returns_the_others_on_the_draft(editor, other_editor):
    draft = draft_of(imported(editor))

    assert record_presence(draft, editor) == []
    assert record_presence(draft, other_editor) == [editor]


# --- editing ------------------------------------------------------------------------------------------------------


def test_split_and_merge_keep_words_at_their_passages(editor):
    bulletin = imported(editor)
    statement = bulletin.statements.first()
    words, theme = statement.text, ThemeFactory()
    statements.edit_statement(editor, statement, version(bulletin), {"themes": [theme.slug]})

    first, second = statements.split(editor, statement, version(bulletin), statement.start + words.index("and"))
    assert (first.text, second.text) == ("Ask the child", "and write down what the child says.")
    assert (second.number, second.position, list(second.themes.all())) == ("", 2, [theme])
    merged = statements.merge_with_next(editor, first, version(bulletin))

    assert (merged.text, merged.number) == (words, "1")
    assert bulletin.statements.count() == 5


def test_add_from_passage_takes_the_number(editor):
    bulletin = imported(editor)
    statement = bulletin.statements.get(number="2")
    start, end, serial = statement.start, statement.end, statement.serial
    statements.drop(editor, statement, version(bulletin), "By mistake.")

    added = statements.add_from_passage(editor, bulletin, version(bulletin), start - 3, end, kind="learning_point")

    assert (added.start, added.end, added.number, added.position) == (start, end, "2", 2)
    assert added.serial > serial
    assert not bulletin.dropped_passages.exists()


def test_add_from_passage_refuses_a_passage_that_is_taken(editor):
    bulletin = imported(editor)
    statement = bulletin.statements.first()

    with pytest.raises(EditRejected) as refusal:
        statements.add_from_passage(
            editor, bulletin, version(bulletin), statement.start, statement.start + 7, kind="learning_point"
        )

    assert reasons(refusal)[0][1] == f"statement-{statement.pk}"


def test_move_and_retag_change_several_statements(editor):
    bulletin = imported(editor)
    theme, other = ThemeFactory(), ThemeFactory()
    statements.retag(editor, bulletin, version(bulletin), bulletin.statements.all(), add=[theme])
    order = [statement.pk for statement in bulletin.statements.all()]

    statements.move(editor, bulletin.statements.last(), version(bulletin), bulletin.statements.first())
    changed = statements.retag(
        editor, bulletin, version(bulletin), bulletin.statements.all()[:2], add=[other], remove=[theme.slug]
    )

    assert [statement.pk for statement in bulletin.statements.all()] == [order[-1], *order[:-1]]
    assert changed == 4


def test_ask_for_theme_is_the_only_way_to_a_new_theme(editor):
    statement = imported(editor).statements.first()

    with pytest.raises(EditRejected, match="no such theme"):
        statements.edit_statement(editor, statement, version(statement.bulletin), {"themes": ["nobody-knows-it"]})

    assert statements.ask_for_theme(editor, "Kinship care", "Aunts and grandparents.", statement).asked_by == editor


def test_edit_child_withholds_for_lifelong_anonymity(editor):
    bulletin = imported(editor)
    child = the_review(bulletin).children.get()
    values = {"age_band": "11-to-15", "incident_year": 2019, "ethnicity": "white", "placement": "foster"}
    reviews.edit_child(editor, child, version(bulletin), bulletin, values)

    child = reviews.edit_child(editor, child, version(bulletin), bulletin, {"has_lifelong_anonymity": True})

    assert (child.age_band, child.ethnicity, child.placement) == ("withheld", "withheld", "withheld")
    assert (child.incident_year, child.incident_year_told) == (None, "withheld")


def test_editing_refuses_a_published_bulletin(editor, publisher):
    bulletin = published(editor, publisher)

    with pytest.raises(EditRejected, match="Propose a correction"):
        statements.edit_statement(editor, bulletin.statements.first(), version(bulletin), {"kind": "fact"})


def test_discard_deletes_review_and_file_too(editor, originals):
    bulletin = imported(editor)

    drafts_bulletin.discard(editor, bulletin, "It came in twice.")

    assert not Bulletin.objects.exists()
    assert not Review.objects.exists()
    assert list(originals.iterdir()) == []


# --- what identifies ----------------------------------------------------------------------------------------------


def test_decide_leaves_a_redacted_value_in_the_raw_text_alone(editor, publisher, caplog):
    text = "Learning from Orla Fennimore\n\n" + "Key learning points\n\n- Ask Orla Fennimore first.\n- Write it down.\n"
    bulletin = imported(editor, text, "Orla Fennimore.txt")
    for nth in (0, 1):
        decisions.decide(editor, finding_of(bulletin, "Orla Fennimore", nth=nth), "redact")

    stored = everything_stored("learning.SourceDocument")

    assert "Ask [name removed] first." in texts(bulletin)
    assert "Fennimore" not in stored
    assert "fennimore" not in stored
    assert "Fennimore" not in caplog.text


def test_decide_redacts_a_lead_in_too(editor):
    lead_in = "Workers who knew Orla Fennimore said that they needed:"
    text = (
        f"# Learning from Child Z\n\n## Key learning points\n\n{lead_in}\n\n- more time with her\n- a list of names\n"
    )
    bulletin = imported(editor, text)
    assert {statement.lead_in for statement in bulletin.statements.all()} == {lead_in}

    decisions.decide(editor, finding_of(bulletin, "Orla Fennimore"), "redact")

    assert "Fennimore" not in everything_stored("learning.SourceDocument")
    assert bulletin.statements.first().lead_in == lead_in.replace("Orla Fennimore", "[name removed]")


def test_decide_generalises_a_date_and_can_be_taken_back(editor):
    bulletin = imported(editor)
    finding = finding_of(bulletin, "4 February 1994", "birth_date")

    decisions.decide(editor, finding, "generalise")
    bulletin.public_text.refresh_from_db()
    assert "born on [1994] and lived" in bulletin.public_text.text
    decisions.decide(editor, finding, "keep", reason="It is made up.")

    bulletin.public_text.refresh_from_db()
    assert "born on 4 February 1994" in bulletin.public_text.text


def test_decide_keeps_only_with_a_reason_that_does_not_repeat_the_words(editor):
    finding = finding_of(imported(editor), "Orla Fennimore")

    with pytest.raises(EditRejected, match="Say why"):
        decisions.decide(editor, finding, "keep")
    with pytest.raises(EditRejected, match="must not repeat"):
        decisions.decide(editor, finding, "keep", reason="Orla  fennimore is the author.")


def test_look_for_names_makes_findings_and_stores_no_name(editor):
    bulletin = imported(editor, "Key learning points\n\n- Tell aunt Quillhaven at once.\n- Tell QUILLHAVEN again.\n")
    bulletin.findings.all().delete()

    assert decisions.look_for_names(editor, bulletin, ["quillhaven", ""]) == 2

    assert {finding.kind for finding in bulletin.findings.all()} == {"person"}
    texts_themselves = ("SourceDocument", "PublicText", "Statement", "HistoricalStatement")
    stored = everything_stored(*(f"learning.{name}" for name in texts_themselves))
    assert "quillhaven" not in stored.casefold()


def test_decide_moves_no_statement_from_its_passage(editor):
    bulletin = imported(editor)

    decisions.decide(editor, finding_of(bulletin, "4 February 1994", "birth_date"), "redact")

    public = bulletin.public_text
    public.refresh_from_db()
    for statement in bulletin.statements.all():
        assert public.text[statement.public_start : statement.public_end] == statement.text
