"""Words of a search that name a kind of statement, a year, a board or an agency, taken for the field that they name.

"Police recommendations 2016" asks for recommendations of 2016 that name the police. Such words narrow a search only
where something is left; where nothing is, they are looked for as words, names first (a board may be called like an
ordinary thing), and a phrase in quotation marks as its words. A reading lists what to try, in this order.

In quotation marks a word is never understood: that is how a reader takes it back. The name of a theme stays a word, for
what has the theme has its name among its labels.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from learning.catalogue import Catalogue, current
from learning.facets.filterset import Choice
from learning.search.language.fields import (
    FIELDS,
    Field,
    describe_fields,
    describe_years,
    named_agencies,
    named_boards,
    public_names,
    read_field,
)
from learning.search.language.query import MAX_LENGTH, Items, items_of, length_of_name, query_of, tidied
from learning.search.language.stemming import words_of
from learning.search.language.terms import OR, STOP_WORDS, Item, Query
from learning.search.language.vocabulary import Vocabulary, key_of

# Words that name a kind of statement. An occasion (a team meeting, supervision) would be one more row of such words.
KINDS = {
    "risk_indicator": "risk indicators, risk indicator, indicators of risk, risk factors, warning signs, red flags",
    "learning_point": "learning points, learning point, lessons, lesson, lessons learned, lessons learnt",
    "recommendation": "recommendations, recommendation",
    "action": "actions, action points",
    "good_practice": "good practice, examples of good practice, best practice",
    "question": "questions, discussion questions, reflective questions",
    "fact": "facts, statistics, figures",
}
KIND_WORDS = {words_of(name): kind for kind, names in KINDS.items() for name in names.split(",")}
LONGEST_KIND = max(map(len, KIND_WORDS))
# What the names of boards have in common: without it the name of a place is left.
OF_ANY_BOARD = STOP_WORDS | set(
    words_of("local safeguarding child children adults board partnership lscb lscp scb scp")
)
YEARS = re.compile(r"((?:19|20)\d\d)(?: (?:to )?((?:19|20)\d\d))?")
NOTHING = Query("")
NAMES = ("board", "agency")  # fields that are looked for by their words, where a record has no such field


@dataclass(frozen=True)
class Understood:
    """Words that name a field. ``as_words`` is the search that looks for them as words."""

    field: Field
    typed: str
    as_words: str
    items: tuple[Item, ...]

    @property
    def is_name(self) -> bool:
        return self.field.name in NAMES

    @property
    def label(self) -> str:
        """ "kind of statement “Recommendation”"."""
        return describe_fields([self.field])

    @property
    def group(self) -> str:
        """ "Kind of statement"."""
        return FIELDS[self.field.name].capitalize()

    @property
    def value(self) -> str:
        """ "Recommendation"; of several "Knowsley Board or Knowsley Partnership"."""
        names = [choice.label for choice in self.field.choices]
        return describe_years(names) if self.field.name == "year" else " or ".join(names)


@dataclass(frozen=True)
class Attempt:
    """What to look for among statements, and among everything else; the words that are held to be understood.

    ``is_loosened``: whether its phrases are looked for as words.
    """

    statements: Query
    others: Query
    held: tuple[Understood, ...] = ()
    is_loosened: bool = False

    @property
    def narrowed_by(self) -> set[str]:
        return {understood.field.name for understood in self.held}


@dataclass(frozen=True)
class Reading:
    """A search as it was understood. ``attempts``: what to look for, one after another until something is found.

    ``apart`` is what is looked for piece by piece where nothing has it all; ``phrases`` are those that then count as
    their words.
    """

    understood: tuple[Understood, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    apart: Query = NOTHING
    phrases: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.attempts)


def understand(text: str) -> Reading:
    """Blank text is the empty reading. Raises ``QueryError`` where the search cannot be made."""
    if not text.strip():
        return Reading()
    items = items_of(text)
    understood = tuple(understood_in(tidied(text), items))
    attempts = list(attempts_at(text, items, understood))
    loosened = list(without_phrases(items))
    phrases = tuple(item.typed for item in items if is_phrase(item))
    if phrases:
        attempts += [replace(attempt, is_loosened=True) for attempt in attempts_at(text, loosened, understood)]
    return Reading(understood, tuple(attempts), query_of(text, loosened), phrases)


def attempts_at(text: str, items: Items, understood: tuple[Understood, ...]) -> Iterator[Attempt]:
    """All that is understood; then its kinds and years alone; then the words as they are."""
    certain = tuple(each for each in understood if not each.is_name)
    with_names = query_of(text, without(items, certain), fields_of(certain))
    if certain != understood:
        yield Attempt(query_of(text, without(items, understood), fields_of(understood)), with_names, understood)
    if certain:
        yield Attempt(with_names, with_names, certain)
    plain = query_of(text, items)
    yield Attempt(plain, plain)


def fields_of(understood: Iterable[Understood]) -> tuple[Field, ...]:
    return tuple(each.field for each in understood)


def without(items: Items, understood: Iterable[Understood]) -> Items:
    taken = {id(item) for each in understood for item in each.items}
    return [item for item in items if id(item) not in taken]


def without_phrases(items: Items) -> Iterator["Item | Field"]:
    """Each phrase that is looked for as its words."""
    for item in items:
        if is_phrase(item):
            yield from (Item(word, (word,)) for word in item.words)
        else:
            yield item


def is_phrase(item: "Item | Field") -> TypeGuard[Item]:
    return isinstance(item, Item) and item.is_quoted and not item.is_negated and len(item.words) > 1


# --- which words are understood -----------------------------------------------------------------------------------


def understood_in(text: str, items: Items) -> Iterator[Understood]:
    """Nothing in a search so long that two more signs, which take a word back, would be too many."""
    if len(text) + 2 > MAX_LENGTH:
        return
    words = [item for item in items if isinstance(item, Item)]
    asked = {item.name for item in items if isinstance(item, Field)}
    vocabulary, names = Vocabulary.load(), Names.load()
    index = 0
    while index < len(words):
        known = vocabulary.length_of_run(words, index)
        length, meant = named_at(words, index, names)
        run = words[index : index + length]
        is_theme = known == length and meant and any(entry.what == "theme" for entry in vocabulary.of_run(run))
        is_chosen = OR in words[max(0, index - 1) : index] or OR in words[index + length : index + length + 1]
        if meant and length >= known and not (is_theme or is_chosen or meant.name in asked):
            yield understood_as(text, run, meant)
            index += length
        else:
            index += max(1, known, length_of_name(words, index))


def named_at(words: list[Item], index: int, names: "Names") -> tuple[int, Field | None]:
    """How many words from here on name a field, the most that do, and which."""
    run = plain_run(words, index)
    if length_of_name(words, index) > 1:  # "recommendation 3"
        return 0, None
    for length in range(min(len(run), max(names.longest, LONGEST_KIND, 3)), 0, -1):
        said = tuple(word for item in run[:length] for word in item.words)
        if meant := field_of(said, names):
            return length, meant
    return 0, None


def plain_run(words: list[Item], index: int) -> list[Item]:
    run = []
    for item in words[index:]:
        if not item.is_plain or item is OR:
            break
        run.append(item)
    return run


def field_of(said: tuple[str, ...], names: "Names") -> Field | None:
    """The field that these words name, whole: "recommendations", "2014 to 2016", "health visitors", "Knowsley"."""
    typed = " ".join(said)
    if kind := KIND_WORDS.get(said):
        return read_field("kind", kind, typed)
    years = YEARS.fullmatch(typed)
    if years and years[1] <= (years[2] or years[1]):
        return read_field("year", f"{years[1]}-{years[2] or years[1]}", typed)
    return names.by_key.get(key_of(said))


def understood_as(text: str, run: list[Item], meant: Field) -> Understood:
    words = text[run[0].start : run[-1].end].strip(" -*.,;:!?()[]")
    start = text.index(words, run[0].start)
    as_words = f'{text[:start]}"{words}"{text[start + len(words) :]}'
    return Understood(replace(meant, typed=words), words, " ".join(as_words.split()), tuple(run))


@dataclass(frozen=True)
class Names:
    """What boards and agencies are called, by the stems of the words; a board by its place too."""

    by_key: Mapping[tuple[str, ...], Field]
    longest: int

    @classmethod
    def load(cls) -> "Names":
        catalogue = current()
        return catalogue.derived("names that are understood", lambda: cls.of(catalogue))

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Names":
        meant: dict[tuple[str, tuple[str, ...]], dict[Choice, None]] = {}
        for name, key, choice in (*boards_by_name(catalogue), *agencies_by_name(catalogue)):
            meant.setdefault((name, key), {})[choice] = None
        by_key: dict[Any, Field] = {}
        for (name, key), choices in meant.items():
            by_key.setdefault(key, Field(name, "", tuple(choices), is_alone=name == "agency"))
        return cls(by_key, max(map(len, by_key), default=0))


def boards_by_name(catalogue: Catalogue) -> Iterator[tuple[str, tuple[str, ...], Choice]]:
    boards = {board.slug: board for board in catalogue.boards.values() if not board.is_withheld}
    for entry in named_boards(catalogue):
        if board := boards.get(entry.choice.value):
            for words in map(words_of, public_names(board)):
                for each in {words, place_of(words)} - {()}:
                    yield "board", key_of(each), entry.choice


def place_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """ "Milton Keynes" of "Milton Keynes Safeguarding Children Board"."""
    own = [n for n, word in enumerate(words) if word not in OF_ANY_BOARD]
    return words[own[0] : own[-1] + 1] if own else ()


def agencies_by_name(catalogue: Catalogue) -> Iterator[tuple[str, tuple[str, ...], Choice]]:
    choices = {entry.choice.value: entry.choice for entry in named_agencies(catalogue)}
    for agency in catalogue.agencies:
        for words in map(words_of, (agency.name, *agency.synonym_list)):
            if words:
                yield "agency", key_of(words), choices[agency.slug]
