"""The page on which a draft is checked: the source beside its records, row by row."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from learning.intake.desk.access import desk
from learning.intake.desk.forms.upload import NamesForm
from learning.intake.desk.lookups import bulletin_of, checked_bulletin
from learning.intake.desk.presenters.remaining import remaining_of
from learning.intake.desk.presenters.source_rows import Marks, Row, rows_of
from learning.intake.desk.presenters.tags import tagged
from learning.intake.drafts.unclaimed import Passage, unclaimed_in
from learning.intake.editing.edits import OPEN_STATES, draft_of, record_presence
from learning.intake.editing.permissions import PUBLISH
from learning.intake.publication.blockers import Checks, blockers_in, checks_of
from learning.models import Bulletin, Redaction, Statement

SHORTCUTS = [
    ("n", "the next thing to decide"),
    ("p", "the one before it"),
    ("j", "the next statement"),
    ("k", "the statement before it"),
    ("e", "edit the statement"),
    ("s", "make a statement from the selected words"),
    ("r", "redact the selected words"),
    ("?", "this list"),
]
REASONS_TO_KEEP = [
    "A date of publication or of a meeting",
    "A pseudonym of the bulletin",
    "Named as an office or body, not as a person",
    "Public knowledge that does not identify anybody in the case",
]
REASONS_TO_DROP = [
    "It tells the story of the case",
    "It introduces what follows",
    "It only names topics",
    "It says how to use the bulletin",
]
REASONS_TO_REDACT = [
    "The name of a person.",
    "A date that could identify somebody.",
    "A place that could identify somebody.",
    "Details that are rare together.",
]


@desk()
@require_safe
def desk_check(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "desk/check.html", check_context(request, checked_bulletin(pk)))


def check_context(request: HttpRequest, bulletin: Bulletin) -> dict[str, Any]:
    draft, is_open = bulletin.draft, bulletin.state in OPEN_STATES
    [checks] = checks_of([bulletin]) if is_open else [Checks([], unclaimed_in(bulletin), [])]
    statements = shown(bulletin)
    return {
        "bulletin": bulletin,
        "draft": draft,
        "is_open": is_open,
        "rows": rows_for(bulletin, statements, checks.unclaimed),
        "statements": statements,
        "offered": sum(len(statement.shown.offers) for statement in statements),
        "warnings": checks.warnings,
        "redaction_kinds": Redaction.Kind.choices,
        "may_redact": is_open or request.user.has_perm(PUBLISH),
        "counts": sorted(Counter(statement.get_kind_display() for statement in statements).items()),
        "kinds": Statement.Kind.choices,
        "others": record_presence(draft, request.user),
        "likenesses": checks.likenesses,
        "remaining": remaining_of(bulletin, request.user, blockers_in(bulletin, checks) if is_open else [], draft),
        "job": bulletin.import_jobs.order_by("-pk").first(),
        "names_form": NamesForm(),
        "shortcuts": SHORTCUTS,
        "reasons_to_keep": REASONS_TO_KEEP,
        "reasons_to_drop": REASONS_TO_DROP,
        "reasons_to_redact": REASONS_TO_REDACT,
        "desk_section": "check",
    }


def shown(bulletin: Bulletin) -> list[Any]:
    """The statements of a bulletin, each with its tags and what is suggested for it (``shown``)."""
    statements: list[Any] = list(bulletin.statements.all())
    for statement in statements:
        statement.shown = tagged(statement, bulletin.source_document.text)
    return statements


def rows_for(bulletin: Bulletin, statements: list[Any], unclaimed: list[Passage]) -> list[Row]:
    source = bulletin.source_document
    marks = Marks(
        statements=statements,
        findings=list(bulletin.findings.all()),
        redactions=list(bulletin.redactions.all()),
        dropped=list(bulletin.dropped_passages.all()),
        unclaimed=[(passage.start, passage.end) for passage in unclaimed],
    )
    return rows_of(source.text, source.blocks, marks)


@desk()
@require_POST
def desk_presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Who else has the draft open, and its version: asked for by the page every half minute."""
    draft = draft_of(bulletin_of(pk))
    others = [user.get_username() for user in record_presence(draft, request.user)]
    last = draft.last_editor.get_username() if draft.last_editor else ""
    return JsonResponse({"others": others, "version": draft.version, "last_editor": last})
