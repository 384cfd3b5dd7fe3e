import pytest

from learning.search.language.fields import QueryError
from learning.search.language.understood import understand
from reviews.models import Board
from tests.factories import AgencyFactory, BoardFactory, ReviewFactory, ThemeFactory

pytestmark = pytest.mark.django_db


OLDER = "Northborough Safeguarding Children Board"


@pytest.fixture
def world():
    health = AgencyFactory(slug="health", name="Health services")
    AgencyFactory(slug="visiting", name="Health visiting", synonyms="health visitor", parent=health)
    AgencyFactory(slug="schools", name="Schools", synonyms="primary school")
    ThemeFactory(name="Children not in school", synonyms="missing school\nfamily support")
    AgencyFactory(slug="support", name="Family support")
    for slug, name, short in (
        ("nb", "Northborough Safeguarding Children Board", "NSCB"),
        ("np", "Northborough SCP", ""),
    ):
        ReviewFactory(board=BoardFactory(slug=slug, name=name, short_name=short))


def held(text):
    return [(each.typed, each.field.name, each.value) for each in understand(text).understood]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("questions about fathers", [("questions", "kind", "Question")]),
        ("what are the key learning points on neglect", [("learning points", "kind", "Learning point")]),
        ("lessons about sleep", [("lessons", "kind", "Learning point")]),
        ("lessons from sleep", []),
        ("warning signs of neglect", [("warning signs", "kind", "Risk indicator")]),
        ("take action now", []),
        ("recommendation 3", []),
        ("neglect in 2016", [("2016", "year", "2016")]),
        ("neglect 2014-2016", [("2014-2016", "year", "2014 to 2016")]),
        ("neglect 2014 to 2016", [("2014 to 2016", "year", "2014 to 2016")]),
        ("neglect 2016-2014", []),
        ("section 2016a", []),
        ("Health visitors and sleep", [("Health visitors", "agency", "Health visiting")]),
        ("northborough neglect", [("northborough", "board", f"{OLDER} or Northborough SCP")]),
        ("NSCB", [("NSCB", "board", OLDER)]),
        ("safeguarding children board", []),
        ("schools recommendations 2016", [
            ("schools", "agency", "Schools"), ("recommendations", "kind", "Recommendation"), ("2016", "year", "2016"),
        ]),
        # a longer name, or a theme of the same name, stays words
        ("children not in school", []),
        ("family support", []),
        # nor is anything understood that the reader asks for otherwise
        ('"recommendations" "schools"', []),
        ("-recommendations sleep", []),
        ("recommendations OR sleep", []),
        ("sleep OR schools", []),
        ("recommend* school*", []),
        ("kind:question recommendations", []),
        ("agency:schools recommendations", [("recommendations", "kind", "Recommendation")]),
    ],
)  # fmt: skip
def test_understand_takes_words_for_the_field_that_they_name(world, text, expected):
    assert held(text) == expected


def test_understand_puts_words_in_quotation_marks_to_take_them_back(world):
    [schools, kind] = understand("what are the schools  recommendations?").understood

    assert schools.as_words == 'what are the "schools" recommendations?'
    assert kind.as_words == 'what are the schools "recommendations"?'
    assert held(kind.as_words) == [("schools", "agency", "Schools")]


def test_understand_leaves_a_search_alone_that_is_too_long_to_take_a_word_back(world):
    assert held(f"schools {'x' * 290}") == [("schools", "agency", "Schools")]
    assert held(f"schools {'x' * 291}") == []


def test_understand_knows_no_board_that_is_withheld_or_not_visible(world):
    BoardFactory(name="Southborough Board")
    Board.objects.filter(slug__startswith="n").update(is_withheld=True)

    assert held("northborough southborough") == []


def sought(query):
    return [operand.typed for operand in query.operands], [field.name for field in query.fields]


def test_attempts_give_names_up_first_then_everything_then_phrases(world):
    attempts = understand('schools recommendations "safe sleep"').attempts

    phrase, words = ["“safe sleep”"], ["safe", "sleep"]
    assert [(sought(each.statements), sought(each.others), each.is_loosened) for each in attempts] == [
        ((phrase, ["agency", "kind"]), (["schools", *phrase], ["kind"]), False),
        ((["schools", *phrase], ["kind"]), (["schools", *phrase], ["kind"]), False),
        ((["schools", "recommendations", *phrase], []), (["schools", "recommendations", *phrase], []), False),
        ((words, ["agency", "kind"]), (["schools", *words], ["kind"]), True),
        ((["schools", *words], ["kind"]), (["schools", *words], ["kind"]), True),
        ((["schools", "recommendations", *words], []), (["schools", "recommendations", *words], []), True),
    ]


def test_understand_blank_text_is_empty_and_nonsense_is_refused(world):
    assert not understand("  ")
    with pytest.raises(QueryError, match="no word"):
        understand("***")
