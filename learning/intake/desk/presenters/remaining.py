"""What stands between a draft and publication, in few words, and the one thing to do next."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from learning.intake.desk.presenters.refusals import linked, url_of
from learning.intake.editing.edits import draft_of
from learning.intake.editing.errors import Reason
from learning.intake.editing.permissions import PUBLISH
from learning.intake.models import Draft
from learning.intake.publication.blockers import publish_blockers
from learning.intake.publication.workflow import may_publish
from learning.models import Bulletin
from reviews.state import State

# The beginning of a place, and how what is missing there is called: one of it, and several.
SORTS = [
    ("finding-", "identifier to decide", "identifiers to decide"),
    ("passage-", "passage to decide", "passages to decide"),
    ("statement-", "statement to finish", "statements to finish"),
    ("duplicates", "possible duplicate", "possible duplicates"),
    ("facts", "fact missing", "facts missing"),
    ("rights", "question of rights", "questions of rights"),
    ("review-", "review to finish", "reviews to finish"),
    ("child-", "child to finish", "children to finish"),
    ("warning-", "question of lifelong anonymity", "questions of lifelong anonymity"),
]


@dataclass(frozen=True)
class Group:
    text: str
    url: str


@dataclass(frozen=True)
class Remaining:
    """``action`` is the one next thing: a link, or where ``is_post`` a button that does it."""

    groups: list[Group]
    reasons: list[dict[str, str]]
    action: str = ""
    url: str = ""
    is_post: bool = False
    note: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        return not self.reasons


def remaining_of(
    bulletin: Bulletin, user: Any = None, reasons: list[Reason] | None = None, draft: Draft | None = None
) -> Remaining:
    """For a person also the next action; without one only what is missing. Reasons and draft where they are known."""
    if bulletin.state not in {State.DRAFT, State.READY}:
        publishing = reverse("desk_publishing", args=[bulletin.pk])
        return Remaining(
            [], [], "Hold, withdraw or correct", publishing, note=f"It is {bulletin.get_state_display().lower()}."
        )
    reasons = publish_blockers(bulletin) if reasons is None else reasons
    groups = groups_of(reasons, bulletin)
    return Remaining(groups, linked(reasons, bulletin), **next_action(bulletin, user, groups, draft))


def groups_of(reasons: list[Reason], bulletin: Bulletin) -> list[Group]:
    groups = []
    for start, singular, plural in SORTS:
        lacking = [reason for reason in reasons if reason.anchor.startswith(start)]
        if lacking:
            if lack_themes(lacking):
                singular, plural = "statement without theme", "statements without theme"
            words = f"1 {singular}" if len(lacking) == 1 else f"{len(lacking)} {plural}"
            url = reverse("desk_retag", args=[bulletin.pk]) if len(lacking) > 1 and lack_themes(lacking) else ""
            groups.append(Group(words, url or url_of(lacking[0], bulletin)))
    others = [reason for reason in reasons if not reason.anchor.startswith(tuple(start for start, *_ in SORTS))]
    return groups + [Group(reason.text, url_of(reason, bulletin)) for reason in others]


def lack_themes(reasons: list[Reason]) -> bool:
    """Whether themes are all that is missing: of several statements, one page is then the shorter way."""
    return all(reason.text.endswith("has no theme.") for reason in reasons)


def next_action(bulletin: Bulletin, user: Any, groups: list[Group], draft: Draft | None) -> dict[str, Any]:
    if user is None:
        return {}
    publishing = reverse("desk_publishing", args=[bulletin.pk])
    if groups:
        return {"action": "Go to the next thing to do", "url": groups[0].url or publishing}
    if bulletin.state == State.DRAFT:
        submit = reverse("desk_submit", args=[bulletin.pk])
        return {"action": "Hand over for checking", "url": submit, "is_post": True, "note": "Nothing is left to do."}
    draft = draft or draft_of(bulletin)
    why_not = may_publish(user, draft)
    if why_not is None:
        return {
            "fields": {"version": str(draft.version)},
            "action": "Publish",
            "url": reverse("desk_publish", args=[bulletin.pk]),
            "is_post": True,
            "note": "Nothing is left to do.",
        }
    note = "It is waiting for a second person." if user.has_perm(PUBLISH) else "It is waiting for a publisher."
    return {"action": "See what happens next", "url": publishing, "note": note}
