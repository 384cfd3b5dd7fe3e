"""What a theme's page puts first: chosen by publishers, three at most, never with redacted words, nothing lost."""

import re

import pytest
from django.db import IntegrityError, transaction

from learning.intake.publication import start_here
from learning.intake.redaction import decisions
from learning.models import StartHere
from tests.factories import BulletinFactory, ReviewFactory, StatementFactory, ThemeFactory
from tests.learning.intake.desk.site import signed_in
from tests.learning.intake.people import everything_stored
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    return ThemeFactory(slug="theme", name="Sample theme")


@pytest.fixture
def statements(theme):
    """Four about the theme, in a bulletin with a name in its text."""
    bulletin = BulletinFactory(text="Orla Fennimore called.")
    return [StatementFactory(bulletin=bulletin, review=None, text=f"Words {n}.", themes=[theme]) for n in range(4)]


@pytest.fixture
def publisher():
    return signed_in("publisher", "publisher")


def address(statement, step: str = "") -> str:
    return f"/desk/start-here/theme/{statement.pk}/{step}"


def send(client, statement, theme, step: str = "", **fields):
    return client.post(address(statement, step), {"version": start_here.version_of(theme), **fields})


def choose(client, statement, theme, reason: str = "It says it.", position: int = 3):
    response = send(client, statement, theme, position=position, reason=reason)
    assert response.status_code == 302, text_of(response)


def chosen(theme) -> list[tuple[int, str, str]]:
    rows = theme.start_here.order_by("position").select_related("statement")
    return [(one.position, one.statement.text, one.reason) for one in rows]


def test_a_choice_is_public_at_once_and_its_reason_stands_outside_the_quotation(publisher, client, theme, statements):
    choose(publisher, statements[1], theme, "It says who asked.")
    choose(publisher, statements[2], theme, "It says what came of it.")

    page = client.get("/themes/theme/").content.decode()

    section = page[page.index('id="start-here"') : page.index('id="about"')]
    assert re.findall(r"Why \w+: [^<]+", section) == [
        "Why first: It says who asked.",
        "Why next: It says what came of it.",
    ]
    quoted = re.findall(r"<blockquote.*?>(.*?)</blockquote>", section, re.DOTALL)
    assert [re.sub(r"<[^>]+>", "", words).strip() for words in quoted] == ["Words 1.", "Words 2."]


def test_a_held_statement_does_not_show_and_keeps_its_place(publisher, client, theme, statements):
    other = StatementFactory(text="Other words.", themes=[theme])
    choose(publisher, other, theme)
    choose(publisher, statements[0], theme, "It stays.")
    other.bulletin.state = "held"
    other.bulletin.save()

    assert "Why first: It stays." in client.get("/themes/theme/").content.decode()
    assert "Other words." not in client.get("/themes/theme/").content.decode()
    assert "the public cannot see it at the moment" in text_of(publisher.get("/desk/start-here/theme/"))


def test_no_more_than_three_can_be_chosen(publisher, theme, statements):
    for statement in statements[:3]:
        choose(publisher, statement, theme)

    response = send(publisher, statements[3], theme, position=1, reason="One more.")

    assert response.status_code == 422
    assert "3 statements have already been chosen. Remove one of them first." in text_of(response)
    assert "One more." in text_of(response)
    assert len(chosen(theme)) == 3


def test_the_database_keeps_three_at_most(theme, statements):
    for position, statement in enumerate(statements[:3], 1):
        StartHere.objects.create(theme=theme, statement=statement, position=position, reason="It says it.")
    for position in (0, 1, 4):
        with pytest.raises(IntegrityError), transaction.atomic():
            StartHere.objects.create(theme=theme, statement=statements[3], position=position, reason="It says it.")


def test_a_choice_moves_and_the_others_make_room(publisher, theme, statements):
    for n, statement in enumerate(statements[:3]):
        choose(publisher, statement, theme, f"Reason {n}.")

    choose(publisher, statements[2], theme, "Reason two.", position=1)

    assert chosen(theme) == [(1, "Words 2.", "Reason two."), (2, "Words 0.", "Reason 0."), (3, "Words 1.", "Reason 1.")]


def test_a_choice_is_removed_with_a_reason_and_the_others_move_up(publisher, theme, statements):
    for statement in statements[:2]:
        choose(publisher, statement, theme)

    assert send(publisher, statements[0], theme, "remove/", reason="").status_code == 409
    assert send(publisher, statements[0], theme, "remove/", reason="A better one came in.").status_code == 302

    assert chosen(theme) == [(1, "Words 1.", "It says it.")]
    reasons = set(StartHere.history.values_list("history_type", "history_change_reason"))
    assert ("-", "Removed: A better one came in.") in reasons


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"position": 1, "reason": " "}, "Say why to read it first."),
        ({"position": 1, "reason": "x" * 201}, "has 201"),
        ({"position": 4, "reason": "It says it."}, "4 is not one of the available choices"),
    ],
)
def test_what_cannot_be_stored_stays_in_the_form(publisher, theme, statements, fields, problem):
    response = send(publisher, statements[0], theme, **fields)

    assert response.status_code == 422
    assert problem in text_of(response)
    assert fields["reason"].strip() in text_of(response)
    assert chosen(theme) == []


