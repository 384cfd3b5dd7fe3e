"""The filters of reviews: the exact result of each, no doubles, and counts that say what choosing would find."""

import pytest
from django.http import QueryDict

from learning.browse.filters import ReviewListFilter
from reviews.state import State
from tests.factories import BoardFactory, BulletinFactory, ChildFactory, ReviewFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    """The labels that a query finds, in the order of the alphabet; in the catalogue and in the tables alike."""
    filters = ReviewListFilter(QueryDict(query))
    reviews = list(filters.qs)
    assert sorted(review.pk for review in reviews) == sorted(filters.keys_at(filters.found))
    return sorted(review.label for review in reviews)


def counts(query: str) -> dict[str, dict[str, int]]:
    """The counts of each facet, without those of nothing."""
    counted = ReviewListFilter(QueryDict(query)).counts()
    return {facet: {value: n for value, n in values.items() if n} for facet, values in counted.items()}


@pytest.fixture
def themes():
    harm = ThemeFactory(slug="harm", name="Harm")
    return {
        "harm": harm,
        "neglect": ThemeFactory(slug="neglect", name="Neglect", parent=harm),
        "exploitation": ThemeFactory(slug="exploitation", name="Exploitation", parent=harm),
        "suicide": ThemeFactory(slug="suicide", name="Suicide"),
    }


@pytest.fixture
def three(themes):
    """A has two themes of one group and two children, B one theme and one child, C nothing at all."""
    a = ReviewFactory(label="A", nature="death", type="scr", themes=[themes["neglect"], themes["exploitation"]])
    ChildFactory(
        review=a, sex="male", age_band="16-to-17", ethnicity="white", care_statuses=["looked-after", "adopted"]
    )
    ChildFactory(review=a, sex="female", age_band="1-to-5", ethnicity="withheld", care_statuses=["child-in-need"])
    b = ReviewFactory(
        label="B", nature="serious-harm", type="lcspr", themes=[themes["suicide"]], report_state="published"
    )
    ChildFactory(review=b, sex="male", age_band="1-to-5")
    c = ReviewFactory(label="C", nature="not-stated", type="not-stated")
    return a, b, c


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("", "ABC"),
        ("theme=neglect", "A"),
        ("theme=harm", "A"),
        ("theme=neglect&theme=suicide", "AB"),
        ("theme=neglect&theme=exploitation&theme_match=all", "A"),
        ("theme=neglect&theme=suicide&theme_match=all", ""),
        ("theme=harm&theme=neglect&theme_match=all", "A"),
        ("theme=not-stated", "C"),
        ("theme=not-stated&theme=suicide", "BC"),
        ("type=scr", "A"),
        ("type=scr&type=lcspr", "AB"),
        ("type=not-stated", "C"),
        ("nature=death", "A"),
        ("nature=not-stated", "C"),
        ("nature=other", ""),
        ("report_state=published", "B"),
        ("report_state=not-stated", "AC"),
        ("sex=male", "AB"),
        ("sex=not-stated", "C"),
        ("sex=male&sex=not-stated", "ABC"),
        ("age_band=1-to-5", "AB"),
        ("ethnicity=withheld", "A"),
        ("ethnicity=not-stated", "BC"),
        ("care_status=looked-after", "A"),
        ("care_status=not-stated", "BC"),
        ("sex=male&age_band=1-to-5", "B"),
        ("sex=female&care_status=looked-after", ""),
        ("sex=not-stated&age_band=not-stated", "C"),
        ("sex=male&care_status=not-stated", "B"),
        ("theme=harm&sex=male&nature=death", "A"),
        ("theme=harm&sex=male&nature=serious-harm", ""),
        ("unknown=anything", "ABC"),
        ("theme=&sex=", "ABC"),
    ],
)
def test_review_filter_finds_exactly(three, query, labels):
    assert "".join(found(query)) == labels


def test_review_filter_board_is_each_board_by_itself():
    heir = BoardFactory(slug="new")
    ReviewFactory(label="Old", board=BoardFactory(slug="old", succeeded_by=heir))
    ReviewFactory(label="New", board=heir)

    assert found("board=old") == ["Old"]
    assert found("board=new") == ["New"]
    assert found("board=old&board=new") == ["New", "Old"]


def test_review_filter_year_is_every_year_of_every_visible_bulletin():
    review = ReviewFactory(label="A", bulletin=BulletinFactory(first_year=2010, last_year=2012))
    BulletinFactory(first_year=2016, last_year=2016, reviews=[review])
    BulletinFactory(first_year=2019, last_year=2019, reviews=[review], state=State.DRAFT)
    BulletinFactory(reviews=[review])
    ReviewFactory(label="Undated")

    assert [year for year in range(2008, 2021) if found(f"year={year}") == ["A"]] == [2010, 2011, 2012, 2016]
    assert found("year=2011&year=2016&year=not-stated") == ["A", "Undated"]
    assert found("year=not-stated") == ["Undated"]
    assert counts("")["year"] == {"2010": 1, "2011": 1, "2012": 1, "2016": 1, "not-stated": 1}


def test_review_filter_neither_finds_nor_counts_drafts(themes):
    ReviewFactory(state=State.DRAFT, themes=[themes["suicide"]])
    ReviewFactory(bulletin=BulletinFactory(state=State.DRAFT), themes=[themes["suicide"]])
    ChildFactory(review=ReviewFactory(state=State.HELD), sex="male")

    assert found("") == []
    assert counts("") == {facet: {} for facet in counts("")}


def test_review_filter_counts_a_review_once_in_a_group(three):
    assert counts("")["theme"] == {"harm": 1, "neglect": 1, "exploitation": 1, "suicide": 1, "not-stated": 1}


def test_review_filter_counts_are_of_the_same_child(three):
    assert counts("sex=male")["age_band"] == {"16-to-17": 1, "1-to-5": 1}
    assert counts("sex=male")["sex"] == {"male": 2, "female": 1, "not-stated": 1}


def test_review_filter_under_all_of_these_counts_within_the_result(three):
    assert counts("theme=neglect&theme_match=all")["theme"] == {"harm": 1, "neglect": 1, "exploitation": 1}
    assert counts("theme=neglect")["theme"]["suicide"] == 1


@pytest.mark.parametrize(
    "query",
    [
        "",
        "sex=male",
        "sex=male&age_band=1-to-5&age_band=not-stated",
        "theme=harm",
        "theme=not-stated&theme=suicide&nature=serious-harm",
        "theme=neglect&theme_match=all",
        "care_status=not-stated&ethnicity=not-stated",
        "year=not-stated&type=scr",
    ],
)
def test_review_filter_counts_what_choosing_it_alone_would_find(three, query):
    counted = ReviewListFilter(QueryDict(query)).counts()

    for facet, values in counted.items():
        for value, number in values.items():
            alone = QueryDict(query, mutable=True)
            kept = alone.getlist(facet) if facet == "theme" and "theme_match" in alone else []
            alone.setlist(facet, [*kept, value])
            assert number == len(found(alone.urlencode())), f"{facet}={value}"


@pytest.mark.parametrize(
    "query",
    [
        "theme=unknown",
        "year=99999999999",
        "year=-1",
        "sex=%00",
        "theme_match=foo",
        "board=none",
        "theme=suicide&theme=x",
    ],
)
def test_review_filter_finds_nothing_on_input_that_cannot_be_understood(three, query):
    filters = ReviewListFilter(QueryDict(query))

    assert not filters.is_valid()
    assert list(filters.qs) == []
