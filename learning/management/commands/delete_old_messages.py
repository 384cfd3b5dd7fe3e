"""Delete what people wrote to the editors a year after it was dealt with, as the privacy page promises."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from learning.models import ContactMessage

KEPT_FOR = timedelta(days=365)


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        before: date = timezone.localdate() - KEPT_FOR
        deleted, _ = ContactMessage.objects.filter(dealt_with_on__lte=before).delete()
        self.stdout.write(f"Deleted {deleted} messages that were dealt with on or before {before:%d %B %Y}.")
