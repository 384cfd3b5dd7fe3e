"""Facts as the pages list them: rows of ``components/_summary_list.html``, and tags under who assigned them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from learning.models import Bulletin
from reviews.state import AssignedBy

UNKNOWN = ("not-stated", "withheld")
WITHHELD = "withheld: not shown here, whether or not it is known"


@dataclass(frozen=True)
class SummaryRow:
    term: str
    value: str
    url: str = ""
    note: str = ""
    is_absent: bool = False


def absent_row(term: str, note: str = "") -> SummaryRow:
    return SummaryRow(term, "not stated", note=note, is_absent=True)


def choice_row(term: str, value: str, display: str) -> SummaryRow:
    """What is not stated and what is withheld is spelt out as absent."""
    if value not in UNKNOWN:
        return SummaryRow(term, display)
    return SummaryRow(term, WITHHELD if value == "withheld" else display.lower(), is_absent=True)


def bulletin_row(bulletin: Bulletin) -> SummaryRow:
    """A bulletin under its title, with its board and its date as printed."""
    note = ", ".join(filter(None, [bulletin.board.public_name, bulletin.dated]))
    return SummaryRow("Bulletin", bulletin.display_title, url=bulletin.get_absolute_url(), note=note)


def tags_by(tags: Iterable[Any], labels: dict[AssignedBy, str]) -> list[dict[str, Any]]:
    """The tags under the label of who assigned them; who assigned none is left out."""
    assigned = list(tags)
    groups = [
        {"label": label, "tags": [tag for tag in assigned if tag.assigned_by == by]} for by, label in labels.items()
    ]
    return [group for group in groups if group["tags"]]
