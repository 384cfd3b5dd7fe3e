from datetime import date

import pytest
from django.test import Client

from learning.models import SupportLine
from tests.factories import AgencyFactory, BulletinFactory, ReviewFactory, StatementFactory, ThemeFactory
from tests.pages import links, text_of

pytestmark = pytest.mark.django_db


def groups_of(client: Client) -> list[tuple[str, list[str]]]:
    groups = client.get("/").context["groups"]
    return [(each["group"]["name"], [theme["name"] for theme in each["themes"]]) for each in groups]


def test_home_counts_what_is_published(client: Client):
    bulletin = BulletinFactory()
    reviews = [ReviewFactory(bulletin=bulletin) for _ in range(2)]
    for review in [*reviews, reviews[0]]:
        StatementFactory(review=review, bulletin=bulletin)
    StatementFactory(review=ReviewFactory(state="held"))

    assert "3 statements from 2 reviews in 1 bulletin." in text_of(client.get("/"))


def test_home_says_that_an_empty_site_is_empty(client: Client):
    assert "No bulletin is published here yet." in text_of(client.get("/"))


def test_home_has_one_search_box(client: Client):
    page = client.get("/").content.decode()

    assert page.count('action="/search/"') == 1


def test_home_lists_themes_by_group_with_the_most_used_first(client: Client):
    small, large = ThemeFactory(name="Small group"), ThemeFactory(name="Large group")
    few, many = ThemeFactory(name="Few", parent=large), ThemeFactory(name="Many", parent=large)
    only = ThemeFactory(name="Only", parent=small)
    ThemeFactory(name="Unused", parent=large)
    StatementFactory(themes=[few, many])
    StatementFactory(themes=[many, only])

    assert groups_of(client) == [("Large group", ["Many", "Few"]), ("Small group", ["Only"])]


def test_home_shows_a_theme_of_reviews_alone_with_their_number(client: Client):
    theme = ThemeFactory(name="Of cases", parent=ThemeFactory(name="Group"))
    ReviewFactory(themes=[theme])

    response = client.get("/")

    assert "Of cases 0 about it, 0 from 1 review" in text_of(response)
    assert ("Of cases", theme.get_absolute_url()) in links(response)


def test_home_cuts_a_long_group_and_leads_to_the_rest(client: Client):
    group = ThemeFactory(slug="long", name="Long group")
    StatementFactory(themes=[ThemeFactory(parent=group) for _ in range(8)])

    response = client.get("/")

    assert len(response.context["groups"][0]["themes"]) == 6
    assert ("2 more in Long group", "/themes/long/") in links(response)


def test_home_has_a_way_in_for_each_profession(client: Client):
    for slug, name in (("housing", "Housing"), ("police", "Police"), ("courts", "Courts")):
        AgencyFactory(slug=slug, name=name)

    found = [words for words, address in links(client.get("/")) if address.startswith("/agencies/")]

    assert found == ["Police", "Housing", "Other agencies", "Agencies"]  # the last stands at the foot


def test_home_lists_bulletins_with_the_newest_first(client: Client):
    BulletinFactory(title="Undated")
    BulletinFactory(title="Of a winter", period="Winter 2017/2018", first_year=2017, last_year=2018)
    dated = {"published_on": date(2016, 9, 13), "published_precision": "day", "first_year": 2016, "last_year": 2016}
    StatementFactory(bulletin=BulletinFactory(title="Dated", board__name="Sample Board", **dated), review=None)
    BulletinFactory(title="Hidden", state="ready", first_year=2020, last_year=2020)

    response = client.get("/")

    assert [row["bulletin"].title for row in response.context["bulletins"]] == ["Of a winter", "Dated", "Undated"]
    page = text_of(response)
    assert "Dated Sample Board, 13 September 2016. 1 statement." in page
    assert ", Winter 2017/2018. 0 statements." in page
    assert ", no date in the source. 0 statements." in page


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
    assert "140 statements from 11 reviews in 5 bulletins." in text_of(client.get("/"))
