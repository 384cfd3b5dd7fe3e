"""The tags of a statement as its card shows them: what is on, what is offered, and why the reader suggested each."""

from dataclasses import dataclass, field, replace
from typing import Any

from learning.intake.drafts.suggestions import reason_of
from learning.intake.models import Suggestion
from learning.models import Statement
from reviews.state import AssignedBy

Sort = Suggestion.Sort
Key = tuple[str, Any]


@dataclass(frozen=True)
class Tagged:
    """A theme, an agency or an addressee; with ``suggestion`` (a key) and ``reason`` where the reader suggested it."""

    name: str
    sort: str
    is_curators: bool = False
    suggestion: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Shown:
    """``on`` is what the statement has, ``offers`` what it might have."""

    on: list[Tagged] = field(default_factory=list)
    offers: list[Tagged] = field(default_factory=list)

    @property
    def has_theme(self) -> bool:
        return any(tag.sort == Sort.THEME for tag in self.on)


def tagged(statement: Statement, text: str) -> Shown:
    """Takes no query where tags and suggestions are prefetched. ``text`` is the raw text."""
    suggestions = {_key(suggestion, text): suggestion for suggestion in statement.suggestions.all()}
    on = _on(statement)
    offers = [
        _with_reason(Tagged(_name(suggestion, text), suggestion.sort), suggestion, text)
        for key, suggestion in suggestions.items()
        if key not in on and suggestion.decision == Suggestion.Decision.OPEN
    ]
    return Shown([_with_reason(tag, suggestions.get(key), text) for key, tag in on.items()], offers)


def _on(statement: Statement) -> dict[Key, Tagged]:
    on: dict[Key, Tagged] = {}
    for theme in statement.theme_tags.all():
        on[Sort.THEME, theme.theme_id] = Tagged(theme.theme.name, Sort.THEME, theme.assigned_by == AssignedBy.CURATOR)
    for agency in statement.agency_tags.all():
        on[Sort.AGENCY, agency.agency_id] = Tagged(agency.agency.name, Sort.AGENCY)
    for addressee in statement.addressees.all():
        on[Sort.ADDRESSEE, addressee.as_printed] = Tagged(addressee.as_printed, Sort.ADDRESSEE)
    return on


def _key(suggestion: Suggestion, text: str) -> Key:
    if suggestion.sort == Sort.ADDRESSEE:
        return suggestion.sort, _name(suggestion, text)
    return suggestion.sort, suggestion.theme_id or suggestion.agency_id


def _name(suggestion: Suggestion, text: str) -> str:
    if suggestion.sort == Sort.ADDRESSEE:
        return " ".join(text[suggestion.start : suggestion.end].split())[:200]
    return suggestion.theme.name if suggestion.theme else suggestion.agency.name if suggestion.agency else ""


def _with_reason(tag: Tagged, suggestion: Suggestion | None, text: str) -> Tagged:
    return replace(tag, suggestion=suggestion.pk, reason=reason_of(suggestion, text)) if suggestion else tag
