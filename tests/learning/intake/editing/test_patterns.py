"""What a detail is generalised to: the bands and broad groups are the reader's own."""

import pytest

from learning.intake.editing.patterns import generalised
from learning.reader.identifiers import find_identifiers


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("a 14-year-old Afghan girl", "11 to 15, Asian or Asian British"),
        ("a 9 year old Turkish boy", "6 to 10, Other ethnic group"),
        ("aged 18 months, Latvian", "1 to 5, White"),
        ("an 11-month-old Zulu baby", "Under 1, Black, Black British, Caribbean or African"),
        ("a 16 year old of dual heritage (Polish and Somali)", "16 to 17, Mixed or multiple ethnic groups"),
        ("aged 40", "18 and over"),
        ("the only vicar", None),
    ],
)
def test_generalised_rare_combination_is_band_and_broad_group(words, instead):
    assert generalised("rare_combination", words) == instead


@pytest.mark.parametrize("origin", ["Afghan", "Turkish", "Jewish", "Nepali", "Irish", "Somali", "Brazilian"])
def test_generalised_ethnic_group_is_the_one_that_the_reader_suggests(origin):
    [finding] = [one for one in find_identifiers(f"She was a 14-year-old {origin} girl.") if "rare" in one.kind]
    broad = finding.suggestion.rpartition("[")[2].rpartition("]")[0]

    assert generalised("rare_combination", f"14, {origin}") == f"11 to 15, {broad}"
