"""What looks odd in a draft and may well be right: a person is asked once, and the answer is kept with its reason.

Two of these are about the source (a list that skips a number, a last statement that breaks off). They are warnings.
The third stands in the way of publication: a review whose text speaks of a sexual offence, and no child of it is marked
with lifelong anonymity, which victims of such offences have by law (Sexual Offences (Amendment) Act 1992).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from learning.models import Bulletin, Statement
from reviews.models import Child, Review

SEXUAL_OFFENCE = re.compile(
    r"\bsexual(?:ly|i[sz]ed)?[\s-]+(?:abus|exploit|assault|offen[cds]|violen|touch|activit|harm|intercourse|image|act)"
    r"|\b(?:rape[ds]?|raping|rapist|incest|indecen(?:t|cy)|grooming|groomed)\b|\b(?-i:CSE)\b",
    re.I,
)
LOST, BREAKS_OFF, ANONYMOUS, SO = "lost", "breaks-off", "anonymous", "so"
_NUMBER = re.compile(r"\d{1,3}")
_OPEN_END = re.compile(r"\b(?:a|an|and|as|at|by|for|from|in|of|on|or|that|the|their|to|which|who|with)$|[,;:–-]$", re.I)
_STOP = re.compile(r"[.!?][\"'”’)\]]*$")


@dataclass(frozen=True)
class DraftWarning:
    """One question. ``answer`` is what the record would say where the warning is right, ``label`` that as a button."""

    key: str
    text: str
    anchor: str
    answer: str = ""
    label: str = ""
    blocks: bool = False
    children: list[Child] = field(default_factory=list)
    review: Review | None = None


def open_warnings(bulletin: Bulletin) -> list[DraftWarning]:
    """The questions about a draft that nobody has answered. The bulletin comes with its checking data."""
    if not hasattr(bulletin, "source_document"):
        return []
    acknowledged = {warning.key for warning in bulletin.acknowledged_warnings.all()}
    warnings = [*_anonymity(bulletin), *_skips(bulletin), *_breaks_off(bulletin)]
    return [warning for warning in warnings if warning.key not in acknowledged]


# --- a list that skips a number --------------------------------------------------------------------------------------


def _skips(bulletin: Bulletin) -> Iterator[DraftWarning]:
    lists: dict[tuple[Any, ...], list[Statement]] = defaultdict(list)
    for statement in sorted(bulletin.statements.all(), key=lambda statement: (statement.position, statement.pk)):
        lists[statement.kind, statement.review_id, statement.parent_id].append(statement)
    for statements in lists.values():
        yield from _skips_of(statements)


def _skips_of(statements: list[Statement]) -> Iterator[DraftWarning]:
    """Where printed numbers leave some out that no statement between them has lost."""
    last, between = 0, []
    for statement in statements:
        number = _NUMBER.match(statement.number) if "." not in statement.number else None  # "5.1" counts its section
        if number is None:
            between.append(statement)
            continue
        last = 0 if int(number[0]) < last else last  # another list of the same kind begins
        missing = int(number[0]) - last - 1
        lost = [other for other in between if other.number_status == Statement.NumberStatus.LOST]
        bare = [other for other in between if other.number_status == Statement.NumberStatus.NONE]
        if missing > len(lost):
            yield _skip(statement, last, bare if len(bare) + len(lost) == missing else [])
        last, between = int(number[0]), []


def _skip(statement: Statement, last: int, bare: list[Statement]) -> DraftWarning:
    number, key, anchor = statement.number, f"skips-{statement.pk}", f"statement-{statement.pk}"
    goes = f"The printed numbers go from {last} to {number}" if last else f"The list begins with {number}"
    if bare:
        words = "the one before it has no number" if len(bare) == 1 else f"the {len(bare)} before it have no number"
        question = f"{goes}, and {words}. Was it lost in the source?"
        return DraftWarning(key, question, anchor, LOST, "Lost in the source")
    return DraftWarning(key, f"{goes}. Was something left out?", anchor)


# --- the last statement ----------------------------------------------------------------------------------------------


def _breaks_off(bulletin: Bulletin) -> Iterator[DraftWarning]:
    """A statement that is the last thing in the document, and ends like nothing that is whole."""
    text = bulletin.source_document.text
    statements = list(bulletin.statements.all())
    last = max(statements, key=lambda statement: statement.end, default=None)
    if last is None or last.breaks_off or any(letter.isalnum() for letter in text[last.end :]):
        return
    words = text[last.start : last.end].rstrip()
    alike = [other for other in statements if other.kind == last.kind and other != last]
    others = [text[other.start : other.end].rstrip() for other in alike]
    stopped = sum(bool(_STOP.search(other)) for other in others)
    if _OPEN_END.search(words) or (not _STOP.search(words) and stopped > len(others) / 2):
        question = f"{last} is the last in the document and does not end like a sentence. Does it break off?"
        yield DraftWarning(f"breaks-off-{last.pk}", question, f"statement-{last.pk}", BREAKS_OFF, "It breaks off")


# --- lifelong anonymity ----------------------------------------------------------------------------------------------


def _anonymity(bulletin: Bulletin) -> Iterator[DraftWarning]:
    reviews = [review for review in bulletin.reviews.all() if review.state in {"draft", "ready"}]
    spoken = _speaks_of(bulletin) if reviews else set()
    for review in reviews:
        children = list(review.children.all())
        if review.pk in spoken and not any(child.has_lifelong_anonymity for child in children):
            question = (
                f"The text of {review} mentions a sexual offence, and no child is marked with lifelong anonymity. "
                "Mark the victim, or say why no child of this review is one."
            )
            anchor = f"review-{review.pk}"
            yield DraftWarning(f"anonymity-{review.pk}", question, anchor, ANONYMOUS, "", True, children, review)


def _speaks_of(bulletin: Bulletin) -> set[int]:
    """The reviews whose text speaks of a sexual offence.

    The text of the only review is all of it. Of several, a block is of those that it names, else of those named last;
    before any is named it may be about each.
    """
    reviews = list(bulletin.reviews.all())
    source = bulletin.source_document
    if len(reviews) == 1:
        return {reviews[0].pk} if SEXUAL_OFFENCE.search(source.text) else set()
    names = {review.pk: _named(review) for review in reviews}
    current: set[int] = set()
    spoken: set[int] = set()
    for block in source.blocks:
        words = source.text[block["start"] : block["end"]]
        current = {key for key, name in names.items() if name.search(words)} or current
        if SEXUAL_OFFENCE.search(words):
            spoken = spoken | (current or set(names))
    return spoken | {
        statement.review_id
        for statement in bulletin.statements.all()
        if statement.review_id and SEXUAL_OFFENCE.search(statement.text)
    }


def _named(review: Review) -> re.Pattern[str]:
    names = [review.label, *(alias.name for alias in review.aliases.all())]
    names += [child.pseudonym for child in review.children.all()]
    wordings = [r"\s+".join(map(re.escape, name.split())) for name in names if name.strip()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(wordings)})(?!\w)" if wordings else r"(?!)")
