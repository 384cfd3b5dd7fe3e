"""The whole way of each of the five bulletins in a real browser: from a file to a public page, by two people."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as project
from playwright.sync_api import Locator, Page, expect

from learning.fixtures_loader import fixture_files, load
from learning.models import Bulletin, Statement
from tests.learning.intake.desk.site import PASSWORD, fixture_text, person, served

SUMMARY = "A review of the case of one child. It asks what those who work with children can learn from it."
FIVE = [
    "child-b-2010",
    "child-r-2015",
    "knowsley-child-q-and-s-2017",
    "west-sussex-briefing-2017",
    "young-person-k-2016",
]


@pytest.fixture
def desk_site(transactional_db: None, settings, tmp_path: Path) -> Iterator[str]:
    """The address of a server with the vocabularies, an editor and a publisher, and nothing else."""
    settings.MEDIA_ROOT = tmp_path
    load(fixture_files(Path(project.BASE_DIR) / "fixtures")[:5])
    person("editor", "editor")
    person("publisher", "publisher")
    with served() as address:
        yield address


class Hand:
    """Clicks in a page, and counts how often."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site, self.clicks = page, site, 0

    def click(self, place: Locator) -> None:
        place.click()
        self.clicks += 1

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name, exact=True))

    def turn_to(self, name: str) -> None:
        """One of the pages of the bulletin at the desk."""
        pages = self.page.get_by_role("navigation", name="This bulletin")
        self.click(pages.get_by_role("link", name=name, exact=True))
        expect(pages.get_by_role("link", name=name, exact=True)).to_have_attribute("aria-current", "page")

    def sign_in(self, name: str) -> None:
        self.page.goto(f"{self.site}/desk/")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Desk")


@pytest.mark.slow
@pytest.mark.parametrize("slug", FIVE)
def test_a_bulletin_goes_the_whole_way(slug: str, desk_site: str, page: Page, record_property) -> None:
    hand = Hand(page, desk_site)
    hand.sign_in("editor")
    bring_in(hand, fixture_text(slug))
    bulletin = Bulletin.objects.get()
    decide_findings(hand)
    settle_passages(hand)
    answer_about_anonymity(hand)
    fill_in_facts(hand)
    fill_in_reviews(hand)
    put_themes_on(hand)
    hand.press("Hand over for checking")
    hand.press("Sign out")

    hand.sign_in("publisher")
    bulletin.refresh_from_db()
    hand.follow(bulletin.title)
    hand.press("Publish")

    hand.follow("See it as the public does")
    expect(page.get_by_role("heading", level=1)).to_have_text(bulletin.display_title)
    listed = Statement.objects.published().filter(bulletin=bulletin).count()
    assert listed == bulletin.statements.count() > 0
    found_in_public(hand, bulletin)
    record_property("told", f"{slug}: {hand.clicks} clicks at the desk for {listed} statements")  # in the summary


def bring_in(hand: Hand, file: Path) -> None:
    hand.page.get_by_role("main").get_by_role("link", name="Add a bulletin").click()
    hand.clicks += 1
    hand.page.get_by_label("Files").set_input_files(file)
    hand.press("Make a draft")
    expect(hand.page.get_by_role("navigation", name="This bulletin")).to_be_visible()


def decide_findings(hand: Hand) -> None:
    """What may be a name is kept with a reason (the five texts have none left), everything else is redacted."""
    undecided = hand.page.locator("article.desk-card--finding")
    while count := undecided.count():
        finding = undecided.first
        if finding.get_by_role("heading").inner_text().startswith("Name of a person"):
            finding.get_by_label("Reason to keep it").fill("Looked at: no person of the case.")
            hand.click(finding.get_by_role("button", name="Keep"))
        else:
            hand.click(finding.get_by_role("button", name="Redact"))
        expect(undecided).to_have_count(count - 1)


def settle_passages(hand: Hand) -> None:
    unclaimed = hand.page.locator("article.desk-card--unclaimed")
    while count := unclaimed.count():
        unclaimed.first.get_by_label("Or why it is not a statement").fill("It introduces what follows")
        hand.click(unclaimed.first.get_by_role("button", name="Leave it out"))
        expect(unclaimed).to_have_count(count - 1)


def answer_about_anonymity(hand: Hand) -> None:
    """Where a review speaks of a sexual offence: its child is marked, or, where none is recorded, nobody is meant."""
    questions = hand.page.locator("#warnings form[data-todo]")
    while count := questions.count():
        mark = questions.first.get_by_role("button", name="Lifelong anonymity for")
        if mark.count():
            hand.click(mark.first)
        else:
            questions.first.get_by_label("Or why no child").fill("It speaks of children in general.")
            hand.click(questions.first.get_by_role("button", name="Nobody is"))
        expect(questions).to_have_count(count - 1)


def fill_in_facts(hand: Hand) -> None:
    hand.turn_to("Facts and rights")
    board = hand.page.get_by_label("Board", exact=True)
    if board.locator("option:checked").inner_text() == "Board not yet known":
        board.select_option(label=board.locator("option", has_text="SSCB (identified as").inner_text())
    hand.page.get_by_label("What we may show").select_option("full-text")
    hand.page.get_by_label("What that is based on").fill("The board has agreed to it.")
    hand.press("Save")


def fill_in_reviews(hand: Hand) -> None:
    hand.turn_to("Reviews")
    summaries = hand.page.get_by_label("Summary by the editors")
    for place in range(summaries.count()):
        summaries.nth(place).fill(SUMMARY)
    if summaries.count():
        hand.press("Save")


def put_themes_on(hand: Hand) -> None:
    hand.turn_to("Themes")
    if "without theme" in hand.page.locator("body").inner_text():
        hand.press("Tick all that have no theme")  # a script shows this button: the click waits for it
        hand.page.get_by_label("Add", exact=True).select_option("Information sharing")
        hand.press("Change the themes")


def found_in_public(hand: Hand, bulletin: Bulletin) -> None:
    """By a reader who searches for words of its first statement."""
    first = bulletin.statements.order_by("position")[0]
    hand.page.get_by_role("combobox", name="Search the site").fill(f'"{" ".join(first.text.split()[:5])}"')
    hand.page.get_by_role("search").get_by_role("button", name="Search").first.click()
    expect(hand.page.locator(f"a[href^='{first.get_absolute_url()}']").first).to_be_visible()
