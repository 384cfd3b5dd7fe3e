"""Who may come to the desk, and what each of its answers carries: nothing of it is kept or indexed by anybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from learning.intake.desk.presenters.refusals import refusal_page
from learning.intake.editing.errors import EditRejected
from learning.intake.editing.permissions import EDIT

NOT_KEPT = "One of the fields has a character that cannot be stored. Type it again, without pasting."
View = Callable[..., HttpResponse]


def private(response: HttpResponse) -> HttpResponse:
    """The desk shows raw texts: no cache may keep its pages, and no search engine may list them."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def holds_nul(request: HttpRequest) -> bool:
    """Whether a field holds the one character that no database keeps. A long text says so at its own field."""
    return any("\0" in value for name, values in request.POST.lists() if name != "text" for value in values)


def desk(permission: str = EDIT) -> Callable[[View], View]:
    """A view of the desk: strangers are asked to sign in, and people without the permission are refused (403)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return private(redirect_to_login(request.get_full_path(), reverse("desk_sign_in")))
            if not request.user.has_perm(permission):
                raise PermissionDenied
            if holds_nul(request):
                return private(refusal_page(request, EditRejected(NOT_KEPT), None))
            return private(view(request, *args, **kwargs))

        return guarded

    return decorate
