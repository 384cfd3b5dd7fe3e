"""The project's own system checks."""

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
        return []  # not migrated yet, which migrate reports
    if has_any and not unconfirmed:
        return []
    return [
        Warning(
            "Support lines that no administrator has confirmed: " + (", ".join(unconfirmed) or "none are loaded"),
            hint="Check the number and hours with each line, and enter the date in the admin under Support lines.",
            id="learning.W001",
        )
    ]


@register(Tags.database, deploy=True)
def writes_are_noticed(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Fails if a write would not raise the revision, because pages would then go on showing held records.

    Only for ``check --deploy``: ``migrate``, which repairs it, would not run if this check failed before it.
    """
    from learning.catalogue import triggers

    found: list[CheckMessage] = []
    for alias in databases or ():
        try:
            missing = triggers.missing(connections[alias])
        except DatabaseError:
            continue  # not migrated yet, which migrate reports
        if missing:
            told = f"Triggers missing or outdated in the database {alias}: {', '.join(missing)}"
            found.append(Error(told, hint=f"Run manage.py migrate --database {alias}.", id="learning.E001"))
    return found


@register(deploy=True)
def somebody_is_told(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warns if nobody is mailed when a reader reports something that identifies a person."""
    if settings.ADMINS:
        return []
    return [
        Warning(
            "Nobody is notified when a reader reports something that identifies a person.",
            hint="Set SCR_KB_ADMIN_EMAILS to the addresses of the administrators.",
            id="learning.W002",
        )
    ]


@register(deploy=True)
def families_can_ring(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warns if a child or a relative who cannot use the form has nobody to ring."""
    if settings.FAMILIES_PHONE:
        return []
    return [
        Warning(
            "The page for families gives no telephone number.",
            hint="Set SCR_KB_FAMILIES_PHONE to a number that somebody answers.",
            id="learning.W003",
        )
    ]
