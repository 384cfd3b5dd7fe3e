"""Takes redacted words out of whatever was copied from the raw text, the rows of the history included.

Reads the redactions of a bulletin; stores their markers in place of the words. Statements are not searched: their
words, and those of each row of their history, are derived anew from the public text.
"""

from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from learning.intake.editing.patterns import pattern_of
from learning.intake.editing.redacted_words import Words, redacted_words
from learning.intake.editing.slugs import free_review_slug, free_slug
from learning.intake.models import (
    Draft,
    DraftEdit,
    DroppedPassage,
    Finding,
    ImportJob,
    SettledDoubt,
    Suggestion,
    ThemeRequest,
)
from learning.models import (
    Addressee,
    Bulletin,
    CuratorNote,
    GlossaryTerm,
    Link,
    Progress,
    Redaction,
    Revision,
    StatedCount,
    Statement,
)
from learning.models.public_text import derive, lead_in_of, squash
from reviews.models import Child, Review, ReviewAlias
from reviews.state import State


def scrub(bulletin: Bulletin) -> None:
    """Call it after the public text was derived anew."""
    words = redacted_words(bulletin)
    if not words:
        return
    for queryset, fields in _copies(bulletin):
        _replace(queryset, fields, words)
    _derive_history(bulletin)
    _new_addresses(bulletin)


def scrub_names(bulletin: Bulletin, names: list[str], marker: str) -> None:
    """Take names out of the copies, whether or not they stand in the text. The longest come first."""
    words = [(pattern_of(name), marker) for name in names]
    for queryset, fields in _copies(bulletin):
        _replace(queryset, fields, words)


def _copies(bulletin: Bulletin) -> list[tuple[QuerySet[Any], list[str]]]:
    """Every field that may hold words of the bulletin, now or in the history; not the author, who is cited."""
    reviews = list(bulletin.reviews.filter(state__in=[State.DRAFT, State.READY]).values_list("pk", flat=True))
    statements = list(Statement.history.filter(bulletin_id=bulletin.pk).values_list("id", flat=True).distinct())
    pairs: list[tuple[type[Model], dict[str, Any], list[str]]] = [
        (Bulletin, {"id": bulletin.pk}, ["title", "period", "rights_basis", "state_note"]),
        (Redaction, {"bulletin_id": bulletin.pk}, ["reason"]),
        (StatedCount, {"bulletin_id": bulletin.pk}, ["as_printed"]),
        (Link, {"bulletin_id": bulletin.pk}, ["title", "address"]),
        (GlossaryTerm, {"bulletin_id": bulletin.pk}, ["term", "expansion", "explanation"]),
        (CuratorNote, {"bulletin_id": bulletin.pk}, ["text"]),
        (Statement, {"bulletin_id": bulletin.pk}, ["citation"]),
        (Addressee, {"statement_id__in": statements}, ["as_printed"]),
        (Progress, {"statement_id__in": statements}, ["as_printed"]),
        (Revision, {"statement_id__in": statements}, ["reason", "changes"]),
        (Review, {"id__in": reviews}, ["label", "summary", "state_note"]),
        (Review, {"id__in": reviews}, ["report_state_as_printed", "commissioned_by_as_printed"]),
        (ReviewAlias, {"review_id__in": reviews}, ["name"]),
        (Child, {"review_id__in": reviews}, ["pseudonym"]),
        *((model, {"bulletin_id": bulletin.pk}, ["reason"]) for model in (Finding, DroppedPassage, SettledDoubt)),
    ]
    copies: list[tuple[QuerySet[Any], list[str]]] = []
    for model, lookup, fields in pairs:
        copies.append((model._default_manager.filter(**lookup), fields))
        copies.append((model.history.filter(**lookup), [*fields, "history_change_reason"]))  # type: ignore[attr-defined]
    return [
        *copies,
        (ImportJob.objects.filter(bulletin=bulletin), ["name", "warnings"]),
        (Draft.objects.filter(bulletin=bulletin), ["sent_back_note", "furniture"]),
        (DraftEdit.objects.filter(draft__bulletin=bulletin), ["what"]),
        (ThemeRequest.objects.filter(statement__bulletin=bulletin), ["name", "why", "answer"]),
    ]


def _replace(queryset: QuerySet[Any], fields: list[str], words: Words) -> None:
    """Written straight to the rows, so that the replacement leaves no new row with the old words in the history."""
    for row in queryset:
        changed = {}
        for name in fields:
            old = getattr(row, name) or ""
            new = _without(old, words)
            if new != old:
                changed[name] = new[: row._meta.get_field(name).max_length] if isinstance(new, str) else new
        if changed:
            queryset.model._default_manager.filter(pk=row.pk).update(**changed)


def _without(value: Any, words: Words) -> Any:
    """A text, or the texts within a list or a dictionary."""
    if isinstance(value, list):
        return [_without(one, words) for one in value]
    if isinstance(value, dict):
        return {name: _without(one, words) for name, one in value.items()}
    if isinstance(value, str):
        for pattern, marker in words:
            value = pattern.sub(lambda _, marker=marker: marker, value)  # type: ignore[misc]
    return value


def _derive_history(bulletin: Bulletin) -> None:
    """The words of each row of the statements' history, as they would be with today's redactions."""
    source = bulletin.source_document
    derived = derive(source.text, source.blocks, bulletin.redactions.all())
    rows = Statement.history.filter(bulletin_id=bulletin.pk)
    for row in rows:
        words = squash(derived.text[derived.offset(row.start) : derived.offset(row.end)])
        lead_in = lead_in_of(row, derived)
        if (words, lead_in) != (row.text, row.lead_in):
            Statement.history.filter(history_id=row.history_id).update(text=words, lead_in=lead_in)


def _new_addresses(bulletin: Bulletin) -> None:
    """Addresses are made of titles and labels; those of drafts that were redacted are made anew."""
    current = Bulletin.objects.get(pk=bulletin.pk)
    never_published = not bulletin.history.filter(state=State.PUBLISHED).exists()
    if never_published and "[" in current.title and not current.slug.startswith(slugify(current.title)[:90]):
        _readdress(Bulletin, bulletin.pk, free_slug(current.title))
    for review in bulletin.reviews.filter(state__in=[State.DRAFT, State.READY]).select_related("board"):
        if "[" in review.label and not review.slug.startswith(slugify(review.label)[:60]):
            _readdress(Review, review.pk, free_review_slug(review.board, review.label))


def _readdress(model: Any, pk: int, slug: str) -> None:
    model._default_manager.filter(pk=pk).update(slug=slug)
    model.history.filter(id=pk).update(slug=slug)


def forget_redacted(bulletin: Bulletin) -> None:
    """An addressee is offered by its words: none of which may be redacted."""
    redacted = Redaction.objects.filter(bulletin=bulletin, start__lt=OuterRef("end"), end__gt=OuterRef("start"))
    of_bulletin = Suggestion.objects.filter(statement__bulletin=bulletin, sort=Suggestion.Sort.ADDRESSEE)
    of_bulletin.filter(Exists(redacted)).update(decision=Suggestion.Decision.REFUSED, decided_at=timezone.now())
