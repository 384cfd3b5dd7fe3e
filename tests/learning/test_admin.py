"""The admin: pickers that say which record is meant, no growth of queries, and words that only come from a passage."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.models import Bulletin, PublicText, Redaction, Statement
from reviews.models import Review
from reviews.state import State
from scr_kb.accounts.models import User
from tests.factories import (
    BulletinFactory,
    ChildFactory,
    ReviewFactory,
    StatementFactory,
    ThemeFactory,
    add_paragraph,
)

TABLES = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def staff(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("demo-administrator", password="not used"))
    return client


def some_records() -> Statement:
    theme = ThemeFactory()
    statement = StatementFactory(themes=[theme], addressees=["the Board"])
    ChildFactory(review=statement.review)
    return statement


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label_lower)
def test_every_table_has_a_list_that_opens(staff, model):
    some_records()

    response = staff.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))

    assert response.status_code == 200


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label_lower)
def test_no_list_asks_more_of_the_database_when_it_is_longer(staff, model):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    some_records()
    expected = count_queries(staff, address)
    for _ in range(3):
        some_records()

    assert count_queries(staff, address) == expected


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def pick(client: Client, model_name: str, field: str, term: str, app: str = "learning") -> list[str]:
    response = client.get(
        reverse("admin:autocomplete"), {"app_label": app, "model_name": model_name, "field_name": field, "term": term}
    )
    return [result["text"] for result in response.json()["results"]]


def test_the_review_picker_shows_board_and_label(staff):
    review = ReviewFactory(label="Child Q", board__name="Sampleshire Board")
    ReviewFactory(label="Child Q", board__name="Otherfold Board")

    found = pick(staff, "statement", "review", "Child Q")

    assert found == ["Otherfold Board: Child Q", "Sampleshire Board: Child Q"]
    assert review.label == "Child Q"


def test_the_chosen_review_is_labelled_as_in_the_picker(staff):
    statement = StatementFactory(review=ReviewFactory(label="Child Q", board__name="Sampleshire Board"))

    page = staff.get(reverse("admin:learning_statement_change", args=[statement.pk])).content.decode()

    assert "Sampleshire Board: Child Q</option>" in page


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What the browser would send if the form were saved as it stands."""
    context = client.get(address).context
    forms = [context["adminform"].form, *(f for s in context["inline_admin_formsets"] for f in s.formset.forms)]
    managements = [formset.formset.management_form for formset in context["inline_admin_formsets"]]
    data: dict[str, Any] = {}
    for form in [*forms, *managements]:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                data[bound.html_name] = value
    return data


def test_the_words_of_a_statement_follow_from_its_passage_and_cannot_be_typed(staff):
    statement = StatementFactory(text="Sample words that stand in the bulletin.")
    address = reverse("admin:learning_statement_change", args=[statement.pk])

    data = form_of(staff, address) | {"end": statement.start + 12, "text": "Invented.", "change_reason": "Shorter"}
    response = staff.post(address, data)

    assert response.status_code == 302
    statement.refresh_from_db()
    assert statement.text == "Sample words"
    assert statement.history.first().history_change_reason == "Shorter"
    assert statement.history.first().history_user.username == "demo-administrator"


def test_a_passage_outside_the_text_is_refused_with_what_to_do(staff):
    statement = StatementFactory(text="Sample words.")
    address = reverse("admin:learning_statement_change", args=[statement.pk])

    response = staff.post(address, form_of(staff, address) | {"end": 9_000})

    assert "The passage must lie within the text, which has 13 characters." in response.content.decode()
    statement.refresh_from_db()
    assert statement.text == "Sample words."


def test_a_redaction_reaches_the_public_text_and_the_statements_at_once(staff):
    bulletin = BulletinFactory()
    add_paragraph(bulletin, "The worker, Sentinel Samplename, visited twice.")
    statement = StatementFactory(bulletin=bulletin, text="Sentinel Samplename, visited twice.")
    address = reverse("admin:learning_bulletin_change", args=[bulletin.pk])
    where = bulletin.source_document.text.index("Sentinel")

    new = {"start": where, "end": where + 19, "marker": "[name removed]", "kind": "person", "reason": "A name."}
    data = form_of(staff, address) | {f"redactions-0-{name}": value for name, value in new.items()}
    data |= {"redactions-TOTAL_FORMS": 1, "change_reason": "A member of staff was named"}
    response = staff.post(address, data)

    assert response.status_code == 302, response.context["errors"]
    statement.refresh_from_db()
    assert Redaction.objects.get().marker == "[name removed]"
    assert PublicText.objects.get(bulletin=bulletin).text.startswith("The worker, [name removed], visited")
    assert statement.text == "[name removed], visited twice."


@pytest.mark.parametrize("model", [Review, Bulletin])
def test_one_action_holds_what_is_chosen(staff, model):
    statement = StatementFactory()
    record = statement.review if model is Review else statement.bulletin
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")

    staff.post(address, {"action": "hold", "_selected_action": [record.pk]})

    record.refresh_from_db()
    assert record.state == State.HELD
    assert not Statement.objects.published().exists()
    assert record.history.first().history_change_reason == "Held from the list."
