import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.models import Statement
from learning.search.index import rebuild_index
from reviews.models import Review
from reviews.state import State
from tests.factories import BulletinFactory, ReviewFactory, StatementFactory, ThemeFactory, add_paragraph
from tests.pages import words_in

pytestmark = pytest.mark.django_db


def read(client, statement):
    response = client.get(f"/learning/{statement.pk}/like/")
    assert response.status_code == 200
    return response.content.decode()


def words(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def similar(client, statement):
    """The keys of the statements shown, without the one itself."""
    cite = re.findall(r'href="/learning/(\d+)/#cite"', read(client, statement))
    return [int(key) for key in cite]


def reasons(client, statement):
    return [text for text in words_in(read(client, statement), "article > p") if text.startswith("Shares ")]


def say(text, **fields):
    return StatementFactory(review=ReviewFactory(), text=text, **fields)


def test_statements_like_starts_with_what_shares_the_rarest_words(client):
    statement = say("Draw a genogram and a chronology for each family.")
    both = say("No genogram and no chronology was there.")
    one = say("A chronology was there.")
    say("Something else for the family.")
    say("Each of the family knew.")
    rebuild_index()

    assert similar(client, statement)[:2] == [both.pk, one.pk]
    assert reasons(client, statement)[0] == "Shares the words genogram and chronology"


def test_statements_like_marks_shared_words(client):
    statement = say("Draw a genogram.")
    say("All genograms were lost.")
    rebuild_index()

    assert "<mark>genograms</mark>" in read(client, statement)


def test_statements_like_counts_and_names_a_shared_theme(client):
    theme = ThemeFactory(name="Neglect")
    statement = say("Draw a genogram.", themes=[theme])
    both = say("A genogram was drawn.", themes=[theme])
    other = say("Nothing was said.", themes=[theme])
    rebuild_index()

    assert similar(client, statement) == [both.pk, other.pk]
    assert reasons(client, statement) == [
        "Shares the word genogram, and the theme neglect", "Shares the theme neglect"
    ]  # fmt: skip


def test_statements_like_leaves_out_its_own_review_and_what_is_hidden(client):
    statement = say("Draw a genogram.")
    StatementFactory(review=statement.review, bulletin=statement.bulletin, text="The genogram was late.")
    hidden = say("A genogram was drawn.")
    Review.objects.filter(pk=hidden.review_id).update(state=State.HELD)
    rebuild_index()

    assert similar(client, statement) == []
    assert "Nothing similar was found" in words(read(client, statement))


def test_statements_like_names_no_words_that_are_not_in_the_index(client):
    """What describes a method of death is in no document, and so neither finds nor is named."""
    bulletin = BulletinFactory(reviews=[ReviewFactory()])
    add_paragraph(bulletin, "A quartzite was used.", sensitive=True)
    statement = StatementFactory(bulletin=bulletin, text="A quartzite was used.")
    say("A quartzite was seen.")
    rebuild_index()

    assert similar(client, statement) == []


def test_statements_like_is_not_there_for_a_statement_that_is_not_visible(client):
    statement = say("Draw a genogram.")
    Review.objects.filter(pk=statement.review_id).update(state=State.HELD)

    assert client.get(f"/learning/{statement.pk}/like/").status_code == 404
    assert client.get("/learning/999999/like/").status_code == 404


def test_statements_like_is_linked_from_the_statement_and_not_indexed(client):
    statement = say("Draw a genogram.")
    rebuild_index()

    assert (
        f'href="/learning/{statement.pk}/like/">More like this</a>'
        in client.get(statement.get_absolute_url()).content.decode()
    )
    assert '<meta name="robots" content="noindex">' in read(client, statement)


def test_statements_like_finds_the_same_idea_among_the_five_bulletins(bulletins, client):
    escalation = Statement.objects.get(bulletin__slug="child-r-2015", serial=8)

    found = Statement.objects.in_bulk(similar(client, escalation))

    assert any("escalat" in other.text for other in found.values())


def test_statements_like_takes_few_queries(client):
    statement = say("Draw a genogram.")
    say("All genograms were lost.")
    rebuild_index()
    read(client, statement)

    with CaptureQueriesContext(connection) as captured:
        read(client, statement)

    assert len(captured) <= 10
