"""The list of bulletins, and the page of one: its text as a readable document with every statement marked."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from learning.addresses import find_public
from learning.citation import cite_bulletin
from learning.claims import Claim, claims
from learning.fact_lists import Row, absent, row
from learning.heads import Head, canonical_url, has_lifelong_anonymity
from learning.models import Bulletin, CuratorNote, GlossaryTerm, PublicText, StatedCount, Statement
from learning.paging import PER_PAGE, no_such_page, page_at, range_around
from learning.passages import Part, document
from learning.statement_cards import is_old
from learning.wording import counted_kind
from learning.years import NEWEST_BULLETINS, span_of
from reviews.models import Review, Theme

# --- the list ---------------------------------------------------------------------------------------------------


@require_safe
def bulletin_list(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("page", "")
    paginator = Paginator(newest_first(), PER_PAGE)
    page = page_at(paginator, asked)
    context = {
        "crumbs": [{"label": "Bulletins"}],
        "page_obj": page,
        "page_range": range_around(page),
        "problem": no_such_page(asked, paginator) if page is None else "",
        "entries": entries(list(page or [])),
        "nav_section": "bulletins",
    }
    return render(request, "learning/bulletin_list.html", context)


def newest_first() -> QuerySet[Bulletin]:
    reviews = Prefetch("reviews", Review.objects.published().select_related("board"))
    bulletins: QuerySet[Bulletin] = Bulletin.objects.published().for_list().prefetch_related(reviews)
    return bulletins.order_by(*NEWEST_BULLETINS)


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
                counted_kind(counts[bulletin.pk, kind], kind)
                for kind in Statement.Kind
                if (bulletin.pk, kind) in counts
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
    url = canonical_url(request, bulletin)
    context = {
        "bulletin": bulletin,
        "crumbs": [{"label": "Bulletins", "url": reverse("bulletin_list")}, {"label": bulletin.title}],
        "text": text,
        "statements": [] if text.parts else statements,
        "facts": facts(bulletin),
        "reviews": list(bulletin.reviews.all()),
        "claims": claims_of(bulletin, statements),
        "listed": counts_in_words(statements),
        "links": list(bulletin.links.all()) if bulletin.is_whole else [],
        "notes": [note for note in bulletin.notes.all() if may_tell(bulletin, note)],
        "needs_content_note": is_distressing(bulletin, statements),
        "is_old": is_old(bulletin, timezone.localdate()),
        "years": span_of([bulletin]),
        "citation": cite_bulletin(bulletin, url),
        "head": Head(url, f"{bulletin.title}, {bulletin.board.public_name}", is_indexed=bulletin.is_indexed),
        "nav_section": "bulletins",
    }
    return render(request, "learning/bulletin_detail.html", context)


def for_detail() -> Any:
    """Published bulletins with what belongs to them."""
    return (
        Bulletin.objects.published()
        .with_is_whole()
        .for_list()
        .annotate(is_indexed=~has_lifelong_anonymity(review__bulletins=OuterRef("pk")))
        .prefetch_related(
            Prefetch("reviews", Review.objects.published().select_related("board")),
            "links",
            Prefetch("notes", CuratorNote.objects.published().select_related("review")),
            Prefetch("stated_counts", StatedCount.objects.published()),
        )
    )


def statements_of(bulletin: Bulletin) -> QuerySet[Statement]:
    statements: QuerySet[Statement] = Statement.objects.published().filter(bulletin=bulletin).for_list()
    return statements.order_by("position", "pk")


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
        row("Published by", board.public_name, url=board.get_absolute_url(), note=board.identification),
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


def counts_in_words(statements: list[Statement]) -> list[str]:
    """ "66 learning points", "1 question": how many there are of each kind."""
    numbers = Counter(one.kind for one in statements)
    return [counted_kind(numbers[kind], kind) for kind in Statement.Kind if numbers[kind]]


def is_distressing(bulletin: Bulletin, statements: list[Statement]) -> bool:
    """Whether a theme of its reviews or of its statements asks for the content note."""
    of_reviews = Theme.objects.filter(has_content_note=True, review_tags__review__in=bulletin.reviews.all()).exists()
    return of_reviews or any(tag.theme.has_content_note for one in statements for tag in one.theme_tags.all())
