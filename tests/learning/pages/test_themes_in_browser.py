"""The list of themes in a real browser, with and without script."""

from playwright.sync_api import Browser, Page, expect


def test_the_list_of_themes_is_narrowed_by_another_name(site: str, page: Page) -> None:
    page.goto(f"{site}/themes/")
    themes = page.get_by_role("main").get_by_role("link")
    before = themes.count()

    page.get_by_role("searchbox", name="Find a theme").fill("abscond")

    expect(page.get_by_role("status").filter(has_text="theme")).to_have_text("1 theme")
    expect(page.get_by_role("main").get_by_role("link", name="Missing from care")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Neglect", exact=True)).to_be_hidden()

    page.get_by_role("searchbox", name="Find a theme").fill("")
    expect(themes).to_have_count(before)


def test_without_javascript_the_list_of_themes_has_no_box(site: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/themes/")

    expect(page.get_by_label("Find a theme")).to_be_hidden()
    expect(page.get_by_role("link", name="Missing from care")).to_be_visible()
    page.context.close()
