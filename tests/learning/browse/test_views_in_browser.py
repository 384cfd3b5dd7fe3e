"""The two lists in a real browser, under the site's policy: htmx, the keyboard, a phone, no JavaScript."""

import re

from playwright.sync_api import Browser, Page, expect

COUNT = "[data-results-count]"
ALL_THEMES = re.compile(r"^Show all \d+ ?: Theme of the statement$")


def test_a_changed_filter_refreshes_the_list_in_place(site: str, page: Page) -> None:
    page.goto(f"{site}/learning/")
    page.evaluate("document.body.dataset.sameDocument = 'yes'")

    page.get_by_role("checkbox", name="Recommendation 16").focus()
    page.keyboard.press("Space")

    expect(page.locator(COUNT)).to_have_text("16 statements from 2 reviews")
    expect(page).to_have_url(f"{site}/learning/?kind=recommendation")
    expect(page).to_have_title("16 statements from 2 reviews: learning – Case review knowledge base")
    expect(page.locator("[data-announce]")).to_have_text("16 statements from 2 reviews")
    expect(page.get_by_role("checkbox", name="Recommendation 16")).to_be_focused()
    assert page.locator("body").get_attribute("data-same-document") == "yes"


def test_going_back_in_the_browser_shows_the_list_before(site: str, page: Page) -> None:
    page.goto(f"{site}/reviews/")
    page.get_by_role("checkbox", name="Domestic abuse").check()
    expect(page.locator(COUNT)).to_have_text("3 reviews")

    page.go_back()

    expect(page.locator(COUNT)).to_have_text("11 reviews")
    expect(page.get_by_role("checkbox", name="Domestic abuse")).not_to_be_checked()


def test_all_choices_of_a_long_facet_come_in_place_and_stay(site: str, page: Page) -> None:
    page.goto(f"{site}/learning/")
    page.get_by_role("link", name=ALL_THEMES).click()
    expect(page.get_by_role("link", name=re.compile("^Show fewer ?: Theme of the statement$"))).to_be_focused()

    page.get_by_role("checkbox", name="Bullying").check()

    expect(page).to_have_url(f"{site}/learning/?theme=bullying&show=theme")
    expect(page.get_by_role("checkbox", name="Bullying")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Bullying")).to_be_focused()


def test_an_opened_facet_stays_open_when_the_list_is_refreshed(site: str, page: Page) -> None:
    page.goto(f"{site}/learning/")
    page.locator("#agency-more summary").click()

    page.locator("#agency-more").get_by_role("checkbox").last.check()

    expect(page.locator(COUNT)).to_have_text(re.compile("^82 statements"))
    expect(page.locator("#agency-more")).to_have_attribute("open", "")


def test_all_choices_of_a_long_facet_leave_the_filters_open_on_a_phone(site: str, page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{site}/learning/")
    page.get_by_role("button", name="Filter").click()

    page.get_by_role("link", name=ALL_THEMES).click()

    expect(page.get_by_role("checkbox", name="Bullying")).to_be_visible()


def test_with_the_keyboard_alone_from_the_list_to_a_statement_and_back(site: str, page: Page) -> None:
    page.goto(f"{site}/learning/?theme=missing-from-care")
    page.get_by_role("checkbox", name="Learning point").focus()
    page.keyboard.press("Space")
    expect(page.locator(COUNT)).to_have_text("3 statements from 2 reviews")
    narrowed = page.url

    page.locator("a.kind").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/learning/\d+/\?list=learning"))
    page.get_by_role("link", name="Back to the results").focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(narrowed)
    expect(page.locator(COUNT)).to_have_text("3 statements from 2 reviews")


def test_on_a_phone_the_filters_fold_and_are_applied_together(site: str, page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{site}/reviews/?theme=suicide")
    page.get_by_role("button", name="Filter (1)").click()

    page.get_by_role("checkbox", name="Domestic abuse").check()
    page.get_by_role("radio", name="all of these").check()
    expect(page).to_have_url(f"{site}/reviews/?theme=suicide")
    page.get_by_role("button", name="Show results").click()

    expect(page.locator(COUNT)).to_have_text("3 reviews")
    expect(page).to_have_url(f"{site}/reviews/?theme_match=all&theme=suicide&theme=domestic-abuse")


def test_without_javascript_the_button_applies_the_filters(site: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/reviews/")

    page.get_by_role("checkbox", name="Suicide").check()
    page.get_by_label("Sort").select_option("label")
    page.get_by_role("button", name="Show results").click()

    expect(page.locator(COUNT)).to_have_text("4 reviews")
    expect(page.locator(".records__title").first).to_have_text("Child B")
    page.context.close()
