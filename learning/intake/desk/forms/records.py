"""The forms by which administrators rename, merge and withhold. What they ask for is done by ``moves`` alone."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from learning.intake.desk.forms.statements import CHOICES
from learning.intake.records import merges
from learning.models import Bulletin
from reviews.models import Board, Review

LONGEST_REASON = 70  # the history has room for this, beside what was done
IS_SLUG = RegexValidator(r"^[a-z0-9]+(?:-[a-z0-9]+)*$", "Use small letters, numbers and single hyphens: child-z-2021.")


def slug_field(start: str, longest: int = 80) -> forms.CharField:
    return forms.CharField(
        label=f"Address, after {start}",
        max_length=longest,
        validators=[IS_SLUG],
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the last part of the address."},
    )


class MoveForm(forms.Form):
    """A record's address as it is, to be changed. ``move`` is what would be done, by the one who asks."""

    fields_of: tuple[str, ...] = ("slug",)

    def __init__(self, data: Any = None, *, record: Any, **options: Any) -> None:
        self.record = record
        initial = {name: getattr(record, f"{name}_id", getattr(record, name)) for name in self.fields_of}
        super().__init__(data, initial=initial, **options)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.has_changed():
            raise forms.ValidationError("Nothing has been changed yet.")
        return data

    def move(self, user: Any) -> Callable[[], Any]:
        raise NotImplementedError


class ReviewMoveForm(MoveForm):
    fields_of = ("label", "board", "slug")

    label = forms.CharField(
        label="Label",
        max_length=120,
        help_text="As the bulletin prints it. The old label is not kept as another name.",
        error_messages={"required": "Enter the label."},
    )
    board = forms.ModelChoiceField(
        label="The board that the label belongs to", queryset=Board.objects.all(), error_messages=CHOICES
    )
    slug = slug_field("the board’s part")

    def move(self, user: Any) -> Callable[[], Any]:
        changed = {name: self.cleaned_data[name] for name in self.changed_data}
        record: Review = self.record
        return lambda: merges.rename_review(user, record, **changed)


class BulletinMoveForm(MoveForm):
    slug = slug_field("/bulletins/")

    def move(self, user: Any) -> Callable[[], Any]:
        record: Bulletin = self.record
        return lambda: merges.rename_bulletin(user, record, self.cleaned_data["slug"])


class BoardMoveForm(MoveForm):
    slug = slug_field("/boards/")

    def move(self, user: Any) -> Callable[[], Any]:
        record: Board = self.record
        return lambda: merges.rename_board(user, record, self.cleaned_data["slug"])


class ReasonForm(forms.Form):
    """Why something is done that cannot be undone with a click."""

    reason = forms.CharField(
        label="Why",
        max_length=LONGEST_REASON,
        help_text="For staff, in the history. A few words, with nothing that identifies anybody.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, asked: str, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["reason"].error_messages["required"] = asked
