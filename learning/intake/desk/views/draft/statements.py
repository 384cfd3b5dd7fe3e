"""What is done to one statement of a draft, or to one passage of its text: each a POST that leads back to its place."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from learning.intake.desk.access import desk
from learning.intake.desk.forms.statements import StatementForm
from learning.intake.desk.lookups import back, bulletin_of, number_of, passage_sent, statement_in, version_of
from learning.intake.desk.presenters.conflicts import Both, conflict_page, data_of, gone, place_of
from learning.intake.desk.presenters.refusals import refusal_page, refused_page
from learning.intake.desk.presenters.split_points import cuts_of, places_of
from learning.intake.drafts import statements
from learning.intake.editing.edits import draft_of
from learning.intake.editing.errors import EditConflict, EditRejected, Reason
from learning.intake.models import DroppedPassage
from learning.models import Bulletin, Statement


@desk()
@require_http_methods(["GET", "HEAD", "POST"])
def desk_statement(request: HttpRequest, pk: int, statement: int) -> HttpResponse:
    """The form of one statement. Sent by the page's script it answers in JSON, else with the checking page."""
    if request.method == "POST" and not Statement.objects.filter(pk=statement, bulletin=pk).exists():
        return not_there(request, bulletin_of(pk))
    one = statement_in(pk, statement)
    form = StatementForm(data_of(request, [StatementForm(statement=one)]), statement=one)
    if request.method == "POST" and form.is_valid():
        return save(request, one, form)
    begins, ends = places_of(one)
    context = {
        "bulletin": one.bulletin,
        "draft": draft_of(one.bulletin),
        "statement": one,
        "form": form,
        "cuts": cuts_of(one),
        "begins": begins,
        "ends": ends,
        "desk_section": "check",
    }
    return render(request, "desk/statement.html", context, status=422 if request.method == "POST" else 200)


def not_there(request: HttpRequest, bulletin: Bulletin) -> HttpResponse:
    """Somebody merged it or left it out while its form was open."""
    if request.headers.get("X-Autosave") == "1":
        return JsonResponse({"said": "Somebody has merged this statement or left it out."}, status=409)
    return gone(request, bulletin, "this statement")


def save(request: HttpRequest, one: Statement, form: StatementForm) -> HttpResponse:
    is_auto = request.headers.get("X-Autosave") == "1"
    changes = form.changes()
    try:
        if changes:
            statements.edit_statement(request.user, one, version_of(request), changes)
    except EditRejected as refusal:
        if is_auto:
            return JsonResponse({"said": str(refusal)}, status=409)
        if isinstance(refusal, EditConflict):
            both = Both(form, StatementForm(statement=one))
            return conflict_page(
                request, one.bulletin, refusal, [both], place_of(one.bulletin, "desk_check", f"statement-{one.pk}")
            )
        return refusal_page(request, refusal, one.bulletin)
    if is_auto:
        return JsonResponse({"said": "Saved"})
    return back(one.bulletin, f"statement-{one.pk}")


# --- one step at a time -----------------------------------------------------------------------------------------


@desk()
@require_POST
def desk_statement_split(request: HttpRequest, pk: int, statement: int) -> HttpResponse:
    one = statement_in(pk, statement)
    with refused_page(request, one.bulletin) as page:
        first, _ = statements.split(request.user, one, version_of(request), number_of(request, "at"))
        page.response = back(one.bulletin, f"statement-{first.pk}")
    return page.response


@desk()
@require_POST
def desk_statement_merge(request: HttpRequest, pk: int, statement: int) -> HttpResponse:
    one = statement_in(pk, statement)
    with refused_page(request, one.bulletin) as page:
        statements.merge_with_next(request.user, one, version_of(request))
        page.response = back(one.bulletin, f"statement-{one.pk}")
    return page.response


@desk()
@require_POST
def desk_statement_move(request: HttpRequest, pk: int, statement: int) -> HttpResponse:
    """One place up or down."""
    one = statement_in(pk, statement)
    order = list(one.bulletin.statements.order_by("position", "pk"))
    at = order.index(one)
    is_up = request.POST.get("to") == "up"
    before = order[max(at - 1, 0)] if is_up else (order[at + 2] if at + 2 < len(order) else None)
    with refused_page(request, one.bulletin) as page:
        statements.move(request.user, one, version_of(request), before)
        page.response = back(one.bulletin, f"statement-{one.pk}")
    return page.response


@desk()
@require_POST
def desk_statement_drop(request: HttpRequest, pk: int, statement: int) -> HttpResponse:
    one = statement_in(pk, statement)
    with refused_page(request, one.bulletin) as page:
        dropped = statements.drop(request.user, one, version_of(request), request.POST.get("reason", ""))
        page.response = back(one.bulletin, f"dropped-{dropped.pk}")
    return page.response


# --- passages ---------------------------------------------------------------------------------------------------


@desk()
@require_POST
def desk_passage_take(request: HttpRequest, pk: int) -> HttpResponse:
    """A new statement, from offsets (the page's script, an unclaimed passage) or from its first and last words."""
    bulletin = bulletin_of(pk)
    with refused_page(request, bulletin) as page:
        kind = request.POST.get("kind", "")
        if kind not in Statement.Kind.values:
            raise EditRejected(Reason("Choose what kind of statement it is."))
        start, end = passage_sent(request, bulletin)
        one = statements.add_from_passage(request.user, bulletin, version_of(request), start, end, kind=kind)
        page.response = back(bulletin, f"statement-{one.pk}")
    return page.response


@desk()
@require_POST
def desk_passage_drop(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    with refused_page(request, bulletin) as page:
        start, end = number_of(request, "start"), number_of(request, "end")
        reason = request.POST.get("reason", "")
        dropped = statements.drop_passage(request.user, bulletin, version_of(request), start, end, reason)
        page.response = back(bulletin, f"dropped-{dropped.pk}")
    return page.response


@desk()
@require_POST
def desk_passage_undrop(request: HttpRequest, pk: int, dropped: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    one = get_object_or_404(DroppedPassage, pk=dropped, bulletin=bulletin)
    with refused_page(request, bulletin) as page:
        statements.undrop(request.user, one, version_of(request))
        page.response = back(bulletin, f"passage-{one.start}-{one.end}")
    return page.response


@desk()
@require_POST
def desk_theme_request(request: HttpRequest) -> HttpResponse:
    """A theme that is missing: a note to the administrators, who alone may add one."""
    statement = None
    if request.POST.get("statement", "").isdecimal():
        statement = Statement.objects.filter(pk=int(request.POST["statement"][:9])).first()
    with refused_page(request) as page:
        statements.ask_for_theme(request.user, request.POST.get("name", ""), request.POST.get("why", ""), statement)
        messages.success(request, "Your request has been sent to the administrators.")
        page.response = back(statement.bulletin, f"statement-{statement.pk}") if statement else redirect("desk_list")
    return page.response
