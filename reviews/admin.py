"""The admin's shared shape, and the tables that only staff look at. Indexed records are registered in ``learning``."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from reviews.models import Agency, Board, Child, ChildCareStatus, Review, ReviewAlias, ReviewTheme, Theme


def board_and_label(review: Review) -> str:
    """A label says too little without its board. For staff: a withheld board is named too."""
    return f"{review.board.told_name}: {review.label}"


class ReasonForm(forms.ModelForm):  # type: ignore[type-arg]
    """A record's form that also asks why. The reason goes into the history, beside who and when."""

    change_reason = forms.CharField(
        label="Why",
        required=False,
        max_length=100,
        help_text="Kept in the history of the record. Name no child and nothing that was redacted.",
    )


class LabelledChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A picker whose chosen option is labelled as its search results are."""

    def label_from_instance(self, obj: Any) -> str:
        record_admin = admin.site._registry.get(type(obj))
        label = getattr(record_admin, "picker_label", str)
        return str(label(obj))


class LabelledPickers:
    """For admins and inlines: every foreign key is an autocomplete that shows the label of its record's admin."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        related: Any = admin.site._registry.get(db_field.remote_field.model)
        kwargs.setdefault("form_class", LabelledChoice)
        if isinstance(related, RecordAdmin) and related.picker_select_related:
            queryset = db_field.remote_field.model._default_manager.select_related(*related.picker_select_related)
            kwargs.setdefault("queryset", queryset)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class RecordAdmin(LabelledPickers, SimpleHistoryAdmin):
    """History with reasons, labelled pickers, and one hook, ``changed``, after everything is stored."""

    form = ReasonForm
    list_per_page = 50
    show_full_result_count = False
    picker_select_related: tuple[str, ...] = ()

    def picker_label(self, record: Any) -> str:
        return str(record)

    def changed(self, record: Any) -> None:
        """Called in the same transaction after a record and its inlines are stored, and after a deletion of a part."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = list(super().get_fieldsets(request, obj))
        named = {field for _, options in fieldsets for field in options["fields"]}
        if "change_reason" not in named:
            fieldsets.append(("Why", {"fields": ["change_reason"]}))
        return fieldsets

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj._change_reason = form.cleaned_data.get("change_reason") or None
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        reason = form.cleaned_data.get("change_reason") or None
        parts = formset.save(commit=False)
        for part in formset.deleted_objects:
            part._change_reason = reason
            part.delete()
        for part in parts:
            part._change_reason = reason
            part.save()
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.changed(form.instance)


class Inline(LabelledPickers, admin.TabularInline):  # type: ignore[type-arg]
    extra = 0


class AliasInline(Inline):
    model = ReviewAlias


class ReviewThemeInline(Inline):
    model = ReviewTheme
    autocomplete_fields = ["theme"]


class ChildInline(admin.StackedInline):  # type: ignore[type-arg]
    model = Child
    extra = 0
    show_change_link = True


class CareStatusInline(Inline):
    model = ChildCareStatus


@admin.register(Child)
class ChildAdmin(RecordAdmin):
    list_display = ["pseudonym", "board_and_review", "is_group", "age_band", "sex", "has_lifelong_anonymity"]
    list_filter = ["has_lifelong_anonymity", "is_group", "age_band", "sex", "ethnicity", "outcome"]
    list_select_related = ["review__board"]
    search_fields = ["pseudonym", "review__label", "review__board__name"]
    autocomplete_fields = ["review"]
    inlines = [CareStatusInline]
    picker_select_related = ("review__board",)
    fieldsets = [
        (None, {"fields": ["review", "position", "pseudonym", "is_group", "has_lifelong_anonymity"]}),
        ("In bands and broad groups", {"fields": ["age_band", "sex", "ethnicity", "placement", "plan_category"]}),
        ("What happened", {"fields": ["outcome", "incident_year_told", "incident_year"]}),
    ]

    def picker_label(self, record: Child) -> str:
        return f"{board_and_label(record.review)}, {record.pseudonym}"

    @admin.display(description="review", ordering="review__label")
    def board_and_review(self, child: Child) -> str:
        return board_and_label(child.review)


@admin.register(Agency)
class AgencyAdmin(RecordAdmin):
    list_display = ["name", "parent", "sits_on_boards", "position"]
    list_filter = ["sits_on_boards", ("parent", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["name", "synonyms"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}


class ThemeAdmin(RecordAdmin):
    list_display = ["name", "short_name", "parent", "position", "dfe_codes", "has_content_note"]
    list_filter = ["has_content_note", ("parent", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["name", "synonyms", "dfe_codes"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}
    picker_select_related = ("parent",)
    fieldsets = [
        (None, {"fields": ["name", "short_name", "slug", "parent", "position", "definition"]}),
        ("Words", {"fields": ["synonyms", "narrower_terms", "language_note"]}),
        ("Codes and notes", {"fields": ["dfe_codes", "has_content_note"]}),
    ]

    def picker_label(self, record: Theme) -> str:
        return f"{record.name} ({record.parent.name})" if record.parent else record.name


class BoardAdmin(RecordAdmin):
    list_display = ["name", "short_name", "kind", "identified_as", "succeeded_by", "is_withheld"]
    list_filter = ["kind", "is_withheld"]
    list_select_related = ["succeeded_by"]
    search_fields = ["name", "short_name", "identified_as", "slug"]
    autocomplete_fields = ["succeeded_by"]
    fieldsets = [
        (None, {"fields": ["name", "short_name", "slug", "kind", "succeeded_by", "website"]}),
        ("Which board this is", {"fields": ["identified_as", "identification_source"]}),
        ("Not being identifiable", {"fields": ["is_withheld"]}),
    ]

    def picker_label(self, record: Board) -> str:
        return f"{record.name} ({record.identified_as or record.slug})"


class ReviewAdmin(RecordAdmin):
    list_display = ["board_and_label", "type", "nature", "report_state", "state"]
    list_filter = ["state", "type", "nature", "report_state", "has_active_proceedings", "board"]
    list_select_related = ["board"]
    search_fields = ["label", "aliases__name", "board__name", "board__short_name", "slug"]
    autocomplete_fields = ["board", "commissioning_board", "reporting_board"]
    inlines = [AliasInline, ChildInline, ReviewThemeInline]
    picker_select_related = ("board",)
    fieldsets = [
        (None, {"fields": ["board", "label", "slug", "type", "nature", "summary"]}),
        (
            "Boards",
            {"fields": ["commissioning_board", "commissioned_by_as_printed", "reporting_board"]},
        ),
        ("The report", {"fields": ["report_state", "report_state_as_at", "report_state_as_printed"]}),
        (
            "This record",
            {"fields": ["state", "has_active_proceedings", "is_indexed", "state_note", "withdrawn_reason"]},
        ),
    ]

    def picker_label(self, record: Review) -> str:
        return board_and_label(record)

    @admin.display(description="review", ordering="board__name")
    def board_and_label(self, review: Review) -> str:
        return board_and_label(review)
