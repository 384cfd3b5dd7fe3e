"""The filters of statements: the exact result of each, no doubles, and counts that say what choosing would find."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.browse.filters import ListFilter, ReviewListFilter, StatementFilter
from learning.browse.table_filters import QuestionFilter
from learning.models import Addressee, Statement
from learning.search.index import document_of
from reviews.state import State
from tests.factories import (
    AgencyFactory,
    BoardFactory,
    BulletinFactory,
    ChildFactory,
    ReviewFactory,
    StatementFactory,
    ThemeFactory,
)
from tests.worlds import World, query_of

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    """The words that a query finds, in the order of the alphabet; in the catalogue and in the tables alike."""
    filters = StatementFilter(QueryDict(query))
    statements = list(filters.qs)
    assert sorted(statement.pk for statement in statements) == sorted(filters.keys_at(filters.found))
    return sorted(statement.text for statement in statements)


def counts(query: str) -> dict[str, dict[str, int]]:
    """The counts of each facet, without those of nothing."""
    counted = StatementFilter(QueryDict(query)).counts()
    return {facet: {value: n for value, n in values.items() if n} for facet, values in counted.items()}


@pytest.fixture
def three():
    """A names the police and is about a girl; B is about either of two children; C is of no review and names nobody."""
    board, other = BoardFactory(slug="here"), BoardFactory(slug="there")
    health = AgencyFactory(slug="health")
    gp, police = AgencyFactory(slug="gp", parent=health), AgencyFactory(slug="police")
    harm = ThemeFactory(slug="harm")
    neglect, suicide = ThemeFactory(slug="neglect", parent=harm), ThemeFactory(slug="suicide", parent=harm)
    bulletin = BulletinFactory(board=board, first_year=2015, last_year=2016)
    review = ReviewFactory(board=other, slug="child-q", bulletin=bulletin, nature="death")
    girl = ChildFactory(review=review, sex="female", age_band="16-to-17", care_statuses=["looked-after"])
    ChildFactory(review=review, sex="male", age_band="1-to-5")
    a = StatementFactory(
        text="A", kind="fact", bulletin=bulletin, child=girl, themes=[neglect, suicide], agencies=[police]
    )
    b = StatementFactory(text="B", kind="recommendation", bulletin=bulletin, themes=[suicide], agencies=[gp, health])
    StatementFactory(text="C", kind="risk_indicator", bulletin=BulletinFactory(board=board), review=None)
    Addressee.objects.create(statement=a, as_printed="the GPs", agency=gp)
    Addressee.objects.create(statement=b, as_printed="everybody")


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("", "ABC"),
        ("kind=fact", "A"),
        ("kind=fact&kind=recommendation", "AB"),
        ("kind=not-stated", ""),
        ("theme=suicide", "AB"),
        ("theme=harm", "AB"),
        ("theme=neglect&theme=suicide&theme_match=all", "A"),
        ("theme=not-stated", "C"),
        ("agency=police", "A"),
        ("agency=health", "B"),
        ("agency=gp&agency=police", "AB"),
        ("agency=not-stated", "C"),
        ("addressed_to=gp", "A"),
        ("addressed_to=health", "A"),
        ("addressed_to=not-stated", "C"),
        ("board=there", "AB"),
        ("board=here", "C"),
        ("board=here&board=there", "ABC"),
        ("year=2015", "AB"),
        ("year=2016", "AB"),
        ("year=2017", ""),
        ("year=not-stated", "C"),
        ("year=2016&year=not-stated", "ABC"),
        ("age_band=16-to-17", "AB"),
        ("age_band=1-to-5", "B"),
        ("age_band=not-stated", "C"),
        ("care_status=looked-after", "AB"),
        ("care_status=not-stated", "BC"),
        ("age_band=16-to-17&care_status=not-stated", ""),
        ("age_band=1-to-5&care_status=not-stated", "B"),
        ("age_band=not-stated&care_status=not-stated", "C"),
        ("nature=death", "AB"),
        ("nature=not-stated", "C"),
        ("review=there/child-q", "AB"),
        ("review=not-stated", "C"),
        ("kind=fact&theme=suicide&board=there&year=2015", "A"),
        ("kind=fact&theme=not-stated", ""),
        ("sex=female", "ABC"),
    ],
)
def test_statement_filter_finds_exactly(three, query, texts):
    assert "".join(found(query)) == texts


def test_statement_filter_counts_an_addressee_that_is_no_known_agency_as_stated(three):
    assert counts("")["addressed_to"] == {"health": 1, "gp": 1, "not-stated": 1}


def test_statement_filter_counts_a_statement_once_in_a_branch(three):
    assert counts("")["agency"] == {"health": 1, "gp": 1, "police": 1, "not-stated": 1}


def test_statement_filter_words_narrow_the_result_and_all_counts(three):
    for statement in Statement.objects.exclude(text="C"):
        document_of(statement, body="trusted adults").save()

    assert found("q=trusted") == ["A", "B"]
    assert found("q=trusted&kind=fact") == ["A"]
    assert counts("q=trusted")["kind"] == {"fact": 1, "recommendation": 1}
    assert counts("q=trusted&kind=fact")["theme"] == {"harm": 1, "neglect": 1, "suicide": 1}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "kind=fact",
        "age_band=16-to-17",
        "age_band=1-to-5&care_status=not-stated",
        "theme=suicide&theme_match=all",
        "agency=health&year=2015",
        "review=not-stated&board=here",
        "addressed_to=not-stated&care_status=not-stated&nature=not-stated",
    ],
)
def test_statement_filter_counts_what_choosing_it_alone_would_find(three, query):
    counted = StatementFilter(QueryDict(query)).counts()

    for facet, values in counted.items():
        for value, number in values.items():
            alone = QueryDict(query, mutable=True)
            kept = alone.getlist(facet) if facet == "theme" and "theme_match" in alone else []
            alone.setlist(facet, [*kept, value])
            assert number == len(found(alone.urlencode())), f"{facet}={value}"


def test_statement_filter_neither_finds_nor_counts_drafts():
    StatementFactory(review=ReviewFactory(state=State.DRAFT))
    StatementFactory(bulletin=BulletinFactory(state=State.HELD), review=None)

    assert found("") == []
    assert counts("") == {facet: {} for facet in counts("")}


@pytest.mark.parametrize(
    "query",
    ["kind=x", "review=there/held", "review=child-q", "year=20166", "agency=%00", "sort=x", "q=" + "a" * 301, "q=%22"],
)
def test_statement_filter_finds_nothing_on_input_that_cannot_be_understood(three, query):
    ReviewFactory(board=BoardFactory(slug="elsewhere"), slug="held", state=State.HELD)
    filters = StatementFilter(QueryDict(query))

    assert not filters.is_valid()
    assert list(filters.qs) == []


# --- the catalogue against the tables -----------------------------------------------------------------------------


def choices(filters_of: type[ListFilter], data: st.DataObject) -> dict[str, list[str]]:
    """Some values of some facets, most of them such as leave something beside those that were drawn before."""
    chosen: dict[str, list[str]] = {}
    names = st.lists(st.sampled_from(sorted(filters_of.in_order)), unique=True, max_size=4)
    for name in data.draw(names, label="facets"):
        filters = filters_of(query_of(chosen))
        likely = sorted(value for value, number in filters.counts()[name].items() if number)
        known = [*likely, *filters.facets[name].choices]
        values = st.one_of(*(st.sampled_from(values) for values in (likely, known) if values))
        chosen[name] = data.draw(st.lists(values, min_size=1, max_size=3, unique=True), label=name)
    match = data.draw(st.sampled_from(["", "any", "all"]), label="theme_match")
    return chosen | ({"theme_match": [match]} if match else {})


def assert_both_agree(filters_of: type[ListFilter], data: st.DataObject) -> None:
    filters = filters_of(query_of(choices(filters_of, data)))

    assert filters.is_valid(), filters.errors
    assert sorted(filters.qs.values_list("pk", flat=True)) == sorted(filters.keys_at(filters.found))


@pytest.mark.parametrize("filters_of", [ReviewListFilter, StatementFilter, QuestionFilter])
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_qs_finds_what_the_catalogue_finds_of_the_bulletins(bulletins, filters_of, data):
    assert_both_agree(filters_of, data)


@pytest.mark.parametrize("filters_of", [ReviewListFilter, StatementFilter, QuestionFilter])
@pytest.mark.parametrize("seed", range(4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_qs_finds_what_the_catalogue_finds_where_some_is_hidden(db, seed, filters_of, data):
    if not Statement.objects.exists():
        World(seed)
    assert_both_agree(filters_of, data)
