"""The groups editor, publisher and administrator, with the permissions that they had at the time."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

PERMISSIONS = {
    "editor": ["edit_drafts"],
    "publisher": ["edit_drafts", "publish_drafts"],
    "administrator": ["edit_drafts", "publish_drafts", "administer_records"],
}
RECORDS = ["reviews", "learning"]


def make_groups(apps, schema_editor):
    using = schema_editor.connection.alias
    for name in ["intake", *RECORDS]:
        create_permissions(installed.get_app_config(name), verbosity=0, using=using)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    permissions = Permission.objects.using(using)
    for name, codenames in PERMISSIONS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*permissions.filter(content_type__app_label="intake", codename__in=codenames))
        if name == "administrator":
            for action in ("add", "change", "view"):
                of_records = permissions.filter(content_type__app_label__in=RECORDS)
                wanted = of_records.filter(codename__startswith=f"{action}_").exclude(codename__contains="_historical")
                group.permissions.add(*wanted)


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_initial"),
        ("reviews", "0001_initial"),
        ("learning", "0002_search_index"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
