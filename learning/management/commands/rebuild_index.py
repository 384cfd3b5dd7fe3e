"""Rebuild the search index."""

from typing import Any

from django.core.management.base import BaseCommand

from learning.search.index import rebuild_index


class Command(BaseCommand):
    help = "Rebuilds the search index from the records. Safe at any time: readers see the old one until it is done."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild_index()
        if options["verbosity"]:
            self.stdout.write(f"{count} search documents made.")
