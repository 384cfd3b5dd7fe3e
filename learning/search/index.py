"""The search documents: the public text of every record that can be found, kept in step with the records.

Documents are made from public text only and for records in any state; who may see a record is asked of its
``published()`` when somebody searches. A withheld board is named in no document, and what a bulletin says of a method
of death or self-harm (its sensitive blocks) is in none either.

Whoever writes a record calls ``index_review``, ``index_bulletin``, ``index_theme`` or ``index_board`` afterwards; each
refreshes what hangs on the record too. ``rebuild_index`` rebuilds the whole index.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from learning.models import Bulletin, PublicText, SearchDocument, Statement
from learning.models.public_text import squash
from learning.search.language.stemming import stemmed
from learning.search.language.terms import name_words
from reviews.models import Board, Review, Theme

CHUNK = 500
MAX_BODY = 1_000_000  # characters: PostgreSQL refuses a document whose index is longer than a megabyte
LEFT_OUT = "[…]"
FIELDS = ("title", "labels", "body", "title_stems", "labels_stems", "body_stems")
Spans = list[tuple[int, int]]


def rebuild_index() -> int:
    """In one transaction: readers see the former index until it is done. Returns how many documents there are."""
    with transaction.atomic():
        SearchDocument.objects.all().delete()
        count = _store(_everything())
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO learning_searchindex(learning_searchindex) VALUES ('rebuild')")
    return count


@transaction.atomic
def index_review(review: Review) -> None:
    """Refresh a review with its statements and the bulletins that speak of it."""
    context = Context.load()
    _refresh(_reviews(Q(pk=review.pk), context), "review")
    _refresh(_statements(Q(review=review), context), "statement")
    _refresh(_bulletins(Q(reviews=review), context), "bulletin")


@transaction.atomic
def index_bulletin(bulletin: Bulletin) -> None:
    """Refresh a bulletin with its statements."""
    context = Context.load()
    _refresh(_statements(Q(bulletin=bulletin), context), "statement")
    _refresh(_bulletins(Q(pk=bulletin.pk), context), "bulletin")


@transaction.atomic
def index_theme(theme: Theme) -> None:
    """Refresh a theme with the reviews and the statements that it is a theme of."""
    context = Context.load()
    _refresh(_themes(Q(pk=theme.pk)), "theme")
    _refresh(_reviews(Q(themes=theme), context), "review")
    _refresh(_statements(Q(themes=theme), context), "statement")


@transaction.atomic
def index_board(board: Board) -> None:
    """Refresh a board, those before and after it or lately so, and the records of all of these."""
    context = Context.load()
    formerly = SearchDocument.objects.filter(board=board).values_list("title", flat=True).first() or board.name
    beside = Board.objects.filter(Q(search_document__labels__contains=formerly)).values_list("pk", flat=True)
    boards = {board.pk, *context.boards.relatives(board.pk), *beside}
    of_board = Q(board__in=boards)
    of_review = of_board | Q(commissioning_board__in=boards) | Q(reporting_board__in=boards)
    _refresh(_boards(Q(pk__in=boards), context), "board")
    _refresh(_reviews(of_review, context), "review")
    reviews = Review.objects.filter(of_review).values("pk")
    _refresh(_statements(Q(review__in=reviews) | Q(bulletin__board__in=boards), context), "statement")
    _refresh(_bulletins(of_board | Q(reviews__in=reviews), context), "bulletin")


# --- storing ----------------------------------------------------------------------------------------------------


def _store(documents: Iterable[SearchDocument], **options: Any) -> int:
    documents, count = iter(documents), 0
    while chunk := list(islice(documents, CHUNK)):
        count += len(SearchDocument.objects.bulk_create(chunk, **options))
    return count


def _refresh(documents: Iterable[SearchDocument], record: str) -> None:
    """Store documents over those that their records have already."""
    _store(documents, update_conflicts=True, update_fields=FIELDS, unique_fields=[record])


def _everything() -> Iterator[SearchDocument]:
    context = Context.load()
    yield from _boards(Q(), context)
    yield from _themes(Q())
    yield from _reviews(Q(), context)
    yield from _bulletins(Q(), context)
    yield from _statements(Q(), context)


# --- what the documents share -------------------------------------------------------------------------------------


@dataclass
class Boards:
    """The names of every board, with those of the boards before and after it."""

    by_key: dict[int, Board]
    predecessors: dict[int, list[int]]

    @classmethod
    def load(cls) -> "Boards":
        by_key = {board.pk: board for board in Board.objects.select_related("succeeded_by")}
        predecessors: dict[int, list[int]] = {}
        for board in by_key.values():
            if successor := board.public_successor:
                predecessors.setdefault(successor.pk, []).append(board.pk)
        return cls(by_key, predecessors)

    def relatives(self, key: int) -> list[int]:
        """The boards that came after this one, and those that came before it, however far; none beyond one whose name
        is withheld, which would tell what it stands between."""
        relatives = [key]
        successor = self.by_key[key].public_successor
        while successor and successor.pk not in relatives:
            relatives.append(successor.pk)
            successor = self.by_key[successor.pk].public_successor
        waiting = list(self.predecessors.get(key, []))
        while waiting:
            earlier = waiting.pop()
            if earlier not in relatives:
                relatives.append(earlier)
                waiting += self.predecessors.get(earlier, [])
        return relatives[1:]

    def own_names(self, key: int) -> list[str]:
        """What a board is called; nothing for one whose name is withheld."""
        board = self.by_key[key]
        return [] if board.is_withheld else [board.name, board.short_name, board.identified_as]

    def names(self, *keys: int | None) -> list[str]:
        """What these boards and their relatives are called; nothing at all of a withheld board's."""
        names: list[str] = []
        for key in keys:
            if key and not self.by_key[key].is_withheld:
                names += [name for board in (key, *self.relatives(key)) for name in self.own_names(board)]
        return names


