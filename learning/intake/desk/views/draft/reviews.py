"""The reviews of a draft: what each cannot be published without on one page, and a page for all of one."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from learning.intake.desk.access import desk
from learning.intake.desk.forms.reviews import ChangesForm, ChildForm, ReviewForm, ShortReviewForm
from learning.intake.desk.lookups import bulletin_of, version_of
from learning.intake.desk.presenters.conflicts import Both, conflict_page, data_of, gone, place_of, speaks_of_others
from learning.intake.desk.presenters.refusals import linked, refused_page
from learning.intake.desk.presenters.remaining import remaining_of
from learning.intake.drafts import reviews as drafts_reviews
from learning.intake.editing.edits import OPEN_STATES, draft_of
from learning.intake.editing.errors import EditConflict, EditRejected
from learning.models import Bulletin
from reviews.models import Review
from reviews.state import State

OWN = {State.DRAFT, State.READY}


def reviews_of(bulletin: Bulletin) -> Any:
    related = ("aliases", "theme_tags", "children__care_statuses")
    return bulletin.reviews.select_related("board").prefetch_related(*related).order_by("pk")


@desk()
@require_http_methods(["GET", "HEAD", "POST"])
def desk_reviews(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    reviews = list(reviews_of(bulletin))
    stored = [ShortReviewForm(review=review) for review in reviews if review.state in OWN]
    data = data_of(request, stored)
    forms = [ShortReviewForm(data, review=form.review) for form in stored]
    refusal: EditRejected | None = None
    if speaks_of_others(request, forms):
        return gone(request, bulletin, "a review")
    if request.method == "POST" and are_valid(forms):
        try:
            store(request, bulletin, forms)
            messages.success(request, "Saved.")
            return redirect("desk_reviews", pk=pk)
        except EditConflict as stale:
            both = [Both(form, old, form.review.label) for form, old in zip(forms, stored, strict=True)]
            return conflict_page(request, bulletin, stale, both, place_of(bulletin, "desk_reviews", "desk"))
        except EditRejected as error:
            refusal = error
    context = {
        **frame(request, bulletin, refusal),
        "forms": forms,
        "others": [review for review in reviews if review.state not in OWN],
    }
    return render(request, "desk/reviews.html", context, status=422 if request.method == "POST" else 200)


def are_valid(forms: Sequence[ChangesForm]) -> bool:
    """Whether all are, each of them asked: every error shows at once."""
    return not [form for form in forms if not form.is_valid()]


def store(request: HttpRequest, bulletin: Bulletin, forms: list[ShortReviewForm]) -> None:
    """All of the changed reviews, or none."""
    with transaction.atomic():
        for form in forms:
            if changes := form.changes():
                drafts_reviews.edit_review(request.user, form.review, version_of(request), bulletin, changes)


def frame(request: HttpRequest, bulletin: Bulletin, refusal: EditRejected | None) -> dict[str, Any]:
    return {
        "bulletin": bulletin,
        "draft": draft_of(bulletin),
        "is_open": bulletin.state in OPEN_STATES,
        "reasons": linked(refusal.reasons, bulletin) if refusal else [],
        "remaining": remaining_of(bulletin, request.user),
        "desk_section": "reviews",
    }


@desk()
@require_http_methods(["GET", "HEAD", "POST"])
def desk_review(request: HttpRequest, pk: int, review: int) -> HttpResponse:
    """All of one review, with its children: one form, one button."""
    bulletin = bulletin_of(pk)
    if request.method == "POST" and not bulletin.reviews.filter(pk=review).exists():
        return gone(request, bulletin, "this review")
    one = get_object_or_404(reviews_of(bulletin), pk=review)
    stored = [ReviewForm(review=one), *(ChildForm(child=child) for child in one.children.all())]
    data = data_of(request, stored)
    form = ReviewForm(data, review=one)
    children = [ChildForm(data, child=child) for child in one.children.all()]
    refusal: EditRejected | None = None
    if speaks_of_others(request, [form, *children]):
        return gone(request, bulletin, "a child")
    if request.method == "POST" and are_valid([form, *children]):
        try:
            store_whole(request, bulletin, form, children)
            messages.success(request, "Saved.")
            return redirect(reverse("desk_reviews", args=[pk]) + f"#review-{review}")
        except EditConflict as stale:
            names = ["", *(part.child.pseudonym for part in children)]
            both = [Both(*pair) for pair in zip([form, *children], stored, names, strict=True)]
            return conflict_page(request, bulletin, stale, both, place_of(bulletin, "desk_reviews", f"review-{review}"))
        except EditRejected as error:
            refusal = error
    context = {**frame(request, bulletin, refusal), "review": one, "form": form, "children": children}
    return render(request, "desk/review.html", context, status=422 if request.method == "POST" else 200)


def store_whole(request: HttpRequest, bulletin: Bulletin, form: ReviewForm, children: list[ChildForm]) -> None:
    with transaction.atomic():
        store(request, bulletin, [form])
        for part in children:
            if changes := part.changes():
                drafts_reviews.edit_child(request.user, part.child, version_of(request), bulletin, changes)


# --- adding and removing ----------------------------------------------------------------------------------------


@desk()
@require_POST
def desk_review_add(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    with refused_page(request, bulletin) as page:
        review = drafts_reviews.add_review(request.user, bulletin, version_of(request), request.POST.get("label", ""))
        page.response = redirect(reverse("desk_reviews", args=[pk]) + f"#review-{review.pk}")
    return page.response


@desk()
@require_POST
def desk_review_remove(request: HttpRequest, pk: int, review: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    one = get_object_or_404(bulletin.reviews.all(), pk=review)
    with refused_page(request, bulletin) as page:
        drafts_reviews.remove_review(request.user, bulletin, version_of(request), one)
        page.response = redirect("desk_reviews", pk=pk)
    return page.response


@desk()
@require_POST
def desk_child_add(request: HttpRequest, pk: int, review: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    one: Review = get_object_or_404(bulletin.reviews.all(), pk=review)
    with refused_page(request, bulletin) as page:
        drafts_reviews.add_child(request.user, one, version_of(request), bulletin, request.POST.get("pseudonym", ""))
        page.response = redirect("desk_review", pk=pk, review=review)
    return page.response


@desk()
@require_POST
def desk_child_remove(request: HttpRequest, pk: int, review: int, child: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    one = get_object_or_404(bulletin.reviews.all(), pk=review)
    with refused_page(request, bulletin) as page:
        drafts_reviews.remove_child(
            request.user, get_object_or_404(one.children.all(), pk=child), version_of(request), bulletin
        )
        page.response = redirect("desk_review", pk=pk, review=review)
    return page.response
