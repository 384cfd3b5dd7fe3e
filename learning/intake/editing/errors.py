"""How the desk says no: with every reason, and where each can be put right."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reason:
    """One reason. ``anchor`` is the place on the checking page of the draft ("statement-12", "finding-3",
    "passage-120-180", "review-4", "facts", "rights", "drafts"); ``url_name`` and ``url_args`` lead elsewhere.
    """

    text: str
    anchor: str = ""
    url_name: str = ""
    url_args: tuple[Any, ...] = ()


class EditRejected(Exception):
    """What was asked for was not done, and nothing was changed. ``submitted`` is what the user had sent."""

    def __init__(self, *reasons: Reason | str, submitted: dict[str, Any] | None = None) -> None:
        self.reasons = [Reason(reason) if isinstance(reason, str) else reason for reason in reasons]
        self.submitted = submitted or {}
        super().__init__(" ".join(reason.text for reason in self.reasons))


@dataclass(frozen=True)
class Change:
    """What somebody else did to a draft in the meantime."""

    who: str
    when: Any
    what: str
    target: str = field(default="")


class EditConflict(EditRejected):
    """Somebody else changed the same thing first. ``changes`` says what; ``submitted`` is what was not stored."""

    def __init__(self, changes: Iterable[Change], submitted: dict[str, Any]) -> None:
        self.changes = list(changes)
        reasons = [Reason(f"{change.who} changed this while you did: {change.what}.") for change in self.changes]
        super().__init__(*reasons, submitted=submitted)
