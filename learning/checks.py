"""System checks of the project's own."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError


@register(Tags.database, deploy=True)
def support_lines_are_confirmed(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Warns until an administrator has confirmed the number and hours of every support line."""
    from learning.models import SupportLine

    try:
        unconfirmed = list(SupportLine.objects.filter(checked_on__isnull=True).values_list("name", flat=True))
        has_any = bool(unconfirmed) or SupportLine.objects.exists()
    except DatabaseError:
        return []  # not migrated yet; migrate says so
    if has_any and not unconfirmed:
        return []
    return [
        Warning(
            "Support lines that no administrator has confirmed: " + (", ".join(unconfirmed) or "none is loaded"),
            hint="Check number and hours with each line and enter the date in the admin under Support lines.",
            id="learning.W001",
        )
    ]


@register(deploy=True)
def somebody_is_told(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warns where nobody is mailed when a reader reports something that identifies a person."""
    if settings.ADMINS:
        return []
    return [
        Warning(
            "Nobody is told when a reader reports something that identifies a person.",
            hint="Put the addresses of the administrators into SCR_KB_ADMIN_EMAILS.",
            id="learning.W002",
        )
    ]
