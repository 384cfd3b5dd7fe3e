"""The page of one review: the case, its anonymised children, and all that bulletins teach from it."""

import re
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from pyroaring import BitMap

from learning.browse.return_link import back_link
from learning.catalogue import Catalogue, RecordSet, current
from learning.catalogue.arrays import bitmap
from learning.catalogue.lookup import find_public
from learning.catalogue.related import related_reviews
from learning.catalogue.rows import (
    Beside,
    beside,
    children_of,
    give_board,
    give_themes,
    statements_for_cards,
)
from learning.catalogue.shown import Shown
from learning.components.page_head import PageMeta, canonical_url
from learning.components.progress import progress_entries, progress_sources
from learning.components.statement_card import age_of, card, each_gets
from learning.components.summary_list import tags_by
from learning.components.wording import PLURAL, span_of
from learning.models import Bulletin, Statement
from learning.pages.review_facts import (
    ANONYMITY,
    child_rows,
    children_table,
    gathered,
    in_short,
    labels,
    response_rows,
    review_rows,
)
from learning.pages.stated_counts import Claim, visible_claims
from reviews.models import Child, Review
from reviews.state import AssignedBy

THEMES_BY = {AssignedBy.SOURCE: "Named by the source", AssignedBy.CURATOR: "Assigned by the editors"}
SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
STATEMENTS_SHOWN = 36
KINDS = ("learning_point", "recommendation", "action", "risk_indicator", "good_practice", "question", "fact")


@require_safe
def review_detail(request: HttpRequest, board: str, slug: str) -> HttpResponse:
    catalogue = current()
    review = find_public(Review, catalogue.reviews, board__slug=board, slug=slug)
    bulletins = give_what_belongs_to(catalogue, review)
    children = children_of(review)
    said = beside(review, about(catalogue, review, bulletins))
    groups = groups_of(catalogue, review, bulletins, said)
    related = related_reviews(review)
    quoted = [entry["statement"] for group in groups for entry in group.entries]
    shown = Shown.of(
        catalogue,
        statements=quoted,
        cases=[review],
        named=(each.record for each in related),
        titles=[*bulletins, *progress_sources(quoted)],
    )
    context = {
        "review": review,
        "crumbs": [{"label": "Reviews", "url": reverse("review_list")}, {"label": review.label_and_board}],
        "back_url": back_link(request),
        **case(review, bulletins, children, said),
        "groups": groups,
        "bulletins": bulletins,
        "contents": contents(groups),
        "notes": said.notes,
        "related": related,
        "shown": shown,
        "meta": PageMeta(
            canonical_url(request, review), review.label_and_board, review.summary, is_indexed=shown.is_indexed
        ),
        "nav_section": "reviews",
    }
    return render(request, "learning/review_detail.html", context)


def give_what_belongs_to(catalogue: Catalogue, review: Review) -> list[Bulletin]:
    """Let the review have its boards and themes; the visible bulletins that speak of it. Two queries."""
    give_board(catalogue, review)
    for name in ("commissioning_board", "reporting_board"):
        board = catalogue.boards.get(getattr(review, f"{name}_id") or 0)
        if board is not None:
            setattr(review, name, board)
    prefetch_related_objects([review], "theme_tags")
    give_themes(catalogue, review)
    bulletins = [each for each in review.bulletins.all() if catalogue.bulletins.has(each.pk)]
    for bulletin in bulletins:
        give_board(catalogue, bulletin)
    return bulletins


def case(review: Review, bulletins: list[Bulletin], children: list[Any], said: Beside) -> dict[str, Any]:
    """What the page tells of the case itself."""
    return {
        "years": span_of(bulletins),
        "age": age_of(bulletins),
        "labels": labels(review, children),
        "rows": gathered([*review_rows(review, said.aliases, bulletins), *response_rows(said.checks, bulletins)]),
        "case_title": "The case and the child"
        if children_title(children) == "The child"
        else "The case and the children",
        "case_in_short": in_short(review, children),
        "children": children,
        "children_title": children_title(children),
        "child_rows": gathered(child_rows(children[0])) if len(children) == 1 else [],
        "children_table": children_table(children) if len(children) > 1 else None,
        "anonymity": ANONYMITY if is_anonymous_for_life(children) else "",
        "themes_by": tags_by(review.theme_tags.all(), THEMES_BY),
        "theme_count": len(review.theme_tags.all()),
    }


def is_anonymous_for_life(children: list[Child]) -> bool:
    return any(child.has_lifelong_anonymity for child in children)


