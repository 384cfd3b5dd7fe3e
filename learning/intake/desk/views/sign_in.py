"""Signing in to the desk and out of it. Too many wrong passwords close an account's door for a quarter of an hour."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_POST

from learning.intake.desk.access import private
from learning.intake.models import SignInTry

MOST_TRIES = 8
WAIT = timedelta(minutes=15)


class SignInForm(AuthenticationForm):
    """Counts tries by name and by where they come from, in the database: all hosts of the site share the count.

    A try is counted before its password is looked at, so that many at once are not more than one after another.
    """

    error_messages = {
        "invalid_login": "The name or password is not correct. Check both, including capital letters.",
        "inactive": "This account is closed. Ask an administrator.",
        "too_many": "You have entered too many wrong passwords. Wait 15 minutes, or ask an administrator.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Name"
        self.fields["username"].error_messages = {"required": "Enter your name."}
        self.fields["password"].error_messages = {"required": "Enter your password."}

    def clean(self) -> dict[str, Any]:
        if not (self.cleaned_data.get("username") and self.cleaned_data.get("password")):
            return self.cleaned_data  # nothing was tried: that neither counts nor ends a count
        key = self.key()
        if not may_try(key):
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        data = super().clean()
        SignInTry.objects.filter(key=key).delete()
        return data

    def key(self) -> str:
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        name = self.cleaned_data["username"]
        return salted_hmac("desk-sign-in", f"{name}\n{address}", algorithm="sha256").hexdigest()


def may_try(key: str) -> bool:
    """Count a try. False where there were too many before it, which does not make the wait any longer."""
    since = timezone.now() - WAIT
    SignInTry.objects.filter(made_at__lt=since).delete()
    this = SignInTry.objects.create(key=key, made_at=timezone.now())
    if SignInTry.objects.filter(key=key, made_at__gte=since, pk__lte=this.pk).count() <= MOST_TRIES:
        return True
    this.delete()
    return False


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
