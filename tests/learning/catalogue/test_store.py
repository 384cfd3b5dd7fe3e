"""The catalogue against plain SQL, while chance writes to what it is made from."""

from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from learning.browse.filters import ListFilter, ReviewListFilter, StatementFilter
from learning.browse.table_filters import QuestionFilter
from learning.catalogue import Catalogue, current, current_revision, pinned, revision, revisions
from learning.catalogue.store import Kept, kept, made
from learning.models import Bulletin, DataChange, DataRevision, Progress, Statement
from reviews.state import State
from tests import plain_sql
from tests.factories import BulletinFactory, ChildFactory, ReviewFactory, StatementFactory, ThemeFactory
from tests.worlds import World, query_of

LISTS: dict[str, type[ListFilter]] = {
    "statement": StatementFilter,
    "question": QuestionFilter,
    "review": ReviewListFilter,
}
STEPS = 80
NOT_SHOWN = {
    "learning_contactmessage",
    "learning_datachange",
    "learning_datarevision",
    "learning_redaction",
    "learning_revision",
    "learning_sourcedocument",
}
NOTED = {
    "reviews_board",
    "reviews_review",
    "reviews_reviewalias",
    "reviews_reviewtheme",
    "reviews_child",
    "reviews_childcarestatus",
    "learning_bulletin",
    "learning_bulletin_reviews",
    "learning_statement",
    "learning_statementtheme",
    "learning_statementagency",
    "learning_statementoccasion",
    "learning_addressee",
    "learning_glossaryterm",
    "learning_progress",
    "learning_responsecheck",
}


def compare(world: World, kind: str) -> None:
    """What a list counts and finds, for choices drawn by chance, is what plain SQL counts and finds."""
    chosen = world.choose(plain_sql.counts(kind, {}))
    asked = LISTS[kind](query_of(chosen))

    assert asked.is_valid(), (chosen, asked.errors)
    assert set(asked.keys_at(asked.found)) == plain_sql.found(kind, chosen), chosen
    counted = {facet: {value: n for value, n in values.items() if n} for facet, values in asked.counts().items()}
    assert counted == plain_sql.counts(kind, chosen), chosen


def orders(kind: str) -> list[list[int]]:
    """All records in each order of a list, as a catalogue made anew and the current one give them."""
    filters = LISTS[kind]
    sort = filters.base_filters.get("sort")
    sorts = [value for value, _ in sort.extra["choices"] if value != "best"] if sort else [""]
    asked = filters(query_of({}))
    return [asked.page(sort, 0, len(asked.found)) for sort in sorts]


def told(catalogue: Catalogue) -> dict[str, Any]:
    """All that a catalogue says of each record, whatever its place."""
    found: dict[str, Any] = {}
    for name in ("reviews", "statements", "bulletins"):
        record_set = getattr(catalogue, name)
        for facet, sets in record_set.sets.items():
            of_values = {value: set(record_set.keys_at(ordinals)) for value, ordinals in sets.items()}
            found[f"{name} {facet}"] = {value: keys for value, keys in of_values.items() if keys}
        for column, values in record_set.columns.items():
            found[f"{name} {column}"] = {
                int(record_set.keys[ordinal]): int(values[ordinal]) for ordinal in record_set.records
            }
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2])
def test_no_write_leaves_a_wrong_count(seed):
    world = World(seed)

    for step in range(STEPS):
        done = world.write()
        try:
            compare(world, list(LISTS)[step % 3])
            assert step % 8 or told(current()) == told(made(revision()))
        except AssertionError as error:
            raise AssertionError(f"seed {seed}, step {step}, after {done}: {error}") from error

    refreshed = [orders(kind) for kind in LISTS]
    kept.committed.clear()
    assert [orders(kind) for kind in LISTS] == refreshed


def held_source():
    """What became of a statement is said by another bulletin, which is held."""
    source = BulletinFactory()
    statement = StatementFactory(kind="recommendation")
    Progress.objects.create(statement=statement, status="done", as_printed="done", source_bulletin=source)
    return source


def held_lead_in():
    """The words that a statement completes stand in another bulletin, which is held."""
    lead_in = StatementFactory(review=None)
    StatementFactory(review=None, parent=lead_in)
    return lead_in.bulletin


def held_review_of_a_child():
    """A statement names a child of a review that its bulletin does not speak of."""
    child = ChildFactory()
    StatementFactory(review=None, child=child)
    return child.review


