"""Facts as the pages list them: rows of ``components/_summary_list.html``, and tags under who assigned them."""

from collections.abc import Iterable
from typing import Any

from learning.models import Bulletin
from reviews.state import AssignedBy

UNTOLD = ("not-stated", "withheld")
Row = dict[str, Any]


def row(term: str, value: str, *, url: str = "", note: str = "", is_absent: bool = False) -> Row:
    return {"term": term, "value": value, "url": url, "note": note, "absent": is_absent}


def absent(term: str, note: str = "") -> Row:
    return row(term, "not stated", is_absent=True, note=note)


def told(term: str, value: str, display: str) -> Row:
    """A row for a choice: what is not stated and what is withheld is spelt out as absent."""
    return row(term, display.lower(), is_absent=True) if value in UNTOLD else row(term, display)


def bulletin_row(bulletin: Bulletin) -> Row:
    """A bulletin under its title, with its board and its date as printed."""
    note = ", ".join(filter(None, [bulletin.board.public_name, bulletin.dated]))
    return row("Bulletin", bulletin.title, url=bulletin.get_absolute_url(), note=note)


def tags_by(tags: Iterable[Any], labels: dict[AssignedBy, str]) -> list[dict[str, Any]]:
    """The tags under the label of who assigned them; who assigned none is left out."""
    assigned = list(tags)
    groups = [
        {"label": label, "tags": [tag for tag in assigned if tag.assigned_by == by]} for by, label in labels.items()
    ]
    return [group for group in groups if group["tags"]]
