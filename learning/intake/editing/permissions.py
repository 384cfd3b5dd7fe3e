"""The roles at the desk: editors enter, publishers check and publish, administrators also merge, rename and withhold.

A role is a group with permissions. A migration makes the groups; ``ensure_groups`` may be called again at any time.
"""

from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

from learning.intake.editing.errors import EditRejected

EDITOR, PUBLISHER, ADMINISTRATOR = "editor", "publisher", "administrator"
EDIT, PUBLISH, ADMINISTER = "intake.edit_drafts", "intake.publish_drafts", "intake.administer_records"
PERMISSIONS = {
    EDITOR: ["edit_drafts"],
    PUBLISHER: ["edit_drafts", "publish_drafts"],
    ADMINISTRATOR: ["edit_drafts", "publish_drafts", "administer_records"],
}
RECORDS = ["reviews", "learning"]  # the apps whose records an administrator may also change in the admin
NO_DELETION = ("add", "change", "view")
_MAY = {
    EDIT: "Only editors and publishers may do this.",
    PUBLISH: "Only publishers and administrators may do this.",
    ADMINISTER: "Only administrators may do this.",
}


def need(user: Any, permission: str) -> None:
    """Refuses whoever lacks the permission. The pages ask too, but they are not the only callers."""
    if not user.has_perm(permission):
        raise EditRejected(_MAY[permission])


def ensure_groups(apps: Any = installed, using: str = "default") -> None:
    """Make the three groups with their permissions, which Django itself would make only after all migrations.

    What somebody added to a group stays.
    """
    for name in ["intake", *RECORDS]:
        create_permissions(installed.get_app_config(name), verbosity=0, using=using)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")  # noqa: N806
    permissions = Permission.objects.using(using)
    for name, codenames in PERMISSIONS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*permissions.filter(content_type__app_label="intake", codename__in=codenames))
        if name == ADMINISTRATOR:
            for action in NO_DELETION:
                of_records = permissions.filter(content_type__app_label__in=RECORDS)
                wanted = of_records.filter(codename__startswith=f"{action}_").exclude(codename__contains="_historical")
                group.permissions.add(*wanted)
