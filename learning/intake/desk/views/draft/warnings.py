"""Answers to what looks odd in a draft: it is so in the source, or the record shall say what happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from learning.intake.desk.access import desk
from learning.intake.desk.lookups import back, version_of
from learning.intake.desk.presenters.refusals import refused_page
from learning.intake.desk.views.draft.check import whole
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.publication import answers, warnings
from reviews.models import Child


@desk()
@require_POST
def desk_doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """``answer``: "so" (with a reason), or what the question itself proposes; ``child`` where one is marked."""
    bulletin = whole(pk)
    with refused_page(request, bulletin) as page:
        key = request.POST.get("doubt", "")
        doubt = next((one for one in warnings.open_doubts(bulletin) if one.key == key), None)
        if doubt is None:
            raise EditRejected(Reason("This question was answered already."))
        if request.POST.get("answer") == warnings.SO:
            answers.settle(request.user, bulletin, version_of(request), doubt, request.POST.get("reason", ""))
        else:
            child = request.POST.get("child", "")
            chosen = get_object_or_404(Child, pk=int(child[:9])) if child.isdecimal() else None
            answers.confirm(request.user, bulletin, version_of(request), doubt, chosen)
        page.response = back(bulletin, "doubts" if doubt.blocks else doubt.anchor)
    return page.response
