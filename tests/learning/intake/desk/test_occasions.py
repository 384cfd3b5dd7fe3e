"""Which occasion a question suits: ticked on its form, an editors' tag, and only a question has any."""

import pytest

from learning.intake.drafts import statements
from learning.intake.editing.errors import EditRejected
from learning.intake.publication import corrections
from learning.models import Statement, StatementOccasion
from tests.learning.intake.desk.site import signed_in
from tests.learning.intake.desk.test_conflicts import fields_of
from tests.learning.intake.people import imported, published, version

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(editor) -> Statement:
    """One of a draft."""
    statement = imported(editor).statements.order_by("position").first()
    return edit(editor, statement, kind="question")


def edit(user, statement: Statement, **changes) -> Statement:
    return statements.edit_statement(user, statement, version(statement.bulletin), changes)


def occasions(statement: Statement) -> dict[str, str]:
    return dict(statement.occasion_tags.values_list("occasion", "assigned_by"))


def address(statement: Statement) -> str:
    return f"/desk/{statement.bulletin_id}/statements/{statement.pk}/"


def test_an_occasion_is_ticked_and_unticked_on_the_form(question):
    client = signed_in("editor")
    sent = fields_of(client, address(question))
    assert "occasions" not in sent

    assert client.post(address(question), {**sent, "occasions": ["supervision", "own-reflection"]}).status_code == 302
    assert occasions(question) == {"supervision": "curator", "own-reflection": "curator"}
    again = fields_of(client, address(question))
    assert again["occasions"] == ["supervision", "own-reflection"]
    assert client.post(address(question), {**again, "occasions": ["own-reflection"]}).status_code == 302

    assert occasions(question) == {"own-reflection": "curator"}
    assert StatementOccasion.history.filter(history_type="-").get().history_user.get_username() == "editor"


def test_an_occasion_that_stays_keeps_who_assigned_it(editor, question):
    StatementOccasion.objects.create(statement=question, occasion="supervision", assigned_by="source")

    edit(editor, question, occasions=["supervision", "team-meeting"])

    assert occasions(question) == {"supervision": "source", "team-meeting": "curator"}


def test_only_a_question_has_occasions(editor, question):
    edit(editor, question, occasions=["supervision"])
    other = question.bulletin.statements.exclude(pk=question.pk).first()

    edit(editor, question, kind="learning_point")
    edit(editor, other, occasions=["supervision"])

    assert not StatementOccasion.objects.exists()
    assert 'name="occasions"' not in signed_in("editor").get(address(other)).content.decode()


def test_an_unknown_occasion_is_refused(editor, question):
    with pytest.raises(EditRejected, match="That occasion does not exist"):
        edit(editor, question, occasions=["a party"])


def test_both_parts_of_a_split_question_have_its_occasions(editor, question):
    edit(editor, question, occasions=["supervision"])

    parts = statements.split(editor, question, version(question.bulletin), question.start + 14)

    assert [occasions(part) for part in parts] == [{"supervision": "curator"}] * 2


def test_the_occasions_of_a_published_question_are_corrected_by_two_people(editor, publisher, client):
    bulletin = published(editor, publisher)
    statement = bulletin.statements.order_by("position").first()
    Statement.objects.filter(pk=statement.pk).update(kind="question")
    statement.refresh_from_db()

    revision = corrections.propose(editor, statement, {"occasions": ["team-meeting"]}, "It asks about the team.")
    assert occasions(statement) == {}
    corrections.apply(publisher, revision)

    assert occasions(statement) == {"team-meeting": "curator"}
    assert client.get("/questions/?occasion=team-meeting").context["page"].title == "1 question"
