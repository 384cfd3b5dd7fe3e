import pytest

from learning.reader.identifiers import find_identifiers
from learning.reader.identifiers.placements import HOMES
from tests.learning.reader.identifiers.marking import assert_finds_its_example, identified, marked


@pytest.mark.parametrize("rule", HOMES, ids=lambda rule: rule.example)
def test_homes_find_their_examples(rule):
    assert_finds_its_example(rule)


@pytest.mark.parametrize("rule", [rule for rule in HOMES if rule.near_miss], ids=lambda rule: rule.near_miss)
def test_homes_leave_their_near_misses(rule):
    assert identified(rule.near_miss, rule.kind) == []


@pytest.mark.parametrize(
    "text",
    [
        "She was on «Puffin Ward» and then at «Mossbeck Maternity Hospital».",
        "The hostel («Mossbeck House») had no night staff.",
    ],
)
def test_find_placements_before_their_kind(text: str):
    plain, expected = marked(text)
    assert identified(plain, "placement") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Woodlands ward round notes were lost.",
        "Queen Mossbeck's Hospital and St Osmund's Hospice are both members of the network.",
        "Mossbeck Hospital has appointed a named nurse.",
        "Bruising in Non-Mobile Infants Protocol",
        "Abbey ward councillors were told.",
    ],
)
def test_find_placements_leaves_a_body_that_acts_alone(text: str):
    assert [identifier for identifier in find_identifiers(text) if identifier.kind in {"school", "placement"}] == []
