from datetime import date

import pytest
from django.test import Client

from learning.models import SupportLine
from tests.factories import AgencyFactory, BulletinFactory, ReviewFactory, StatementFactory, ThemeFactory
from tests.pages import links, text_of, words_in

pytestmark = pytest.mark.django_db


def groups_of(client: Client) -> list[tuple[str, list[str], list[str]]]:
    """Each group with the themes that something is recorded of, and those that wait for a bulletin."""
    return [
        (group["theme"].name, [row["theme"].name for row in group["rows"]], [theme.name for theme in group["empty"]])
        for group in client.get("/").context["groups"]
    ]


def test_home_counts_what_is_published(client: Client):
    bulletin = BulletinFactory()
    reviews = [ReviewFactory(bulletin=bulletin) for _ in range(2)]
    for review in [*reviews, reviews[0]]:
        StatementFactory(review=review, bulletin=bulletin)
    StatementFactory(review=ReviewFactory(state="held"))

    response = client.get("/")

    assert response.context["totals"] == {"statements": 3, "reviews": 2, "bulletins": 1}
    assert "Every lesson, recommendation and question from 1 bulletin, word for word" in text_of(response)


def test_home_says_that_an_empty_site_is_empty(client: Client):
    page = text_of(client.get("/"))

    assert "No bulletins have been published here yet." in page
    assert "Every lesson" not in page


def test_home_has_one_search_box(client: Client):
    page = client.get("/").content.decode()

    assert page.count('action="/search/"') == 1


def test_home_lists_all_themes_in_their_order_and_folds_those_without_a_record(client: Client):
    first, second = ThemeFactory(name="First group", position=1), ThemeFactory(name="Second group", position=2)
    used = [ThemeFactory(name=f"Theme {number}", parent=first, position=number) for number in range(8)]
    ThemeFactory(name="Unused", parent=first)
    StatementFactory(themes=used)

    assert groups_of(client) == [
        ("First group", [theme.name for theme in used], ["Unused"]),
        (second.name, [], []),
    ]
    assert words_in(client.get("/"), "details.theme-groups__empty summary") == ["1 more with nothing recorded yet"]


def test_home_shows_a_theme_of_reviews_alone_with_their_number(client: Client):
    theme = ThemeFactory(name="Of cases", parent=ThemeFactory(name="Group"))
    StatementFactory(review=ReviewFactory(themes=[theme]))

    response = client.get("/")

    assert "Of cases 0 about it, 1 from 1 review about it" in text_of(response)
    assert ("Of cases", theme.get_absolute_url()) in links(response)


def test_home_tiles_tell_both_numbers_of_what_people_look_for(client: Client):
    theme = ThemeFactory(slug="child-sexual-exploitation", name="Child sexual exploitation")
    ThemeFactory(slug="neglect", name="Neglect")
    ThemeFactory(slug="debt", name="Debt")
    review = ReviewFactory(themes=[theme])
    StatementFactory(review=review, themes=[theme])
    StatementFactory(review=review)

    assert words_in(client.get("/"), ".tile") == [
        "Neglect None about it 0 from 0 reviews",
        "Sexual exploitation 1 about it 2 from 1 review",
    ]


def test_home_has_a_way_in_for_each_profession(client: Client):
    for slug, name in (("housing", "Housing"), ("police", "Police"), ("courts", "Courts")):
        AgencyFactory(slug=slug, name=name)

    response = client.get("/")

    assert words_in(response, 'form[action="/agencies/"] option') == [
        "Choose",
        "Courts (0)",
        "Housing (0)",
        "Police (0)",
    ]


def test_home_leads_to_questions_and_recommendations_with_their_numbers(client: Client):
    for kind in ("question", "question", "recommendation", "fact"):
        StatementFactory(kind=kind)

    page = text_of(client.get("/"))

    assert "Questions to discuss 2 questions that bulletins put to teams" in page
    assert "Recommendations 1, and what became of them" in page


def test_home_lists_bulletins_with_the_newest_first(client: Client):
    BulletinFactory(title="Undated")
    BulletinFactory(title="Of a winter", period="Winter 2017/2018", first_year=2017, last_year=2018)
    dated = {"published_on": date(2016, 9, 13), "published_precision": "day", "first_year": 2016, "last_year": 2016}
    StatementFactory(bulletin=BulletinFactory(title="Dated", board__name="Sample Board", **dated), review=None)
    BulletinFactory(title="Hidden", state="ready", first_year=2020, last_year=2020)

    response = client.get("/")

    assert [row["bulletin"].title for row in response.context["bulletins"]] == ["Of a winter", "Dated", "Undated"]
    page = text_of(response)
    assert "13 September 2016 Dated Sample Board 1 statement" in page
    assert "Winter 2017/2018 Of a winter" in page
    assert "no date in the source Undated" in page


def test_home_counts_the_statements_of_a_bulletin_that_can_be_read(client: Client):
    bulletin = BulletinFactory()
    StatementFactory(review=ReviewFactory(bulletin=bulletin), bulletin=bulletin)
    StatementFactory(review=ReviewFactory(bulletin=bulletin, state="held"), bulletin=bulletin)

    assert [row["statement_count"] for row in client.get("/").context["bulletins"]] == [1]


def test_home_has_the_main_support_lines_at_its_foot(client: Client):
    for name in ("Sample helpline", "Other helpline"):
        number, in_footer = "01632 960 000", name.startswith("Sample")
        SupportLine.objects.create(slug=name[:5], name=name, number=number, in_footer=in_footer)

    page = client.get("/")

    assert "If what you read here affects you: Sample helpline 01632 960 000." in text_of(page)
    assert "Other helpline" not in text_of(page)
    assert ("Support lines", "/support/") in links(page)


def test_home_counts_the_five_bulletins(client: Client, bulletins):
    response = client.get("/")

    assert response.context["totals"] == {"statements": 150, "reviews": 11, "bulletins": 5}
    assert "question from 5 bulletins, word for word" in text_of(response)
