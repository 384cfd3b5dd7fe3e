"""What the editors say of statements: which to read first on a theme, and what occasion a question suits."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from learning.models.statement import Statement
from reviews.models import Theme
from reviews.natural_keys import KeyManager, natural_key
from reviews.state import AssignedBy

MOST_TO_START_WITH = 3


class StartHereQuerySet(models.QuerySet["StartHere"]):
    def published(self) -> "StartHereQuerySet":
        """Those whose statement is visible."""
        return self.filter(Exists(Statement.objects.published().filter(pk=OuterRef("statement"))))


class StartHere(models.Model):
    """A statement that the editors put first on the page of a theme, with their reason, which is public."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="start_here")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="start_here")
    position = models.PositiveSmallIntegerField(help_text="1 is read first.")
    reason = models.CharField(max_length=200, help_text="Public. Why to read it first, in one short sentence of ours.")
    history = HistoricalRecords()

    objects = KeyManager.from_queryset(StartHereQuerySet)(
        "theme__slug", "statement__bulletin__slug", "statement__serial"
    )

    class Meta:
        ordering = ["theme", "position"]
        verbose_name = "statement to start with"
        verbose_name_plural = "statements to start with"
        constraints = [
            models.UniqueConstraint(fields=["theme", "statement"], name="start_here_statement_unique"),
            models.UniqueConstraint(fields=["theme", "position"], name="start_here_position_unique"),
            # With the one above: at most three for each theme.
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_TO_START_WITH), name="start_here_at_most_three"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="start_here_has_reason"),
        ]

    def __str__(self) -> str:
        return f"number {self.position} to start with on theme {self.theme_id}"

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)


class StatementOccasion(models.Model):
    """An occasion that a question suits, with who says so: the source's own words, or the editors."""

    class Occasion(models.TextChoices):
        SUPERVISION = "supervision", "Supervision"
        TEAM_MEETING = "team-meeting", "Team meeting"
        OWN_REFLECTION = "own-reflection", "Own reflection"

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="occasion_tags")
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    assigned_by = models.CharField(max_length=10, choices=AssignedBy.choices)
    history = HistoricalRecords()

    objects = KeyManager("statement__bulletin__slug", "statement__serial", "occasion")

    class Meta:
        ordering = ["statement", "pk"]
        constraints = [models.UniqueConstraint(fields=["statement", "occasion"], name="statement_occasion_unique")]
        indexes = [models.Index(fields=["occasion", "statement"], name="statement_occasion_reverse")]  # ?occasion=

    def __str__(self) -> str:
        return self.get_occasion_display()

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)
