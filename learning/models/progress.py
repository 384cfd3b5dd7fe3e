"""What became of a recommendation or an action: what sources report, and whether the editors know of a response."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from simple_history.models import HistoricalRecords

from learning.models.bulletin import Bulletin
from learning.models.statement import Statement
from reviews.models import Review
from reviews.natural_keys import KeyManager, natural_key

FOLLOWED = (Statement.Kind.RECOMMENDATION, Statement.Kind.ACTION)  # the kinds that something becomes of


class CurrentStatus(models.TextChoices):
    """What is known now of each recommendation or action.

    The first six are reported by a source. The others say what the editors know, never that nothing was done.
    """

    ACCEPTED = "accepted", "Accepted"
    IN_PRINCIPLE = "accepted-in-principle", "Accepted in principle"
    REJECTED = "rejected", "Rejected"
    UNDER_WAY = "under-way", "Under way"
    DONE = "done", "Done"
    SUPERSEDED = "superseded", "Superseded"
    RESPONSE_EXISTS = "response-exists", "A response exists and is not entered here"
    NONE_FOUND = "none-found", "None found when looked for"
    NOT_LOOKED_FOR = "not-looked-for", "Not looked for"


class ProgressQuerySet(models.QuerySet["Progress"]):
    def published(self) -> "ProgressQuerySet":
        """Entries whose source, where it is a bulletin held here, is visible too, with rights to its words."""
        bulletins = Bulletin.objects.published().exclude(rights=Bulletin.Rights.METADATA)
        is_visible = Exists(bulletins.filter(pk=OuterRef("source_bulletin")))
        return self.filter(Q(source_bulletin__isnull=True) | Q(is_visible))

    def newest_first(self) -> "ProgressQuerySet":
        """As ``Progress.rank`` ranks them."""
        return self.order_by(F("reported_on").desc(nulls_last=True), "-position")


class Progress(models.Model):
    """What became of a recommendation, or how far an action is: one sourced entry, dated or not.

    The first source is the bulletin itself ("which the Board have accepted"); later ones are what a board publishes.
    A team's own work is never here.
    """

    class Status(models.TextChoices):
        ACCEPTED = CurrentStatus.ACCEPTED.value, CurrentStatus.ACCEPTED.label
        IN_PRINCIPLE = CurrentStatus.IN_PRINCIPLE.value, CurrentStatus.IN_PRINCIPLE.label
        REJECTED = CurrentStatus.REJECTED.value, CurrentStatus.REJECTED.label
        UNDER_WAY = CurrentStatus.UNDER_WAY.value, CurrentStatus.UNDER_WAY.label
        DONE = CurrentStatus.DONE.value, CurrentStatus.DONE.label
        SUPERSEDED = CurrentStatus.SUPERSEDED.value, CurrentStatus.SUPERSEDED.label

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="progress")
    position = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=24, choices=Status.choices)
    as_printed = models.TextField(help_text="The source's words.")
    source_bulletin = models.ForeignKey(
        Bulletin, on_delete=models.RESTRICT, null=True, blank=True, related_name="progress_reported"
    )
    source_title = models.CharField(max_length=300, blank=True, help_text="Where it is not a bulletin held here.")
    source_address = models.CharField(max_length=500, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    reported_precision = models.CharField(max_length=5, choices=Bulletin.Precision.choices, blank=True)
    history = HistoricalRecords()

    objects = KeyManager.from_queryset(ProgressQuerySet)("statement__bulletin__slug", "statement__serial", "position")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "progress"
        constraints = [
            models.UniqueConstraint(fields=["statement", "position"], name="progress_position_unique"),
            models.CheckConstraint(
                condition=Q(source_bulletin__isnull=False) | ~Q(source_title=""), name="progress_has_source"
            ),
            models.CheckConstraint(
                condition=Q(reported_on__isnull=True, reported_precision="")
                | Q(reported_on__isnull=False, reported_precision__in=["day", "month", "year"]),
                name="progress_date_has_precision",
            ),
        ]

    def __str__(self) -> str:
        return self.get_status_display()

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)

    @property
    def rank(self) -> tuple[date, int]:
        """The entry that ranks highest says the current status: the newest, an undated one being the oldest."""
        return (self.reported_on or date.min, self.position)


class ResponseCheckQuerySet(models.QuerySet["ResponseCheck"]):
    def about(self, statement: OuterRef, bulletin: OuterRef, review: OuterRef) -> "ResponseCheckQuerySet":
        """Those about a statement of an outer query, the one that counts first (as ``ResponseCheck.rank`` ranks)."""
        of_all = Q(statement__isnull=True, bulletin=bulletin, of_review=Coalesce(review, 0))
        is_weaker = Case(When(result=ResponseCheck.Result.EXISTS, then=0), default=1)
        return (
            self.annotate(of_review=Coalesce("review", 0))
            .filter(Q(statement=statement) | of_all)
            .order_by(
                F("statement").desc(nulls_last=True), is_weaker, F("looked_on").desc(nulls_last=True), "-position"
            )
        )


class ResponseCheck(models.Model):
    """What the editors know of a response to recommendations and actions, as long as none of it is entered here.

    It is about all recommendations and actions that one bulletin lists of one review (without a review: those of no
    single review), or about one ``statement`` alone, for which it then overrides the rest. That a response exists the
    bulletin itself may say (``as_printed``), or somebody who looked for it. What the response says is ``Progress``.
    """

    class Result(models.TextChoices):
        EXISTS = CurrentStatus.RESPONSE_EXISTS.value, CurrentStatus.RESPONSE_EXISTS.label
        NONE_FOUND = CurrentStatus.NONE_FOUND.value, CurrentStatus.NONE_FOUND.label

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="response_checks")
    position = models.PositiveSmallIntegerField(default=1)
    review = models.ForeignKey(
        Review,
        on_delete=models.CASCADE,
        related_name="response_checks",
        null=True,
        blank=True,
        help_text="Empty: the recommendations and actions that belong to no single review.",
    )
    statement = models.ForeignKey(
        Statement,
        on_delete=models.CASCADE,
        related_name="response_checks",
        null=True,
        blank=True,
        help_text="Only where it is about this one alone.",
    )
    result = models.CharField(max_length=20, choices=Result.choices)
    looked_on = models.DateField(
        null=True, blank=True, help_text="When somebody looked. May be empty where the bulletin names the response."
    )
    title = models.CharField(max_length=300, blank=True, help_text="Of the response. Public.")
    address = models.CharField(max_length=500, blank=True, help_text="Where the response is. Public.")
    as_printed = models.CharField(
        max_length=300, blank=True, help_text="The bulletin's words that name the response. Public."
    )
    note = models.TextField(blank=True, help_text="Where somebody looked, and what they saw. For staff only.")
    history = HistoricalRecords()

    objects = KeyManager.from_queryset(ResponseCheckQuerySet)("bulletin__slug", "position")

    class Meta:
        ordering = ["bulletin", "position"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "position"], name="response_check_position_unique"),
            models.CheckConstraint(
                condition=Q(result="response-exists") & ~Q(title="")
                | Q(result="none-found", title="", address="", as_printed=""),
                name="response_check_names_response",
                violation_error_message="Give the title of a response that exists, and no title where none was found.",
            ),
            models.CheckConstraint(
                condition=Q(looked_on__isnull=False) | ~Q(as_printed=""),
                name="response_check_says_how",
                violation_error_message="Give the day on which you looked, or the words of the bulletin that name it.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_result_display()

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)

    def clean(self) -> None:
        if self.statement is not None and self.statement.bulletin_id != self.bulletin_id:
            raise ValidationError("This statement is not one of the bulletin's.")

    def is_about(self, statement: Statement) -> bool:
        if self.statement_id is not None:
            return self.statement_id == statement.pk
        return (self.bulletin_id, self.review_id) == (statement.bulletin_id, statement.review_id)

    @property
    def rank(self) -> tuple[bool, bool, date, int]:
        """Of several the one that ranks highest counts: a response that exists was not disproved by a later look."""
        return (
            self.statement_id is not None,
            self.result == self.Result.EXISTS,
            self.looked_on or date.min,
            self.position,
        )


def current_status() -> Case:
    """The status of each statement of a queryset; null where it is of no kind that something becomes of."""
    reported = Progress.objects.published().newest_first().filter(statement=OuterRef("pk"))
    checked = ResponseCheck.objects.about(OuterRef("pk"), OuterRef("bulletin"), OuterRef("review"))
    known = Coalesce(
        Subquery(reported.values("status")[:1]),
        Subquery(checked.values("result")[:1]),
        Value(CurrentStatus.NOT_LOOKED_FOR.value),
    )
    return Case(When(kind__in=FOLLOWED, then=known), output_field=models.CharField())
