"""Which reviews and statements are related to another, in which order, and why."""

import pytest

from learning.catalogue import current
from learning.catalogue.related import nearest_statements, reason_of, related_reviews
from learning.models import Statement
from reviews.models import Review
from reviews.state import State
from tests.factories import BulletinFactory, ReviewFactory, StatementFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def of(related):
    return [(one.record, one.reason) for one in related]


def related_statements(statement):
    """Those like it, each with the reason."""
    record_set = current().statements
    found = [
        Statement.objects.get(pk=key) for key in nearest_statements(current(), int(record_set.ordinals[statement.pk]))
    ]
    return [(other, reason_of(other, statement)) for other in found]


def test_related_reviews_share_a_theme_and_say_which():
    missing, placement, debt = (ThemeFactory(name=name) for name in ("Missing", "Placement", "Debt"))
    review = ReviewFactory(themes=[missing, placement])
    near = ReviewFactory(themes=[missing, placement, debt])
    ReviewFactory(themes=[debt])

    assert of(related_reviews(review)) == [(near, "Shares the themes Missing and Placement")]


def test_related_reviews_a_rare_theme_weighs_more_than_a_common_one():
    rare, common = ThemeFactory(name="Rare"), ThemeFactory(name="Common")
    review = ReviewFactory(themes=[rare, common])
    by_common = ReviewFactory(label="A", themes=[common])
    ReviewFactory(label="B", themes=[common])
    by_rare = ReviewFactory(label="C", themes=[rare])

    related = of(related_reviews(review))

    assert related[0] == (by_rare, "Shares the theme Rare")
    assert related[1] == (by_common, "Shares the theme Common")


@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.HELD])
def test_related_reviews_are_published(state):
    theme = ThemeFactory()
    review = ReviewFactory(themes=[theme])
    ReviewFactory(themes=[theme], state=state)
    ReviewFactory(themes=[theme], bulletin=BulletinFactory(state=state))

    assert related_reviews(review) == []


def test_related_reviews_of_a_review_without_themes_are_none():
    ReviewFactory(themes=[ThemeFactory()])

    assert related_reviews(ReviewFactory()) == []


def test_related_statements_are_of_other_reviews():
    theme = ThemeFactory(name="Escalation")
    statement = StatementFactory(themes=[theme])
    StatementFactory(bulletin=statement.bulletin, themes=[theme])
    StatementFactory(review=None, themes=[theme])
    StatementFactory()
    other = StatementFactory(themes=[theme])

    assert related_statements(statement) == [(other, "Shares the theme Escalation")]


def test_related_statements_of_a_whole_bulletin_are_of_other_bulletins():
    theme = ThemeFactory(name="Escalation")
    other = StatementFactory(themes=[theme])
    statement = StatementFactory(review=None, themes=[theme])
    StatementFactory(bulletin=statement.bulletin, review=ReviewFactory(bulletin=statement.bulletin), themes=[theme])

    assert related_statements(statement) == [(other, "Shares the theme Escalation")]


def test_related_statements_prefer_the_same_kind():
    theme = ThemeFactory()
    statement = StatementFactory(kind="recommendation", themes=[theme])
    point = StatementFactory(kind="learning_point", themes=[theme])
    recommendation = StatementFactory(kind="recommendation", themes=[theme])

    assert [other for other, _ in related_statements(statement)] == [recommendation, point]


def test_related_statements_come_from_as_many_reviews_as_there_are():
    theme, rare = ThemeFactory(), ThemeFactory()
    statement = StatementFactory(themes=[theme, rare])
    first = StatementFactory(themes=[theme, rare])
    StatementFactory(bulletin=first.bulletin, themes=[theme, rare])
    second, third = StatementFactory(themes=[theme]), StatementFactory(themes=[theme])

    assert [other for other, _ in related_statements(statement)] == [first, second, third]


def test_related_statements_are_published():
    theme = ThemeFactory()
    statement = StatementFactory(themes=[theme])
    hidden = StatementFactory(themes=[theme])
    Review.objects.filter(pk=hidden.review_id).update(state=State.HELD)

    assert related_statements(statement) == []
