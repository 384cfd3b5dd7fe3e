"""What only a browser shows of the desk: keys, a selection, saving by itself, no JavaScript, axe, a phone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as project
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from learning.fixtures_loader import fixture_files, load
from learning.intake.models import Finding
from learning.models import Bulletin
from scr_kb.accounts.models import User
from tests.learning.intake.desk.site import PASSWORD, SAMPLE, add, person, served
from tests.narrow_pages import too_wide

THEME = "missing-from-care"
PAGES = [
    "",
    "facts/",
    "reviews/",
    "themes/",
    "more/",
    "more/links/add/",
    "more/terms/add/",
    "more/counts/add/",
    "redactions/",
    "publishing/",
    "trace/",
    "preview/",
]


@pytest.fixture
def site_with_draft(transactional_db: None, settings, tmp_path: Path) -> Iterator[str]:
    """The address of a server with the vocabularies, an editor and one draft with something of everything to do."""
    settings.MEDIA_ROOT = tmp_path
    load(fixture_files(Path(project.BASE_DIR) / "fixtures")[:5])
    client = Client()
    client.force_login(person("editor", "editor"))
    bulletin = add(client)
    start = bulletin.source_document.text.index("spring")
    Finding.objects.create(bulletin=bulletin, start=start, end=start + 6, kind="incident_date", why="A time of year.")
    dropped = bulletin.statements.order_by("position")[1]
    dropped.delete()
    with served() as address:
        yield address


def sign_in(page: Page, site: str) -> Bulletin:
    page.goto(f"{site}/desk/sign-in/")
    page.get_by_label("Name").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Desk")
    return Bulletin.objects.get()


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 375])
def test_no_page_of_the_desk_has_a_fault_of_accessibility(
    site_with_draft: str, page: Page, axe: Callable[[Page], list[str]], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    bulletin = sign_in(page, site_with_draft)

    faults = {}
    for address in addresses(bulletin):
        page.goto(site_with_draft + address)
        faults[address] = axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address

    assert {address: found for address, found in faults.items() if found} == {}


def test_no_page_of_the_desk_is_wider_than_a_narrow_window(site_with_draft: str, page: Page) -> None:
    User.objects.get().groups.add(Group.objects.get(name="administrator"))
    bulletin = sign_in(page, site_with_draft)
    records = ["", f"bulletins/{bulletin.pk}/", f"bulletins/{bulletin.pk}/address/", f"boards/{bulletin.board.pk}/"]
    records = [f"/desk/records/{record}" for record in records]
    records += [f"/desk/start-here/{THEME}/{bulletin.statements.all()[0].pk}/"]

    assert too_wide(page, site_with_draft, [*addresses(bulletin), *records]) == []


def addresses(bulletin: Bulletin) -> list[str]:
    statement, review = bulletin.statements.all()[0], bulletin.reviews.first()
    own = [f"/desk/{bulletin.pk}/{part}" for part in PAGES]
    own += [f"/desk/{bulletin.pk}/statements/{statement.pk}/"]
    own += [f"/desk/{bulletin.pk}/reviews/{review.pk}/"] if review else []
    return ["/desk/", "/desk/add/", "/desk/guide/", "/desk/start-here/", f"/desk/start-here/{THEME}/", *own]


def select(page: Page, words: str) -> None:
    """As somebody does who marks these words in the source."""
    page.evaluate(
        """words => {
            const place = [...document.querySelectorAll("[data-start]")].find(one => one.textContent.includes(words));
            const range = document.createRange();
            const at = place.textContent.indexOf(words);
            range.setStart(place.firstChild, at);
            range.setEnd(place.firstChild, at + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        words,
    )
    expect(page.locator("[data-selected-words]")).to_have_text(words)


def test_selected_words_become_a_statement_of_exactly_that_passage(site_with_draft: str, page: Page) -> None:
    bulletin = sign_in(page, site_with_draft)
    page.goto(f"{site_with_draft}/desk/{bulletin.pk}/")
    words = "Child Z lived with the family of a relative."
    select(page, words)
    page.keyboard.press("s")
    expect(page.locator("[data-selected-words]")).to_have_text(words)

    page.locator("#selected-kind").select_option("fact")
    selection = page.locator("form", has=page.locator("#selected-kind"))
    selection.get_by_role("button", name="Make a statement").click()

    expect(page.locator("article.kind--fact")).to_have_count(1)
    made = bulletin.statements.get(kind="fact")
    assert bulletin.source_document.text[made.start : made.end] == made.text == words


def test_selected_words_become_the_passage_of_the_statement_that_stands_there(site_with_draft: str, page: Page) -> None:
    bulletin = sign_in(page, site_with_draft)
    one = bulletin.statements.order_by("position")[0]
    page.goto(f"{site_with_draft}/desk/{bulletin.pk}/")
    words = "did not share what they knew about domestic abuse"
    select(page, words)

    page.get_by_text("Make this the passage of a statement").click()
    expect(page.get_by_label("The statement")).to_have_value(str(one.pk))
    page.get_by_role("button", name="Make this its passage").click()

    expect(page.locator("[data-announce]")).to_have_text(re.compile(r"^Done\."))
    one.refresh_from_db()
    assert bulletin.source_document.text[one.start : one.end] == one.text == words


def test_selected_words_are_redacted_where_they_stand(site_with_draft: str, page: Page) -> None:
    bulletin = sign_in(page, site_with_draft)
    one = bulletin.statements.order_by("position")[0]
    page.goto(f"{site_with_draft}/desk/{bulletin.pk}/")
    select(page, "domestic abuse")

    page.keyboard.press("r")
    page.get_by_label("What they are").select_option("rare-combination")
    page.get_by_label("Why (public: say why, never what)").fill("Details that are rare together.")
    page.locator("[data-selection]").get_by_role("button", name="Redact", exact=True).click()

    expect(page.get_by_text("[details removed]").first).to_be_visible()
    one.refresh_from_db()
    assert one.text == "Agencies did not share what they knew about [details removed] with each other."


def test_a_finding_is_decided_without_leaving_the_place_and_the_focus_goes_on(site_with_draft: str, page: Page) -> None:
    bulletin = sign_in(page, site_with_draft)
    page.goto(f"{site_with_draft}/desk/{bulletin.pk}/")
    page.evaluate("document.body.dataset.sameDocument = 'yes'")

    page.keyboard.press("n")
    card = page.locator("article.desk-card--finding").first
    card.get_by_role("button", name="Redact").click()

    expect(page.get_by_text("[date removed]")).to_be_visible()
    expect(page.locator("[data-announce]")).to_have_text(re.compile(r"^Done\. \d+ left"))
    assert page.locator("body").get_attribute("data-same-document") == "yes"
    assert page.evaluate("document.activeElement.matches('[data-todo], [data-row]')")


def test_the_form_of_a_statement_opens_in_its_card_and_saves_itself(site_with_draft: str, page: Page) -> None:
    bulletin = sign_in(page, site_with_draft)
    one = bulletin.statements.order_by("position")[0]
    page.goto(f"{site_with_draft}/desk/{bulletin.pk}/")
    card = page.locator(f"#statement-{one.pk}")

    card.get_by_role("link", name="Edit").click()
    card.get_by_label("Kind").select_option("question")

    expect(card.locator("[data-saved]")).to_have_text("Saved")
    one.refresh_from_db()
    assert one.kind == "question"


def test_everything_is_possible_without_javascript(site_with_draft: str, browser: Browser) -> None:
    context: BrowserContext = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    bulletin = sign_in(page, site_with_draft)
    one = bulletin.statements.order_by("position")[0]
    page.goto(f"{site_with_draft}/desk/{bulletin.pk}/")

    page.locator("article.desk-card--finding").first.get_by_role("button", name="Redact").click()
    expect(page).to_have_url(re.compile(r"#finding-\d+$"))
    page.locator(f"#statement-{one.pk}").get_by_role("link", name="Edit").click()
    page.get_by_label("Kind").select_option("action")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(f"{site_with_draft}/desk/{bulletin.pk}/#statement-{one.pk}")
    page.get_by_text("Make a statement from words that were left out").click()
    page.get_by_label("Its first words").fill("Child Z lived")
    page.get_by_label("Its last words").fill("of a relative.")
    page.get_by_role("button", name="Make a statement").first.click()

    expect(page).to_have_url(re.compile(r"#statement-\d+$"))
    one.refresh_from_db()
    assert one.kind == "action"
    assert bulletin.statements.filter(text="Child Z lived with the family of a relative.").exists()
    assert "Child Z lived" in SAMPLE
    context.close()
