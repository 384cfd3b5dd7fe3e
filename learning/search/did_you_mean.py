"""What a reader may have meant, where a search finds nothing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from learning.catalogue import Catalogue
from learning.search.backends import IndexQuery, RawMatches
from learning.search.language.fields import Field, QueryError, ordinals_with, public_names
from learning.search.language.query import parse
from learning.search.language.stemming import WORD, fold, stem, words_of
from learning.search.language.terms import STOP_WORDS, Clause, Operand, Query, Term
from learning.search.results import KINDS, agencies_with, readable, record_sets

WORD_OR_FIELD = re.compile(rf'(?P<field>\b[A-Za-z]{{3,}}:(?:"[^"]*"|[^\s"]+))|{WORD.pattern}')
SHORTEST = 4
MOST_WORDS = 8
MOST_CHOSEN = 3  # words of which each choice may be the wrong ones; of more, all are
LONG = 7  # letters: from here on two may be wrong
NEAREST = 5


class Hint:
    """What a search may have meant: ``asked`` of the index together with other things, as it takes time to ask.

    Each unknown word is put as the nearest one of a name, a label or a synonym; words that are written as one are put
    apart where a name has them so: "cosleeping". Fields stay as they are. Which words are wrong is only known from the
    answer, so what each choice of them would make of the search is asked.
    """

    def __init__(self, catalogue: Catalogue, text: str) -> None:
        self.catalogue = catalogue
        self.changes = changes_to(catalogue, text)
        self.meant: dict[frozenset[str], tuple[str, Query]] = {}
        words = list(self.changes)
        sizes = range(1, len(words) + 1) if len(words) <= MOST_CHOSEN else [len(words)]
        for chosen in chain.from_iterable(combinations(words, size) for size in sizes):
            meant = put_right(text, {word: self.changes[word] for word in chosen})
            if query := query_of(meant):
                self.meant[frozenset(chosen)] = meant, query

    @property
    def asked(self) -> list[IndexQuery]:
        return [*map(asked_for, self.changes), *(IndexQuery(query) for _, query in self.meant.values())]

    def best(self, matches: Sequence[dict[str, RawMatches]]) -> str | None:
        """By the answers to what is ``asked``: the search that was meant; None where that finds nothing either."""
        wrong = frozenset(
            word for word, own in zip(self.changes, matches, strict=False) if not stands(self.catalogue, own)
        )
        answers = dict(zip(self.meant, matches[len(self.changes) :], strict=True))
        if wrong not in self.meant:
            return None
        text, query = self.meant[wrong]
        is_agency = not query.fields and bool(agencies_with(self.catalogue, query).records)
        return text if is_agency or stands(self.catalogue, answers[wrong], query.fields) else None


def query_of(text: str) -> Query | None:
    """What has words to look for; None where it cannot be understood."""
    try:
        query = parse(text)
    except QueryError:
        return None
    return query if query.clauses else None


def put_right(text: str, changes: Mapping[str, str]) -> str:
    def put(match: re.Match[str]) -> str:
        word = None if match["field"] else changes.get(fold(match.group()))
        if word is None:
            return match.group()
        return word.capitalize() if match.group()[:1].isupper() else word

    return WORD_OR_FIELD.sub(put, text)


def changes_to(catalogue: Catalogue, text: str) -> dict[str, str]:
    """The first words of a search that stand in no name, each with the name's word that it may be meant for."""
    known, apart = known_words(catalogue), written_apart(catalogue)
    stems = catalogue.derived("known stems", lambda: {stem(word) for word in known})
    typed = (fold(match.group()) for match in WORD_OR_FIELD.finditer(text) if not match["field"])
    words = [
        word
        for word in dict.fromkeys(typed)
        if len(word) >= SHORTEST and word not in STOP_WORDS and stem(word) not in stems
    ][:MOST_WORDS]
    return {word: meant for word in words if (meant := apart.get(word) or nearest(word, known))}


def asked_for(word: str) -> IndexQuery:
    return IndexQuery(Query("", (Clause((Operand(word, (Term((word,)),)),)),)))


def stands(catalogue: Catalogue, matches: dict[str, RawMatches], fields: Sequence[Field] = ()) -> bool:
    """Whether something visible is among what was found, and has these fields."""
    return any(
        matches[KINDS[name].record].at_ordinals_of(record_set).records
        & readable(catalogue, name)
        & ordinals_with(record_set, fields, KINDS[name].fields)
        for name, record_set in record_sets(catalogue).items()
        if KINDS[name].record in matches
    )


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word with the fewest letters wrong, missing, too many or changed over; one of a kind with it first."""
    most = 1 if len(word) < LONG else 2
    similar = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=NEAREST)  # type: ignore[arg-type]
    ranked = sorted((distance, other[0] != word[0], -len(other), other) for other, distance, _ in similar)
    return ranked[0][-1] if ranked else None


def known_words(catalogue: Catalogue) -> list[str]:
    """The words of the vocabularies, of the visible boards' names and of visible reviews' labels."""

    def make() -> list[str]:
        texts = [*names(catalogue), *(sort_key[1] for sort_key, _ in catalogue.reviews.order)]
        return sorted({word for word in words_of("\n".join(texts)) if len(word) >= SHORTEST})

    return catalogue.derived("known words", make)


def written_apart(catalogue: Catalogue) -> dict[str, str]:
    """To names of two words, written as one, how they are written: "cosleeping" to "co-sleeping"."""

    def make() -> dict[str, str]:
        pairs = (name for name in names(catalogue) if len(words_of(name)) == 2)
        return {"".join(words_of(name)): fold(name) for name in pairs}

    return catalogue.derived("names written apart", make)


def names(catalogue: Catalogue) -> list[str]:
    """All names of themes and agencies, and those of boards that a page may show."""
    terms = [*catalogue.themes, *catalogue.agencies]
    boards = [name for board in catalogue.boards.values() for name in public_names(board)]
    return [name for term in terms for name in (term.name, *term.synonym_list, *term.narrower_list)] + boards
