"""Print what in a document could identify someone, as JSON with offsets into its canonical text. Stores nothing."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learning.reader.extract.extract import canonical_of
from learning.reader.extract.sniff import DocumentError
from learning.reader.identifiers import find_identifiers


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            text = canonical_of(path.name, path.read_bytes()).text
        except (OSError, DocumentError) as error:
            raise CommandError(str(error)) from error
        findings = [finding.as_json() for finding in find_identifiers(text)]
        self.stdout.write(json.dumps(findings, ensure_ascii=False, indent=2))
