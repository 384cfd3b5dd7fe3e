"""What happened: boards, reviews, anonymised children, and the two vocabularies, themes and agencies."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from simple_history.models import HistoricalRecords

from reviews.natural_keys import KeyManager, natural_key
from reviews.state import AssignedBy, State, record_published

WITHHELD = {
    "age_band": "withheld", "ethnicity": "withheld", "placement": "withheld", "incident_year_told": "withheld",
    "incident_year": None,
}  # fmt: skip


def lines_of(text: str) -> list[str]:
    """The non-empty lines of a text field that holds one entry a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


SHARED_WORDS = r"(?:local|safeguarding|children(?:['’]s)?|child|adults?|protection|community|safety)"
BOARD_ENDING = re.compile(
    rf"\s+(?:{SHARED_WORDS}\s+)*(?:board|committee|partnership|lscb|scb|lscp|scp|lsab|sab)$", re.IGNORECASE
)


def place_of(name: str) -> str:
    """A board's name without the words that most boards share, if anything else is left: "West Sussex"."""
    place = BOARD_ENDING.sub("", name)
    return name if re.fullmatch(SHARED_WORDS, place, re.IGNORECASE) else place


class Board(models.Model):
    """A safeguarding children board or partnership, named as its bulletins print it.

    Names are no identification: Sunderland's and Southwark's boards both print "SSCB". What curators found out stands
    in ``identified_as``, with its source, and is never put into a bulletin's words.
    """

    class Kind(models.TextChoices):
        LSCB = "lscb", "Local safeguarding children board"
        PARTNERSHIP = "partnership", "Safeguarding children partnership"
        ADULTS = "adults", "Safeguarding adults board"
        COMMUNITY = "community", "Community safety partnership"
        NATIONAL = "national", "National panel or body"
        REGIONAL = "regional", "Regional safeguarding board"
        OTHER = "other", "Other"

    slug = models.SlugField(max_length=80, unique=True, help_text="Part of public addresses. Frozen once published.")
    name = models.CharField(max_length=200, help_text="As the bulletin prints it.")
    short_name = models.CharField(max_length=40, blank=True, help_text="The abbreviation that the bulletin prints.")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.PARTNERSHIP)
    succeeded_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        help_text="The partnership that took over. Searching for one finds the other's records too.",
    )
    identified_as = models.CharField(
        max_length=200, blank=True, help_text="Which board this is, where the bulletin does not say. Needs a source."
    )
    identification_source = models.CharField(max_length=300, blank=True)
    website = models.CharField(max_length=200, blank=True, help_text="As printed. Shown as text, never as a link.")
    is_withheld = models.BooleanField(
        default=False,
        help_text="Naming the board would identify a child. Give it a neutral address (slug) as well.",
    )
    history = HistoricalRecords()

    objects = KeyManager("slug")

    class Meta:
        ordering = ["name", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(identified_as="") | ~Q(identification_source=""), name="board_identification_has_source"
            ),
            models.CheckConstraint(
                condition=Q(succeeded_by__isnull=True) | ~Q(succeeded_by=F("id")), name="board_not_its_own_successor"
            ),
        ]

    def __str__(self) -> str:
        return self.told_name

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)

    def get_absolute_url(self) -> str:
        return reverse("board_detail", args=[self.slug])

    @property
    def public_name(self) -> str:
        """The only name that a public page may show."""
        return "A board whose name is withheld" if self.is_withheld else self.told_name

    @property
    def told_name(self) -> str:
        """Its name and, where that alone could be another board's, which one it is taken to be. For staff: see
        ``public_name``."""
        return f"{self.name} (identified as {self.identified_as})" if self.identified_as else self.name

    @property
    def public_short_name(self) -> str:
        """As short as it can be said without being taken for another: the printed abbreviation, else the name."""
        return self.public_name if self.is_withheld or self.identified_as else self.short_name or self.name

    @property
    def brief_name(self) -> str:
        """The place it works in, beside the label of a review: "Southwark". The whole name where it ends otherwise.

        A board that prints nothing but an abbreviation keeps it, and says which one it is taken to be.
        """
        if self.is_withheld:
            return self.public_name
        if self.identified_as:
            return f"{self.name} (identified as {place_of(self.identified_as)})"
        return place_of(self.name)

    @property
    def public_successor(self) -> "Board | None":
        """The partnership that took over, unless saying so would name a board whose name is withheld.

        Follows ``succeeded_by``: select it with the board.
        """
        successor = self.succeeded_by
        return None if self.is_withheld or successor is None or successor.is_withheld else successor

    @property
    def identification(self) -> str:
        """From what editors found out which board this is (``public_name``), where the bulletin does not say."""
        if self.is_withheld or not self.identified_as:
            return ""
        return f"Identified by the editors, from {self.identification_source}."


