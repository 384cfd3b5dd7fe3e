"""What a reader types, understood: words, "phrases", -not, OR, prefix*, fields, and the synonyms of the vocabularies.

One parser serves both databases, and nothing that a reader types reaches either of them unparsed. All words must be
found. Words as common as "the" are put aside, unless there is nothing else. "Child Q" belongs together without
quotation marks, for the letter is the name. A word or a run of words that names a theme or an agency also finds what
the vocabulary knows for it; in quotation marks it stands for itself alone. ``theme:neglect`` asks for a field (see
``fields``), and so does not need a word beside it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from learning.search.language.fields import Field, QueryError, read_field
from learning.search.language.stemming import words_of
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

SOURCES = r"(?:the |these |other |serious |safeguarding )*(?:case )?(?:reviews?|scrs?|lcsprs?|bulletins?)"
VERBS = r"(?:say|said|tell|told|teach|taught|find|found|show|shown|learn|learnt|learned|know)(?: us)?"
ABOUT = r"(?:about|on|from|of|regarding|around)"
OPENINGS = (
    (rf"what (?:do|does|did|have|has|can|could) {SOURCES} {VERBS} {ABOUT}", "what do reviews say about"),
    (rf"what (?:do|did|have|has|can|could|should) (?:we|i|you|one) {VERBS} {ABOUT}", "what can we learn about"),
    (rf"what (?:is|was|has been) (?:the )?(?:learning|known|said|found) {ABOUT}", "what is the learning about"),
    (rf"what (?:are|were) (?:the )?(?:lessons|findings|messages) {ABOUT}", "what are the lessons from"),
    (r"(?:is|are) there (?:any(?:thing)? )?(?:learning |reviews? )?(?:about|on)", "is there anything on"),
    (r"(?:please )?(?:tell|show) me (?:more |everything |all )?about", "tell me about"),
    (r"(?:i am |i'm )?(?:looking|searching) for", "looking for"),
)
OPENING = re.compile(rf"\s*(?:{'|'.join(pattern for pattern, _ in OPENINGS)})\s+(?=\w)", re.IGNORECASE)
QUESTION_WORD = re.compile(
    r"\s*(?:how|what|when|where|which|who|whom|whose|why|can|could|should|do|does|did|is|are)\b", re.IGNORECASE
)
SHORTEST = 4  # words, for a question without its mark
# Words that only ask, beside those that are common anyway.
ASKING = frozenset(["could", "would", "may", "might", "must", "shall", "us"])

MAX_LENGTH = 300
MIN_PREFIX = 2

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "ʼ": "'"})
_CHUNK = re.compile(
    r'(?P<minus>-?)"(?P<phrase>[^"]*)"'
    r'|(?P<without>-?)\b(?P<field>[A-Za-z]{3,}):(?![\s/]|$)(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s"]+))'
    r'|(?P<word>[^\s"]+)'
)
_POSSESSIVE = re.compile(r"(?<=\w)'s\b", re.IGNORECASE)
_LAST_POSSESSIVE = re.compile(r"(?<=\w)'s\W*$", re.IGNORECASE)


def parse(text: str) -> Query:
    """Understand a search. Blank text is the empty query, which finds everything.

    Raises ``QueryError`` where it is too long, holds a NUL, has no word in it, or only says what to leave out.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"Your search is longer than {MAX_LENGTH} characters. Use fewer words.")
    if "\0" in text:
        raise QueryError("Your search has a character in it that no text has. Type it again.")
    if not text.strip():
        return Query("")
    items = list(_items(subject_of(text.translate(_QUOTES))))
    _check_or(items)
    fields = tuple(item for item in items if isinstance(item, Field))
    words = [item for item in items if isinstance(item, Item)]
    if is_question(text):
        words = [item for item in words if not (item.is_plain and item.words[:1] and item.words[0] in ASKING)] or words
    units = _units(words, keeps_stop_words=False) or ([] if fields else _units(words, keeps_stop_words=True))
    if not (units or fields):
        raise QueryError("There is no word in your search. Type at least one word, or one letter or number.")
    limits = _Limits()
    clauses = tuple(limits.kept(_clauses(units)))
    query = Query(" ".join(text.split()), clauses, fields, tuple(dict.fromkeys(limits.left_out)))
    if query.left_out and not query.operands:
        raise QueryError(f"More than {MOST_WORDS} words stand together in your search. Use fewer words.")
    if not query.operands and all(field.is_negated for field in fields):
        raise QueryError("Your search only says what to leave out. Add a word that says what to look for.")
    return query


def _items(text: str) -> Iterator["Item | Field"]:
    if text.count('"') % 2:
        before, after = text.rsplit('"', 1)
        text = f"{before} {after}"
    negate_next = False
    for match in _CHUNK.finditer(text):
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
        item = _quoted(match) if match["phrase"] is not None else _word(chunk)
        if item.words:
            yield Item(item.typed, item.words, item.is_negated or negate_next, item.is_quoted, item.is_prefix)
            negate_next = False


def _check_or(items: list["Item | Field"]) -> None:
    """Raises ``QueryError`` where OR stands between what cannot be one or the other."""
    for before, item, after in zip(items, items[1:], items[2:], strict=False):
        fields = [side for side in (before, after) if isinstance(side, Field)]
        is_choice = len({field.name for field in fields}) == 1 and len(fields) == 2
        if item is OR and fields and (not is_choice or any(field.is_negated for field in fields)):
            raise QueryError(
                "OR stands between two words, or between two of one field: theme:neglect OR theme:suicide."
            )


def _quoted(match: re.Match[str]) -> Item:
    phrase = match["phrase"]
    words = words_of(_LAST_POSSESSIVE.sub("", phrase))
    return Item(f"“{phrase.strip()}”", words, is_negated=bool(match["minus"]), is_quoted=True)


def _word(chunk: str) -> Item:
    is_negated = chunk.startswith("-")
    words = words_of(_POSSESSIVE.sub("", chunk))
    is_prefix = chunk.endswith("*") and bool(words) and len(words[-1]) >= MIN_PREFIX
    return Item(chunk.strip("-*.,;:!?()[]"), words, is_negated, is_prefix=is_prefix)


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
        length = vocabulary.length_of_run(items, index) or _length_of_name(items, index)
        run = items[index : index + length]
        index += length
        if not keeps_stop_words and length == 1 and (item.is_stop_word or _is_stray_letter(item)):
            continue
        units.append(_Unit(vocabulary.operand(run), item.is_negated, follows_or))
        follows_or = False
    return units


def _length_of_name(items: list[Item], index: int) -> int:
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


# --- the vocabularies -------------------------------------------------------------------------------------------


def subject_of(text: str) -> str:
    """What a question is about; any other text as it is."""
    opening = OPENING.match(text)
    return text[opening.end() :] if opening else text


def is_question(text: str) -> bool:
    return text.rstrip().endswith("?") or bool(QUESTION_WORD.match(text) and len(text.split()) >= SHORTEST)
