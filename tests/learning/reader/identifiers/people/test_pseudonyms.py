import pytest

from tests.learning.reader.identifiers.marking import identified


@pytest.mark.parametrize(
    "text",
    [
        "Serious Case Review: Leo\nLeo was five. Leo's mother had been in care.",
        'DHR 07 - "Halina"\nHalina was 43, and nobody asked Halina.',
        "CSPR – Kieran and Aisha\nKieran was 15. Aisha told a friend.",
        "Maureen (SAR)\nMaureen, 82, was moved.",
        "CASE MANAGEMENT REVIEW\nExecutive Summary\n\nConnor\n\nConnor waited for weeks.",
        "The name Ellis was picked by the panel. Ellis's needs were known.",
        "Safeguarding Adults Review: Mr Mossbeck\nMr Mossbeck died in a fire.",
        "Case study: Jamie\nJamie is 15, and nobody asked Jamie.",
        "Scenario 1: Tariq is 14. What would you do for Tariq?",
    ],
)
def test_pseudonyms_of_a_title_are_left_alone(text: str):
    assert identified(text, "person") == []


def test_pseudonyms_are_no_whole_names():
    assert identified("Serious Case Review: Daniel Mossbeck", "person") == ["Daniel Mossbeck"]
