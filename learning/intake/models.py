"""What the desk keeps beside the records themselves: imports, drafts, findings, and what was decided about them.

None of these tables is public, and none holds words of a bulletin: where a passage is meant, it is offsets.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from learning.models import Bulletin, Statement
from reviews.models import Agency, Board, Review, Theme

USER = settings.AUTH_USER_MODEL


class ImportJob(models.Model):
    """One document on its way in. It stays as the trace of where a draft came from."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Being read"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    name = models.CharField(max_length=255, help_text="Of the file as it was uploaded, or “pasted text”.")
    format = models.CharField(max_length=10, blank=True, help_text="pdf, docx, html or text, by what is in it.")
    file = models.FileField(upload_to="originals/", blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)  # the same file twice
    size = models.PositiveBigIntegerField(default=0)
    batch = models.CharField(max_length=32, blank=True, db_index=True, help_text="Of files that came together.")
    board = models.ForeignKey(
        Board, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_jobs", help_text="If chosen."
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True, help_text="Who works on it: host, process, ticket.")
    lease_until = models.DateTimeField(null=True, blank=True, help_text="When another worker may take it up.")
    started_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="import_jobs")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    bulletin = models.ForeignKey(Bulletin, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_jobs")
    counts = models.JSONField(default=dict, help_text="How much was found, by name: statements, reviews, findings …")
    warnings = models.JSONField(default=list)
    error = models.TextField(blank=True, help_text="Why it failed, in words for staff.")
    reader_version = models.CharField(max_length=20, blank=True)
    text_version = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["state", "id"], name="import_job_queue")]  # the next job to work off
        constraints = [
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="import_job_failure_says_why"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}


class Draft(models.Model):
    """The work on one bulletin: who entered it, its version for those who edit at once, and what its reader saw.

    Stays when the bulletin is published. ``learning_blocks`` are indexes of the blocks within sections of a kind,
    ``lead_ins`` passages that announce a list; both as the reader left them at the import.
    """

    bulletin = models.OneToOneField(Bulletin, on_delete=models.CASCADE, related_name="draft")
    version = models.PositiveIntegerField(default=1, help_text="Raised by each edit.")
    entered_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="entered")
    entered_at = models.DateTimeField(auto_now_add=True)
    last_editor = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    last_edited_at = models.DateTimeField(auto_now=True)
    submitted_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    is_second_person_waived = models.BooleanField(
        default=False, help_text="Published by the person who entered it, because the setting allowed that."
    )
    sent_back_note = models.TextField(blank=True, help_text="Why the checker sent it back.")
    learning_blocks = models.JSONField(default=list)
    lead_ins = models.JSONField(default=list)
    furniture = models.JSONField(default=list, help_text="Page numbers and running lines that are not in the text.")
    sketch = models.JSONField(default=list, help_text="Hashes by which nearly the same text is known again.")

    class Meta:
        ordering = ["-last_edited_at", "-pk"]
        permissions = [
            ("edit_drafts", "May enter and edit drafts"),
            ("publish_drafts", "May publish, hold, withdraw and apply corrections"),
            ("administer_records", "May merge, rename and withhold records"),
        ]

    def __str__(self) -> str:
        return f"draft of bulletin {self.bulletin_id}"


class Presence(models.Model):
    """Who has a draft open."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "user"], name="presence_unique")]

    def __str__(self) -> str:
        return f"user {self.user_id} on draft {self.draft_id}"


class DraftEdit(models.Model):
    """One edit of a draft: what it touched ("statement:12", "order", "facts") and, in words of ours, what was done."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="edits")
    version = models.PositiveIntegerField()
    editor = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    targets = models.JSONField(default=list)
    what = models.CharField(max_length=300)

    class Meta:
        ordering = ["version", "pk"]
        constraints = [models.UniqueConstraint(fields=["draft", "version"], name="draft_edit_version_unique")]

    def __str__(self) -> str:
        return self.what


