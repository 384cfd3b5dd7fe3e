import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from learning.browse.filters import ReviewListFilter, StatementFilter
from learning.catalogue import current
from learning.search.index import rebuild_index
from learning.search.language.fields import QueryError
from learning.search.language.query import parse
from learning.search.language.understood import understand
from learning.search.results import Results, fetched
from reviews.state import State
from tests.factories import BoardFactory, BulletinFactory, ReviewFactory, StatementFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Two boards with a bulletin and a review each, a group of themes, and statements of three kinds."""
    group = ThemeFactory(slug="abuse", name="Abuse and neglect")
    neglect = ThemeFactory(slug="neglect", name="Neglect", synonyms="poor care", parent=group)
    suicide = ThemeFactory(slug="suicide", name="Suicide")
    north = BoardFactory(slug="north", name="NSCB", identified_as="Northshire Board", identification_source="A list.")
    south = BoardFactory(slug="south", name="Southshire Partnership", short_name="SP")
    first = BulletinFactory(board=north, title="First bulletin", first_year=2014, last_year=2015)
    second = BulletinFactory(board=south, title="Second bulletin", first_year=2019, last_year=2019)
    one = ReviewFactory(board=north, label="Child One", bulletin=first, themes=[neglect])
    two = ReviewFactory(board=south, label="Child Two", bulletin=second, themes=[suicide])
    StatementFactory(bulletin=first, review=one, text="Look at the quartz.", themes=[neglect], kind="recommendation")
    StatementFactory(bulletin=first, review=one, text="What is quartz?", themes=[suicide], kind="question")
    StatementFactory(bulletin=second, review=two, text="Quartz was seen.", themes=[neglect], kind="learning_point")
    rebuild_index()


def found(text, kind):
    results = Results(current(), understand(text))
    records = fetched(results.catalogue, {kind: results.found[kind].keys(0, 20)})[kind]
    return {getattr(record, NAMED_BY[kind]) for record in records}


NAMED_BY = {"reviews": "label", "learning": "text", "bulletins": "title", "themes": "slug", "boards": "slug"}
LOOK, WHAT, SEEN = "Look at the quartz.", "What is quartz?", "Quartz was seen."


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("board:north", "reviews", {"Child One"}),
        ("board:NSCB", "reviews", {"Child One"}),
        ("board:northshire", "reviews", {"Child One"}),
        ('board:"northshire board"', "learning", {LOOK, WHAT}),
        ("BOARD:sp", "bulletins", {"Second bulletin"}),
        ("board:north OR board:south", "reviews", {"Child One", "Child Two"}),
        ("board:north board:south", "reviews", {"Child One", "Child Two"}),
        ("board:north", "boards", {"north"}),
        ("board:north", "themes", set()),
        ("theme:neglect", "reviews", {"Child One"}),
        ("theme:abuse", "reviews", {"Child One"}),
        ('theme:"poor care"', "learning", {LOOK, SEEN}),
        ("theme:abuse", "themes", {"abuse", "neglect"}),
        ("theme:neglect", "boards", set()),
        ("theme:neglect", "bulletins", set()),
        ("theme:neglect -board:north", "learning", {SEEN}),
        ("kind:question", "learning", {WHAT}),
        ("kind:questions", "learning", {WHAT}),
        ("kind:learning", "learning", {SEEN}),
        ('kind:"learning points"', "learning", {SEEN}),
        ("kind:learning_point", "learning", {SEEN}),
        ("kind:question", "reviews", set()),
        ("quartz -kind:question", "learning", {LOOK, SEEN}),
        ("quartz NOT kind:question", "learning", {LOOK, SEEN}),
        ("year:2014", "reviews", {"Child One"}),
        ("year:2015-2019", "bulletins", {"First bulletin", "Second bulletin"}),
        ("year:2016–2018", "bulletins", set()),
        ("one -year:2019", "reviews", {"Child One"}),
        ("look theme:neglect", "learning", {LOOK}),
        ("“look at” theme:“neglect”", "learning", {LOOK}),
        ("quartz theme:suicide", "learning", {WHAT}),
    ],
)
def test_parse_fields_narrow_what_is_found(world, text, kind, expected):
    assert found(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("autor:quartz", "There is no field “autor:”."),
        ("thema:neglect", "Did you mean “theme”?"),
        ("theme:neglekt", "There is no theme called “neglekt”. Did you mean “Neglect”"),
        ("board:nowhere", "There is no board called “nowhere”."),
        ("kind:poem", "The kinds are risk indicator, learning point,"),
        ("year:abcd", "“abcd” is not a year."),
        ("year:2017-2014", "“2017-2014” is not a year."),
        ("year:0001-9999", "is not a year."),
        ('theme:""', "Say after “theme:” which theme you mean."),
        ("-theme:neglect", "Your search only says what to leave out."),
        ("theme:neglect OR quartz", "Put OR between two words, or between two of the same field"),
        ("theme:neglect OR board:north", "Put OR between two words"),
        ("theme:neglect OR -theme:suicide", "Put OR between two words"),
    ],
)
def test_parse_says_that_a_field_is_not_there(world, text, told):
    with pytest.raises(QueryError, match=re.escape(told)):
        parse(text)


@pytest.mark.parametrize("text", ["theme: neglect", '"theme:neglect"', "(theme:x", "https://example.org", "1:2", "a:b"])
def test_parse_takes_a_colon_elsewhere_for_no_field(world, text):
    assert parse(text).fields == ()


def test_parse_knows_no_board_that_only_a_draft_speaks_of(world):
    ReviewFactory(board=BoardFactory(slug="secret", name="Secret Board"), state=State.DRAFT)

    with pytest.raises(QueryError, match="There is no board called “secret”"):
        parse("board:secret")


def test_parse_knows_a_withheld_board_by_no_name_of_its_own(world):
    ReviewFactory(board=BoardFactory(slug="neutral", name="Quiet Board", short_name="QB", is_withheld=True))

    for name in ("quiet", "QB"):
        with pytest.raises(QueryError, match="There is no board"):
            parse(f"board:{name}")
    [field] = parse("board:neutral").fields
    assert [choice.value for choice in field.choices] == ["neutral"]


def test_fields_description_is_in_plain_words(world):
    query = parse('quartz board:northshire -theme:"poor care" year:2014-2016 year:2018 board:south')

    assert query.fields_description == (
        "board “NSCB (identified as Northshire Board)” or “Southshire Partnership”; not theme “Neglect”; "
        "year of learning 2014 to 2016 or 2018"
    )


def listed(filters, address):
    return len(filters(QueryDict(address)).found)


def test_statement_filter_knows_fields_too(world):
    assert listed(StatementFilter, "q=kind:question") == 1
    assert listed(StatementFilter, "q=quartz+-kind:question") == 2
    assert listed(StatementFilter, "q=quartz+-kind:question&theme=neglect") == 2
    assert listed(StatementFilter, "q=board:south&kind=question") == 0
    assert listed(ReviewListFilter, "q=theme:neglect") == 1
    assert listed(ReviewListFilter, urlencode({"q": "child -board:northshire"})) == 1


def test_statement_filter_counts_facets_within_the_fields(world):
    filters = StatementFilter(QueryDict("q=board:north"))

    assert filters.counts()["kind"] == {"question": 1, "recommendation": 1, "learning_point": 0}


def test_statement_list_says_which_field_its_records_lack(world, client):
    html = client.get("/reviews/?q=kind:question").content.decode()

    assert "“kind:” does not work in this list. Leave it out." in html


def test_search_says_which_fields_are_asked_for(world, client):
    for address in ("/search/", "/learning/"):
        html = client.get(address, {"q": "quartz board:northshire"}).content.decode()
        assert "Only: board “NSCB (identified as Northshire Board)”." in html
