"""Redacted words are nowhere but in the raw text: not in an address, an index or a row of the history."""

import json

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.intake.drafts import bulletin as drafts_bulletin
from learning.intake.drafts import reviews, statements
from learning.intake.redaction import decisions
from learning.models import Bulletin, SearchDocument
from learning.search.index import index_theme, rebuild_index
from tests.factories import ThemeFactory
from tests.learning.intake.people import everything_stored, imported, version

pytestmark = pytest.mark.django_db

WORDS = "Orla Fennimore"


@pytest.fixture
def bulletin(editor):
    """A draft in which nothing is redacted yet."""
    draft = imported(editor)
    draft.findings.all().delete()
    return draft


def redact_all(user, bulletin, words=WORDS):
    text = bulletin.source_document.text
    start = text.find(words)
    while start >= 0:
        decisions.redact_passage(user, bulletin, start, start + len(words), "person", "The name of a person.")
        start = text.find(words, start + 1)


def stored():
    return everything_stored("learning.SourceDocument").lower()


def test_scrub_renews_an_address_that_spells_redacted_words(editor, bulletin):
    drafts_bulletin.change_facts(editor, bulletin, version(bulletin), {"slug": "what-orla-fennimore-saw"})

    redact_all(editor, bulletin)

    assert Bulletin.objects.get().slug == "learning-from-the-review-of-child-z"
    assert "orla-fennimore" not in stored()


def test_scrub_forgets_an_address_that_spelled_them_once(editor, bulletin):
    drafts_bulletin.change_facts(editor, bulletin, version(bulletin), {"slug": "what-orla-fennimore-saw"})
    drafts_bulletin.change_facts(editor, bulletin, version(bulletin), {"slug": "what-a-neighbour-saw"})

    redact_all(editor, bulletin)

    assert Bulletin.objects.get().slug == "what-a-neighbour-saw"
    assert "orla-fennimore" not in stored()


def test_scrub_renews_the_address_of_a_draft_review(editor, bulletin):
    review = bulletin.reviews.get()
    reviews.edit_review(editor, review, version(bulletin), bulletin, {"label": f"Child of {WORDS}"})

    redact_all(editor, bulletin)

    review.refresh_from_db()
    assert (review.label, review.slug) == ("Child of [name removed]", "child-of-name-removed")
    assert "orla-fennimore" not in stored()


def test_scrub_cleans_what_is_known_of_a_response(editor, bulletin):
    check = bulletin.response_checks.create(
        result="response-exists", looked_on="2021-05-04", title=f"What {WORDS} saw", address=f"/{WORDS}", note=WORDS
    )

    redact_all(editor, bulletin)

    check.refresh_from_db()
    assert (check.title, check.note) == ("What [name removed] saw", "[name removed]")
    assert WORDS.lower() not in stored()


def test_redaction_reaches_the_index_of_a_draft_and_its_reviews(editor, bulletin):
    summary = f"A neighbour was heard. It was {WORDS} who rang."
    reviews.edit_review(editor, bulletin.reviews.get(), version(bulletin), bulletin, {"summary": summary})
    rebuild_index()
    assert WORDS in str(list(SearchDocument.objects.values("title", "labels", "body")))

    redact_all(editor, bulletin)

    assert WORDS.lower() not in stored()


def test_redaction_reaches_statements_that_were_indexed_by_their_theme(editor, bulletin):
    theme = ThemeFactory()
    statements.retag(editor, bulletin, version(bulletin), bulletin.statements.all(), add=[theme.slug])
    index_theme(theme)
    assert WORDS in str(list(SearchDocument.objects.values("title", "labels", "body")))

    redact_all(editor, bulletin)

    assert WORDS.lower() not in stored()


def test_scrub_cleans_the_log_of_the_admin(editor, bulletin):
    words = "Zoë Quill"
    source = bulletin.source_document
    source.text = source.text.replace("A neighbour", words)
    source.save()
    message = [{"added": {"name": "link", "object": f"What {words} saw"}}]
    records = [bulletin, bulletin.reviews.get(), bulletin.statements.first()]
    for record in records:
        LogEntry.objects.create(
            user=editor,
            content_type=ContentType.objects.get_for_model(record),
            object_id=str(record.pk),
            object_repr=f"Learning from {words}",
            action_flag=CHANGE,
            change_message=json.dumps(message),
        )

    redact_all(editor, bulletin, words)

    assert set(LogEntry.objects.values_list("object_repr", flat=True)) == {"Learning from [name removed]"}
    changes = [entry.get_change_message() for entry in LogEntry.objects.all()]
    assert changes == ["Added link “What [name removed] saw”."] * len(records)


def test_redaction_takes_as_many_queries_for_many_rows_as_for_few(editor, bulletin):
    def queries_of(words: str) -> int:
        start = bulletin.source_document.text.index(words)
        with CaptureQueriesContext(connection) as queries:
            decisions.redact_passage(editor, bulletin, start, start + len(words), "other", "Too much is said.")
        return len(queries)

    few = queries_of("write down")
    for number in range(6):
        drafts_bulletin.change_facts(editor, bulletin, version(bulletin), {"period": f"Winter {2000 + number}"})
        statements.ask_for_theme(editor, "Absences", f"Tell the Board, {number}.", bulletin.statements.first())
        for statement in bulletin.statements.all():
            statement.save()

    assert queries_of("audit") == few
