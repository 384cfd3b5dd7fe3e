"""Create an editor and a publisher to try the desk, and print their random passwords once. Development only."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from learning.intake.editing.permissions import EDITOR, PUBLISHER, ensure_groups

ACCOUNTS = {"demo-editor": EDITOR, "demo-publisher": PUBLISHER}


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEVELOPMENT:
            raise CommandError("Demo accounts are for SCR_KB_ENV=development only. None were created.")
        ensure_groups()
        self.stdout.write("Demo accounts, for this machine only. Their passwords are new and will not be shown again:")
        for name, role in ACCOUNTS.items():
            self.stdout.write(f"  {name}  {self.make(name, role)}  ({role})")

    def make(self, name: str, role: str) -> str:
        """A demo account, by its name, without access to the admin. An existing one gets a new password."""
        password = secrets.token_urlsafe(12)
        with transaction.atomic():
            user, _ = get_user_model().objects.get_or_create(
                username=name, defaults={"first_name": "Demo", "last_name": role}
            )
            user.set_password(password)
            user.save()
            user.groups.set([Group.objects.get(name=role)])
        return password
