"""What a draft has beside its statements: links, terms, claimed numbers, notes, known responses."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.intake.desk.forms.statements import CHOICES
from learning.intake.publication import workflow
from learning.intake.redaction import decisions
from learning.models import Bulletin, CuratorNote, GlossaryTerm, Link, StatedCount
from reviews.models import Review
from reviews.state import State
from tests.factories import ReviewFactory, StatementFactory
from tests.learning.intake.desk.site import SAMPLE, add, signed_in
from tests.learning.intake.people import completed, everything_stored, published
from tests.pages import links, text_of

pytestmark = pytest.mark.django_db
TEXT = SAMPLE.replace("in spring.", "in spring. All of the two recommendations are at www.sampleshire.example/z")


@pytest.fixture
def client_of() -> Client:
    return signed_in("editor")


@pytest.fixture
def bulletin(client_of: Client) -> Bulletin:
    bulletin = add(client_of, TEXT)
    bulletin.links.all().delete()
    bulletin.stated_counts.all().delete()
    return bulletin


def at(bulletin: Bulletin, path: str = "") -> str:
    return f"/desk/{bulletin.pk}/more/{path}"


def sent(bulletin: Bulletin, **fields: object) -> dict[str, object]:
    bulletin.draft.refresh_from_db()
    return {"version": bulletin.draft.version, **fields}


FIELDS: dict[str, dict[str, object]] = {
    "links": {"title": "Training", "address": "www.sampleshire.example/z"},
    "terms": {"term": "SaSCB", "expansion": "Sampleshire board", "explanation": "It ended.", "basis": "curator"},
    "counts": {"kind": "recommendation", "count": "2", "review": "", "as_printed": "two recommendations"},
    "notes": {"text": "The list of actions breaks off.", "review": ""},
    "responses": {
        "title": "Response of the board",
        "result": "response-exists",
        "looked_on": "2021-05-04",
        "address": "",
        "note": "On its page of reviews.",
    },
}
SORTS = list(FIELDS)


def records(bulletin: Bulletin, sort: str):
    return {
        "links": bulletin.links,
        "terms": bulletin.glossary_terms,
        "counts": bulletin.stated_counts,
        "notes": bulletin.notes,
        "responses": bulletin.response_checks,
    }[sort].all()


def shown(record: object, sort: str) -> dict[str, object]:
    return {name: str(getattr(record, name) or "") for name in FIELDS[sort]}


@pytest.mark.parametrize("sort", SORTS)
def test_an_entry_is_added_shown_changed_and_removed_with_a_reason(client_of, bulletin, sort):
    response = client_of.post(at(bulletin, f"{sort}/add/"), sent(bulletin, **FIELDS[sort]))

    assert response["Location"] == at(bulletin) + f"#{sort}"
    record = records(bulletin, sort).get()
    assert shown(record, sort) == FIELDS[sort]
    first, value = next(iter(FIELDS[sort].items()))
    name = str(FIELDS[sort].get("as_printed", value))
    assert (name, at(bulletin, f"{sort}/{record.pk}/")) in links(client_of.get(at(bulletin)))

    other = {"links": "More training", "terms": "SB", "counts": "action", "notes": "It breaks off twice."}.get(
        sort, "B"
    )
    client_of.post(at(bulletin, f"{sort}/{record.pk}/"), sent(bulletin, **FIELDS[sort] | {first: other}))
    record.refresh_from_db()
    assert shown(record, sort) == FIELDS[sort] | {first: other}

    remove = at(bulletin, f"{sort}/{record.pk}/remove/")
    refused = client_of.post(remove, sent(bulletin, reason=" "))
    assert "Say why you are removing it." in text_of(refused)
    assert records(bulletin, sort).exists()
    client_of.post(remove, sent(bulletin, reason="It is another's."))
    assert not records(bulletin, sort).exists()
    assert "Removed: It is another's." in text_of(client_of.get(f"/desk/{bulletin.pk}/trace/"))


@pytest.mark.parametrize(
    ("sort", "wrong", "said"),
    [
        ("links", {"title": ""}, "Enter the words of the link."),
        ("links", {"title": "x" * 301}, "at most 300 characters"),
        ("terms", {"expansion": ""}, "Enter what it stands for."),
        ("terms", {"basis": "nobody"}, CHOICES["invalid_choice"]),
        ("counts", {"count": "many"}, "Enter the number in figures."),
        ("counts", {"count": "-1"}, "greater than or equal to 0"),
        ("counts", {"kind": "nonsense"}, CHOICES["invalid_choice"]),
        ("counts", {"as_printed": "nine recommendations"}, "These words are not in the bulletin’s text."),
        ("notes", {"text": ""}, "Write the note."),
        ("responses", {"title": ""}, "Give the title of a response that exists"),
        ("responses", {"result": "none-found"}, "no title where none was found"),
        ("responses", {"looked_on": ""}, "Give the day on which you looked, or the words of the bulletin"),
        ("responses", {"looked_on": "2999-01-01"}, "it cannot be in the future"),
        ("responses", {"as_printed": "nine responses"}, "These words are not in the bulletin’s text."),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(client_of, bulletin, sort, wrong, said):
    page = client_of.post(at(bulletin, f"{sort}/add/"), sent(bulletin, **FIELDS[sort] | wrong))

    assert page.status_code == 422
    assert said in text_of(page)
    kept = [value for name, value in FIELDS[sort].items() if name not in wrong and value and name not in {"kind"}]
    assert all(str(value) in page.content.decode() for value in kept)
    assert not records(bulletin, sort).exists()


def test_the_same_term_twice_is_refused(client_of, bulletin):
    for _ in range(2):
        page = client_of.post(at(bulletin, "terms/add/"), sent(bulletin, **FIELDS["terms"]))

    assert page.status_code == 422
    assert bulletin.glossary_terms.count() == 1


def test_a_note_is_about_a_review_of_the_bulletin_and_of_no_other(client_of, bulletin):
    own, other = bulletin.reviews.get(), ReviewFactory()

    refused = client_of.post(at(bulletin, "notes/add/"), sent(bulletin, text="A note.", review=other.pk))
    client_of.post(at(bulletin, "notes/add/"), sent(bulletin, text="A note.", review=own.pk))

    assert refused.status_code == 422
    assert [note.review for note in bulletin.notes.all()] == [own]


@pytest.mark.parametrize("sort", SORTS)
def test_two_people_who_change_the_same_entry_lose_nothing(client_of, bulletin, sort):
    client_of.post(at(bulletin, f"{sort}/add/"), sent(bulletin, **FIELDS[sort]))
    record = records(bulletin, sort).get()
    first = next(iter(FIELDS[sort]))
    mine = {"links": "Mine", "terms": "Mine", "counts": "action"}.get(sort, "Mine")
    theirs = {"links": "Theirs", "terms": "Theirs", "counts": "question"}.get(sort, "Theirs")
    stale = sent(bulletin, **FIELDS[sort] | {first: mine})
    other = signed_in("publisher", "publisher")
    other.post(at(bulletin, f"{sort}/{record.pk}/"), sent(bulletin, **FIELDS[sort] | {first: theirs}))

    page = client_of.post(at(bulletin, f"{sort}/{record.pk}/"), stale)

    assert page.status_code == 422
    assert "publisher changed this while you did" in text_of(page)
    assert theirs in page.content.decode()
    assert mine in page.content.decode()
    record.refresh_from_db()
    assert getattr(record, first) == theirs
    client_of.post(at(bulletin, f"{sort}/{record.pk}/"), sent(bulletin, **FIELDS[sort] | {first: mine}))
    record.refresh_from_db()
    assert getattr(record, first) == mine


def test_what_somebody_removed_in_the_meantime_can_be_added_anew(client_of, bulletin):
    page = client_of.post(at(bulletin, "notes/999999/"), sent(bulletin, text="Typed for long.", review=""))

    assert page.status_code == 422
    assert "Somebody has removed it." in text_of(page)
    assert "Typed for long." in page.content.decode()
    assert f'action="{at(bulletin, "notes/add/")}"' in page.content.decode()


def test_words_that_were_redacted_come_back_by_no_entry(client_of, bulletin):
    text = bulletin.source_document.text
    client_of.post(at(bulletin, "notes/add/"), sent(bulletin, text="Seen in spring.", review=""))
    start = text.index("spring")
    editor = bulletin.draft.entered_by
    decisions.redact_passage(editor, bulletin, start, start + 6, "incident-date", "A date.")

    assert [note.text for note in bulletin.notes.all()] == ["Seen in [date removed]."]
    for sort, name in (
        ("notes", "text"),
        ("links", "title"),
        ("terms", "expansion"),
        ("counts", "as_printed"),
        ("responses", "note"),
    ):
        page = client_of.post(at(bulletin, f"{sort}/add/"), sent(bulletin, **FIELDS[sort] | {name: "In  SPRING"}))
        assert "It has words that were redacted in this bulletin." in text_of(page)
    note = bulletin.notes.get()
    client_of.post(at(bulletin, f"notes/{note.pk}/remove/"), sent(bulletin, reason="It says spring."))
    assert bulletin.notes.exists()
    assert "spring" not in everything_stored("learning.SourceDocument").casefold()


# --- known responses ------------------------------------------------------------------------------------------------


def test_a_response_is_about_one_recommendation_or_action_of_the_bulletin(client_of, bulletin):
    own = bulletin.statements.filter(kind__in=["recommendation", "action"]).first()
    other = bulletin.statements.exclude(kind__in=["recommendation", "action"]).first()
    elsewhere = StatementFactory(kind="recommendation")
    assert own
    assert other

    for wrong in (other, elsewhere):
        page = client_of.post(at(bulletin, "responses/add/"), sent(bulletin, **FIELDS["responses"], statement=wrong.pk))
        assert page.status_code == 422
    client_of.post(at(bulletin, "responses/add/"), sent(bulletin, **FIELDS["responses"], statement=own.pk))

    assert [check.statement for check in bulletin.response_checks.all()] == [own]


def test_a_response_is_looked_for_after_publication_by_a_publisher(client_of, bulletin, client):
    Bulletin.objects.filter(pk=bulletin.pk).update(
        state=State.PUBLISHED, rights="full-text", rights_basis="Written for a test."
    )
    Review.objects.update(state=State.PUBLISHED)
    review = bulletin.reviews.get()
    wanted = {"result": "none-found", "looked_on": "2021-05-04", "review": review.pk}

    assert client_of.post(at(bulletin, "responses/add/"), sent(bulletin, **wanted)).status_code in (403, 422)
    assert not bulletin.response_checks.exists()
    signed_in("publisher", "publisher").post(at(bulletin, "responses/add/"), sent(bulletin, **wanted))

    assert bulletin.response_checks.get().history.get().history_user.username == "publisher"
    assert "None found when looked for on 4 May 2021" in text_of(client.get("/recommendations/"))


# --- where a link leads ---------------------------------------------------------------------------------------------


@pytest.fixture
def link(bulletin: Bulletin) -> Link:
    return Link.objects.create(bulletin=bulletin, position=1, title="Training", address="www.sampleshire.example/z")


def look(bulletin: Bulletin, link: Link, **fields: object):
    return at(bulletin, f"links/{link.pk}/looked-at/"), sent(bulletin, **{"on": "2021-05-04", "result": "yes"} | fields)


def test_a_link_that_somebody_looked_at_is_one_in_public(client_of, bulletin, link):
    client_of.post(f"/desk/{bulletin.pk}/facts/", {
        "version": 1, "title": bulletin.title, "board": bulletin.board_id, "kind": bulletin.kind,
        "rights": "full-text", "rights_basis": "Written for a test.",
    })  # fmt: skip

    client_of.post(*look(bulletin, link))

    link.refresh_from_db()
    assert f"{link.checked_on}" == "2021-05-04"
    assert "Checked on 4 May 2021: it leads there." in text_of(client_of.get(at(bulletin)))
    preview = client_of.get(f"/desk/{bulletin.pk}/preview/")
    assert ("Training", "http://www.sampleshire.example/z") in links(preview)


def test_a_link_that_leads_nowhere_is_told_and_is_none_in_public(client_of, bulletin, link):
    client_of.post(*look(bulletin, link))
    client_of.post(*look(bulletin, link, result="no", on="2021-06-05"))

    link.refresh_from_db()
    assert link.checked_on is None
    assert "Checked on 2021-06-05: it does not lead there." in text_of(client_of.get(at(bulletin)))
    assert "Looked at on 2021-06-05: it does not lead there" in text_of(client_of.get(f"/desk/{bulletin.pk}/trace/"))


def test_a_link_with_another_address_has_not_been_looked_at(client_of, bulletin, link):
    client_of.post(*look(bulletin, link))

    client_of.post(at(bulletin, f"links/{link.pk}/"), sent(bulletin, title="Training", address="https://other.example"))

    link.refresh_from_db()
    assert link.checked_on is None
    assert "Nobody has checked where it leads." in text_of(client_of.get(at(bulletin)))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"on": "soon"}, "Enter the day like this: 2021-05-04."),
        ({"on": ""}, "Enter the day on which you checked."),
        ({"result": ""}, "Say what was there."),
        ({"on": "2999-01-01"}, "it cannot be in the future"),
    ],
)
def test_a_look_without_day_or_result_is_refused(client_of, bulletin, link, fields, said):
    page = client_of.post(*look(bulletin, link, **fields))

    assert said in text_of(page)
    link.refresh_from_db()
    assert link.checked_on is None


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "mailto:a@b.example", "data:text/html,x"])
def test_what_is_no_address_of_the_web_never_becomes_a_link(client_of, bulletin, link, address):
    Link.objects.filter(pk=link.pk).update(address=address)

    page = client_of.post(*look(bulletin, link))

    assert "It has no web address." in text_of(page)
    assert "Check where it leads" not in text_of(client_of.get(at(bulletin, f"links/{link.pk}/")))


def test_a_look_at_a_published_link_is_a_publishers(editor, publisher):
    bulletin = published(editor, publisher)
    link = Link.objects.create(bulletin=bulletin, position=1, title="Training", address="www.sampleshire.example/z")
    client, other = Client(), Client()
    client.force_login(editor)
    other.force_login(publisher)

    refused = client.post(*look(bulletin, link, on=timezone.localdate().isoformat()))
    other.post(*look(bulletin, link, on=timezone.localdate().isoformat()))

    assert "Only publishers and administrators may do this." in text_of(refused)
    assert ("Training", "http://www.sampleshire.example/z") in links(Client().get(bulletin.get_absolute_url()))


# --- drafts and what is published -------------------------------------------------------------------------------------


def test_what_is_published_is_not_changed_here(editor, publisher):
    bulletin = published(editor, publisher)
    note = CuratorNote.objects.create(bulletin=bulletin, text="As it was.")
    client = Client()
    client.force_login(publisher)

    page = client.get(at(bulletin))
    client.post(at(bulletin, f"notes/{note.pk}/"), sent(bulletin, text="Otherwise.", review=""))
    client.post(at(bulletin, f"notes/{note.pk}/remove/"), sent(bulletin, reason="No."))

    assert "Add a note" not in text_of(page)
    note.refresh_from_db()
    assert note.text == "As it was."


def test_the_public_sees_each_entry_where_the_page_says(client_of, publisher, bulletin, client):
    editor = bulletin.draft.entered_by
    for sort, fields in FIELDS.items():
        client_of.post(at(bulletin, f"{sort}/add/"), sent(bulletin, **fields))
    sentinel = "The list of actions breaks off."
    assert sentinel not in text_of(client.get("/glossary/"))
    assert client.get(f"/bulletins/{bulletin.slug}/").status_code == 404

    completed(editor, bulletin)
    Review.objects.update(type="scr", nature="other")
    workflow.submit(editor, bulletin)
    workflow.publish(publisher, bulletin)

    page = text_of(client.get(f"/bulletins/{bulletin.slug}/"))
    assert sentinel in page
    assert "2 listed of the 2 recommendations that the bulletin says it has" in page
    assert "www.sampleshire.example/z (as printed, not checked)" in page
    assert "Sampleshire board" in text_of(client.get("/glossary/"))


def test_a_bulletin_of_another_draft_and_a_sort_that_is_none_are_not_found(client_of, bulletin):
    other = add(client_of, "Otherford Safeguarding Children Board\n\nAnother text, of which there is not much.")
    note = CuratorNote.objects.create(bulletin=other, text="Elsewhere.")

    assert client_of.get(at(bulletin, f"notes/{note.pk}/")).status_code == 404
    assert client_of.post(at(bulletin, f"notes/{note.pk}/remove/"), sent(bulletin)).status_code == 404
    assert client_of.get(at(bulletin, "nonsense/add/")).status_code == 404
    assert client_of.get(at(bulletin, "notes/999999/")).status_code == 404


def test_the_page_stands_beside_the_others_of_the_draft(client_of, bulletin):
    assert ("More", at(bulletin)) in links(client_of.get(f"/desk/{bulletin.pk}/facts/"))
    assert bulletin.state == State.DRAFT
    assert not GlossaryTerm.objects.exists()
    assert not StatedCount.objects.exists()


def test_the_page_takes_as_many_queries_with_many_entries_as_with_one(client_of, bulletin):
    def queries() -> int:
        client_of.get(at(bulletin))  # support lines are read once after a write
        with CaptureQueriesContext(connection) as found:
            client_of.get(at(bulletin))
        return len(found)

    def one_more(number: int) -> None:
        bulletin.links.create(position=number, title=f"Link {number}", address=f"www.sampleshire.example/{number}")
        bulletin.glossary_terms.create(term=f"T{number}", expansion="A term", basis="curator")
        bulletin.stated_counts.create(kind="action", count=number, as_printed=f"{number} actions")
        bulletin.notes.create(position=number, text="A note.", review=bulletin.reviews.get())
        bulletin.response_checks.create(
            position=number, result="none-found", looked_on="2021-05-04", statement=bulletin.statements.first()
        )

    one_more(1)
    with_one = queries()
    for number in range(2, 5):
        one_more(number)

    assert queries() == with_one
