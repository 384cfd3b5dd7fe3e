"""The page of one statement: its words, where they stand, whom they ask, how to cite them, and what is like them."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from learning.browse.return_link import back_link
from learning.catalogue import Catalogue, current
from learning.catalogue.lookup import Gone
from learning.catalogue.related import nearest_statements, reason_of
from learning.catalogue.rows import give_occasions, statements_for_cards
from learning.catalogue.shown import Shown
from learning.components.citation import cite_statement
from learning.components.document import page_with, surroundings
from learning.components.page_head import PageMeta, canonical_url
from learning.components.progress import progress_entries, progress_sources
from learning.components.statement_card import age_of, card
from learning.components.summary_list import SummaryRow, bulletin_row, tags_by
from learning.models import Bulletin, PublicText, Statement, StatementAgency
from reviews.state import AssignedBy, State

MOST_PARTS = 100  # of one list


@require_safe
def statement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    catalogue = current()
    near = around(catalogue, pk)
    statement = near.statement
    url = canonical_url(request, statement)
    public = public_text_of(catalogue, statement)
    related = [{**card(one), "reason": reason_of(one, statement)} for one in near.related]
    known = facts(catalogue, statement)
    shown = shown_around(catalogue, near)
    context = {
        "statement": statement,
        "card": card(statement),
        "crumbs": crumbs(statement),
        "name": str(statement),
        "of": belongs_to(statement),
        "back_url": back_link(request),
        "surroundings": surroundings(public, statement) if public is not None else None,
        "full_text_url": full_text_url(statement, public),
        **known,
        "parts": near.parts,
        "citation": cite_statement(statement, url),
        "related": related,
        "previous": near.previous,
        "next": near.next,
        "shown": shown,
        "age": age_of([statement.bulletin]),
        "meta": page_meta(statement, url, is_indexed=shown.is_indexed),
        "nav_section": "learning",
    }
    return render(request, "learning/statement_detail.html", context)


# --- it and those around it ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Around:
    """A statement, those before and after it in the bulletin, those that it leads into, and those that are like it."""

    statement: Any
    previous: Statement | None
    next: Statement | None
    parts: list[Statement] = field(default_factory=list)
    related: list[Statement] = field(default_factory=list)


def around(catalogue: Catalogue, pk: int) -> Around:
    """All of them in four queries. Raises as ``not_visible`` where the statement is not visible."""
    record_set = catalogue.statements
    if not record_set.has(pk):
        raise not_visible(pk)
    ordinal = int(record_set.ordinals[pk])
    own = record_set.of_group(int(record_set.columns["bulletin"][ordinal]))
    before, after = (
        int(record_set.keys[each]) if each >= 0 and each in own else 0 for each in (ordinal - 1, ordinal + 1)
    )
    of_it = Statement.objects.filter(parent=pk).order_by("position", "pk").values_list("pk", flat=True)
    parts = [key for key in of_it[:MOST_PARTS] if record_set.has(key)]
    related = nearest_statements(catalogue, ordinal)
    wanted = {pk, before, after, *parts, *related}
    fetched = {each.pk: each for each in statements_for_cards(catalogue, sorted(key for key in wanted if key))}
    if pk not in fetched:  # written at this moment
        raise not_visible(pk)
    return Around(
        fetched[pk],
        fetched.get(before),
        fetched.get(after),
        [fetched[key] for key in parts if key in fetched],
        [fetched[key] for key in related if key in fetched],
    )


def not_visible(pk: int) -> Exception:
    """Why the statement of that number is not shown.

    A statement has no state of its own: it is gone with its bulletin or its review (``Gone`` with the public reason),
    and not found (``Http404``) in every other case, so also where the other of the two is held or a draft.
    """
    was_public = [State.PUBLISHED, State.WITHDRAWN]
    once_public = Statement.objects.filter(
        Q(review__isnull=True) | Q(review__state__in=was_public), bulletin__state__in=was_public
    )
    for of in ("bulletin", "review"):
        gone = once_public.filter(pk=pk, **{f"{of}__state": State.WITHDRAWN})
        reason = gone.values_list(f"{of}__withdrawn_reason", flat=True).first()
        if reason:
            return Gone(reason)
    return Http404()


def belongs_to(statement: Statement) -> str:
    """The review, or where it speaks of several the bulletin, always with the board."""
    if statement.review is not None:
        return statement.review.label_and_board
    return f"{statement.bulletin.display_title}, {statement.bulletin.board.public_name}"


def crumbs(statement: Statement) -> list[dict[str, str]]:
    of = statement.review.label if statement.review is not None else statement.bulletin.display_title
    return [{"label": "Learning", "url": reverse("statement_list")}, {"label": f"{statement}, {of}"}]


def page_meta(statement: Statement, url: str, is_indexed: bool) -> PageMeta:
    summary = statement.review.summary if statement.review is not None else ""
    return PageMeta(url, f"{statement}, {belongs_to(statement)}", summary, is_indexed)


def shown_around(catalogue: Catalogue, near: Around) -> Shown:
    """With what became of the statement at hand.

    Its neighbours are quoted too; and the text between it and them belongs to the review of one or the other.
    """
    beside = [each for each in (near.previous, near.next) if each is not None]
    return Shown.of(
        catalogue,
        statements=[near.statement, *beside, *near.parts, *near.related],
        titles=[near.statement.bulletin, *progress_sources([near.statement])],
    )


# --- where it stands --------------------------------------------------------------------------------------------


def public_text_of(catalogue: Catalogue, statement: Statement) -> PublicText | None:
    """The whole text, if it may be read."""
    ordinal = int(catalogue.bulletins.ordinals[statement.bulletin_id])
    may_be_read = statement.bulletin.rights == Bulletin.Rights.FULL_TEXT
    if not may_be_read or ordinal not in catalogue.bulletins.with_value("whole", True):
        return None
    return PublicText.objects.filter(bulletin=statement.bulletin_id).first()


def full_text_url(statement: Statement, public: PublicText | None) -> str:
    """Where the passage stands in the whole text, or the page of the bulletin."""
    address = statement.bulletin.get_absolute_url()
    number = page_with(public, statement.public_start, statement.bulletin.title) if public is not None else 1
    return f"{address}?page={number}#passage-{statement.pk}" if number > 1 else f"{address}#passage-{statement.pk}"


# --- what is known about it -------------------------------------------------------------------------------------

THEMES_BY = {AssignedBy.SOURCE: "Themes in its own words", AssignedBy.CURATOR: "Themes from the editors"}
OCCASIONS_BY = {"The source says so.": AssignedBy.SOURCE, "The editors’ choice.": AssignedBy.CURATOR}
NUMBERS: dict[str, str] = {
    Statement.NumberStatus.LOST: "Its number was lost in the source.",
    Statement.NumberStatus.NONE: "The source gives it no number.",
}


def facts(catalogue: Catalogue, statement: Statement) -> dict[str, Any]:
    """One query, and one more for the occasions of a question."""
    if statement.kind == Statement.Kind.QUESTION:
        give_occasions([statement])
    tags = StatementAgency.objects.filter(statement=statement)
    for tag in tags:
        tag.agency = catalogue.agencies.by_pk[tag.agency_id]
    return {
        "rows": rows(statement),
        "themes_by": tags_by(statement.shown_tags, THEMES_BY),
        "agencies": list(tags),
        "addressees": statement.shown_addressees,
        "progress": progress_entries(statement),
    }


def rows(statement: Statement) -> list[SummaryRow]:
    """What the words alone do not tell: number, form, citation, where it breaks off, when it was corrected."""
    found = []
    if statement.review is not None:
        review = statement.review
        found.append(SummaryRow("Review", review.label, url=review.get_absolute_url(), note=review.board.public_name))
    if statement.child is not None:
        found.append(SummaryRow("About", statement.child.pseudonym))
    found.append(bulletin_row(statement.bulletin))
    if statement.parent is not None:
        parent = statement.parent
        found.append(
            SummaryRow("Part of", str(parent), url=parent.get_absolute_url(), note="Its words introduce this one.")
        )
    if statement.number_status in NUMBERS and statement.parent is None:
        found.append(SummaryRow("Number", NUMBERS[statement.number_status]))
    if statement.form == Statement.Form.PROSE:
        found.append(SummaryRow("Form", "A finding in prose: a sentence of the text, not an item of a list."))
    if statement.breaks_off:
        found.append(SummaryRow("Complete", "No. The words break off in the source."))
    for label, by in OCCASIONS_BY.items():
        suited = [tag for tag in getattr(statement, "shown_occasions", ()) if tag.assigned_by == by]
        if suited:
            occasions = ", ".join(tag.get_occasion_display().lower() for tag in suited)
            found.append(SummaryRow("Suits", occasions, note=label))
    if statement.kind == Statement.Kind.FACT:
        found.append(SummaryRow("Cited source", statement.citation or "none given", is_absent=not statement.citation))
    return found
