"""The files that bulletins came from, each kept once under its hash."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from learning.intake.models import ImportJob
from learning.models import Bulletin, SourceDocument

FOLDER = "originals"
ENDINGS = {"pdf": "pdf", "docx": "docx", "html": "html", "text": "txt"}


def keep(sha256: str, file_format: str, data: bytes) -> str:
    """Store the original under its hash; returns the name in the storage. One file is kept once."""
    name = f"{FOLDER}/{sha256}.{ENDINGS[file_format]}"
    if default_storage.exists(name):
        if default_storage.size(name) == len(data):
            return name
        default_storage.delete(name)  # broken off when it was written
    return default_storage.save(name, ContentFile(data))


def original(bulletin: Bulletin) -> FieldFile | None:
    """The file that a bulletin came from, for staff only."""
    source = SourceDocument.objects.filter(bulletin=bulletin).only("original").first()
    return source.original if source is not None and source.original else None


def sweep(older_than: timedelta = timedelta(days=1)) -> int:
    """Delete originals that no job and no bulletin refers to: of a process that was killed, or of discarded drafts."""
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return 0
    swept = 0
    for name in (f"{FOLDER}/{name}" for name in names):
        is_old = default_storage.get_modified_time(name) < timezone.now() - older_than
        if is_old and not is_referred_to(name):
            default_storage.delete(name)
            swept += 1
    return swept


def is_referred_to(name: str) -> bool:
    return ImportJob.objects.filter(file=name).exists() or SourceDocument.objects.filter(original=name).exists()
