"""What a reader types, understood: words, "phrases", -not, OR, prefix*, fields, and the synonyms of the vocabularies.

One parser serves both databases, and nothing that a reader types reaches either of them unparsed. All words must be
found. Words as common as "the" are put aside, unless there is nothing else. "Child Q" belongs together without
quotation marks, for the letter is the name. A word or a run of words that names a theme or an agency also finds what
the vocabulary knows for it; in quotation marks it stands for itself alone. ``theme:neglect`` asks for a field (see
``search_fields``), and so does not need a word beside it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from learning.catalogue import Catalogue, current
from learning.components.wording import echo, in_a_sentence
from learning.search.fields import MOST_NAMED, Field, QueryError, read_field, told
from learning.search.questions import ASKING, is_question, subject_of
from learning.search.stemming import Token, stem, words_of

__all__ = ["Clause", "Operand", "Query", "QueryError", "Term", "parse"]

MAX_LENGTH = 300
MIN_PREFIX = 2
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
# Letters that stand in any text ("a child a day", "the child's"): there only a name of a review or child is meant.
AMBIGUOUS = frozenset("ais")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "ʼ": "'"})
_CHUNK = re.compile(
    r'(?P<minus>-?)"(?P<phrase>[^"]*)"'
    r'|(?P<without>-?)\b(?P<field>[A-Za-z]{3,}):(?![\s/]|$)(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s"]+))'
    r'|(?P<word>[^\s"]+)'
)
_POSSESSIVE = re.compile(r"(?<=\w)'s\b", re.IGNORECASE)
_LAST_POSSESSIVE = re.compile(r"(?<=\w)'s\W*$", re.IGNORECASE)


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
        """Whether it is a name that other words could be taken for: "Child S" (child's), "Review A"."""
        return len(self.words) == 2 and not self.is_prefix and is_ambiguous_name(*self.words)

    @property
    def indexed(self) -> tuple[str, ...]:
        """The words to ask the index for."""
        return (name_word(*self.words),) if self.is_name else self.words

    def stands_at(self, found: Sequence[Token]) -> bool:
        """Whether these words of a text, as many as it has, are its own."""
        if len(found) != len(self.words) or (self.is_name and found[-1].is_possessive):
            return False
        *first, last = (token.stem for token in found)
        is_last = last.startswith(self.stems[-1]) if self.is_prefix else last == self.stems[-1]
        return is_last and tuple(first) == self.stems[:-1]

    @property
    def finds(self) -> tuple[tuple[str, ...], bool]:
        """The same for two terms that find the same: "child" and "children"."""
        return tuple(stem(word) for word in self.indexed), self.is_prefix


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
    def told_fields(self) -> str:
        """The fields in plain words: "board “SSCB”; not theme “Neglect”"."""
        return told(self.fields)

    @property
    def told_left_out(self) -> str:
        """What is left out in plain words, or ""."""
        if not self.left_out:
            return ""
        more = [f"{len(self.left_out) - MOST_NAMED} more"] if len(self.left_out) > MOST_NAMED else []
        named = ", ".join([*(f"“{echo(typed)}”" for typed in self.left_out[:MOST_NAMED]), *more])
        return (
            f"Not looked for: {named}. One search looks for {MOST_SOUGHT} words or phrases at most, "
            f"{MOST_WORDS} words in all, and {MOST_PREFIXES} beginnings of words."
        )


@dataclass(frozen=True)
class _Item:
    """A chunk of what was typed, in its order."""

    typed: str
    words: tuple[str, ...]
    is_negated: bool = False
    is_quoted: bool = False
    is_prefix: bool = False

    @property
    def is_plain(self) -> bool:
        return not (self.is_negated or self.is_quoted or self.is_prefix)

    @property
    def is_stop_word(self) -> bool:
        return self.is_plain and len(self.words) == 1 and self.words[0] in STOP_WORDS


_OR = _Item("OR", ())


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
    words = [item for item in items if isinstance(item, _Item)]
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


def _items(text: str) -> Iterator["_Item | Field"]:
    if text.count('"') % 2:
        before, after = text.rsplit('"', 1)
        text = f"{before} {after}"
    negate_next = False
    for match in _CHUNK.finditer(text):
        chunk = match["word"] or ""
        if chunk in ("OR", "AND", "NOT"):
            negate_next = chunk == "NOT"
            if chunk == "OR":
                yield _OR
            continue
        if match["field"]:
            value = match["value"] if match["quoted"] is None else match["quoted"]
            yield read_field(match["field"], value, match[0], bool(match["without"]) or negate_next)
            negate_next = False
            continue
        item = _quoted(match) if match["phrase"] is not None else _word(chunk)
        if item.words:
            yield _Item(item.typed, item.words, item.is_negated or negate_next, item.is_quoted, item.is_prefix)
            negate_next = False


def _check_or(items: list["_Item | Field"]) -> None:
    """Raises ``QueryError`` where OR stands between what cannot be one or the other."""
    for before, item, after in zip(items, items[1:], items[2:], strict=False):
        fields = [each for each in (before, after) if isinstance(each, Field)]
        is_choice = len({each.name for each in fields}) == 1 and len(fields) == 2
        if item is _OR and fields and (not is_choice or any(each.is_negated for each in fields)):
            raise QueryError(
                "OR stands between two words, or between two of one field: theme:neglect OR theme:suicide."
            )


def _quoted(match: re.Match[str]) -> _Item:
    phrase = match["phrase"]
    words = words_of(_LAST_POSSESSIVE.sub("", phrase))
    return _Item(f"“{phrase.strip()}”", words, is_negated=bool(match["minus"]), is_quoted=True)


def _word(chunk: str) -> _Item:
    is_negated = chunk.startswith("-")
    words = words_of(_POSSESSIVE.sub("", chunk))
    is_prefix = chunk.endswith("*") and bool(words) and len(words[-1]) >= MIN_PREFIX
    return _Item(chunk.strip("-*.,;:!?()[]"), words, is_negated, is_prefix=is_prefix)


# --- from items to units: runs that the vocabularies know, names with a letter, words ---------------------------


@dataclass(frozen=True)
class _Unit:
    operand: Operand
    is_negated: bool
    follows_or: bool


def _units(items: list[_Item], keeps_stop_words: bool) -> list[_Unit]:
    vocabulary = Vocabulary.load()
    units: list[_Unit] = []
    follows_or, index = False, 0
    while index < len(items):
        item = items[index]
        if item is _OR:
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


def _length_of_name(items: list[_Item], index: int) -> int:
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


def _is_stray_letter(item: _Item) -> bool:
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


@dataclass(frozen=True)
class Entry:
    """A theme or an agency: its name and what else it is called, and the same of the themes below it."""

    name: str
    forms: tuple[Term, ...]
    narrower: tuple[Term, ...] = ()


@dataclass
class Vocabulary:
    """All names of themes and agencies, found by the stems of their words."""

    entries: dict[tuple[str, ...], list[Entry]] = field(default_factory=dict)
    longest: int = 0

    @classmethod
    def load(cls) -> "Vocabulary":
        """That of the catalogue, made once of each. It is shared by all requests."""
        catalogue = current()
        return catalogue.derived("vocabulary", lambda: cls.of(catalogue))

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Vocabulary":
        vocabulary = cls()
        for theme in catalogue.themes:
            _, *below = catalogue.themes.walk(theme)
            is_group = theme.parent_id is None  # nobody who types the name of a group means all that is in it
            names = [name for each in below for name in (each.name, *each.synonym_list) if not is_group]
            vocabulary.add(theme.name, theme.synonym_list, names)
        for agency in catalogue.agencies:
            vocabulary.add(agency.name, agency.synonym_list)
        return vocabulary

    def add(self, name: str, synonyms: list[str], narrower: Iterable[str] = ()) -> None:
        forms = tuple(terms_of([name, *synonyms]))
        entry = Entry(name, forms, tuple(terms_of(narrower, is_narrower=True)))
        for form in forms:
            known = self.entries.setdefault(form.stems, [])
            if entry not in known:
                known.append(entry)
            self.longest = max(self.longest, len(form.words))

    def length_of_run(self, items: list[_Item], index: int) -> int:
        """How many items from ``index`` on make up the longest known name: 0 for none."""
        stems: tuple[str, ...] = ()
        found = 0
        for length, item in enumerate(items[index:], start=1):
            is_alone = length == 1 and not item.is_quoted and not item.is_prefix
            stems += tuple(stem(word) for word in item.words)
            if item is _OR or not (item.is_plain or is_alone) or len(stems) > self.longest:
                break
            if stems in self.entries:
                found = length
            if item.is_negated:
                break
        return found

    def operand(self, run: list[_Item]) -> Operand:
        """The operand of a run of items: its own words, and what the vocabularies know for it."""
        typed = " ".join(item.typed for item in run)
        words = tuple(word for item in run for word in item.words)
        entries = [] if run[0].is_quoted or run[-1].is_prefix else self.entries.get(Term(words).stems, [])
        if not entries:
            return Operand(typed, (Term(words, run[-1].is_prefix),))
        meaning = [item for item in run if not item.is_stop_word] or run
        own = {stem(word) for item in meaning for word in item.words}
        forms = dict.fromkeys(form for entry in entries for form in (*entry.forms, *entry.narrower))
        synonyms = tuple(form for form in forms if not own <= set(form.stems))
        explanation = _explain(typed, Term(words).stems, entries, synonyms) if synonyms else ""
        terms = tuple(dict.fromkeys(Term(item.words) for item in meaning))
        return Operand(typed, terms, synonyms, explanation)


def terms_of(names: Iterable[str], is_narrower: bool = False) -> Iterator[Term]:
    """Each name as a term, once."""
    found = (Term(words_of(name), text=name, is_narrower=is_narrower) for name in names)
    yield from dict.fromkeys(term for term in found if term.words)


def _explain(typed: str, stems: tuple[str, ...], entries: list[Entry], synonyms: tuple[Term, ...]) -> str:
    """ "CSE = child sexual exploitation"; of a term's own name, the first of what else it is called."""
    names = [in_a_sentence(entry.name) for entry in entries if entry.forms[0].stems != stems]
    others = [synonym.text for synonym in synonyms if not synonym.is_narrower]
    narrower = [in_a_sentence(entry.narrower[0].text) for entry in entries if entry.narrower]
    meaning = [f"{typed} = {', '.join(names or others[:3])}"] if names or others else []
    return "; ".join([*meaning, *(f"{typed}, also {name}" for name in narrower[:1])])
