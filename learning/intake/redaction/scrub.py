"""Takes redacted words out of whatever was copied from the raw text, the rows of the history included.

All copies are read in one query. What holds none of the words is left alone; the others are written straight to their
rows, so that a replacement leaves no new row with the old words in the history.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import CharField, JSONField, Model, QuerySet, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone
from django.utils.text import slugify

from learning.intake.editing.edits import OPEN_STATES
from learning.intake.editing.patterns import pattern_of
from learning.intake.editing.redacted_words import Words, words_of
from learning.intake.editing.slugs import free_review_slug, free_slug
from learning.intake.models import (
    AcknowledgedWarning,
    Draft,
    DraftEdit,
    DroppedPassage,
    Finding,
    ImportJob,
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
    ResponseCheck,
    Revision,
    StartHere,
    StatedCount,
    Statement,
)
from learning.models.public_text import Derived, public_passage
from reviews.models import Child, Review, ReviewAlias
from reviews.state import State

PASSAGE = ("start", "end", "lead_in_start", "lead_in_end", "text", "lead_in")


@dataclass(frozen=True, eq=False)
class Copies:
    """Rows of one table, the fields that may hold words of a bulletin, and what else is read of them."""

    rows: QuerySet[Any]
    fields: tuple[str, ...]
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.fields, *self.also)


@dataclass
class Copy:
    """One of these rows: what it holds, and what of that is to be written anew."""

    copies: Copies
    pk: int
    held: dict[str, Any]
    changed: dict[str, Any] = field(default_factory=dict)

    def now(self, name: str) -> Any:
        return self.changed[name] if name in self.changed else self.held[name]

    def put(self, name: str, value: Any) -> None:
        if value != self.held[name]:
            self.changed[name] = value


def scrub(bulletin: Bulletin, redactions: list[Redaction], derived: Derived) -> None:
    """``redactions`` are all that the bulletin has now, ``derived`` is the public text that follows from them."""
    words = words_of(bulletin.source_document.text, redactions)
    read = read_copies(bulletin)
    for copy in read:
        _replace(copy, words)
    for copy in _of(Statement.history.model, read):
        _derive(copy, derived)
    _renew_address_of_bulletin([*_of(Bulletin, read), *_of(Bulletin.history.model, read)], words)
    _renew_addresses_of_reviews([*_of(Review, read), *_of(Review.history.model, read)], words)
    _refuse_redacted_addressees(_of(Suggestion, read), redactions)
    _store(read)


def scrub_names(bulletin: Bulletin, names: list[str], marker: str) -> None:
    """Take names out of the copies, whether or not they stand in the text. The longest come first."""
    words = [(pattern_of(name), marker) for name in names]
    read = read_copies(bulletin)
    for copy in read:
        _replace(copy, words)
    _store(read)


# --- what is read -----------------------------------------------------------------------------------------------


def _copies(bulletin: Bulletin) -> Iterator[Copies]:
    """Every field that may hold words of the bulletin, now or in the history; not the author, who is cited."""
    reviews = bulletin.reviews.filter(state__in=OPEN_STATES).values("pk")
    statements = Statement.history.filter(bulletin_id=bulletin.pk).values("id")
    of_bulletin = {"bulletin_id": bulletin.pk}
    of_statements, of_reviews = {"statement_id__in": statements}, {"review_id__in": reviews}
    printed = ("report_state_as_printed", "commissioned_by_as_printed")
    recorded: list[tuple[type[Model], dict[str, Any], tuple[str, ...], tuple[str, ...]]] = [
        (Bulletin, {"id": bulletin.pk}, ("title", "period", "rights_basis", "state_note"), ("slug", "state")),
        (Redaction, of_bulletin, ("reason",), ()),
        (StatedCount, of_bulletin, ("as_printed",), ()),
        (Link, of_bulletin, ("title", "address"), ()),
        (GlossaryTerm, of_bulletin, ("term", "expansion", "explanation"), ()),
        (CuratorNote, of_bulletin, ("text",), ()),
        (ResponseCheck, of_bulletin, ("title", "address", "as_printed", "note"), ()),
        (Addressee, of_statements, ("as_printed",), ()),
        (Progress, of_statements, ("as_printed",), ()),
        (Revision, of_statements, ("reason", "changes"), ()),
        (StartHere, of_statements, ("reason",), ()),
        (Review, {"id__in": reviews}, ("label", "summary", "state_note", *printed), ("id", "slug", "board_id")),
        (ReviewAlias, of_reviews, ("name",), ()),
        (Child, of_reviews, ("pseudonym",), ()),
        *((model, of_bulletin, ("reason",), ()) for model in (Finding, DroppedPassage, AcknowledgedWarning)),
    ]
    for model, lookup, fields, also in recorded:
        history = model.history.filter(**lookup)  # type: ignore[attr-defined]
        yield Copies(model._default_manager.filter(**lookup), fields, also)
        yield Copies(history, (*fields, "history_change_reason"), also)
    yield Copies(Statement.objects.filter(**of_bulletin), ("citation",))
    yield Copies(Statement.history.filter(**of_bulletin), ("citation", "history_change_reason"), PASSAGE)
    yield Copies(ImportJob.objects.filter(bulletin=bulletin), ("name", "warnings"))
    yield Copies(Draft.objects.filter(bulletin=bulletin), ("sent_back_note", "furniture"))
    yield Copies(DraftEdit.objects.filter(draft__bulletin=bulletin), ("what",))
    yield Copies(ThemeRequest.objects.filter(statement__bulletin=bulletin), ("name", "why", "answer"))
    addressees = Suggestion.objects.filter(statement__bulletin=bulletin, sort=Suggestion.Sort.ADDRESSEE)
    yield Copies(addressees.exclude(decision=Suggestion.Decision.REFUSED), (), ("start", "end"))
    yield from _logged(bulletin)


def _logged(bulletin: Bulletin) -> Iterator[Copies]:
    """What the admin logs of a change: the record and the parts of it by their names, as they were called then."""
    of_bulletin = {"bulletin_id": bulletin.pk}
    children = Child.objects.filter(review__bulletins=bulletin, review__state__in=OPEN_STATES)
    logged: list[tuple[str, tuple[str, ...], QuerySet[Any]]] = [
        ("learning", ("bulletin",), Bulletin.history.filter(id=bulletin.pk)),
        ("learning", ("statement", "learningpoint", "recommendation"), Statement.history.filter(**of_bulletin)),
        ("learning", ("glossaryterm",), GlossaryTerm.history.filter(**of_bulletin)),
        ("reviews", ("review",), bulletin.reviews.filter(state__in=OPEN_STATES)),
        ("reviews", ("child",), children),
    ]
    for app, models, records in logged:
        keys = records.order_by().annotate(key=Cast("id", CharField())).values("key")
        log = LogEntry.objects.filter(content_type__app_label=app, content_type__model__in=models, object_id__in=keys)
        yield Copies(log, ("object_repr", "change_message"))


def read_copies(bulletin: Bulletin) -> list[Copy]:
    """All rows of all tables, in one query: each as JSON, for they have not the same columns."""
    tables = list(_copies(bulletin))
    first, *others = [
        copies.rows.order_by()
        .annotate(table=Value(number), held=JSONObject(**{name: name for name in copies.names}))
        .values_list("table", "pk", "held")
        for number, copies in enumerate(tables)
    ]
    return [
        Copy(tables[number], pk, _held(tables[number], held)) for number, pk, held in first.union(*others, all=True)
    ]


def _held(copies: Copies, held: dict[str, Any]) -> dict[str, Any]:
    """SQLite keeps the value of a JSON field as text, and gives it back so within other JSON."""
    for name in copies.fields:
        if isinstance(copies.rows.model._meta.get_field(name), JSONField) and isinstance(held[name], str):
            held[name] = json.loads(held[name])
    return held


def _of(model: type[Model], read: list[Copy]) -> list[Copy]:
    return [copy for copy in read if copy.copies.rows.model is model]


# --- what is replaced -------------------------------------------------------------------------------------------


def _replace(copy: Copy, words: Words) -> None:
    for name in copy.copies.fields:
        old = copy.held[name] or ""
        new = _without_in_json(old, words) if name == "change_message" else _without(old, words)
        if new != old:
            length = copy.copies.rows.model._meta.get_field(name).max_length
            copy.put(name, new[:length] if isinstance(new, str) else new)


def _without(value: Any, words: Words) -> Any:
    """A text, or the texts within a list or a dictionary."""
    if isinstance(value, list):
        return [_without(item, words) for item in value]
    if isinstance(value, dict):
        return {name: _without(item, words) for name, item in value.items()}
    if isinstance(value, str):
        for pattern, marker in words:
            value = pattern.sub(lambda _, marker=marker: marker, value)  # type: ignore[misc]
    return value


def _without_in_json(message: str, words: Words) -> str:
    """The admin's log keeps a list as JSON, in which signs may be escaped; of old it kept a sentence."""
    try:
        changes = json.loads(message)
    except ValueError:
        return str(_without(message, words))
    clean = _without(changes, words)
    return message if clean == changes else json.dumps(clean)


