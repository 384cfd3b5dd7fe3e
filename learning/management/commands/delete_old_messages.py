"""Delete messages to the editors a year after they were dealt with, as the privacy page promises."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from learning.components.wording import counted
from learning.models import ContactMessage

KEPT_FOR = timedelta(days=365)


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        before: date = timezone.localdate() - KEPT_FOR
        deleted, _ = ContactMessage.objects.filter(dealt_with_on__lte=before).delete()
        self.stdout.write(
            f"Deleted {counted(deleted, 'message', 'messages')} dealt with on or before {before:%d %B %Y}."
        )
