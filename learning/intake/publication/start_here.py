"""Which statements the page of a theme puts first, and why: our own words, public as soon as they are stored.

They change nothing that a bulletin says, so no second person is needed; but whatever becomes public at once is a
publisher's to store, as with links that somebody has looked at.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from learning.intake.editing.checks import validate
from learning.intake.editing.edits import delete, save
from learning.intake.editing.errors import Change, EditConflict, EditRejected
from learning.intake.editing.permissions import PUBLISH, need
from learning.intake.editing.redacted_words import refuse_redacted
from learning.models import MOST_TO_START_WITH, StartHere, Statement, StatementTheme
from learning.models.public_text import squash
from reviews.models import ReviewTheme, Theme
from reviews.vocabulary import Tree

Choice = tuple[Statement, str]  # with the reason
DONE = {"+": "chose", "~": "changed", "-": "removed"}


def version_of(theme: Theme) -> int:
    """What a page was made from: the last entry in the history of the theme's choices."""
    return StartHere.history.filter(theme_id=theme.pk).aggregate(last=Max("history_id"))["last"] or 0


def chosen_for(theme: Theme) -> list[StartHere]:
    return list(
        theme.start_here.select_related(
            "statement__bulletin__board", "statement__review__board", "statement__child"
        ).order_by("position")
    )


def may_be_chosen(theme: Theme) -> QuerySet[Statement]:
    """The visible statements that are about a theme or one below it, or of a review about it."""
    ids = Tree(Theme.objects.all()).ids(theme)
    about_it = StatementTheme.objects.filter(statement=OuterRef("pk"), theme__in=ids)
    of_review = ReviewTheme.objects.filter(review=OuterRef("review"), theme__in=ids)
    return Statement.objects.published().filter(Q(Exists(about_it)) | Q(Exists(of_review)))


def choose(user: Any, theme: Theme, version: int, statement: Statement, position: int, reason: str) -> None:
    """Put a statement at a position, or change its position or reason. Those behind it move on."""
    submitted = {"position": position, "reason": reason}
    with _changing(user, theme, version, submitted) as before:
        others = [(one.statement, one.reason) for one in before if one.statement_id != statement.pk]
        if len(others) >= MOST_TO_START_WITH:
            text = f"{MOST_TO_START_WITH} statements have already been chosen. Remove one of them first."
            raise EditRejected(text, submitted=submitted)
        if not may_be_chosen(theme).filter(pk=statement.pk).exists():
            text = "It is not public, or neither it nor its review is about this theme."
            raise EditRejected(text, submitted=submitted)
        refuse_redacted(statement.bulletin, {"reason": reason})
        after = [*others[: position - 1], (statement, squash(reason)), *others[position - 1 :]]
        _store(user, theme, before, after, "Chosen at the desk")


def remove(user: Any, theme: Theme, version: int, statement: Statement, why: str) -> None:
    """Take a statement from the page's beginning. Those behind it move up."""
    submitted = {"reason": why}
    with _changing(user, theme, version, submitted) as before:
        if not squash(why):
            raise EditRejected("Say why you are removing it.", submitted=submitted)
        refuse_redacted(statement.bulletin, submitted)
        after = [(one.statement, one.reason) for one in before if one.statement_id != statement.pk]
        _store(user, theme, before, after, f"Removed: {squash(why)}")


@contextmanager
def _changing(user: Any, theme: Theme, version: int, submitted: dict[str, Any]) -> Iterator[list[StartHere]]:
    """One change in one transaction, with the choices as they are now. Others' changes since are a conflict."""
    need(user, PUBLISH)
    with transaction.atomic():
        Theme.objects.select_for_update().get(pk=theme.pk)
        since = StartHere.history.filter(theme_id=theme.pk, history_id__gt=version).exclude(history_user=user)
        if changes := [_change(row) for row in since.select_related("history_user").order_by("history_id")]:
            raise EditConflict(changes, submitted)
        yield chosen_for(theme)


def _change(row: Any) -> Change:
    who = row.history_user.get_username() if row.history_user else "somebody"
    return Change(who, row.history_date, f"{DONE[row.history_type]} number {row.position}")


def _store(user: Any, theme: Theme, before: Iterable[StartHere], after: list[Choice], why: str) -> None:
    """A choice that moves is deleted and made again, because no two may stand at the same position meanwhile."""
    stays = {}
    for one in before:
        if one.position <= len(after) and after[one.position - 1][0].pk == one.statement_id:
            stays[one.position] = one
        else:
            delete(one, user, why)
    for position, (statement, reason) in enumerate(after, 1):
        choice = stays.get(position) or StartHere(theme=theme, statement=statement, position=position)
        if choice.reason != reason:
            choice.reason = reason
            validate(choice, "", {"reason": reason})
            save(choice, user, why)
