"""The search box in a real browser: what it offers, the keyboard, and no JavaScript."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

OPTIONS = "[role=option]"


def box_of(page: Page) -> Locator:
    return page.locator("input[role=combobox]")


def type_into(page: Page, text: str) -> None:
    box_of(page).press_sequentially(text)


def test_search_box_offers_names_while_somebody_types(site: str, page: Page, axe) -> None:
    page.goto(f"{site}/")

    type_into(page, "miss")

    box = box_of(page)
    expect(page.get_by_role("option").first).to_contain_text("Missing from care")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[data-announce]")).to_have_text(re.compile(r"^\d suggestions$"))
    assert axe(page) == []


def test_search_box_lets_the_keyboard_choose_and_go_there(site: str, page: Page) -> None:
    page.goto(f"{site}/reviews/")
    box = box_of(page)
    type_into(page, "Child S")
    expect(page.locator(OPTIONS).first).to_be_visible()

    box.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    address = chosen.get_attribute("data-url")
    box.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    box.press("ArrowDown")
    box.press("Enter")

    expect(page).to_have_url(f"{site}{address}")


def test_search_box_closes_on_escape_and_searches_on_enter(site: str, page: Page) -> None:
    page.goto(f"{site}/search/")
    box = box_of(page)
    type_into(page, "neglect")
    expect(page.locator(OPTIONS).first).to_be_visible()

    box.press("Escape")

    expect(page.locator(OPTIONS).first).to_be_hidden()
    expect(box).to_have_value("neglect")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("Enter")
    expect(page).to_have_url(f"{site}/search/?q=neglect")


def test_search_box_goes_there_on_a_click_and_closes_when_left(site: str, page: Page) -> None:
    page.goto(f"{site}/")
    type_into(page, "neglect")
    expect(page.locator(OPTIONS).first).to_be_visible()
    box_of(page).press("Tab")
    expect(page.locator(OPTIONS).first).to_be_hidden()

    box_of(page).press("ArrowDown")
    page.locator(OPTIONS, has_text="Neglect").first.click()

    expect(page).to_have_url(f"{site}/themes/neglect/")


def test_search_box_passes_over_what_comes_too_late(site: str, page: Page) -> None:
    page.goto(f"{site}/")
    page.route("**/search/suggest/?q=neg", lambda route: None)  # never answered

    box = box_of(page)
    box.fill("neg")
    page.wait_for_timeout(300)
    box.fill("suicid")

    expect(page.locator(OPTIONS).first).to_contain_text("Suicid")


def test_search_box_forgets_the_choice_when_somebody_types_on(site: str, page: Page) -> None:
    page.goto(f"{site}/search/")
    box = box_of(page)
    type_into(page, "negl")
    expect(page.locator(OPTIONS).first).to_be_visible()
    page.route("**/search/suggest/**", lambda route: None)  # never answered
    box.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)

    type_into(page, "ect")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    box.press("Enter")

    expect(page).to_have_url(f"{site}/search/?q=neglect")


def test_search_box_says_once_and_after_a_pause_that_nothing_is_offered(site: str, page: Page) -> None:
    page.goto(f"{site}/")
    page.evaluate(
        """() => {
            window.told = [];
            const place = document.querySelector("[data-announce]");
            new MutationObserver(() => window.told.push(place.textContent)).observe(place, { childList: true });
        }"""
    )

    with page.expect_response("**/search/suggest/**"):
        type_into(page, "zzzz")
    page.wait_for_timeout(200)
    assert page.evaluate("window.told") == []
    expect(page.locator("[data-announce]")).to_have_text("No suggestions")
    with page.expect_response("**/search/suggest/**"):
        type_into(page, "z")
    page.wait_for_timeout(1200)

    assert page.evaluate("window.told") == ["No suggestions"]


def test_search_box_is_a_plain_one_without_javascript(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{site}/")

    plain.get_by_role("searchbox").fill("neglect")
    plain.get_by_role("button", name="Search").click()

    expect(plain).to_have_url(f"{site}/search/?q=neglect")
    context.close()
