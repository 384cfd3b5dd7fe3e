"""What one redaction at the desk costs, and what is left of the words afterwards."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.intake.models import Finding
from learning.models import Bulletin
from learning.models.public_text import derive
from tests.learning.intake.desk.site import SAMPLE, add, calls_of, fixture_text, signed_in

pytestmark = pytest.mark.django_db
MOST = 25
TEXTS = {
    "the sample": lambda: SAMPLE,
    "a bulletin": lambda: fixture_text("young-person-k-2016").read_text(encoding="utf-8"),
}


@pytest.fixture
def editor():
    return signed_in("editor")


def posted(client, address: str, **data: Any) -> tuple[list[str], int]:
    """The queries of a POST that succeeds, and how often the public text was derived."""
    with CaptureQueriesContext(connection) as queries, calls_of(derive) as derivations:
        response = client.post(address, data)
    assert response.status_code == 302, response.content.decode()
    return [query["sql"] for query in queries], len(derivations)


def words_in(bulletin: Bulletin) -> tuple[int, int]:
    """Some words within the first statement of a bulletin: the place of every other one changes with them."""
    text, first = bulletin.source_document.text, bulletin.statements.order_by("start").first()
    start = text.index(" ", first.start) + 1
    return start, text.index(" ", text.index(" ", start) + 1)


@pytest.mark.parametrize("text", TEXTS)
def test_desk_redact_costs_few_queries_and_one_derivation(editor, text):
    bulletin = add(editor, TEXTS[text]())
    start, end = words_in(bulletin)

    queries, derivations = posted(
        editor, f"/desk/{bulletin.pk}/redactions/add/", start=start, end=end, kind="person", reason="A name."
    )

    assert derivations == 1
    assert len(queries) <= MOST, "\n".join(queries)


@pytest.mark.parametrize("text", TEXTS)
def test_desk_finding_costs_few_queries_and_one_derivation(editor, text):
    bulletin = add(editor, TEXTS[text]())
    start, end = words_in(bulletin)
    finding = Finding.objects.create(bulletin=bulletin, start=start, end=end, kind="person", why="A rule for tests.")

    queries, derivations = posted(editor, f"/desk/{bulletin.pk}/findings/{finding.pk}/", decision="redact")

    assert derivations == 1
    assert len(queries) <= MOST, "\n".join(queries)
