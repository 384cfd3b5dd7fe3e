from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from learning.checks import families_can_ring, somebody_is_told, support_lines_are_confirmed
from learning.models import ContactMessage, SupportLine

pytestmark = pytest.mark.django_db


def message(words: str, days_ago: int | None) -> ContactMessage:
    done = None if days_ago is None else timezone.localdate() - timedelta(days=days_ago)
    return ContactMessage.objects.create(topic="other", message=words, dealt_with_on=done)


def test_messages_are_deleted_a_year_after_they_were_dealt_with(capsys):
    message("old", 365)
    message("newer", 364)
    message("open", None)

    call_command("delete_old_messages")

    assert set(ContactMessage.objects.values_list("message", flat=True)) == {"newer", "open"}
    assert capsys.readouterr().out.startswith("Deleted 1 message dealt with")


def test_the_deploy_check_warns_where_nobody_would_be_told(settings):
    settings.ADMINS = []
    assert [warning.id for warning in somebody_is_told(None)] == ["learning.W002"]

    settings.ADMINS = [("Administrators", "admin@example.org")]
    assert somebody_is_told(None) == []


def test_the_deploy_check_warns_where_families_have_nobody_to_ring(settings):
    settings.FAMILIES_PHONE = ""
    assert [warning.id for warning in families_can_ring(None)] == ["learning.W003"]

    settings.FAMILIES_PHONE = "01632 960 001"
    assert families_can_ring(None) == []


def test_the_deploy_check_warns_until_every_support_line_is_confirmed():
    line = SupportLine.objects.create(slug="sample-line", name="Sample line", number="1", hours="always", nation="all")
    assert [warning.id for warning in support_lines_are_confirmed(None)] == ["learning.W001"]

    line.checked_on = timezone.localdate()
    line.save()

    assert support_lines_are_confirmed(None) == []


def test_the_deploy_check_warns_where_no_support_line_is_loaded():
    assert "none are loaded" in support_lines_are_confirmed(None)[0].msg