@dataclass
class Context:
    """What is loaded once for many documents."""

    boards: Boards
    sensitive: dict[int, Spans] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Context":
        blocks = PublicText.objects.values_list("bulletin", "blocks").iterator(chunk_size=CHUNK)
        sensitive = ((bulletin, sensitive_spans(listed)) for bulletin, listed in blocks)
        return cls(Boards.load(), {bulletin: spans for bulletin, spans in sensitive if spans})


def sensitive_spans(blocks: list[dict[str, Any]]) -> Spans:
    """Start and end of the blocks that describe a method of death or self-harm, in order."""
    return sorted((block["start"], block["end"]) for block in blocks if block.get("sensitive"))


def _is_sensitive(statement: Statement, context: Context) -> bool:
    """Whether the passage of a statement touches a sensitive block."""
    spans = context.sensitive.get(statement.bulletin_id, [])
    return any(start < statement.public_end and statement.public_start < end for start, end in spans)


def lines_of_names(names: Iterable[str]) -> str:
    """One name a line, each once."""
    return "\n".join(dict.fromkeys(name for name in names if name))


# --- the documents ------------------------------------------------------------------------------------------------


def document_of(record: Any, title: str = "", labels: str = "", body: str = "") -> SearchDocument:
    return SearchDocument.of(record, title=title, labels=labels, body=body, **stems_of(title, labels, body))


def stems_of(title: str, labels: str, body: str) -> dict[str, str]:
    """What the index of either database is built over."""
    return {"title_stems": stemmed(title), "labels_stems": stemmed(labels), "body_stems": stemmed(body)}


def _boards(wanted: Q, context: Context) -> Iterator[SearchDocument]:
    for board in Board.objects.filter(wanted).iterator(chunk_size=CHUNK):
        labels = [] if board.is_withheld else context.boards.names(board.pk)[1:]
        yield document_of(board, title=board.public_name, labels=lines_of_names(labels))


def _themes(wanted: Q) -> Iterator[SearchDocument]:
    for theme in Theme.objects.filter(wanted).iterator(chunk_size=CHUNK):
        labels = [*theme.synonym_list, *theme.narrower_list, *theme.dfe_codes.split()]
        yield document_of(theme, title=theme.name, labels=lines_of_names(labels), body=theme.definition)


