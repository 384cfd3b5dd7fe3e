"""Another passage for a statement: wider, narrower or elsewhere. Its words follow from it, and are never typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from learning.intake.desk.access import desk
from learning.intake.desk.lookups import back, bulletin_of, passage_sent, version_of
from learning.intake.desk.presenters.refusals import refused_page
from learning.intake.drafts import statements


@desk()
@require_POST
def desk_passage_set(request: HttpRequest, pk: int) -> HttpResponse:
    """From offsets (a selection, or the lists of places around it), or from its first and last words."""
    bulletin = bulletin_of(pk)
    sent = request.POST.get("statement", "")
    statement = get_object_or_404(bulletin.statements.all(), pk=int(sent[:9]) if sent.isdecimal() else 0)
    with refused_page(request, bulletin) as page:
        passage = passage_sent(request, bulletin)
        if passage != (statement.start, statement.end):
            statements.edit_statement(request.user, statement, version_of(request), {"passage": passage})
        page.response = back(bulletin, f"statement-{statement.pk}")
    return page.response
