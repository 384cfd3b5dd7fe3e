"""The page of one statement: its words, where they stand, whom they ask, how to cite them, and what is like them."""

from typing import Any

from django.db.models import OuterRef, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from learning.addresses import Gone
from learning.citation import cite_statement
from learning.fact_lists import Row, bulletin_row, row, tags_by
from learning.heads import Head, canonical_url, has_lifelong_anonymity
from learning.lists import back_link
from learning.models import Bulletin, PublicText, Statement, StatementAgency
from learning.passages import Surroundings, surroundings
from learning.progress import progress_entries, with_progress
from learning.related import related_statements
from learning.statement_cards import are_all_old, card, is_old
from reviews.publication import AssignedBy, State


@require_safe
def statement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    statement = find_statement(pk)
    url = canonical_url(request, statement)
    related = [{**card(one.record), "reason": one.reason} for one in related_statements(statement)]
    context = {
        "statement": statement,
        "crumbs": crumbs(statement),
        "name": str(statement),
        "of": belongs_to(statement),
        "back_url": back_link(request),
        "surroundings": surroundings_of(statement),
        "full_text_url": full_text_url(statement),
        **facts(statement),
        "citation": cite_statement(statement, url),
        "related": related,
        "is_related_old": are_all_old(related),
        **neighbours(statement),
        "needs_content_note": any(tag.theme.has_content_note for tag in statement.theme_tags.all()),
        "is_old": is_old(statement.bulletin, timezone.localdate()),
        "head": head(statement, url),
        "nav_section": "learning",
    }
    return render(request, "learning/statement_detail.html", context)


def find_statement(pk: int) -> Any:
    """The published statement of that number.

    A statement has no state of its own: it is gone with its bulletin or its review (raises ``Gone`` with the public
    reason), and not found (``Http404``) in every other case, so also where the other of the two is held or a draft.
    """
    statement = for_detail().filter(pk=pk).first()
    if statement is not None:
        return statement
    was_public = [State.PUBLISHED, State.WITHDRAWN]
    once_public = Statement.objects.filter(
        Q(review__isnull=True) | Q(review__state__in=was_public), bulletin__state__in=was_public
    )
    for of in ("bulletin", "review"):
        gone = once_public.filter(pk=pk, **{f"{of}__state": State.WITHDRAWN})
        reason = gone.values_list(f"{of}__withdrawn_reason", flat=True).first()
        if reason:
            raise Gone(reason)
    raise Http404


def for_detail() -> Any:
    return (
        Statement.objects.published()
        .for_list()
        .annotate(
            is_anonymous_for_life=has_lifelong_anonymity(review=OuterRef("review"))
            | Q(has_lifelong_anonymity(review__bulletins=OuterRef("bulletin")), review__isnull=True)
        )
        .prefetch_related(
            with_progress(),
            Prefetch("agency_tags", StatementAgency.objects.select_related("agency")),
            Prefetch("parts", Statement.objects.published().order_by("position", "pk")),
        )
    )


def belongs_to(statement: Statement) -> str:
    """The review, or where it speaks of several the bulletin, always with the board."""
    if statement.review is not None:
        return statement.review.label_and_board
    return f"{statement.bulletin.title}, {statement.bulletin.board.public_name}"


def crumbs(statement: Statement) -> list[dict[str, str]]:
    of = statement.review.label if statement.review is not None else statement.bulletin.title
    return [{"label": "Learning", "url": reverse("statement_list")}, {"label": f"{statement}, {of}"}]


def head(statement: Any, url: str) -> Head:
    summary = statement.review.summary if statement.review is not None else ""
    title = f"{statement}, {belongs_to(statement)}"
    return Head(url, title, summary, is_indexed=not statement.is_anonymous_for_life)


# --- where it stands --------------------------------------------------------------------------------------------


def surroundings_of(statement: Statement) -> Surroundings | None:
    """What stands around the passage, if the whole text may be read."""
    public = PublicText.objects.filter(bulletin=statement.bulletin_id, bulletin__in=Bulletin.objects.readable()).first()
    return surroundings(public, statement) if public is not None else None


def full_text_url(statement: Statement) -> str:
    return f"{statement.bulletin.get_absolute_url()}#passage-{statement.pk}"


def neighbours(statement: Statement) -> dict[str, Statement | None]:
    """The visible statements before and after it in the bulletin."""
    others = Statement.objects.published().filter(bulletin=statement.bulletin_id)
    here = {"position": statement.position}
    before = Q(position__lt=statement.position) | Q(**here, pk__lt=statement.pk)
    after = Q(position__gt=statement.position) | Q(**here, pk__gt=statement.pk)
    return {
        "previous": others.filter(before).order_by("-position", "-pk").first(),
        "next": others.filter(after).order_by("position", "pk").first(),
    }


# --- what is known about it -------------------------------------------------------------------------------------

THEMES_BY = {AssignedBy.SOURCE: "Themes in its own words", AssignedBy.CURATOR: "Themes from the curators"}
NUMBERS: dict[str, str] = {
    Statement.NumberStatus.LOST: "Its number was lost in the source.",
    Statement.NumberStatus.NONE: "The source gives it no number.",
}


def facts(statement: Statement) -> dict[str, Any]:
    return {
        "rows": rows(statement),
        "themes_by": tags_by(statement.theme_tags.all(), THEMES_BY),
        "agencies": list(statement.agency_tags.all()),
        "addressees": list(statement.addressees.all()),
        "parts": list(statement.parts.all()),
        "progress": progress_entries(statement),
    }


def rows(statement: Statement) -> list[Row]:
    """What the words alone do not tell: number, form, citation, where it breaks off, when it was corrected."""
    found = []
    if statement.review is not None:
        review = statement.review
        found.append(row("Review", review.label, url=review.get_absolute_url(), note=review.board.public_name))
    if statement.child is not None:
        found.append(row("About", statement.child.pseudonym))
    found.append(bulletin_row(statement.bulletin))
    if statement.parent is not None:
        parent = statement.parent
        found.append(row("Part of", str(parent), url=parent.get_absolute_url(), note="Its words lead into this one."))
    if statement.number_status in NUMBERS and statement.parent is None:
        found.append(row("Number", NUMBERS[statement.number_status]))
    if statement.form == Statement.Form.PROSE:
        found.append(row("Form", "A finding in prose: a sentence of the text, not an item of a list."))
    if statement.breaks_off:
        found.append(row("Complete", "No. The words break off in the source."))
    if statement.kind == Statement.Kind.FACT:
        found.append(row("Cited source", statement.citation or "none given", is_absent=not statement.citation))
    return found