def test_a_statement_must_be_public_and_of_the_theme(publisher, theme):
    of_review = StatementFactory(text="Of its review.", review=ReviewFactory(themes=[ThemeFactory(parent=theme)]))
    elsewhere = StatementFactory(text="Elsewhere.", themes=[ThemeFactory()])
    draft = StatementFactory(text="Draft.", bulletin=BulletinFactory(state="draft"), review=None, themes=[theme])

    for statement in (elsewhere, draft):
        response = send(publisher, statement, theme, position=1, reason="It says it.")
        assert "It is not public, or neither it nor its review is about this theme." in text_of(response)
    choose(publisher, of_review, theme)

    assert chosen(theme) == [(1, "Of its review.", "It says it.")]


def test_editors_see_what_is_chosen_and_publishers_choose(publisher, theme, statements):
    choose(publisher, statements[0], theme)
    editor = signed_in("editor")

    assert "1 of 3" in text_of(editor.get("/desk/start-here/"))
    page = editor.get("/desk/start-here/theme/").content.decode()
    assert "It says it." in page
    assert address(statements[1]) not in page
    assert editor.get(address(statements[1])).status_code == 403
    assert editor.post(address(statements[0], "remove/"), {"reason": "No."}).status_code == 403


def test_two_people_at_once_both_keep_what_they_wrote(publisher, theme, statements):
    before = start_here.version_of(theme)
    choose(signed_in("second", "publisher"), statements[0], theme, "Theirs.")
    mine = {"position": 1, "reason": "Mine."}

    refused = publisher.post(address(statements[1]), {"version": before, **mine})

    assert refused.status_code == 422
    shown = text_of(refused)
    assert "second changed this while you did: chose number 1." in shown
    assert "Theirs." in shown
    assert "Mine." in shown
    version = re.search(r'name="version" value="(\d+)"', refused.content.decode())
    assert version is not None
    assert publisher.post(address(statements[1]), {"version": version[1], **mine}).status_code == 302
    assert chosen(theme) == [(1, "Words 1.", "Mine."), (2, "Words 0.", "Theirs.")]


def test_ones_own_changes_are_no_conflict(publisher, theme, statements):
    before = start_here.version_of(theme)
    choose(publisher, statements[0], theme)

    response = publisher.post(address(statements[1]), {"version": before, "position": 2, "reason": "It says more."})

    assert response.status_code == 302


def redact(user, bulletin) -> None:
    start = bulletin.source_document.text.index("Orla Fennimore")
    decisions.redact_passage(user, bulletin, start, start + 14, "person", "A name.")


def test_a_reason_may_not_hold_redacted_words(publisher, administrator, theme, statements):
    redact(administrator, statements[0].bulletin)

    response = send(publisher, statements[0], theme, position=1, reason="It says what Orla Fennimore saw.")

    assert "It has words that were redacted in this bulletin." in text_of(response)
    assert chosen(theme) == []
    choose(publisher, statements[0], theme)
    why = {"reason": "Orla Fennimore asked."}
    assert send(publisher, statements[0], theme, "remove/", **why).status_code == 409


def test_a_redaction_cleans_the_reason_and_its_history(publisher, administrator, client, theme, statements):
    choose(publisher, statements[0], theme, "It says what Orla Fennimore saw.")
    choose(publisher, statements[0], theme, "It says what Orla Fennimore did.")

    redact(administrator, statements[0].bulletin)

    assert "Fennimore" not in everything_stored("learning.SourceDocument")
    assert chosen(theme) == [(1, "Words 0.", "It says what [name removed] did.")]
    assert "Fennimore" not in client.get("/themes/theme/").content.decode()


@pytest.mark.parametrize("part", ["", "?part=about", "?part=reviews", "?part=nothing&page=99"])
def test_the_statements_to_choose_from_are_those_about_it_and_those_of_its_reviews(publisher, theme, statements, part):
    of_review = StatementFactory(text="Of its review.", review=ReviewFactory(themes=[theme]))

    page = publisher.get(f"/desk/start-here/theme/{part}").content.decode()

    offered = {one.pk for one in (*statements, of_review) if address(one) in page}
    assert offered == ({of_review.pk} if part == "?part=reviews" else {one.pk for one in statements})
