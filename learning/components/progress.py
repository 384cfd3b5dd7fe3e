"""What became of a recommendation or an action, as a page shows it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.template.defaultfilters import date as format_date

from learning.models import Bulletin, Progress, Statement

FORMATS = {"day": "j F Y", "month": "F Y", "year": "Y", "": ""}


def with_progress() -> "Prefetch[Any]":
    """The entries whose words the public may read."""
    return Prefetch("progress", Progress.objects.published().select_related("source_bulletin"))


def progress_entries(statement: Statement) -> list[dict[str, Any]]:
    """The entries of a statement that was fetched ``with_progress()``, for ``components/_progress.html``."""
    return [entry(progress, statement) for progress in statement.progress.all()]


def progress_sources(statements: Iterable[Statement]) -> list[Bulletin]:
    """The bulletins that the entries of such statements name as their sources."""
    entries = [progress for statement in statements for progress in statement.progress.all()]
    return [progress.source_bulletin for progress in entries if progress.source_bulletin is not None]


def entry(progress: Progress, statement: Statement) -> dict[str, Any]:
    source = progress.source_bulletin
    if source is None:
        title, url = f"{progress.source_title} {progress.source_address}".strip(), ""
    elif source.pk == statement.bulletin_id:
        title, url = "From the bulletin itself", source.get_absolute_url()
    else:
        title, url = source.title, source.get_absolute_url()
    return {
        "status": progress.status,
        "status_label": progress.get_status_display(),
        "date_text": format_date(progress.reported_on, FORMATS[progress.reported_precision]),
        "text": f"“{progress.as_printed}”",
        "source": title,
        "source_url": url,
    }
