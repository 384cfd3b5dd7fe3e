"""What the vocabularies of themes and agencies know for the words of a search."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from learning.catalogue import Catalogue, current
from learning.components.wording import in_a_sentence
from learning.search.stemming import stem, words_of
from learning.search.terms import OR, Item, Operand, Term


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
            names = [name for term in below for name in (term.name, *term.synonym_list) if not is_group]
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

    def length_of_run(self, items: list[Item], index: int) -> int:
        """How many items from ``index`` on make up the longest known name: 0 for none."""
        stems: tuple[str, ...] = ()
        longest = 0
        for length, item in enumerate(items[index:], start=1):
            is_alone = length == 1 and not item.is_quoted and not item.is_prefix
            stems += tuple(stem(word) for word in item.words)
            if item is OR or not (item.is_plain or is_alone) or len(stems) > self.longest:
                break
            if stems in self.entries:
                longest = length
            if item.is_negated:
                break
        return longest

    def operand(self, run: list[Item]) -> Operand:
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
    terms = (Term(words_of(name), text=name, is_narrower=is_narrower) for name in names)
    yield from dict.fromkeys(term for term in terms if term.words)


def _explain(typed: str, stems: tuple[str, ...], entries: list[Entry], synonyms: tuple[Term, ...]) -> str:
    """ "CSE = child sexual exploitation"; of a term's own name, the first of what else it is called."""
    names = [in_a_sentence(entry.name) for entry in entries if entry.forms[0].stems != stems]
    others = [synonym.text for synonym in synonyms if not synonym.is_narrower]
    narrower = [in_a_sentence(entry.narrower[0].text) for entry in entries if entry.narrower]
    meaning = [f"{typed} = {', '.join(names or others[:3])}"] if names or others else []
    return "; ".join([*meaning, *(f"{typed}, also {name}" for name in narrower[:1])])
