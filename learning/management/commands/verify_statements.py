"""Prove that every statement is at its passage, in both the raw and the public text."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from learning.models import Bulletin, PublicText, SourceDocument, Statement
from learning.models.public_text import TEXT_VERSION, Derived, derive, lead_in_of, squash


class Command(BaseCommand):
    help = (
        "Checks that each public text is its raw text with the redactions applied, and that each statement's words "
        "are at its passage in both. Fails with a list of whatever does not match."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        bulletins = Bulletin.objects.order_by("slug").prefetch_related("statements", "redactions")
        failures, total = [], 0
        for bulletin in bulletins.select_related("source_document", "public_text"):
            found = [f"{bulletin.slug}{failure}" for failure in failures_of(bulletin)]
            count = len(bulletin.statements.all())
            total += count
            failures += found
            verdict = "FAILED" if found else "all at their passages"
            self.stdout.write(f"{bulletin.slug}: {count} statements, {verdict}")
        if failures:
            raise CommandError("\n".join([*failures, f"{len(failures)} failures in {total} statements."]))
        self.stdout.write(f"{total} statements are at their passages.")


def failures_of(bulletin: Bulletin) -> Iterable[str]:
    """What does not match: "/3: what" for a statement, ": what" for the text."""
    statements = list(bulletin.statements.all())
    source: SourceDocument | None = getattr(bulletin, "source_document", None)
    public: PublicText | None = getattr(bulletin, "public_text", None)
    if source is None or public is None:
        if statements or source or public:
            yield ": it has no raw text" if source is None else ": it has no public text"
        return
    if source.text_version != TEXT_VERSION:
        yield f": its text was made by version {source.text_version}, but offsets are valid only for {TEXT_VERSION}"
    try:
        derived = derive(source.text, source.blocks, bulletin.redactions.all())
    except ValueError as error:
        yield f": {error}"
        return
    if (public.text, public.blocks, public.redactions) != (derived.text, derived.blocks, derived.redactions):
        yield ": the public text is not the raw text with the redactions applied"
    for statement in statements:
        for problem in problems(statement, source.text, public.text, derived):
            yield f"/{statement.serial}: {problem}"


def problems(statement: Statement, raw: str, public: str, derived: Derived) -> Iterable[str]:
    start, end = statement.start, statement.end
    if not start < end <= len(raw):
        yield "its passage extends beyond the raw text"
        return
    if squash(derived.text[derived.offset(start) : derived.offset(end)]) != statement.text:
        yield "its words are not at its passage in the raw text"
    if squash(public[statement.public_start : statement.public_end]) != statement.text:
        yield "its words are not at its passage in the public text"
    if (derived.offset(start), derived.offset(end)) != (statement.public_start, statement.public_end):
        yield "its passages in the raw and in the public text are not the same"
    if lead_in_of(statement, derived) != statement.lead_in:
        yield "its lead-in is not at its passage"
    if is_broken(raw, start, end):
        yield "its passage begins or ends inside a word or on white space"


def is_broken(text: str, start: int, end: int) -> bool:
    def cuts(at: int) -> bool:
        return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()

    return cuts(start) or cuts(end) or text[start].isspace() or text[end - 1].isspace()
