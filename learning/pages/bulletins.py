"""The list of bulletins, and the page of one: its text as a readable document with every statement marked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from pyroaring import BitMap

from learning.catalogue import Catalogue, current
from learning.catalogue.lookup import find_public
from learning.catalogue.rows import bulletins_for_rows, give_board, give_reviews, statements_for_cards
from learning.catalogue.shown import Shown
from learning.components.citation import cite_bulletin
from learning.components.document import document, pages_of
from learning.components.page_head import PageMeta, canonical_url
from learning.components.pagination import PER_PAGE, no_such_page, page_at, range_around
from learning.components.statement_card import age_of, card
from learning.components.summary_list import SummaryRow, absent_row
from learning.components.wording import counted_kind, echo
from learning.models import Bulletin, CuratorNote, GlossaryTerm, Link, PublicText, StatedCount, Statement
from learning.pages.boards import visible_board
from learning.pages.stated_counts import Claim, visible_claims
from reviews.models import Board

LINKS_ON_A_PAGE = 40

# --- the list ---------------------------------------------------------------------------------------------------


@require_safe
def bulletin_list(request: HttpRequest) -> HttpResponse:
    """All bulletins, or with ``?board=`` those of one board."""
    catalogue = current()
    asked, slug = request.GET.get("page", ""), request.GET.get("board", "")
    board = visible_board(catalogue, slug) if slug else None
    paginator = Paginator(ordinals_of(catalogue, slug, board), PER_PAGE)
    page = page_at(paginator, asked)
    rows = entries(catalogue, catalogue.bulletins.keys[list(page or [])].tolist())
    context = {
        "crumbs": crumbs_of_list(board),
        "board": board,
        "total": paginator.count,
        "page_obj": page,
        "page_range": range_around(page),
        **problem_of(slug, board, no_such_page(asked, paginator) if page is None else ""),
        "entries": rows,
        "shown": Shown.of(
            catalogue,
            named=(review for row in rows for review in row["reviews"]),
            titles=(row["bulletin"] for row in rows),
        ),
        "nav_section": "bulletins",
    }
    return render(request, "learning/bulletin_list.html", context)


def problem_of(slug: str, board: Board | None, page_problem: str) -> dict[str, Any]:
    """What the address asks for and is not there, and where to go instead."""
    all_of_them = reverse("bulletin_list")
    if slug and board is None:
        problem = f"There is no board “{echo(slug)}” with published records."
        return {"problem": problem, "way_out": {"label": "See the bulletins from all boards", "url": all_of_them}}
    first = f"{all_of_them}?{urlencode({'board': slug})}" if slug else all_of_them
    return {"problem": page_problem, "way_out": {"label": "Go to the first page", "url": first}}


def ordinals_of(catalogue: Catalogue, slug: str, board: Board | None) -> BitMap:
    """The bulletins to be listed, the newest first."""
    if board is not None:
        return catalogue.bulletins.with_value("board", board.pk)
    return BitMap() if slug else catalogue.bulletins.records


def crumbs_of_list(board: Board | None) -> list[dict[str, str]]:
    if board is None:
        return [{"label": "Bulletins"}]
    return [{"label": "Bulletins", "url": reverse("bulletin_list")}, {"label": board.public_name}]


def entries(catalogue: Catalogue, keys: list[int]) -> list[dict[str, Any]]:
    """Each bulletin with how many statements of each kind the public may read in it."""
    bulletins: list[Any] = bulletins_for_rows(catalogue, keys)
    give_reviews(catalogue, bulletins)
    return [
        {"bulletin": bulletin, "reviews": bulletin.visible_reviews, "counts": counts_in_words(catalogue, bulletin)}
        for bulletin in bulletins
    ]


def counts_in_words(catalogue: Catalogue, bulletin: Bulletin) -> list[str]:
    """ "66 learning points", "1 question": how many there are of each kind."""
    record_set = catalogue.statements
    own = record_set.of_group(bulletin.pk)
    numbers = {kind: own.intersection_cardinality(record_set.with_value("kind", kind.value)) for kind in Statement.Kind}
    return [counted_kind(number, kind) for kind, number in numbers.items() if number]


# --- one bulletin -----------------------------------------------------------------------------------------------


@require_safe
def bulletin_detail(request: HttpRequest, slug: str) -> HttpResponse:
    catalogue = current()
    bulletin = find_public(Bulletin, catalogue.bulletins, slug=slug)
    give_what_belongs_to(catalogue, bulletin)
    body = body_of(catalogue, bulletin)
    page = page_at(body.pages, request.GET.get("page", ""))
    if page is None:
        return no_such_part(request, bulletin, body)
    url = canonical_url(request, bulletin)
    shown = shown_of(catalogue, bulletin)
    context = {
        "bulletin": bulletin,
        "crumbs": crumbs_of(bulletin),
        "page_obj": page,
        "page_range": range_around(page),
        **shown_on(catalogue, bulletin, body, page),
        "links": body.links_on(page),
        **(said_beside(catalogue, bulletin, body) if page.number == 1 else {}),
        "shown": shown,
        "age": age_of([bulletin]),
        "citation": cite_bulletin(bulletin, url),
        "meta": PageMeta(url, f"{bulletin.title}, {bulletin.board.public_name}", is_indexed=shown.is_indexed),
        "nav_section": "bulletins",
    }
    return render(request, "learning/bulletin_detail.html", context)


def no_such_part(request: HttpRequest, bulletin: Bulletin, body: Body) -> HttpResponse:
    context = {
        "bulletin": bulletin,
        "crumbs": crumbs_of(bulletin),
        "problem": no_such_page(request.GET.get("page", ""), body.pages, of="this bulletin"),
        "nav_section": "bulletins",
    }
    return render(request, "learning/bulletin_page_missing.html", context)


def crumbs_of(bulletin: Bulletin) -> list[dict[str, str]]:
    return [{"label": "Bulletins", "url": reverse("bulletin_list")}, {"label": bulletin.display_title}]


def give_what_belongs_to(catalogue: Catalogue, bulletin: Any) -> None:
    """Its board, ``is_whole``, and the ``visible_reviews`` that it speaks of. One query."""
    give_board(catalogue, bulletin)
    bulletin.is_whole = int(catalogue.bulletins.ordinals[bulletin.pk]) in catalogue.bulletins.with_value("whole", True)
    give_reviews(catalogue, [bulletin])


def shown_of(catalogue: Catalogue, bulletin: Any) -> Shown:
    """The whole of it, whichever page of it is read: what leads to the next page is on each."""
    whole = Shown.of(catalogue, cases=bulletin.visible_reviews, texts=[bulletin], titles=[bulletin])
    return replace(whole, statements=catalogue.statements.of_group(bulletin.pk))


@dataclass(frozen=True)
class Body:
    """What the page of a bulletin is about, in pages: blocks of the text, else its statements alone (their keys)."""

    public: PublicText | None
    pages: Paginator[Any]
    links: list[Link]

    def links_on(self, page: Page[Any]) -> list[Link]:
        """The last page has whatever is left."""
        last = LINKS_ON_A_PAGE * page.number if page.has_next() else None
        return self.links[LINKS_ON_A_PAGE * (page.number - 1) : last]


def body_of(catalogue: Catalogue, bulletin: Any) -> Body:
    """Two queries at most. Where more links are printed than fit beside the text, pages without text follow."""
    links = list(bulletin.links.all()) if bulletin.is_whole else []
    public = None
    if bulletin.is_whole and bulletin.rights == Bulletin.Rights.FULL_TEXT:
        public = PublicText.objects.filter(bulletin=bulletin).first()
    if public is None:
        record_set = catalogue.statements
        return Body(None, Paginator(record_set.keys_at(record_set.of_group(bulletin.pk)), PER_PAGE), links)
    pages = pages_of(public, bulletin.title)
    of_links_alone = -(-len(links) // LINKS_ON_A_PAGE) - len(pages)
    return Body(public, Paginator([*pages, *([] for _ in range(of_links_alone))], 1), links)


def shown_on(catalogue: Catalogue, bulletin: Bulletin, body: Body, page: Page[Any]) -> dict[str, Any]:
    """What stands on this page of it."""
    if body.public is None:
        return {
            "cards": [card(each) for each in statements_for_cards(catalogue, list(page))],
            "why_not": why_not_shown(bulletin),
        }
    blocks = page[0]
    terms = GlossaryTerm.objects.filter(Q(bulletin=bulletin) | Q(bulletin__isnull=True))
    parts = document(body.public, blocks, statements_within(bulletin, catalogue, blocks), terms)
    return {"is_text": bool(body.public.blocks), "parts": parts}


def statements_within(bulletin: Bulletin, catalogue: Catalogue, blocks: list[Any]) -> list[Statement]:
    """The visible statements of which a word stands in these blocks. One query."""
    if not blocks:
        return []
    inside = Statement.objects.filter(
        bulletin=bulletin, public_start__lt=blocks[-1]["end"], public_end__gt=blocks[0]["start"]
    )
    return [statement for statement in inside if catalogue.statements.has(statement.pk)]


def said_beside(catalogue: Catalogue, bulletin: Any, body: Body) -> dict[str, Any]:
    """What the first page tells of the whole. Three queries."""
    return {
        "facts": facts(bulletin),
        "reviews": bulletin.visible_reviews,
        "claims": claims_of(catalogue, bulletin),
        "listed": counts_in_words(catalogue, bulletin),
        "notes": notes_of(bulletin),
        "redactions": redactions_of(body.public),
    }


def redactions_of(public: PublicText | None) -> list[dict[str, Any]]:
    """What was removed from the text, by reason."""
    reasons = Counter(one.get("reason") or "Removed" for one in public.redactions) if public is not None else {}
    return [{"reason": reason, "count": count} for reason, count in reasons.items()]


def why_not_shown(bulletin: Bulletin) -> str:
    """Says nothing of a review that is held: "at the moment" is all."""
    return {
        Bulletin.Rights.FULL_TEXT: "The text is not shown at the moment.",
        Bulletin.Rights.PASSAGES: "Only its statements are shown here, not the whole text.",
        Bulletin.Rights.METADATA: "Only facts about this bulletin are kept here, not its words.",
    }[Bulletin.Rights(bulletin.rights)]


def facts(bulletin: Bulletin) -> list[SummaryRow]:
    board = bulletin.board
    is_period = bulletin.published_on is None and bulletin.period
    dated = SummaryRow("Date", bulletin.dated, note="Printed as a period, not as a date." if is_period else "")
    return [
        SummaryRow("Published by", board.public_name, url=board.get_absolute_url(), note=board.identification),
        dated if bulletin.dated else absent_row("Date"),
        SummaryRow("Kind", bulletin.get_kind_display()),
        SummaryRow("Shown here", bulletin.get_rights_display(), note=bulletin.rights_basis),
    ]


def may_tell(bulletin: Any, about: StatedCount | CuratorNote) -> bool:
    """Whether a claim or note may be shown: one on the whole bulletin might be about a review that is held back."""
    if about.review_id is None:
        return bool(bulletin.is_whole)
    return any(review.pk == about.review_id for review in bulletin.visible_reviews)


def claims_of(catalogue: Catalogue, bulletin: Any) -> list[Claim]:
    if bulletin.rights == Bulletin.Rights.METADATA:
        return []
    record_set = catalogue.statements
    stated = [one for one in bulletin.stated_counts.all() if may_tell(bulletin, one)]
    return visible_claims(record_set, record_set.of_group(bulletin.pk), stated)


def notes_of(bulletin: Any) -> list[CuratorNote]:
    """Each with its review, where it is about one."""
    reviews = {review.pk: review for review in bulletin.visible_reviews}
    notes = [note for note in bulletin.notes.all() if may_tell(bulletin, note)]
    for note in notes:
        note.review = reviews.get(note.review_id or 0)
    return notes
