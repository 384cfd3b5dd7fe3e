"""Every public page fits on the narrowest phones."""

from playwright.sync_api import Page

from learning.models import Bulletin, Statement
from reviews.models import Agency, Board, Review, Theme
from tests.narrow_pages import too_wide, too_wide_records

PAGES = [
    "/",
    "/reviews/",
    "/reviews/?q=zzz",
    "/learning/",
    "/learning/?theme=suicide",
    "/learning/?theme=x&page=y",
    "/recommendations/",
    "/recommendations/?status=done&status=accepted&theme=x",
    "/questions/",
    "/themes/",
    "/agencies/",
    "/bulletins/",
    "/boards/",
    "/search/",
    "/search/?q=CSE",
    "/search/?q=theme%3Amissing-from-care+kind%3Arecommendation",
    "/search/?q=exploitaton",
    "/about/",
    "/glossary/",
    "/accessibility/",
    "/privacy/",
    "/contact/",
    "/families/?about=/themes/",
    "/support/",
    "/support/?nation=wales",
]


def addresses_of_records() -> list[str]:
    statements = [statement.get_absolute_url() for statement in Statement.objects.published()]
    rest = [
        *Bulletin.objects.published(),
        *Review.objects.published(),
        *Theme.objects.all(),
        *Agency.objects.all(),
        *Board.objects.all(),
    ]
    return [*statements, f"{statements[0]}like/", *(record.get_absolute_url() for record in rest)]


def test_no_page_is_wider_than_a_narrow_window(site: str, page: Page) -> None:
    assert too_wide(page, site, PAGES) == []


def test_no_record_is_wider_than_a_narrow_window(site: str, page: Page) -> None:
    assert too_wide_records(page, site, addresses_of_records()) == []


def test_long_words_are_broken(site: str, page: Page) -> None:
    records = [model.objects.published()[0].get_absolute_url() for model in (Statement, Bulletin, Review)]
    addresses = [*PAGES, *records, "/themes/missing-from-care/", "/agencies/police/", "/boards/west-sussex/"]

    assert too_wide(page, site, addresses, has_long_words=True) == []


def test_the_page_that_says_not_found_is_not_either(site: str, page: Page) -> None:
    assert too_wide(page, site, ["/nothing/"], status=404) == []
