"""The part of a revision that says whether two numbers may be compared is called an epoch."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("learning", "0005_document_keys")]

    operations = [migrations.RenameField("datarevision", "line", "epoch")]
