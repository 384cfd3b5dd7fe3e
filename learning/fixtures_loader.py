"""Loading the project's own fixtures: what is missing is created, what is there is left as it is, all or nothing.

Fixtures are in Django's own format, with natural keys. A record is known by the fields of its natural key. One that
staff have changed keeps their values, one that they have deleted or renamed does not come back: both are told. In the
vocabularies a field that nobody has changed since it was loaded takes the new value of the fixtures.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction

from learning.models import Bulletin, GlossaryTerm, Redaction, SourceDocument, StartHere, Statement
from learning.models.public_text import refresh_public_text
from learning.search.index import rebuild_index
from reviews.models import Agency, Theme

REASON = "Loaded from the project's fixtures"
VOCABULARIES = ["themes", "agencies", "boards", "support_lines", "glossary"]
KEPT_UP_TO_DATE = (Theme, Agency, GlossaryTerm)
OFFSETS = (Statement, Redaction)  # they point into the text of their bulletin and are wrong in any other

Key = tuple[Any, ...]
Values = dict[str, Any]


class FixtureError(Exception):
    """A fixture that cannot be loaded. The message names the file and the record."""


@dataclass
class Report:
    """What a load came to: records created, updated and found by model, and what differs here and was kept."""

    created: Counter[type[models.Model]] = field(default_factory=Counter)
    updated: Counter[type[models.Model]] = field(default_factory=Counter)
    found: Counter[type[models.Model]] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Entry:
    """One record of a fixture. ``key`` is its natural key."""

    file: Path
    number: int
    model: type[models.Model]
    fields: dict[str, Any]

    @property
    def key(self) -> Key:
        return tuple(part_of_key(self.model, self.fields, lookup) for lookup in key_of(self.model))

    @property
    def name(self) -> str:
        """ "statement child-b-2010/3"."""
        parts = "/".join("-" if part is None else str(part) for part in self.key)
        return f"{self.model._meta.verbose_name} {parts}"

    def error(self, problem: object) -> FixtureError:
        try:
            name = self.name
        except (KeyError, IndexError, TypeError, ValueError):
            name = str(self.model._meta.verbose_name)
        return FixtureError(f"{self.file}, record {self.number} ({name}): {problem}")


def fixture_files(folder: Path) -> list[Path]:
    """The vocabularies in the order in which they need each other, then the bulletins, then what the editors add."""
    return [
        *(folder / f"{name}.json" for name in VOCABULARIES),
        *sorted((folder / "bulletins").glob("*.json")),
        *sorted((folder / "editors").glob("*.json")),
    ]


def load(files: Iterable[Path]) -> Report:
    """Load the files in their order in one transaction, then rebuild the search index in it.

    Raises ``FixtureError``, and nothing is stored.
    """
    loader = Loader()
    with transaction.atomic():
        for file in files:
            for entry in read(file):
                loader.load(entry)
        loader.finish()
        rebuild_index()
    return loader.report


# --- reading a file -----------------------------------------------------------------------------------------------


def read(file: Path) -> list[Entry]:
    try:
        records = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FixtureError(f"{file} cannot be read: {error}") from error
    if not isinstance(records, list):
        raise FixtureError(f"{file} is not a list of records.")
    return [entry_of(file, number, record) for number, record in enumerate(records, 1)]


def entry_of(file: Path, number: int, record: Any) -> Entry:
    try:
        return Entry(file, number, apps.get_model(record["model"]), dict(record["fields"]))
    except (LookupError, TypeError, ValueError) as error:
        raise FixtureError(f"{file}, record {number}: no model and fields that are known here ({error}).") from error


def key_of(model: type[models.Model]) -> Key:
    """The lookups that make the natural key of a model."""
    return tuple(getattr(model._default_manager, "key", ("slug",)))


def part_of_key(model: type[models.Model], fields: dict[str, Any], lookup: str) -> Any:
    """The value of one lookup of a natural key, found in the fields of a fixture, where relations are keys."""
    name, _, rest = lookup.partition("__")
    value = fields[name]
    if not rest or value is None:
        return value
    related = model._meta.get_field(name).related_model
    assert isinstance(related, type)
    return value[key_of(related).index(rest)]


# --- what the database holds --------------------------------------------------------------------------------------


class Table:
    """The records of one model, by the values of the fields that make its natural key."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        own = dict.fromkeys(lookup.partition("__")[0] for lookup in key_of(model))
        self.names = [model._meta.get_field(name).attname for name in own]  # type: ignore[union-attr]
        others = [one for one in model._meta.concrete_fields if one.unique and not one.primary_key]
        self.unique = [one.attname for one in others if one.attname not in self.names]
        self.records = {record.pk: record for record in model._base_manager.all()}
        self.pks = {self.own_key(record): pk for pk, record in self.records.items()}

    def own_key(self, record: models.Model) -> Key:
        return tuple(getattr(record, name) for name in self.names)

    @cached_property
    def former(self) -> dict[Key, Any]:
        """Keys that the history knows, with the primary key of the record that had them."""
        history = getattr(self.model, "history", None)
        if history is None:
            return {}
        rows = history.order_by("history_id").values_list(self.model._meta.pk.attname, *self.names)
        return {tuple(key): pk for pk, *key in rows}

    @cached_property
    def changed_by_staff(self) -> dict[Any, set[str]]:
        """The fields of each record that did not get their value from the fixtures."""
        names = [one.attname for one in self.model._meta.concrete_fields]
        history: Any = self.model.history  # type: ignore[attr-defined]
        rows = history.order_by("history_id").values_list("history_change_reason", *names)
        as_it_is = ((None, *(getattr(record, name) for name in names)) for record in self.records.values())
        before: dict[Any, Values] = {}
        changed: dict[Any, set[str]] = defaultdict(set)
        for reason, *row in chain(rows, as_it_is):
            values = dict(zip(names, row, strict=True))
            pk = values[self.model._meta.pk.attname]
            if reason != REASON:
                changed[pk].update(name for name in names if pk not in before or before[pk][name] != values[name])
            before[pk] = values
        return changed

    def find(self, values: Values) -> tuple[models.Model | None, bool]:
        """The record, renamed or not; and whether there ever was one."""
        key = tuple(values[name] for name in self.names)
        pk = self.pks.get(key) or self.former.get(key) or self.namesake(values)
        return self.records.get(pk), pk is not None

    def namesake(self, values: Values) -> Any:
        """The key of a record with another address that staff gave the same name, which no second one can have."""
        for name in self.unique:
            for pk, record in self.records.items():
                if name in values and getattr(record, name) == values[name]:
                    return pk
        return None

    def add(self, record: models.Model) -> None:
        self.records[record.pk] = record
        self.pks[self.own_key(record)] = record.pk


