"""The list of bulletins, and the page of one: its text as a readable document with every statement marked."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from learning.addresses import find_public
from learning.case_facts import Row, absent, identification, row, years_of
from learning.citation import cite_bulletin
from learning.claims import KINDS_IN_ORDER, Claim, claims, counted
from learning.heads import Head, canonical_url, has_lifelong_anonymity
from learning.models import Bulletin, CuratorNote, GlossaryTerm, PublicText, StatedCount, Statement
from learning.passages import Part, document
from learning.statement_cards import is_old
from reviews.models import Review, Theme

ON_A_PAGE = 20


# --- the list ---------------------------------------------------------------------------------------------------


@require_safe
def bulletin_list(request: HttpRequest) -> HttpResponse:
    page, has_no_such_page = page_of(newest_first(), request.GET.get("page", "1"))
    context = {
        "page_obj": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "has_no_such_page": has_no_such_page,
        "entries": entries(list(page.object_list)),
        "nav_section": "bulletins",
    }
    return render(request, "learning/bulletin_list.html", context)


def page_of(bulletins: Any, number: str) -> "tuple[Page[Any], bool]":
    """The page of that number; the first, and True, where there is none."""
    paginator = Paginator(bulletins, ON_A_PAGE)
    try:
        return paginator.page(number), False
    except InvalidPage:
        return paginator.page(1), True


def newest_first() -> Any:
    return (
        Bulletin.objects.published()
        .for_list()
        .prefetch_related(Prefetch("reviews", Review.objects.published().select_related("board")))
        .order_by(F("last_year").desc(nulls_last=True), F("published_on").desc(nulls_last=True), "title", "pk")
    )


def entries(bulletins: list[Bulletin]) -> list[dict[str, Any]]:
    """Each bulletin with how many statements of each kind the public may read in it."""
    found = (
        Statement.objects.published()
        .filter(bulletin__in=bulletins)
        .order_by()
        .values_list("bulletin", "kind")
        .annotate(Count("pk"))
    )
    counts = {(bulletin, kind): number for bulletin, kind, number in found}
    return [
        {
            "bulletin": bulletin,
            "reviews": list(bulletin.reviews.all()),
            "counts": [
                counted(counts[bulletin.pk, kind], kind) for kind in KINDS_IN_ORDER if (bulletin.pk, kind) in counts
            ],
        }
        for bulletin in bulletins
    ]


# --- one bulletin -----------------------------------------------------------------------------------------------


@require_safe
def bulletin_detail(request: HttpRequest, slug: str) -> HttpResponse:
    bulletin = find_public(for_detail(), Bulletin.objects.all(), slug=slug)
    statements = list(statements_of(bulletin))
    text = text_of(bulletin, statements)
    url = canonical_url(request)
    context = {
        "bulletin": bulletin,
        "text": text,
        "statements": [] if text.parts else statements,
        "facts": facts(bulletin),
        "reviews": list(bulletin.reviews.all()),
        "claims": claims_of(bulletin, statements),
        "listed": [counted(number, kind) for kind, number in in_order(statements)],
        "links": list(bulletin.links.all()) if bulletin.is_whole else [],
        "notes": [note for note in bulletin.notes.all() if may_tell(bulletin, note)],
        "needs_content_note": is_distressing(bulletin, statements),
        "is_old": is_old(bulletin, timezone.localdate()),
        "years": years_of([bulletin]),
        "citation": cite_bulletin(bulletin, url),
        "head": Head(url, f"{bulletin.title}, {bulletin.board.public_name}", is_indexed=bulletin.is_indexed),
        "nav_section": "bulletins",
    }
    return render(request, "learning/bulletin_detail.html", context)


def for_detail() -> Any:
    """Published bulletins with what belongs to them. ``is_whole``: no review that they speak of is held back."""
    held_back = Review.objects.exclude(pk__in=Review.objects.record_published().values("pk"))
    return (
        Bulletin.objects.published()
        .for_list()
        .annotate(
            is_indexed=~has_lifelong_anonymity(review__bulletins=OuterRef("pk")),
            is_whole=~Exists(held_back.filter(bulletins=OuterRef("pk"))),
        )
        .prefetch_related(
            Prefetch("reviews", Review.objects.published().select_related("board")),
            "links",
            Prefetch("notes", CuratorNote.objects.published().select_related("review")),
            Prefetch("stated_counts", StatedCount.objects.published()),
        )
    )


def statements_of(bulletin: Bulletin) -> Any:
    return Statement.objects.published().filter(bulletin=bulletin).for_list().order_by("position", "pk")


@dataclass(frozen=True)
class Text:
    """The text as a document, or why it is not shown; and what was removed from it, by reason."""

    parts: list[Part]
    why_not: str
    redactions: list[dict[str, Any]]


def text_of(bulletin: Bulletin, statements: list[Statement]) -> Text:
    public = PublicText.objects.filter(bulletin=bulletin, bulletin__in=Bulletin.objects.readable()).first()
    if public is None:
        return Text([], why_not_shown(bulletin), [])
    terms = GlossaryTerm.objects.filter(Q(bulletin=bulletin) | Q(bulletin__isnull=True))
    reasons = Counter(one.get("reason") or "Removed" for one in public.redactions)
    removed = [{"reason": reason, "count": count} for reason, count in reasons.items()]
    return Text(document(public, statements, terms, bulletin.title), "", removed)


def why_not_shown(bulletin: Bulletin) -> str:
    """Says nothing of a review that is held: "at the moment" is all."""
    return {
        Bulletin.Rights.FULL_TEXT: "The text is not shown at the moment.",
        Bulletin.Rights.PASSAGES: "Only its statements are shown here, not the whole text.",
        Bulletin.Rights.METADATA: "Only facts about this bulletin are kept here, not its words.",
    }[Bulletin.Rights(bulletin.rights)]


def facts(bulletin: Bulletin) -> list[Row]:
    board = bulletin.board
    is_period = bulletin.published_on is None and bulletin.period
    dated = row("Date", bulletin.dated, note="Printed as a period, not as a date." if is_period else "")
    return [
        row("Published by", board.public_name, url=board.get_absolute_url(), note=identification(board)),
        dated if bulletin.dated else absent("Date"),
        row("Kind", bulletin.get_kind_display()),
        row("Shown here", bulletin.get_rights_display(), note=bulletin.rights_basis),
    ]


def may_tell(bulletin: Any, about: StatedCount | CuratorNote) -> bool:
    """Whether a claim or note may be shown: one on the whole bulletin might be about a review that is held back."""
    return about.review_id is not None or bool(bulletin.is_whole)


def claims_of(bulletin: Bulletin, statements: list[Statement]) -> list[Claim]:
    if bulletin.rights == Bulletin.Rights.METADATA:
        return []
    return claims([one for one in bulletin.stated_counts.all() if may_tell(bulletin, one)], statements)


def in_order(statements: list[Statement]) -> list[tuple[str, int]]:
    """How many statements of each kind there are, in the order in which the site names the kinds."""
    numbers = Counter(one.kind for one in statements)
    return [(kind.value, numbers[kind]) for kind in KINDS_IN_ORDER if numbers[kind]]


def is_distressing(bulletin: Bulletin, statements: list[Statement]) -> bool:
    """Whether a theme of its reviews or of its statements asks for the content note."""
    of_reviews = Theme.objects.filter(has_content_note=True, review_tags__review__in=bulletin.reviews.all()).exists()
    return of_reviews or any(tag.theme.has_content_note for one in statements for tag in one.theme_tags.all())