class VocabularyTerm(models.Model):
    """A term of a closed vocabulary, which stands for all that is below it as well.

    The whole vocabulary is read at once (``reviews.vocabulary.Tree``), so nothing here follows ``parent`` by queries.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120, unique=True)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    narrower_terms = models.TextField(
        blank=True,
        help_text="One a line. Words for a part of it, such as an example, a profession or a tool. They lead here, but "
        "no search takes one for the other.",
    )

    objects = KeyManager("slug")

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuses a circle: whoever climbs from a term must reach the top."""
        super().clean()
        vocabulary: models.Manager[Any] = type(self)._default_manager
        parents: dict[int, int | None] = dict(vocabulary.values_list("pk", "parent_id"))
        climbed: list[int] = []
        above: int | None = self.parent_id  # type: ignore[attr-defined]
        while above is not None and above not in climbed:
            climbed.append(above)
            above = parents.get(above)
        if above is not None or self.pk in climbed:
            raise ValidationError("Nothing can stand below itself.")

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)

    @property
    def synonym_list(self) -> list[str]:
        return lines_of(self.synonyms)  # type: ignore[attr-defined]

    @property
    def narrower_list(self) -> list[str]:
        return lines_of(self.narrower_terms)


LONGEST_TAG = 22


class Theme(VocabularyTerm):
    """What a review or a statement is about. The top level are the groups."""

    short_name = models.CharField(
        max_length=LONGEST_TAG,
        blank=True,
        help_text=f"For tags on cards, where the name is longer than {LONGEST_TAG} characters.",
    )
    position = models.PositiveIntegerField(default=0, help_text="Order among the themes of the same group.")
    definition = models.TextField(help_text="One plain sentence.")
    synonyms = models.TextField(
        blank=True, help_text="One a line. A search for a synonym finds the theme's name too, and the reverse."
    )
    dfe_codes = models.CharField(
        "DfE codes",
        max_length=40,
        blank=True,
        help_text="Factors identified at the end of assessment (children in need census), separated by spaces.",
    )
    language_note = models.TextField(
        blank=True, help_text="Which term to prefer and why. The words of a bulletin stay as they are."
    )
    has_content_note = models.BooleanField(
        default=False, help_text="Pages about this theme open with the content note and the support lines."
    )
    history = HistoricalRecords()

    class Meta(VocabularyTerm.Meta):
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("short_name"), LONGEST_TAG), name="theme_short_name_fits_a_tag"
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("theme_detail", args=[self.slug])

    @property
    def tag_name(self) -> str:
        """The name on a tag, where there is little room. The full name stays the accessible one."""
        return self.short_name or self.name


class Agency(VocabularyTerm):
    """A body or profession that a statement names or is addressed to."""

    position = models.PositiveIntegerField(default=0)
    description = models.TextField(blank=True)
    synonyms = models.TextField(blank=True, help_text="One a line.")
    sits_on_boards = models.BooleanField(
        default=False,
        help_text="A member of safeguarding boards: what is addressed to a board is addressed to it as well.",
    )
    history = HistoricalRecords()

    class Meta(VocabularyTerm.Meta):
        verbose_name_plural = "agencies"

    def get_absolute_url(self) -> str:
        return reverse("agency_detail", args=[self.slug])


class ReviewQuerySet(models.QuerySet["Review"]):
    def published(self) -> "ReviewQuerySet":
        """What the public may see: the review's record and a bulletin that speaks of it are both published."""
        spoken_of = Review.objects.filter(record_published("bulletins"), pk=OuterRef("pk"))
        return self.filter(record_published()).filter(Exists(spoken_of))

    def kept_from_search_engines(self) -> "ReviewQuerySet":
        """Those that no page in a search engine may name or quote: one of the children is anonymous for life, or an
        editor has said so of the review."""
        anonymous = Child.objects.filter(review=OuterRef("pk"), has_lifelong_anonymity=True)
        return self.filter(Q(is_indexed=False) | Exists(anonymous))


