"""The forms of what a bulletin has beside its statements."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import Truncator

from learning.intake.desk.forms.reviews import ChangesForm
from learning.intake.desk.forms.statements import CHOICES
from learning.intake.drafts.extras import SORTS
from learning.models import Bulletin, GlossaryTerm, ResponseCheck, Statement
from learning.models.progress import FOLLOWED
from reviews.models import Review


class EntryForm(ChangesForm):
    """One entry. ``record`` is None for a new one."""

    def __init__(self, data: Any = None, *, bulletin: Bulletin, record: Any = None, **options: Any) -> None:
        initial = {name: getattr(record, f"{name}_id", getattr(record, name)) for name in self.base_fields if record}
        super().__init__(data, initial=initial, **options)
        if "review" in self.fields:
            field = self.fields["review"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = bulletin.reviews.order_by("pk")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields}


def review_field(of_no_review: str = "The whole bulletin") -> forms.ModelChoiceField:  # type: ignore[type-arg]
    return forms.ModelChoiceField(
        label="About",
        queryset=Review.objects.none(),
        required=False,
        empty_label=of_no_review,
        error_messages=CHOICES,
    )


class LinkForm(EntryForm):
    title = forms.CharField(
        label="Its words",
        max_length=300,
        help_text="As printed.",
        error_messages={"required": "Enter the words of the link."},
    )
    address = forms.CharField(
        label="Its address",
        max_length=500,
        required=False,
        help_text="As printed. Leave it empty if the source has lost it: the public will read that.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )


class TermForm(EntryForm):
    term = forms.CharField(
        label="The term",
        max_length=80,
        help_text="As the bulletin writes it: “SSCB”.",
        error_messages={"required": "Enter the term."},
    )
    expansion = forms.CharField(
        label="What it stands for", max_length=200, error_messages={"required": "Enter what it stands for."}
    )
    explanation = forms.CharField(
        label="Explanation",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One sentence in our own words.",
    )
    basis = forms.ChoiceField(
        label="Who says so", choices=GlossaryTerm.Basis.choices, widget=forms.RadioSelect, error_messages=CHOICES
    )


class CountForm(EntryForm):
    kind = forms.ChoiceField(label="What it counts", choices=Statement.Kind.choices, error_messages=CHOICES)
    count = forms.IntegerField(
        label="How many",
        min_value=0,
        max_value=9999,
        error_messages={"required": "Enter how many there are.", "invalid": "Enter the number in figures."},
    )
    review = review_field()
    as_printed = forms.CharField(
        label="The bulletin's words",
        max_length=300,
        help_text="Copied from the text: “eighteen learning points”.",
        error_messages={"required": "Copy the words that say so."},
    )


class NoteForm(EntryForm):
    text = forms.CharField(
        label="The note",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Public, under “Notes by the editors”. Say what a reader cannot see: what is not listed and why.",
        error_messages={"required": "Write the note."},
    )
    review = review_field()


class ResponseForm(EntryForm):
    result = forms.ChoiceField(
        label="What is known",
        choices=ResponseCheck.Result.choices,
        widget=forms.RadioSelect,
        help_text="An administrator enters what a response says at each recommendation, as progress.",
        error_messages=CHOICES,
    )
    review = review_field("Those that do not belong to a single review")
    statement = forms.ModelChoiceField(
        label="Only about",
        queryset=Statement.objects.none(),
        required=False,
        empty_label="All of them",
        help_text="Choose one if what is known about it differs from the others.",
        error_messages=CHOICES,
    )
    looked_on = forms.DateField(
        label="Looked for on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        help_text="You can leave this empty if the bulletin itself names the response.",
        error_messages={"invalid": "Enter the day like this: 2021-05-04."},
    )
    title = forms.CharField(label="Title of the response", max_length=300, required=False)
    address = forms.CharField(
        label="Its address",
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )
    as_printed = forms.CharField(
        label="The bulletin's words that name it",
        max_length=300,
        required=False,
        help_text="Copied from the text. Leave it empty if the bulletin does not name it.",
    )
    note = forms.CharField(
        label="Where you looked",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For staff only.",
    )

    def __init__(self, data: Any = None, *, bulletin: Bulletin, **options: Any) -> None:
        super().__init__(data, bulletin=bulletin, **options)
        field = self.fields["statement"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = bulletin.statements.filter(kind__in=FOLLOWED).order_by("position")
        field.label_from_instance = beginning  # type: ignore[method-assign, assignment]


def beginning(statement: Statement) -> str:
    return f"{statement}: {Truncator(statement.text).chars(80)}"


FORMS: dict[str, type[EntryForm]] = {
    "links": LinkForm,
    "terms": TermForm,
    "counts": CountForm,
    "notes": NoteForm,
    "responses": ResponseForm,
}
assert FORMS.keys() == SORTS.keys()


class LookForm(forms.Form):
    """When somebody looked where a link leads, and what was there."""

    on = forms.DateField(
        label="Checked on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": "Enter the day on which you checked.",
            "invalid": "Enter the day like this: 2021-05-04.",
        },
    )
    result = forms.ChoiceField(
        label="It leads",
        choices=[("yes", "to what its words say"), ("no", "nowhere, or to something else")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what was there."},
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, initial={"on": timezone.localdate()}, **options)