def about(catalogue: Catalogue, review: Review, bulletins: list[Bulletin]) -> Q:
    """What a visible bulletin says of this review, or of itself where it speaks of no other and holds nothing back."""
    keys = [each.pk for each in bulletins]
    of_it_alone = [key for key in keys if speaks_of_it_alone(catalogue.bulletins, key)]
    return Q(review=review, bulletin__in=keys) | Q(review__isnull=True, bulletin__in=of_it_alone)


def speaks_of_it_alone(record_set: RecordSet, key: int) -> bool:
    ordinal = int(record_set.ordinals[key])
    return ordinal in record_set.with_value("whole", True) and ordinal in record_set.with_value("of_one_review", True)


# --- what it teaches --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """The first statements of one kind, in the source's order, and how many there are in all; ``all_url`` lists those.

    ``claims``: what the bulletin says of their number.
    """

    kind: str
    title: str
    count: int
    entries: list[dict[str, Any]]
    claims: list[Claim]
    all_url: str = ""

    @property
    def all_words(self) -> str:
        return PLURAL[self.kind]


def ordinals_of(record_set: RecordSet, review: Review) -> BitMap:
    """The statements of this review alone: what a bulletin says of several at once belongs to none of them."""
    return bitmap(np.flatnonzero(record_set.columns["review"] == review.pk)) & record_set.records


def groups_of(catalogue: Catalogue, review: Review, bulletins: list[Bulletin], said: Beside) -> list[Group]:
    """One group for each kind that is listed or claimed. Where several bulletins speak, each entry names its own."""
    record_set = catalogue.statements
    ordinals = ordinals_of(record_set, review)
    by_kind = {kind: in_time(record_set, ordinals & record_set.with_value("kind", kind)) for kind in KINDS}
    most = each_gets(map(len, by_kind.values()), in_all=STATEMENTS_SHOWN, most=STATEMENTS_SHOWN)
    keys = {kind: record_set.keys[found[:most]].tolist() for kind, found in by_kind.items()}
    fetched = {each.pk: each for each in statements_for_cards(catalogue, [*chain.from_iterable(keys.values())])}
    of_facts_alone = {each.pk for each in bulletins if each.rights == Bulletin.Rights.METADATA}
    stated = [each for each in said.stated_counts if each.bulletin_id not in of_facts_alone]
    own_claims = visible_claims(record_set, ordinals, stated)
    has_several_sources = len(np.unique(record_set.columns["bulletin"][np.asarray(ordinals.to_array(), np.int64)])) > 1
    groups = []
    for kind, found in by_kind.items():
        statements = [fetched[key] for key in keys[kind] if key in fetched]
        claimed = [claim for claim in own_claims if claim.kind == kind]
        if found or claimed:
            groups.append(
                Group(
                    kind,
                    PLURAL[kind].capitalize(),
                    len(found),
                    entries_of(statements, has_several_sources),
                    claimed,
                    all_url(review, kind) if len(found) > most else "",
                )
            )
    return groups


def in_time(record_set: RecordSet, ordinals: BitMap) -> list[int]:
    """Places in the source's order, the oldest bulletin first."""
    starts = record_set.starts
    bulletins = record_set.columns["bulletin"]
    return sorted(ordinals, key=lambda ordinal: (-starts[int(bulletins[ordinal])], ordinal))


def entries_of(statements: list[Statement], has_several_sources: bool) -> list[dict[str, Any]]:
    return [
        {
            **card(one),
            "progress": progress_entries(one),
            "source": one.bulletin if has_several_sources else None,
            "short_lead_in": short_lead_in(one, above),
        }
        for above, one in zip([None, *statements], statements, strict=False)
    ]


def all_url(review: Review, kind: str) -> str:
    """The list of all statements of this kind and this review."""
    narrowed = {"review": f"{review.board.slug}/{review.slug}", "kind": kind}
    return f"{reverse('statement_list')}?{urlencode(narrowed, safe='/')}"


def short_lead_in(statement: Statement, above: Statement | None) -> str:
    """The last sentence of a lead-in of several, where the whole of it stands right above; else "" """
    if statement.parent is None or above is None or statement.parent_id not in (above.pk, above.parent_id):
        return ""
    *before, last = SENTENCE_ENDS.split(statement.parent.text.strip())
    return f"… {last}" if before else ""


def contents(groups: list[Group]) -> list[dict[str, Any]]:
    """The list of what is on the page. A kind without statements is not in it."""
    kinds = [{"id": group.kind, "label": group.title, "count": group.count} for group in groups if group.count]
    return [*kinds, {"id": "case", "label": "The case", "count": None}]


def children_title(children: list[Child]) -> str:
    return "The child" if len(children) == 1 and not children[0].is_group else "The children"
