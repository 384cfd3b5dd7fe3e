"""The page on which a draft is checked: the source beside its records, row by row."""

from collections import Counter
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from learning.intake import duplicates
from learning.intake.desk.access import desk
from learning.intake.desk.forms import NamesForm
from learning.intake.desk.remaining import remaining_of
from learning.intake.desk.side_by_side import Marks, Row, rows_of
from learning.intake.editing import OPEN_STATES, draft_of, touch
from learning.intake.models import Draft
from learning.intake.unclaimed import unclaimed
from learning.models import Bulletin, Statement, StatementAgency

SHORTCUTS = [
    ("n", "the next thing to decide"),
    ("p", "the one before it"),
    ("j", "the next statement"),
    ("k", "the statement before it"),
    ("e", "edit the statement"),
    ("s", "make a statement of the selected words"),
    ("?", "this list"),
]
REASONS_TO_KEEP = [
    "A date of publication or of a meeting",
    "A pseudonym of the bulletin",
    "Named as an office or body, not as a person",
    "Public knowledge that identifies nobody in the case",
]
REASONS_TO_DROP = [
    "It tells the story of the case",
    "It introduces what follows",
    "It names topics only",
    "It says how to use the bulletin",
]


def bulletin_of(pk: int) -> Bulletin:
    """The bulletin at the desk of that number, in whatever state. Only with its text: without it nothing is checked."""
    with_text = Bulletin.objects.filter(source_document__isnull=False)
    return get_object_or_404(with_text.select_related("board", "source_document"), pk=pk)


@desk()
@require_safe
def desk_check(request: HttpRequest, pk: int) -> HttpResponse:
    bulletin = bulletin_of(pk)
    return render(request, "desk/check.html", check_context(request, bulletin))


def check_context(request: HttpRequest, bulletin: Bulletin) -> dict[str, Any]:
    draft = draft_of(bulletin)
    statements = list(statements_of(bulletin))
    return {
        "bulletin": bulletin,
        "draft": draft,
        "is_open": bulletin.state in OPEN_STATES,
        "rows": rows_for(bulletin, statements),
        "counts": sorted(Counter(one.get_kind_display() for one in statements).items()),
        "kinds": Statement.Kind.choices,
        "others": touch(draft, request.user),
        "likenesses": duplicates.of_bulletin(bulletin) if bulletin.state in OPEN_STATES else [],
        "remaining": remaining_of(bulletin, request.user),
        "job": bulletin.import_jobs.order_by("-pk").first(),
        "names_form": NamesForm(),
        "shortcuts": SHORTCUTS,
        "reasons_to_keep": REASONS_TO_KEEP,
        "reasons_to_drop": REASONS_TO_DROP,
        "desk_section": "check",
    }


def statements_of(bulletin: Bulletin) -> Any:
    agencies = StatementAgency.objects.select_related("agency")
    return (
        bulletin.statements.for_list()
        .prefetch_related(Prefetch("agency_tags", agencies), "revisions")
        .order_by("position", "pk")
    )


def rows_for(bulletin: Bulletin, statements: list[Statement]) -> list[Row]:
    source = bulletin.source_document
    marks = Marks(
        statements=statements,
        findings=list(bulletin.findings.select_related("decided_by")),
        redactions=list(bulletin.redactions.all()),
        dropped=list(bulletin.dropped_passages.select_related("dropped_by")),
        unclaimed=[(one.start, one.end) for one in unclaimed(bulletin)],
    )
    return rows_of(source.text, source.blocks, marks)


@desk()
@require_POST
def desk_presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Who else has the draft open, and its version: asked for by the page every half minute."""
    draft = get_object_or_404(Draft, bulletin=pk)
    others = [user.get_username() for user in touch(draft, request.user)]
    last = draft.last_editor.get_username() if draft.last_editor else ""
    return JsonResponse({"others": others, "version": draft.version, "last_editor": last})
