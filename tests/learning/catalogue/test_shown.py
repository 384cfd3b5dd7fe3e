"""What a content note says, and that search engines are asked not to list a page for what is on it and nothing else."""

from typing import Any

import pytest

from learning.catalogue import current
from learning.catalogue.shown import Shown
from reviews.models import Review
from tests.factories import (
    WITHHELD,
    BulletinFactory,
    ChildFactory,
    ReviewFactory,
    StatementFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def shown(**records: Any) -> Shown:
    return Shown.of(
        current(), **{name: found if isinstance(found, list) else [found] for name, found in records.items()}
    )


def distressing(*names: str) -> list[Any]:
    return [ThemeFactory(name=name, has_content_note=True, position=n) for n, name in enumerate(names)]


# --- the content note ---------------------------------------------------------------------------------------------


def test_content_note_tells_of_the_case_first_and_then_of_the_statement_itself():
    own, of_case, mild = *distressing("Self-harm", "Child sexual exploitation"), ThemeFactory(name="Mild")
    review = ReviewFactory(nature="death", themes=[of_case, mild])
    statement = StatementFactory(review=review, themes=[own])

    assert shown(cases=review).content_note == "About a child’s death and child sexual exploitation."
    note = shown(statements=statement).content_note
    assert note == "About a child’s death, child sexual exploitation and self-harm."


def test_content_note_of_a_review_without_such_a_theme_says_what_happened():
    review = ReviewFactory(nature="death")

    assert shown(statements=StatementFactory(review=review)).content_note == "About a child’s death."


def test_content_note_has_the_most_frequent_themes_first_and_cuts_the_rest():
    themes = distressing("One", "Two", "Three", "Four", "Five", "Six")
    reviews = [ReviewFactory(nature="death", themes=themes[n:]) for n in range(6)]

    assert shown(cases=reviews[:1]).content_note == "About a child’s death, one, two and other harm."
    assert shown(cases=reviews).content_note == "About the deaths of children, six, five and other harm."
    assert shown(cases=reviews[2:3]).content_note == "About a child’s death, three, four and other harm."


@pytest.mark.parametrize(
    ("natures", "words"),
    [
        (["serious-harm"], "serious harm to a child"),
        (["serious-harm", "serious-harm"], "serious harm to children"),
        (["serious-harm", "death"], "children who died or were seriously harmed"),
        (["not-stated", "other"], ""),
    ],
)
def test_content_note_says_how_the_cases_ended(natures, words):
    assert shown(cases=[ReviewFactory(nature=nature) for nature in natures]).content_note == (
        words and f"About {words}."
    )


def test_content_note_calls_nobody_a_child_where_the_review_is_of_adults():
    assert shown(cases=ReviewFactory(nature="death", type=Review.Type.DHR)).content_note == "About somebody’s death."


def test_content_note_leaves_out_what_is_only_named():
    review = ReviewFactory(nature="death", themes=distressing("Self-harm"))

    assert shown(named=review, titles=review.bulletins.get()).content_note == ""


# --- search engines -----------------------------------------------------------------------------------------------


@pytest.fixture
def unlisted() -> Review:
    review: Review = ReviewFactory(label="Child Z", bulletin=BulletinFactory(title="Learning from CHILD  Z"))
    ChildFactory(review=review, **WITHHELD)
    return review


def test_a_page_is_indexed_unless_it_shows_something_of_an_unlisted_review(unlisted):
    bulletin = unlisted.bulletins.get()
    statement = StatementFactory(review=unlisted, bulletin=bulletin)
    other = StatementFactory()

    assert not shown(statements=statement).is_indexed
    assert not shown(cases=unlisted).is_indexed
    assert not shown(named=unlisted).is_indexed
    assert not shown(texts=bulletin).is_indexed
    assert not shown(titles=bulletin).is_indexed
    assert shown(
        statements=other, cases=other.review, named=other.review, texts=other.bulletin, titles=other.bulletin
    ).is_indexed


def test_a_statement_of_no_review_may_be_about_any_of_its_bulletin(unlisted):
    bulletin = BulletinFactory(title="Winter", reviews=[unlisted, ReviewFactory()])
    other = bulletin.reviews.exclude(pk=unlisted.pk).get()

    assert not shown(statements=StatementFactory(bulletin=bulletin, review=None)).is_indexed
    assert shown(statements=StatementFactory(bulletin=bulletin, review=other), titles=bulletin).is_indexed


def test_a_record_that_is_gone_says_nothing(unlisted):
    unlisted.state = "held"
    unlisted.save()

    assert shown(cases=unlisted).is_indexed
