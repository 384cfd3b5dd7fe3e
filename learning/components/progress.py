"""What became of a recommendation or an action, as a page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.defaultfilters import date as format_date

from learning.models import Bulletin, CurrentStatus, Progress, ResponseCheck, Statement
from learning.models.progress import FOLLOWED

FORMATS = {"day": "j F Y", "month": "F Y", "year": "Y", "": ""}
MARKS = {  # of a square: silence is dashed and empty, whatever is reported has an edge
    CurrentStatus.NOT_LOOKED_FOR: "silent",
    CurrentStatus.NONE_FOUND: "silent",
    CurrentStatus.RESPONSE_EXISTS: "open",
    CurrentStatus.REJECTED: "open",
    CurrentStatus.SUPERSEDED: "open",
    CurrentStatus.ACCEPTED: "half",
    CurrentStatus.IN_PRINCIPLE: "half",
    CurrentStatus.UNDER_WAY: "half",
    CurrentStatus.DONE: "full",
}
ITSELF = "From the bulletin itself"


@dataclass(frozen=True)
class Status:
    """The current status for ``components/_status.html``: ``date_text`` goes on after the label.

    ``source`` is who says so, or the title of a response; ``quotation`` are its words.
    """

    code: str
    date_text: str = ""
    source: str = ""
    source_url: str = ""
    quotation: str = ""

    @property
    def label(self) -> str:
        return str(CurrentStatus(self.code).label)

    @property
    def text(self) -> str:
        return f"{self.label} {self.date_text}".strip()

    @property
    def mark(self) -> str:
        return MARKS[CurrentStatus(self.code)]


def status_of(statement: Statement, progress: Iterable[Progress], checks: Iterable[ResponseCheck]) -> Status | None:
    """Its current status, from entries and checks that the public may know; None for kinds of which nothing becomes.

    The same order of what counts as in ``current_status()``, by which lists filter.
    """
    if statement.kind not in FOLLOWED:
        return None
    newest = max(progress, key=lambda entry: entry.rank, default=None)
    if newest is not None:
        source, url = source_of(newest, statement)
        when = reported(newest) or (statement.bulletin.dated if source == ITSELF else "")
        return Status(newest.status, f"({when})" if when else "", source, url, quoted(newest.as_printed))
    check = max((each for each in checks if each.is_about(statement)), key=lambda each: each.rank, default=None)
    return status_by(check, statement.bulletin) if check is not None else Status(CurrentStatus.NOT_LOOKED_FOR)


def status_by(check: ResponseCheck, bulletin: Bulletin) -> Status:
    day = on_day(check.looked_on)
    if check.result == ResponseCheck.Result.NONE_FOUND:
        return Status(check.result, f"on {day}")
    when = f"seen on {day}" if day else ", ".join(filter(None, ["named in the bulletin", bulletin.dated]))
    words = quoted(check.as_printed) if check.as_printed != check.title else ""
    return Status(check.result, f"({when})", f"{check.title} {check.address}".strip(), "", words)


def progress_entries(statement: Any) -> list[dict[str, Any]]:
    """The entries of a statement that was fetched for cards, for ``components/_progress.html``."""
    return [entry(progress, statement) for progress in statement.shown_progress]


def progress_sources(statements: Iterable[Any]) -> list[Bulletin]:
    """The bulletins that the entries of such statements name as their sources."""
    entries = [progress for statement in statements for progress in statement.shown_progress]
    return [progress.source_bulletin for progress in entries if progress.source_bulletin is not None]


def entry(progress: Progress, statement: Statement) -> dict[str, Any]:
    source, url = source_of(progress, statement)
    return {
        "status": progress.status,
        "status_label": progress.get_status_display(),
        "date_text": reported(progress),
        "text": quoted(progress.as_printed),
        "source": source,
        "source_url": url,
    }


def source_of(progress: Progress, statement: Statement) -> tuple[str, str]:
    """Who says so, and the address of its page, if it is a bulletin held here."""
    source = progress.source_bulletin
    if source is None:
        return f"{progress.source_title} {progress.source_address}".strip(), ""
    return ITSELF if source.pk == statement.bulletin_id else source.title, source.get_absolute_url()


def reported(progress: Progress) -> str:
    return str(format_date(progress.reported_on, FORMATS[progress.reported_precision]))


def on_day(day: date | None) -> str:
    return str(format_date(day, FORMATS["day"]))


def quoted(words: str) -> str:
    return f"“{words}”" if words else ""
