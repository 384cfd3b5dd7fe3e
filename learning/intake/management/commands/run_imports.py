"""Read the documents in the queue. Any number of workers may run at once, on any host; each job goes to one."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from learning.intake.editing import originals
from learning.intake.imports import jobs

PAUSE = 3  # seconds between looks at the queue


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="keep waiting for documents until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        count, swept = jobs.work_off(), originals.sweep()
        self.stdout.write(f"Imports processed: {count}. Unused files deleted: {swept}.")
        if options["watch"]:
            self.watch()

    def watch(self) -> None:
        """Until Ctrl-C. A job that is interrupted is resumed at the next start."""
        try:
            while True:
                time.sleep(PAUSE)
                close_old_connections()
                if count := jobs.work_off():
                    self.stdout.write(f"Imports processed: {count}.")
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
