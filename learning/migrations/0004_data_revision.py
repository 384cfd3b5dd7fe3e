"""The revision of the public records, and the triggers that raise it (``learning/catalogue/triggers.py``).

The triggers are those of the release that migrates, not of the time of this migration: ``migrate`` makes them anew after
each migration, so that none has to know of them. They are made here for whoever migrates by other means.
"""

from django.db import migrations, models

from learning.catalogue import triggers


def forwards(apps, schema_editor):
    triggers.create(schema_editor.connection)


def backwards(apps, schema_editor):
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("learning", "0003_lead_in"), ("reviews", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="DataRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField()),
                ("token", models.CharField(max_length=32)),
                ("line", models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="DataChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("review", "Review"), ("bulletin", "Bulletin"), ("board", "Board")], max_length=10
                    ),
                ),
                ("record", models.PositiveBigIntegerField(help_text="Its key. The record may be gone.")),
                ("number", models.PositiveBigIntegerField(db_index=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "record"), name="data_change_of_record")],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
