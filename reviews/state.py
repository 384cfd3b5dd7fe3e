"""The state of a record, and the one rule of what the public may see.

A record is visible when its own state is published **and** the records that it speaks through are: a review needs a
published bulletin, a bulletin a published review (or none at all), a statement both. The querysets' ``published()``
build on ``record_published`` and on each other; nothing else restates the rule. They ask by ``EXISTS`` and joins:
nested ``IN``s made PostgreSQL, on tables without statistics, choose plans that took minutes for 300 statements.
"""

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """Where a record of ours stands. Held answers 404 in public, withdrawn 410 with its public reason."""

    DRAFT = "draft", "Draft"
    READY = "ready", "Ready for checking"
    PUBLISHED = "published", "Published"
    HELD = "held", "Held"
    WITHDRAWN = "withdrawn", "Withdrawn"


def record_published(path: str = "") -> Q:
    """The record itself, or the one at the end of ``path`` ("review", "bulletin"), is published."""
    return Q(**{f"{path}__state" if path else "state": State.PUBLISHED})


class AssignedBy(models.TextChoices):
    """Who says that a theme or an agency fits: the bulletin's own words, or our curators' reading of them."""

    SOURCE = "source", "the source"
    CURATOR = "curator", "the curators"