def held_review_of_a_statement():
    """A statement is of a review that its bulletin does not speak of."""
    return StatementFactory(bulletin=BulletinFactory(), review=ReviewFactory()).review


def held_review_of_a_bulletin():
    """A bulletin speaks of another review too, which is held: it is whole no more."""
    bulletin = BulletinFactory()
    ReviewFactory(bulletin=bulletin)
    return ReviewFactory(bulletin=bulletin)


def held_only_bulletin():
    """The only bulletin that speaks of a review is held."""
    bulletin = BulletinFactory()
    ReviewFactory(bulletin=bulletin)
    return bulletin


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "scene",
    [
        held_source,
        held_lead_in,
        held_review_of_a_child,
        held_review_of_a_statement,
        held_review_of_a_bulletin,
        held_only_bulletin,
    ],
)
def test_a_change_reaches_whatever_it_concerns_elsewhere(scene):
    record = scene()
    before = told(current())

    record.state = State.HELD
    record.save()

    assert told(current()) == told(made(revision())) != before


@pytest.mark.django_db(transaction=True)
def test_a_publish_reads_only_what_it_concerns():
    """The catalogue of before stays as it was, and shares with the next whatever did not change."""
    other = StatementFactory(kind="fact")
    before = current()
    new = StatementFactory(bulletin=BulletinFactory(), review=None, kind="question")

    after = current()

    assert before.statements.keys_at(before.statements.records) == [other.pk]
    assert set(after.statements.keys_at(after.statements.records)) == {other.pk, new.pk}
    assert after.reviews.sets["type"]["scr"] == before.reviews.sets["type"]["scr"]


@pytest.mark.django_db(transaction=True)
def test_what_is_not_committed_is_seen_in_its_transaction_alone():
    bulletin = BulletinFactory()
    statement = StatementFactory(bulletin=bulletin, review=None)
    before = current()

    with transaction.atomic():
        Bulletin.objects.update(state=State.HELD)
        assert not current().statements.records
        transaction.set_rollback(True)
    Statement.objects.filter(pk=statement.pk).update(kind="action")

    assert before.statements.records == current().statements.records
    assert current().statements.with_value("kind", "action") == current().statements.records


@pytest.mark.django_db(transaction=True)
def test_another_line_is_read_anew():
    StatementFactory()
    known = current()
    with revisions.paused():
        Bulletin.objects.update(state=State.HELD)

    assert known.statements.records
    assert not current().statements.records


@pytest.mark.django_db
def test_a_request_asks_for_the_revision_once():
    StatementFactory()
    current()

    with (
        CaptureQueriesContext(
            connection,
        ) as captured,
        pinned(),
    ):
        assert current() is current()
        current_revision()

    assert len(captured) == 1


@pytest.mark.django_db
def test_a_request_sees_one_catalogue_from_its_beginning_to_its_end():
    with pinned():
        before = current()
        StatementFactory()
        assert current() is before
    assert current() is not before


# --- the revision -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_write_raises_the_revision_and_notes_its_record():
    DataChange.objects.all().delete()  # a test that empties the tables leaves notes of what it deleted
    review = ReviewFactory()
    before = revisions.revision()

    review.themes.add(ThemeFactory(), through_defaults={"assigned_by": "curator"})

    assert revisions.revision().may_come_from(before)
    assert revisions.changes_since(before).reviews == {review.pk}


@pytest.mark.django_db
def test_a_rolled_back_write_leaves_the_revision():
    ReviewFactory()
    before = revisions.revision()

    with transaction.atomic():
        ReviewFactory()
        transaction.set_rollback(True)

    assert revisions.revision() == before


@pytest.mark.django_db
def test_before_the_first_write_there_is_no_revision():
    DataRevision.objects.all().delete()
    DataChange.objects.all().delete()

    assert revisions.revision() == revisions.Revision()
    assert not revisions.Revision().may_come_from(revisions.Revision())


@pytest.mark.django_db
def test_every_table_of_public_records_has_its_triggers():
    """A later migration that makes a table anew on SQLite would lose them."""
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ("reviews", "learning") and not model.__name__.startswith("Historical")
    }
    names = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        names = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(names)
        triggers = Counter(table for table, name in cursor.fetchall() if name.startswith("change_"))

    assert triggers.keys() == tables - NOT_SHOWN
    for table, number in triggers.items():
        for_each_row = connection.vendor == "sqlite"
        assert number == (3 if for_each_row else 4 if table in NOTED else 1), table


def test_a_fresh_process_has_nothing_kept():
    assert Kept().committed == {}
