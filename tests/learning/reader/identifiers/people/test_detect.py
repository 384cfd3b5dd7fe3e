import pytest

from learning.reader.identifiers import find_identifiers
from tests.learning.reader.identifiers.marking import identified, marked


@pytest.mark.parametrize(
    "text",
    [
        "Practitioners hold on to a first view (Tremlow, T., 2015; Askew et al., 2008).",
        "Reder and Duncan described the same pattern.",
        "Sarah's Law lets people ask the police.",
        "We shall call him Jayden in this report, and Jayden liked football.",
        "All names have been changed. Ella told her teacher.",
        "SCR JOHN\nLEARNING SUMMARY",
        "Mr A and Ms B, Social Worker 4 and Team Manager 1 met Child AB.",
        "Great Sampleby Safeguarding Children Partnership and the Head of Service agreed.",
        "Hope is a protective factor. Will this change practice? Grace and joy are for May.",
    ],
)
def test_find_people_leaves_alone(text: str):
    assert identified(text, "person") == []


def test_find_people_finds_a_name_again_wherever_it_stands():
    text = "Dr Mabeka Mossbeck wrote first. Nobody replied. In the end Mossbeck rang."
    assert identified(text, "person") == ["Mabeka Mossbeck", "Mossbeck"]


def test_find_people_takes_two_who_share_a_surname_as_one():
    text = "Her foster carers, Pauline and Trevor Mossbeck, asked for help."
    assert identified(text, "person") == ["Pauline and Trevor Mossbeck"]


@pytest.mark.parametrize(
    "text",
    [
        "The GP, Dr «Close», recorded low mood.",
        "Mrs «Church» and Mr «Day» were the carers.",
        "The tutor, «Mark Bishop», offered to attend.",
        "«Hope Rivers» was the keyworker.",
        "The school's DSL, «Summer Hill», did not look.",
    ],
)
def test_find_people_whose_surname_is_a_word(text: str):
    plain, expected = marked(text)
    assert identified(plain, "person") == expected


@pytest.mark.parametrize(
    "text",
    [
        "It was «Vytenis Mossbauskas» himself.",
        "Police named «Tsveta Mosskova» as the tenant.",
        "Then «Ndeye Mossbeck-Sample» rang.",
        "Apologies: «Mabeka Mossbeck» and «Orlaith Sample»",
        "It was Child Protection Officer «Mabeka McMossbeck», on nights.",
        "Nobody had asked «Vəfa» about it, and when «Mossa» was interviewed she cried.",
    ],
)
def test_find_people_whose_name_is_from_elsewhere(text: str):
    plain, expected = marked(text)
    assert identified(plain, "person") == expected


def test_find_listed_finds_whole_words_in_any_case():
    text = "The bluebells of BLUEBELL, and Bluebell's mother."
    listed = find_identifiers(text, ["bluebell", " "])
    assert [(item.kind, item.text) for item in listed] == [("person", "BLUEBELL"), ("person", "Bluebell")]
    assert {item.why for item in listed} == {"It is on your list of names to look for."}
