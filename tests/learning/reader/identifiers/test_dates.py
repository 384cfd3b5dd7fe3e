import pytest

from learning.reader.identifiers import find_identifiers
from learning.reader.identifiers.dates import CUES, LABELS, Cue
from tests.learning.reader.identifiers.marking import identified, marked, suggested


@pytest.mark.parametrize("cue", [*LABELS, *CUES], ids=lambda cue: cue.example)
def test_cues_tell_the_kind_of_a_date(cue: Cue):
    text, expected = marked(cue.example)
    dates = [(item.kind, item.text) for item in find_identifiers(text) if item.kind.endswith("_date")]
    assert dates == [(cue.kind, date) for date in expected]


@pytest.mark.parametrize(
    "date",
    [
        "3 December 1996", "3rd of Dec '96", "the 3rd day of December 1996", "Dec. 3, 1996", "December 3rd 1996",
        "Tuesday 3 December 1996", "3/12/96", "03.12.1996", "1996-12-03", "3-Dec-1996", "the third of December 1996",
        "3 December", "3\nDecember 1996", "Christmas Day 1996", "3rd. December 1996",
    ],
)  # fmt: skip
def test_find_dates_in_every_way_of_writing(date: str):
    assert identified(f"The child was born on {date} at home.", "birth_date") == [date]


@pytest.mark.parametrize(
    "text",
    [
        "Published on 13 September 2016.",
        "The panel met on 3 December 2018 and 22 January 2019.",
        "The period under review is 1 January 2015 to 31 December 2017.",
        "The Act came into force on 1 September 2019.",
        "Mira Mossbeck\nHead of Service\n12/04/10",
        "See sections 3.12.10 and 4.1 of the procedures.",
        "He was born in 1999 and moved in May 2012.",
    ],
)
def test_find_dates_leaves_those_that_are_nobodys(text: str):
    assert [identifier for identifier in find_identifiers(text) if identifier.kind.endswith("_date")] == []


@pytest.mark.parametrize(
    "text",
    [
        "Chronology, line 34: «22-Nov-11», 17:40. Mother calls 999.",
        "«04/11/2009», 19.20hrs. Neighbour reports screaming.",
        "«14.02.2017» – police called to the home by a neighbour.",
    ],
)
def test_find_dates_that_head_an_entry_of_a_chronology(text: str):
    plain, expected = marked(text)
    assert identified(plain, "incident_date") == expected


def test_find_dates_does_not_take_a_date_after_a_birthday_for_it():
    text = "Two days after her sixteenth birthday, on 5 May 2019, she died."
    assert identified(text, "death_date") == ["5 May 2019"]


def test_find_dates_reads_a_life_in_brackets():
    text = "Child K (9 Jan 2003 – 17 Mar 2019) loved music."
    assert (identified(text, "birth_date"), identified(text, "death_date")) == (["9 Jan 2003"], ["17 Mar 2019"])


def test_suggested_keeps_the_year_of_an_incident_and_no_year_of_a_birth():
    assert suggested("She was attacked on 3 June 2014.", "incident_date") == ["[date removed] 2014"]
    assert suggested("She was born on 3 June 2014.", "birth_date") == ["[date of birth removed]"]
