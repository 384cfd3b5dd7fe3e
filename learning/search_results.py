"""What a search finds of each kind of record, and one result of each kind as the page shows it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Prefetch, Q, QuerySet, When

from learning.boards import visible_boards
from learning.models import Bulletin, SearchDocument, Statement
from learning.search import Found, Piece, Query, Rank, highlight, matching, snippet
from learning.search_reasons import Source, why
from learning.statement_cards import card
from reviews.models import Board, Review, ReviewTheme, Theme

Result = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A tab. ``first`` is how many stand on the tab of everything, ``template`` shows one result."""

    name: str
    label: str
    one: str
    many: str
    first: int
    template: str
    find: Callable[[Query], QuerySet[Any]]
    show: Callable[[Any, Query], Result]


def counts(query: Query) -> dict[str, int]:
    """How many visible records of each kind the query finds."""
    visible = (
        Q(review__in=Review.objects.published())
        | Q(statement__in=Statement.objects.published())
        | Q(theme__isnull=False)
        | Q(board__in=visible_boards())
    )
    found = SearchDocument.objects.filter(visible, Found(F("pk"), query)).aggregate(
        reviews=Count("review"), learning=Count("statement"), themes=Count("theme"), boards=Count("board")
    )
    return found | {"bulletins": bulletins(query).count()}


def bulletins(query: Query) -> QuerySet[Bulletin]:
    """The bulletins that the query finds, each with ``is_whole`` and its ``rank``.

    One that also speaks of a review that is not visible is found and ranked by its own title alone, and none of its
    text is shown: the labels and the text between two statements may tell of the hidden one. So may being left out
    (``-word``) or coming first (``title OR word``) because of a word that stands there.
    """
    key = F("search_document__pk")
    by_title = Q(Found(key, query, titles_only=True), is_whole=False)
    rank = Case(When(is_whole=True, then=Rank(key, query)), default=Rank(key, query, titles_only=True))
    visible = Bulletin.objects.published().with_is_whole().filter(search_document__isnull=False)
    found: QuerySet[Bulletin] = visible.filter(Q(Found(key, query), is_whole=True) | by_title).annotate(rank=rank)
    return found


# --- finding ------------------------------------------------------------------------------------------------------


def find_reviews(query: Query) -> QuerySet[Review]:
    tags = Prefetch("theme_tags", ReviewTheme.objects.select_related("theme"))
    found = matching(Review.objects.published(), query).order_by(
        "-rank", "board__is_withheld", "board__name", "label", "pk"
    )
    return found.select_related("board").prefetch_related("aliases", "children", tags)


def find_statements(query: Query) -> QuerySet[Statement]:
    found = matching(Statement.objects.published(), query).order_by("-rank", "bulletin", "position", "pk")
    return found.for_list().prefetch_related("review__aliases")  # type: ignore[attr-defined, no-any-return]


def find_bulletins(query: Query) -> QuerySet[Bulletin]:
    found = bulletins(query).order_by(F("rank").desc(), F("last_year").desc(nulls_last=True), "title", "pk")
    reviews = Prefetch("reviews", Review.objects.published().select_related("board"), to_attr="visible_reviews")
    return found.select_related("board", "search_document").prefetch_related(reviews)


def find_themes(query: Query) -> QuerySet[Theme]:
    return matching(Theme.objects.all(), query).order_by("-rank", "name", "pk")


def find_boards(query: Query) -> QuerySet[Board]:
    found = matching(visible_boards(), query).order_by("-rank", "is_withheld", "name", "pk")
    return found.select_related("succeeded_by").prefetch_related("predecessors")


# --- showing ------------------------------------------------------------------------------------------------------


def board_sources(board: Board) -> list[Source]:
    """The board under its public names. What curators found out of it is said as theirs."""
    if board.is_withheld:
        return []
    sources = [Source("its board", board.name), Source("its board’s short name", board.short_name)]
    return [*sources, Source("its board, as identified by the curators", board.identified_as)]


def theme_sources(themes: Iterable[Theme]) -> list[Source]:
    return [Source(f"theme {theme.name}", theme.name) for theme in themes]


def synonym_sources(themes: Iterable[Theme]) -> list[Source]:
    return [Source(f"theme {theme.name}, also called {name}", name) for theme in themes for name in theme.synonym_list]


