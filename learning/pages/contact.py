"""/families/ tells whoever reads something here about themselves what they can ask for; /contact/ is the form for it.

A message is kept first, mailed second, never lost.
"""

import logging
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.mail import mail_admins
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.models import ContactMessage

log = logging.getLogger(__name__)


def cannot_be_kept(what: str) -> dict[str, str]:
    """Errors that name the field, since they also stand at the top of the page."""
    return {
        "max_length": f"{what} is %(show_value)d characters long. The limit is %(limit_value)d. Shorten it.",
        "null_characters_not_allowed": f"{what} has a character that we cannot store (it may show as �). Remove it.",
    }


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    topic = forms.ChoiceField(
        label="What is it about?",
        choices=ContactMessage.Topic.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what it is about.",
            "invalid_choice": "Choose what it is about from the list.",
        },
    )

    class Meta:
        model = ContactMessage
        fields = ["topic", "about", "message", "reply_to"]
        labels = {
            "about": "Which page is it about?",
            "message": "Your message",
            "reply_to": "Email address, if you would like an answer",
        }
        help_texts = {
            "about": "Its address or its title.",
            "message": "Up to 10,000 characters. You do not have to say who you are.",
            "reply_to": "We use it to answer you and for nothing else.",
        }
        widgets = {
            "message": forms.Textarea(attrs={"rows": 10}),
            "reply_to": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        error_messages = {
            "about": cannot_be_kept("The page"),
            "message": {"required": "Write your message."} | cannot_be_kept("Your message"),
            "reply_to": {"invalid": "Write the email address in full, like name@example.org, or leave it empty."}
            | cannot_be_kept("The email address"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The lengths are checked here and not by the browser, which cuts off what is pasted and does not say so."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)


@require_safe
@never_cache  # it shows settings, which are in no tag
def families(request: HttpRequest) -> HttpResponse:
    """For a child, a parent or a relative, in plain words; the form then knows which page they came from."""
    about = asked_about(request)
    context = {
        "crumbs": [{"label": "This is about me or my family"}],
        "about": about,
        "form_url": f"{reverse('contact')}?{urlencode({'about': about})}" if about else reverse("contact"),
        "phone": settings.FAMILIES_PHONE,
        "postal_address": settings.FAMILIES_ADDRESS,
        "can_be_left": True,
    }
    return render(request, "pages/families.html", context)


def asked_about(request: HttpRequest) -> str:
    return request.GET.get("about", "").replace("\0", "")[:300]


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    about = asked_about(request)
    form = ContactForm(request.POST if request.method == "POST" else None, initial={"about": about})
    if request.method == "POST" and form.is_valid():
        receive(form.save(), request)
        return redirect(reverse("contact") + "?sent=1")
    context = {"crumbs": [{"label": "Contact"}], "form": form, "is_sent": "sent" in request.GET and not form.is_bound}
    return render(request, "pages/contact.html", context)


def receive(message: ContactMessage, request: HttpRequest) -> None:
    """Tell the administrators of a message that is already kept.

    The mail carries no word of it: it may name a child. Whatever stops the mail, the message stays and its writer is
    thanked; ``was_mailed`` then tells staff that nobody was told.
    """
    if not settings.ADMINS:
        log.error("Nobody is told of message %s: there is no address of an administrator.", message.pk)
        return
    address = request.build_absolute_uri(reverse("admin:learning_contactmessage_change", args=[message.pk]))
    try:
        mail_admins(
            f"Case review knowledge base: {message.get_topic_display()}",
            f"A message came in through the contact page. Its words are only there:\n{address}",
        )
    except Exception:
        log.exception("The administrators could not be told of message %s.", message.pk)
        return
    message.was_mailed = True
    message.save(update_fields=["was_mailed"])


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Cookies are off or the page is old: say so, and hand back what was typed in a form that can be sent."""
    form = ContactForm(request.POST) if request.path == reverse("contact") else None
    return render(request, "403_csrf.html", {"form": form}, status=403)
