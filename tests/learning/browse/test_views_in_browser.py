"""The two lists in a real browser, under the site's policy: htmx, the keyboard, a phone, no JavaScript."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, Route, expect

COUNT = "[data-results-count]"
LIST = re.compile(r"/learning/\?")
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
    page.get_by_role("checkbox", name="Suicide").check()
    expect(page.locator(COUNT)).to_have_text("4 reviews")

    page.go_back()

    expect(page.locator(COUNT)).to_have_text("11 reviews")
    expect(page.get_by_role("checkbox", name="Suicide")).not_to_be_checked()


def test_all_choices_of_a_long_facet_come_in_place_and_stay(site: str, page: Page) -> None:
    page.goto(f"{site}/learning/")
    page.get_by_role("button", name=ALL_THEMES).click()
    expect(page.get_by_role("link", name=re.compile("^Show fewer ?: Theme of the statement$"))).to_be_focused()

    page.get_by_role("checkbox", name="Bullying").check()

    expect(page).to_have_url(f"{site}/learning/?theme=bullying&show=theme")
    expect(page.get_by_role("checkbox", name="Bullying")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Bullying")).to_be_focused()


def test_a_facet_stays_opened_or_closed_when_the_list_is_refreshed(site: str, page: Page) -> None:
    page.goto(f"{site}/learning/")
    page.locator("#kind-title").click()
    page.get_by_role("button", name=re.compile("^Agency")).click()
    expect(page.locator("#agency-title")).to_be_focused()

    page.locator("#agency").get_by_role("checkbox").last.check()

    expect(page.locator("#agency").get_by_role("checkbox").last).to_be_checked()
    expect(page.locator("#agency .filter-group__chosen")).to_have_text("1 chosen")
    expect(page.locator("#agency")).to_have_attribute("open", "")
    expect(page.locator("#kind")).not_to_have_attribute("open", "")


def test_a_tick_made_while_the_answer_is_slow_is_kept_and_sent(site: str, page: Page) -> None:
    page.goto(f"{site}/learning/")
    gate = Gate()
    page.route(LIST, gate)

    page.get_by_role("checkbox", name="Recommendation").check()
    page.get_by_role("checkbox", name="Question").check()
    page.wait_for_timeout(1000)
    gate.open()

    expect(page).to_have_url(f"{site}/learning/?kind=recommendation&kind=question")
    expect(page.locator(COUNT)).to_have_text(re.compile("^30 statements"))
    expect(page.get_by_role("checkbox", name="Recommendation")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Question")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Question")).to_be_focused()


def test_words_typed_while_the_answer_is_slow_are_kept_and_sent(site: str, page: Page) -> None:
    page.goto(f"{site}/learning/")
    gate = Gate()
    page.route(LIST, gate)

    page.get_by_role("checkbox", name="Recommendation").check()
    page.get_by_role("searchbox", name="Words").press_sequentially("school")
    page.wait_for_timeout(1000)
    gate.open()

    expect(page).to_have_url(f"{site}/learning/?q=school&kind=recommendation")
    expect(page.get_by_role("searchbox", name="Words")).to_have_value("school")
    expect(page.get_by_role("searchbox", name="Words")).to_be_focused()
    expect(page.get_by_role("checkbox", name="Recommendation")).to_be_checked()


@dataclass
class Gate:
    """What the list asks for waits here until it is opened."""

    is_open: bool = False
    held: list[Route] = field(default_factory=list)

    def __call__(self, route: Route) -> None:
        if self.is_open:
            route.continue_()
        else:
            self.held.append(route)

    def open(self) -> None:
        assert self.held, "nothing was asked"
        self.is_open = True
        for route in self.held:
            route.continue_()


def test_all_choices_of_a_long_facet_leave_the_filters_open_on_a_phone(site: str, page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{site}/learning/")
    page.get_by_role("button", name="Filter").click()

    page.get_by_role("button", name=ALL_THEMES).click()

    expect(page.get_by_role("checkbox", name="Bullying")).to_be_visible()


def test_with_the_keyboard_alone_from_the_list_to_a_statement_and_back(site: str, page: Page) -> None:
    page.goto(f"{site}/learning/?theme=missing-from-care")
    page.get_by_role("checkbox", name="Learning point").focus()
    page.keyboard.press("Space")
    expect(page.locator(COUNT)).to_have_text("4 statements from 2 reviews")
    narrowed = page.url

    page.locator(".statement__text a").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/learning/\d+/\?list=learning"))
    page.get_by_role("link", name="Back to the results").focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(narrowed)
    expect(page.locator(COUNT)).to_have_text("4 statements from 2 reviews")


def test_on_a_phone_the_filters_fold_and_are_applied_together(site: str, page: Page) -> None:
    show = "Show results"  # how many it will be is not known before
    start = f"{site}/reviews/?theme=suicide&show=theme"
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(start)
    page.get_by_role("button", name="Filter (1 applied)").click()

    page.get_by_role("checkbox", name="Domestic abuse").check()
    expect(page).to_have_url(start)
    page.get_by_role("button", name=show).click()

    page.get_by_role("button", name="Filter (2 applied)").click()
    either = page.url
    page.get_by_role("radio", name="all of these").check()
    expect(page).to_have_url(either)
    page.get_by_role("button", name=show).click()

    expect(page.locator(COUNT)).to_have_text("3 reviews")
    expect(page).to_have_url(re.compile(r"\?theme_match=all&theme="))


def test_without_javascript_the_button_applies_the_filters(site: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/reviews/")

    page.get_by_role("checkbox", name="Suicide").check()
    page.get_by_label("Sort").select_option("label")
    page.get_by_role("button", name="Show 11 reviews", exact=True).click()

    expect(page.locator(COUNT)).to_have_text("4 reviews")
    expect(page.locator(".records__title").first).to_have_text("Child B, Milton Keynes")
    page.context.close()


def test_without_javascript_opening_a_facet_keeps_what_is_ticked(site: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/learning/")
    death = page.get_by_role("checkbox", name="Death", exact=False)
    expect(death).to_have_count(0)

    page.get_by_role("checkbox", name="Recommendation").check()
    page.get_by_role("button", name=re.compile("^What happened")).click()
    expect(page).to_have_url(re.compile(r"show=nature#nature$|show=nature.*#nature$"))
    death.check()
    page.get_by_role("button", name=re.compile("^Year of learning")).click()

    expect(page.locator("#year")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Recommendation")).to_be_checked()
    expect(death).to_be_checked()
    page.context.close()


def test_the_second_skip_link_leads_past_the_filters(site: str, page: Page) -> None:
    page.goto(f"{site}/learning/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Skip the filters")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#results")).to_be_focused()


@pytest.mark.parametrize(("width", "lowest"), [(1280, 280), (375, 340)])
def test_the_first_statement_stands_on_the_first_screen(site: str, page: Page, width: int, lowest: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/learning/")

    box = page.locator(".statement__words").first.bounding_box()

    assert box is not None
    assert box["y"] <= lowest
