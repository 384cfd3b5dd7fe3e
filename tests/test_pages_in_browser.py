"""Every kind of page in a real browser, under the site's policy: for everybody, on a desk and on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from learning.models import Statement
from learning.pages.home import TILES

WIDTHS = (1280, 375)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/reviews/",
        "/reviews/?q=zzz",
        "/reviews/west-sussex/a/",
        "/reviews/knowsley/child-q-and-child-s/",
        "/learning/?theme=suicide",
        "/learning/?theme=x&page=y",
        "/recommendations/",
        "/recommendations/?status=done&status=accepted",
        "/recommendations/?status=x",
        "/questions/",
        "/questions/?agency=residential-care",
        "/themes/",
        "/themes/missing-from-care/",
        "/themes/abuse-linked-to-faith-or-belief/",
        "/agencies/",
        "/agencies/police/",
        "/bulletins/",
        "/bulletins/?page=9",
        "/bulletins/child-b-2010/",
        "/boards/",
        "/boards/west-sussex/",
        "/search/",
        "/search/?q=CSE",
        "/search/?q=exploitaton",
        "/search/?q=-x",
        "/about/",
        "/glossary/",
        "/accessibility/",
        "/privacy/",
        "/contact/",
        "/families/?about=/themes/",
        "/support/",
        "/support/?nation=wales",
        "/nothing/",
    ],
)
def test_axe_finds_nothing(site: str, page: Page, axe: Callable[[Page], list[str]], path: str) -> None:
    page.goto(site + path)

    assert faults(page, axe) == []


@pytest.mark.parametrize("has", ["progress", "parent", "addressees"])
def test_axe_finds_nothing_on_a_statement(site: str, page: Page, axe: Callable[[Page], list[str]], has: str) -> None:
    statement = Statement.objects.filter(**{f"{has}__isnull": False}).first()
    page.goto(f"{site}/learning/{statement.pk}/")

    assert faults(page, axe) == []


def test_axe_finds_nothing_on_a_form_with_errors(site: str, page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.goto(f"{site}/contact/")
    page.get_by_role("button", name="Send message").click()

    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    assert faults(page, axe) == []


def faults(page: Page, axe: Callable[[Page], list[str]]) -> list[str]:
    """What axe finds at either width, and whether the page must be pushed to the side to be read."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width}: {fault}" for fault in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: wider than the window")
    return found


# --- the keyboard alone -----------------------------------------------------------------------------------------


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the element has the focus, which must be seen."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            outline = wanted.evaluate(
                "element => getComputedStyle(element).outlineStyle + getComputedStyle(element).boxShadow"
            )
            assert outline != "nonenone", "the focus is not to be seen"
            return
    raise AssertionError(f"Tab never came to {wanted}")


def test_with_the_keyboard_alone_from_the_start_to_a_statement_and_back(site: str, page: Page) -> None:
    page.goto(f"{site}/")
    tab_to(page, page.get_by_role("navigation", name="Main").get_by_role("link", name="Learning"))
    page.keyboard.press("Enter")

    tab_to(page, page.get_by_role("checkbox", name="Learning point"))
    page.keyboard.press("Space")
    expect(page).to_have_url(f"{site}/learning/?kind=learning_point")
    expect(page.locator("[data-results-count]")).to_have_text("75 statements from 11 reviews")
    narrowed = page.url

    tab_to(page, page.locator("#results .statement__text a").first)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/learning/\d+/\?list=learning"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Learning point")

    tab_to(page, page.get_by_role("link", name="Back to the results"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(narrowed)
    expect(page.locator("[data-results-count]")).to_have_text("75 statements from 11 reviews")


def test_questions_are_printed_as_cards_with_their_source_and_address(site: str, page: Page) -> None:
    page.goto(f"{site}/questions/")
    card = page.get_by_role("article").first
    address = card.get_by_text(re.compile(rf"^{re.escape(site)}/learning/\d+/$"))
    expect(page.get_by_role("button", name="Print as cards")).to_be_visible()
    expect(address).to_be_hidden()

    page.emulate_media(media="print")

    expect(card.get_by_role("heading")).to_be_visible()
    expect(card.get_by_text(re.compile("West Sussex 2018"))).to_be_visible()
    expect(address).to_be_visible()
    expect(page.get_by_label("Occasion")).to_be_hidden()
    expect(page.get_by_role("button", name="Print as cards")).to_be_hidden()


def test_the_first_tab_leads_past_the_header(site: str, page: Page) -> None:
    page.goto(f"{site}/learning/")
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


# --- the header -------------------------------------------------------------------------------------------------


def test_on_a_phone_the_menu_opens_without_script(site: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800}).new_page()
    page.goto(f"{site}/themes/")
    reviews = page.get_by_role("navigation", name="Main").get_by_role("link", name="Reviews")
    expect(reviews).to_be_hidden()

    page.get_by_role("link", name="Menu").click()
    reviews.click()

    expect(page).to_have_url(f"{site}/reviews/")
    page.context.close()


def test_in_forced_colours_the_current_page_of_the_menu_is_marked(site: str, page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{site}/themes/")
    menu = page.get_by_role("navigation", name="Main").get_by_role("link")

    marked = menu.evaluate_all(
        """links => links.filter(link => {
            const line = getComputedStyle(link, "::after");
            return line.content !== "none" && line.borderBottomStyle === "solid"
                && parseFloat(line.borderBottomWidth) >= 2
                && line.borderBottomColor !== getComputedStyle(document.body).backgroundColor;
        }).map(link => link.textContent)"""
    )

    assert marked == ["Themes"]


@pytest.mark.parametrize(
    ("pages", "wide", "phone"),
    [
        (
            [f"/themes/{slug}/" for slug in (*TILES, "self-harm")],
            400,
            450,
        ),
        (["/reviews/sscb/young-person-k/", "/reviews/southwark/child-r/", "/reviews/milton-keynes/child-b/"], 420, 460),
    ],
    ids=["themes", "reviews"],
)
def test_a_page_begins_with_the_learning(site: str, page: Page, pages: list[str], wide: int, phone: int) -> None:
    """How far down the first statement stands, in pixels."""
    low = []
    for width, most in ((1280, wide), (375, phone)):
        page.set_viewport_size({"width": width, "height": 812})
        for path in pages:
            page.goto(site + path)
            top = page.locator(".statement__words").first.evaluate("each => each.getBoundingClientRect().top")
            if top > most:
                low.append((path, width, top))

    assert low == []
