"""The reader against whole bulletins with their answers: those it was tuned on, and those that nobody looked at."""

from pathlib import Path

import pytest

from .scoring import Score, holds, score, words

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "reading"


@pytest.fixture(scope="module")
def seen() -> Score:
    return score(SAMPLES / "seen")


def test_seen_statements(seen):
    assert seen.f1 >= 0.9


def test_seen_is_word_for_word(seen):
    assert (seen.misplaced, seen.invented) == (0, 0)


def test_seen_counts_and_reviews(seen):
    assert (seen.counts_wrong, seen.reviews_missed, seen.reviews_wrong) == ([], [], [])


def test_unseen():
    """Only totals: whoever tunes the reader must not learn from these texts.

    The aim is 0.85; the first version reaches 0.72. What is held here is that it does not get worse, and that nothing
    is ever invented or misplaced.
    """
    total = score(SAMPLES / "unseen")
    print(f"F1 {total.f1:.3f} over {total.wanted} statements")  # noqa: T201
    assert total.f1 >= 0.7
    assert (total.misplaced, total.invented) == (0, 0)


def test_the_scorer_compares_words():
    assert words("**A** <b>child’s</b> [day](x)") == ["a", "child's", "day"]
    assert holds("one two\n3\nthree", "two three")
    assert not holds("one two three", "one three")
