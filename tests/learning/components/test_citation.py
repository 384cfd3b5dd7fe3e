"""How a bulletin and a statement are cited."""

from datetime import date

import pytest

from learning.components.citation import cite_bulletin, cite_statement
from tests.factories import BoardFactory, BulletinFactory, ReviewFactory, StatementFactory

pytestmark = pytest.mark.django_db


def sample_bulletin(**fields):
    board = BoardFactory(name="Sampleshire Safeguarding Children Board", is_withheld=fields.pop("is_withheld", False))
    return BulletinFactory(board=board, title="Learning from Child Z", **fields)


def test_cite_bulletin_has_board_title_and_date_as_printed():
    bulletin = sample_bulletin(published_on=date(2015, 7, 1), published_precision="month")

    assert cite_bulletin(bulletin, "https://kb.example/b/") == (
        "Sampleshire Safeguarding Children Board, “Learning from Child Z”, July 2015. "
        "Case review knowledge base, https://kb.example/b/"
    )


def test_cite_bulletin_names_the_author_that_is_printed():
    bulletin = sample_bulletin(author="A. Sample, Head of Samples", period="Winter 2017/2018")

    assert cite_bulletin(bulletin, "u") == (
        "Sampleshire Safeguarding Children Board, by A. Sample, Head of Samples, “Learning from Child Z”, "
        "Winter 2017/2018. Case review knowledge base, u"
    )


def test_cite_bulletin_says_that_no_date_is_printed():
    assert "“Learning from Child Z”, no date printed." in cite_bulletin(sample_bulletin(), "u")


def test_cite_bulletin_of_a_withheld_board_names_neither_board_nor_author():
    words = cite_bulletin(sample_bulletin(is_withheld=True, author="A. Sample"), "u")

    assert words.startswith("A board whose name is withheld, “Learning from Child Z”")


def test_cite_statement_has_number_review_and_version():
    bulletin = sample_bulletin(published_on=date(2015, 7, 1), published_precision="month")
    review = ReviewFactory(label="Child Z", bulletin=bulletin)
    statement = StatementFactory(bulletin=bulletin, review=review, number="10")

    assert cite_statement(statement, "https://kb.example/learning/1/") == (
        "Sampleshire Safeguarding Children Board, “Learning from Child Z”, July 2015, learning point 10 (Child Z). "
        "Case review knowledge base, https://kb.example/learning/1/ (version 1)"
    )


def test_cite_statement_says_when_it_was_corrected():
    statement = StatementFactory(version=3, corrected_on=date(2026, 5, 4))

    assert cite_statement(statement, "u").endswith("u (version 3, corrected on 4 May 2026)")


def test_cite_statement_of_no_review_names_none():
    statement = StatementFactory(bulletin=sample_bulletin(), review=None, kind="fact")

    assert "no date printed, fact. Case review" in cite_statement(statement, "u")
