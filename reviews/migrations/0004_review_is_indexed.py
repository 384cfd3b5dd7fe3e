"""Reviews that search engines may not list for another reason than a child with lifelong anonymity.

Those among the bulletins that come with the project are marked here: loading fixtures changes no record that exists.
"""

from django.db import migrations, models
from django.db.models import Q

NOT_INDEXED = [("sscb", "young-person-k"), ("west-sussex", "john"), ("west-sussex", "o"), ("west-sussex", "q")]
FIELD = {
    "default": True,
    "help_text": "Untick if living relatives could be recognised, or if a child who died is said to have been the "
    "victim of a sexual offence. No page that names or quotes the review is then listed. A child with lifelong "
    "anonymity has the same effect.",
    "verbose_name": "search engines may list it",
}


def mark(apps, schema_editor):
    reviews = Q(pk__in=[])
    for board, slug in NOT_INDEXED:
        reviews |= Q(board__slug=board, slug=slug)
    using = schema_editor.connection.alias
    keys = list(apps.get_model("reviews", "Review").objects.using(using).filter(reviews).values_list("pk", flat=True))
    for name, field in (("Review", "pk"), ("HistoricalReview", "id")):
        records = apps.get_model("reviews", name).objects.using(using)
        records.filter(**{f"{field}__in": keys}).update(is_indexed=False)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_narrower_terms")]

    operations = [
        migrations.AddField("review", "is_indexed", models.BooleanField(**FIELD)),
        migrations.AddField("historicalreview", "is_indexed", models.BooleanField(**FIELD)),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
