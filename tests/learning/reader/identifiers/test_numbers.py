import pytest

from learning.reader.identifiers import find_identifiers
from learning.reader.identifiers.numbers import RULES
from tests.learning.reader.identifiers.marking import assert_finds_its_example, identified


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.example)
def test_rules_find_their_examples(rule):
    assert_finds_its_example(rule)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.near_miss], ids=lambda rule: rule.near_miss)
def test_rules_leave_their_near_misses(rule):
    assert identified(rule.near_miss, rule.kind) == []


def test_is_phone_takes_a_number_with_the_code_of_the_country_for_no_nhs_number():
    text = "Ring her on +44 7700 900418 today."
    assert [(item.kind, item.text) for item in find_identifiers(text)] == [("phone", "+44 7700 900418")]
