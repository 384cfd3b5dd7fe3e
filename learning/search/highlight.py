"""Which words of a text a query found, and the stretch of a long text where most of them stand."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from learning.search.language.stemming import fold, stem, tokens_of
from learning.search.language.terms import Query, Term
from learning.search.long_texts import stretches, terms_of

SNIPPET = 280  # characters


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: found or not."""

    text: str
    is_hit: bool = False


def highlight(text: str, query: Query) -> list[Piece]:
    """The whole text in pieces, with what the query finds in it as hits."""
    return list(_pieces(text, _hits(text, query), 0, len(text)))


def looked_at(text: str, query: Query) -> list[str]:
    """What of a text may tell why it was found: of a long one a few stretches, the best first."""
    return [text[start:end] for start, end in stretches(text, query, SNIPPET)]


def snippet(text: str, query: Query, length: int = SNIPPET) -> list[Piece]:
    """About ``length`` characters of the text, from where most of what the query looks for stands together."""
    text = text.strip()
    first, last = stretches(text, query, length)[0]
    part = " ".join(text[first:last].split())
    hits = _hits(part, query)
    start, end = _window(part, hits, length) if len(part) > length else (0, len(part))
    pieces = list(_pieces(part, hits, start, end))
    is_cut_before, is_cut_after = first + start > 0, end < len(part) or last < len(text)
    return [Piece("… ")] * is_cut_before + pieces + [Piece(" …")] * is_cut_after


def _hits(text: str, query: Query) -> list[tuple[int, int]]:
    """The stretches of the text that the query finds, in order, none overlapping."""
    words = Words(text)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for term in terms_of(query) for span in words.spans(term)):
        if merged and start < merged[-1][1]:
            start, end = merged[-1][0], max(end, merged.pop()[1])
        merged.append((start, end))
    return merged


class Words:
    """The words of a text and where each of them stands, so that many terms are looked up in one reading."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens_of(text)
        self.places: dict[str, list[int]] = {}
        for index, token in enumerate(self.tokens):
            self.places.setdefault(token.stem, []).append(index)

    def has(self, term: Term) -> bool:
        return next(self.spans(term), None) is not None

    def spans(self, term: Term) -> Iterator[tuple[int, int]]:
        """Start and end of each place where the term stands."""
        size = len(term.stems)
        for index in self.beginnings(term):
            tokens = self.tokens[index : index + size]
            if term.stands_at(tokens):
                yield tokens[0].start, tokens[-1].end

    def beginnings(self, term: Term) -> Iterable[int]:
        """Where the first word of the term stands."""
        first = term.stems[0]
        if term.is_prefix and len(term.stems) == 1:
            return chain.from_iterable(places for word, places in self.places.items() if word.startswith(first))
        return self.places.get(first, [])


def _window(text: str, hits: list[tuple[int, int]], length: int) -> tuple[int, int]:
    """Where to cut: at the hits that stand closest together, with some words before them, between words."""
    lead = length // 5
    best, most, last = 0, -1, 0
    inside: Counter[str] = Counter()
    stems = [stem(fold(text[a:b])) for a, b in hits]
    for first, (start, _) in enumerate(hits):
        while last < len(hits) and hits[last][1] <= start + length - lead:
            inside[stems[last]] += 1
            last += 1
        gathered = 10 * len(inside) + inside.total()
        if gathered > most:
            best, most = start, gathered
        if last > first:
            inside -= Counter({stems[first]: 1})
        last = max(last, first + 1)
    start = max(0, min(best - lead, len(text) - length))
    if start:
        start = text.find(" ", start, best) + 1 or best
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + length // 2)
    return start, end


def _pieces(text: str, hits: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    done = start
    for hit_start, hit_end in hits:
        if hit_start < done or hit_end > end:
            continue
        if hit_start > done:
            yield Piece(text[done:hit_start])
        yield Piece(text[hit_start:hit_end], is_hit=True)
        done = hit_end
    if done < end:
        yield Piece(text[done:end])
