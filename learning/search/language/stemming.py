"""Words as the index, a search and a page know them: folded (no capitals, no accents) and cut to their stem.

Neither database stems: the index holds the stems made here, so both find the same, and a page marks what was found.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import snowballstemmer

# A run of letters and digits, with the accents that may follow a letter as signs of their own.
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
APOSTROPHES = ("'", "’", "ʼ")


class Token(NamedTuple):
    """A word of a text: where it stands, its stem, and whether it is the "s" of "child's"."""

    start: int
    end: int
    stem: str
    is_possessive: bool


def fold(text: str) -> str:
    """Text without capitals, accents and typographic forms of letters."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order. "½" is two: 1 and 2."""
    if text.isascii():
        return tuple(WORD.findall(text.lower()))
    return tuple(chain.from_iterable(WORD.findall(fold(run)) for run in WORD.findall(text)))


def tokens_of(text: str) -> list[Token]:
    """The same words as stems, with their places."""
    return [
        Token(match.start(), match.end(), stem(word), text[match.start() - 1 : match.start()] in APOSTROPHES)
        for match in WORD.finditer(text)
        for word in words_of(match.group())
    ]


def stemmed(text: str) -> str:
    """A text as the index holds it."""
    return " ".join(map(stem, words_of(text)))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word. A stemmer keeps the word that it works on, so threads cannot share one."""
    return str(snowballstemmer.stemmer("english").stemWord(word))
