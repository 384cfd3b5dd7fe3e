"""The page of one review: the case, its anonymised children, and all that bulletins teach from it."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from learning.addresses import find_public
from learning.case_facts import ANONYMITY, child_rows, children_table, review_rows
from learning.claims import Claim, claims
from learning.fact_lists import tags_by
from learning.heads import Head, canonical_url
from learning.lists import back_link
from learning.models import Bulletin, CuratorNote, StatedCount, Statement
from learning.progress import progress_entries, with_progress
from learning.related import related_reviews
from learning.statement_cards import is_old
from learning.wording import PLURAL
from learning.years import span_of
from reviews.models import Child, Review, ReviewTheme
from reviews.publication import AssignedBy

THEMES_BY = {AssignedBy.SOURCE: "Named by the source", AssignedBy.CURATOR: "Assigned by the curators"}
SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@require_safe
def review_detail(request: HttpRequest, board: str, slug: str) -> HttpResponse:
    review = find_public(for_detail(), Review.objects.all(), board__slug=board, slug=slug)
    statements = list(statements_of(review))
    groups = by_kind(statements, claims(claims_about(review), statements))
    context = {
        "review": review,
        "crumbs": [{"label": "Reviews", "url": reverse("review_list")}, {"label": review.label_and_board}],
        "back_url": back_link(request),
        **case(review),
        "groups": groups,
        "contents": contents(list(review.children.all()), groups),
        "notes": list(notes_about(review)),
        "related": related_reviews(review),
        "needs_content_note": any(tag.theme.has_content_note for tag in theme_tags(review, statements)),
        "head": head(review, canonical_url(request, review)),
        "nav_section": "reviews",
    }
    return render(request, "learning/review_detail.html", context)


def case(review: Review) -> dict[str, Any]:
    """What the page tells of the case itself."""
    bulletins = list(review.bulletins.all())
    children = list(review.children.all())
    return {
        "years": span_of(bulletins),
        "is_old": bool(bulletins) and all(is_old(one, timezone.localdate()) for one in bulletins),
        "rows": review_rows(review, bulletins),
        "children": children,
        "children_title": children_title(children),
        "child_rows": child_rows(children[0]) if len(children) == 1 else [],
        "children_table": children_table(children) if len(children) > 1 else None,
        "anonymity": ANONYMITY if is_anonymous_for_life(review) else "",
        "themes_by": tags_by(review.theme_tags.all(), THEMES_BY),
    }


def is_anonymous_for_life(review: Review) -> bool:
    return any(child.has_lifelong_anonymity for child in review.children.all())


def head(review: Review, url: str) -> Head:
    return Head(url, review.label_and_board, review.summary, is_indexed=not is_anonymous_for_life(review))


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
    for kind in Statement.Kind:
        of_kind = [one for one in statements if one.kind == kind]
        entries = [
            {
                "statement": one,
                "progress": progress_entries(one),
                "source": one.bulletin if has_several_sources else None,
                "short_lead_in": short_lead_in(one, above),
            }
            for above, one in zip([None, *of_kind], of_kind, strict=False)
        ]
        claimed = [claim for claim in all_claims if claim.kind == kind]
        if entries or claimed:
            groups.append(Group(kind.value, PLURAL[kind].capitalize(), entries, claimed))
    return groups


def short_lead_in(statement: Statement, above: Statement | None) -> str:
    """The last sentence of a lead-in of several, where the whole of it stands right above; else "" """
    if statement.parent is None or above is None or statement.parent_id not in (above.pk, above.parent_id):
        return ""
    *before, last = SENTENCE_ENDS.split(statement.parent.text.strip())
    return f"… {last}" if before else ""


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
    """What a visible bulletin says of this review, or of itself where it speaks of no other and holds nothing back."""
    visible = Bulletin.objects.published()
    others = Bulletin.reviews.through.objects.filter(bulletin=OuterRef("pk")).exclude(review=review)
    of_it_alone = visible.with_is_whole().filter(~Exists(others), Q(is_whole=True), reviews=review)
    return Q(review=review, bulletin__in=visible) | Q(review__isnull=True, bulletin__in=of_it_alone)


def claims_about(review: Review) -> Any:
    return StatedCount.objects.filter(about(review))


def notes_about(review: Review) -> Any:
    return CuratorNote.objects.filter(about(review))


# --- the case ---------------------------------------------------------------------------------------------------


def theme_tags(review: Review, statements: list[Statement]) -> list[Any]:
    return [*review.theme_tags.all(), *[tag for one in statements for tag in one.theme_tags.all()]]