def _derive(copy: Copy, derived: Derived) -> None:
    """The words of a row of a statement's history, as they would be with today's redactions."""
    passage = public_passage(Statement(**{name: copy.held[name] for name in PASSAGE}), derived)
    copy.put("text", passage["text"])
    copy.put("lead_in", passage["lead_in"])


def _renew_address_of_bulletin(copies: list[Copy], words: Words) -> None:
    if all(copy.held["state"] != State.PUBLISHED for copy in copies):
        title = copies[0].now("title")
        _renew_address(copies, title, slugify(title)[:90], words, lambda: free_slug(title))


def _renew_addresses_of_reviews(copies: list[Copy], words: Words) -> None:
    of_review: dict[int, list[Copy]] = defaultdict(list)
    for copy in copies:
        of_review[copy.held["id"]].append(copy)
    for rows in of_review.values():
        board, label = rows[0].held["board_id"], rows[0].now("label")
        _renew_address(rows, label, slugify(label)[:60], words, partial(free_review_slug, board, label))


def _renew_address(copies: list[Copy], name: str, base: str, words: Words, free: Callable[[], str]) -> None:
    """An address is made of a title or a label: of one that was redacted, and where it spells what is, it is made anew.

    The first copy is the record itself, the others are its history.
    """
    slug = copies[0].held["slug"]
    is_of_old_name = "[" in name and not slug.startswith(base)
    if is_of_old_name or _spells(slug, words):
        slug = free()
    for copy in copies:
        if is_of_old_name or _spells(copy.held["slug"], words):
            copy.put("slug", slug)


def _spells(slug: str, words: Words) -> bool:
    return any(pattern.search(slug.replace("-", " ")) for pattern, _ in words)


def _refuse_redacted_addressees(copies: list[Copy], redactions: list[Redaction]) -> None:
    """An addressee is offered by its words: none of which may be redacted."""
    for copy in copies:
        start, end = copy.held["start"], copy.held["end"]
        if any(redaction.start < end and start < redaction.end for redaction in redactions):
            copy.changed = {"decision": Suggestion.Decision.REFUSED, "decided_at": timezone.now()}


def _store(read: list[Copy]) -> None:
    """One query for each table of which rows have changed."""
    changed: dict[Copies, list[Copy]] = defaultdict(list)
    for copy in read:
        if copy.changed:
            changed[copy.copies].append(copy)
    for copies, rows in changed.items():
        model = copies.rows.model
        names = sorted({name for copy in rows for name in copy.changed})
        records = [model(pk=copy.pk, **{name: copy.now(name) for name in names}) for copy in rows]
        model._base_manager.bulk_update(records, names)
