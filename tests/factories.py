"""Records in one line. What a test does not name is made up, published and whole.

``ReviewFactory()`` is visible: it brings a published bulletin of its board. ``StatementFactory(text=...)`` writes its
words into the texts of its bulletin, so that the passage is really there.
"""

from typing import Any

from django.db.models import Max
from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from learning.models import Addressee, Bulletin, PublicText, SourceDocument, Statement, StatementAgency, StatementTheme
from learning.models.public_text import TEXT_VERSION, squash
from reviews.models import Agency, Board, Child, ChildCareStatus, Review, ReviewAlias, ReviewTheme, Theme
from reviews.state import AssignedBy, State

WITHHELD = {  # of a child with lifelong anonymity
    "has_lifelong_anonymity": True,
    "age_band": "withheld",
    "ethnicity": "withheld",
    "placement": "withheld",
    "incident_year_told": "withheld",
}


class BoardFactory(DjangoModelFactory):
    class Meta:
        model = Board

    slug = Sequence(lambda n: f"sample-board-{n}")
    name = Sequence(lambda n: f"Sampleshire {n} Safeguarding Children Board")


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    slug = Sequence(lambda n: f"sample-theme-{n}")
    name = Sequence(lambda n: f"Sample theme {n}")
    definition = "A theme that stands for any other."


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency

    slug = Sequence(lambda n: f"sample-agency-{n}")
    name = Sequence(lambda n: f"Sample agency {n}")


class BulletinFactory(DjangoModelFactory):
    """``text``: paragraphs with a blank line between, raw and public alike; ``reviews``: those that it speaks of."""

    class Meta:
        model = Bulletin

    board = SubFactory(BoardFactory)
    slug = Sequence(lambda n: f"sample-bulletin-{n}")
    title = Sequence(lambda n: f"Sample bulletin {n}")
    rights = Bulletin.Rights.FULL_TEXT
    rights_basis = "Written for a test."
    state = State.PUBLISHED

    @classmethod
    def _create(cls, model_class: Any, *args: Any, text: str = "", reviews: Any = (), **kwargs: Any) -> Any:
        bulletin = super()._create(model_class, *args, **kwargs)
        SourceDocument.objects.create(bulletin=bulletin, text="", text_version=TEXT_VERSION)
        PublicText.objects.create(bulletin=bulletin, text="")
        for paragraph in filter(None, text.split("\n\n")):
            add_paragraph(bulletin, paragraph)
        bulletin.reviews.add(*reviews)
        return bulletin


class ReviewFactory(DjangoModelFactory):
    """``aliases``: names; ``themes``: themes, tagged by the curators; ``bulletin``: what speaks of it, or None."""

    class Meta:
        model = Review

    board = SubFactory(BoardFactory)
    reporting_board = SelfAttribute("board")
    slug = Sequence(lambda n: f"sample-review-{n}")
    label = Sequence(lambda n: f"Sample Review {n}")
    type = Review.Type.SCR
    state = State.PUBLISHED

    @classmethod
    def _create(
        cls, model_class: Any, *args: Any, bulletin: Any = "new", aliases: Any = (), themes: Any = (), **kwargs: Any
    ) -> Any:
        review = super()._create(model_class, *args, **kwargs)
        if bulletin == "new":
            bulletin = BulletinFactory(board=review.board)
        if bulletin is not None:
            bulletin.reviews.add(review)
        for name in aliases:
            ReviewAlias.objects.create(review=review, name=name)
        for theme in themes:
            ReviewTheme.objects.create(review=review, theme=theme, assigned_by=AssignedBy.CURATOR)
        return review


class ChildFactory(DjangoModelFactory):
    """``care_statuses``: values that hold at the incident."""

    class Meta:
        model = Child

    review = SubFactory(ReviewFactory)
    position = Sequence(lambda n: n + 1)
    pseudonym = Sequence(lambda n: f"Sample Child {n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, care_statuses: Any = (), **kwargs: Any) -> Any:
        child = super()._create(model_class, *args, **kwargs)
        for status in care_statuses:
            ChildCareStatus.objects.create(child=child, status=status)
        return child


class StatementFactory(DjangoModelFactory):
    """``themes``, ``agencies``: tagged by the source; ``addressees``: as printed.

    ``review``: by default the first of its bulletin, or a new one; None for none. ``number``: is then printed.
    """

    class Meta:
        model = Statement

    kind = Statement.Kind.LEARNING_POINT
    text = Sequence(lambda n: f"Sample words of statement {n}.")
    number = ""
    number_status = LazyAttribute(lambda new: "printed" if new.number else "none")

    @classmethod
    def _create(
        cls,
        model_class: Any,
        *args: Any,
        text: str,
        bulletin: Any = None,
        review: Any = "first",
        themes: Any = (),
        agencies: Any = (),
        addressees: Any = (),
        **kwargs: Any,
    ) -> Any:
        bulletin, review = bulletin_and_review(bulletin, review)
        start, end = passage_of(bulletin, text)
        last = bulletin.statements.aggregate(serial=Max("serial"), position=Max("position"))
        defaults = {
            "serial": (last["serial"] or 0) + 1,
            "position": (last["position"] or 0) + 1,
            "start": start,
            "end": end,
            "public_start": start,
            "public_end": end,
        }
        statement = super()._create(
            model_class, *args, **{**defaults, **kwargs}, text=squash(text), bulletin=bulletin, review=review
        )
        for theme in themes:
            StatementTheme.objects.create(statement=statement, theme=theme, assigned_by=AssignedBy.SOURCE)
        for agency in agencies:
            StatementAgency.objects.create(statement=statement, agency=agency, assigned_by=AssignedBy.SOURCE)
        for as_printed in addressees:
            Addressee.objects.create(statement=statement, as_printed=as_printed)
        return statement


def bulletin_and_review(bulletin: Any, review: Any) -> tuple[Bulletin, Review | None]:
    """What a new statement belongs to, as far as it is given, the rest found or made."""
    if bulletin is None:
        made: Any = review if isinstance(review, Review) else ReviewFactory() if review == "first" else None
        bulletin = (made.bulletins.first() if made else None) or BulletinFactory(reviews=[made] if made else [])
    return bulletin, bulletin.reviews.order_by("pk").first() if review == "first" else review


def add_paragraph(bulletin: Bulletin, text: str, **block: Any) -> tuple[int, int]:
    """Write a paragraph at the end of the raw and the public text. Returns its start and end.

    ``block`` is anything to say of it: ``kind="item", label="3a."`` or ``sensitive=True``. Without redactions the
    offsets are the same in both texts.
    """
    public, source = bulletin.public_text, bulletin.source_document
    start = len(public.text) + 2 if public.text else 0
    entry = {"kind": "paragraph", "start": start, "end": start + len(text), "level": 0, "label": "", "page": 1, **block}
    for holder in (public, source):
        holder.text = f"{holder.text}\n\n{text}" if holder.text else text
        holder.blocks = [*holder.blocks, entry]
        holder.save()
    return start, start + len(text)


def passage_of(bulletin: Bulletin, text: str) -> tuple[int, int]:
    """Where the words stand in the bulletin's text, which gets them as a new paragraph if they are not there yet."""
    taken = set(bulletin.statements.values_list("start", flat=True))
    start = bulletin.public_text.text.find(text)
    if start >= 0 and start not in taken:
        return start, start + len(text)
    return add_paragraph(bulletin, text)
