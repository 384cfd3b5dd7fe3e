"""The form of a statement that a theme's page puts first."""

from typing import Any

from django import forms

from learning.models import MOST_TO_START_WITH, StartHere, Statement

PLACES = ["First", "Second", "Third"]


class StartHereForm(forms.Form):
    position = forms.TypedChoiceField(label="Its place", choices=[], coerce=int)
    reason = forms.CharField(
        label="Why to read it first",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Public, below the statement. One short sentence of our own: what a reader needs to know first.",
        error_messages={"required": "Say why to read it first."},
    )

    def __init__(self, data: Any = None, *, chosen: list[StartHere], statement: Statement) -> None:
        self.own = next((one for one in chosen if one.statement_id == statement.pk), None)
        places = min(len(chosen) + (self.own is None), MOST_TO_START_WITH)
        initial = {"position": self.own.position, "reason": self.own.reason} if self.own else {"position": places}
        super().__init__(data, initial=initial)
        position = self.fields["position"]
        assert isinstance(position, forms.TypedChoiceField)
        # All of them are accepted, so that what was typed is stored even where others remove a choice meanwhile.
        position.choices = list(enumerate(PLACES[: places if data is None else MOST_TO_START_WITH], 1))
