"""The form of one statement of a draft. It gives the changes only: what was left alone is not written again."""

from typing import Any

from django import forms

from learning.models import Statement, StatementOccasion
from reviews.models import Agency, Child, Review, Theme

NEW_ADDRESSEES = 1  # empty lines beside those that there are
CHOICES = {"required": "Choose one.", "invalid_choice": "Choose one from the list."}


class Terms(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several terms of a vocabulary, shown in its order with the groups that they stand in."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """The keys of the terms."""
        return [term.pk for term in super().clean(value)]


class StatementForm(forms.Form):
    kind = forms.ChoiceField(label="Kind", choices=Statement.Kind.choices, error_messages=CHOICES)
    number = forms.CharField(label="Number", max_length=20, required=False, help_text="As printed. Never guessed.")
    number_status = forms.ChoiceField(
        label="The number is", choices=Statement.NumberStatus.choices, error_messages=CHOICES
    )
    form = forms.ChoiceField(label="Form", choices=Statement.Form.choices, error_messages=CHOICES)
    review = forms.ModelChoiceField(
        label="Review", queryset=Review.objects.none(), required=False, empty_label="The whole bulletin"
    )
    child = forms.ModelChoiceField(
        label="Child", queryset=Child.objects.none(), required=False, empty_label="Not one of several"
    )
    parent = forms.TypedChoiceField(
        label="Completes the list under", choices=[], coerce=int, empty_value=None, required=False
    )
    themes = Terms(label="Themes", queryset=Theme.objects.none(), required=False)
    agencies = Terms(label="Agencies that it names", queryset=Agency.objects.none(), required=False)
    occasions = forms.MultipleChoiceField(
        label="Occasions the question suits",
        choices=StatementOccasion.Occasion.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="None: it suits any occasion.",
    )
    citation = forms.CharField(label="Citation", max_length=300, required=False, help_text="Of a fact, as printed.")
    breaks_off = forms.BooleanField(label="Breaks off in the source", required=False)

    def __init__(self, data: Any = None, *, statement: Statement, **options: Any) -> None:
        self.statement = statement
        self.addressees = list(statement.addressees.all())
        super().__init__(data, initial=initial_of(statement), auto_id=f"id_{statement.pk}_%s", **options)
        fields: Any = self.fields
        fields["review"].queryset = Review.objects.filter(bulletins=statement.bulletin_id).select_related("board")
        fields["review"].label_from_instance = lambda review: f"{review.label}, {review.board.told_name}"
        fields["child"].queryset = Child.objects.filter(review__bulletins=statement.bulletin_id)
        fields["parent"].choices = [("", "None"), *parents_of(statement)]
        fields["themes"].queryset = Theme.objects.all()
        fields["agencies"].queryset = Agency.objects.all()
        if statement.kind != Statement.Kind.QUESTION:
            del fields["occasions"]
        for place in range(len(self.addressees) + NEW_ADDRESSEES):
            self.add_addressee(place)

    def add_addressee(self, place: int) -> None:
        known = self.addressees[place] if place < len(self.addressees) else None
        printed = forms.CharField(label="To, as printed", max_length=200, required=False)
        agency = forms.ModelChoiceField(
            label="That is",
            queryset=Agency.objects.all(),
            required=False,
            empty_label="No agency",
        )
        printed.initial, agency.initial = (known.as_printed, known.agency_id) if known else ("", None)
        self.fields[f"to_{place}"], self.fields[f"to_{place}_agency"] = printed, agency

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_printed = data.get("number_status") == Statement.NumberStatus.PRINTED
        if data.get("number", "").strip() and not is_printed and "number" in self.changed_data:
            data["number_status"] = Statement.NumberStatus.PRINTED
        elif is_printed and not data.get("number", "").strip():
            self.add_error("number", "Enter the number as it is printed, or choose “lost” or “none”.")
        return data

    def changes(self) -> dict[str, Any]:
        """What was changed, as ``drafts.edit_statement`` takes it."""
        changed = set(self.changed_data)
        changes = {name: self.cleaned_data[name] for name in changed if not name.startswith("to_")}
        if {"number", "number_status"} & changed:
            changes |= {name: self.cleaned_data[name] for name in ("number", "number_status")}
        if any(name.startswith("to_") for name in changed):
            changes["addressees"] = self.sent_addressees()
        return changes

    def sent_addressees(self) -> list[dict[str, Any]]:
        places = range(len(self.addressees) + NEW_ADDRESSEES)
        sent = [(self.cleaned_data[f"to_{place}"], self.cleaned_data[f"to_{place}_agency"]) for place in places]
        return [{"as_printed": printed, "agency": agency.pk if agency else None} for printed, agency in sent if printed]

    @property
    def addressee_fields(self) -> list[tuple[Any, Any]]:
        places = range(len(self.addressees) + NEW_ADDRESSEES)
        return [(self[f"to_{place}"], self[f"to_{place}_agency"]) for place in places]

    @property
    def theme_groups(self) -> list[dict[str, Any]]:
        """The themes by group, each with its box: those that are ticked are also shown above, so that they are seen."""
        return grouped(self, "themes", Theme.objects.select_related("parent"))

    @property
    def agency_groups(self) -> list[dict[str, Any]]:
        return grouped(self, "agencies", Agency.objects.select_related("parent"))


def initial_of(statement: Statement) -> dict[str, Any]:
    values = {name: getattr(statement, name) for name in ("kind", "number", "number_status", "form", "citation")}
    values |= {name: getattr(statement, f"{name}_id") for name in ("review", "child", "parent")}
    values["breaks_off"] = statement.breaks_off
    values["themes"] = [tag.theme_id for tag in statement.theme_tags.all()]
    values["agencies"] = [tag.agency_id for tag in statement.agency_tags.all()]
    if statement.kind == Statement.Kind.QUESTION:
        values["occasions"] = [tag.occasion for tag in statement.occasion_tags.all()]
    return values


def parents_of(statement: Statement) -> list[tuple[int, str]]:
    """The statements that may lead into it: those before it, which are part of nothing themselves."""
    before = statement.bulletin.statements.filter(start__lte=statement.start, parent__isnull=True)
    shown = before.exclude(pk=statement.pk).order_by("-position")
    return [(one.pk, f"{one}: {one.text[:70]}") for one in shown]


def grouped(form: forms.Form, name: str, terms: Any) -> list[dict[str, Any]]:
    chosen = {str(value) for value in form[name].value() or []}
    by_parent: dict[int | None, list[Any]] = {}
    for term in terms:
        by_parent.setdefault(term.parent_id, []).append(term)

    def options(parent: int | None, depth: int) -> list[dict[str, Any]]:
        found = []
        for term in by_parent.get(parent, []):
            found.append({"term": term, "is_chosen": str(term.pk) in chosen, "depth": min(depth, 2)})
            found += options(term.pk, depth + 1)
        return found

    return [
        {
            "group": group,
            "options": [{"term": group, "is_chosen": str(group.pk) in chosen, "depth": 0}, *options(group.pk, 1)],
        }
        for group in by_parent.get(None, [])
    ]


def words_of(form: forms.Form, name: str) -> str:
    """What a field says, in words: the labels of what was chosen."""
    value = form[name].value()
    field: Any = form.fields[name]
    if isinstance(field, forms.BooleanField):
        return "Yes" if value else "No"
    if isinstance(field, Terms):
        terms: Any = field.queryset
        return ", ".join(terms.filter(pk__in=value or []).values_list("name", flat=True)) or "none"
    if isinstance(field, forms.MultipleChoiceField):
        labels = dict(field.choices)  # type: ignore[arg-type]
        return ", ".join(str(labels[key]) for key in value or [] if key in labels) or "none"
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return next((str(label) for key, label in choices if str(key) == str(value or "")), "none")
    return str(value or "") or "nothing"
