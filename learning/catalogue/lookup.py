"""The visible record at an address."""

from typing import Any, TypeVar

from django.db import models
from django.http import Http404

from learning.catalogue import RecordSet, visible
from reviews.state import State

Shown = TypeVar("Shown", bound=models.Model)


class Gone(Exception):
    """Raised where a record was withdrawn; carries its public reason."""


def find_public(model: type[Shown], record_set: RecordSet, **lookup: Any) -> Shown:
    """The visible record of that address; ``record_set`` is that of the catalogue.

    Raises ``Gone`` with the public reason where it was withdrawn and ``Http404`` in every other case, so that held and
    draft records cannot be told from addresses that never were.
    """
    record = visible(model).filter(**lookup).first()
    if record is not None and record_set.has(record.pk):
        return record
    withdrawn = model._default_manager.filter(state=State.WITHDRAWN, **lookup)
    reason = withdrawn.values_list("withdrawn_reason", flat=True).first()
    if reason:
        raise Gone(reason)
    raise Http404
