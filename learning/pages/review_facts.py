"""The facts of a case as a review's page tells them: of the review itself and of its anonymised children."""

from typing import Any

from learning.components.progress import status_by
from learning.components.summary_list import UNKNOWN, SummaryRow, absent_row, bulletin_row, choice_row
from learning.components.wording import counted
from learning.models import Bulletin, ResponseCheck
from reviews.models import Board, ChildCareStatus, Review, ReviewAlias
from reviews.state import AssignedBy

ANONYMITY = (
    "By law, anybody who is said to be the victim of a sexual offence stays anonymous for life, whatever was proved. "
    "Age, ethnicity, placement and year are therefore withheld, and this page is kept out of search engines."
)

# --- the review -------------------------------------------------------------------------------------------------


def review_rows(review: Review, aliases: list[ReviewAlias], bulletins: list[Bulletin]) -> list[SummaryRow]:
    """Type, nature, state of the report, boards, other names and bulletins of a review that came with its boards."""
    return [
        choice_row("Type", review.type, review.get_type_display()),
        choice_row("What happened", review.nature, review.get_nature_display()),
        report_row(review),
        *board_rows(review),
        *alias_rows(aliases),
        *[bulletin_row(bulletin) for bulletin in bulletins],
    ]


def report_row(review: Review) -> SummaryRow:
    """Whether the full report is published, as at the date of the bulletin that says so, with its words."""
    printed = f"“{review.report_state_as_printed}”" if review.report_state_as_printed else ""
    state = review.get_report_state_display()
    if review.report_state == Review.ReportState.NOT_STATED:
        return absent_row("Full report", printed)
    if review.report_state_as_at:
        state += f", as at {review.report_state_as_at}"
    return SummaryRow("Full report", state, note=printed)


def board_rows(review: Review) -> list[SummaryRow]:
    """The commissioning and the reporting board; one row where they are the same."""
    commissioning, reporting = review.commissioning_board, review.reporting_board
    if commissioning == reporting and commissioning is not None:
        return [board_row("Board", commissioning)]
    rows = []
    if commissioning is not None:
        rows.append(board_row("Commissioned by", commissioning))
    elif review.commissioned_by_as_printed:
        rows.append(
            SummaryRow(
                "Commissioned by", f"“{review.commissioned_by_as_printed}”", note="As printed. The board is not named."
            )
        )
    else:
        rows.append(absent_row("Commissioned by"))
    if reporting is not None:
        rows.append(board_row("Reported by", reporting))
    return rows


def board_row(term: str, board: Board) -> SummaryRow:
    return SummaryRow(term, board.public_name, url=board.get_absolute_url(), note=board.identification)


def alias_rows(aliases: list[ReviewAlias]) -> list[SummaryRow]:
    if not aliases:
        return []
    ours = [alias.name for alias in aliases if alias.assigned_by == AssignedBy.CURATOR]
    note = f"{', '.join(ours)}: name given by the editors." if ours else ""
    return [SummaryRow("Also called", ", ".join(alias.name for alias in aliases), note=note)]


def labels(review: Review, children: list[Any]) -> list[str]:
    """What can be taken in at a glance: what happened, and of one child the bands and broad groups that are told."""
    told = [(review.nature, review.get_nature_display())]
    if len(children) == 1:
        child = children[0]
        told += [(child.age_band, child.get_age_band_display()), (child.sex, child.get_sex_display())]
        told += [
            (each.status, each.get_status_display())
            for each in child.told_statuses
            if each.when == ChildCareStatus.When.INCIDENT
        ]
    told.append((review.type, review.get_type_display()))
    return list(dict.fromkeys(label for value, label in told if value not in UNKNOWN))


