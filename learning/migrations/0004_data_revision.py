"""The revision of the public records. ``migrate`` makes the triggers that raise it, after each migration."""

from django.db import migrations, models


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
    ]
