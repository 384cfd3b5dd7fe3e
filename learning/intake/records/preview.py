"""What a merge, a new address or a withheld board would do, before it is done.

Each is really done, looked at, and undone again in one transaction, so that the preview is what will happen.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from learning.components.wording import counted_kind
from learning.intake.records import merges
from learning.models import Bulletin, FormerAddress, SourceDocument, Statement
from reviews.models import Board, Child, Review


@dataclass(frozen=True)
class Address:
    """An old address; ``leads_to`` is "" where it will say that it is gone."""

    path: str
    leads_to: str


@dataclass(frozen=True)
class Line:
    """One thing of two reviews, what becomes of it, and what of ``other`` is then nowhere."""

    name: str
    keep: list[str]
    other: list[str]
    after: list[str]
    lost: list[str]


@dataclass(frozen=True)
class Merge:
    lines: list[Line]
    addresses: list[Address]


@dataclass(frozen=True)
class Renamed:
    path: str
    addresses: list[Address]


@dataclass(frozen=True)
class Withheld:
    """``redacted``: bulletins with how often the name is taken out. ``named``: where it will still be read."""

    addresses: list[Address]
    redacted: list[tuple[Bulletin, int]]
    named: list[str]
    elsewhere: list[Bulletin]


@contextmanager
def undone() -> Iterator[None]:
    """What is done within it is not done after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- addresses ------------------------------------------------------------------------------------------------------


def renamed(move: Callable[[], Any]) -> Renamed:
    """The new address, and the old ones that will lead to it. Raises ``EditRejected`` as the move itself would."""
    before = stored_addresses()
    with undone():
        path = move().get_absolute_url()
        return Renamed(path, changed_addresses(before))


def stored_addresses() -> dict[str, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in FormerAddress.objects.values_list("path", "gone_reason", *TARGETS)}


TARGETS = ("review", "statement", "bulletin", "theme", "board")


def changed_addresses(before: dict[str, tuple[Any, ...]]) -> list[Address]:
    """The former addresses that are new, or lead elsewhere than before."""
    paths = [path for path, row in stored_addresses().items() if before.get(path) != row]
    changed = FormerAddress.objects.filter(path__in=paths).select_related("review__board", "bulletin", "board")
    return [Address(former.path, leads_to(former)) for former in changed]


def leads_to(former: FormerAddress) -> str:
    record: Any = former.review or former.bulletin or former.board
    return "" if former.gone_reason or record is None else str(record.get_absolute_url())


# --- two reviews ----------------------------------------------------------------------------------------------------


def merged(user: Any, keep: Review, other: Review) -> Merge:
    """What of each goes where. Raises ``EditRejected`` where the two cannot be merged."""
    kept, going = described(keep), described(other)
    before = stored_addresses()
    with undone():
        after = described(merges.merge_reviews(user, keep, other, "Previewed"))
        addresses = changed_addresses(before)
    after_names = {*after["Label"], *after["Other names"]}
    lines = [
        line_of(name, kept[name], going[name], after_names if name in NAMES else after[name], after[name])
        for name in after
    ]
    return Merge([line for line in lines if line.keep or line.other], addresses)


def line_of(name: str, keep: list[str], other: list[str], found_in: Collection[str], after: list[str]) -> Line:
    """``found_in``: where each value must be found again, or it is lost. Numbers add up, and addresses lead on."""
    lost = [value for value in other if value not in found_in] if name in NAMES | OF_THE_RECORD else []
    return Line(name, keep, other, after, lost)


NAMES = {"Label", "Other names"}  # a label that stays as another name is not lost
OF_THE_RECORD = {
    "Type", "What happened", "Summary", "Commissioned by", "Reported by", "The full report", "Children",
    "Themes of the case",
}  # fmt: skip


def described(review: Review) -> dict[str, list[str]]:
    """What belongs to a review, by name, each as a reader would call it."""
    review = Review.objects.select_related("board", "commissioning_board", "reporting_board").get(pk=review.pk)
    tags = review.theme_tags.select_related("theme")
    return {
        "Label": [review.label],
        "Other names": [alias.name for alias in review.aliases.all()],
        "Board": [review.board.name],
        "Address": [review.get_absolute_url()],
        "State": [review.get_state_display()],
        **described_record(review),
        "Children": [described_child(child) for child in review.children.prefetch_related("care_statuses")],
        "Themes of the case": [tag.theme.name for tag in tags],
        "Statements": counted_statements(review.statements.all()),
        "Numbers that a bulletin claims": [f"“{count.as_printed}”" for count in review.stated_counts.all()],
        "Notes by the editors": [note.text for note in review.notes.all()],
        "Known responses": [check.title or str(check) for check in review.response_checks.all()],
        "Bulletins": [bulletin.title for bulletin in review.bulletins.order_by("pk")],
    }


