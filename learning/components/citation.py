"""How to cite a bulletin or one of its statements. The only place where an author is named."""

from django.template.defaultfilters import date as format_date

from learning.models import Bulletin, Statement

SITE = "Case review knowledge base"


def cite_bulletin(bulletin: Bulletin, url: str) -> str:
    """ "Sample Board, “Learning from Child Z”, July 2015. Case review knowledge base, https://…/bulletins/…/"."""
    return f"{source(bulletin)}. {SITE}, {url}"


def cite_statement(statement: Statement, url: str) -> str:
    """Board, title, date as printed, kind and number, review; then our address and the version of the record.

    ``statement`` comes with its bulletin, its review and their boards.
    """
    place = f"{statement.get_kind_display().lower()} {statement.number}".strip()
    if statement.review is not None:
        place += f" ({statement.review.label})"
    version = f"version {statement.version}"
    if statement.corrected_on:
        version += f", corrected on {format_date(statement.corrected_on, 'j F Y')}"
    return f"{source(statement.bulletin)}, {place}. {SITE}, {url} ({version})"


def source(bulletin: Bulletin) -> str:
    """Board, author, title and date, as far as they are printed."""
    by = [bulletin.board.public_name]
    if bulletin.author and not bulletin.board.is_withheld:
        by.append(f"by {bulletin.author}")
    return ", ".join([*by, f"“{bulletin.title}”", bulletin.dated or "no date printed"])
