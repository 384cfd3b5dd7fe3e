"""Bulletins at the desk with all that says what they lack, in a number of queries that is the same for one and many."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from learning.intake.editing.edits import draft_of
from learning.intake.models import DroppedPassage, Finding
from learning.models import Bulletin, Statement
from reviews.models import Review


def with_checking_data(bulletins: QuerySet[Bulletin], statements: Any = None) -> list[Bulletin]:
    """The bulletins with text, draft, statements and their themes, findings, reviews, and what was decided on them.

    ``statements``: a queryset of statements with more than their themes, where a page shows more.
    """
    listed = list(
        bulletins.select_related("board", "source_document", "public_text", "draft").prefetch_related(
            Prefetch(
                "statements", Statement.objects.prefetch_related("theme_tags") if statements is None else statements
            ),
            Prefetch("findings", Finding.objects.select_related("decided_by")),
            Prefetch("dropped_passages", DroppedPassage.objects.select_related("dropped_by")),
            Prefetch("reviews", Review.objects.select_related("board").prefetch_related("aliases", "children")),
            "acknowledged_warnings",
        )
    )
    for bulletin in listed:
        if not hasattr(bulletin, "draft"):  # it came in by another way than the desk, and has never been here
            bulletin.draft = draft_of(bulletin)
    return listed
