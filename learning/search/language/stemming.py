"""Words as the index, a search and a page know them: folded (no capitals, no accents) and cut to their stem.

Neither database stems: the index holds the stems made here, so both find the same, and a page marks what was found.
The possessive of a word is the word itself, "A&E" is one word, and signs that nobody sees (soft hyphens, spaces without
width) stand between no letters.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import snowballstemmer

# Soft hyphen, spaces and joiners without width, marks of direction, and the mark of byte order.
INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
APOSTROPHES = ("'", "’", "ʼ")
_LETTER = r"[^\W_]"
_POSSESSIVE = r"['’ʼ][sS]"
# Two single letters with "&" between them; or a run of letters and digits, with the accents that may follow a letter as
# signs of their own, and the possessive's "s".
WORD = re.compile(
    rf"(?<!{_LETTER}){_LETTER}\s?&\s?{_LETTER}(?!{_LETTER})"
    rf"|{_LETTER}+(?:[\u0300-\u036f{INVISIBLE}]+{_LETTER}*)*(?:{_POSSESSIVE}(?!{_LETTER}))?"
)
UNSEEN = re.compile(f"[{INVISIBLE}]+")
_LAST_POSSESSIVE = re.compile(rf"{_POSSESSIVE}$")
_AND = re.compile(r"\s?&\s?")


class Token(NamedTuple):
    """A word of a text: where it stands (without the possessive's "s"), and its stem."""

    start: int
    end: int
    stem: str


def fold(text: str) -> str:
    """Text without capitals, accents, typographic forms of letters and signs that nobody sees."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", UNSEEN.sub("", text))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order. "½" is two: 1 and 2."""
    return tuple(chain.from_iterable(map(_words_in, WORD.findall(text))))


def _words_in(run: str) -> list[str]:
    if run.isascii() and run.isalnum():
        return [run.lower()]
    folded = fold(_AND.sub("", _LAST_POSSESSIVE.sub("", run)))
    return [folded] if folded.isascii() and folded.isalnum() else WORD.findall(folded)


def tokens_of(text: str) -> list[Token]:
    """The same words as stems, with their places."""
    return [
        Token(match.start(), match.start() + len(_LAST_POSSESSIVE.sub("", match.group())), stem(word))
        for match in WORD.finditer(text)
        for word in _words_in(match.group())
    ]


def stemmed(text: str) -> str:
    """A text as the index holds it."""
    return " ".join(map(stem, words_of(text)))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word. A stemmer keeps the word that it works on, so threads cannot share one."""
    return str(snowballstemmer.stemmer("english").stemWord(word))
