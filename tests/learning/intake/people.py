"""People at the desk, and a bulletin for them to work on. Everybody and everything in it is made up."""

from django.apps import apps
from django.contrib.auth.models import Group

from learning.intake.drafts import bulletin as drafts_bulletin
from learning.intake.drafts import reviews, statements
from learning.intake.drafts.unclaimed import unclaimed
from learning.intake.editing.edits import draft_of
from learning.intake.editing.permissions import ensure_groups
from learning.intake.imports import jobs
from learning.intake.publication import workflow
from scr_kb.accounts.models import User
from tests.factories import ThemeFactory

BULLETIN = """Sampleshire Safeguarding Children Board

# Learning from the review of Child Z

Published: 4 May 2021

Child Z was born on 4 February 1994 and lived with an aunt. A neighbour, Orla Fennimore, called the police.

Key learning points

1. Ask the child and write down what the child says.
2. Share what you know with Orla Fennimore's team at once.
3. Check who else lives in the home before you leave.

Recommendations

- The Board should audit referrals every year.
- Schools should tell the Board about absences.
"""


def person(role, name=None):
    ensure_groups()
    user = User.objects.create_user(name or role)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return User.objects.get(pk=user.pk)


def imported(user, text=BULLETIN, name="bulletin.txt"):
    """The draft of a text that was just read."""
    job = jobs.start(user, name, text)
    assert job.state == "done", job.error
    return job.bulletin


def version(bulletin):
    return draft_of(bulletin).version


def completed(user, bulletin):
    """A draft that lacks nothing: rights, themes, summaries, and everything claimed or dropped."""
    drafts_bulletin.change_facts(
        user, bulletin, version(bulletin), {"rights": "full-text", "rights_basis": "The board gave its permission."}
    )
    statements.retag(user, bulletin, version(bulletin), bulletin.statements.all(), add=[ThemeFactory().slug])
    for review in bulletin.reviews.all():
        summary = {"summary": "A child died. The review asked what was known."}
        reviews.edit_review(user, review, version(bulletin), bulletin, summary)
    for passage in unclaimed(bulletin):
        statements.drop_passage(user, bulletin, version(bulletin), passage.start, passage.end, "It names a topic.")
    undecided = bulletin.findings.filter(decision="undecided")
    undecided.update(decision="keep", reason="Made up.", decided_at="2021-05-05T00:00Z")
    return bulletin


def published(user, checker, text=BULLETIN):
    bulletin = completed(user, imported(user, text))
    workflow.submit(user, bulletin)
    workflow.publish(checker, bulletin)
    bulletin.refresh_from_db()
    return bulletin


def finding_of(bulletin, words, kind="person", nth=0):
    """A finding of the guard at those words."""
    text = bulletin.source_document.text
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    finding, _ = bulletin.findings.get_or_create(
        start=start, end=start + len(words), kind=kind, defaults={"why": "A rule for tests."}
    )
    return finding


def reasons(refusal):
    """The texts of a refusal, with where each leads."""
    return [(reason.text, reason.anchor) for reason in refusal.value.reasons]


def everything_stored(*but):
    """Every value in every table, as one text, without the tables that are named."""
    rows = (
        model._base_manager.all().values()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in but and not model._meta.proxy
    )
    return "\n".join(str(list(found)) for found in rows)
