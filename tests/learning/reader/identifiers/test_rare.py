import pytest

from learning.reader.identifiers.rare import band
from tests.learning.reader.identifiers.marking import identified, marked, suggested


@pytest.mark.parametrize(
    "text",
    [
        "«A Kurdish boy of 13» came alone.",
        "She was «12. Her family is Somali» and speaks English.",
        "«fifteen year old girl from Port Sampleby» was the first.",
        "«The 6-year-old, the only Sikh child in the village school», was bullied.",
    ],
)
def test_find_rare_combinations(text: str):
    plain, expected = marked(text)
    assert [words.lower() in item.lower() or item.lower() in words.lower()
            for words, item in zip(expected, identified(plain, "rare_combination"), strict=True)] == [True]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The girl, aged 13, told her teacher.",
        "Many children aged 14 from Polish families attend.",
        "The child was 7 years old when the plan began and 9 when it ended.",
        "Homeless 16 and 17 year olds should be accommodated.",
        "The area has a large Pakistani heritage community.",
        "The mother was 17 and White British.",
        "Mother, of Black Caribbean heritage, and Father separated when Child E was two.",
    ],
)
def test_find_rare_combinations_leaves_common_ones(text: str):
    assert identified(text, "rare_combination") == []


def test_find_rare_combinations_suggests_what_is_more_general():
    text = "It is about a 17 year old Vietnamese girl living in Sampleby."
    expected = ["a [16 to 17] year old [Asian or Asian British] girl living in [place removed]"]
    assert suggested(text, "rare_combination") == expected


@pytest.mark.parametrize(
    ("age", "unit", "expected"),
    [(7, "month", "Under 1"), (18, "months", "1 to 5"), (3, "weeks", "Under 1"), (1, "year", "1 to 5"),
     (5, "year", "1 to 5"), (6, "year", "6 to 10"), (15, "year", "11 to 15"), (17, "year", "16 to 17"),
     (18, "year", "18 and over")],
)  # fmt: skip
def test_band(age: int, unit: str, expected: str):
    assert band(age, unit) == expected
