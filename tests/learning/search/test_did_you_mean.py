import pytest

from learning.catalogue import current
from learning.models import Bulletin
from learning.search.backends import find_each
from learning.search.did_you_mean import Hint
from learning.search.index import rebuild_index
from reviews.state import State
from tests.factories import AgencyFactory, BoardFactory, BulletinFactory, ReviewFactory, StatementFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    ThemeFactory(name="Child sexual exploitation", synonyms="grooming\nco-sleeping")
    ThemeFactory(name="Supervision")
    AgencyFactory(name="Probation")
    ReviewFactory(board=BoardFactory(name="Knowsley Board", short_name="KB"), label="Young Person Quartz")
    StatementFactory(text="A trombone was heard.")
    ReviewFactory(label="Whole", summary="Probation supervision.")
    rebuild_index()


def hint(text):
    hint = Hint(current(), text)
    return hint.best(find_each(hint.asked)) if hint.changes else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("exploitaton", "exploitation"),
        ("explioitation", "exploitation"),
        ("Knowlsey", "Knowsley"),
        ("probatoin suprvision", "probation supervision"),
        ('"sexaul exploitation" -quarts', '"sexual exploitation" -quartz'),
        ("cosleeping", "co-sleeping"),
        ("theme:supervision suprvision", "theme:supervision supervision"),
        ('theme:"suprvision" probatoin', None),
        ("supervised", None),
        ("grroming exploit*", "grooming exploit*"),
        ("xylophone", None),
        ("the", None),
        ("kb", None),
        ("", None),
    ],
)
def test_hint_puts_unknown_words_as_the_nearest_known_one(world, text, expected):
    assert hint(text) == expected


def test_hint_leaves_a_word_alone_that_stands_in_something_visible(world):
    ThemeFactory(name="Trombones")

    assert hint("trombone") is None
    assert hint("trombome") in ("trombone", "trombones")


def test_hint_takes_a_word_of_hidden_records_alone_for_unknown(world):
    """Or the hint that stays away would tell that they have it."""
    held = ReviewFactory(label="Open", summary="A probatian.", state=State.HELD)
    bulletin = BulletinFactory(reviews=[held, ReviewFactory()], text="Another supervisian.")
    rebuild_index()
    assert Bulletin.objects.published().filter(pk=bulletin.pk).exists()

    assert hint("probatian") == "probation"
    assert hint("supervisian") == "supervision"


def test_hint_puts_few_words_right_and_leaves_the_rest(world):
    assert hint("probatoin " * 30) == "probation " * 30
