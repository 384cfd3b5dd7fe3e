"""What a reader may have meant, where a search finds nothing."""

import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from learning.catalogue import Catalogue, current
from learning.hits import Asked, find_each
from learning.relaxed import MOST_HITS
from learning.search_fields import public_names
from learning.search_results import KINDS, readable, sections
from learning.search_terms import STOP_WORDS, Clause, Operand, Query, Term
from learning.stems import WORD, fold, stem, words_of

WORD_OR_FIELD = re.compile(rf'(?P<field>\b[A-Za-z]{{3,}}:(?:"[^"]*"|[^\s"]+))|{WORD.pattern}')
SHORTEST = 4
MOST_WORDS = 8
LONG = 7  # letters: from here on two may be wrong
NEAREST = 5


def suggestion(text: str) -> str | None:
    """The search with each unknown word put as the nearest one of a name, a label or a synonym; None where none is.

    Words that are written as one are put apart where a name has them so: "cosleeping". Fields stay as they are.
    """
    catalogue = current()
    known, apart = known_words(catalogue), written_apart(catalogue)
    changes = {word: found for word in unknown(catalogue, text) if (found := apart.get(word) or nearest(word, known))}

    def put(match: re.Match[str]) -> str:
        found = None if match["field"] else changes.get(fold(match.group()))
        if found is None:
            return match.group()
        return found.capitalize() if match.group()[:1].isupper() else found

    return WORD_OR_FIELD.sub(put, text) if changes else None


def unknown(catalogue: Catalogue, text: str) -> list[str]:
    """The first words of a search that stand in no name and in nothing that is visible."""
    stems = catalogue.derived("known stems", lambda: {stem(word) for word in known_words(catalogue)})
    typed = (fold(match.group()) for match in WORD_OR_FIELD.finditer(text) if not match["field"])
    words = [
        word
        for word in dict.fromkeys(typed)
        if len(word) >= SHORTEST and word not in STOP_WORDS and stem(word) not in stems
    ][:MOST_WORDS]
    return [word for word, is_there in zip(words, stand_somewhere(catalogue, words), strict=True) if not is_there]


def stand_somewhere(catalogue: Catalogue, words: list[str]) -> list[bool]:
    """Whether each word stands in the document of something visible. One query, or none."""
    if not words:
        return []
    asked = [Asked(Query("", (Clause((Operand(word, (Term((word,)),)),)),))) for word in words]
    found = find_each(asked, is_ranked=False, most=MOST_HITS)
    shelves = {
        KINDS[name].record: (section, readable(catalogue, name)) for name, section in sections(catalogue).items()
    }
    return [
        any(each[record].at_places_of(section).records & seen for record, (section, seen) in shelves.items())
        for each in found
    ]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word with the fewest letters wrong, missing, too many or changed over; one of a kind with it first."""
    most = 1 if len(word) < LONG else 2
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=NEAREST)  # type: ignore[arg-type]
    alike = sorted((distance, each[0] != word[0], -len(each), each) for each, distance, _ in found)
    return alike[0][-1] if alike else None


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
    return [name for term in terms for name in (term.name, *term.synonym_list)] + boards
