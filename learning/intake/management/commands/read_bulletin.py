"""Print what the reader makes of a document, as JSON. Stores nothing."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learning.intake.drafts.vocabulary import current_vocabulary
from learning.reader.document import DocumentError, read_document


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            draft = read_document(path.name, path.read_bytes())
        except (OSError, DocumentError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(draft.as_json(current_vocabulary()), ensure_ascii=False, indent=2))
