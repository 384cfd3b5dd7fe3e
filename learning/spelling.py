"""What a reader may have meant, where a search finds nothing."""

import re
from difflib import get_close_matches

from django.db.models import Q

from learning.boards import visible_boards
from learning.models import SearchDocument
from learning.search_terms import STOP_WORDS
from learning.stems import WORD, fold, stem, words_of
from reviews.models import Agency, Review

SHORTEST = 4
MOST_WORDS = 8
ALIKE = 0.75  # how alike two words must be, from 0 to 1


def suggestion(text: str) -> str | None:
    """The search with each unknown word put as the nearest one of a name, a label or a synonym; None where none is."""
    known = known_words()
    stems = {stem(word) for word in known}
    changed = 0

    def nearest(match: re.Match[str]) -> str:
        nonlocal changed
        word = fold(match.group())
        if len(word) < SHORTEST or word in STOP_WORDS or stem(word) in stems or changed >= MOST_WORDS:
            return match.group()
        found = get_close_matches(word, known, n=1, cutoff=ALIKE)
        changed += len(found)
        return found[0] if found else match.group()

    suggested = WORD.sub(nearest, text)
    return suggested if changed else None


def known_words() -> list[str]:
    """The words of the vocabularies, of the visible boards' names and of visible reviews' labels."""
    public = Q(theme__isnull=False) | Q(board__in=visible_boards()) | Q(review__in=Review.objects.published())
    documents = SearchDocument.objects.filter(public).values_list("title", "labels")
    texts = [text for pair in (*documents, *Agency.objects.values_list("name", "synonyms")) for text in pair]
    return sorted({word for word in words_of("\n".join(texts)) if len(word) >= SHORTEST})
