"""System checks of the project's own."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections


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


@register(Tags.database, deploy=True)
def writes_are_noticed(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Errs where a write would not raise the revision: pages would go on showing what is held meanwhile.

    For ``check --deploy`` only, as ``migrate``, which mends it, would not run with an error.
    """
    from learning.catalogue import triggers

    found: list[CheckMessage] = []
    for alias in databases or ():
        try:
            missing = triggers.missing(connections[alias])
        except DatabaseError:
            continue  # not there yet; migrate says so
        if missing:
            told = f"Triggers that are missing or not as they should be in the database {alias}: {', '.join(missing)}"
            found.append(Error(told, hint=f"Run manage.py migrate --database {alias}.", id="learning.E001"))
    return found


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
