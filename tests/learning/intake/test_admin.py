"""The admin of bulletins: what only the desk may do, and that a redaction made there cleans as thoroughly."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from learning.intake.admin import AT_THE_DESK
from learning.intake.publication import workflow
from learning.models import Bulletin, Redaction
from reviews.state import State
from scr_kb.accounts.models import User
from tests.learning.intake.people import everything_stored, imported, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return User.objects.create_superuser("root", password="not used")


def form_for(root, bulletin, state):
    """The admin's form, filled in with what is stored and another state."""
    request = RequestFactory().get("/")
    request.user = root
    form_class = admin.site._registry[Bulletin].get_form(request, bulletin, change=True)
    stored = form_class(instance=bulletin)
    data = {name: stored.get_initial_for_field(field, name) for name, field in stored.fields.items()}
    return form_class({**data, "state": state, "withdrawn_reason": ""}, instance=bulletin)


@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.HELD])
def test_bulletin_form_publishes_no_bulletin_with_a_text(editor, root, state):
    bulletin = imported(editor)
    Bulletin.objects.filter(pk=bulletin.pk).update(state=state)

    form = form_for(root, Bulletin.objects.get(pk=bulletin.pk), State.PUBLISHED)

    assert form.errors["state"] == [AT_THE_DESK]


def test_bulletin_form_keeps_a_published_bulletin_and_holds_it(editor, publisher, root):
    bulletin = published(editor, publisher)

    assert "state" not in form_for(root, bulletin, State.PUBLISHED).errors
    assert "state" not in form_for(root, bulletin, State.HELD).errors
    workflow.hold(publisher, bulletin, "Somebody rang.")
    assert form_for(root, Bulletin.objects.get(pk=bulletin.pk), State.PUBLISHED).errors["state"] == [AT_THE_DESK]


def test_desk_bulletin_admin_cleans_the_history_of_a_redaction(editor, root):
    text = "Learning from Orla Fennimore\n\nKey learning points\n\n- Write it down.\n"
    bulletin = imported(editor, text, "Orla Fennimore.txt")
    bulletin.redactions.all().delete()
    start = bulletin.source_document.text.index("Orla")
    Redaction.objects.create(
        bulletin=bulletin, start=start, end=start + 14, kind="person", marker="[name removed]", reason="A name."
    )
    client = Client()
    client.force_login(root)

    registered: Any = admin.site._registry[Bulletin]
    registered.changed(bulletin)

    assert "Fennimore" not in everything_stored("learning.SourceDocument")
    assert client.get(reverse("admin:learning_bulletin_change", args=[bulletin.pk])).status_code == 200
