"""A query in the languages of the two databases, and which words of a text it found.

SQLite holds a full-text table beside the search documents (``learning_searchindex``), PostgreSQL a text-search column
in them (``words``); the migration ``0002_search_index`` makes either. ``hits`` asks them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from learning.search.long_texts import stretches, terms_of
from learning.search.query import Clause, Operand, Query, QueryError, Term, parse
from learning.search.stemming import stem, tokens_of

__all__ = ["Piece", "Query", "QueryError", "Words", "highlight", "looked_at", "parse", "snippet"]

SNIPPET = 280  # characters


# --- the two query languages. Every word is letters and digits only, and stands in quotation marks ---------------


def for_fts5(query: Query) -> str:
    """The query as SQLite's FTS5 reads it."""
    wanted = " AND ".join(_fts5_clause(clause) for clause in query.clauses if not clause.is_negated)
    unwanted = [_fts5_clause(clause) for clause in query.clauses if clause.is_negated]
    return f"({wanted}) NOT ({' OR '.join(unwanted)})" if unwanted else wanted


def _fts5_clause(clause: Clause) -> str:
    return f"({' OR '.join(_fts5_operand(operand) for operand in clause.operands)})"


def _fts5_operand(operand: Operand) -> str:
    wanted = " AND ".join(_fts5_term(term) for term in operand.terms)
    return " OR ".join([f"({wanted})", *(_fts5_term(term) for term in operand.synonyms)])


def _fts5_term(term: Term) -> str:
    return f'"{" ".join(term.indexed)}"{" *" if term.is_prefix else ""}'


def for_tsquery(query: Query, weights: str = "") -> str:
    """The query as PostgreSQL's to_tsquery reads it. ``weights`` narrows it: "A" to the titles."""
    return " & ".join(
        f"{'!' if clause.is_negated else ''}({' | '.join(_ts_operand(each, weights) for each in clause.operands)})"
        for clause in query.clauses
    )


def _ts_operand(operand: Operand, weights: str) -> str:
    wanted = " & ".join(_ts_term(term, weights) for term in operand.terms)
    return " | ".join([f"({wanted})", *(_ts_term(term, weights) for term in operand.synonyms)])


def _ts_term(term: Term, weights: str) -> str:
    *first, last = term.indexed
    words = [_ts_word(word, weights) for word in first] + [_ts_word(last, "*" * term.is_prefix + weights)]
    return f"({' <-> '.join(words)})"


def _ts_word(word: str, flags: str) -> str:
    """A word of the query. Those of two letters that end in s are indexed with an ending: "as" would become "a"."""
    ending = "zz" if len(word) == 2 and word.endswith("s") else ""
    return f"'{word}{ending}'{':' if flags else ''}{flags}"


# --- which words of a text were found ----------------------------------------------------------------------------


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

    def spans(self, term: Term) -> Iterator[tuple[int, int]]:
        """Start and end of each place where the term stands."""
        size = len(term.stems)
        for index in self.beginnings(term):
            found = self.tokens[index : index + size]
            if term.stands_at(found):
                yield found[0].start, found[-1].end

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
    found = [stem(text[a:b].lower()) for a, b in hits]
    for first, (start, _) in enumerate(hits):
        while last < len(hits) and hits[last][1] <= start + length - lead:
            inside[found[last]] += 1
            last += 1
        gathered = 10 * len(inside) + inside.total()
        if gathered > most:
            best, most = start, gathered
        if last > first:
            inside -= Counter({found[first]: 1})
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
