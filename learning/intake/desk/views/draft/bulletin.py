"""What a bulletin says of itself, and what we may show of it: one form."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from learning.intake.desk.access import desk
from learning.intake.desk.lookups import bulletin_of, version_of
from learning.intake.desk.presenters.conflicts import Both, conflict_page, data_of, place_of
from learning.intake.desk.presenters.refusals import linked
from learning.intake.desk.presenters.remaining import remaining_of
from learning.intake.drafts import bulletin as drafts_bulletin
from learning.intake.editing.edits import OPEN_STATES, draft_of
from learning.intake.editing.errors import EditConflict, EditRejected
from learning.models import Bulletin
from reviews.models import Board


class FactsForm(forms.Form):
    title = forms.CharField(
        label="Title",
        max_length=300,
        help_text="As printed.",
        error_messages={"required": "Enter the title."},
        widget=forms.TextInput(attrs={"class": "input-long"}),
    )
    board = forms.ModelChoiceField(
        label="Board",
        queryset=Board.objects.all(),
        error_messages={"required": "Choose a board."},
    )
    new_board = forms.CharField(
        label="Or a board that is not in the list",
        max_length=200,
        required=False,
        help_text="Its full name, as printed. It will be added to the list.",
        widget=forms.TextInput(attrs={"class": "input-long", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label="Kind", choices=Bulletin.Kind.choices)
    published_on = forms.CharField(
        label="Published",
        max_length=10,
        required=False,
        help_text="Only as precise as it is printed: 2016-09-13, 2015-07 or 2017. Enter a period below.",
    )
    period = forms.CharField(
        label="Period", max_length=60, required=False, help_text="If no date is printed: “Winter 2017/2018”."
    )
    author = forms.CharField(
        label="Author", max_length=200, required=False, help_text="For the citation. Shown nowhere else."
    )
    rights = forms.ChoiceField(label="What we may show", choices=Bulletin.Rights.choices)
    rights_basis = forms.CharField(
        label="What that is based on",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who agreed and when, or which licence. Public.",
    )

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}


def initial_of(bulletin: Bulletin) -> dict[str, Any]:
    plain = ("title", "kind", "period", "author", "rights", "rights_basis")
    values = {name: getattr(bulletin, name) for name in plain}
    return values | {"board": bulletin.board_id, "published_on": printed_date(bulletin)}


def printed_date(bulletin: Bulletin) -> str:
    """The date as the form takes it: 2016-09-13, 2015-07 or 2017."""
    if bulletin.published_on is None:
        return ""
    length = {"year": 4, "month": 7, "day": 10}[bulletin.published_precision]
    return bulletin.published_on.isoformat()[:length]


@desk()
@require_http_methods(["GET", "HEAD", "POST"])
def desk_facts(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    stored = FactsForm(initial=initial_of(bulletin))
    form = FactsForm(data_of(request, [stored]), initial=initial_of(bulletin))
    refusal: EditRejected | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if changes := form.changes():
                drafts_bulletin.change_facts(request.user, bulletin, version_of(request), changes)
            messages.success(request, "Saved.")
            return redirect(reverse("desk_check", args=[pk]) + "#facts")
        except EditConflict as stale:
            return conflict_page(
                request, bulletin, stale, [Both(form, stored)], place_of(bulletin, "desk_facts", "facts")
            )
        except EditRejected as error:
            refusal = error
            bulletin = bulletin_of(pk)
    context = {
        "bulletin": bulletin,
        "draft": draft_of(bulletin),
        "form": form,
        "is_open": bulletin.state in OPEN_STATES,
        "reasons": linked(refusal.reasons, bulletin) if refusal else [],
        "remaining": remaining_of(bulletin, request.user),
        "desk_section": "facts",
    }
    return render(request, "desk/facts.html", context, status=422 if request.method == "POST" else 200)
