"""Why a bulletin cannot be published yet: every reason, each with its place on the checking page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from learning.intake.drafts import duplicates
from learning.intake.drafts.make import UNKNOWN_BOARD
from learning.intake.drafts.unclaimed import Passage, unclaimed_in
from learning.intake.editing.errors import Reason
from learning.intake.editing.queries import with_checking_data
from learning.intake.models import Finding
from learning.intake.publication.warnings import DraftWarning, open_warnings
from learning.models import Bulletin, Statement
from learning.models.public_text import squash
from reviews.models import Child, Review
from reviews.state import State

_FIRST = 6  # words
_SENTENCES = re.compile(r"[.!?](?=\s|$)")


def publish_blockers(bulletin: Bulletin) -> list[Reason]:
    """All reasons, in the order in which they are best dealt with. An empty list: it may be published."""
    return blockers_of(with_checking_data(Bulletin.objects.filter(pk=bulletin.pk)))[bulletin.pk]


def blockers_of(bulletins: list[Bulletin]) -> dict[int, list[Reason]]:
    """The same of several bulletins, which come with their checking data, by their keys."""
    return {
        bulletin.pk: blockers_in(bulletin, checks)
        for bulletin, checks in zip(bulletins, checks_of(bulletins), strict=True)
    }


@dataclass(frozen=True)
class Checks:
    """What takes a while to find out about a bulletin: its page shows it, and some of it blocks publication."""

    likenesses: list[duplicates.Likeness]
    unclaimed: list[Passage]
    warnings: list[DraftWarning]


def checks_of(bulletins: list[Bulletin]) -> list[Checks]:
    """Of each of the bulletins, which come with their checking data."""
    likenesses = duplicates.of_bulletins(bulletins)
    return [
        Checks(
            likenesses[bulletin.pk],
            unclaimed_in(bulletin) if hasattr(bulletin, "source_document") else [],
            open_warnings(bulletin),
        )
        for bulletin in bulletins
    ]


def blockers_in(bulletin: Bulletin, checks: Checks) -> list[Reason]:
    return [
        *_facts(bulletin),
        *undecided(bulletin),
        *_text(bulletin, checks.unclaimed),
        *_statements(bulletin),
        *_duplicates(checks.likenesses),
        *(reason for review in bulletin.reviews.all() for reason in _review(review)),
        *_warnings(checks.warnings),
    ]


def undecided(bulletin: Bulletin) -> list[Reason]:
    """Findings of the guard that nobody has decided. With one of these nothing is published, whatever it was before."""
    return [
        Reason(f"{finding.get_kind_display()}: nobody has decided yet.", f"finding-{finding.pk}")
        for finding in bulletin.findings.all()
        if finding.decision == Finding.Decision.UNDECIDED
    ]


def _facts(bulletin: Bulletin) -> Iterator[Reason]:
    if bulletin.board.slug == UNKNOWN_BOARD:
        yield Reason("Choose the board that published it.", "facts")
    else:
        homeless = [review for review in bulletin.reviews.all() if review.board.slug == UNKNOWN_BOARD]
        yield from (Reason(f"{review}: choose its board.", f"review-{review.pk}") for review in homeless)
    if not bulletin.title.strip():
        yield Reason("It has no title.", "facts")
    if not bulletin.rights_basis.strip():
        yield Reason("Say how much of it we may show, and why.", "rights")


def _text(bulletin: Bulletin, unclaimed: list[Passage]) -> Iterator[Reason]:
    if not hasattr(bulletin, "source_document"):
        yield Reason("It has no text.")
        return
    for passage in unclaimed:
        anchor = f"passage-{passage.start}-{passage.end}"
        yield Reason("A passage in a learning section has not been made a statement or left out.", anchor)


def _statements(bulletin: Bulletin) -> Iterator[Reason]:
    public = bulletin.public_text.text if hasattr(bulletin, "public_text") else ""
    for statement in bulletin.statements.all():
        anchor = f"statement-{statement.pk}"
        if not statement.theme_tags.all() and statement.kind != Statement.Kind.FACT:  # a figure may be about none
            yield Reason(f"{_named(statement)} has no theme.", anchor)
        if squash(public[statement.public_start : statement.public_end]) != statement.text:
            yield Reason(f"{_named(statement)} is not at its passage. Set its passage again.", anchor)


def _named(statement: Statement) -> str:
    """By its first words too, as the public reads them: many have no number."""
    words = statement.text.split()
    return f"{statement}, “{' '.join(words[:_FIRST])}{' …' if len(words) > _FIRST else ''}”,"


def _duplicates(likenesses: list[duplicates.Likeness]) -> Iterator[Reason]:
    for like in likenesses:
        if like.kind != "review-elsewhere":
            yield Reason(f"{like.why} Say whether it is the same one.", "duplicates")


def _warnings(warnings: list[DraftWarning]) -> Iterator[Reason]:
    """Only whether a child must stay anonymous for life: the others may stay open."""
    for warning in warnings:
        if warning.blocks:
            yield Reason(warning.text, f"warning-{warning.key}")


def _review(review: Review) -> Iterator[Reason]:
    anchor = f"review-{review.pk}"
    if review.has_active_proceedings:
        yield Reason(f"{review}: proceedings are under way. It must be held until they end.", anchor)
    elif review.state in {State.HELD, State.WITHDRAWN}:
        yield Reason(f"{review} is {review.get_state_display().lower()}.", anchor)
    if review.state not in {State.DRAFT, State.READY}:
        return
    if not review.label.strip() or "[" in review.label:
        yield Reason("A review has no label that can be shown. Write one, for instance “Child A”.", anchor)
    if len(_SENTENCES.findall(review.summary)) < 2:
        yield Reason(f"{review}: the summary needs two sentences in our own words.", anchor)
    for child in review.children.all():
        yield from _child(child)


def _child(child: Child) -> Iterator[Reason]:
    anchor = f"child-{child.pk}"
    if "[" in child.pseudonym:
        yield Reason("A child has no pseudonym that can be shown.", anchor)
    withheld = (child.age_band, child.ethnicity, child.placement, child.incident_year_told)
    if child.has_lifelong_anonymity and set(withheld) != {"withheld"}:
        yield Reason(f"{child}: age, ethnicity, placement and year must be withheld.", anchor)
