"""A bulletin: what a board published, its text, and what belongs to the text."""

import re
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from reviews.models import Board, Review
from reviews.natural_keys import KeyManager, natural_key
from reviews.state import State, record_published


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def published(self) -> "BulletinQuerySet":
        """What the public may know of: the record is published, and so is a review of its own, if it has any."""
        reviews = Bulletin.reviews.through.objects.filter(bulletin=OuterRef("pk"))
        has_visible_review = Exists(reviews.filter(record_published("review")))
        return self.filter(record_published()).filter(has_visible_review | ~Exists(reviews))

    def with_is_whole(self) -> "BulletinQuerySet":
        """``is_whole``: every review that the bulletin, or a statement in it, speaks of is visible.

        Where one is not, whatever belongs to no single review may be about it: the text between two statements, a
        title of a link, a count, a note.
        """
        hidden = Review.objects.filter(~Exists(Review.objects.published().filter(pk=OuterRef("pk"))))
        speaks_of_hidden = Exists(hidden.filter(bulletins=OuterRef("pk")))
        states_hidden = Exists(hidden.filter(statements__bulletin=OuterRef("pk")))
        names_hidden = Exists(hidden.filter(children__statements__bulletin=OuterRef("pk")))
        return self.annotate(is_whole=~speaks_of_hidden & ~states_hidden & ~names_hidden)


# What titles of bulletins are made of. Whatever else is in one may be part of a name, and stays as printed.
ORDINARY_WORDS = {
    "a", "after", "an", "analysis", "and", "annual", "at", "briefing", "bulletin", "by", "case", "cases", "child’s",
    "children’s", "domestic", "executive", "finding", "findings", "for", "from", "handout", "homicide", "how",
    "improvement", "in", "into", "joint", "key", "learning", "lesson", "lessons", "management", "minute",
    "newsletter", "of", "on", "our", "overview", "paper", "practice", "rapid", "recommendations", "report", "review",
    "reviews", "serious", "seven", "significant", "summary", "the", "thematic", "to", "what", "with",
}  # fmt: skip


def is_ordinary(word: str) -> bool:
    return re.sub(r"\W+$", "", word).lower() in ORDINARY_WORDS


