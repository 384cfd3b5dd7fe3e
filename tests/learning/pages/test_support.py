import json
import re

import pytest
from django.conf import settings
from django.test import Client

from learning.models import SupportLine
from tests.pages import links, text_of, words_in

pytestmark = pytest.mark.django_db


def lines() -> list[dict[str, object]]:
    return [record["fields"] for record in json.loads((settings.BASE_DIR / "fixtures/support_lines.json").read_text())]


@pytest.fixture
def loaded() -> None:
    for fields in lines():
        SupportLine.objects.create(**fields)


def named(client: Client, query: str = "") -> list[str]:
    return words_in(client.get(f"/support/{query}"), "dt")


def test_support_lists_every_line_under_its_topic(client: Client, loaded):
    page = client.get("/support/")

    assert [group["topic"].value for group in page.context["topics"]] == [
        "emergency", "children", "worried-about-a-child", "suicide", "bereaved-by-suicide", "bereavement",
        "sexual-abuse", "domestic-abuse",
    ]  # fmt: skip
    assert sorted(named(client)) == sorted(str(line["name"]) for line in lines())
    assert ("0800 1111", "tel:08001111") in links(page)


@pytest.mark.parametrize("nation", ["england", "wales", "scotland", "northern-ireland"])
def test_support_has_a_line_of_every_pressing_topic_in_every_nation(client: Client, loaded, nation):
    page = client.get(f"/support/?nation={nation}")

    topics = {group["topic"].value for group in page.context["topics"]}
    assert {"emergency", "children", "suicide", "bereaved-by-suicide", "sexual-abuse", "domestic-abuse"} <= topics


def test_support_of_a_nation_leaves_out_lines_of_others(client: Client, loaded):
    found = set(named(client, "?nation=scotland"))

    assert {"Breathing Space", "Rape Crisis Scotland", "Samaritans"} <= found
    assert not {"Live Fear Free", "Lifeline", "Rape Crisis England & Wales", "Cruse Bereavement Support"} & found


def test_support_of_an_unknown_nation_lists_all_and_says_so(client: Client, loaded):
    page = client.get("/support/?nation=narnia")

    assert "There is no nation called “narnia”." in text_of(page)
    assert len(named(client, "?nation=narnia")) == len(lines())


def test_support_says_of_no_line_that_nobody_checked_when_it_answers(client: Client, loaded):
    """But for 999, which needs none."""
    text = text_of(client.get("/support/"))

    assert text.count("Check hours") == len(lines()) - 1
    assert "24 hours" not in text


@pytest.mark.parametrize(
    ("nation", "nations"),
    [
        ("Scotland", ["Scotland"]),
        ("England, Wales and Northern Ireland", ["England", "Wales", "Northern Ireland"]),
        ("United Kingdom and Republic of Ireland", ["England", "Wales", "Scotland", "Northern Ireland"]),
        ("", ["England", "Wales", "Scotland", "Northern Ireland"]),
    ],
)
def test_nations(nation, nations):
    assert SupportLine(nation=nation).nations == nations


def test_the_lines_that_come_with_the_project_are_well_formed():
    """Four in the footer, none said to be checked, and each number one that a British telephone can ring."""
    found = lines()

    assert sum(bool(line["in_footer"]) for line in found) == 4
    assert not any(line["checked_on"] for line in found)
    for line in found:
        digits = str(line["number"]).replace(" ", "")
        assert re.fullmatch(r"999|116123|0(800|808|300)\d{6,7}|08001111", digits), line["name"]