def described_record(review: Review) -> dict[str, list[str]]:
    """What is said of the review itself, where one record has room for one answer."""
    commissioned = review.commissioning_board.name if review.commissioning_board else review.commissioned_by_as_printed
    answers = {
        "Type": review.get_type_display(),
        "What happened": review.get_nature_display(),
        "Summary": review.summary,
        "Commissioned by": commissioned,
        "Reported by": review.reporting_board.name if review.reporting_board else "",
        "Search engines": "" if review.is_indexed else "May not list it",
        "The full report": ", ".join(filter(None, [review.get_report_state_display(), review.report_state_as_at])),
    }
    return {name: [answer] if answer and answer != "Not stated" else [] for name, answer in answers.items()}


def described_child(child: Child) -> str:
    """A pseudonym with all that its record says, by the names of the answers."""
    answers = [
        child.get_age_band_display(), child.get_sex_display(), child.get_ethnicity_display(),
        child.get_placement_display(), child.get_plan_category_display(), child.get_outcome_display(),
    ]  # fmt: skip
    stated = [answer.lower() for answer in answers if answer not in {"Not stated", "Withheld"}]
    if child.has_lifelong_anonymity:
        stated.insert(0, "lifelong anonymity")
    care = [
        f"{care.get_status_display().lower()} ({care.get_when_display().lower()})" for care in child.care_statuses.all()
    ]
    year = [str(child.incident_year)] if child.incident_year else []
    return f"{child.pseudonym}: {', '.join([*stated, *care, *year]) or 'nothing else is stated'}"


def counted_statements(statements: Any) -> list[str]:
    numbers = Counter(statements.values_list("kind", flat=True))
    return [counted_kind(numbers[kind], kind) for kind in Statement.Kind if numbers[kind]]


# --- a withheld board -----------------------------------------------------------------------------------------------


def withheld(user: Any, board: Board) -> Withheld:
    """What goes, and what a person still has to look at. Raises ``EditRejected`` where it is withheld already."""
    before = stored_addresses()
    names = merges.identifying_names(board)
    redactions = Counter(board.bulletins.values_list("redactions__bulletin", flat=True))
    with undone():
        merges.withhold_board(user, board, "Previewed")
        bulletins = list(board.bulletins.order_by("pk"))
        counts = [(bulletin, bulletin.redactions.count() - redactions[bulletin.pk]) for bulletin in bulletins]
        addresses = changed_addresses(before)
        named = still_named(board, names)
    return Withheld(addresses, counts, named, list(naming(names).exclude(board=board).order_by("title")))


def still_named(board: Board, names: list[str]) -> list[str]:
    """Words of ours and labels that go on naming the board: they are changed by hand, since each is a sentence."""
    places = []
    of_board = Q(board=board) | Q(commissioning_board=board) | Q(reporting_board=board)
    for review in Review.objects.filter(of_board).prefetch_related("aliases", "theme_tags"):
        fields = {
            "label": review.label,
            "address": review.slug.replace("-", " "),
            "summary": review.summary,
            "“commissioned by” as printed": review.commissioned_by_as_printed,
            "words on the full report": review.report_state_as_printed,
            "other names": "\n".join(alias.name for alias in review.aliases.all()),
            "notes on its themes": "\n".join(tag.note for tag in review.theme_tags.all()),
        }
        places += [f"{review.label}: {name}" for name, words in fields.items() if holds_name(words, names)]
    for bulletin in Bulletin.objects.filter(board=board):
        if holds_name(bulletin.rights_basis, names):
            places.append(f"{bulletin.title}: what the rights are based on")
    return places


def holds_name(words: str, names: list[str]) -> bool:
    return any(name.casefold() in words.casefold() for name in names)


def naming(names: list[str]) -> Any:
    """Bulletins, of whatever board, in whose text one of the names stands."""
    asked = Q()
    for name in names:
        asked |= Q(text__icontains=name)
    sources = SourceDocument.objects.filter(asked) if names else SourceDocument.objects.none()
    return Bulletin.objects.filter(source_document__in=sources).select_related("board")
