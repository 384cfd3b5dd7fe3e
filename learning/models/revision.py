"""What tells every process that public records have changed. Only triggers of the database write these tables."""

from django.db import models


class DataRevision(models.Model):
    """One row: the revision that the records are at, raised within the transaction of every write to them.

    ``number`` rises by one or more with each write and, of what is committed, never stands for two states. ``token`` is
    drawn anew with each write, so that equal tokens mean equal records even where a transaction was rolled back.
    ``epoch`` is drawn when the row is made: numbers of another epoch (the database was emptied, or loaded past the
    triggers) say nothing of this one.
    """

    number = models.PositiveBigIntegerField()
    token = models.CharField(max_length=32)
    epoch = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"revision {self.number}"


class DataChange(models.Model):
    """The number of the revision at which a record, or what belongs to it, was last written or deleted."""

    class Kind(models.TextChoices):
        REVIEW = "review", "Review"
        BULLETIN = "bulletin", "Bulletin"
        BOARD = "board", "Board"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    record = models.PositiveBigIntegerField(help_text="Its key. The record may be gone.")
    number = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="data_change_of_record")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record} at {self.number}"
