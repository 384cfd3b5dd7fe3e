"""Whom a bulletin speaks of."""

import pytest

from learning.reader.extract.plain import read_plain
from learning.reader.statements.subjects import find_subjects


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Serious Case Review: Child B", ["Child B"]),
        ("LEARNING AT A GLANCE: CHILD Y4", ["Child Y4"]),
        ("Serious Case Review Q\n\nChild Q was seven.", ["Serious Case Review Q"]),
        ("Review on Siblings W1 and W2", ["Siblings W1 and W2"]),
        ("Young Person K and Child R are two cases.", ["Young Person K", "Child R"]),
        ('Child Safeguarding Practice Review: "Robin"', ["Robin"]),
        ("Child Practice Review Report\n\nRe: CESP 02/2017", ["CESP 02/2017"]),
        ("2019 – Anonymous - Katie", ["Katie"]),
        ("This is on a family called the Manning Family.", ["Manning Family"]),
        ("Bethany (aged 26) and her son, known as DJ (aged 9), were killed.", ["Bethany and DJ"]),
        ("The murders of Ann Example and Ben Sample were reviewed.", ["Ann Example", "Ben Sample"]),
        ("Ash is not his real name.", ["Ash"]),
        ("Who is Sam?\n\nSam was 16.", ["Sam"]),
        ("Case 1\nA baby was hurt.\n\nCase 2\nA boy was hurt.", ["Case 1", "Case 2"]),
        ("SCR Nobody\n\nThere was nobody.", []),
        ("Child Protection and Family Support met at a Child Centre.", []),
        ("Nobody is named here.", []),
    ],
)
def test_find_subjects(text, labels):
    assert find_subjects(read_plain(text)).labels == labels


def test_find_subjects_joins_other_names_of_one_review():
    subjects = find_subjects(read_plain("Serious Case Review Q\n\nChild Q was seven."))
    assert subjects.aliases == {"Serious Case Review Q": ["Child Q"]}
    assert subjects.mentioned("Of Child Q much was said") == ("Serious Case Review Q", False)


@pytest.mark.parametrize(
    "heading",
    ["Child B", "3. Child B (Mockham)", "Child B: what we learned", "Learning from Child B", "Child B's story"],
)
def test_label_in_heading(heading):
    assert find_subjects(read_plain("Child B and Child C")).label_in_heading(heading) == "Child B"


def test_label_in_heading_that_only_mentions_one():
    assert find_subjects(read_plain("Child B")).label_in_heading("What the school saw of Child B in spring") == ""
