from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import connection

from learning.models import Bulletin, SearchDocument
from learning.search import index
from learning.search.backends import find
from learning.search.language.query import parse
from reviews.models import Board, ReviewAlias
from reviews.state import State
from tests.factories import (
    BoardFactory,
    BulletinFactory,
    ChildFactory,
    ReviewFactory,
    StatementFactory,
    ThemeFactory,
    add_paragraph,
)

pytestmark = pytest.mark.django_db

SENTINEL = "Zyxwsentinel"


def document(**record):
    return SearchDocument.objects.get(**record)


def lines(text):
    return text.splitlines()


def everything():
    return "\n".join(text for row in SearchDocument.objects.values_list("title", "labels", "body") for text in row)


@pytest.fixture
def board():
    return BoardFactory(name="Sampleshire Board", short_name="SSB", identified_as="Sampleton Board",
                        identification_source="a letter")  # fmt: skip


# --- what stands in a document ---------------------------------------------------------------------------------------


def test_index_review_makes_its_document(board):
    theme = ThemeFactory(name="Neglect", synonyms="child neglect\nlong neglect")
    review = ReviewFactory(board=board, label="Child Q", aliases=["Review Q"], themes=[theme], summary="Two sentences.")
    ChildFactory(review=review, pseudonym="Young Person")

    index.index_review(review)

    found = document(review=review)
    assert (found.title, found.body) == ("Child Q", "Two sentences.")
    assert lines(found.labels) == [
        "Child Q", "Review Q", "Young Person", "Sampleshire Board", "SSB", "Sampleton Board", "Neglect",
        "child neglect", "long neglect",
    ]  # fmt: skip


def test_index_statement_document_holds_its_lead_in(board):
    review = ReviewFactory(board=board, label="Child Q", aliases=["Review Q"])
    lead_in = StatementFactory(review=review, kind="action", text="We have made sure that:")
    theme = ThemeFactory(name="Neglect", synonyms="child neglect")
    part = StatementFactory(
        review=review, kind="action", number="2", text="workers ask.", parent=lead_in, themes=[theme]
    )

    index.index_bulletin(part.bulletin)

    found = document(statement=part)
    assert found.title == "workers ask."
    assert found.body == "We have made sure that:"
    assert lines(found.labels) == [
        "Action 2 Child Q", "Child Q", "Review Q", "Sampleshire Board", "SSB", "Sampleton Board", "Neglect"
    ]  # fmt: skip


def test_index_statement_of_no_review_goes_by_its_bulletin():
    bulletin = BulletinFactory(title="Winter bulletin")
    statement = StatementFactory(bulletin=bulletin, review=None, kind="fact")

    index.index_bulletin(bulletin)

    assert lines(document(statement=statement).labels)[:2] == ["Fact Winter bulletin", "Winter bulletin"]


def test_index_bulletin_document_follows_its_rights(board):
    text = "A paragraph between.\n\nA statement."
    bodies = {}
    for rights in Bulletin.Rights.values:
        bulletin = BulletinFactory(board=board, title="Winter", rights=rights, text=text)
        StatementFactory(bulletin=bulletin, review=None, text="A statement.")
        index.index_bulletin(bulletin)
        bodies[rights] = document(bulletin=bulletin).body

    assert bodies == {
        "full-text": "A paragraph between. A statement.",
        "passages": "A statement.",
        "metadata": "",
    }


def test_index_bulletin_document_has_the_names_of_its_reviews(board):
    review = ReviewFactory(board=board, label="Child A", aliases=["Review Z"])
    bulletin = review.bulletins.get()

    index.index_bulletin(bulletin)

    assert document(bulletin=bulletin).title == bulletin.title
    assert lines(document(bulletin=bulletin).labels) == [
        "Sampleshire Board", "SSB", "Sampleton Board", "Child A", "Review Z", "xaxchild"
    ]  # fmt: skip


def test_index_theme_makes_its_document():
    theme = ThemeFactory(name="Missing", synonyms="absconding", dfe_codes="10A 24A", definition="One sentence.")

    index.index_theme(theme)

    found = document(theme=theme)
    assert (found.title, lines(found.labels), found.body) == ("Missing", ["absconding", "10A", "24A"], "One sentence.")


