"""The groups editor, publisher and administrator."""

from django.db import migrations


def make_groups(apps, schema_editor):
    from learning.intake.editing.permissions import (ensure_groups)

    ensure_groups(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_initial"),
        ("reviews", "0001_initial"),
        ("learning", "0002_search_index"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
