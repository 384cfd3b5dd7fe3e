"""Read the documents that wait. Any number of these may run at once, on any host; each job goes to one of them."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from learning.intake.editing import originals
from learning.intake.imports import jobs

PAUSE = 3  # seconds between two looks at the queue


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on waiting for documents until it is stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        count, swept = jobs.work_off(), originals.sweep()
        self.stdout.write(f"{count} imports worked off, {swept} files without an import deleted.")
        if options["watch"]:
            self.watch()

    def watch(self) -> None:
        """Until Ctrl-C. What is under way then is taken up at the next start."""
        try:
            while True:
                time.sleep(PAUSE)
                close_old_connections()
                if count := jobs.work_off():
                    self.stdout.write(f"{count} imports worked off.")
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
