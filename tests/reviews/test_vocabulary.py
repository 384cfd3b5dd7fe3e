"""The vocabularies that come with the project, and what a narrower term does."""

import json
from collections import Counter

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from learning.search.index import rebuild_index
from reviews.models import LONGEST_TAG, Theme
from tests.factories import ReviewFactory, StatementFactory, ThemeFactory

DFE_CODES = (
    "1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A 18B "
    "18C 19B 19C 22A 23A 24A"
)


def shipped(name):
    path = settings.BASE_DIR / "fixtures" / f"{name}.json"
    return [row["fields"] for row in json.loads(path.read_text(encoding="utf-8"))]


THEMES = shipped("themes")


def test_every_theme_has_one_sentence_to_define_it():
    wrong = [one["slug"] for one in THEMES if not one["definition"].endswith(".") or ". " in one["definition"]]
    assert not wrong


def test_every_theme_but_the_groups_has_other_names():
    assert not [one["slug"] for one in THEMES if one["parent"] and not one["synonyms"]]


def test_tags_are_short_and_no_two_are_alike():
    tags = [Theme(name=one["name"], short_name=one["short_name"]).tag_name for one in THEMES]
    assert not [tag for tag in tags if len(tag) > LONGEST_TAG]
    assert not [tag for tag, count in Counter(tag.casefold() for tag in tags).items() if count > 1]


def test_a_short_name_is_blank_where_the_name_is_short_enough():
    assert not [one["slug"] for one in THEMES if one["short_name"] and len(one["name"]) <= LONGEST_TAG]


def test_themes_have_every_code_of_the_census():
    codes = {code for one in THEMES for code in one["dfe_codes"].split()}
    assert codes == set(DFE_CODES.split())


def test_there_are_twelve_groups():
    assert sum(one["parent"] is None for one in THEMES) == 12


@pytest.mark.parametrize("name", ["themes", "agencies"])
def test_no_name_of_a_term_is_listed_twice(name):
    for one in shipped(name):
        names = "\n".join([one["name"], one["synonyms"], one["narrower_terms"]]).casefold().split("\n")
        assert max(Counter(filter(None, names)).values()) == 1, one["slug"]


def test_a_short_name_that_is_too_long_for_a_tag_is_refused(db):
    ThemeFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        Theme.objects.update(short_name="x" * (LONGEST_TAG + 1))


def test_tag_name_is_the_short_name_if_there_is_one():
    assert Theme(name="Invisible sibling").tag_name == "Invisible sibling"
    assert Theme(name="Female genital mutilation", short_name="FGM").tag_name == "FGM"


@pytest.fixture
def capacity(db):
    """A theme with a synonym and two narrower terms, and a review about it that says none of them."""
    words = {"synonyms": "MCA", "narrower_terms": "Gillick\nDoLS"}
    theme = ThemeFactory(slug="capacity", name="Mental capacity", parent=ThemeFactory(name="Planning"), **words)
    review = ReviewFactory(label="Child Z", themes=[theme])
    StatementFactory(text="Ask about Gillick competence.", themes=[])
    StatementFactory(text="The MCA applies.", themes=[])
    rebuild_index()
    return review


def found(client, text):
    page = client.get("/search/", {"q": text}).context["page"]
    return Counter({section.kind.name: section.count for section in page.sections})


def test_a_narrower_term_finds_the_theme_but_stands_for_nothing_else(client, capacity):
    by_part = found(client, "Gillick")
    assert (by_part["themes"], by_part["reviews"], by_part["learning"]) == (1, 0, 1)
    by_synonym = found(client, "MCA")
    assert (by_synonym["themes"], by_synonym["reviews"], by_synonym["learning"]) == (1, 1, 1)


def test_a_suggestion_says_that_the_theme_includes_what_was_typed(client, capacity):
    suggestions = client.get("/search/suggest/", {"q": "gill"}).json()["suggestions"]
    assert [each["detail"] for each in suggestions] == ["Theme, including Gillick"]


def test_the_page_of_a_theme_lists_what_it_includes(client, capacity):
    page = client.get("/themes/capacity/").content.decode()
    assert "Includes" in page
    assert "Gillick, DoLS" in page