def test_index_boards_by_those_before_and_after_them():
    partnership = BoardFactory(name="Partnership", short_name="P")
    board = BoardFactory(name="Old Board", short_name="OB", succeeded_by=partnership)
    beside = BoardFactory(name="Other Old Board", succeeded_by=partnership)
    review = ReviewFactory(board=board)

    index.rebuild_index()

    assert lines(document(board=partnership).labels) == ["P", "Other Old Board", "Old Board", "OB"]
    assert lines(document(board=board).labels) == ["OB", "Partnership", "P"]
    assert document(board=beside).title == "Other Old Board"
    assert lines(document(review=review).labels)[1:] == ["Old Board", "OB", "Partnership", "P"]


def test_index_boards_that_succeed_each_other_in_a_circle():
    first = BoardFactory(name="First")
    second = BoardFactory(name="Second", succeeded_by=first)
    Board.objects.filter(pk=first.pk).update(succeeded_by=second)

    index.rebuild_index()

    assert lines(document(board=first).labels) == ["Second"]


# --- what must stand in none -----------------------------------------------------------------------------------------


def test_index_names_a_withheld_board_in_no_document():
    partnership = BoardFactory(name="Partnership")
    board = BoardFactory(
        name=SENTINEL, short_name=SENTINEL, identified_as=SENTINEL, identification_source=SENTINEL, website=SENTINEL,
        succeeded_by=partnership, is_withheld=True,
    )  # fmt: skip
    review = ReviewFactory(board=board)
    StatementFactory(review=review)

    index.rebuild_index()

    assert SENTINEL not in everything()
    assert document(board=board).title == "A board whose name is withheld"
    assert document(board=board).labels == ""
    assert "Partnership" not in document(review=review).labels


def test_index_holds_no_raw_text():
    statement = StatementFactory(text="Public words.")
    source = statement.bulletin.source_document
    source.text = f"{SENTINEL} {source.text}"
    source.save()

    index.rebuild_index()

    assert SENTINEL not in everything()


def test_index_holds_no_sensitive_block():
    bulletin = BulletinFactory(text="Before it.")
    start, end = add_paragraph(bulletin, f"How it was done: {SENTINEL}.", sensitive=True)
    add_paragraph(bulletin, "After it.")
    inside = StatementFactory(bulletin=bulletin, review=None, text=f"How it was done: {SENTINEL}.")
    part = StatementFactory(bulletin=bulletin, review=None, text="A part.", parent=inside)

    index.rebuild_index()

    assert (inside.start, inside.end) == (start, end)
    assert SENTINEL not in everything()
    assert document(bulletin=bulletin).body == "Before it. […] After it. A part."
    assert (document(statement=inside).title, document(statement=inside).body) == ("", "")
    assert (document(statement=part).title, document(statement=part).body) == ("A part.", "")


# --- keeping in step -------------------------------------------------------------------------------------------------


def found(text):
    keys = [
        SearchDocument.key_for(record, key) for record, hits in find(parse(text)).items() for key in hits.keys.tolist()
    ]
    return sorted(SearchDocument.objects.filter(pk__in=keys).values_list("title", flat=True))


def test_rebuild_index_takes_records_in_any_state():
    ReviewFactory(label="Draft one", state=State.DRAFT, bulletin=None)

    index.rebuild_index()

    assert found("draft") == ["Draft one"]


def test_rebuild_index_again_changes_nothing():
    StatementFactory()
    count = index.rebuild_index()
    before = everything()

    assert index.rebuild_index() == count == SearchDocument.objects.count()
    assert everything() == before


def test_index_review_refreshes_its_statements_and_bulletins():
    review = ReviewFactory(label="Child Q", bulletin=BulletinFactory(title="Winter"))
    StatementFactory(review=review, text="Words.")
    index.rebuild_index()
    ReviewAlias.objects.create(review=review, name="Quartz")

    index.index_review(review)

    assert found("quartz") == ["Child Q", "Winter", "Words."]


