"""Who changed what, when and why: also through a proxy, for tags, and never with a redacted word."""

import pytest

from learning.models import LearningPoint, Recommendation, SourceDocument, Statement, StatementTheme
from tests.factories import BulletinFactory, StatementFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("proxy", "kind"), [(LearningPoint, "learning_point"), (Recommendation, "recommendation")])
def test_a_write_through_a_proxy_lands_in_the_same_history(proxy, kind):
    statement = StatementFactory(kind=kind, text="Sample words.")
    same = proxy.objects.get(pk=statement.pk)

    same.citation = "Sample source, 2020"
    same._change_reason = "Citation added"
    same.save()

    newest = Statement.objects.get(pk=statement.pk).history.first()
    assert (newest.citation, newest.history_change_reason) == ("Sample source, 2020", "Citation added")
    assert Statement.history.filter(id=statement.pk).count() == 2


def test_a_deletion_through_a_proxy_lands_in_the_same_history():
    statement = StatementFactory(kind="recommendation")
    pk = statement.pk

    Recommendation.objects.get(pk=pk).delete()

    assert Statement.history.filter(id=pk).first().history_type == "-"


def test_a_proxy_finds_its_own_kind_only():
    point = StatementFactory(kind="learning_point")
    StatementFactory(kind="recommendation")

    assert [found.pk for found in LearningPoint.objects.all()] == [point.pk]


def test_a_tag_that_is_added_and_taken_away_leaves_both_in_the_history():
    statement = StatementFactory(themes=[ThemeFactory()])
    statement.theme_tags.get().delete()

    kinds = list(StatementTheme.history.filter(statement_id=statement.pk).values_list("history_type", flat=True))

    assert kinds == ["-", "+"]


def test_the_history_of_a_source_document_holds_none_of_its_words():
    bulletin = BulletinFactory(text="Sentinel words that were redacted later.")

    rows = list(SourceDocument.history.filter(bulletin_id=bulletin.pk).values())

    assert rows
    assert "Sentinel" not in str(rows)
