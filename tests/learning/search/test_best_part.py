import pytest

from learning.catalogue import current
from learning.search import best_part, results
from learning.search.index import rebuild_index
from learning.search.language.understood import understand
from learning.search.results import Results
from reviews.state import State
from tests.factories import BulletinFactory, ReviewFactory, StatementFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(monkeypatch):
    """Six statements and two reviews with a word, of which three and one are ranked."""
    monkeypatch.setattr(best_part, "MOST", {"statement": 3})
    monkeypatch.setattr(best_part, "MOST_OF_OTHERS", 1)
    monkeypatch.setattr(best_part, "COMMON", 4)
    monkeypatch.setattr(results, "ENOUGH", 1)
    theme = ThemeFactory(name="Quartz")
    bulletin = BulletinFactory(reviews=[ReviewFactory(label="Quartz one"), ReviewFactory(label="Quartz two")])
    words = ["Quartz 1.", "Quartz 2.", "Quartz 3.", "Stone 4.", "Quartz 5.", "Stone 6."]
    made = [StatementFactory(bulletin=bulletin, review=None, text=text, themes=[theme]) for text in words]
    StatementFactory(text="Opal.")
    rebuild_index()
    return made


def found(text, kind="learning"):
    return Results(current(), understand(text)).found[kind]


def test_find_best_ranks_the_newest_of_a_common_word_and_says_that_there_is_more(crowd):
    ranked = found("quartz")

    assert ranked.keys(0, 9)[0] == crowd[4].pk
    assert set(ranked.keys(0, 9)) == {statement.pk for statement in crowd[3:]}
    assert ranked.is_cut


def test_find_best_ranks_all_where_few_have_the_words(crowd):
    ranked = found("opal")

    assert (len(ranked), ranked.is_cut) == (1, False)


def test_find_best_cuts_each_kind_by_itself(crowd):
    assert (len(found("quartz", "reviews")), found("quartz", "reviews").is_cut) == (1, True)
    assert (len(found("quartz", "themes")), found("quartz", "themes").is_cut) == (1, False)


def test_find_best_loses_nothing_that_also_has_a_field(crowd):
    type(crowd[0]).objects.filter(pk=crowd[0].pk).update(kind="question")

    ranked = found("quartz kind:question")

    assert (ranked.keys(0, 9), ranked.is_cut) == ([crowd[0].pk], False)


def test_find_best_lets_nothing_hidden_push_what_is_visible_out(crowd):
    type(crowd[0]).objects.filter(pk__gte=crowd[3].pk).update(bulletin=BulletinFactory(state=State.HELD))

    ranked = found("quartz")

    assert (set(ranked.keys(0, 9)), ranked.is_cut) == ({statement.pk for statement in crowd[:3]}, False)


def test_search_says_that_very_many_have_the_words(crowd, client):
    html = client.get("/search/", {"q": "quartz", "type": "learning"}).content.decode()

    assert "More than 3 statements for" in html
    assert "Very many records have these words" in html
    assert "3+" in html
