"""What the vocabularies of themes and agencies, and everyday language, know for the words of a search."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from learning.catalogue import Catalogue, current
from learning.components.wording import in_a_sentence
from learning.search.language.everyday import EVERYDAY, as_one, otherwise_written
from learning.search.language.stemming import stem, words_of
from learning.search.language.terms import OR, Item, Operand, Term


@dataclass(frozen=True)
class Entry:
    """A theme or an agency: its name and what else it is called, and the same of the themes below it.

    ``what``: "theme" or "agency"; "" for an everyday word, whose other forms are what bulletins write.
    """

    name: str
    forms: tuple[Term, ...]
    narrower: tuple[Term, ...] = ()
    what: str = ""


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
            names = [name for term in below for name in (term.name, *term.synonym_list) if not is_group]
            vocabulary.add(Entry(theme.name, tuple(terms_of([theme.name, *theme.synonym_list])),
                                 tuple(terms_of(names, is_narrower=True)), "theme"))  # fmt: skip
        for agency in catalogue.agencies:
            forms = tuple(terms_of([agency.name, *agency.synonym_list]))
            vocabulary.add(Entry(agency.name, forms, what="agency"))
        for word, meaning in EVERYDAY.items():
            if key_of(words_of(word)) not in vocabulary.entries:
                vocabulary.add_as(words_of(word), Entry(word, tuple(terms_of([word, *meaning]))))
        return vocabulary

    def add(self, entry: Entry) -> None:
        for form in entry.forms:
            self.add_as(form.words, entry)

    def add_as(self, words: tuple[str, ...], entry: Entry) -> None:
        """Under one of its names alone."""
        known = self.entries.setdefault(key_of(words), [])
        if entry not in known:
            known.append(entry)
        self.longest = max(self.longest, len(words))

    def of_run(self, run: list[Item]) -> list[Entry]:
        """What is called by these words."""
        return self.entries.get(key_of(tuple(word for item in run for word in item.words)), [])

    def length_of_run(self, items: list[Item], index: int) -> int:
        """How many items from ``index`` on make up the longest known name: 0 for none."""
        words: tuple[str, ...] = ()
        longest = 0
        for length, item in enumerate(items[index:], start=1):
            is_alone = length == 1 and not item.is_quoted and not item.is_prefix
            words += item.words
            if item is OR or not (item.is_plain or is_alone) or len(words) > self.longest:
                break
            if key_of(words) in self.entries:
                longest = length
            if item.is_negated:
                break
        return longest

    def operand(self, run: list[Item]) -> Operand:
        """The operand of a run of items: its own words, and what is known for it."""
        typed = " ".join(item.typed for item in run)
        words = tuple(word for item in run for word in item.words)
        if run[0].is_quoted or run[-1].is_prefix:
            return Operand(typed, (Term(words, run[-1].is_prefix),))
        entries = self.of_run(run)
        if not entries:
            return Operand(typed, (Term(words),), tuple(otherwise_written(words)))
        meaning = [item for item in run if not item.is_stop_word] or run
        own = {stem(word) for item in meaning for word in item.words}
        forms = dict.fromkeys(form for entry in entries for form in (*entry.forms, *entry.narrower))
        synonyms = tuple(form for form in forms if not own <= set(form.stems))
        explanation = _explain(typed, key_of(words), entries, synonyms) if synonyms else ""
        terms = tuple(dict.fromkeys(Term(item.words) for item in meaning))
        return Operand(typed, terms, synonyms, explanation)


def terms_of(names: Iterable[str], is_narrower: bool = False) -> Iterator[Term]:
    """Each name as a term, once."""
    terms = (Term(words_of(name), text=name, is_narrower=is_narrower) for name in names)
    yield from dict.fromkeys(term for term in terms if term.words)


def key_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The stems by which a name is known, however it is written."""
    return tuple(stem(word) for word in as_one(words))


def _explain(typed: str, key: tuple[str, ...], entries: list[Entry], synonyms: tuple[Term, ...]) -> str:
    """ "CSE = child sexual exploitation"; of a term's own name, the first of what else it is called."""
    names = [in_a_sentence(entry.name) for entry in entries if key_of(entry.forms[0].words) != key]
    others = [synonym.text for synonym in synonyms if not synonym.is_narrower]
    narrower = [in_a_sentence(entry.narrower[0].text) for entry in entries if entry.narrower]
    meaning = [f"{typed} = {', '.join(names or others[:3])}"] if names or others else []
    return "; ".join([*meaning, *(f"{typed}, also {name}" for name in narrower[:1])])
