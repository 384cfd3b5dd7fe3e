"""dumpdata and loaddata: a filled database, moved as it is into an empty one."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client

from learning.catalogue import current, revision
from learning.management.commands.dumpdata import MADE_BY_MIGRATE, OF_THIS_DATABASE
from learning.models import Bulletin, DataChange, DataRevision, Statement
from reviews.models import Theme
from reviews.state import State
from scr_kb.accounts.models import User
from tests.factories import ReviewFactory

pytestmark = pytest.mark.django_db(transaction=True)
NAMED = {"auth.Group", "auth.Group_permissions", "accounts.User_groups", "accounts.User_user_permissions"}


@pytest.fixture
def dump(tmp_path):
    """A dump of the five bulletins, of records that were changed and deleted since, and of somebody with a role."""
    call_command("load_bulletins", verbosity=0)
    statement = Statement.objects.order_by("pk").first()
    statement.citation = "Sample source, 2020"
    statement.save()
    Bulletin.objects.get(slug="child-r-2015").reviews.clear()
    ReviewFactory(state=State.DRAFT, themes=[Theme.objects.first()]).delete()
    group = Group.objects.create(name="Sample role")
    group.permissions.set(Permission.objects.filter(codename__in=["change_statement", "view_board", "add_draft"]))
    user = User.objects.create_user("sample", password="sample-password-1")
    user.groups.add(group)
    user.user_permissions.add(Permission.objects.get(codename="delete_theme"))
    path = tmp_path / "dump.json"
    call_command("dumpdata", output=str(path), verbosity=0)
    return path


def rows() -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables that a dump is of, but those in which a key is another in each database.

    Nor does anything speak of the key of a row that only ties two records together.
    """
    left_out = {*OF_THIS_DATABASE, *MADE_BY_MIGRATE, *NAMED}
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.label not in left_out]
    return {
        model._meta.label: [
            {name: value for name, value in row.items() if name != "id" or not model._meta.auto_created}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in models
    }


def granted() -> dict[str, set[tuple[str, str]]]:
    """Who may do what and has which role, by names."""
    granted: dict[str, Any] = {group.name: group.permissions for group in Group.objects.all()}
    granted |= {user.username: user.user_permissions for user in User.objects.all()}
    roles = set(User.objects.values_list("username", "groups__name"))
    return {name: set(some.values_list("content_type__model", "codename")) for name, some in granted.items()} | {
        "roles": roles
    }


def empty_database() -> None:
    """As another ``migrate`` might make it: permissions and content types have other keys."""
    call_command("flush", interactive=False, verbosity=0)
    Permission.objects.all().delete()
    ContentType.objects.all().delete()
    ContentType.objects.clear_cache()
    for config in reversed(list(apps.get_app_configs())):
        create_permissions(config, verbosity=0)


def test_loaddata_of_a_dump_gives_the_same_rows(dump):
    before, granted_before, revision_before = rows(), granted(), revision()
    statements = len(current().statements.records)
    empty_database()

    call_command("loaddata", str(dump), verbosity=0)

    after = rows()
    assert {label for label in before if before[label] != after[label]} == set()
    assert granted() == granted_before
    assert len(granted_before["Sample role"]) == 3
    assert before["learning.HistoricalStatement"]
    assert before["learning.HistoricalBulletin_reviews"]
    assert not revision().may_come_from(revision_before)
    assert len(current().statements.records) == statements
    assert Statement.objects.count() == 150


def test_loaddata_of_a_dump_makes_the_search_index(dump):
    empty_database()

    call_command("loaddata", str(dump), verbosity=0)

    assert "knowsley-child-q-and-s-2017" in Client().get("/search/?q=knowsley").content.decode()


def test_loaddata_leaves_the_triggers_at_work(dump):
    empty_database()
    call_command("loaddata", str(dump), verbosity=0)
    before = revision()

    Bulletin.objects.update(state=State.HELD)

    assert revision().may_come_from(before)
    assert not current().statements.records


def test_loaddata_passes_over_what_an_older_dump_says_of_its_database(dump):
    records = json.loads(dump.read_text())
    records += [
        {"model": "learning.datarevision", "pk": 1, "fields": {"number": 7, "token": "old", "epoch": "old"}},
        {"model": "learning.datachange", "pk": 1, "fields": {"kind": "review", "record": 1, "number": 7}},
        {"model": "learning.datachange", "pk": 2, "fields": {"kind": "review", "record": 2, "number": 7}},
    ]
    dump.write_text(json.dumps(records))
    empty_database()

    call_command("loaddata", str(dump), verbosity=0)

    assert not DataRevision.objects.filter(epoch="old").exists()
    assert not DataChange.objects.filter(number=7).exists()


def test_loaddata_that_fails_loads_nothing_and_leaves_the_triggers(dump, tmp_path: Path):
    empty_database()
    records = json.loads(dump.read_text())
    records[-1]["fields"] = {"no_such_field": 1}
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(records))

    with pytest.raises(Exception, match="no_such_field"):
        call_command("loaddata", str(broken), verbosity=0)

    assert not Statement.objects.exists()
    before = revision()
    ReviewFactory()
    assert revision() != before


def test_dumpdata_leaves_out_what_describes_the_database(dump):
    labels = {label.lower() for label in (*OF_THIS_DATABASE, *MADE_BY_MIGRATE)}

    assert not labels & {record["model"] for record in json.loads(dump.read_text())}
