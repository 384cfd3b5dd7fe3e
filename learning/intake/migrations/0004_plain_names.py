"""A settled doubt is an acknowledged warning, and what an import is of is its format. Tables keep their names."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

RENAMED = {
    "settleddoubt": ("acknowledgedwarning", "settled doubt", "acknowledged warning"),
    "historicalsettleddoubt": (
        "historicalacknowledgedwarning",
        "historical settled doubt",
        "historical acknowledged warning",
    ),
}
ACTIONS = ("add", "change", "delete", "view")


def rename_permissions(apps, schema_editor):
    for old, (new, old_words, new_words) in RENAMED.items():
        for action in ACTIONS:
            _rename(apps, schema_editor, f"{action}_{old}", f"{action}_{new}", f"Can {action} {new_words}")


def restore_permissions(apps, schema_editor):
    for old, (new, old_words, new_words) in RENAMED.items():
        for action in ACTIONS:
            _rename(apps, schema_editor, f"{action}_{new}", f"{action}_{old}", f"Can {action} {old_words}")


def _rename(apps, schema_editor, old, new, name):
    """``RenameModel`` leaves permissions alone. Where one of the new name is there already, it takes over the grants."""
    permissions = apps.get_model("auth", "Permission").objects.using(schema_editor.connection.alias)
    of_intake = permissions.filter(content_type__app_label="intake")
    for permission in of_intake.filter(codename=old):
        present = of_intake.filter(codename=new).first()
        if present is None:
            permission.codename, permission.name = new, name
            permission.save()
        else:
            present.group_set.add(*permission.group_set.all())
            present.user_set.add(*permission.user_set.all())
            permission.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0003_desk_decisions"),
        ("learning", "0003_lead_in"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelTable("SettledDoubt", "intake_settleddoubt"),
        migrations.AlterModelTable("HistoricalSettledDoubt", "intake_historicalsettleddoubt"),
        migrations.RenameModel("SettledDoubt", "AcknowledgedWarning"),
        migrations.RenameModel("HistoricalSettledDoubt", "HistoricalAcknowledgedWarning"),
        migrations.AlterModelOptions(
            "HistoricalAcknowledgedWarning",
            {
                "verbose_name": "historical acknowledged warning",
                "verbose_name_plural": "historical acknowledged warnings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.AlterField(
            "AcknowledgedWarning",
            "bulletin",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="acknowledged_warnings",
                to="learning.bulletin",
            ),
        ),
        migrations.RunPython(rename_permissions, restore_permissions),
        migrations.RenameField("ImportJob", "sort", "format"),
    ]
