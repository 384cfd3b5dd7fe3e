"""Five people on their way from the home page to what they came for, in at most five clicks each."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

MOST_CLICKS = 5


@pytest.fixture
def click(site: str, page: Page) -> Iterator[Callable[[Locator], None]]:
    """Clicks, counted from the home page on; choosing from a list counts as well."""
    clicks = 0

    def click(what: Locator, choice: str = "") -> None:
        nonlocal clicks
        clicks += 1
        if choice:
            what.select_option(label=choice)
        else:
            what.click()

    page.goto(site)
    yield click
    assert clicks <= MOST_CLICKS


def test_a_social_worker_reads_all_that_reviews_about_suicide_taught(page: Page, click: Callable[..., None]) -> None:
    click(page.get_by_role("link", name=re.compile("^Suicide")).first)
    taught = page.locator("#from-reviews")

    expect(taught.get_by_role("heading", level=3)).to_have_text(
        [re.compile(name) for name in ("Review A", "Review Q", "Young Person K", "Child B")]
    )
    click(taught.get_by_role("link", name=re.compile("^Filter all")))
    expect(page.get_by_role("heading", level=1)).to_contain_text("from 4 reviews")


def test_a_board_manager_finds_what_became_of_the_recommendations(page: Page, click: Callable[..., None]) -> None:
    click(page.get_by_role("navigation", name="Main").get_by_role("link", name="Recommendations"))
    board = page.get_by_label("Board")
    name = board.locator("option", has_text="Knowsley").first.inner_text()
    click(board, choice=name)
    click(page.get_by_role("button", name="Show"))

    rows = page.get_by_role("table", name="Recommendations").locator("tbody tr")
    expect(rows).to_have_count(5)
    assert all("Accepted" in row for row in rows.all_inner_texts())


def test_a_safeguarding_lead_prints_questions_for_supervision(page: Page, click: Callable[..., None]) -> None:
    click(page.get_by_role("navigation", name="Main").get_by_role("link", name="Questions"))
    occasion = page.get_by_label("Occasion")
    click(occasion, choice=occasion.locator("option", has_text="Supervision").first.inner_text())
    click(page.get_by_role("button", name="Show"))

    expect(page.get_by_role("heading", level=2).first).to_contain_text("6 questions")
    assert all("supervision" in card for card in page.locator("article").all_inner_texts())


def test_a_health_visitor_finds_the_learning_for_the_profession(page: Page, click: Callable[..., None]) -> None:
    choice = page.locator("#profession option", has_text="Health visiting").inner_text()
    click(page.get_by_label("Learning for my profession"), choice=choice)
    click(page.get_by_role("button", name="Show"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("health visit")
    click(page.get_by_role("main").get_by_role("link", name="Health services").last)  # nothing names them by themselves

    expect(page.locator(".statement").first).to_be_visible()


@pytest.mark.parametrize("theme", ["Suicide", "Missing from care"])
def test_a_trainer_prints_a_theme_for_a_meeting(page: Page, click: Callable[..., None], theme: str) -> None:
    click(page.get_by_role("link", name=re.compile(f"^{theme}")).first)
    page.emulate_media(media="print")
    printed = page.pdf(format="A4")

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2
    expect(page.get_by_text(re.compile("^Printed from http"))).to_be_visible()
    expect(page.get_by_role("navigation", name="On this page")).to_be_hidden()
