"""Migrations of the desk keep what is stored: rows, history, permissions, who was granted them, and the queue."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from learning.intake.models import AcknowledgedWarning, ImportJob
from scr_kb.accounts.models import User
from tests.learning.intake.people import BULLETIN

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "settleddoubt", "acknowledgedwarning"


@pytest.fixture
def before() -> Iterator[Any]:
    """The apps as they were before 0004, and a database that is as old."""
    call_command("migrate", "intake", "0003", verbosity=0)
    graph = MigrationLoader(connection).graph
    others = [node for node in graph.leaf_nodes() if node[0] != "intake"]
    yield MigrationLoader(connection).project_state([*others, ("intake", "0003_desk_decisions")]).apps
    call_command("migrate", "intake", verbosity=0)


def fill(before: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """An answered question with a row of its history, as they were stored."""
    user = before.get_model("accounts", "User").objects.create(username="editor")
    board = before.get_model("reviews", "Board").objects.create(name="Sampleshire Board", slug="sampleshire")
    bulletin = before.get_model("learning", "Bulletin").objects.create(board=board, title="Child Z", slug="child-z")
    answered = {"bulletin_id": bulletin.pk, "key": "skips-12", "reason": "So in the source.", "decided_by_id": user.pk}
    row = before.get_model("intake", "SettledDoubt").objects.create(**answered)
    answered |= {"id": row.pk, "decided_at": row.decided_at}
    history = {"history_date": timezone.now(), "history_type": "+", "history_change_reason": "Answered at the desk"}
    before.get_model("intake", "HistoricalSettledDoubt").objects.create(**answered, **history)
    return answered, answered | history


def grant(before: Any) -> None:
    """What somebody gave to a group and to a user of their own accord."""
    permissions = before.get_model("auth", "Permission").objects
    group = before.get_model("auth", "Group").objects.create(name="readers")
    group.permissions.add(permissions.get(codename=f"view_{OLD}"), permissions.get(codename=f"view_historical{OLD}"))
    user = before.get_model("accounts", "User").objects.create(username="granted")
    user.user_permissions.add(permissions.get(codename=f"change_{OLD}"))


def queue(before: Any) -> None:
    data = BULLETIN.encode()
    user = before.get_model("accounts", "User").objects.create(username="uploader")
    digest = hashlib.sha256(data).hexdigest()
    name = default_storage.save(f"originals/{digest}.txt", ContentFile(data))
    before.get_model("intake", "ImportJob").objects.create(
        name="queued.txt", sort="text", file=name, sha256=digest, size=len(data), started_by=user
    )


def stored_permissions() -> dict[str, str]:
    return dict(Permission.objects.filter(content_type__app_label="intake").values_list("codename", "name"))


def test_plain_names_keeps_rows_and_history(before):
    answered, history = fill(before)

    call_command("migrate", "intake", verbosity=0)

    assert list(AcknowledgedWarning.objects.values(*answered)) == [answered]
    assert list(AcknowledgedWarning.history.values(*history)) == [history]
    tables = set(connection.introspection.table_names())
    assert {"intake_settleddoubt", "intake_historicalsettleddoubt"} <= tables


def test_plain_names_renames_permissions_and_keeps_what_was_granted(before):
    grant(before)
    keys = set(Permission.objects.filter(codename__endswith=OLD).values_list("pk", flat=True))

    call_command("migrate", "intake", verbosity=0)

    permissions = stored_permissions()
    assert permissions[f"add_{NEW}"] == "Can add acknowledged warning"
    assert permissions[f"view_historical{NEW}"] == "Can view historical acknowledged warning"
    assert not [codename for codename in permissions if codename.endswith(OLD)]
    assert set(Permission.objects.filter(codename__endswith=NEW).values_list("pk", flat=True)) == keys
    of_group = Group.objects.get(name="readers").permissions.values_list("codename", flat=True)
    assert set(of_group) == {f"view_{NEW}", f"view_historical{NEW}"}
    user = User.objects.get(username="granted")
    assert user.has_perm(f"intake.change_{NEW}")
    assert not user.has_perm(f"intake.add_{NEW}")
    models = set(ContentType.objects.filter(app_label="intake").values_list("model", flat=True))
    assert {NEW, f"historical{NEW}"} <= models
    assert not {OLD, f"historical{OLD}"} & models


def test_plain_names_takes_over_grants_where_the_new_permission_is_there_already(before):
    grant(before)
    content_type = ContentType.objects.get(app_label="intake", model=OLD)
    Permission.objects.create(content_type=content_type, codename=f"change_{NEW}", name="Can change what is new")

    call_command("migrate", "intake", verbosity=0)

    assert Permission.objects.filter(codename__in=[f"change_{OLD}", f"change_{NEW}"]).count() == 1
    assert User.objects.get(username="granted").has_perm(f"intake.change_{NEW}")


def test_plain_names_can_be_taken_back(before):
    fill(before)
    grant(before)
    permissions = stored_permissions()

    call_command("migrate", "intake", verbosity=0)
    call_command("migrate", "intake", "0003", verbosity=0)

    assert stored_permissions() == permissions
    assert permissions[f"add_{OLD}"] == "Can add settled doubt"
    assert set(User.objects.get(username="granted").user_permissions.values_list("codename", flat=True)) == {
        f"change_{OLD}"
    }
    assert before.get_model("intake", "SettledDoubt").objects.count() == 1


def test_plain_names_leaves_the_queue_working(before):
    queue(before)

    call_command("migrate", "intake", verbosity=0)
    call_command("run_imports", verbosity=0)

    job = ImportJob.objects.get()
    assert (job.state, job.format, job.error) == ("done", "text", "")
