"""What the site itself keeps: its index, its old addresses, the support lines, and what people write to it."""

from typing import Any

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from learning.models.bulletin import Bulletin
from learning.models.statement import Statement
from reviews.models import Board, Review, Theme
from reviews.natural_keys import KeyManager, natural_key


class SearchDocument(models.Model):
    """The public text of one record that can be found, and its stems, over which each database has its index.

    It is kept for every record whatever its state, from public text only; who may see the record is asked of the
    record's own ``published()`` when somebody searches, so a hold works at once. The key of a document tells of which
    record it is, so that the index alone answers which records were found.

    A record's name is its title, and what it says its body. A statement has no name: its own words are the title, and
    its lead-in is the body, so that it is ranked by what it says itself.
    """

    RECORDS = ("review", "statement", "bulletin", "theme", "board")
    KINDS = 8  # as many kinds of record as keys can tell apart

    review = models.OneToOneField(Review, models.CASCADE, null=True, blank=True, related_name="search_document")
    statement = models.OneToOneField(Statement, models.CASCADE, null=True, blank=True, related_name="search_document")
    bulletin = models.OneToOneField(Bulletin, models.CASCADE, null=True, blank=True, related_name="search_document")
    theme = models.OneToOneField(Theme, models.CASCADE, null=True, blank=True, related_name="search_document")
    board = models.OneToOneField(Board, models.CASCADE, null=True, blank=True, related_name="search_document")
    title = models.TextField(blank=True, help_text="Titles and labels.")
    labels = models.TextField(blank=True, help_text="Aliases, boards, themes, synonyms.")
    body = models.TextField(blank=True, help_text="The words themselves.")
    title_stems = models.TextField(blank=True)
    labels_stems = models.TextField(blank=True)
    body_stems = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(review__isnull=False)
                | Q(statement__isnull=False)
                | Q(bulletin__isnull=False)
                | Q(theme__isnull=False)
                | Q(board__isnull=False),
                name="search_document_of_something",
            )
        ]

    def __str__(self) -> str:
        return self.title[:80]

    @classmethod
    def key_for(cls, record: str, key: int) -> int:
        """The key of the document of a record: "statement" and its own key."""
        return key * cls.KINDS + cls.RECORDS.index(record)

    @classmethod
    def of(cls, record: Any, **words: str) -> "SearchDocument":
        """A new document of a review, statement, bulletin, theme or board."""
        name = str(record._meta.concrete_model._meta.model_name)
        return cls(pk=cls.key_for(name, record.pk), **{name: record}, **words)


class FormerAddress(models.Model):
    """An address that something once had: it leads to where the record is now, or says that it is gone."""

    path = models.CharField(max_length=300, unique=True, help_text="“/reviews/sscb/young-person-k/”")
    review = models.ForeignKey(Review, models.CASCADE, null=True, blank=True, related_name="former_addresses")
    statement = models.ForeignKey(Statement, models.CASCADE, null=True, blank=True, related_name="former_addresses")
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, null=True, blank=True, related_name="former_addresses")
    theme = models.ForeignKey(Theme, models.CASCADE, null=True, blank=True, related_name="former_addresses")
    board = models.ForeignKey(Board, models.CASCADE, null=True, blank=True, related_name="former_addresses")
    gone_reason = models.TextField(blank=True, help_text="Public. The address then answers 410.")
    history = HistoricalRecords()

    class Meta:
        ordering = ["path"]
        verbose_name_plural = "former addresses"
        constraints = [
            models.CheckConstraint(
                condition=~Q(gone_reason="")
                | Q(review__isnull=False)
                | Q(statement__isnull=False)
                | Q(bulletin__isnull=False)
                | Q(theme__isnull=False)
                | Q(board__isnull=False),
                name="former_address_leads_somewhere",
            )
        ]

    def __str__(self) -> str:
        return self.path


NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")


class SupportLine(models.Model):
    """A helpline. Hours change: none is shown as confirmed until an administrator confirms it."""

    class Topic(models.TextChoices):
        EMERGENCY = "emergency", "In an emergency"
        YOUNG = "children", "For children and young people"
        WORRIED = "worried-about-a-child", "Worried about a child"
        CRISIS = "suicide", "Thoughts of suicide, and struggling to cope"
        BEREAVED_BY_SUICIDE = "bereaved-by-suicide", "Bereaved by suicide"
        BEREAVED = "bereavement", "Bereavement"
        SEXUAL_ABUSE = "sexual-abuse", "Rape and sexual abuse"
        DOMESTIC_ABUSE = "domestic-abuse", "Domestic abuse"
        OTHER = "other", "Anything else"

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    number = models.CharField(max_length=40)
    topic = models.CharField(max_length=30, choices=Topic.choices, default=Topic.OTHER)
    hours = models.CharField(max_length=120)
    nation = models.CharField(
        max_length=80, help_text="Where it can be called: “United Kingdom”, “England and Wales”, “Scotland”."
    )
    audience = models.CharField(max_length=200, blank=True, help_text="Whom it is for.")
    source = models.CharField(max_length=200, blank=True, help_text="Where number and hours can be checked.")
    checked_on = models.DateField(
        null=True, blank=True, help_text="When an administrator last confirmed number and hours with the source."
    )
    in_footer = models.BooleanField(
        "at the foot of every page", default=False, help_text="Four at most, so that they fit into one line."
    )
    position = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    objects = KeyManager("slug")

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)

    @property
    def nations(self) -> list[str]:
        """Those that ``nation`` names; all of them where it names none, or the United Kingdom."""
        return [nation for nation in NATIONS if nation in self.nation] or list(NATIONS)

    @property
    def needs_hours(self) -> bool:
        """999 answers at any time, and "check hours" beside it could cost a life."""
        return self.topic != self.Topic.EMERGENCY


class ContactMessage(models.Model):
    """What somebody wrote to the editors. Kept even when the mail to the administrators fails; staff only."""

    class Topic(models.TextChoices):
        ABOUT_ME = "about-me", "This is about me or my family"
        IDENTIFYING = "identifying", "Something here identifies a person"
        CORRECTION = "correction", "Something is wrong"
        OTHER = "other", "Something else"

    topic = models.CharField(max_length=20, choices=Topic.choices)
    about = models.CharField("page", max_length=300, blank=True)
    message = models.TextField(max_length=10_000)
    reply_to = models.EmailField(blank=True)
    received_at = models.DateTimeField(auto_now_add=True)
    was_mailed = models.BooleanField(default=False)
    dealt_with_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}, {self.received_at:%d %B %Y}" if self.received_at else "message"
