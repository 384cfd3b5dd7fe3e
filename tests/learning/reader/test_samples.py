"""The reader against whole bulletins with their answers: those it was tuned on, and those that nobody looked at."""

from collections import Counter
from pathlib import Path

import pytest

from learning.reader.document import read_document

from .scoring import Score, holds, score, words

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "reading"


@pytest.fixture(scope="module")
def seen() -> Score:
    return score(SAMPLES / "seen")


def test_read_document_finds_the_statements_of_seen(seen):
    assert seen.f1 >= 0.9


def test_read_document_is_word_for_word(seen):
    assert (seen.misplaced, seen.invented) == (0, 0)


def test_read_document_finds_counts_and_reviews(seen):
    assert (seen.counts_wrong, seen.reviews_missed, seen.reviews_wrong) == ([], [], [])


def test_read_document_finds_the_statements_of_seen_more():
    total = score(SAMPLES / "seen_more")
    assert total.f1 >= 0.95
    assert total.misplaced == 0


def test_read_document_makes_no_word_up():
    """Also where a statement does not stand unbroken in the file: in a cell that goes on over several lines."""
    for path in sorted((SAMPLES / "seen_more").glob("*.txt")):
        printed = Counter(words(path.read_text(encoding="utf-8")))
        for statement in read_document(path.name, path.read_bytes()).reading.statements:
            assert not Counter(words(statement.text)) - printed, (path.stem, statement.text)


@pytest.mark.parametrize(("folder", "least"), [("unseen", 0.81), ("unseen_more", 0.89)])
def test_read_document_finds_the_statements_of_unseen(folder, least):
    """Only totals: whoever tunes the reader must not learn from these texts.

    The aim is 0.85 for the two together, which stand at 0.83 and 0.91. What is held here is that neither gets worse,
    and that nothing is ever invented or misplaced.
    """
    total = score(SAMPLES / folder)
    print(f"F1 {total.f1:.3f} over {total.wanted} statements")  # noqa: T201
    assert total.f1 >= least
    assert (total.misplaced, total.invented) == (0, 0)


def test_read_document_finds_the_statements_of_both_unseen_halves():
    halves = [score(SAMPLES / folder) for folder in ("unseen", "unseen_more")]
    matched = sum(half.matched for half in halves)
    assert 2 * matched / sum(half.wanted + half.given for half in halves) >= 0.85


def test_scoring_compares_words():
    assert words("**A** <b>child’s</b> [day](x)") == ["a", "child's", "day"]
    assert holds("one two\n3\nthree", "two three")
    assert not holds("one two three", "one three")