def record_arrivals(model: type[models.Model], records: Iterable[models.Model]) -> None:
    """A first row in the history of each of these records of one model, if the model keeps one."""
    if hasattr(model._meta, "simple_history_manager_attribute"):
        history: Any = model.history  # type: ignore[attr-defined]
        history.bulk_history_create(records, default_change_reason=REASON)


class LeftOutError(Exception):
    """The record belongs to one that staff have deleted."""


class Loader:
    """Goes through the entries of fixtures in their order; a record may only refer to earlier ones."""

    def __init__(self) -> None:
        self.report = Report()
        self.tables: dict[type[models.Model], Table] = {}
        self.seen: dict[tuple[type[models.Model], Key], Any] = {}  # the primary key, or None where it was left out
        self.new_bulletins: set[Any] = set()
        self.other_texts: set[Any] = set()  # bulletins whose text here is not the fixture's
        self.touched: set[Any] = set()
        self.arrived: dict[type[models.Model], list[models.Model]] = {}

    def load(self, entry: Entry) -> None:
        try:
            key = entry.key
            if (entry.model, key) in self.seen:
                raise entry.error("The same record occurs twice.")
            self.seen[entry.model, key] = self.load_one(entry)
        except LeftOutError:
            self.seen[entry.model, key] = None
        except ValidationError as error:
            raise entry.error("; ".join(error.messages)) from error
        except KeyError as error:
            raise entry.error(f"It lacks the field {error}.") from error
        except (FieldDoesNotExist, IntegrityError, IndexError, TypeError, ValueError) as error:
            raise entry.error(error) from error

    def load_one(self, entry: Entry) -> Any:
        """The primary key of the record, found or created."""
        values, relations = self.values(entry)
        table = self.table(entry.model)
        record, is_known = table.find(values)
        if record is None and is_known:
            self.report.kept.append(f"{entry.name}: deleted here")
            raise LeftOutError
        if record is None:
            self.create(entry, values, relations)
            return table.pks[tuple(values[name] for name in table.names)]
        self.report.found[entry.model] += 1
        self.compare(entry, record, values, relations)
        return record.pk

    def table(self, model: type[models.Model]) -> Table:
        if model not in self.tables:
            self.tables[model] = Table(model)
        return self.tables[model]

    def values(self, entry: Entry) -> tuple[Values, dict[str, set[Any]]]:
        """The values as the model has them, and those of relations to many."""
        values: Values = {}
        relations: dict[str, set[Any]] = {}
        for name, value in entry.fields.items():
            one = entry.model._meta.get_field(name)
            if isinstance(one, models.ManyToManyField):
                found = [self.pk_of(entry, one, key) for key in value]
                relations[name] = {pk for pk in found if pk is not None}
            elif isinstance(one, models.ForeignKey):
                values[one.attname] = None if value is None else self.pk_of(entry, one, value)
                if value is not None and values[one.attname] is None:
                    raise LeftOutError
            elif isinstance(one, models.Field) and one.editable:  # what the database sets by itself is its own
                values[name] = one.to_python(value)
        return values, relations

    def pk_of(self, entry: Entry, relation: Any, key: Sequence[Any]) -> Any:
        model = relation.related_model
        assert isinstance(model, type)
        try:
            return self.seen[model, tuple(key)]
        except KeyError:
            raise entry.error(f"{relation.name} is {key}, which nothing before it in the fixtures is.") from None

    def create(self, entry: Entry, values: Values, relations: dict[str, set[Any]]) -> None:
        bulletin = values.get("bulletin_id")
        if entry.model in OFFSETS and bulletin in self.other_texts:
            self.report.kept.append(f"{entry.name}: not created, because the text of its bulletin differs here")
            raise LeftOutError
        if entry.model is StartHere and self.has_place_taken(values):
            self.report.kept.append(f"{entry.name}: not created, because another statement has its place here")
            raise LeftOutError
        record = entry.model(**values)
        record.clean_fields(exclude=[one.name for one in entry.model._meta.fields if one.is_relation])
        if relations:  # whose history has to know them
            record._change_reason = REASON  # type: ignore[attr-defined]
        else:
            record.skip_history_when_saving = True  # type: ignore[attr-defined]
            self.arrived.setdefault(entry.model, []).append(record)
        record.save(force_insert=True)
        for name, pks in relations.items():
            getattr(record, name).set(pks)
        self.table(entry.model).add(record)
        self.report.created[entry.model] += 1
        if entry.model is Bulletin:
            self.new_bulletins.add(record.pk)
        elif entry.model in OFFSETS and bulletin not in self.new_bulletins:
            self.touched.add(bulletin)

    def has_place_taken(self, values: Values) -> bool:
        """Whether staff have put another statement at this place of the theme's page."""
        place = (values["theme_id"], values["position"])
        return any((one.theme_id, one.position) == place for one in self.table(StartHere).records.values())  # type: ignore[attr-defined]

    def compare(self, entry: Entry, record: models.Model, values: Values, relations: dict[str, set[Any]]) -> None:
        differing = [name for name, value in values.items() if getattr(record, name) != value]
        differing += [
            name for name, pks in relations.items() if set(getattr(record, name).values_list("pk", flat=True)) != pks
        ]
        if entry.model in KEPT_UP_TO_DATE:
            differing = self.update(entry, record, values, differing)
        for name in differing:
            self.report.kept.append(f"{entry.name}: {name.removesuffix('_id')} differs")
        if entry.model is SourceDocument and {"text", "text_version"} & set(differing):
            self.other_texts.add(values["bulletin_id"])

    def update(self, entry: Entry, record: models.Model, values: Values, differing: list[str]) -> list[str]:
        """Gives the record what is new in the fixtures. Returns the names of the fields that staff have changed."""
        by_staff = self.table(entry.model).changed_by_staff[record.pk]
        if new := [name for name in differing if name not in by_staff]:
            for name in new:
                setattr(record, name, values[name])
            record.clean_fields(exclude=[one.name for one in entry.model._meta.fields if one.is_relation])
            record._change_reason = REASON  # type: ignore[attr-defined]
            record.save()
            self.report.updated[entry.model] += 1
        return [name for name in differing if name in by_staff]

    def finish(self) -> None:
        """The trace of what came in; and its public words, where staff may have redacted the text further."""
        for model, records in self.arrived.items():
            record_arrivals(model, records)
        for bulletin in Bulletin.objects.filter(pk__in=self.touched):
            refresh_public_text(bulletin)
