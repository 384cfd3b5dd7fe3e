import pytest

from learning.reader.identifiers import find_identifiers
from learning.reader.identifiers.people.rules import RULES as PEOPLE
from learning.reader.identifiers.people.words import PersonRule
from tests.learning.reader.identifiers.marking import identified, marked


@pytest.mark.parametrize("rule", PEOPLE, ids=lambda rule: rule.example)
def test_rules_find_their_examples(rule: PersonRule):
    text, expected = marked(rule.example)
    assert [item.text for item in find_identifiers(text) if item.why == rule.why] == expected


@pytest.mark.parametrize("rule", [rule for rule in PEOPLE if rule.near_miss], ids=lambda rule: rule.near_miss)
def test_rules_leave_their_near_misses(rule: PersonRule):
    assert identified(rule.near_miss, "person") == []
