"""What a reader sees of a response: its words, its links, its markup."""

import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from selectolax.lexbor import LexborHTMLParser

SILENT = {"script", "style", "title"}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self._silent = 0
        self._link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        if tag == "a":
            self._link = (dict(attrs).get("href") or "", len(self.words))

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent -= 1
        if tag == "a" and self._link is not None:
            href, start = self._link
            self.links.append((squashed(self.words[start:]), href))
            self._link = None

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def squashed(words: list[str]) -> str:
    return " ".join("".join(words).split())


def read(response: Any) -> Reader:
    assert isinstance(response, HttpResponse)
    reader = Reader()
    reader.feed(response.content.decode())
    return reader


def text_of(response: Any) -> str:
    """All words of a page in one line, those for screen readers too."""
    return squashed(read(response).words)


def words_in(page: Any, selector: str) -> list[str]:
    """The words of each element that is found by its tag, role or label, without what only screen readers say."""
    html = page if isinstance(page, str) else page.content.decode()
    tree = LexborHTMLParser(html)
    for silent in tree.css(".visually-hidden"):
        silent.decompose()
    return [squashed([element.text()]) for element in tree.css(selector)]


def links(response: Any) -> list[tuple[str, str]]:
    """(words, address) of every link of a page."""
    return read(response).links


def markup(response: Any) -> str:
    """A page without the white space that does not show."""
    text = " ".join(response.content.decode().split())
    return re.sub(r"(?<=<p>) | (?=</p>)|(?<=around\">) ", "", text)
