"""The public pages of a draft, made by the public views themselves, before anybody else can see them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from learning.catalogue import pinned
from learning.intake.desk.access import desk
from learning.intake.desk.lookups import bulletin_of
from learning.intake.editing.edits import OPEN_STATES
from learning.models import Bulletin
from learning.pages.bulletins import bulletin_detail
from learning.pages.reviews import review_detail
from reviews.models import Review
from reviews.state import State


@contextmanager
def as_if_published(bulletin: Bulletin) -> Iterator[None]:
    """The draft and its draft reviews count as published until the end of the block, in a transaction that is undone.

    So the preview is what the public will see, by the one rule of what is visible; nobody else ever sees that state.
    """
    with transaction.atomic():
        Bulletin.objects.filter(pk=bulletin.pk).update(state=State.PUBLISHED)
        drafts = Review.objects.filter(bulletins=bulletin, state__in=OPEN_STATES, has_active_proceedings=False)
        Review.objects.filter(pk__in=list(drafts.values_list("pk", flat=True))).update(state=State.PUBLISHED)
        with pinned():
            yield
        transaction.set_rollback(True)


def say_so(request: HttpRequest, bulletin: Bulletin) -> None:
    said = "Preview: the page as the public will see it. Its links will work once it is published. Back to the draft:"
    messages.warning(request, said, extra_tags=reverse("desk_check", args=[bulletin.pk]))


@desk()
@require_safe
def desk_preview(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    say_so(request, bulletin)
    with as_if_published(bulletin):
        return bulletin_detail(request, bulletin.slug)


@desk()
@require_safe
def desk_preview_review(request: HttpRequest, pk: int, review: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    one = get_object_or_404(bulletin.reviews.select_related("board"), pk=review)
    say_so(request, bulletin)
    with as_if_published(bulletin):
        return review_detail(request, one.board.slug, one.slug)
