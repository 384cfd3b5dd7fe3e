"""Rows of a page by the keys that the catalogue gives, in few queries: its vocabularies are at hand already."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, IntegerField, Prefetch, Q, QuerySet, TextField, Value, prefetch_related_objects
from django.db.models.functions import Cast, JSONObject

from learning.catalogue import Catalogue, visible
from learning.components.progress import status_of
from learning.models import (
    Addressee,
    Bulletin,
    CuratorNote,
    Progress,
    ResponseCheck,
    StatedCount,
    Statement,
    StatementOccasion,
    StatementTheme,
)
from reviews.models import Child, ChildCareStatus, Review, ReviewAlias, ReviewTheme


def in_order(records: Iterable[Any], keys: list[int]) -> list[Any]:
    """The records in the order of these keys; one that is gone meanwhile is passed over."""
    found = {record.pk: record for record in records}
    return [found[key] for key in keys if key in found]


def statements_for_cards(catalogue: Catalogue, keys: list[int]) -> list[Statement]:
    """Statements as ``components/_statement.html`` shows them, with their status. Three queries, or none."""
    if not keys:
        return []
    rows = visible(Statement).filter(pk__in=keys).select_related("bulletin", "review", "child", "parent").order_by()
    statements: dict[int, Any] = {statement.pk: statement for statement in rows}
    for statement in statements.values():
        give_board(catalogue, statement.bulletin)
        if statement.review is not None:
            give_board(catalogue, statement.review)
        statement.shown_tags = []
        statement.shown_addressees = []
    for tag in StatementTheme.objects.filter(statement__in=keys).order_by():
        if tag.statement_id in statements:
            tag.theme = catalogue.themes.by_pk[tag.theme_id]
            statements[tag.statement_id].shown_tags.append(tag)
    answers = read_answers(statements)
    for addressee in answers.addressees:
        give_agency(catalogue, addressee)
        statements[addressee.statement_id].shown_addressees.append(addressee)
    for statement in statements.values():
        statement.shown_progress = [entry for entry in answers.progress if entry.statement_id == statement.pk]
        statement.status = status_of(statement, statement.shown_progress, answers.checks)
        statement.shown_tags.sort(key=lambda tag: (tag.theme.position, tag.theme.name))
    return [statements[key] for key in keys if key in statements]


@dataclass(frozen=True)
class Answers:
    """Whom statements ask, what became of each, and what is known of responses: all that the public may know."""

    addressees: list[Addressee]
    progress: list[Progress]
    checks: list[ResponseCheck]


def read_answers(statements: dict[int, Any]) -> Answers:
    """Of these statements, by their keys. One query: each row as JSON, for the tables have not the same columns."""
    source = {"title": "source_bulletin__title", "slug": "source_bulletin__slug"}
    bulletins = {statement.bulletin_id for statement in statements.values()}
    tables: list[tuple[QuerySet[Any], Iterable[str], dict[str, str]]] = [
        (Addressee.objects.filter(statement__in=statements), ("statement_id", "as_printed", "agency_id"), {}),
        (Progress.objects.published().filter(statement__in=statements), PROGRESS_SHOWN, source),
        (ResponseCheck.objects.filter(bulletin__in=bulletins), CHECKS_SHOWN, {}),
    ]
    first, *others = [
        rows.order_by()
        .annotate(table=Value(number), shown=JSONObject(**{name: name for name in names}, **more))
        .values_list("table", "pk", "shown")
        for number, (rows, names, more) in enumerate(tables)
    ]
    found: tuple[list[Any], ...] = ([], [], [])
    for table, pk, shown in sorted(first.union(*others, all=True), key=lambda row: row[:2]):
        found[table].append(MADE_OF_ANSWER[table](pk, shown))
    return Answers(found[0], sorted(found[1], key=lambda entry: entry.position), found[2])


PROGRESS_SHOWN = (
    "statement_id", "position", "status", "as_printed", "source_bulletin_id", "source_title", "source_address",
    "reported_on", "reported_precision",
)  # fmt: skip
CHECKS_SHOWN = (
    "bulletin_id", "position", "review_id", "statement_id", "result", "looked_on", "title", "address", "as_printed",
)  # fmt: skip


def progress_of(pk: int, shown: dict[str, Any]) -> Progress:
    title, slug = shown.pop("title"), shown.pop("slug")
    progress = Progress(pk=pk, **shown | {"reported_on": day_of(shown["reported_on"])})
    if progress.source_bulletin_id is not None:
        progress.source_bulletin = Bulletin(pk=progress.source_bulletin_id, title=title, slug=slug)
    return progress


def check_of(pk: int | None, shown: dict[str, Any]) -> ResponseCheck:
    return ResponseCheck(pk=pk, **shown | {"looked_on": day_of(shown["looked_on"])})


def day_of(text: str | None) -> date | None:
    """A date within JSON is text."""
    return date.fromisoformat(text) if text else None


MADE_OF_ANSWER: tuple[Callable[[int, dict[str, Any]], Any], ...] = (
    lambda pk, shown: Addressee(pk=pk, **shown),
    progress_of,
    check_of,
)


def reviews_for_rows(catalogue: Catalogue, keys: list[int]) -> list[Review]:
    """Reviews as a list shows them, with the ``visible_bulletins`` that speak of each. Four queries."""
    own = (
        Prefetch("theme_tags", ReviewTheme.objects.all()),
        Prefetch("bulletins", Bulletin.objects.all()),
        "aliases",
    )
    reviews = list(visible(Review).filter(pk__in=keys).prefetch_related(*own))
    for review in reviews:
        give_board(catalogue, review)
        give_themes(catalogue, review)
        known = [bulletin for bulletin in review.bulletins.all() if catalogue.bulletins.has(bulletin.pk)]
        review.visible_bulletins = known  # type: ignore[attr-defined]
    return in_order(reviews, keys)


def bulletins_for_rows(catalogue: Catalogue, keys: list[int]) -> list[Bulletin]:
    """Bulletins with their boards. One query."""
    bulletins = list(visible(Bulletin).filter(pk__in=keys))
    for bulletin in bulletins:
        give_board(catalogue, bulletin)
    return in_order(bulletins, keys)


def give_reviews(catalogue: Catalogue, bulletins: list[Any]) -> None:
    """Let the bulletins have the ``visible_reviews`` that each speaks of, with their boards. One query."""
    prefetch_related_objects(bulletins, "reviews")
    for bulletin in bulletins:
        bulletin.visible_reviews = [each for each in bulletin.reviews.all() if catalogue.reviews.has(each.pk)]
        for review in bulletin.visible_reviews:
            give_board(catalogue, review)


def children_of(review: Review) -> list[Any]:
    """The children of a review in order, each with its ``told_statuses``. One query: a row for each status."""
    fields = ("pk", "status", "legal_basis", "when")
    told = {f"status_{name}": F(f"care_statuses__{name}") for name in fields}
    children: dict[int, Any] = {}
    rows: Iterable[Any] = Child.objects.filter(review=review).annotate(**told).order_by("position", "pk")
    for row in rows:
        child = children.setdefault(row.pk, row)
        statuses = child.__dict__.setdefault("told_statuses", [])
        if row.status_pk is not None:
            statuses.append(ChildCareStatus(**{name: getattr(row, f"status_{name}") for name in fields}))
    for child in children.values():
        child.told_statuses.sort(key=lambda status: (status.when, status.status))
    return list(children.values())


@dataclass(frozen=True)
class Beside:
    """What stands beside the statements of a review."""

    aliases: list[ReviewAlias]
    stated_counts: list[StatedCount]
    notes: list[CuratorNote]
    checks: list[ResponseCheck]


def beside(review: Review, of_bulletins: Q) -> Beside:
    """Other names of the review, what these bulletins claim, what is noted of them, known responses. One query."""
    number, text = Value(0, output_field=IntegerField()), Value("", output_field=TextField())
    rows = ReviewAlias.objects.filter(review=review).order_by().values_list(
        Value("alias"), Cast("name", TextField()), Cast("assigned_by", TextField()), number, number, number
    )  # fmt: skip
    rows = rows.union(
        StatedCount.objects.filter(of_bulletins).order_by().values_list(
            Value("stated"), Cast("as_printed", TextField()), Cast("kind", TextField()), "count", "bulletin", "review"
        ),
        CuratorNote.objects.filter(of_bulletins).order_by().values_list(
            Value("note"), "text", text, "position", "bulletin", "review"
        ),
        ResponseCheck.objects.filter(of_bulletins, review=review, statement__isnull=True).order_by().values_list(
            Value("check"), Cast(JSONObject(**{name: name for name in CHECKS_SHOWN}), TextField()), text,
            "position", "bulletin", "review",
        ),
        all=True,
    )  # fmt: skip
    found: dict[str, list[Any]] = {"alias": [], "stated": [], "note": [], "check": []}
    for sort, *values in sorted(rows, key=lambda row: row[3]):
        found[sort].append(MADE_OF[sort](*values))
    return Beside(
        sorted(found["alias"], key=lambda alias: alias.name),
        sorted(found["stated"], key=lambda stated: (stated.kind, stated.pk or 0)),
        found["note"],
        found["check"],
    )


MADE_OF: dict[str, Callable[..., Any]] = {
    "alias": lambda name, by, *_: ReviewAlias(name=name, assigned_by=by),
    "stated": lambda printed, kind, count, bulletin, review: StatedCount(
        as_printed=printed, kind=kind, count=count, bulletin_id=bulletin, review_id=review
    ),
    "check": lambda shown, *_: check_of(None, json.loads(shown)),
    "note": lambda text, _, position, bulletin, review: CuratorNote(
        text=text, position=position, bulletin_id=bulletin, review_id=review
    ),
}


def give_occasions(statements: Iterable[Statement]) -> None:
    """Let the statements have the ``shown_occasions`` that they suit, in the usual order. One query."""
    by_key: dict[int, list[StatementOccasion]] = {}
    for statement in statements:
        statement.shown_occasions = by_key.setdefault(statement.pk, [])  # type: ignore[attr-defined]
    for tag in StatementOccasion.objects.filter(statement__in=by_key).order_by():
        by_key[tag.statement_id].append(tag)
    for tags in by_key.values():
        tags.sort(key=lambda tag: StatementOccasion.Occasion.values.index(tag.occasion))


def give_board(catalogue: Catalogue, record: Review | Bulletin) -> None:
    """Let the record have its board without a query."""
    board = catalogue.boards.get(record.board_id)
    if board is not None:
        record.board = board


def give_agency(catalogue: Catalogue, addressee: Addressee) -> None:
    """Let whom a statement addresses have the agency that it is, if any, without a query."""
    if addressee.agency_id is not None:
        addressee.agency = catalogue.agencies.by_pk[addressee.agency_id]


def give_themes(catalogue: Catalogue, record: Review) -> None:
    """Let the tags of a record, fetched with it, have their themes without a query."""
    for tag in record.theme_tags.all():
        theme = catalogue.themes.by_pk.get(tag.theme_id)
        if theme is not None:
            tag.theme = theme