class Bulletin(models.Model):
    """What a board published so that others learn: a learning bulletin, a response, a newsletter, a briefing.

    A date is kept only as precisely as it is printed; a period ("Winter 2017/2018") is no date and stays text.
    ``first_year`` to ``last_year`` are the years of learning: those of publication, else of the printed period.
    """

    class Kind(models.TextChoices):
        LEARNING_BULLETIN = "learning-bulletin", "Learning bulletin"
        RESPONSE = "response", "Board response"
        NEWSLETTER = "newsletter", "Newsletter"
        BRIEFING = "briefing", "Briefing"
        SEVEN_MINUTE = "seven-minute", "7-minute briefing"
        LEARNING_PAPER = "learning-paper", "Learning paper"
        SUMMARY = "summary", "Executive summary"
        REPORT = "report", "Overview report"
        THEMATIC = "thematic", "Thematic report"
        OTHER = "other", "Other"

    class Precision(models.TextChoices):
        DAY = "day", "day"
        MONTH = "month", "month"
        YEAR = "year", "year"

    class Rights(models.TextChoices):
        FULL_TEXT = "full-text", "Full text"
        PASSAGES = "passages", "Passages only"
        METADATA = "metadata", "Metadata only"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="bulletins")
    slug = models.SlugField(max_length=120, unique=True, help_text="Frozen at publication.")
    title = models.CharField(max_length=300, help_text="As printed.")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.LEARNING_BULLETIN)
    published_on = models.DateField(null=True, blank=True, help_text="The first day of a month or year if only that.")
    published_precision = models.CharField(max_length=5, choices=Precision.choices, blank=True)
    period = models.CharField(max_length=60, blank=True, help_text="A printed period: “Winter 2017/2018”.")
    first_year = models.PositiveSmallIntegerField(null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    author = models.CharField(max_length=200, blank=True, help_text="As printed, for the citation. Shown nowhere else.")
    rights = models.CharField(max_length=10, choices=Rights.choices, default=Rights.METADATA)
    rights_basis = models.TextField(blank=True, help_text="Why we may show that much.")
    reviews = models.ManyToManyField(Review, related_name="bulletins", blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    state_note = models.TextField(blank=True, help_text="Why it is held, for staff only.")
    withdrawn_reason = models.TextField(blank=True, help_text="Shown to the public where the bulletin stood.")
    added_on = models.DateField(auto_now_add=True)
    history = HistoricalRecords(m2m_fields=[reviews])

    objects = KeyManager.from_queryset(BulletinQuerySet)("slug")

    class Meta:
        ordering = ["-last_year", "-published_on", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, published_precision="")
                | Q(published_on__isnull=False, published_precision__in=["day", "month", "year"]),
                name="bulletin_date_has_precision",
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True, last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="bulletin_years_in_order",
            ),
            models.CheckConstraint(
                condition=Q(rights="metadata") | ~Q(rights_basis=""), name="bulletin_rights_have_basis"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN) | ~Q(withdrawn_reason=""), name="bulletin_withdrawn_has_reason"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="bulletin_state_known"),
        ]
        indexes = [
            # published(), and a board's bulletins
            models.Index(fields=["state", "board"], name="bulletin_state_board"),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)

    def get_absolute_url(self) -> str:
        return reverse("bulletin_detail", args=[self.slug])

    @property
    def display_title(self) -> str:
        """The title in sentence case, for pages. A citation keeps it as printed."""
        first, *others = re.split(r"(?<=\W)(?=\w)", self.title)
        shown = [first.capitalize() if first.isupper() and is_ordinary(first) else first]
        return "".join([*shown, *[part.lower() if is_ordinary(part) else part for part in others]])

    @property
    def dated(self) -> str:
        """The date as precisely as printed ("13 September 2016", "July 2015", "2017"), else the period, else ""."""
        if self.published_on is None:
            return self.period
        month = f"{self.published_on:%B %Y}"
        return {
            "day": f"{self.published_on.day} {month}",
            "month": month,
            "year": f"{self.published_on.year}",
        }[self.published_precision]


class SourceDocument(models.Model):
    """The raw canonical text of a bulletin, before redaction. **Only staff code reads this table.**

    ``blocks`` is a list of ``{"kind": "heading" | "paragraph" | "item" | "row", "start": int, "end": int, "level": int,
    "label": str, "page": int | null}``: offsets into ``text`` without the label, ``label`` as printed ("3a.", "-").
    """

    bulletin = models.OneToOneField(Bulletin, on_delete=models.CASCADE, related_name="source_document")
    text = models.TextField()
    blocks = models.JSONField(default=list)
    text_version = models.CharField(max_length=20, help_text="The version of the function that made the text.")
    sha256 = models.CharField("SHA-256 of the original file", max_length=64, blank=True)
    original = models.FileField(upload_to="originals/", blank=True)
    # The words stay out of the history: a redacted value must not survive there.
    history = HistoricalRecords(excluded_fields=["text", "blocks"])

    objects = KeyManager("bulletin__slug")

    def __str__(self) -> str:
        return f"source document {self.pk}"

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)


class Redaction(models.Model):
    """A passage of the raw text (``start`` to ``end``) that the public text replaces by ``marker``."""

    class Kind(models.TextChoices):
        BIRTH_DATE = "birth-date", "Date of birth"
        INCIDENT_DATE = "incident-date", "Date of death or incident"
        PERSON = "person", "Name of a person"
        CONTACT = "contact", "Address, telephone or e-mail"
        IDENTIFIER = "identifier", "Number that identifies"
        PLACE = "place", "School, placement or place"
        RARE = "rare-combination", "Rare combination"
        BOARD = "board", "Name of a withheld board"
        OTHER = "other", "Other"

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="redactions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    marker = models.CharField(max_length=120, help_text="What the public reads instead: “[date of birth removed]”.")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    reason = models.CharField(max_length=300, help_text="Public. Says why, never what.")
    history = HistoricalRecords()

    objects = KeyManager("bulletin__slug", "start")

    class Meta:
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="redaction_in_order"),
            models.UniqueConstraint(fields=["bulletin", "start"], name="redaction_start_unique"),
        ]

    def __str__(self) -> str:
        return self.marker

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)


