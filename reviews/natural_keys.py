"""Natural keys: how a record is known in a fixture, on any machine and in either database."""

from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class KeyManager(models.Manager[M]):
    """A manager that finds a record by the values of ``key``, a tuple of lookups: ``("board__slug", "slug")``."""

    def __init__(self, *key: str) -> None:
        super().__init__()
        self.key = key

    def get_by_natural_key(self, *values: Any) -> M:
        return self.get(**dict(zip(self.key, values, strict=True)))

    def key_of(self, record: M) -> tuple[Any, ...]:
        """The values of the key of one record, following its relations."""
        return tuple(_follow(record, lookup) for lookup in self.key)


def _follow(record: Any, lookup: str) -> Any:
    for name in lookup.split("__"):
        record = getattr(record, name) if record is not None else None
    return record


def natural_key(record: models.Model) -> tuple[Any, ...]:
    """The natural key of a record whose model has a ``KeyManager``."""
    manager = type(record)._default_manager
    assert isinstance(manager, KeyManager)
    return manager.key_of(record)
