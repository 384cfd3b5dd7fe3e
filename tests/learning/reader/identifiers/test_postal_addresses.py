import pytest

from learning.reader.identifiers.postal_addresses import ADDRESSES
from tests.learning.reader.identifiers.marking import assert_finds_its_example, identified, marked


@pytest.mark.parametrize("rule", ADDRESSES, ids=lambda rule: rule.example)
def test_addresses_find_their_examples(rule):
    assert_finds_its_example(rule)


@pytest.mark.parametrize("rule", [rule for rule in ADDRESSES if rule.near_miss], ids=lambda rule: rule.near_miss)
def test_addresses_leave_their_near_misses(rule):
    assert identified(rule.near_miss, rule.kind) == []


@pytest.mark.parametrize(
    "text",
    [
        "He returned to «14 Mossbeck Rise» that night.",
        "The family was based at «3 Mossbeck Road» for a year.",
        "The team visited «14 Mossbeck Close» twice.",
        "They were in «block C, room 214, Mossbeck House hostel» for months.",
    ],
)
def test_find_addresses_of_a_home(text: str):
    plain, expected = marked(text)
    assert identified(plain, "address") == expected
