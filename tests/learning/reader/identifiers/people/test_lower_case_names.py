import pytest

from tests.learning.reader.identifiers.marking import identified, marked


@pytest.mark.parametrize(
    "text",
    [
        "spoke to «sharon» this morning, she says «darren» has gone back.",
        "mum wants to know what is happening with «kayleigh-mae».",
        "The half-brother («t. mossbeck», 17) slept on the sofa.",
        "Child: «MOSSBECK-SAMPLE, Teilo». Category: neglect.",
        "Patient: «McMOSSBECK, Rory»",
    ],
)
def test_find_lower_case_names(text: str):
    plain, expected = marked(text)
    assert identified(plain, "person") == expected


@pytest.mark.parametrize(
    "text",
    [
        "will staff have time? may we share? mark the date.",
        "The tests for (c. difficile, e. coli) and (p. twelve) were clear.",
        "Ofsted: NHS, Health and EDUCATION, Training",
    ],
)
def test_find_lower_case_names_leaves_words_alone(text: str):
    assert identified(text, "person") == []
