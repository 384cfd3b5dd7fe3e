"""The page of one review: the case, its anonymised children, and all that bulletins teach from it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from learning.addresses import find_public
from learning.case_facts import ANONYMITY, child_rows, children_table, review_rows, years_of
from learning.claims import KINDS_IN_ORDER, PLURAL, Claim, claims
from learning.heads import Head, canonical_url
from learning.lists import back_link
from learning.models import Bulletin, CuratorNote, StatedCount, Statement
from learning.progress import progress_entries, with_progress
from learning.related import related_reviews
from learning.statement_cards import is_old
from reviews.models import Child, Review, ReviewTheme
from reviews.publication import AssignedBy


@require_safe
def review_detail(request: HttpRequest, board: str, slug: str) -> HttpResponse:
    review = find_public(for_detail(), Review.objects.all(), board__slug=board, slug=slug)
    statements = list(statements_of(review))
    groups = by_kind(statements, claims(claims_about(review), statements))
    context = {
        "review": review,
        "back_url": back_link(request),
        **case(review),
        "groups": groups,
        "contents": contents(list(review.children.all()), groups),
        "notes": list(notes_about(review)),
        "related": related_reviews(review),
        "needs_content_note": any(tag.theme.has_content_note for tag in theme_tags(review, statements)),
        "head": head(review, canonical_url(request)),
        "nav_section": "reviews",
    }
    return render(request, "learning/review_detail.html", context)


def case(review: Review) -> dict[str, Any]:
    """What the page tells of the case itself."""
    bulletins = list(review.bulletins.all())
    children = list(review.children.all())
    return {
        "years": years_of(bulletins),
        "is_old": bool(bulletins) and all(is_old(one, timezone.localdate()) for one in bulletins),
        "rows": review_rows(review, bulletins),
        "children": children,
        "children_title": children_title(children),
        "child_rows": child_rows(children[0]) if len(children) == 1 else [],
        "children_table": children_table(children) if len(children) > 1 else None,
        "anonymity": ANONYMITY if is_anonymous_for_life(review) else "",
        "themes_by": themes_by(review),
    }


def is_anonymous_for_life(review: Review) -> bool:
    return any(child.has_lifelong_anonymity for child in review.children.all())


def head(review: Review, url: str) -> Head:
    title = f"{review.label}, {review.board.public_name}"
    return Head(url, title, review.summary, is_indexed=not is_anonymous_for_life(review))


def for_detail() -> Any:
    """Published reviews with what their page tells of the case."""
    return (
        Review.objects.published()
        .select_related("board", "commissioning_board", "reporting_board")
        .prefetch_related(
            Prefetch("theme_tags", ReviewTheme.objects.select_related("theme")),
            Prefetch("bulletins", Bulletin.objects.published().for_list()),
            "children__care_statuses",
            "aliases",
        )
    )


# --- what it teaches --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """The statements of one kind, in the source's order, with what the bulletin claims of their number."""

    kind: str
    title: str
    entries: list[dict[str, Any]]
    claims: list[Claim]

    @property
    def count(self) -> int:
        return len(self.entries)


def statements_of(review: Review) -> Any:
    """Those of this review alone: what a bulletin says of several reviews at once belongs to none of them."""
    return (
        Statement.objects.published()
        .filter(review=review)
        .for_list()
        .prefetch_related(with_progress())
        .order_by("bulletin__last_year", "bulletin", "position", "pk")
    )


def by_kind(statements: list[Statement], all_claims: list[Claim]) -> list[Group]:
    """One group for each kind that is listed or claimed. Where several bulletins speak, each entry names its own."""
    groups = []
    has_several_sources = len({one.bulletin_id for one in statements}) > 1
    for kind in KINDS_IN_ORDER:
        entries = [
            {
                "statement": one,
                "progress": progress_entries(one),
                "source": one.bulletin if has_several_sources else None,
            }
            for one in statements
            if one.kind == kind
        ]
        of_kind = [claim for claim in all_claims if claim.kind == kind]
        if entries or of_kind:
            groups.append(Group(kind.value, PLURAL[kind].capitalize(), entries, of_kind))
    return groups


def contents(children: list[Child], groups: list[Group]) -> list[dict[str, Any]]:
    """The in-page list. A kind without statements is not in it."""
    places = [{"id": "case", "label": "The case"}]
    if children:
        places.append({"id": "children", "label": children_title(children)})
    kinds = [{"id": group.kind, "label": group.title, "count": group.count} for group in groups if group.entries]
    return [*places, *kinds]


def children_title(children: list[Child]) -> str:
    return "The child" if len(children) == 1 and not children[0].is_group else "The children"


def about(review: Review) -> Q:
    """What is said of this review, or of a bulletin that speaks of no other."""
    speaks_of = Bulletin.reviews.through.objects.filter(bulletin=OuterRef("bulletin"))
    of_it_alone = Exists(speaks_of.filter(review=review)) & ~Exists(speaks_of.exclude(review=review))
    return Q(review=review) | Q(of_it_alone, review__isnull=True)


def claims_about(review: Review) -> Any:
    return StatedCount.objects.published().filter(about(review), bulletin__in=Bulletin.objects.published())


def notes_about(review: Review) -> Any:
    return CuratorNote.objects.published().filter(about(review), bulletin__in=Bulletin.objects.published())


# --- the case ---------------------------------------------------------------------------------------------------


def themes_by(review: Review) -> list[dict[str, Any]]:
    """The themes of the case in two lists, by who assigned them, each tag with its note."""
    tags = list(review.theme_tags.all())
    named = {AssignedBy.SOURCE: "Named by the source", AssignedBy.CURATOR: "Assigned by the curators"}
    lists = [{"label": label, "tags": [tag for tag in tags if tag.assigned_by == by]} for by, label in named.items()]
    return [one for one in lists if one["tags"]]


def theme_tags(review: Review, statements: list[Statement]) -> list[Any]:
    return [*review.theme_tags.all(), *[tag for one in statements for tag in one.theme_tags.all()]]
