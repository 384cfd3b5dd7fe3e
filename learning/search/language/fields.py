"""Terms that ask for a field: ``board:sunderland``, ``theme:"child sexual exploitation"``, ``kind:question``,
``agency:police``, ``year:2014-2017``.

A field is one of the facets of the lists, and what it names are choices of these. Reviews have a theme, a board and a
year; statements a kind and an agency as well (one that they name, or are addressed to); bulletins a board and a year; a
theme is its own theme, and so are a board and an agency.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from pyroaring import BitMap
from rapidfuzz import fuzz, process

from learning.catalogue import Catalogue, RecordSet, current
from learning.components.wording import PLURAL, echo
from learning.facets.filterset import FIRST_YEAR, LAST_YEAR, Choice, board_choices, choices_of, term_choices
from learning.models import Statement
from learning.search.language.stemming import stem, words_of
from reviews.models import Board
from reviews.vocabulary import Tree

FIELDS = {
    "agency": "agency",
    "board": "board",
    "kind": "kind of statement",
    "theme": "theme",
    "year": "year of learning",
}
# What a field asks for in the catalogue, where that is not the facet of its own name alone.
FACETS = {"agency": ("agency", "addressed_to")}
OF_REVIEWS, OF_STATEMENTS, OF_BULLETINS = ("theme", "board", "year"), tuple(FIELDS), ("board", "year")
SIMILAR = 75  # how similar a name must be to be offered in place of another, from 0 to 100
MOST_OFFERED = 3
MOST_NAMED = 4
_SPAN = re.compile(r"(\d{4})(?:[-–](\d{4}))?")

Stems = tuple[str, ...]


class QueryError(ValueError):
    """A search that cannot be made. Its text is a sentence for the reader."""


@dataclass(frozen=True)
class Field:
    """One field that must have any of these choices; with ``is_negated`` it must have none."""

    name: str
    typed: str
    choices: tuple[Choice, ...]
    is_negated: bool = False
    is_alone: bool = False  # whether it must hold by itself, and not instead of another of the same name

    @property
    def covers(self) -> frozenset[Any]:
        """The stored values that its choices stand for."""
        return frozenset[Any]().union(*(choice.covers for choice in self.choices))


def describe_fields(fields: Iterable[Field]) -> str:
    """What is asked for in plain words: "board “SSCB”; not theme “Neglect”; year of learning 2014 to 2016"."""
    choices: dict[tuple[str, bool], dict[str, None]] = {}
    for field in fields:
        names = choices.setdefault((field.name, field.is_negated), {})
        names.update(dict.fromkeys(choice.label for choice in field.choices))
    return "; ".join(
        f"{'not ' * is_negated}{FIELDS[name]} {(describe_years if name == 'year' else describe_names)(names)}"
        for (name, is_negated), names in choices.items()
    )


def describe_names(names: Iterable[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    more = [f"{len(quoted) - MOST_NAMED} more"] if len(quoted) > MOST_NAMED else []
    return " or ".join([*quoted[:MOST_NAMED], *more])


def describe_years(names: Iterable[str]) -> str:
    """Runs of years: "2010 or 2014 to 2016"."""
    runs: list[list[int]] = []
    for year in sorted(map(int, names)):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return " or ".join(f"{first} to {last}" if last > first else str(first) for first, last in runs)


# --- what was typed -----------------------------------------------------------------------------------------------


def read_field(name: str, value: str, typed: str, is_negated: bool = False) -> Field:
    """The field that a reader asks for. Raises ``QueryError`` where there is no such field, or none of that value."""
    name = name.lower()
    if name not in FIELDS:
        raise QueryError(
            f"There is no field “{echo(name)}:”.{meant(name, FIELDS)} "
            "The fields are agency:, board:, kind:, theme: and year:. "
            "If you meant the word itself, put a space after the colon."
        )
    if not value.strip():
        raise QueryError(f"Say after “{name}:” which {FIELDS[name]} you mean.")
    return Field(name, typed, READERS[name](value), is_negated)


def meant(text: str, names: Iterable[str]) -> str:
    """ " Did you mean “neglect”?", of the most similar names, or ""."""
    by_folded = {" ".join(words_of(name)): name for name in names}
    folded = " ".join(words_of(text))
    similar = process.extract(folded, by_folded.keys(), scorer=fuzz.WRatio, score_cutoff=SIMILAR, limit=MOST_OFFERED)
    quoted = list(dict.fromkeys(f"“{by_folded[name]}”" for name, *_ in similar))
    return f" Did you mean {' or '.join(quoted)}?" if quoted else ""


def years(value: str) -> tuple[Choice, ...]:
    """A year, or the years from one to another."""
    span = _SPAN.fullmatch(value.strip())
    first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise QueryError(f"“{echo(value)}” is not a year. Write year:2016, or year:2014-2017 for several years.")
    return tuple(Choice(str(year), str(year), frozenset({year})) for year in range(first, last + 1))


@dataclass(frozen=True)
class Named:
    """A choice, the stems of each of its names, and those of what else it is called."""

    choice: Choice
    names: tuple[Stems, ...]
    others: tuple[Stems, ...] = ()

    @property
    def calls(self) -> tuple[Stems, ...]:
        return self.names + self.others


def named(what: str, key: str, make: Callable[[Catalogue], list[Named]], value: str) -> tuple[Choice, ...]:
    """The choices called so; else those with these words in their name, or in what else they are called."""
    catalogue = current()
    known = catalogue.derived(("names of", key), partial(make, catalogue))
    stems = stems_of(value)
    by_address = [entry.choice for entry in known if entry.choice.value == value.strip().lower()]
    for choices in (
        by_address if key != "board" else [],  # "southwark" is part of the address of one board, and of two names
        [entry.choice for entry in known if stems in entry.calls],
        [entry.choice for entry in known if any(has_run(name, stems) for name in entry.names)],
        [entry.choice for entry in known if any(has_run(name, stems) for name in entry.others)],
        by_address,
    ):
        if choices:
            return tuple(choices)
    raise QueryError(
        f"There is no {what} called “{echo(value)}”.{meant(value, names_of(known))}{where_listed(key, known)}"
    )


def names_of(known: list[Named]) -> list[str]:
    return [entry.choice.label for entry in known]


def where_listed(key: str, known: list[Named]) -> str:
    """What there is, where that is a short list; else where to see it."""
    if key == "kind":
        return f" The kinds are {', '.join(entry.choice.value.replace('_', ' ') for entry in known)}."
    return f" All {'agencies' if key == 'agency' else f'{key}s'} are listed on their own page."


def stems_of(text: str) -> Stems:
    return tuple(stem(word) for word in words_of(text))


def has_run(words: Stems, run: Stems) -> bool:
    """Whether words stand side by side in others; no words stand nowhere."""
    return bool(run) and any(words[n : n + len(run)] == run for n in range(len(words) - len(run) + 1))


def named_boards(catalogue: Catalogue) -> list[Named]:
    """Each board by all its names that a page may show, by words of these too: "board:sunderland"."""
    by_slug = {board.slug: board for board in catalogue.boards.values()}
    return [
        Named(choice, tuple(stems_of(name) for name in public_names(by_slug[choice.value])))
        for choice in board_choices(catalogue.boards.values())
    ]


def public_names(board: Board) -> list[str]:
    names = [board.public_name] if board.is_withheld else [board.name, board.short_name, board.identified_as]
    return [name for name in names if name]


def named_themes(catalogue: Catalogue) -> list[Named]:
    return named_terms(catalogue.themes)


def named_agencies(catalogue: Catalogue) -> list[Named]:
    return named_terms(catalogue.agencies)


def named_terms(tree: Tree[Any]) -> list[Named]:
    synonyms = {term.slug: term.synonym_list for term in tree}
    return [
        Named(choice, (stems_of(choice.label),), tuple(stems_of(name) for name in synonyms[choice.value]))
        for choice in term_choices(tree)
    ]


def named_kinds(_: Catalogue) -> list[Named]:
    return [
        Named(choice, tuple(stems_of(name) for name in (choice.label, PLURAL[choice.value])))
        for choice in choices_of(Statement.Kind)
    ]


READERS: Mapping[str, Callable[[str], tuple[Choice, ...]]] = {
    "agency": partial(named, "agency", "agency", named_agencies),
    "board": partial(named, "board", "board", named_boards),
    "kind": partial(named, "kind of statement", "kind", named_kinds),
    "theme": partial(named, "theme", "theme", named_themes),
    "year": years,
}


# --- what has it --------------------------------------------------------------------------------------------------


def ordinals_with(record_set: RecordSet, fields: Iterable[Field], known: Iterable[str]) -> BitMap:
    """The records of a section that all these fields let through: of one named twice, either value will do.

    ``known``: the fields that its records have. They have no value of any other, so that asking for one finds none.
    """
    asked: dict[Any, BitMap] = {}
    without = BitMap()
    for field in fields:
        with_value = having(record_set, field) if field.name in known else BitMap()
        if field.is_negated:
            without |= with_value
        else:
            which = field if field.is_alone else field.name
            asked[which] = asked.get(which, BitMap()) | with_value
    return BitMap.intersection(record_set.records, *asked.values()) - without


def having(record_set: RecordSet, field: Field) -> BitMap:
    """The records that have one of its choices."""
    facets = [name for name in FACETS.get(field.name, (field.name,)) if name in record_set.sets]
    return BitMap.union(BitMap(), *(record_set.with_any_value(name, field.covers) for name in facets))
