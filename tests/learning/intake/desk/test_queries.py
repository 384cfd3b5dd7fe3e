"""The pages of the desk ask the database as often for much as for little."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.intake.desk.presenters.remaining import groups_of
from learning.intake.drafts import duplicates
from learning.intake.drafts.unclaimed import unclaimed_in
from learning.intake.publication.warnings import open_warnings
from learning.models import Bulletin
from tests.factories import ThemeFactory
from tests.learning.intake.desk.site import add, calls_of, signed_in

pytestmark = pytest.mark.django_db
MOST = 25


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ThemeFactory(name="Listening to children", synonyms="asked")


@pytest.fixture
def editor():
    return signed_in("editor")


def text_with(statements: int, label: str = "Child Z") -> str:
    listed = "\n".join(f"- Child number {number} was not asked by the school." for number in range(statements))
    story = f"Sampleshire Safeguarding Children Board\n\nLearning from {label}\n\n{label} was born on 3 May 2009."
    return f"{story}\n\nKey learning points\n\n{listed}\n"


def queries_of(client, address: str) -> list[str]:
    client.get(address)  # the first visit leaves a trace: who has it open
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("statements", [3, 30])
def test_desk_check_takes_few_queries_however_many_statements_there_are(editor, statements):
    bulletin = add(editor, text_with(statements))
    assert bulletin.statements.count() == statements

    queries = queries_of(editor, f"/desk/{bulletin.pk}/")

    assert len(queries) <= MOST, "\n".join(queries)


def test_desk_check_takes_the_same_queries_for_three_statements_and_thirty(editor):
    few, many = add(editor, text_with(3, "Child Y")), add(editor, text_with(30, "Child X"))

    assert len(queries_of(editor, f"/desk/{few.pk}/")) == len(queries_of(editor, f"/desk/{many.pk}/"))


def test_desk_list_takes_the_same_queries_for_twelve_drafts_and_two(editor):
    for number in range(12):
        add(editor, text_with(2 + number, f"Child {chr(65 + number)}"))
    twelve = queries_of(editor, "/desk/")
    assert editor.get("/desk/").content.decode().count("Still to do: ") == 12
    Bulletin.objects.filter(pk__in=list(Bulletin.objects.order_by("pk").values_list("pk", flat=True)[2:])).delete()

    assert len(queries_of(editor, "/desk/")) == len(twelve) <= MOST, "\n".join(twelve)


def test_desk_list_takes_no_queries_for_each_waiting_job(editor):
    one = queries_after_upload(editor, 1)

    assert queries_after_upload(editor, 8) == one


def queries_after_upload(editor, count: int) -> int:
    from learning.intake.imports import jobs
    from scr_kb.accounts.models import User

    user = User.objects.get(username="editor")
    for number in range(count):
        jobs.start(user, f"{number}.txt", text_with(count * 10 + number), batch="test")
    return len(queries_of(editor, "/desk/"))


@pytest.mark.parametrize("state", ["draft", "ready", "published"])
def test_desk_check_computes_nothing_twice(editor, state):
    bulletin = add(editor, text_with(3))
    Bulletin.objects.filter(pk=bulletin.pk).update(state=state)

    queries = queries_of(editor, f"/desk/{bulletin.pk}/")

    assert [sql for sql, times in Counter(queries).items() if times > 1] == []
    for function in (duplicates.of_bulletins, unclaimed_in, open_warnings, groups_of):
        with calls_of(function) as calls:
            editor.get(f"/desk/{bulletin.pk}/")
        assert len(calls) <= 1, function.__name__
