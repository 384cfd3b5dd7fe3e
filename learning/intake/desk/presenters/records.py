"""A record as the pages for administrators show it."""

from typing import Any

from django.urls import reverse

from learning.catalogue.visibility import visible_boards
from reviews.models import Board


def entry(record: Any) -> dict[str, Any]:
    """A record as the list shows it, by its real name: whoever may merge may see it."""
    is_board = isinstance(record, Board)
    return {
        "name": str(record),
        "url": record_url(record),
        "board": "" if is_board else record.board.told_name,
        "state": "" if is_board else record.state,
        "state_label": ("Withheld" if record.is_withheld else "") if is_board else record.get_state_display(),
        "address": record.get_absolute_url(),
    }


def record_url(record: Any, name: str = "record") -> str:
    """The page of a record for administrators, or the one on which it is moved ("rename", "merge", "withhold")."""
    return reverse(f"desk_{name}_{type(record).__name__.lower()}", args=[record.pk])


def is_public(record: Any) -> bool:
    """Whether its address answers: a board has no state, and is there as soon as something of it is."""
    if isinstance(record, Board):
        return visible_boards().filter(pk=record.pk).exists()
    return type(record).objects.published().filter(pk=record.pk).exists()  # type: ignore[no-any-return]
