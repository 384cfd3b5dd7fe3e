"""Where a query finds something in a long text, without a look at each of its words.

One pattern of the beginnings of the words that are sought runs over the text; only what it comes upon is stemmed.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from learning.search.language.stemming import INVISIBLE, UNSEEN, fold, stem, tokens_of
from learning.search.language.terms import Query, Term

LONG = 5_000  # characters; a text up to here is read as a whole
AROUND = 500  # characters before and after the best place
NEAR = 60  # characters before and after any other place

Span = tuple[int, int]


def terms_of(query: Query) -> list[Term]:
    """All that is looked for, each once."""
    terms = (term for operand in query.operands for term in (*operand.terms, *operand.synonyms))
    return list(dict.fromkeys(terms))


def stretches(text: str, query: Query, length: int) -> list[Span]:
    """The stretches of a text to look at: the best of ``length`` characters with what is around it, and one for each
    term. The whole of a text that is not long."""
    if len(text) <= LONG:
        return [(0, len(text))]
    hits = list(places(text, terms_of(query)))
    start = best(hits, length)
    firsts = {term: span for term, *span in reversed(hits)}
    others = [(first - NEAR, last + NEAR) for first, last in firsts.values()]
    spans = [(start - AROUND, start + length + AROUND), *others]
    return [between_words(text, max(0, first), min(last, len(text))) for first, last in dict.fromkeys(spans)]


def places(text: str, terms: list[Term]) -> Iterator[tuple[Term, int, int]]:
    """Each term, with the start and end of each of its places in order; of terms that overlap, the longest."""
    terms = sorted(terms, key=lambda term: -len(term.words))
    if not terms:
        return
    known = dict[str, Term | None]()
    for match in pattern_of(terms, between=f"[{INVISIBLE}]*" if UNSEEN.search(text) else "").finditer(text):
        words = match.group()
        if words not in known:
            tokens = tokens_of(words)
            known[words] = next((term for term in terms if term.stands_at(tokens)), None)
        if term := known[words]:
            yield term, match.start(), match.end()


def best(hits: list[tuple[Term, int, int]], length: int) -> int:
    """Where a stretch of this length begins that has the most different terms, and the most of them."""
    start, most, last = 0, 0, 0
    inside: Counter[Term] = Counter()
    for term, first, _ in hits:
        while last < len(hits) and hits[last][2] <= first + length:
            inside[hits[last][0]] += 1
            last += 1
        gathered = 10 * len(+inside) + inside.total()
        if gathered > most:
            start, most = first, gathered
        inside[term] -= 1
    return start


def between_words(text: str, start: int, end: int) -> Span:
    """The stretch without half words at its ends, where there are spaces near."""
    first = text.find(" ", start, start + NEAR) + 1 if start else 0
    last = text.rfind(" ", end - NEAR, end) if end < len(text) else end
    return first or start, last if last >= 0 else end


# --- the pattern --------------------------------------------------------------------------------------------------


def pattern_of(terms: list[Term], between: str = "") -> re.Pattern[str]:
    """It comes upon each place of a term, and upon some others. Without groups, for these take five times as long.

    ``between``: what may stand between two letters of a word.
    """
    words = dict.fromkeys(pattern_of_term(term, between) for term in terms)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(words)})")


def pattern_of_term(term: Term, between: str) -> str:
    *first, last = term.words
    words = [*(pattern_of_word(word, between) for word in first), pattern_of_word(last, between, term.is_prefix)]
    return r"(?:['’ʼ][sS])?[\W_]+".join(words)


def pattern_of_word(word: str, between: str = "", is_prefix: bool = False) -> str:
    """Forms of a word differ from its stem in the stem's last letter at most: "happy" and "happiness" in "happi".

    "Dying" alone differs in two from "die". Of two letters it may be "A&E".
    """
    stemmed = stem(word)
    between = rf"{between}(?:\s?&\s?)?" if len(word) == 2 else between
    if stemmed.endswith("ie"):
        return between.join(map(forms_of, stemmed[:-2])) + rf"{between}(?:{forms_of('i')}|{forms_of('y')})[^\W_]*"
    beginning = stemmed if len(stemmed) < 3 else stemmed[:-1]
    rest = r"[^\W_]*" if is_prefix or len(stemmed) > 1 else r"(?![^\W_])"
    return between.join(map(forms_of, beginning)) + rest


@cache
def forms_of(sign: str) -> str:
    """A letter, small or capital, with or without an accent."""
    return f"[{re.escape(sign)}{re.escape(sign.upper())}{accented().get(sign, '')}]"


@cache
def accented() -> dict[str, str]:
    """To each plain letter those with an accent, of the languages that are written with Latin letters."""
    forms: dict[str, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        plain = fold(chr(code))
        if unicodedata.decomposition(chr(code)) and len(plain) == 1:
            forms[plain] = forms.get(plain, "") + chr(code)
    return forms