def listed(names: Iterable[str], query: Query) -> list[Piece]:
    """Names in a row, with commas, in pieces."""
    rows = [highlight(name, query) for name in names]
    return [piece for row in rows for piece in (Piece(", "), *row)][1:]


def show_review(review: Review, query: Query) -> Result:
    others = [alias.name for alias in review.aliases.all()]
    names = dict.fromkeys([*others, *(child.pseudonym for child in review.children.all())])
    themes = [tag.theme for tag in review.theme_tags.all()]
    sources = [
        Source("its name", review.label),
        Source("the editors’ summary", review.summary),
        *(Source(f"also called {name}", name) for name in names),
        *theme_sources(themes),
        *board_sources(review.board),
    ]
    return {
        "review": review,
        "label": highlight(review.label, query),
        "others": listed((name for name in others if name != review.label), query),
        "snippet": snippet(review.summary, query),
        "reason": why(query, sources, last=synonym_sources(themes)),
        "is_distressing": any(theme.has_content_note for theme in themes),
    }


def show_statement(statement: Statement, query: Query) -> Result:
    review, themes = statement.review, [tag.theme for tag in statement.theme_tags.all()]
    sources = [Source("its words", statement.text), Source("its heading", str(statement))]
    if statement.words_before:
        sources.append(Source("its lead-in", statement.words_before))
    if review:
        sources.append(Source(f"about {review.label}", review.label))
        sources += [Source(f"about {alias.name}", alias.name) for alias in review.aliases.all()]
    sources += [*theme_sources(themes), *board_sources(review.board if review else statement.bulletin.board)]
    return {
        **card(statement),
        "words": highlight(statement.text, query),
        "lead_in": highlight(statement.words_before, query) if statement.words_before else [],
        "reason": why(query, sources),
        "is_distressing": any(theme.has_content_note for theme in themes),
    }


def show_bulletin(bulletin: Any, query: Query) -> Result:
    body = bulletin.search_document.body if bulletin.is_whole else ""
    sources = [Source("its title", bulletin.title), Source("its words", body)]
    sources += [Source(f"about {review.label}", review.label) for review in bulletin.visible_reviews]
    sources += board_sources(bulletin.board)
    return {
        "bulletin": bulletin,
        "title": highlight(bulletin.title, query),
        "reviews": bulletin.visible_reviews,
        "snippet": snippet(body, query),
        "reason": why(query, sources),
    }


def show_theme(theme: Theme, query: Query) -> Result:
    synonyms = theme.synonym_list
    sources = [
        Source("its name", theme.name),
        Source("its definition", theme.definition),
        *(Source(f"also called {synonym}", synonym) for synonym in synonyms),
        Source("its code in the children in need census", theme.dfe_codes),
    ]
    return {
        "theme": theme,
        "name": highlight(theme.name, query),
        "synonyms": listed(synonyms, query),
        "definition": highlight(theme.definition, query),
        "reason": why(query, sources),
        "is_distressing": theme.has_content_note,
    }


def show_board(board: Board, query: Query) -> Result:
    successor = board.public_successor
    earlier = [each for each in board.predecessors.all() if each.public_successor]
    sources = [Source("its name", board.public_name), Source("its short name", board.public_short_name)]
    if not board.is_withheld:
        sources.append(Source("as identified by the curators", board.identified_as))
    sources += [Source(f"came before {successor.name}", successor.name)] if successor else []
    sources += [Source(f"came after {each.name}", f"{each.name} | {each.short_name}") for each in earlier]
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
        Kind("reviews", "Reviews", "review", "reviews", 5, "learning/_search_review.html", find_reviews, show_review),
        Kind("learning", "Learning", "statement", "statements", 5, "learning/_search_statement.html",
             find_statements, show_statement),
        Kind("bulletins", "Bulletins", "bulletin", "bulletins", 3, "learning/_search_bulletin.html",
             find_bulletins, show_bulletin),
        Kind("themes", "Themes", "theme", "themes", 5, "learning/_search_theme.html", find_themes, show_theme),
        Kind("boards", "Boards", "board", "boards", 3, "learning/_search_board.html", find_boards, show_board),
    )
}  # fmt: skip