class PublicText(models.Model):
    """The text that the public may read: the raw text with its redactions applied, with offsets of its own.

    Derived by ``public_text.derive``; ``redactions`` is a list of ``{"start", "end", "reason"}`` in this text.
    """

    bulletin = models.OneToOneField(Bulletin, on_delete=models.CASCADE, related_name="public_text")
    text = models.TextField()
    blocks = models.JSONField(default=list)
    redactions = models.JSONField(default=list, blank=True)

    objects = KeyManager("bulletin__slug")

    def __str__(self) -> str:
        return f"public text {self.pk}"

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)


class Link(models.Model):
    """A link that the bulletin prints. Many lost their address when the bulletin was copied: those keep their title."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=500, blank=True, help_text="As printed. Empty: not in the source.")
    checked_on = models.DateField(
        null=True, blank=True, help_text="When a person last saw that it leads there. Unchecked links are plain text."
    )
    history = HistoricalRecords()

    objects = KeyManager("bulletin__slug", "position")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "position"], name="link_position_unique"),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True) | ~Q(address=""), name="link_checked_has_address"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)

    @property
    def href(self) -> str:
        """Where a printed address leads, "" where it is none of the web: many are printed without their “http://”."""
        if self.address.lower().startswith(("http://", "https://")):
            return self.address
        return f"http://{self.address}" if self.address.lower().startswith("www.") else ""


class OfReviewQuerySet(models.QuerySet[Any]):
    """Of what belongs to a bulletin and, perhaps, to one of its reviews."""

    def published(self) -> "OfReviewQuerySet":
        """What belongs to the whole bulletin, or to a review that is visible."""
        return self.filter(Q(review__isnull=True) | Q(review__in=Review.objects.published()))


class StatedCount(models.Model):
    """How many statements of a kind the bulletin says there are: a claim, kept apart from what it lists."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="stated_counts")
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="stated_counts", null=True, blank=True)
    kind = models.CharField(max_length=20)
    count = models.PositiveSmallIntegerField()
    as_printed = models.CharField(max_length=300)
    history = HistoricalRecords()

    objects = KeyManager.from_queryset(OfReviewQuerySet)("bulletin__slug", "kind", "as_printed")

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "kind", "as_printed"], name="stated_count_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.kind}"

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)


class CuratorNote(models.Model):
    """A note of the curators on a bulletin, or on one review in it: "item 1 of the list is context and not listed"."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="notes")
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="notes", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    history = HistoricalRecords()

    objects = KeyManager.from_queryset(OfReviewQuerySet)("bulletin__slug", "position")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["bulletin", "position"], name="note_position_unique")]

    def __str__(self) -> str:
        return f"note {self.position}"

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)


class GlossaryTerm(models.Model):
    """What an acronym means. In one bulletin it is that bulletin's; without a bulletin it holds for the whole site.

    SSCB is Southwark's board in one bulletin and not expanded in another: expansions never cross bulletins.
    """

    class Basis(models.TextChoices):
        PRINTED = "printed", "Expanded in the bulletin"
        CURATOR = "curator", "Explained by the curators"

    bulletin = models.ForeignKey(
        Bulletin, on_delete=models.CASCADE, related_name="glossary_terms", null=True, blank=True
    )
    term = models.CharField(max_length=80)
    expansion = models.CharField(max_length=200)
    explanation = models.TextField(blank=True)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    history = HistoricalRecords()

    objects = KeyManager("bulletin__slug", "term")

    class Meta:
        ordering = ["term"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "term"], name="glossary_term_unique"),
            models.UniqueConstraint(
                fields=["term"], condition=Q(bulletin__isnull=True), name="glossary_term_unique_site_wide"
            ),
        ]

    def __str__(self) -> str:
        return self.term

    @property
    def is_acronym(self) -> bool:
        """``LSCB``, ``YP K``, ``IMRs``: mostly capitals, and no ordinary word among them."""
        is_long = sum(character.isalpha() for character in self.term) > 1
        return is_long and all(sum(letter.isupper() for letter in word) * 2 > len(word) for word in self.term.split())

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)