class Review(models.Model):
    """A case review: what was reviewed, by whom, and how far its report has been published.

    A label is no identifier ("Child Q" is at least two children), so board and label always stand together.
    """

    class Type(models.TextChoices):
        SCR = "scr", "Serious case review"
        LCSPR = "lcspr", "Local child safeguarding practice review"
        NATIONAL = "national", "National child safeguarding practice review"
        RAPID = "rapid", "Rapid review"
        LEARNING = "learning", "Non-statutory learning review"
        SAR = "sar", "Safeguarding adults review"
        DHR = "dhr", "Domestic homicide review or domestic abuse related death review"
        OWHR = "owhr", "Offensive weapons homicide review"
        MAPPA = "mappa", "MAPPA serious case review"
        CPR = "cpr", "Child practice review (Wales)"
        APR = "apr", "Adult practice review (Wales)"
        MHHR = "mhhr", "Mental health homicide review (Wales)"
        SUSR = "susr", "Single unified safeguarding review (Wales)"
        SIGNIFICANT = "significant", "Significant case review (Scotland)"
        LEARNING_SCOTLAND = "learning-scotland", "Learning review (Scotland)"
        DHSR = "dhsr", "Domestic homicide and suicide review (Scotland)"
        CMR = "cmr", "Case management review (Northern Ireland)"
        NOT_STATED = "not-stated", "Not stated"

    class Nature(models.TextChoices):
        DEATH = "death", "Death"
        SERIOUS_HARM = "serious-harm", "Serious harm"
        OTHER = "other", "Other"
        NOT_STATED = "not-stated", "Not stated"

    class ReportState(models.TextChoices):
        COMMISSIONED = "commissioned", "Commissioned"
        UNDER_WAY = "under-way", "Under way"
        NOT_YET_PUBLISHED = "not-yet-published", "Completed, not yet published"
        PUBLISHED = "published", "Published"
        WITHHELD = "withheld", "Withheld from publication"
        WITHDRAWN = "withdrawn", "Withdrawn"
        NOT_STATED = "not-stated", "Not stated"

    board = models.ForeignKey(
        Board,
        on_delete=models.PROTECT,
        related_name="reviews",
        help_text="The board that the label and the address stand under: the commissioning, else the reporting board. "
        "Frozen at publication.",
    )
    slug = models.SlugField(max_length=80, help_text="Frozen at publication.")
    label = models.CharField(max_length=120, help_text="As the bulletin prints it: “Young Person K”.")
    type = models.CharField(max_length=20, choices=Type.choices, default=Type.NOT_STATED)
    commissioning_board = models.ForeignKey(
        Board, on_delete=models.PROTECT, null=True, blank=True, related_name="commissioned_reviews"
    )
    commissioned_by_as_printed = models.CharField(
        max_length=200, blank=True, help_text="Where the commissioning board is not named: “a neighboring authority”."
    )
    reporting_board = models.ForeignKey(
        Board, on_delete=models.PROTECT, null=True, blank=True, related_name="reported_reviews"
    )
    nature = models.CharField(
        "nature of the incident", max_length=20, choices=Nature.choices, default=Nature.NOT_STATED
    )
    summary = models.TextField(
        blank=True,
        help_text="Our own words, two sentences, shown as “Summary by the editors”. Never asserts guilt, never gives "
        "a method of death or self-harm.",
    )
    report_state = models.CharField(max_length=20, choices=ReportState.choices, default=ReportState.NOT_STATED)
    report_state_as_at = models.CharField(
        max_length=40, blank=True, help_text="The date or period of the bulletin that says so: “July 2015”."
    )
    report_state_as_printed = models.CharField(max_length=300, blank=True)
    has_active_proceedings = models.BooleanField(
        default=False, help_text="Criminal, care or inquest proceedings are under way: the record must be held."
    )
    is_indexed = models.BooleanField(
        "search engines may list it",
        default=True,
        help_text="Untick if living relatives could be recognised, or if a child who died is said to have been the "
        "victim of a sexual offence. No page that names or quotes the review is then listed. A child with lifelong "
        "anonymity has the same effect.",
    )
    themes = models.ManyToManyField(Theme, through="ReviewTheme", related_name="reviews")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    state_note = models.TextField(blank=True, help_text="Why it is held, for staff only.")
    withdrawn_reason = models.TextField(blank=True, help_text="Shown to the public where the record stood.")
    history = HistoricalRecords()

    objects = KeyManager.from_queryset(ReviewQuerySet)("board__slug", "slug")

    class Meta:
        ordering = ["board__name", "label", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "slug"], name="review_address_unique"),
            models.CheckConstraint(
                condition=Q(commissioning_board__isnull=False) | Q(reporting_board__isnull=False),
                name="review_has_a_board",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN) | ~Q(withdrawn_reason=""), name="review_withdrawn_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(has_active_proceedings=False) | ~Q(state=State.PUBLISHED),
                name="review_proceedings_force_hold",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="review_state_known"),
        ]
        indexes = [
            # published(), and a board's reviews
            models.Index(fields=["state", "board"], name="review_state_board"),
        ]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)

    def get_absolute_url(self) -> str:
        """The address. Follows ``board``: select it with the review."""
        return reverse("review_detail", args=[self.board.slug, self.slug])

    @property
    def label_and_board(self) -> str:
        """What the public may call it: "Child Q, West Sussex LSCB". Follows ``board``: select it with the review."""
        return f"{self.label}, {self.board.public_name}"


