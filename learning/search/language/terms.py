"""What a search is made of: terms, operands that mean the same, clauses, and the query of them all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from learning.components.wording import echo
from learning.search.language.fields import MOST_NAMED, Field, describe_fields
from learning.search.language.stemming import Token, stem, words_of

# What is looked for in one search. Each word, and each word that a prefix stands for, takes the index some time.
MOST_SOUGHT = 12
MOST_WORDS = 24  # of all phrases and names together
MOST_PREFIXES = 4

# PostgreSQL's English stop words, without the single letters: "Child S" and "Review A" are names.
_COMMON = """
    me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it
    its itself they them their theirs themselves what which who whom this that these those am is are was were be been
    being have has had having do does did doing an the and but if or because as until while of at by for with about
    against between into through during before after above below to from up down in out on off over under again further
    then once here there when where why how all any both each few more most other some such no nor not only own same so
    than too very can will just don should now
"""


STOP_WORDS = frozenset(_COMMON.split())


# What a single letter or a number names when it follows: "Child A", "review 3", "section 47".
_NAMED = """
    child children person review scr lcspr case baby boy girl adult sibling mother father family section
    recommendation finding point question action
"""


NAMED_BY_LETTER = frozenset(_NAMED.split())


# Letters that stand in any text as words ("a child a day"): there only a name of a review or child is meant.
AMBIGUOUS = frozenset("ai")


@dataclass(frozen=True)
class Term:
    """Words that stand next to each other. With ``is_prefix`` the last one is only the beginning of a word.

    ``text`` is how the vocabulary writes it; ``is_narrower``: it is of a theme below the one that was typed.
    """

    words: tuple[str, ...]
    is_prefix: bool = False
    text: str = field(default="", compare=False)
    is_narrower: bool = field(default=False, compare=False)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(stem(word) for word in self.words)

    @property
    def is_name(self) -> bool:
        """Whether it is a name that other words could be taken for: "Review A"."""
        return len(self.words) == 2 and not self.is_prefix and is_ambiguous_name(*self.words)

    @property
    def indexed(self) -> tuple[str, ...]:
        """The stems to ask the index for."""
        return (stem(name_word(*self.words)),) if self.is_name else self.stems

    def stands_at(self, tokens: Sequence[Token]) -> bool:
        """Whether these words of a text, as many as it has, are its own."""
        if len(tokens) != len(self.words):
            return False
        *first, last = (token.stem for token in tokens)
        is_last = last.startswith(self.stems[-1]) if self.is_prefix else last == self.stems[-1]
        return is_last and tuple(first) == self.stems[:-1]

    @property
    def finds(self) -> tuple[tuple[str, ...], bool]:
        """The same for two terms that find the same: "child" and "children"."""
        return self.indexed, self.is_prefix


def is_ambiguous_name(word: str, letter: str) -> bool:
    return letter in AMBIGUOUS and word in NAMED_BY_LETTER


def name_word(word: str, letter: str) -> str:
    """The one word by which the index knows an ambiguous name."""
    return f"x{letter}x{word}"


def name_words(names: Iterable[str]) -> list[str]:
    """For the index: a word for each ambiguous name among these labels."""
    pairs = (pair for name in names for pair in pairwise(words_of(name)))
    return [name_word(*pair) for pair in pairs if is_ambiguous_name(*pair)]


@dataclass(frozen=True)
class Operand:
    """One thing to look for: all of ``terms``, or any one of ``synonyms``. ``typed`` is how the reader wrote it."""

    typed: str
    terms: tuple[Term, ...]
    synonyms: tuple[Term, ...] = ()
    explanation: str = ""

    @property
    def finds(self) -> tuple[frozenset[Any], frozenset[Any]]:
        """The same for two operands that find the same."""
        return frozenset(term.finds for term in self.terms), frozenset(term.finds for term in self.synonyms)

    @property
    def size(self) -> int:
        """How many words were typed for it, without common ones."""
        return sum(len(term.words) for term in self.terms)

    @property
    def is_prefix(self) -> bool:
        return any(term.is_prefix for term in self.terms)


@dataclass(frozen=True)
class Clause:
    """Any one of the operands must be found; with ``is_negated`` none may."""

    operands: tuple[Operand, ...]
    is_negated: bool = False


@dataclass(frozen=True)
class Query:
    """A parsed search: every clause must hold, and every field. An empty one finds everything.

    ``left_out``: what was typed beyond the limits, and is not looked for.
    """

    text: str
    clauses: tuple[Clause, ...] = ()
    fields: tuple[Field, ...] = ()
    left_out: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.clauses or self.fields)

    @property
    def operands(self) -> list[Operand]:
        """What is looked for, without what is left out."""
        return [operand for clause in self.clauses if not clause.is_negated for operand in clause.operands]

    @property
    def explanations(self) -> list[str]:
        """What the vocabularies added, for the reader: "CSE = child sexual exploitation"."""
        return list(dict.fromkeys(operand.explanation for operand in self.operands if operand.explanation))

    @property
    def fields_description(self) -> str:
        """The fields in plain words: "board “SSCB”; not theme “Neglect”"."""
        return describe_fields(self.fields)

    @property
    def left_out_description(self) -> str:
        """What is left out in plain words, or ""."""
        if not self.left_out:
            return ""
        more = [f"{len(self.left_out) - MOST_NAMED} more"] if len(self.left_out) > MOST_NAMED else []
        named = ", ".join([*(f"“{echo(typed)}”" for typed in self.left_out[:MOST_NAMED]), *more])
        return (
            f"Not searched for: {named}. One search can look for up to {MOST_SOUGHT} words or phrases, "
            f"{MOST_WORDS} words in all, and {MOST_PREFIXES} beginnings of words."
        )


@dataclass(frozen=True)
class Item:
    """A chunk of what was typed, in its order; it stands from ``start`` to ``end`` in the text."""

    typed: str
    words: tuple[str, ...]
    is_negated: bool = False
    is_quoted: bool = False
    is_prefix: bool = False
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    @property
    def is_plain(self) -> bool:
        return not (self.is_negated or self.is_quoted or self.is_prefix)

    @property
    def is_stop_word(self) -> bool:
        return self.is_plain and len(self.words) == 1 and self.words[0] in STOP_WORDS


OR = Item("OR", ())
