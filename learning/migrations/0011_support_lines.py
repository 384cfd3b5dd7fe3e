"""Support lines have a topic, and a few of them are printed at the foot of every page.

The lines that come with the project get theirs here: loading fixtures changes no record that exists.
"""

from django.db import migrations, models

TOPICS = [
    ("emergency", "In an emergency"),
    ("children", "For children and young people"),
    ("worried-about-a-child", "Worried about a child"),
    ("suicide", "Thoughts of suicide, and struggling to cope"),
    ("bereaved-by-suicide", "Bereaved by suicide"),
    ("bereavement", "Bereavement"),
    ("sexual-abuse", "Rape and sexual abuse"),
    ("domestic-abuse", "Domestic abuse"),
    ("other", "Anything else"),
]
TOPIC_OF = {
    "emergency": "emergency",
    "childline": "children",
    "samaritans": "suicide",
    "papyrus-hopeline247": "suicide",
    "nspcc-helpline": "worried-about-a-child",
    "national-domestic-abuse-helpline": "domestic-abuse",
}
IN_FOOTER = ["emergency", "childline", "samaritans", "nspcc-helpline"]


def describe(apps, schema_editor):
    for name in ("SupportLine", "HistoricalSupportLine"):
        lines = apps.get_model("learning", name).objects.using(schema_editor.connection.alias)
        for slug, topic in TOPIC_OF.items():
            lines.filter(slug=slug).update(topic=topic)
        lines.filter(slug__in=IN_FOOTER).update(in_footer=True)


def fields(model):
    return [
        migrations.AddField(model, "topic", models.CharField(choices=TOPICS, default="other", max_length=30)),
        migrations.AddField(
            model,
            "in_footer",
            models.BooleanField(
                default=False,
                help_text="Four at most, so that they fit into one line.",
                verbose_name="at the foot of every page",
            ),
        ),
        migrations.AlterField(
            model,
            "nation",
            models.CharField(
                help_text="Where it can be called: “United Kingdom”, “England and Wales”, “Scotland”.", max_length=80
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("learning", "0010_occasions")]

    operations = [
        *fields("supportline"),
        *fields("historicalsupportline"),
        migrations.RunPython(describe, migrations.RunPython.noop),
    ]
