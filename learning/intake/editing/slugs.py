"""Addresses for drafts, made of their titles and labels."""

from typing import Any

from django.utils.text import slugify

from learning.models import Bulletin
from reviews.models import Board, Review


def free_slug(words: str, model: Any = Bulletin, length: int = 100) -> str:
    """A slug that no record has."""
    base = slugify(words)[:length].strip("-") or "untitled"
    slug, number = base, 1
    while model.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base[: length - 6]}-{number}"
    return slug


def is_made_of(slug: str, words: str, other: str) -> bool:
    """Whether an address was made of these words and would be another one if it were made of the other ones."""
    base, new = slugify(words)[:60].strip("-"), slugify(other)[:60].strip("-")
    return bool(base) and slug.startswith(base) and base != new


def free_review_slug(board: Board | int, label: str) -> str:
    """``board`` may be its key."""
    base = slugify(label)[:70].strip("-") or "review"
    slug, number = base, 1
    while Review.objects.filter(board=board, slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
