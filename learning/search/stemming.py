"""Words as the index knows them: folded (no capitals, no accents) and cut to their stem by Porter's rules.

Both databases stem with the same rules, so what is marked on a page is what the index has found. M. F. Porter, "An
algorithm for suffix stripping", Program 14 (1980), with the author's later departures, as SQLite has them.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# A run of letters and digits, with the accents that may follow a letter as signs of their own.
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")

_STEP_2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("logi", "log"),
    ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"),
    ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"),
    ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
)  # fmt: skip
_STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
)  # fmt: skip
_STEP_4 = (
    "ement", "ment", "ance", "ence", "able", "ible", "ant", "ent", "sion", "tion", "ism", "ate", "iti", "ous", "ive",
    "ize", "al", "er", "ic", "ou",
)  # fmt: skip


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
    """The folded words of a text, in order."""
    return tuple(WORD.findall(fold(text)))


def tokens_of(text: str) -> list[Token]:
    """The words of a text with their places in it."""
    return [
        Token(start, end, stem(fold(text[start:end])), is_possessive=text[start - 1 : start] in APOSTROPHES)
        for start, end in (match.span() for match in WORD.finditer(text))
    ]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word. Words of one or two letters, and very long ones, stay as they are."""
    if not 3 <= len(word) <= 64:
        return word
    for step in (_plurals, _past, _y_to_i, _second, _third, _fourth, _fifth):
        word = step(word)
    return word


def _shape(word: str) -> str:
    """The word as c and v: y is a consonant at the beginning and after a vowel."""
    shape = ""
    for char in word:
        is_vowel = char in "aeiou" or (char == "y" and shape.endswith("c"))
        shape += "v" if is_vowel else "c"
    return shape


def _measure(word: str) -> int:
    """How often a consonant follows a vowel."""
    return _shape(word).count("vc")


def _ends_short(word: str) -> bool:
    """Ends in consonant, vowel, consonant, the last being none of w, x, y."""
    return _shape(word).endswith("cvc") and word[-1] not in "wxy"


def _plurals(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for suffix in ("ed", "ing"):
        rest = word.removesuffix(suffix)
        if rest != word:
            return _mended(rest) if "v" in _shape(rest) else word
    return word


def _mended(rest: str) -> str:
    """What "ed" or "ing" was cut from, made a word again: "hop(p)ing", "fil(e)ing"."""
    if rest.endswith(("at", "bl", "iz")):
        return rest + "e"
    if len(rest) > 1 and rest[-1] == rest[-2] and _shape(rest)[-1] == "c" and rest[-1] not in "lsz":
        return rest[:-1]
    return rest + "e" if _measure(rest) == 1 and _ends_short(rest) else rest


def _y_to_i(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and "v" in _shape(word[:-1]) else word


def _replaced(word: str, suffixes: tuple[tuple[str, str], ...]) -> str:
    for suffix, other in suffixes:
        if word.endswith(suffix):
            rest = word.removesuffix(suffix)
            return rest + other if _measure(rest) > 0 else word
    return word


def _second(word: str) -> str:
    return _replaced(word, _STEP_2)


def _third(word: str) -> str:
    return _replaced(word, _STEP_3)


def _fourth(word: str) -> str:
    for suffix in _STEP_4:
        if word.endswith(suffix):
            cut = 3 if suffix in ("sion", "tion") else len(suffix)
            return word[:-cut] if _measure(word[:-cut]) > 1 else word
    return word


def _fifth(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        if _measure(rest) > 1 or (_measure(rest) == 1 and not _ends_short(rest)):
            word = rest
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
