"""What every edit checks before it stores anything."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from learning.intake.editing.errors import EditRejected, Reason


def refuse_unknown(changes: dict[str, Any], known: set[str]) -> None:
    if unknown := sorted(set(changes) - known):
        raise EditRejected(Reason(f"These cannot be changed here: {', '.join(unknown)}."), submitted=changes)


def listed(changes: Iterable[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in sorted(changes))


def validate(record: Any, anchor: str, submitted: dict[str, Any]) -> None:
    """Everything that the record's own rules say, each as a reason."""
    try:
        record.full_clean(validate_unique=True)
    except ValidationError as error:
        raise EditRejected(*(Reason(message, anchor) for message in error.messages), submitted=submitted) from error
