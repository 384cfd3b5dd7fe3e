import pytest

from learning.reader.identifiers.ethnic_groups import broad_groups


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("an 8-year-old Bangladeshi boy", "Asian or Asian British"),
        ("of black African heritage", "Black, Black British, Caribbean or African"),
        ("White and Black Caribbean", "Mixed or multiple ethnic groups"),
        ("Gypsy Roma", "White"),
        ("a Kurdish family", "Other ethnic group"),
    ],
)
def test_broad_groups_first(words, group):
    assert broad_groups(words)[0] == group


@pytest.mark.parametrize("words", ["a boy of 8 in Sampleby", "romance", "the Indiana plan"])
def test_broad_group_of_words_that_name_none(words):
    assert broad_groups(words) == []
