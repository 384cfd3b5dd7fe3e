"""The vocabulary that suggestions are made from: the tables where they answer, else the files that fill them."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from learning.reader.statements.suggestions import Term, Vocabulary, term
from reviews.models import Agency, Theme

FIELDS = ("slug", "name", "synonyms", "narrower_terms")


def current_vocabulary() -> Vocabulary:
    """The themes and agencies in use. Works without a database, so that a document can be read anywhere."""
    try:
        stored = Vocabulary(_stored(Theme), _stored(Agency))
    except DatabaseError:
        stored = Vocabulary()
    return stored if stored.themes else shipped_vocabulary()


def _stored(model: Any) -> tuple[Term, ...]:
    return tuple(term(*row) for row in model.objects.values_list(*FIELDS))


@lru_cache(maxsize=1)
def shipped_vocabulary() -> Vocabulary:
    folder = Path(settings.BASE_DIR) / "fixtures"
    return Vocabulary(_shipped(folder / "themes.json"), _shipped(folder / "agencies.json"))


def _shipped(path: Path) -> tuple[Term, ...]:
    rows = [row["fields"] for row in json.loads(path.read_text(encoding="utf-8"))]
    return tuple(term(*(row[name] for name in FIELDS)) for row in rows)
