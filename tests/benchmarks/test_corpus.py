"""Samples by the thousand: plainly samples, whole, and never beside real records."""

import random
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from learning.models import PublicText, SearchDocument, Statement
from learning.search import index
from reviews.models import Board, Review, ReviewTheme
from reviews.state import State
from tests.benchmarks.corpus import __main__ as corpus_module
from tests.benchmarks.corpus.__main__ import CorpusError
from tests.benchmarks.corpus.sentences import Words
from tests.factories import ReviewFactory

pytestmark = pytest.mark.django_db


def make(reviews: int = 30) -> str:
    return corpus_module.make(reviews, is_quiet=True)


@pytest.fixture
def corpus():
    return make()


def documents() -> set[tuple]:
    return set(SearchDocument.objects.values_list("pk", "review", "statement", "bulletin", *index.FIELDS))


def test_it_makes_what_is_asked_for_and_says_so(corpus):
    assert Review.objects.count() == 30
    assert f"30 sample reviews with {Statement.objects.count()} statements" in corpus
    assert Statement.objects.published().count() < Statement.objects.count()


def test_everything_says_that_it_is_a_sample(corpus):
    assert {board.name.split()[0] for board in Board.objects.all()} == {"Sample"}
    assert {review.label.split()[0] for review in Review.objects.all()} == {"Sample"}
    assert all(text.startswith("Sample") for text in PublicText.objects.values_list("text", flat=True))


def test_every_statement_stands_at_its_passage(corpus):
    call_command("verify_statements", stdout=StringIO())


def test_the_index_is_what_it_would_be_made_anew(corpus):
    made = documents()
    index.rebuild_index()

    assert documents() == made


def test_some_terms_are_far_more_frequent_than_others(corpus):
    frequent = [count for _, count in Counter(ReviewTheme.objects.values_list("theme", flat=True)).most_common()]

    assert frequent[0] >= 4 * frequent[len(frequent) // 2]


def test_the_same_seed_makes_the_same_words():
    first, same, other = (Words(random.Random(seed)) for seed in (1, 1, 2))

    assert [first.sentence() for _ in range(50)] == [same.sentence() for _ in range(50)]
    assert first.clauses != other.clauses


def test_records_can_be_added_afterwards(corpus):
    assert ReviewFactory().pk > 30


def test_it_refuses_a_database_that_is_not_empty():
    ReviewFactory(state=State.DRAFT)

    with pytest.raises(CorpusError, match="holds reviews or bulletins already"):
        make()


def test_it_refuses_production(settings):
    settings.IS_DEVELOPMENT = False

    with pytest.raises(CorpusError, match="for development only"):
        make()


def test_it_refuses_to_make_none():
    with pytest.raises(CorpusError, match="1 or more"):
        make(reviews=0)
