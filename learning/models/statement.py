"""A statement: one thing that a bulletin says, word for word, and what it is tagged with."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.signals import post_delete, post_save  # noqa: TID251 (the history package's own way)
from django.urls import reverse
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

from learning.models.bulletin import Bulletin
from reviews.models import Agency, Child, Review, Theme
from reviews.natural_keys import KeyManager, natural_key
from reviews.state import AssignedBy


def speaks_through_visible(path: str = "") -> Q:
    """The statement at ``path`` is of a visible bulletin that may show its words, and of no review or a visible one."""
    bulletins = Bulletin.objects.published().exclude(rights=Bulletin.Rights.METADATA)
    of_visible_review = Q(**{f"{path}review__isnull": True}) | is_visible_review(f"{path}review")
    return of_visible_review & Exists(bulletins.filter(pk=OuterRef(f"{path}bulletin")))


def is_visible_review(path: str) -> Exists:
    return Exists(Review.objects.published().filter(pk=OuterRef(path)))


class StatementQuerySet(models.QuerySet["Statement"]):
    def published(self) -> "StatementQuerySet":
        """What the public may see: bulletin and (where it is one review's) review visible, and rights to its words.

        So must be whatever it is shown with: its lead-in, and the review of the child that it is about.
        """
        with_its_lead_in = Q(parent__isnull=True) | speaks_through_visible("parent__")
        of_visible_child = Q(child__isnull=True) | is_visible_review("child__review")
        return self.filter(speaks_through_visible(), with_its_lead_in, of_visible_child)

    def for_list(self) -> "StatementQuerySet":
        """With all that a statement shows in a list, in a fixed number of queries."""
        return self.select_related("bulletin__board", "review__board", "child", "parent").prefetch_related(
            "theme_tags__theme", "addressees__agency"
        )


_history = HistoricalRecords()


class Statement(models.Model):
    """One thing that a bulletin says, in its own words, with its passage.

    ``start`` to ``end`` is the passage in the raw text, ``public_start`` to ``public_end`` in the public text; ``text``
    is the public passage with white space, list markers and announcing labels put aside and nothing else. A statement
    that completes a list under a lead-in has that lead-in as ``parent`` and is never shown without it.
    """

    class Kind(models.TextChoices):
        RISK_INDICATOR = "risk_indicator", "Risk indicator"
        LEARNING_POINT = "learning_point", "Learning point"
        RECOMMENDATION = "recommendation", "Recommendation"
        ACTION = "action", "Action"
        GOOD_PRACTICE = "good_practice", "Good practice"
        QUESTION = "question", "Question"
        FACT = "fact", "Fact"

    class Form(models.TextChoices):
        LISTED = "listed", "Listed"
        PROSE = "prose", "A finding in prose"

    class NumberStatus(models.TextChoices):
        PRINTED = "printed", "Printed"
        LOST = "lost", "Lost in the source"
        NONE = "none", "None"

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="statements")
    serial = models.PositiveIntegerField(help_text="Permanent number within the bulletin. Never used again.")
    position = models.PositiveIntegerField(help_text="Order in the bulletin.")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    form = models.CharField(max_length=10, choices=Form.choices, default=Form.LISTED)
    number = models.CharField(max_length=20, blank=True, help_text="As printed: “3a”. Never guessed.")
    number_status = models.CharField(max_length=10, choices=NumberStatus.choices, default=NumberStatus.NONE)
    parent = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, blank=True, related_name="parts")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, blank=True, related_name="statements")
    child = models.ForeignKey(
        Child,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="statements",
        help_text="Where it is about one of several children.",
    )
    text = models.TextField(help_text="The public words. Nothing paraphrased, completed or invented.")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    public_start = models.PositiveIntegerField()
    public_end = models.PositiveIntegerField()
    lead_in = models.TextField(
        blank=True,
        help_text="The public words of a lead-in that is no statement itself, where the statement completes them.",
    )
    lead_in_start = models.PositiveIntegerField(null=True, blank=True)
    lead_in_end = models.PositiveIntegerField(null=True, blank=True)
    breaks_off = models.BooleanField("breaks off in the source", default=False)
    citation = models.CharField(max_length=300, blank=True, help_text="Of a fact, as printed: “CEOP, 2011”.")
    themes = models.ManyToManyField(Theme, through="StatementTheme", related_name="statements")
    agencies = models.ManyToManyField(Agency, through="StatementAgency", related_name="statements")
    version = models.PositiveSmallIntegerField(default=1, help_text="Raised by each applied correction.")
    corrected_on = models.DateField(null=True, blank=True)
    history = _history

    objects = KeyManager.from_queryset(StatementQuerySet)("bulletin__slug", "serial")

    class Meta:
        ordering = ["bulletin", "position"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "serial"], name="statement_serial_unique"),
            models.UniqueConstraint(fields=["bulletin", "start", "end"], name="statement_passage_unique"),
            models.CheckConstraint(
                condition=Q(end__gt=F("start"), public_end__gt=F("public_start")), name="statement_passage_in_order"
            ),
            models.CheckConstraint(
                condition=Q(number_status="printed") & ~Q(number="") | ~Q(number_status="printed") & Q(number=""),
                name="statement_number_status",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="statement_not_its_own_parent"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="statement_has_text"),
            models.CheckConstraint(
                condition=Q(lead_in="", lead_in_start__isnull=True, lead_in_end__isnull=True)
                | ~Q(lead_in="") & Q(lead_in_end__gt=F("lead_in_start")),
                name="statement_lead_in_has_passage",
            ),
        ]
        indexes = [
            models.Index(fields=["bulletin", "position"], name="statement_in_order"),  # a bulletin's page, in its order
            models.Index(fields=["review", "kind", "position"], name="statement_of_review"),  # a review's page
            models.Index(fields=["kind", "bulletin"], name="statement_of_kind"),  # /learning/?kind= and its counts
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)

    @property
    def starts_mid_sentence(self) -> bool:
        """Whether the words are the middle or the end of a sentence, and no lead-in stands above them."""
        return not self.lead_in and self.parent_id is None and self.text[:1].islower()

    @property
    def words_before(self) -> str:
        """The lead-in that the statement completes and is never shown without. Follows ``parent``: select it too."""
        return self.parent.text if self.parent is not None else self.lead_in

    @cached_property
    def shown_tags(self) -> "list[StatementTheme]":
        """Its themes, with who assigned each, in the order of the vocabulary. Lists fetch them for all their rows."""
        return list(self.theme_tags.select_related("theme"))

    @cached_property
    def shown_addressees(self) -> "list[Addressee]":
        """Whom it is addressed to. Lists fetch them for all their rows."""
        return list(self.addressees.all())

    def get_absolute_url(self) -> str:
        return reverse("statement_detail", args=[self.pk])


class LearningPointManager(KeyManager.from_queryset(StatementQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> StatementQuerySet:
        statements: StatementQuerySet = super().get_queryset()
        return statements.filter(kind=Statement.Kind.LEARNING_POINT)


class RecommendationManager(KeyManager.from_queryset(StatementQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> StatementQuerySet:
        statements: StatementQuerySet = super().get_queryset()
        return statements.filter(kind=Statement.Kind.RECOMMENDATION)


class LearningPoint(Statement):
    objects: ClassVar[LearningPointManager] = LearningPointManager("bulletin__slug", "serial")

    class Meta:
        proxy = True


class Recommendation(Statement):
    objects: ClassVar[RecommendationManager] = RecommendationManager("bulletin__slug", "serial")

    class Meta:
        proxy = True


# The history package listens to the model itself, not to its proxies, whose saves would leave no trace.
for _proxy in (LearningPoint, Recommendation):
    post_save.connect(_history.post_save, sender=_proxy, weak=False)
    post_delete.connect(_history.post_delete, sender=_proxy, weak=False)


class StatementTheme(models.Model):
    """A theme of a statement, assigned by what its sentence says, with who says so."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="theme_tags")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="statement_tags")
    assigned_by = models.CharField(max_length=10, choices=AssignedBy.choices)
    history = HistoricalRecords()

    objects = KeyManager("statement__bulletin__slug", "statement__serial", "theme__slug")

    class Meta:
        ordering = ["theme__position", "theme__name"]
        constraints = [models.UniqueConstraint(fields=["statement", "theme"], name="statement_theme_unique")]
        indexes = [models.Index(fields=["theme", "statement"], name="statement_theme_reverse")]  # /learning/?theme=

    def __str__(self) -> str:
        return f"theme {self.theme_id} of statement {self.statement_id}"

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)


