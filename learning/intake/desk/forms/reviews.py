"""The forms of a draft's reviews and of their children: bands and broad groups only, never anything exact."""

from typing import Any

from django import forms

from learning.intake.desk.forms.statements import CHOICES, Terms, grouped
from reviews.models import Board, Child, ChildCareStatus, Review, Theme

NEW_STATUSES = 1  # empty lines beside those that there are


class ChangesForm(forms.Form):
    def changes(self) -> dict[str, Any]:
        """The fields that were changed, with their new values."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class ShortReviewForm(ChangesForm):
    """What a review cannot be published without."""

    label = forms.CharField(
        label="Label",
        max_length=120,
        help_text="As the bulletin prints it: “Young Person K”.",
        error_messages={"required": "Enter the label."},
    )
    type = forms.ChoiceField(label="Type", choices=Review.Type.choices, error_messages=CHOICES)
    nature = forms.ChoiceField(label="What happened", choices=Review.Nature.choices, error_messages=CHOICES)
    summary = forms.CharField(
        label="Summary by the editors",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Two sentences in our own words. Never assert guilt, and never give a method of death or self-harm.",
    )

    def __init__(self, data: Any = None, *, review: Review, **options: Any) -> None:
        self.review = review
        initial = {name: getattr(review, name) for name in type(self).base_fields if hasattr(review, name)}
        super().__init__(data, initial=initial | self.more_initial(review), prefix=f"review-{review.pk}", **options)

    def more_initial(self, review: Review) -> dict[str, Any]:
        return {}


class ReviewForm(ShortReviewForm):
    """All of a review's record."""

    board = forms.ModelChoiceField(
        label="The board that the label belongs to", queryset=Board.objects.all(), error_messages=CHOICES
    )
    commissioning_board = forms.ModelChoiceField(
        label="Commissioned by", queryset=Board.objects.all(), required=False, empty_label="Not named"
    )
    commissioned_by_as_printed = forms.CharField(
        label="Commissioned by, as printed",
        max_length=200,
        required=False,
        help_text="Use this if the bulletin does not name it.",
    )
    reporting_board = forms.ModelChoiceField(
        label="Reported by", queryset=Board.objects.all(), required=False, empty_label="Not named"
    )
    report_state = forms.ChoiceField(label="The full report is", choices=Review.ReportState.choices)
    report_state_as_at = forms.CharField(label="As at", max_length=40, required=False, help_text="“July 2015”.")
    report_state_as_printed = forms.CharField(label="In the bulletin's words", max_length=300, required=False)
    aliases = forms.CharField(
        label="Other names",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One on each line, as the sources print them.",
    )
    is_indexed = forms.BooleanField(
        label="Search engines may list it",
        required=False,
        help_text="Untick if living relatives could be recognised, or if a child who died is said to have been the "
        "victim of a sexual offence. A child with lifelong anonymity has the same effect.",
    )
    themes = Terms(label="Themes of the case", queryset=Theme.objects.all(), required=False)

    def more_initial(self, review: Review) -> dict[str, Any]:
        boards = ("board", "commissioning_board", "reporting_board")
        return {name: getattr(review, f"{name}_id") for name in boards} | {
            "aliases": "\n".join(alias.name for alias in review.aliases.all()),
            "themes": [tag.theme_id for tag in review.theme_tags.all()],
        }

    def changes(self) -> dict[str, Any]:
        changes = super().changes()
        if "aliases" in changes:
            changes["aliases"] = lines(changes["aliases"])
        return changes

    @property
    def theme_groups(self) -> list[dict[str, Any]]:
        return grouped(self, "themes", Theme.objects.all())


class ChildForm(ChangesForm):
    """A child of a review. Under lifelong anonymity the record withholds age, group, placement and year by itself."""

    pseudonym = forms.CharField(
        label="Pseudonym",
        max_length=80,
        help_text="As the bulletin prints it. Never a name.",
        error_messages={"required": "Enter the pseudonym."},
    )
    is_group = forms.BooleanField(label="Several children who are not described individually", required=False)
    has_lifelong_anonymity = forms.BooleanField(
        label="Lifelong anonymity: a victim of a sexual offence",
        required=False,
        help_text="Age, ethnic group, placement and year are then withheld.",
    )
    age_band = forms.ChoiceField(label="Age at the incident", choices=Child.AgeBand.choices)
    sex = forms.ChoiceField(label="Sex", choices=Child.Sex.choices)
    ethnicity = forms.ChoiceField(label="Broad ethnic group", choices=Child.Ethnicity.choices)
    placement = forms.ChoiceField(label="Placement", choices=Child.Placement.choices)
    plan_category = forms.ChoiceField(label="Protection plan", choices=Child.PlanCategory.choices)
    outcome = forms.ChoiceField(label="Outcome", choices=Child.Outcome.choices)
    incident_year = forms.IntegerField(
        label="Year of the incident",
        required=False,
        min_value=1900,
        max_value=2100,
        help_text="The year only.",
        error_messages={"invalid": "Enter the year in four digits."},
    )
    incident_year_told = forms.ChoiceField(label="The year is", choices=Child.Told.choices)

    def __init__(self, data: Any = None, *, child: Child, **options: Any) -> None:
        self.child = child
        self.statuses = list(child.care_statuses.all())
        initial = {name: getattr(child, name) for name in type(self).base_fields}
        super().__init__(data, initial=initial, prefix=f"child-{child.pk}", **options)
        for place in range(len(self.statuses) + NEW_STATUSES):
            self.add_status(place)

    def add_status(self, place: int) -> None:
        known = self.statuses[place] if place < len(self.statuses) else None
        kinds = [("", "None"), *ChildCareStatus.Status.choices]
        bases = [("", "Not said"), *ChildCareStatus.LegalBasis.choices]
        choices = {"status": kinds, "when": ChildCareStatus.When.choices, "legal_basis": bases}
        labels = {"status": "Care status", "when": "When", "legal_basis": "Legal basis"}
        for name, label in labels.items():
            field = forms.ChoiceField(label=label, choices=choices[name], required=False)
            field.initial = getattr(known, name) if known else ("incident" if name == "when" else "")
            self.fields[f"care_{place}_{name}"] = field

    def clean(self) -> dict[str, Any]:
        """A year that was written is stated: nobody need say so twice."""
        data = super().clean() or {}
        if "incident_year" in self.changed_data and "incident_year_told" not in self.changed_data:
            data["incident_year_told"] = "stated" if data.get("incident_year") else "not-stated"
        return data

    def changes(self) -> dict[str, Any]:
        changed = super().changes()
        changes = {name: value for name, value in changed.items() if not name.startswith("care_")}
        if "incident_year" in changes:
            changes["incident_year_told"] = self.cleaned_data["incident_year_told"]
        if any(name.startswith("care_") for name in changed):
            changes["care_statuses"] = self.sent_statuses()
        return changes

    def sent_statuses(self) -> list[dict[str, str]]:
        places = range(len(self.statuses) + NEW_STATUSES)
        sent = [
            {name: self.cleaned_data[f"care_{place}_{name}"] for name in ("status", "when", "legal_basis")}
            for place in places
        ]
        return [one for one in sent if one["status"]]

    @property
    def plain_fields(self) -> list[Any]:
        return [self[name] for name in type(self).base_fields]

    @property
    def care_fields(self) -> list[list[Any]]:
        places = range(len(self.statuses) + NEW_STATUSES)
        return [[self[f"care_{place}_{name}"] for name in ("status", "when", "legal_basis")] for place in places]
