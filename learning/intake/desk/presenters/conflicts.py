"""Two people changed the same thing: what is stored and what was typed stand side by side, and each field is chosen."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from learning.intake.desk.forms.statements import words_of
from learning.intake.desk.presenters.refusals import refusal_page
from learning.intake.editing.edits import draft_of
from learning.intake.editing.errors import EditConflict, EditRejected, Reason
from learning.models import Bulletin

CHOOSE = "choose-"  # before the name of a field: whether "mine" or "theirs" is to be stored. Nothing chosen is "mine".
_OF_A_RECORD = re.compile(r"(?:review|child)-\d+(?=-)")


@dataclass(frozen=True)
class Pair:
    """One field in which what is stored differs from what was typed."""

    name: str
    label: str
    theirs: str
    mine: str
    of: str = ""  # whose field it is, where a page has the fields of several

    @property
    def choice(self) -> str:
        return CHOOSE + self.name


@dataclass(frozen=True)
class Both:
    """A form as it was sent, and the same form of what is stored now."""

    mine: forms.Form
    stored: forms.Form
    of: str = ""

    def pairs(self) -> list[Pair]:
        pairs = []
        for name, field in self.mine.fields.items():
            if name in self.stored.fields:
                theirs, mine = words_of(self.stored, name), words_of(self.mine, name)
                if theirs != mine:
                    pairs.append(Pair(self.mine[name].html_name, str(field.label), theirs, mine, self.of))
        return pairs


def conflict_page(
    request: HttpRequest, bulletin: Bulletin, stale: EditConflict, both: Iterable[Both], anchor: str
) -> HttpResponse:
    """``anchor`` is where the stored version can be seen. What is sent from here goes to where it was sent before."""
    context = {
        "bulletin": bulletin,
        "changes": stale.changes,
        "pairs": [pair for form in both for pair in form.pairs()],
        "fields": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in {"csrfmiddlewaretoken", "version", "sent"} and not name.startswith(CHOOSE)
        ],
        "version": draft_of(bulletin).version,
        "action": request.path,
        "theirs": anchor,
    }
    return render(request, "desk/conflict.html", context, status=409)


def data_of(request: HttpRequest, stored: Sequence[forms.Form]) -> QueryDict | None:
    """What was sent, with what is stored where somebody chose that; None where nothing was sent."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if data.get("sent") == "mine":
        return data
    for form in stored:
        for name in form.fields:
            if data.get(CHOOSE + form.add_prefix(name)) == "theirs":
                _put(data, form, name)
    return data


def _put(data: QueryDict, form: forms.Form, name: str) -> None:
    """As a browser would send the value."""
    key, value = form.add_prefix(name), form[name].value()
    if isinstance(form.fields[name], forms.BooleanField):
        data.setlist(key, ["on"] if value else [])
    elif isinstance(value, list | tuple):
        data.setlist(key, [str(item) for item in value])
    else:
        data[key] = "" if value is None else str(value)


def gone(request: HttpRequest, bulletin: Bulletin, what: str) -> HttpResponse:
    """What was edited is not there any more: say so, and give back what was typed."""
    text = f"Somebody removed {what} while you were editing it. Nothing was saved. What you wrote is below."
    return refusal_page(request, EditRejected(Reason(text)), bulletin)


def speaks_of_others(request: HttpRequest, known: Sequence[forms.Form]) -> bool:
    """Whether fields of a review or a child were sent that the page has no more."""
    sent = {match[0] for name in request.POST if (match := _OF_A_RECORD.match(name))}
    return bool(sent - {str(form.prefix) for form in known})


def place_of(bulletin: Bulletin, page: str, anchor: str) -> str:
    return reverse(page, args=[bulletin.pk]) + f"#{anchor}"