class StatementAgency(models.Model):
    """An agency that a statement names."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="agency_tags")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="statement_tags")
    assigned_by = models.CharField(max_length=10, choices=AssignedBy.choices)
    history = HistoricalRecords()

    objects = KeyManager("statement__bulletin__slug", "statement__serial", "agency__slug")

    class Meta:
        ordering = ["agency__position", "agency__name"]
        verbose_name_plural = "statement agencies"
        constraints = [models.UniqueConstraint(fields=["statement", "agency"], name="statement_agency_unique")]
        indexes = [models.Index(fields=["agency", "statement"], name="statement_agency_reverse")]  # agency pages

    def __str__(self) -> str:
        return f"agency {self.agency_id} of statement {self.statement_id}"

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)


class Addressee(models.Model):
    """Whom a statement asks, as printed ("the Board"), and the agency that curators map it to."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="addressees")
    as_printed = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="addressed", null=True, blank=True)
    history = HistoricalRecords()

    objects = KeyManager("statement__bulletin__slug", "statement__serial", "as_printed")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["statement", "as_printed"], name="addressee_unique")]
        indexes = [models.Index(fields=["agency", "statement"], name="addressee_reverse")]  # addressed_to=

    def __str__(self) -> str:
        return self.as_printed

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)


class Revision(models.Model):
    """A correction to a published statement, proposed by one person and applied by another. The id stays the same."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="revisions")
    changes = models.JSONField(help_text="Field name to new value.")
    reason = models.TextField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposed_revisions"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applied_revisions", null=True, blank=True
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_by__isnull=True) | ~Q(applied_by=F("proposed_by")), name="revision_needs_two_people"
            ),
            models.CheckConstraint(
                condition=Q(applied_by__isnull=True, applied_at__isnull=True)
                | Q(applied_by__isnull=False, applied_at__isnull=False),
                name="revision_applied_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"revision of statement {self.statement_id}"