def _names_of_review(review: Review) -> list[str]:
    """Its label and other names, and those of its children. The caller has fetched both."""
    aliases, children = review.aliases.all(), review.children.all()
    names = [review.label, *(alias.name for alias in aliases), *(child.pseudonym for child in children)]
    return [*names, *name_words(names)]


def _boards_of_review(review: Review) -> tuple[int | None, ...]:
    return review.board_id, review.commissioning_board_id, review.reporting_board_id


def _reviews(wanted: Q, context: Context) -> Iterator[SearchDocument]:
    reviews = Review.objects.filter(wanted).distinct().order_by("pk")
    related = reviews.prefetch_related("aliases", "children", "theme_tags__theme")
    for review in related.iterator(chunk_size=CHUNK):
        themes = [tag.theme for tag in review.theme_tags.all()]
        labels = [
            *_names_of_review(review),
            *context.boards.names(*_boards_of_review(review)),
            *(name for theme in themes for name in (theme.name, *theme.synonym_list)),
        ]
        yield document_of(review, title=review.label, labels=lines_of_names(labels), body=review.summary)


def _statements(wanted: Q, context: Context) -> Iterator[SearchDocument]:
    """A statement's own words are its title: they count more than its themes, and these more than its lead-in."""
    statements = Statement.objects.filter(wanted).distinct().order_by("pk")
    related = statements.select_related("bulletin", "review", "parent").prefetch_related(
        "review__aliases", "review__children", "theme_tags__theme"
    )
    for statement in related.iterator(chunk_size=CHUNK):
        review = statement.review
        label = review.label if review else statement.bulletin.title
        boards = (*_boards_of_review(review), statement.bulletin.board_id) if review else (statement.bulletin.board_id,)
        labels = [
            *(_names_of_review(review) if review else [label]),
            *context.boards.names(*boards),
            *(tag.theme.name for tag in statement.theme_tags.all()),
        ]
        parent = statement.parent
        before = [statement.lead_in, parent.text if parent and not _is_sensitive(parent, context) else ""]
        own = "" if _is_sensitive(statement, context) else statement.text
        yield document_of(
            statement,
            title=own[:MAX_BODY],
            labels=lines_of_names([f"{statement} {label}", *labels]),
            body="\n".join(before).strip()[:MAX_BODY],
        )


def _bulletins(wanted: Q, context: Context) -> Iterator[SearchDocument]:
    bulletins = Bulletin.objects.filter(wanted).distinct().order_by("pk").select_related("public_text")
    related = bulletins.prefetch_related("reviews__aliases", "reviews__children", "statements")
    for bulletin in related.iterator(chunk_size=20):
        reviews = bulletin.reviews.all()
        labels = [
            *context.boards.names(bulletin.board_id),
            *(name for review in reviews for name in _names_of_review(review)),
        ]
        body = bulletin_body(bulletin, context)
        yield document_of(bulletin, title=bulletin.title, labels=lines_of_names(labels), body=body[:MAX_BODY])


def bulletin_body(bulletin: Bulletin, context: Context) -> str:
    """As much of a bulletin's public text as its rights allow: all, only what is listed as statements, or nothing."""
    if bulletin.rights == Bulletin.Rights.PASSAGES:
        listed = sorted(bulletin.statements.all(), key=lambda statement: statement.position)
        return "\n".join(statement.text for statement in listed if not _is_sensitive(statement, context))
    if bulletin.rights == Bulletin.Rights.FULL_TEXT and hasattr(bulletin, "public_text"):
        return without(bulletin.public_text.text, context.sensitive.get(bulletin.pk, []))
    return ""


def without(text: str, spans: Spans) -> str:
    """The text with each span replaced by a mark, and white space squashed."""
    parts, done = [], 0
    for start, end in spans:
        parts += [text[done:start], LEFT_OUT]
        done = max(done, end)
    return squash(" ".join([*parts, text[done:]]))
