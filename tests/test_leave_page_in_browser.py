"""Leave this page, in a real browser: by a click, by Esc, without JavaScript. What it leads to is played here."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

WEATHER = "https://www.bbc.co.uk/weather"
DISTRESSING = "/reviews/sscb/young-person-k/"


def play_weather(route: Route) -> None:
    referrer = route.request.headers.get("referer", "none")
    route.fulfill(body=f"<!doctype html><title>Weather</title><p>Called from {referrer}</p>", content_type="text/html")


def opened(browser: Browser, *, has_scripts: bool = True) -> BrowserContext:
    context = browser.new_context(java_script_enabled=has_scripts, viewport={"width": 1280, "height": 800})
    context.route(f"{WEATHER}**", play_weather)
    return context


@pytest.fixture
def reader(site: str, browser: Browser) -> Iterator[Page]:
    """Somebody who came to a distressing page from another page of the site."""
    context = opened(browser)
    page = context.new_page()
    page.goto(f"{site}/themes/")
    page.goto(site + DISTRESSING)
    yield page
    context.close()


def expect_to_have_left(page: Page, site: str) -> None:
    """The page itself is no longer in the history: Back leads to the one before."""
    expect(page).to_have_url(WEATHER)
    expect(page.locator("p")).to_have_text("Called from none")
    page.go_back()
    expect(page).to_have_url(f"{site}/themes/")


def test_the_link_replaces_the_page(site: str, reader: Page) -> None:
    reader.get_by_role("link", name="Leave this page").click()

    expect_to_have_left(reader, site)


def test_esc_three_times_replaces_the_page_and_says_how_often_is_left(site: str, reader: Page) -> None:
    status = reader.locator("[data-announce]")

    reader.keyboard.press("Escape")
    expect(status).to_have_text("Press Esc twice more to leave this page.")
    reader.keyboard.press("Escape")
    expect(status).to_have_text("Press Esc once more to leave this page.")
    reader.keyboard.press("Escape")

    expect_to_have_left(reader, site)


def test_esc_is_forgotten_after_a_while(site: str, browser: Browser) -> None:
    context = opened(browser)
    page = context.new_page()
    page.clock.install()
    page.goto(site + DISTRESSING)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    page.clock.fast_forward(6000)
    page.keyboard.press("Escape")

    expect(page.locator("[data-announce]")).to_have_text("Press Esc twice more to leave this page.")
    expect(page).to_have_url(site + DISTRESSING)
    context.close()


def test_it_is_the_second_stop_of_the_keyboard(site: str, reader: Page) -> None:
    reader.keyboard.press("Tab")
    reader.keyboard.press("Tab")

    expect(reader.get_by_role("link", name="Leave this page")).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(WEATHER)


def test_without_scripts_it_is_a_link_that_says_nothing_of_this_site(site: str, browser: Browser) -> None:
    context = opened(browser, has_scripts=False)
    page = context.new_page()
    page.goto(site + DISTRESSING)
    expect(page.get_by_text("or press Esc three times")).to_be_hidden()

    page.get_by_role("link", name="Leave this page").click()

    expect(page).to_have_url(WEATHER)
    expect(page.locator("p")).to_have_text("Called from none")
    context.close()


def test_pages_of_no_harm_have_none_and_leave_esc_alone(site: str, reader: Page) -> None:
    reader.goto(f"{site}/themes/")
    for _ in range(3):
        reader.keyboard.press("Escape")

    expect(reader.get_by_role("link", name="Leave this page")).to_have_count(0)
    expect(reader).to_have_url(f"{site}/themes/")
