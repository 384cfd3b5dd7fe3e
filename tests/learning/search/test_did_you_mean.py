import pytest

from learning.models import Bulletin
from learning.search.did_you_mean import suggestion
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
    rebuild_index()


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
        ('theme:"suprvision" probatoin', 'theme:"suprvision" probation'),
        ("supervised", None),
        ("grroming exploit*", "grooming exploit*"),
        ("xylophone", None),
        ("the", None),
        ("kb", None),
        ("", None),
    ],
)
def test_unknown_words_are_put_as_the_nearest_known_one(world, text, expected):
    assert suggestion(text) == expected


def test_a_word_that_stands_in_something_visible_is_left_alone(world):
    ThemeFactory(name="Trombones")

    assert suggestion("trombone") is None
    assert suggestion("trombome") in ("trombone", "trombones")


def test_a_word_that_only_hidden_records_have_is_no_word(world):
    """Or the hint that stays away would tell that they have it."""
    held = ReviewFactory(label="Open", summary="A probatian.", state=State.HELD)
    bulletin = BulletinFactory(reviews=[held, ReviewFactory()], text="Another supervisian.")
    rebuild_index()
    assert Bulletin.objects.published().filter(pk=bulletin.pk).exists()

    assert suggestion("probatian") == "probation"
    assert suggestion("supervisian") == "supervision"


def test_few_words_are_put_right_and_the_rest_left(world):
    assert suggestion("probatoin " * 30) == "probation " * 30
