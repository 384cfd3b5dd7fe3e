"""What a reader types, parsed: words, "phrases", -not, OR, prefix*, fields, and the synonyms of the vocabularies.

One parser serves both databases, and nothing that a reader types reaches either of them unparsed. All words must be
found. Words as common as "the" are put aside, unless there is nothing else. "Child Q" belongs together without
quotation marks, for the letter is the name. A word or a run of words that names a theme or an agency also finds what
the vocabulary knows for it; in quotation marks it stands for itself alone. ``theme:neglect`` asks for a field (see
``fields``), and so does not need a word beside it. What plain words may be understood as is in ``understood``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from learning.search.language.fields import Field, QueryError, read_field
from learning.search.language.questions import ASKING, is_question, subject_at
from learning.search.language.stemming import UNSEEN, words_of
from learning.search.language.terms import (
    MOST_PREFIXES,
    MOST_SOUGHT,
    MOST_WORDS,
    NAMED_BY_LETTER,
    OR,
    Clause,
    Item,
    Operand,
    Query,
)
from learning.search.language.vocabulary import Vocabulary

MAX_LENGTH = 300
MIN_PREFIX = 2

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "ʼ": "'"})
_SPACED_AND = re.compile(r"(?<!\w)(\w) ?& ?(\w)(?!\w)")
_CHUNK = re.compile(
    r'(?P<minus>-?)"(?P<phrase>[^"]*)"'
    r'|(?P<without>-?)\b(?P<field>[A-Za-z]{3,}):(?![\s/]|$)(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s"]+))'
    r'|(?P<word>[^\s"]+)'
)
# Parts of what is typed without a space: "neglect,abuse" is two words, "1,000" and "s.47" are one each.
_PART = re.compile(r"(?:[^,;/|()\[\]]|(?<=\d)[,/](?=\d))+")
Items = list["Item | Field"]


def parse(text: str) -> Query:
    """Understand a search. Blank text is the empty query, which finds everything.

    Raises ``QueryError`` where it is too long, holds a NUL, has no word in it, or only says what to leave out.
    """
    return query_of(text, items_of(text)) if text.strip() else Query("")


def items_of(text: str) -> Items:
    """What stands in a search, in its order. Raises ``QueryError``."""
    if len(text) > MAX_LENGTH:
        raise QueryError(f"Your search is longer than {MAX_LENGTH} characters. Use fewer words.")
    if "\0" in text:
        raise QueryError("Your search has a character in it that cannot be read. Type it again.")
    text = tidied(text)
    items = list(_items(text, subject_at(text)))
    _check_or(items)
    return items


def query_of(text: str, items: Items, understood: tuple[Field, ...] = ()) -> Query:
    """The query of these items, and of fields that others of them were understood as. Raises ``QueryError``."""
    fields = (*(item for item in items if isinstance(item, Field)), *understood)
    words = [item for item in items if isinstance(item, Item)]
    if is_question(text):
        words = without_asking(words, has_others=bool(fields))
    units = _units(words, keeps_stop_words=False) or ([] if fields else _units(words, keeps_stop_words=True))
    if not (units or fields):
        raise QueryError("There are no words in your search. Type at least one word, letter or number.")
    limits = _Limits()
    clauses = tuple(limits.kept(_clauses(units)))
    query = Query(" ".join(text.split()), clauses, fields, tuple(dict.fromkeys(limits.left_out)))
    if query.left_out and not query.operands:
        raise QueryError(f"Your search has more than {MOST_WORDS} words joined together. Use fewer words.")
    if not query.operands and all(field.is_negated for field in fields):
        raise QueryError("Your search only says what to leave out. Add a word that says what to look for.")
    return query


def tidied(text: str) -> str:
    """What was typed with one form of quotation marks, and without signs that nobody sees."""
    return _SPACED_AND.sub(r"\1&\2", UNSEEN.sub("", text.translate(_QUOTES)))


def without_asking(items: list[Item], has_others: bool) -> list[Item]:
    """Without the words that only ask, unless nothing else would be left."""
    rest = [item for item in items if not (item.is_plain and item.words[:1] and item.words[0] in ASKING)]
    return rest if has_others or any(not item.is_stop_word for item in rest) else items


def _items(text: str, start: int) -> Iterator["Item | Field"]:
    if text.count('"') % 2:
        before, after = text.rsplit('"', 1)
        text = f"{before} {after}"
    negate_next = False
    for match in _CHUNK.finditer(text, start):
        chunk = match["word"] or ""
        if chunk in ("OR", "AND", "NOT"):
            negate_next = chunk == "NOT"
            if chunk == "OR":
                yield OR
            continue
        if match["field"]:
            value = match["value"] if match["quoted"] is None else match["quoted"]
            yield read_field(match["field"], value, match[0], bool(match["without"]) or negate_next)
            negate_next = False
            continue
        for item in [_quoted(match)] if match["phrase"] is not None else _words(chunk, match.start(), negate_next):
            if item.words:
                yield replace(item, is_negated=item.is_negated or negate_next)
                negate_next = False


def _check_or(items: Items) -> None:
    """Raises ``QueryError`` where OR stands between what cannot be one or the other."""
    for before, item, after in zip(items, items[1:], items[2:], strict=False):
        fields = [side for side in (before, after) if isinstance(side, Field)]
        is_choice = len({field.name for field in fields}) == 1 and len(fields) == 2
        if item is OR and fields and (not is_choice or any(field.is_negated for field in fields)):
            raise QueryError(
                "Put OR between two words, or between two of the same field: theme:neglect OR theme:suicide."
            )


def _quoted(match: re.Match[str]) -> Item:
    phrase = match["phrase"]
    return Item(
        f"“{phrase.strip()}”",
        words_of(phrase),
        is_negated=bool(match["minus"]),
        is_quoted=True,
        start=match.start(),
        end=match.end(),
    )


def _words(chunk: str, start: int, is_negated: bool) -> Iterator[Item]:
    is_negated = is_negated or chunk.startswith("-")
    for part in _PART.finditer(chunk):
        words = words_of(part.group())
        is_prefix = part.group().endswith("*") and bool(words) and len(words[-1]) >= MIN_PREFIX
        typed = part.group().strip("-*.,;:!?()[]")
        yield Item(typed, words, is_negated, False, is_prefix, start + part.start(), start + part.end())


# --- from items to units: runs that the vocabularies know, names with a letter, words ---------------------------


@dataclass(frozen=True)
class _Unit:
    operand: Operand
    is_negated: bool
    follows_or: bool


def _units(items: list[Item], keeps_stop_words: bool) -> list[_Unit]:
    vocabulary = Vocabulary.load()
    units: list[_Unit] = []
    follows_or, index = False, 0
    while index < len(items):
        item = items[index]
        if item is OR:
            follows_or, index = True, index + 1
            continue
        length = vocabulary.length_of_run(items, index) or length_of_name(items, index)
        run = items[index : index + length]
        index += length
        if not keeps_stop_words and length == 1 and (item.is_stop_word or _is_stray_letter(item)):
            continue
        units.append(_Unit(vocabulary.operand(run), item.is_negated, follows_or))
        follows_or = False
    return units


def length_of_name(items: list[Item], index: int) -> int:
    """2 where the item and the next are a name with its letter or number ("Child Q"), else 1."""
    if index + 1 == len(items):
        return 1
    first, second = items[index : index + 2]
    if not (first.is_plain and second.is_plain and len(first.words) == len(second.words) == 1):
        return 1
    word, letter = first.words[0], second.words[0]
    if word in NAMED_BY_LETTER and (len(letter) == 1 or (letter[0].isdigit() and len(letter) <= 3)):
        return 2
    is_name = len(letter) == 1 and letter.isalpha() and not _is_stray_letter(second)
    return 2 if is_name and len(word) > 1 and not first.is_stop_word else 1


def _is_stray_letter(item: Item) -> bool:
    """The words "a" and "I", where they name nothing."""
    return item.is_plain and item.words in (("a",), ("i",))


def _clauses(units: list[_Unit]) -> Iterator[Clause]:
    """OR binds its two neighbours; everything else must all be found."""
    gathered: list[Operand] = []
    for unit in units:
        if unit.is_negated:
            yield Clause((unit.operand,), is_negated=True)
            continue
        if gathered and not unit.follows_or:
            yield Clause(tuple(gathered))
            gathered = []
        gathered.append(unit.operand)
    if gathered:
        yield Clause(tuple(gathered))


@dataclass
class _Limits:
    """Keeps what stands in a search once, as far as the limits allow, and notes what had to be left out."""

    left_out: list[str] = field(default_factory=list)
    known: set[Any] = field(default_factory=set)
    sought: int = 0
    words: int = 0
    prefixes: int = 0

    def kept(self, clauses: Iterable[Clause]) -> Iterator[Clause]:
        for clause in clauses:
            operands = dict[Any, Operand]()
            for operand in clause.operands:
                operands.setdefault(operand.finds, operand)
            what = clause.is_negated, frozenset(operands)
            if what in self.known:
                continue
            self.known.add(what)
            within = tuple(operand for operand in operands.values() if self.allow(operand))
            if within:
                yield Clause(within, clause.is_negated)

    def allow(self, operand: Operand) -> bool:
        after = self.sought + 1, self.words + operand.size, self.prefixes + operand.is_prefix
        if any(count > most for count, most in zip(after, (MOST_SOUGHT, MOST_WORDS, MOST_PREFIXES), strict=True)):
            self.left_out.append(operand.typed + "*" * operand.is_prefix)
            return False
        self.sought, self.words, self.prefixes = after
        return True
