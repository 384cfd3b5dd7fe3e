"""What the words of a statement suggest, and why."""

import pytest

from learning.intake.drafts.vocabulary import current_vocabulary, shipped_vocabulary
from learning.reader.document import read_document
from learning.reader.statements.suggestions import Addressed, Vocabulary, addressees_of, agencies_in, term, themes_in

WORDS = Vocabulary(
    themes=(
        term("neglect", "Neglect", "child neglect\nchronic neglect"),
        term("child-sexual-exploitation", "Child sexual exploitation", "CSE\nsexual exploitation"),
        term("abuse-and-neglect", "Abuse and neglect", ""),
        term("was-not-brought", "Missed appointments and unmet needs", "was not brought\nmissed appointment"),
    ),
    agencies=(term("board", "Safeguarding board or partnership", "LSCB"), term("police", "Police", "constabulary")),
)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Chronic neglect was lived with.", ["neglect"]),
        ("Missed appointments hid sexual-exploitation.", ["was-not-brought", "child-sexual-exploitation"]),
        ("CSE was named.", ["child-sexual-exploitation"]),
        ("The cse of it", []),
        ("Neglected duties", []),
    ],
)
def test_themes(text, slugs):
    assert [one.slug for one in themes_in(text, WORDS)] == slugs


def test_a_suggestion_says_why():
    [one] = themes_in("A case of Child Neglect.", WORDS)
    assert (one.words, one.reason) == ("Child Neglect", "the words “Child Neglect”")


def test_agencies():
    assert [one.slug for one in agencies_in("The Police and the Board met.", WORDS)] == ["police", "board"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Board must satisfy itself.", [("The Board", "board")]),
        ("that school nurses weigh", []),
        ("Police to see every child.", [("Police", "police")]),
        ("All police to see every child.", [("All police", "police")]),
        ("Develop events with police to ensure that they meet.", []),
        ("Schools and colleges should be told.", [("Schools and colleges", "")]),
        ("It must not happen again.", []),
        ("Evaluate the needs of staff who should know.", []),
    ],
)
def test_addressees(text, expected):
    assert [(one.as_printed, one.agency) for one in addressees_of(text, WORDS)] == expected


def test_addressees_say_why():
    assert addressees_of("The Board must act.", WORDS) == [
        Addressed("The Board", "board", "it opens with “The Board must”")
    ]


def test_themes_of_a_review():
    text = (
        "Child B\n\nKeywords: CSE, truancy\n\nFindings\n- Neglect was missed.\n- Neglect was seen late.\n- CSE was not."
    )
    printed = read_document("b.txt", text.encode()).as_json(WORDS)
    assert printed["reviews"] == [{"label": "Child B", "themes": ["child-sexual-exploitation", "neglect"]}]
    assert [one["themes"] for one in printed["statements"]][:2] == [["neglect"], ["neglect"]]


def test_the_shipped_vocabulary_holds_every_theme():
    slugs = {one.slug for one in shipped_vocabulary().themes}
    assert {"neglect", "suicide"} <= slugs


@pytest.mark.django_db
def test_an_empty_table_leaves_the_shipped_one():
    assert current_vocabulary().themes


@pytest.mark.django_db
def test_the_table_comes_first():
    from reviews.models import Theme

    Theme.objects.create(slug="own", name="Own", position=1)
    assert [one.slug for one in current_vocabulary().themes] == ["own"]