def test_index_theme_refreshes_what_it_is_a_theme_of():
    theme = ThemeFactory(name="Before")
    review = ReviewFactory(label="Child Q", themes=[theme])
    StatementFactory(review=review, text="Words.", themes=[theme])
    index.rebuild_index()
    theme.name = "Quartz"
    theme.save()

    index.index_theme(theme)

    assert found("quartz") == ["Child Q", "Quartz", "Words."]
    assert found("before") == []


def test_index_board_takes_a_withheld_one_out_of_every_document():
    partnership = BoardFactory(name="Partnership")
    board = BoardFactory(name="Quartz Board", short_name="QB", succeeded_by=partnership)
    StatementFactory(review=ReviewFactory(board=board))
    ReviewFactory(board=partnership)
    index.rebuild_index()
    assert len(found("quartz")) == 7

    board.is_withheld = True
    board.succeeded_by = None
    board.save()
    index.index_board(board)

    assert found("quartz") == found("QB") == []


def test_find_no_more_what_is_changed_or_deleted():
    review = ReviewFactory(label="Quartz", bulletin=None)
    index.rebuild_index()
    SearchDocument.objects.filter(review=review).update(title="Flint", **index.stems_of("Flint", "", ""))
    assert (found("quartz"), found("flint")) == ([], ["Flint"])

    review.delete()

    assert found("flint") == []


def test_migration_puts_own_words_first_and_changes_nothing_again():
    migration = import_module("learning.migrations.0012_own_words_first")
    before = ("Action 2 Child Q", "Child Q\nNeglect", "We make sure that:\nworkers ask.")
    after = ("workers ask.", "Action 2 Child Q\nChild Q\nNeglect", "We make sure that:")

    assert migration.own_words_first(*before, "workers ask.") == after
    assert migration.own_words_first(*after, "workers ask.") == after
    assert migration.own_words_first("Fact Winter", "Winter", "", "sensitive words") == ("", "Fact Winter\nWinter", "")
    assert migration.own_words_first("Child Q", "", "Child Q.", None) == ("Child Q", "", "Child Q.")


QUERIES_TO_REBUILD = {"sqlite": 24, "postgresql": 23}


@pytest.mark.parametrize("statements", [1, 3])
def test_rebuild_index_asks_as_often_for_one_statement_as_for_three(django_assert_num_queries, statements):
    bulletin = BulletinFactory()
    review = ReviewFactory(bulletin=bulletin, themes=[ThemeFactory()])
    for _ in range(statements):
        StatementFactory(bulletin=bulletin, themes=[ThemeFactory()])
    ChildFactory(review=review)

    with django_assert_num_queries(QUERIES_TO_REBUILD[connection.vendor]):
        index.rebuild_index()


def test_rebuild_index_command_says_how_many(capsys):
    ReviewFactory()

    call_command("rebuild_index")

    assert capsys.readouterr().out == "3 search documents made.\n"


@pytest.mark.django_db(transaction=True)
def test_rebuild_index_after_a_flush():
    ReviewFactory(label="Quartz", bulletin=None)
    index.rebuild_index()

    call_command("flush", interactive=False, verbosity=0)

    assert found("quartz") == []
    ReviewFactory(label="Flint", bulletin=None)
    index.rebuild_index()
    assert (found("quartz"), found("flint")) == ([], ["Flint"])


@pytest.mark.django_db(transaction=True)
def test_migration_makes_the_stems_of_a_filled_database_and_can_be_taken_back():
    review = ReviewFactory(label="Quartz", summary="Éa’s chronologies of ½ a year, in order.", bulletin=None)
    StatementFactory(text="Ask\u00ading at A&E.", lead_in="Before:", lead_in_start=0, lead_in_end=1)
    index.rebuild_index()
    rows = SearchDocument.objects.order_by("pk").values(*index.FIELDS)
    before = list(rows)

    try:
        call_command("migrate", "learning", "0006", verbosity=0)
    finally:
        call_command("migrate", "learning", verbosity=0)

    assert list(rows) == before
    assert "Ask\u00ading at A&E." in found("asking ae")
    assert found("chronological") == ["Quartz"]
    review.delete()
    assert found("quartz") == []