def in_short(review: Review, children: list[Any]) -> str:
    """The case in one line, for who does not unfold it."""
    facts = child_rows(children[0])[1:] if len(children) == 1 else []
    stated = [row.value for row in facts if not row.is_absent]
    untold = len(facts) - len(stated)
    happened = "What happened is not stated" if review.nature in UNKNOWN else review.get_nature_display()
    text = ", ".join([happened, *stated]) + "."
    return f"{text} {counted(untold, 'fact', 'facts')} not stated or withheld." if untold else text


def gathered(rows: list[SummaryRow]) -> list[SummaryRow]:
    """The rows with something to tell; those without are named in one row for each reason."""
    told = [row for row in rows if not row.is_absent or row.note]
    untold: dict[str, list[str]] = {}
    for row in rows:
        if row.is_absent and not row.note:
            untold.setdefault(row.value.capitalize(), []).append(row.term)
    return [*told, *[SummaryRow(reason, "; ".join(terms), is_absent=True) for reason, terms in untold.items()]]


def response_rows(checks: list[ResponseCheck], bulletins: list[Bulletin]) -> list[SummaryRow]:
    """What is known of a response to the whole review, unless from a bulletin whose words may not be shown."""
    by_key = {bulletin.pk: bulletin for bulletin in bulletins if bulletin.rights != Bulletin.Rights.METADATA}
    known = [check for check in checks if check.bulletin_id in by_key]
    if not known:
        return []
    check = max(known, key=lambda each: each.rank)
    status = status_by(check, by_key[check.bulletin_id])
    return [SummaryRow("Response", status.text, note=" ".join(filter(None, [status.source, status.quotation])))]


# --- its children -----------------------------------------------------------------------------------------------


def child_rows(child: Any) -> list[SummaryRow]:
    """Of a child with its ``told_statuses``: bands and broad groups. What is not stated or withheld is spelt out."""
    statuses = child.told_statuses
    return [
        SummaryRow(
            "Described as",
            child.pseudonym,
            note="Several children, not described individually." if child.is_group else "",
        ),
        choice_row("Outcome", child.outcome, child.get_outcome_display()),
        choice_row("Age at the incident", child.age_band, child.get_age_band_display()),
        choice_row("Sex", child.sex, child.get_sex_display()),
        choice_row("Broad ethnic group", child.ethnicity, child.get_ethnicity_display()),
        care_row("Care status at the incident", ChildCareStatus.When.INCIDENT, statuses),
        care_row("Care status earlier", ChildCareStatus.When.EARLIER, statuses),
        choice_row("Placement", child.placement, child.get_placement_display()),
        choice_row("Category of the plan", child.plan_category, child.get_plan_category_display()),
        choice_row(
            "Year of the incident",
            child.incident_year_told,
            str(child.incident_year or child.get_incident_year_told_display()),
        ),
    ]


def care_row(term: str, when: str, statuses: list[ChildCareStatus]) -> SummaryRow:
    """The care statuses of one time. Only where nothing else is known are they untold."""
    of_then = [status for status in statuses if status.when == when]
    known = [status for status in of_then if status.status not in UNKNOWN]
    if not known:
        return choice_row(term, of_then[0].status, of_then[0].get_status_display()) if of_then else absent_row(term)
    return SummaryRow(term, "; ".join(care_status(status) for status in known))


def care_status(status: ChildCareStatus) -> str:
    basis = status.get_legal_basis_display()
    return f"{status.get_status_display()} ({basis})" if basis else status.get_status_display()


def children_table(children: list[Any]) -> dict[str, Any]:
    """Several children side by side, for ``components/_table.html``: a row for each fact, a column for each child."""
    columns = [child_rows(child) for child in children]
    names, *facts = zip(*columns, strict=True)
    headings = [{"label": "Detail"}, *[{"label": heading(name)} for name in names]]
    rows = [[{"text": cells[0].term}, *[{"text": cell.value} for cell in cells]] for cells in facts]
    return {"headings": headings, "rows": rows}


def heading(name: SummaryRow) -> str:
    return f"{name.value} (several children, not described individually)" if name.note else name.value
