"""Merging, renaming and withholding, for administrators: first what would happen is shown, then it is done."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from learning.intake.desk.access import desk
from learning.intake.desk.forms.records import BoardMoveForm, BulletinMoveForm, MoveForm, ReasonForm, ReviewMoveForm
from learning.intake.desk.presenters.records import entry, is_public, record_url
from learning.intake.desk.presenters.refusals import linked
from learning.intake.desk.record_lookups import LISTED, LONGEST, REVIEW, board_of, bulletin_record, matching, review_of
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.permissions import ADMINISTER
from learning.intake.records import merges, preview
from reviews.models import Review

Preview = TypeVar("Preview")
CHANGED = "Somebody changed it while you were looking at it. This is how it is now: check it again."


# --- another address --------------------------------------------------------------------------------------------


@desk(ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_rename_review(request: HttpRequest, pk: int) -> HttpResponse:
    review = review_of(pk)
    return rename(request, ReviewMoveForm(request.POST or None, record=review))


@desk(ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_rename_bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    return rename(request, BulletinMoveForm(request.POST or None, record=bulletin_record(pk)))


@desk(ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_rename_board(request: HttpRequest, pk: int) -> HttpResponse:
    return rename(request, BoardMoveForm(request.POST or None, record=board_of(pk)))


def rename(request: HttpRequest, form: MoveForm) -> HttpResponse:
    """The form; what it would do; and, when that is confirmed (``step``), done."""
    step = request.POST.get("step", "look")
    is_sent = request.method == "POST" and step != "back"
    context = {"record": form.record, "entry": entry(form.record), "form": form, "desk_section": "records"}
    context |= {"seen": seen(form.record)}
    if is_sent and form.is_valid():
        try:
            check_seen(request, form.record)
            move = form.move(request.user)
            if step == "do":
                return done(request, move(), "Done. Addresses that were public before now lead there.")
            return render(request, "desk/rename_confirm.html", context | {"preview": preview.renamed(move)})
        except EditRejected as error:
            context["reasons"] = linked(error.reasons, None)
    return render(request, "desk/rename.html", context, status=422 if is_sent else 200)


def done(request: HttpRequest, record: Any, said: str) -> HttpResponse:
    messages.success(request, said, extra_tags=record.get_absolute_url() if is_public(record) else "")
    return redirect(record_url(record))


def seen(*records: Any) -> str:
    """The last change of each record, so that one that was changed since is noticed."""
    latest = [record.history.order_by("-history_id").values_list("history_id", flat=True).first() for record in records]
    return "-".join(str(key or 0) for key in latest)


def check_seen(request: HttpRequest, *records: Any) -> None:
    if request.POST.get("seen") != seen(*records):
        raise EditRejected(CHANGED)


def previewed(look: Callable[[], Preview]) -> tuple[Preview | None, list[Reason]]:
    """What would happen, or why it cannot."""
    try:
        return look(), []
    except EditRejected as refusal:
        return None, refusal.reasons


# --- two reviews become one -------------------------------------------------------------------------------------


@desk(ADMINISTER)
@require_safe
def desk_merge_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the other review: those of the same name are offered, any other is looked for."""
    review = review_of(pk)
    words = request.GET.get("q", "")[:LONGEST].replace("\0", "")
    asked = matching(words, REVIEW) if words.strip() else same_name(review)
    others = Review.objects.filter(asked).exclude(pk=pk).select_related("board").order_by("label", "board__name", "pk")
    context = {
        "record": review,
        "entry": entry(review),
        "query": words,
        "others": [entry(other) | {"pk": other.pk} for other in others.distinct()[:LISTED]],
        "desk_section": "records",
    }
    return render(request, "desk/merge_choose.html", context)


def same_name(review: Review) -> Q:
    asked = Q()
    for name in {review.label, *(alias.name for alias in review.aliases.all())}:
        asked |= Q(label__iexact=name) | Q(aliases__name__iexact=name)
    return asked


@desk(ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_merge_reviews(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Both side by side, with what goes where; and a reason. Sent, it is done."""
    keep, goes = review_of(pk), review_of(other)
    form = ReasonForm(request.POST or None, asked="Say why the two are the same review.")
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            check_seen(request, keep, goes)
            merges.merge_reviews(request.user, keep, goes, form.cleaned_data["reason"])
            return done(request, keep, "Merged. The address of the other record leads here.")
        except EditRejected as error:
            reasons = error.reasons
    would_happen, why_not = previewed(lambda: preview.merged(request.user, keep, goes))
    context = {
        "keep": keep,
        "goes": goes,
        "keep_url": record_url(keep),
        "goes_url": record_url(goes),
        "preview": would_happen,
        "form": form,
        "reasons": linked(reasons or why_not, None),
        "seen": seen(keep, goes),
        "desk_section": "records",
    }
    return render(request, "desk/merge.html", context, status=422 if request.method == "POST" else 200)


# --- a board whose name would identify a child --------------------------------------------------------------------


@desk(ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_withhold_board(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen, in plain words; and a reason. Sent, it is done, and no button takes it back."""
    board = board_of(pk)
    form = ReasonForm(request.POST or None, asked="Say why naming the board would identify a child.")
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            check_seen(request, board)
            merges.withhold_board(request.user, board, form.cleaned_data["reason"])
            return done(request, board_of(pk), "Withheld. Its old addresses say that the page has gone.")
        except EditRejected as error:
            reasons = error.reasons
    would_happen, why_not = previewed(lambda: preview.withheld(request.user, board))
    context = {
        "record": board,
        "entry": entry(board),
        "preview": would_happen,
        "form": form,
        "reasons": linked(reasons or why_not, None),
        "seen": seen(board),
        "desk_section": "records",
    }
    return render(request, "desk/withhold.html", context, status=422 if request.method == "POST" else 200)