class DroppedPassage(models.Model):
    """A passage of a learning section that is, as somebody decided, no statement."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="dropped_passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)
    dropped_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dropped_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["start", "end"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "start", "end"], name="dropped_passage_unique"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="dropped_passage_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.start} to {self.end} of bulletin {self.bulletin_id}"


class Finding(models.Model):
    """A passage that may identify somebody, and what was decided. The words found are nowhere but in the raw text."""

    class Kind(models.TextChoices):
        BIRTH_DATE = "birth_date", "Date of birth"
        DEATH_DATE = "death_date", "Date of death"
        INCIDENT_DATE = "incident_date", "Date of an incident"
        PERSON = "person", "Name of a person"
        ADDRESS = "address", "Address"
        POSTCODE = "postcode", "Postcode"
        PHONE = "phone", "Telephone number"
        EMAIL = "email", "E-mail address"
        NHS_NUMBER = "nhs_number", "NHS number"
        NI_NUMBER = "ni_number", "National Insurance number"
        UPN = "upn", "Unique pupil number"
        SCHOOL = "school", "Name of a school"
        PLACEMENT = "placement", "Name of a placement"
        PROFILE_LINK = "profile_link", "Link to a personal profile"
        RARE_COMBINATION = "rare_combination", "Rare combination"

    class Decision(models.TextChoices):
        UNDECIDED = "undecided", "Undecided"
        REDACT = "redact", "Redacted"
        GENERALISE = "generalise", "Generalised"
        KEEP = "keep", "Kept"

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="findings")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    why = models.CharField(max_length=300, help_text="Which rule found it. Never the words.")
    suggestion = models.CharField(max_length=12, choices=Decision.choices, default=Decision.REDACT)
    instead = models.CharField(
        max_length=120,
        blank=True,
        help_text="What is more general and could stand there: a year, a band, a broad group.",
    )
    decision = models.CharField(max_length=12, choices=Decision.choices, default=Decision.UNDECIDED)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it is kept.")
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["start", "end"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "start", "end", "kind"], name="finding_unique"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="finding_in_order"),
            models.CheckConstraint(condition=~Q(decision="keep") | ~Q(reason=""), name="finding_kept_with_reason"),
            models.CheckConstraint(
                condition=Q(decision="undecided") | Q(decided_at__isnull=False), name="finding_decided_at"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.start}"


class Suggestion(models.Model):
    """A theme, an agency or an addressee that the reader suggested for a statement, why, and what was decided.

    What the statement's own words name is put on at once and can be taken off; what only follows from the words around
    them is offered. ``start`` to ``end`` are the words in the raw text that speak for it, where there are any. An
    addressee has no theme and may have no agency: it is those words themselves.
    """

    class Sort(models.TextChoices):
        THEME = "theme", "Theme"
        AGENCY = "agency", "Agency"
        ADDRESSEE = "addressee", "Addressee"

    class Why(models.TextChoices):
        WORDS = "words", "its words"
        BOARD = "board", "the board that speaks"
        LEAD_IN = "lead-in", "the words that lead into it"
        REVIEW = "review", "the themes of its review"
        OPENING = "opening", "its opening words"

    class Decision(models.TextChoices):
        OPEN = "open", "Open"
        TAKEN = "taken", "Taken"
        REFUSED = "refused", "Refused"

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="suggestions")
    sort = models.CharField(max_length=10, choices=Sort.choices)
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "theme"], condition=Q(sort="theme"), name="suggestion_theme_unique"
            ),
            models.UniqueConstraint(
                fields=["statement", "agency"], condition=Q(sort="agency"), name="suggestion_agency_unique"
            ),
            models.CheckConstraint(
                condition=Q(sort="theme", theme__isnull=False, agency__isnull=True)
                | Q(sort="agency", theme__isnull=True, agency__isnull=False)
                | Q(sort="addressee", theme__isnull=True, start__isnull=False),
                name="suggestion_of_its_sort",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(end__gt=F("start")), name="suggestion_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()} for statement {self.statement_id}"


class AcknowledgedWarning(models.Model):
    """A warning about a draft that a person has looked at: it is so in the source, nobody is meant."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="acknowledged_warnings")
    key = models.CharField(max_length=60, help_text="What was asked: “skips-12”, “anonymity-3”.")
    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords(table_name="intake_historicalsettleddoubt")

    class Meta:
        db_table = "intake_settleddoubt"  # what the model was called when it was made
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["bulletin", "key"], name="settled_doubt_unique")]

    def __str__(self) -> str:
        return self.key


class SignInTry(models.Model):
    """A try to sign in that has not succeeded, of late. In the database, so that it counts on every host of the site.

    ``key`` is a keyed hash of the name and of where the try came from: neither can be read from it.
    """

    key = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["key", "made_at"], name="sign_in_try_count"),  # the tries of one key, of late
            models.Index(fields=["made_at"], name="sign_in_try_old"),  # those that no longer count
        ]

    def __str__(self) -> str:
        return f"try {self.pk}"


class ThemeRequest(models.Model):
    """A theme that somebody misses. The vocabulary is closed: an administrator answers."""

    name = models.CharField(max_length=120)
    why = models.TextField()
    statement = models.ForeignKey(
        Statement, on_delete=models.SET_NULL, null=True, blank=True, related_name="theme_requests"
    )
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class KeptApart(models.Model):
    """Two reviews, or two bulletins, that look alike and are, as somebody decided, two. They are not reported again."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, blank=True, related_name="kept_apart")
    other_review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, null=True, blank=True, related_name="kept_apart")
    other_bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "kept apart"
        constraints = [
            models.UniqueConstraint(fields=["review", "other_review"], name="kept_apart_reviews_unique"),
            models.UniqueConstraint(fields=["bulletin", "other_bulletin"], name="kept_apart_bulletins_unique"),
            models.CheckConstraint(
                condition=Q(review__isnull=False, other_review__isnull=False, bulletin__isnull=True)
                | Q(bulletin__isnull=False, other_bulletin__isnull=False, review__isnull=True),
                name="kept_apart_two_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.reason
