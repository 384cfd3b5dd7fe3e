"""The admin of whatever is indexed or shown: each save brings public text and index up to date with it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from learning.models import (
    Addressee,
    Bulletin,
    ContactMessage,
    CuratorNote,
    FormerAddress,
    GlossaryTerm,
    LearningPoint,
    Link,
    Progress,
    PublicText,
    Recommendation,
    Redaction,
    ResponseCheck,
    Revision,
    SearchDocument,
    SourceDocument,
    StartHere,
    StatedCount,
    Statement,
    StatementAgency,
    StatementOccasion,
    StatementTheme,
    SupportLine,
)
from learning.models.public_text import derive, refresh_public_text, squash
from learning.search import index
from reviews.admin import (
    BoardAdmin,
    Inline,
    LabelledPickers,
    ReasonForm,
    RecordAdmin,
    ReviewAdmin,
    ThemeAdmin,
    board_and_label,
)
from reviews.models import Board, Review, Theme
from reviews.state import State


@admin.action(description="Hold: remove from public view at once")
def hold(model_admin: RecordAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> None:
    """One click, the same day: the public then finds nothing there (404)."""
    for record in queryset:
        record.state = State.HELD
        record._change_reason = "Held from the list."
        record.save()
    model_admin.message_user(request, "Held. The public no longer sees it.", messages.SUCCESS)


@admin.register(Theme)
class IndexedThemeAdmin(ThemeAdmin):
    def changed(self, record: Theme) -> None:
        index.index_theme(record)


@admin.register(Board)
class IndexedBoardAdmin(BoardAdmin):
    def changed(self, record: Board) -> None:
        index.index_board(record)


@admin.register(Review)
class IndexedReviewAdmin(ReviewAdmin):
    actions = [hold]

    def changed(self, record: Review) -> None:
        index.index_review(record)


class RedactionInline(Inline):
    model = Redaction


class LinkInline(Inline):
    model = Link


class StatedCountInline(Inline):
    model = StatedCount
    autocomplete_fields = ["review"]


class NoteInline(Inline):
    model = CuratorNote
    autocomplete_fields = ["review"]


class GlossaryInline(Inline):
    model = GlossaryTerm


class ResponseCheckInline(LabelledPickers, admin.StackedInline):  # type: ignore[type-arg]
    """What is known of responses to what it recommends: also years after it was published."""

    model = ResponseCheck
    extra = 0
    autocomplete_fields = ["review", "statement"]


@admin.register(Bulletin)
class BulletinAdmin(RecordAdmin):
    list_display = ["title", "board", "dated", "kind", "rights", "state"]
    list_filter = ["state", "kind", "rights", "board"]
    list_select_related = ["board"]
    search_fields = ["title", "slug", "board__name", "board__short_name"]
    autocomplete_fields = ["board", "reviews"]
    inlines = [RedactionInline, LinkInline, StatedCountInline, NoteInline, GlossaryInline, ResponseCheckInline]
    actions = [hold]
    picker_select_related = ("board",)
    fieldsets = [
        (None, {"fields": ["board", "title", "slug", "kind", "reviews", "author"]}),
        ("When", {"fields": ["published_on", "published_precision", "period", "first_year", "last_year"]}),
        ("Rights", {"fields": ["rights", "rights_basis"]}),
        ("This record", {"fields": ["state", "state_note", "withdrawn_reason"]}),
    ]

    def picker_label(self, record: Bulletin) -> str:
        return f"{record.board.told_name}: {record.title}"

    def changed(self, record: Bulletin) -> None:
        if SourceDocument.objects.filter(bulletin=record).exists():
            refresh_public_text(record)
        index.index_bulletin(record)


@admin.register(SourceDocument)
class SourceDocumentAdmin(RecordAdmin):
    """The raw text. It changes only where it is made, never by hand: every passage counts from its beginning."""

    list_display = ["bulletin", "text_version", "sha256"]
    list_select_related = ["bulletin"]
    search_fields = ["bulletin__title", "bulletin__slug"]
    readonly_fields = ["text", "blocks", "text_version", "sha256"]
    autocomplete_fields = ["bulletin"]


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """For tables that are derived: to look at, not to edit."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(PublicText)
class PublicTextAdmin(ReadOnlyAdmin):
    list_display = ["bulletin"]
    list_select_related = ["bulletin"]
    search_fields = ["bulletin__title"]


@admin.register(SearchDocument)
class SearchDocumentAdmin(ReadOnlyAdmin):
    list_display = ["title", "labels"]
    search_fields = ["title", "labels"]


