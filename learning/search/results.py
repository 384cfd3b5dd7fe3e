"""What a search finds of each kind of record, and one result of each kind as the page shows it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Prefetch, Value
from pyroaring import BitMap

from learning.catalogue import Catalogue, RecordSet, visible
from learning.catalogue.record_set import Batch
from learning.catalogue.rows import give_board, give_themes, in_order, statements_for_cards
from learning.components.statement_card import card
from learning.models import Bulletin, Statement
from learning.search.backends import IndexQuery, Matches, RawMatches
from learning.search.best_part import find_best
from learning.search.explain import Source, why
from learning.search.highlight import Piece, Words, highlight, looked_at, snippet
from learning.search.language.fields import OF_BULLETINS, OF_REVIEWS, OF_STATEMENTS, having, ordinals_with
from learning.search.language.terms import Clause, Query
from learning.search.language.understood import Attempt, Reading
from learning.search.partial_match import each_of, parts_of, some_of, weight_of
from reviews.models import Agency, Board, Child, Review, ReviewAlias, ReviewTheme, Theme

Result = dict[str, Any]
NARROWED = ("reviews", "learning", "bulletins")
ENOUGH = 20  # visible records in the best part of what has the words, with the fields: if fewer, all is ranked


@dataclass(frozen=True)
class Kind:
    """A tab. ``first`` is how many stand on the tab of everything, ``template`` shows one result.

    ``record`` is what the index calls it, ``fields`` are those that it has.
    """

    name: str
    label: str
    singular: str
    plural: str
    first: int
    template: str
    record: str
    fields: tuple[str, ...]
    fetch: Callable[[Catalogue, list[int]], list[Any]]
    show: Callable[[Catalogue, Any, Query], Result]


# --- finding ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RankedIds:
    """What is found of one kind: ordinals of its record set, with scores where there were words to look for.

    ``is_cut``: there is more, of words that very many records have.
    """

    record_set: RecordSet
    ordinals: BitMap
    hits: Matches | None = None
    is_cut: bool = False

    def __len__(self) -> int:
        return len(self.ordinals)

    def keys(self, start: int, stop: int) -> list[int]:
        """The best first; what is as good, or has no score, in the order of its record set."""
        best = list(self.ordinals[start:stop]) if self.hits is None else self.hits.best(self.ordinals, start, stop)
        keys: list[int] = self.record_set.keys[best].tolist()
        return keys


Found = Mapping[str, RankedIds]
Answers = Mapping[IndexQuery, dict[str, RawMatches]]


class Results:
    """What a search finds of each kind, by the name of the kind; and what is nearest to it where that is nothing.

    ``more`` is asked of the index together with what is nearest.
    """

    def __init__(self, catalogue: Catalogue, reading: Reading, more: Callable[[], list[IndexQuery]] = list) -> None:
        self.catalogue = catalogue
        self.reading = reading
        self.more = more
        self.record_sets = record_sets(catalogue)

    @property
    def attempt(self) -> Attempt:
        """The first attempt that finds something; else the last."""
        return self.best[0]

    @property
    def found(self) -> Found:
        return self.best[1]

    @cached_property
    def best(self) -> tuple[Attempt, Found]:
        """Of words that are held to be understood, only what they narrow counts as found."""
        attempt = Attempt(Query(""), Query(""))
        for attempt in self.reading.attempts:
            found = self.found_by(attempt)
            if any(found[name] for name, kind in KINDS.items() if can_be_narrowed(kind, attempt)):
                return attempt, found
        return attempt, {name: RankedIds(record_set, BitMap()) for name, record_set in self.record_sets.items()}

    def found_by(self, attempt: Attempt) -> Found:
        return {
            name: self.found_of(kind, attempt.statements if name == "learning" else attempt.others)
            for name, kind in KINDS.items()
        }

    def found_of(self, kind: Kind, query: Query) -> RankedIds:
        record_set = self.record_sets[kind.name]
        ordinals = ordinals_with(record_set, query.fields, kind.fields)
        if not query.clauses or not ordinals:
            return RankedIds(record_set, ordinals)
        hits, is_cut = self.hits_of(kind, query, self.answers)
        if is_cut and len(ordinals & hits.records) < ENOUGH:
            hits, is_cut = self.hits_of(kind, query, self.asked([query], whole=kind.record))
        return RankedIds(record_set, ordinals & hits.records, hits, is_cut)

    def hits_of(self, kind: Kind, query: Query, answers: Answers) -> tuple[Matches, bool]:
        """What the words of a query find of a kind, by the answers of the index, and whether there is more.

        A bulletin that also speaks of a review that is not visible is found and ranked by its own title alone, and none
        of its text is shown: the labels and the text between two statements may tell of the hidden one. So may being
        left out (``-word``) or coming first (``title OR word``) because of a word that stands there.
        """
        if kind.name == "agencies":
            return agencies_with(self.catalogue, query), False
        record_set = self.record_sets[kind.name]
        raw = answers[by_words(query)][kind.record]
        hits = raw.at_ordinals_of(record_set)
        if kind.name != "bulletins" or self.are_whole:
            return hits, raw.is_cut
        whole = whole_bulletins(self.catalogue)
        titles = answers[by_title(query)][kind.record].at_ordinals_of(record_set)
        return hits.among(whole).joined(titles.among(record_set.records - whole)), raw.is_cut

    @cached_property
    def answers(self) -> Answers:
        """What the index says to all attempts together. One query, or none where there are no words."""
        queries = [query for each in self.reading.attempts for query in (each.statements, each.others) if query.clauses]
        return self.asked(queries)

    def asked(self, queries: Iterable[Query], whole: str = "") -> Answers:
        """``whole``: of records of this kind everything, and nothing of the others."""
        makers = [by_words] if self.are_whole or whole not in ("", "bulletin") else [by_words, by_title]
        questions = list(dict.fromkeys(make(query) for make in makers for query in queries))
        put = [replace(each, record=whole, is_whole=True) for each in questions] if whole else questions
        return dict(zip(questions, find_best(put, self.last_keys), strict=True)) if put else {}

    @cached_property
    def are_whole(self) -> bool:
        return len(whole_bulletins(self.catalogue)) == len(self.catalogue.bulletins.records)

    @property
    def last_keys(self) -> dict[str, int]:
        """The last visible record of each kind, as the index knows it."""
        return {kind.record: int(self.record_sets[name].keys.max(initial=0)) for name, kind in KINDS.items()}

    @cached_property
    def nearest(self) -> Found:
        """What has the rarest of the words, for a search that ``can_relax``."""
        parts, _ = self.searched_separately
        queries = parts_of(self.reading.apart)
        weights = list(map(weight_of, queries))
        ranked = {}
        for name, kind in KINDS.items():
            record_set = self.record_sets[name]
            if name == "agencies":
                by_part = [agencies_with(self.catalogue, query) for query in queries]
            else:
                by_part = [part[kind.record].at_ordinals_of(record_set) for part in parts]
            fields = [each.field for each in self.reading.understood if each.field.name in kind.fields]
            among = ordinals_with(record_set, self.reading.apart.fields, kind.fields) & readable(self.catalogue, name)
            weighed = zip(weights, by_part, strict=True)
            hits = some_of(weighed, [having(record_set, field) for field in fields], record_set, among)
            ranked[name] = RankedIds(record_set, hits.records, hits)
        return ranked

    @cached_property
    def searched_separately(self) -> tuple[list[dict[str, RawMatches]], list[dict[str, RawMatches]]]:
        """What each part of the search finds by itself, and the answers to what ``more`` is asked. One query."""
        return each_of(self.reading.apart, self.more())

    @property
    def can_relax(self) -> bool:
        """Whether there are several things to look for."""
        return len(parts_of(self.reading.apart)) > 1

    @property
    def is_anything_found(self) -> bool:
        return any(map(len, self.found.values()))

    @property
    def counts(self) -> dict[str, int]:
        """How much is found of each kind; where that is nothing at all, how much comes nearest."""
        is_relaxed = not self.is_anything_found and self.can_relax
        return {name: len(ranked) for name, ranked in (self.nearest if is_relaxed else self.found).items()}


def can_be_narrowed(kind: Kind, attempt: Attempt) -> bool:
    """Whether records of this kind tell whether it was right to narrow: a board is not narrowed by its own name."""
    return not attempt.held or (attempt.narrowed_by <= set(kind.fields) and kind.name in NARROWED)


def by_words(query: Query) -> IndexQuery:
    return IndexQuery(Query("", query.clauses))


def by_title(query: Query) -> IndexQuery:
    return replace(by_words(query), titles_only=True, record="bulletin")


def agencies_with(catalogue: Catalogue, query: Query) -> Matches:
    """The agencies whose names have what is looked for: few enough to look through them."""
    found: dict[int, float] = {}
    for ordinal, names in enumerate(catalogue.derived("names of agencies", lambda: names_of_agencies(catalogue))):
        clauses = [(clause.is_negated, fit(names, clause)) for clause in query.clauses]
        if all((how_well == 0) is is_negated for is_negated, how_well in clauses):
            found[ordinal] = sum(how_well for _, how_well in clauses)
    return Matches(np.array(list(found), dtype=np.int64), np.array(list(found.values()), dtype=np.float64))


def names_of_agencies(catalogue: Catalogue) -> list[list[Words]]:
    """For each agency in the order of its record set its name, then what else it is called."""
    return [[Words(name) for name in (agency.name, *agency.synonym_list)] for agency in catalogue.agencies.terms]


def fit(names: list[Words], clause: Clause) -> float:
    """How well a clause fits these names: 0 where it does not, best where it is the name."""
    best = 0.0
    for operand in clause.operands:
        for number, name in enumerate(names):
            own = all(name.has(term) for term in operand.terms)
            if own or any(name.has(synonym) for synonym in operand.synonyms):
                share = operand.size / len(name.tokens) if own else 0.0
                best = max(best, 1 + min(share, 1.0) + (number == 0))
    return best


def record_sets(catalogue: Catalogue) -> Mapping[str, RecordSet]:
    """The records of each kind in their order; themes, agencies and boards are made such."""

    def make() -> Mapping[str, RecordSet]:
        themes = sorted(catalogue.themes.terms, key=lambda theme: (theme.name, theme.pk))
        boards = sorted(catalogue.boards.values(), key=lambda board: (board.is_withheld, board.name, board.pk))
        return {
            "reviews": catalogue.reviews,
            "learning": catalogue.statements,
            "bulletins": catalogue.bulletins,
            "themes": section_of("theme", [theme.pk for theme in themes]),
            "agencies": section_of("agency", [agency.pk for agency in catalogue.agencies.terms]),
            "boards": section_of("board", [board.pk for board in boards]),
        }

    return catalogue.derived("sections to search", make)


def section_of(name: str, keys: list[int]) -> RecordSet:
    """Records in this order, of which each has itself as the value of a facet."""
    own = {key: np.array([ordinal]) for ordinal, key in enumerate(keys)}
    return RecordSet.of(Batch([], np.array(keys, dtype=np.int64), {name: own}))


def whole_bulletins(catalogue: Catalogue) -> BitMap:
    """The bulletins of which every review is visible."""
    return catalogue.bulletins.with_value("whole", True)


def readable(catalogue: Catalogue, name: str) -> BitMap:
    """The records of a kind of which all words may be known."""
    return whole_bulletins(catalogue) if name == "bulletins" else record_sets(catalogue)[name].records


# --- fetching -----------------------------------------------------------------------------------------------------


def fetched(catalogue: Catalogue, wanted: Mapping[str, list[int]]) -> dict[str, list[Any]]:
    """The records of each kind by their keys, with all that a result shows. Eight queries for all kinds."""
    records = {name: KINDS[name].fetch(catalogue, keys) if keys else [] for name, keys in wanted.items()}
    of_statements = [statement.review for statement in records.get("learning", []) if statement.review]
    give_names(records.get("reviews", []), of_statements)
    return records


def give_names(reviews: list[Review], of_statements: list[Review]) -> None:
    """Let the reviews have their ``other_names``: of those found, after their own what their children are called."""
    keys = {review.pk for review in (*reviews, *of_statements)}
    own = {review.pk for review in reviews}
    if not keys:
        return
    aliases = ReviewAlias.objects.filter(review__in=keys).order_by().values_list("review", Value(-1), "name")
    children = Child.objects.filter(review__in=own).order_by().values_list("review", "position", "pseudonym")
    names: dict[int, list[tuple[int, str]]] = {}
    for key, position, name in aliases.union(children, all=True) if own else aliases:
        names.setdefault(key, []).append((position, name))
    for review in (*reviews, *of_statements):
        in_order = sorted(names.get(review.pk, []))
        review.aliases_known = [name for position, name in in_order if position < 0]  # type: ignore[attr-defined]
        review.other_names = list(dict.fromkeys(name for _, name in in_order))  # type: ignore[attr-defined]


def fetch_reviews(catalogue: Catalogue, keys: list[int]) -> list[Review]:
    rows = visible(Review).filter(pk__in=keys).order_by()
    reviews = list(rows.prefetch_related(Prefetch("theme_tags", ReviewTheme.objects.all())))
    for review in reviews:
        give_board(catalogue, review)
        give_themes(catalogue, review)
    return in_order(reviews, keys)


def fetch_bulletins(catalogue: Catalogue, keys: list[int]) -> list[Bulletin]:
    """With its ``visible_reviews``, and ``is_whole``."""
    rows = visible(Bulletin).filter(pk__in=keys).select_related("search_document")
    bulletins = in_order(rows.prefetch_related(Prefetch("reviews", Review.objects.all())), keys)
    whole = whole_bulletins(catalogue)
    ordinals = catalogue.bulletins.ordinals_of(np.array([bulletin.pk for bulletin in bulletins], dtype=np.int64))
    for bulletin, ordinal in zip(bulletins, ordinals.tolist(), strict=True):
        give_board(catalogue, bulletin)
        bulletin.is_whole = ordinal in whole
        known = [review for review in bulletin.reviews.all() if catalogue.reviews.has(review.pk)]
        bulletin.visible_reviews = known
        for review in known:
            give_board(catalogue, review)
    return bulletins


def fetch_themes(catalogue: Catalogue, keys: list[int]) -> list[Theme]:
    return [catalogue.themes.by_pk[key] for key in keys]


def fetch_agencies(catalogue: Catalogue, keys: list[int]) -> list[Agency]:
    return [catalogue.agencies.by_pk[key] for key in keys]


def fetch_boards(catalogue: Catalogue, keys: list[int]) -> list[Board]:
    return [catalogue.boards[key] for key in keys]


# --- showing ------------------------------------------------------------------------------------------------------


def board_sources(board: Board) -> list[Source]:
    """The board under its public names. What curators found out of it is said as theirs."""
    if board.is_withheld:
        return []
    sources = [Source("its board", board.name), Source("its board’s short name", board.short_name)]
    return [*sources, Source("its board, as identified by the editors", board.identified_as)]


def theme_sources(themes: Iterable[Theme]) -> list[Source]:
    return [Source(f"theme {theme.name}", theme.name) for theme in themes]


def synonym_sources(themes: Iterable[Theme]) -> list[Source]:
    return [Source(f"theme {theme.name}, also called {name}", name) for theme in themes for name in theme.synonym_list]


def listed(names: Iterable[str], query: Query) -> list[Piece]:
    """Names in a row, with commas, in pieces."""
    rows = [highlight(name, query) for name in names]
    return [piece for row in rows for piece in (Piece(", "), *row)][1:]


def show_review(_: Catalogue, review: Any, query: Query) -> Result:
    themes = [tag.theme for tag in review.theme_tags.all()]
    sources = [
        Source("its name", review.label),
        Source("the editors’ summary", review.summary),
        *(Source(f"also called {name}", name) for name in review.other_names),
        *theme_sources(themes),
        *board_sources(review.board),
    ]
    return {
        "review": review,
        "label": highlight(review.label, query),
        "others": listed((name for name in review.aliases_known if name != review.label), query),
        "snippet": snippet(review.summary, query),
        "reason": why(query, sources, last=synonym_sources(themes)),
    }


def show_statement(_: Catalogue, statement: Statement, query: Query) -> Result:
    review: Any = statement.review
    themes = [tag.theme for tag in statement.shown_tags]
    sources = [Source("its words", statement.text), Source("its heading", str(statement))]
    if statement.words_before:
        sources.append(Source("its lead-in", statement.words_before))
    if review:
        sources.append(Source(f"about {review.label}", review.label))
        sources += [Source(f"about {name}", name) for name in review.aliases_known]
    sources += [*theme_sources(themes), *board_sources(review.board if review else statement.bulletin.board)]
    return {
        **card(statement),
        "words": highlight(statement.text, query),
        "lead_in": highlight(statement.words_before, query) if statement.words_before else [],
        "reason": why(query, sources),
    }


def show_bulletin(_: Catalogue, bulletin: Any, query: Query) -> Result:
    body = bulletin.search_document.body if bulletin.is_whole else ""
    sources = [Source("its title", bulletin.title)]
    sources += [Source("its words", stretch) for stretch in looked_at(body, query)]
    sources += [Source(f"about {review.label}", review.label) for review in bulletin.visible_reviews]
    sources += board_sources(bulletin.board)
    return {
        "bulletin": bulletin,
        "title": highlight(bulletin.display_title, query),
        "reviews": bulletin.visible_reviews,
        "snippet": snippet(body, query),
        "reason": why(query, sources),
    }


def show_theme(_: Catalogue, theme: Theme, query: Query) -> Result:
    synonyms = theme.synonym_list
    sources = [
        Source("its name", theme.name),
        Source("its definition", theme.definition),
        *(Source(f"also called {synonym}", synonym) for synonym in synonyms),
        *(Source(f"it includes {part}", part) for part in theme.narrower_list),
        Source("its code in the children in need census", theme.dfe_codes),
    ]
    return {
        "theme": theme,
        "name": highlight(theme.name, query),
        "synonyms": listed(synonyms, query),
        "definition": highlight(theme.definition, query),
        "reason": why(query, sources),
    }


def show_agency(_: Catalogue, agency: Agency, query: Query) -> Result:
    synonyms = agency.synonym_list
    sources = [Source("its name", agency.name), *(Source(f"also called {name}", name) for name in synonyms)]
    return {
        "agency": agency,
        "name": highlight(agency.name, query),
        "synonyms": listed(synonyms, query),
        "reason": why(query, sources),
    }


def show_board(catalogue: Catalogue, board: Board, query: Query) -> Result:
    successor = board.public_successor
    earlier = [
        other for other in catalogue.boards.values() if other.succeeded_by_id == board.pk and other.public_successor
    ]
    sources = [Source("its name", board.public_name), Source("its short name", board.public_short_name)]
    if not board.is_withheld:
        sources.append(Source("as identified by the curators", board.identified_as))
    sources += [Source(f"came before {successor.name}", successor.name)] if successor else []
    sources += [Source(f"came after {other.name}", f"{other.name} | {other.short_name}") for other in earlier]
    return {
        "board": board,
        "name": highlight(board.public_name, query),
        "successor": successor,
        "predecessors": earlier,
        "reason": why(query, sources),
    }


KINDS = {
    kind.name: kind
    for kind in (
        Kind("reviews", "Reviews", "review", "reviews", 5, "learning/_search_review.html",
             "review", OF_REVIEWS, fetch_reviews, show_review),
        Kind("learning", "Learning", "statement", "statements", 5, "learning/_search_statement.html",
             "statement", OF_STATEMENTS, statements_for_cards, show_statement),
        Kind("bulletins", "Bulletins", "bulletin", "bulletins", 3, "learning/_search_bulletin.html",
             "bulletin", OF_BULLETINS, fetch_bulletins, show_bulletin),
        Kind("themes", "Themes", "theme", "themes", 5, "learning/_search_theme.html",
             "theme", ("theme",), fetch_themes, show_theme),
        Kind("agencies", "Agencies", "agency", "agencies", 3, "learning/_search_agency.html",
             "agency", ("agency",), fetch_agencies, show_agency),
        Kind("boards", "Boards", "board", "boards", 3, "learning/_search_board.html",
             "board", ("board",), fetch_boards, show_board),
    )
}  # fmt: skip
