"""Pages on the narrowest phones, in the widest of the usual sans fonts: nothing may be wider than the window.

A reader's machine chooses the font, so a page that only just fits in a narrow one is too wide for somebody else.
Readers may also set letters and words further apart: here by as much as WCAG 1.4.12 says.
"""

import os
from typing import Any

import pytest
from playwright.sync_api import Page

WIDTHS = (375, 320)
WIDE_FONTS = ("DejaVu Sans", "Verdana")  # the second has the widths of the first, on Windows and macOS
NO_WIDE_FONT = f"none of {WIDE_FONTS} is installed: install one, for example with apt install fonts-dejavu-core"

# The policy of the site forbids added <style> elements; a constructed style sheet is no element.
FORCE_FONT = """fonts => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* {
        font-family: ${fonts} !important;
        letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important;
    }`);
    document.adoptedStyleSheets = [sheet];
}"""

# All that can be unfolded is: folded text takes no room.
UNFOLD = """() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const panel of document.querySelectorAll("[data-folded]")) panel.dataset.folded = "false";
}"""

# Puts a long word wherever words of a document may stand: those that the site keeps on one line are its own.
LENGTHEN = """() => {
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const parent = texts.currentNode.parentElement;
        if (parent.closest("button, select, script") || getComputedStyle(parent).whiteSpace === "nowrap") continue;
        texts.currentNode.data = texts.currentNode.data.replace(/[a-z](?=\\s*$)/, "$&" + "longword".repeat(8));
    }
}"""

# Names the innermost of the elements that reach beyond the window and do not scroll within another.
WIDER_THAN_WINDOW = """() => {
    const root = document.scrollingElement;
    if (root.scrollWidth <= innerWidth) return null;
    const scrolls = element => element && element !== root
        && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
    const beyond = [...document.body.querySelectorAll("*")]
        .filter(element => element.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(element.parentElement))
        .map(element => element.outerHTML.slice(0, 120));
    return `${root.scrollWidth} px: ${beyond.at(-1) ?? "something within a scrolling element"}`;
}"""

# Shows one page after another without loading the style sheets again, which takes most of the time. No script runs.
WALK = """async (addresses, unfold, widerThanWindow) => {
    const styles = page => String([...page.querySelectorAll("link[rel=stylesheet]")].map(link => link.href));
    const own = styles(document);
    const faults = [];
    window.answers ??= new Map();
    for (const address of addresses) {
        if (!answers.has(address)) {
            const answer = await fetch(address);
            answers.set(address, answer.ok ? await answer.text() : "");
        }
        const page = new DOMParser().parseFromString(answers.get(address), "text/html");
        if (styles(page) !== own) throw new Error(`${address} failed, or has other style sheets`);
        document.body.replaceWith(page.body);
        unfold();
        const wider = widerThanWindow();
        if (wider) faults.push(`${address} at ${innerWidth} px is ${wider}`);
    }
    return faults;
}"""


def force_wide_font(page: Page) -> None:
    fonts = ", ".join(f'"{font}"' for font in WIDE_FONTS)
    page.add_init_script(f"({FORCE_FONT})('{fonts}')")


def require_wide_font(page: Page) -> None:
    """Skip the test where the fonts of the first heading show that there is no wide one; in CI, fail."""
    if fonts_of_heading(page) <= set(WIDE_FONTS):
        return
    if os.environ.get("CI") == "true":
        pytest.fail(NO_WIDE_FONT)
    pytest.skip(NO_WIDE_FONT)


def fonts_of_heading(page: Page) -> set[str]:
    """The fonts that Chromium really draws it in, whatever the style sheets ask for."""
    browser: Any = page.context.new_cdp_session(page)
    browser.send("DOM.enable")
    browser.send("CSS.enable")
    root = browser.send("DOM.getDocument")["root"]["nodeId"]
    heading = browser.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    fonts = browser.send("CSS.getPlatformFontsForNode", {"nodeId": heading})["fonts"]
    browser.detach()
    return {font["familyName"] for font in fonts}


def too_wide(page: Page, site: str, addresses: list[str], status: int = 200, has_long_words: bool = False) -> list[str]:
    """One line for each address and width at which the page must be pushed to the side to be read."""
    faults = []
    force_wide_font(page)
    for number, address in enumerate(addresses):
        response = page.goto(site + address)
        assert response.status == status, address
        if number == 0:
            require_wide_font(page)
        page.evaluate(UNFOLD)
        if has_long_words:
            page.evaluate(LENGTHEN)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if wider := page.evaluate(WIDER_THAN_WINDOW):
                faults.append(f"{address} at {width} px is {wider}")
    return faults


def too_wide_records(page: Page, site: str, addresses: list[str]) -> list[str]:
    """The same for many public pages that need no script."""
    faults = []
    force_wide_font(page)
    page.goto(f"{site}/about/")
    require_wide_font(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        faults += page.evaluate(f"addresses => ({WALK})(addresses, {UNFOLD}, {WIDER_THAN_WINDOW})", addresses)
    return faults
