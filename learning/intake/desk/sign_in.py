"""Signing in to the desk and out of it. Too many wrong passwords close an account's door for a quarter of an hour."""

import hashlib
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST

from learning.intake.desk.access import private

MOST_TRIES = 8
WAIT = 15 * 60  # seconds


class SignInForm(AuthenticationForm):
    """Counts failures by name and by where they come from; the count is kept in the cache, hashed, and runs out."""

    error_messages = {
        "invalid_login": "That name and password do not belong together. Both know small from capital letters.",
        "inactive": "This account is closed.",
        "too_many": "There were too many wrong passwords. Wait a quarter of an hour, or ask an administrator.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Name"
        self.fields["username"].error_messages = {"required": "Write your name."}
        self.fields["password"].error_messages = {"required": "Write your password."}

    def clean(self) -> dict[str, Any]:
        key = self.key()
        if cache.get(key, 0) >= MOST_TRIES:
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        try:
            data = super().clean()
        except ValidationError:
            cache.set(key, cache.get(key, 0) + 1, WAIT)
            raise
        cache.delete(key)
        return data

    def key(self) -> str:
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        name = self.cleaned_data.get("username", "")
        return "desk-sign-in-" + hashlib.sha256(f"{name}\n{address}".encode()).hexdigest()


class SignIn(LoginView):
    template_name = "desk/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = False
    next_page = "desk_list"


def desk_sign_in(request: HttpRequest) -> HttpResponseBase:
    response = SignIn.as_view()(request)
    return private(response) if isinstance(response, HttpResponse) else response


@require_POST
def desk_sign_out(request: HttpRequest) -> HttpResponseBase:
    response = LogoutView.as_view(next_page=reverse_lazy("desk_sign_in"))(request)
    return private(response) if isinstance(response, HttpResponse) else response
