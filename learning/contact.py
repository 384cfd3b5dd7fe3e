"""A form for whoever reads something here that is about them, or wrong: kept first, mailed second, never lost."""

import logging
from smtplib import SMTPException

from django import forms
from django.core.mail import mail_admins
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from learning.models import ContactMessage

log = logging.getLogger(__name__)


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ContactMessage
        fields = ["topic", "about", "message", "reply_to"]


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    form = ContactForm(request.POST or None, initial={"about": request.GET.get("about", "")[:300]})
    if request.method == "POST" and form.is_valid():
        receive(form.save())
        return redirect(reverse("contact") + "?sent=1")
    return render(request, "pages/contact.html", {"form": form, "sent": "sent" in request.GET})


def receive(message: ContactMessage) -> None:
    """Tell the administrators. The mail carries no words of the message: it may name a child."""
    try:
        mail_admins(f"Case review knowledge base: {message.get_topic_display()}", f"Message {message.pk} in the admin.")
    except (SMTPException, OSError):
        log.exception("The administrators could not be told of message %s", message.pk)
        return
    message.was_mailed = True
    message.save(update_fields=["was_mailed"])


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Cookies are off or the page is old: say so, and keep what was typed."""
    form = ContactForm(request.POST) if request.path == reverse("contact") else None
    return render(request, "403_csrf.html", {"form": form}, status=403)