class ReviewAlias(models.Model):
    """Another name that a source gives the same review or child: "Child Q" for "Serious Case Review Q"."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)
    assigned_by = models.CharField(max_length=10, choices=AssignedBy.choices, default=AssignedBy.SOURCE)
    history = HistoricalRecords()

    objects = KeyManager("review__board__slug", "review__slug", "name")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "review aliases"
        constraints = [models.UniqueConstraint(fields=["review", "name"], name="review_alias_unique")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)


class ReviewTheme(models.Model):
    """A theme of the case itself (what the review was about), with who says so."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="theme_tags")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="review_tags")
    assigned_by = models.CharField(max_length=10, choices=AssignedBy.choices)
    note = models.CharField(
        max_length=300, blank=True, help_text="The source's words, or why the curators assign it. Public."
    )
    history = HistoricalRecords()

    objects = KeyManager("review__board__slug", "review__slug", "theme__slug")

    class Meta:
        ordering = ["theme__position", "theme__name"]
        constraints = [models.UniqueConstraint(fields=["review", "theme"], name="review_theme_unique")]
        indexes = [models.Index(fields=["theme", "review"], name="review_theme_reverse")]  # /reviews/?theme=

    def __str__(self) -> str:
        return f"theme {self.theme_id} of review {self.review_id}"

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)


