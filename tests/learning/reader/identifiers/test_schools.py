import pytest

from learning.reader.identifiers import find_identifiers
from learning.reader.identifiers.schools import NAMED_SCHOOLS
from tests.learning.reader.identifiers.marking import assert_finds_its_example, identified, marked


@pytest.mark.parametrize("rule", NAMED_SCHOOLS, ids=lambda rule: rule.example)
def test_named_schools_find_their_examples(rule):
    assert_finds_its_example(rule)


@pytest.mark.parametrize("rule", [rule for rule in NAMED_SCHOOLS if rule.near_miss], ids=lambda rule: rule.near_miss)
def test_named_schools_leave_their_near_misses(rule):
    assert identified(rule.near_miss, rule.kind) == []


@pytest.mark.parametrize(
    "text",
    [
        "He boarded at «Mossbeck Grange School». «Mossbeck Grange» is good.",
        "REPORT FROM «BRACKENFELL PRIMARY SCHOOL»",
        "The «St Osmund's C of E Primary School» nurse rang.",
    ],
)
def test_find_schools_before_their_kind(text: str):
    plain, expected = marked(text)
    assert [name.removeprefix("The ") for name in identified(plain, "school")] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The primary school, the nursery and the college each held part.",
        "The Royal College of Nursing and the College of Policing advise.",
        "The Special Care Baby Unit and the Violence Reduction Unit met.",
        "The House of Lords ruled on Children's Homes.",
    ],
)
def test_find_schools_leaves_bodies_alone(text: str):
    assert [identifier for identifier in find_identifiers(text) if identifier.kind in {"school", "placement"}] == []
