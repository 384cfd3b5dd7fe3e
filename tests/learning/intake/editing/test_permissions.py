"""Who may do what at the desk, and the demo accounts."""

import re
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from learning.intake.editing.errors import EditRejected
from learning.intake.editing.permissions import ADMINISTER, EDIT, PUBLISH, ensure_groups
from learning.intake.publication import workflow
from learning.intake.records import merges
from scr_kb.accounts.models import User
from tests.learning.intake.people import imported

pytestmark = pytest.mark.django_db


def rights(user):
    return [user.has_perm(permission) for permission in (EDIT, PUBLISH, ADMINISTER)]


def test_roles_each_have_the_permissions_of_the_one_before_and_more(editor, publisher, administrator, stranger):
    assert [rights(user) for user in (stranger, editor, publisher, administrator)] == [
        [False, False, False],
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


def test_need_refuses_whoever_may_only_enter_the_admin():
    assert rights(User.objects.create_user("clerk", is_staff=True)) == [False, False, False]


def test_need_refuses_a_closed_account(editor):
    editor.is_active = False
    editor.save()

    assert rights(User.objects.get(pk=editor.pk)) == [False, False, False]


def test_ensure_groups_takes_nothing_away():
    ensure_groups()
    before = {group.name: group.permissions.count() for group in Group.objects.all()}

    ensure_groups()

    assert {group.name: group.permissions.count() for group in Group.objects.all()} == before
    assert set(before) == {"editor", "publisher", "administrator"}


def test_ensure_groups_lets_administrators_change_records_and_delete_none(administrator, publisher):
    assert administrator.has_perm("reviews.change_review")
    assert not administrator.has_perm("reviews.delete_review")
    assert not administrator.has_perm("learning.change_historicalstatement")
    assert not publisher.has_perm("reviews.change_review")


def test_merges_need_an_administrator(editor, publisher):
    bulletin = imported(editor)
    review = bulletin.reviews.get()

    for act in (
        lambda: merges.rename_review(publisher, review, slug="other"),
        lambda: merges.merge_reviews(publisher, review, review, "One."),
        lambda: merges.withhold_board(publisher, bulletin.board, "Small town."),
        lambda: merges.rename_board(publisher, bulletin.board, "other"),
        lambda: merges.rename_bulletin(publisher, bulletin, "other"),
    ):
        with pytest.raises(EditRejected, match="Only administrators"):
            act()


def test_hold_needs_an_editor_and_unhold_a_publisher(editor):
    bulletin = imported(editor)
    workflow.hold(editor, bulletin, "Somebody wrote.")

    with pytest.raises(EditRejected, match="Only publishers"):
        workflow.unhold(editor, bulletin, "No.")


# --- the demo -------------------------------------------------------------------------------------------------------


def make_demo_staff():
    out = StringIO()
    call_command("make_demo_staff", stdout=out)
    return dict(re.findall(r"^  (demo-\w+)  (\S+)", out.getvalue(), flags=re.MULTILINE))


def test_make_demo_staff_makes_an_editor_and_a_publisher_with_random_passwords(client):
    first, second = make_demo_staff(), make_demo_staff()

    assert set(first) == {"demo-editor", "demo-publisher"}
    assert not set(first.values()) & set(second.values())
    assert client.login(username="demo-editor", password=second["demo-editor"])
    editor, publisher = (User.objects.get(username=name) for name in sorted(second))
    assert (rights(editor), rights(publisher)) == ([True, False, False], [True, True, False])
    assert not editor.is_staff
    assert not publisher.is_superuser


def test_make_demo_staff_refuses_outside_development(settings):
    settings.IS_DEVELOPMENT = False

    with pytest.raises(CommandError, match="development only"):
        make_demo_staff()

    assert not User.objects.exists()
