"""Answers to what looks odd in a draft: it is so in the source, or the record shall say what happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from learning.intake.desk.access import desk
from learning.intake.desk.lookups import back, checked_bulletin, version_of
from learning.intake.desk.presenters.refusals import refused_page
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.publication import answers, warnings
from reviews.models import Child


@desk()
@require_POST
def desk_warning(request: HttpRequest, pk: int) -> HttpResponse:
    """``answer``: "so" (with a reason), or what the question itself proposes; ``child`` where one is marked."""
    bulletin = checked_bulletin(pk)
    with refused_page(request, bulletin) as page:
        key = request.POST.get("warning", "")
        warning = next((warning for warning in warnings.open_warnings(bulletin) if warning.key == key), None)
        if warning is None:
            raise EditRejected(Reason("This question has already been answered."))
        if request.POST.get("answer") == warnings.SO:
            answers.acknowledge(request.user, bulletin, version_of(request), warning, request.POST.get("reason", ""))
        else:
            child = request.POST.get("child", "")
            chosen = get_object_or_404(Child, pk=int(child[:9])) if child.isdecimal() else None
            answers.confirm(request.user, bulletin, version_of(request), warning, chosen)
        page.response = back(bulletin, "warnings" if warning.blocks else warning.anchor)
    return page.response
