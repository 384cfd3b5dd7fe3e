"""What search engines may list, and what /about/ promises of it and of the rest: read on every page of the bulletins.

The pages are found as a search engine finds them, by following links, and each is judged by its own words and links.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker
from selectolax.lexbor import LexborHTMLParser

from learning.models import Statement
from reviews.models import Review
from tests.pages import squashed

NOT_WALKED = ("/static/", "/admin/", "/desk/")
SHORTEST_QUOTE = 40  # characters, under which other reviews may have the same words


@dataclass(frozen=True)
class Page:
    address: str
    is_listed: bool
    text: str
    links: set[str]

    @classmethod
    def read(cls, client: Client, address: str) -> "Page":
        response = client.get(address, follow=True)
        tree = LexborHTMLParser(response.content.decode())
        robots = [each.attributes.get("content") or "" for each in tree.css('meta[name="robots"]')]
        links = {without_way_back(urljoin(address, each.attributes["href"] or "")) for each in tree.css("a[href]")}
        for each in tree.css("footer, .breadcrumbs-row"):
            each.decompose()
        is_listed = response.status_code == 200 and "noindex" not in " ".join(robots)
        body = tree.body
        return cls(address, is_listed, squashed([body.text() if body else ""]), links)

    def names_or_quotes(self, review: "Unlisted") -> bool:
        words = f" {self.text} ".replace(",", " ").replace(".", " ")
        return (
            review.address in {urlsplit(link).path for link in self.links}
            or any(f" {name} " in words for name in review.names)
            or any(quote in self.text for quote in review.quotes)
        )


@dataclass(frozen=True)
class Unlisted:
    """A review that is kept from search engines: its address and names, and the words that its bulletins say of it.

    What they say of no review in particular may be said of it too.
    """

    address: str
    names: list[str]
    quotes: list[str]

    @classmethod
    def of(cls, review: Review) -> "Unlisted":
        said = [*review.statements.all(), *Statement.objects.filter(bulletin__in=review.bulletins.all(), review=None)]
        quotes = [squashed([statement.text]) for statement in said]
        names = [review.label, *review.aliases.values_list("name", flat=True)]
        return cls(review.get_absolute_url(), names, [quote for quote in quotes if len(quote) >= SHORTEST_QUOTE])

    @classmethod
    def all(cls) -> "list[Unlisted]":
        return [cls.of(review) for review in Review.objects.kept_from_search_engines().published()]


def without_way_back(link: str) -> str:
    """The address without what only leads back to it, or to a place on it."""
    parts = urlsplit(link)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in ("list", "about")]
    is_own = not parts.netloc and parts.scheme == ""
    return f"{parts.path}?{urlencode(query)}".rstrip("?") if is_own else ""


ASKED = ["/learning/?theme=suicide", "/reviews/?theme=suicide", "/learning/?q=police", "/search/?q=child+q",
         "/search/?q=police&type=learning", "/bulletins/?board=west-sussex", "/families/?about=/"]  # fmt: skip


def walk(client: Client) -> Iterator[Page]:
    """Every page that links lead to; of addresses with a question only the pages of a list, and some of each kind."""
    waiting = ["/", *ASKED]
    known = set(waiting)
    while waiting:
        page = Page.read(client, waiting.pop())
        yield page
        plain = {link for link in page.links if "?" not in link.replace("?page=", "")}
        new = {link for link in plain if link.startswith("/") and not link.startswith(NOT_WALKED)} - known
        waiting += sorted(new)
        known |= new


@pytest.fixture(scope="module")
def pages(loaded_bulletins: None, django_db_blocker: DjangoDbBlocker) -> list[Page]:
    with django_db_blocker.unblock():
        return list(walk(Client()))


def test_no_page_that_search_engines_list_names_or_quotes_an_unlisted_review(bulletins, pages):
    reviews = Unlisted.all()
    assert {review.names[0] for review in reviews} == {
        "Child Q and Child S", "Child R", "SCR John", "SCR Key", "Serious Case Review O", "Serious Case Review Q",
        "Young Person K",
    }  # fmt: skip

    naming = [page for page in pages if any(map(page.names_or_quotes, reviews))]

    assert [page.address for page in naming if page.is_listed] == []
    assert len(naming) > 200
    listed = {page.address for page in pages if page.is_listed}
    assert {"/about/", "/themes/", "/agencies/", "/bulletins/child-b-2010/", "/families/"} <= listed
