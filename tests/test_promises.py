"""What /about/ promises, each sentence held against every page of the five bulletins.

The pages are found as a search engine finds them, by following links, and each is judged by its own words and links.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker
from selectolax.lexbor import LexborHTMLParser

from learning.models import PublicText, Statement
from reviews.models import Child, Review, Theme
from tests.pages import squashed, text_of

NOT_WALKED = ("/static/", "/admin/", "/desk/")
SHORTEST_QUOTE = 40  # characters, under which other reviews may have the same words


@dataclass(frozen=True)
class Page:
    address: str
    is_listed: bool
    text: str
    unfolded: str  # without what is shown only at a click
    links: set[str]

    @classmethod
    def read(cls, client: Client, address: str) -> "Page":
        response = client.get(address, follow=True)
        tree = LexborHTMLParser(response.content.decode())
        robots = [each.attributes.get("content") or "" for each in tree.css('meta[name="robots"]')]
        links = {without_way_back(urljoin(address, each.attributes["href"] or "")) for each in tree.css("a[href]")}
        for each in tree.css("footer, .breadcrumbs-row"):
            each.decompose()
        text = words_of(tree)
        for each in tree.css(".document__folded p"):
            each.decompose()
        is_listed = response.status_code == 200 and "noindex" not in " ".join(robots)
        return cls(address, is_listed, text, words_of(tree), links)

    def names_or_quotes(self, review: "Unlisted") -> bool:
        words = f" {self.text} ".replace(",", " ").replace(".", " ")
        return (
            review.address in {urlsplit(link).path for link in self.links}
            or any(f" {name} " in words for name in review.names)
            or any(quote in self.text for quote in review.quotes)
        )


def words_of(tree: LexborHTMLParser) -> str:
    return squashed([tree.body.text() if tree.body else ""])


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
    return f"{parts.path}?{urlencode(query)}".rstrip("?") if is_own else link


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


@pytest.fixture(autouse=True)
def five_bulletins(bulletins: None) -> None:
    """Every test here reads the five bulletins."""


def is_promised(client: Client, sentence: str) -> bool:
    return sentence in text_of(client.get("/about/"))


def test_no_page_that_search_engines_list_names_or_quotes_an_unlisted_review(client, pages):
    assert is_promised(client, "Every page that names or quotes a review about such a child asks search engines not to")
    assert is_promised(client, "So does every page about a review where living relatives could be recognised")
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


def test_of_a_child_with_lifelong_anonymity_age_ethnicity_placement_and_year_are_withheld(client, pages):
    assert is_promised(client, "Their age, ethnicity and placement, and the year, are withheld.")
    texts = {page.address: page.text for page in pages}
    children = Child.objects.filter(has_lifelong_anonymity=True).select_related("review__board")
    assert len(children) == 5

    for child in children:
        facts = texts[child.review.get_absolute_url()]
        for term in ("Age at the incident", "Broad ethnic group", "Placement", "Year of the incident"):
            gathered = rf"Withheld: not shown here, whether or not it is known [^.]*{term}"  # of a child who is alone
            assert re.search(rf"{term} ?[Ww]ithheld|{gathered}", facts), (child, term)


def test_how_a_child_died_or_was_harmed_is_folded_and_found_by_no_search(client, pages):
    assert is_promised(client, "its words are hidden on the bulletin’s page until you click to open them")
    assert is_promised(client, "They are left out of the pages of statements, and no search finds a case by them.")
    texts = PublicText.objects.select_related("bulletin")
    sensitive = {
        squashed([text.text[block["start"] : block["end"]]]): text.bulletin.get_absolute_url()
        for text in texts
        for block in text.blocks
        if block.get("sensitive")
    }
    assert len(sensitive) == 2

    looked_for: list[str] = []
    for words, address in sensitive.items():
        assert [page.address for page in pages if words in page.unfolded] == []
        assert [urlsplit(page.address).path for page in pages if words in page.text] == [address]
        elsewhere = " ".join(page.unfolded for page in pages).casefold()
        telling = [word for word in re.findall(r"[a-z]{6,}", words) if word not in elsewhere]
        looked_for += telling
        for word in telling:
            assert "Nothing was found" in text_of(client.get("/search/", {"q": word})), word
    assert looked_for


def test_of_a_suicide_method_and_place_are_removed(client, pages):
    assert is_promised(client, "the method and the place are removed from the text and the removal is marked")
    method = re.compile(r"\b(hang(ed|ing)|ligature|noose|overdos\w+)\b", re.IGNORECASE)
    of_themes = {
        name
        for theme in Theme.objects.all()
        for name in (theme.name, theme.definition, *theme.synonym_list, *theme.narrower_list)
        if method.search(name)
    }

    def told(text: str) -> bool:
        """Whether a method stands there otherwise than in the vocabulary, which is about no case."""
        for name in sorted(of_themes, key=len, reverse=True):
            text = text.replace(name, "")
        return bool(method.search(text))

    assert [page.address for page in pages if told(page.text)] == []


def test_a_page_that_quotes_a_review_says_what_it_is_about_and_can_be_left(client, pages):
    assert is_promised(client, "A page about death, harm or abuse says so at the top, with support lines")
    quotes = [squashed([text]) for text in Statement.objects.exclude(review=None).values_list("text", flat=True)]
    quoting = [page for page in pages if any(quote in page.text for quote in quotes if len(quote) >= SHORTEST_QUOTE)]

    assert [page.address for page in quoting if "Content note: About " not in page.text] == []
    assert [page.address for page in quoting if "https://www.bbc.co.uk/weather" not in page.links] == []
    assert len(quoting) > 300
    quiet = {page.address for page in pages if "Content note" not in page.text}
    assert {"/themes/", "/themes/gangs/", "/boards/"} <= quiet


def test_every_page_leads_to_the_page_for_families(client, pages):
    assert is_promised(client, "It leads to a page for children and families")

    assert [page.address for page in pages if "/families/" not in page.links] == []