class Child(models.Model):
    """An anonymised subject of a review. There is no field for a name, a birth date, an exact age or a place.

    Under lifelong anonymity (victims of sexual offences, Sexual Offences (Amendment) Act 1992) age, ethnicity,
    placement and the year of the incident are withheld on the record itself. *Not stated* (nobody said) and *withheld*
    (known, not told) are two values everywhere.
    """

    class AgeBand(models.TextChoices):
        UNDER_1 = "under-1", "Under 1"
        FROM_1_TO_5 = "1-to-5", "1 to 5"
        FROM_6_TO_10 = "6-to-10", "6 to 10"
        FROM_11_TO_15 = "11-to-15", "11 to 15"
        FROM_16_TO_17 = "16-to-17", "16 to 17"
        FROM_18 = "18-and-over", "18 and over"
        NOT_STATED = "not-stated", "Not stated"
        WITHHELD = "withheld", "Withheld"

    class Sex(models.TextChoices):
        FEMALE = "female", "Female"
        MALE = "male", "Male"
        NOT_STATED = "not-stated", "Not stated"
        WITHHELD = "withheld", "Withheld"

    class Ethnicity(models.TextChoices):
        """The five broad groups of the Census 2021."""

        ASIAN = "asian", "Asian or Asian British"
        BLACK = "black", "Black, Black British, Caribbean or African"
        MIXED = "mixed", "Mixed or multiple ethnic groups"
        WHITE = "white", "White"
        OTHER = "other", "Other ethnic group"
        NOT_STATED = "not-stated", "Not stated"
        WITHHELD = "withheld", "Withheld"

    class Placement(models.TextChoices):
        """Kinds of placement after the looked after children return (SSDA903)."""

        FOSTER = "foster", "Foster care"
        CHILDRENS_HOME = "childrens-home", "Children's home"
        SECURE = "secure", "Secure children's home"
        SUPPORTED = "supported", "Supported accommodation"
        RESIDENTIAL_SCHOOL = "residential-school", "Residential school"
        MOTHER_AND_BABY = "mother-and-baby", "Mother and baby unit"
        HOSPITAL = "hospital", "Hospital or other NHS"
        YOI = "young-offender", "Young offender institution"
        ADOPTION = "adoption", "Adoption"
        PARENTS = "own-parents", "Own parents"
        INDEPENDENT = "independent", "Independent living"
        TEMPORARY = "temporary", "Temporary"
        OTHER = "other", "Other"
        NOT_STATED = "not-stated", "Not stated"
        WITHHELD = "withheld", "Withheld"

    class PlanCategory(models.TextChoices):
        """Category of abuse of a child protection plan (before 2008: register)."""

        NEGLECT = "neglect", "Neglect"
        PHYSICAL = "physical", "Physical abuse"
        SEXUAL = "sexual", "Sexual abuse"
        EMOTIONAL = "emotional", "Emotional abuse"
        MULTIPLE = "multiple", "Multiple"
        NOT_STATED = "not-stated", "Not stated"
        WITHHELD = "withheld", "Withheld"

    class Outcome(models.TextChoices):
        DIED = "died", "Died"
        HARMED = "harmed", "Seriously harmed"
        SURVIVED = "survived", "Survived"
        NOT_STATED = "not-stated", "Not stated"
        WITHHELD = "withheld", "Withheld"

    class Told(models.TextChoices):
        STATED = "stated", "Stated"
        NOT_STATED = "not-stated", "Not stated"
        WITHHELD = "withheld", "Withheld"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveSmallIntegerField(default=1)
    pseudonym = models.CharField(max_length=80, help_text="As the bulletin prints it: “Child S”. Never a name.")
    is_group = models.BooleanField(
        default=False, help_text="Several children that the bulletin does not describe singly: they are not counted."
    )
    has_lifelong_anonymity = models.BooleanField(
        default=False,
        help_text="A victim of a sexual offence. Age, ethnicity, placement and year must then be withheld.",
    )
    age_band = models.CharField(
        "age band at the incident", max_length=12, choices=AgeBand.choices, default=AgeBand.NOT_STATED
    )
    sex = models.CharField(max_length=12, choices=Sex.choices, default=Sex.NOT_STATED)
    ethnicity = models.CharField(
        "broad ethnic group", max_length=12, choices=Ethnicity.choices, default=Ethnicity.NOT_STATED
    )
    placement = models.CharField(max_length=20, choices=Placement.choices, default=Placement.NOT_STATED)
    plan_category = models.CharField(max_length=12, choices=PlanCategory.choices, default=PlanCategory.NOT_STATED)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.NOT_STATED)
    incident_year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The year only.")
    incident_year_told = models.CharField(max_length=12, choices=Told.choices, default=Told.NOT_STATED)
    history = HistoricalRecords()

    objects = KeyManager("review__board__slug", "review__slug", "position")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "children"
        constraints = [
            models.UniqueConstraint(fields=["review", "position"], name="child_position_unique"),
            models.UniqueConstraint(fields=["review", "pseudonym"], name="child_pseudonym_unique"),
            models.CheckConstraint(
                condition=Q(has_lifelong_anonymity=False)
                | Q(age_band="withheld", ethnicity="withheld", placement="withheld", incident_year_told="withheld"),
                name="child_lifelong_anonymity_withholds",
            ),
            models.CheckConstraint(
                condition=Q(incident_year_told="stated", incident_year__isnull=False)
                | (~Q(incident_year_told="stated") & Q(incident_year__isnull=True)),
                name="child_incident_year_told",
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)


class ChildCareStatus(models.Model):
    """One care status of a child, at the incident or earlier. Several may hold at once."""

    class Status(models.TextChoices):
        NOT_LOOKED_AFTER = "not-looked-after", "Not looked after"
        LOOKED_AFTER = "looked-after", "Looked after"
        CARE_LEAVER = "care-leaver", "Care leaver"
        CHILD_IN_NEED = "child-in-need", "Child in need"
        PROTECTION_PLAN = "child-protection-plan", "Child protection plan"
        ADOPTED = "adopted", "Adopted"
        NOT_STATED = "not-stated", "Not stated"
        WITHHELD = "withheld", "Withheld"

    class LegalBasis(models.TextChoices):
        CARE_ORDER = "care-order", "care order"
        SECTION_20 = "section-20", "section 20"
        INTERIM_CARE_ORDER = "interim-care-order", "interim care order"

    class When(models.TextChoices):
        INCIDENT = "incident", "at the incident"
        EARLIER = "earlier", "earlier"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="care_statuses")
    status = models.CharField(max_length=24, choices=Status.choices)
    legal_basis = models.CharField(
        max_length=20, choices=LegalBasis.choices, blank=True, help_text="Only where the source says it."
    )
    when = models.CharField(max_length=10, choices=When.choices, default=When.INCIDENT)
    history = HistoricalRecords()

    objects = KeyManager("child__review__board__slug", "child__review__slug", "child__position", "status", "when")

    class Meta:
        ordering = ["when", "status"]
        verbose_name_plural = "care statuses"
        constraints = [
            models.UniqueConstraint(fields=["child", "status", "when"], name="care_status_unique"),
            models.CheckConstraint(
                condition=Q(legal_basis="") | Q(status="looked-after"), name="care_status_legal_basis"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}, {self.get_when_display()}"

    def natural_key(self) -> tuple[Any, ...]:
        return natural_key(self)