class StatementForm(ReasonForm):
    """Asks for the passage; the words follow from it, so that nothing can be typed that the bulletin does not say."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        bulletin, start, end = data.get("bulletin"), data.get("start"), data.get("end")
        if bulletin is not None and start is not None and end is not None:
            self.check_passage(bulletin, start, end)
        return data

    def check_passage(self, bulletin: Bulletin, start: int, end: int) -> None:
        source = SourceDocument.objects.filter(bulletin=bulletin).first()
        if source is None:
            raise ValidationError("This bulletin has no text yet. Add the text first.")
        if not 0 <= start < end <= len(source.text) or not source.text[start:end].strip():
            raise ValidationError(f"The passage must lie within the text, which has {len(source.text):,} characters.")
        derived = derive(source.text, source.blocks, bulletin.redactions.all())
        statement = self.instance
        statement.public_start, statement.public_end = derived.offset(start), derived.offset(end)
        statement.text = squash(derived.text[statement.public_start : statement.public_end])


class StatementThemeInline(Inline):
    model = StatementTheme
    autocomplete_fields = ["theme"]


class StatementAgencyInline(Inline):
    model = StatementAgency
    autocomplete_fields = ["agency"]


class StatementOccasionInline(Inline):
    model = StatementOccasion


class AddresseeInline(Inline):
    model = Addressee
    autocomplete_fields = ["agency"]


class ProgressInline(admin.StackedInline):  # type: ignore[type-arg]
    model = Progress
    fk_name = "statement"
    extra = 0
    autocomplete_fields = ["source_bulletin"]


@admin.register(Statement, LearningPoint, Recommendation)
class StatementAdmin(RecordAdmin):
    form = StatementForm
    list_display = ["beginning", "kind", "number", "review_and_board", "bulletin"]
    list_filter = ["kind", "form", "number_status", "breaks_off", "bulletin"]
    list_select_related = ["review__board", "bulletin"]
    search_fields = ["text", "number", "review__label", "review__board__name", "bulletin__title"]
    autocomplete_fields = ["bulletin", "review", "child", "parent"]
    readonly_fields = ["text", "public_start", "public_end"]
    inlines = [StatementThemeInline, StatementAgencyInline, StatementOccasionInline, AddresseeInline, ProgressInline]
    picker_select_related = ("bulletin",)
    fieldsets = [
        (None, {"fields": ["bulletin", "review", "child", "kind", "form", "number", "number_status", "parent"]}),
        ("Passage", {"fields": ["start", "end", "text", "public_start", "public_end", "breaks_off", "citation"]}),
        ("Order and version", {"fields": ["serial", "position", "version", "corrected_on"]}),
    ]

    def picker_label(self, record: Statement) -> str:
        return f"{record.bulletin.slug} {record.serial}: {record.text[:80]}"

    def changed(self, record: Statement) -> None:
        index.index_bulletin(record.bulletin)

    @admin.display(description="statement", ordering="text")
    def beginning(self, statement: Statement) -> str:
        return statement.text if len(statement.text) <= 90 else statement.text[:90] + "…"

    @admin.display(description="review", ordering="review__label")
    def review_and_board(self, statement: Statement) -> str:
        return board_and_label(statement.review) if statement.review else "the whole bulletin"


@admin.register(Revision)
class RevisionAdmin(RecordAdmin):
    list_display = ["statement_id", "reason", "proposed_by", "proposed_at", "applied_by", "applied_at"]
    list_filter = ["applied_at"]
    list_select_related = ["proposed_by", "applied_by"]
    search_fields = ["reason"]
    autocomplete_fields = ["statement", "proposed_by", "applied_by"]


@admin.register(StartHere)
class StartHereAdmin(RecordAdmin):
    list_display = ["theme", "position", "statement_id", "reason"]
    list_select_related = ["theme"]
    search_fields = ["theme__name", "reason"]
    autocomplete_fields = ["theme", "statement"]


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(RecordAdmin):
    list_display = ["term", "expansion", "bulletin", "basis"]
    list_filter = ["basis", "bulletin"]
    list_select_related = ["bulletin"]
    search_fields = ["term", "expansion"]
    autocomplete_fields = ["bulletin"]


@admin.register(FormerAddress)
class FormerAddressAdmin(RecordAdmin):
    list_display = ["path", "gone_reason"]
    search_fields = ["path"]
    autocomplete_fields = ["review", "statement", "bulletin", "theme", "board"]


@admin.register(SupportLine)
class SupportLineAdmin(RecordAdmin):
    list_display = ["name", "number", "topic", "hours", "nation", "in_footer", "checked_on"]
    list_filter = ["topic", "in_footer"]
    search_fields = ["name"]


class ContactMessageForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ContactMessage
        fields = ["dealt_with_on"]


@admin.register(ContactMessage)
class ContactMessageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What people wrote. Private: it may name a child. Delete it once it is dealt with."""

    form = ContactMessageForm
    list_display = ["topic", "about", "received_at", "was_mailed", "dealt_with_on"]
    list_filter = ["topic", "dealt_with_on", "was_mailed"]
    readonly_fields = ["topic", "about", "message", "reply_to", "received_at", "was_mailed"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
