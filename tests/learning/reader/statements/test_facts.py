"""Title, board, date as printed, period and claims."""

import pytest

from learning.reader.extract.plain import read_plain
from learning.reader.statements.facts import claims_of, read_facts


def facts(text):
    return read_facts(read_plain(text))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Learning brief\n\nPublished: 13 September 2016\n\nWords follow.", "2016-09-13"),
        ("Learning brief\n\nPublished July 2015", "2015-07"),
        ("Summary for practitioners – August 2023\n\nA story begins here and goes on.", "2023-08"),
        ("Mockham Partnership | 18 November 2021\n\nA story begins here and goes on.", "2021-11-18"),
        ("Placeham Partnership\n2021\n\nA story begins here and goes on.", "2021"),
        ("FOR IMMEDIATE RELEASE: Tuesday 6 September 2022\n\nA story begins here.", "2022-09-06"),
        ("Title of it\n\nThursday, January 12, 2017\n\nA story begins here.", "2017-01-12"),
        ("Date of publication: 01/02/2019", "2019-02-01"),
        ("Newsletter\nIssue 14 – Summer 2016", None),
        ("Annual briefing 2019/20", None),
        ("Learning & improvement Winter 2017/2018", None),
        ("Minutes of the meeting held on 9 July 2019", None),
        ("A boy was born in May 2012.\n\nHe died in 2013 and his brother was taken into care.", None),
        ("Published: 31 February 1999", "1999-02-31"),
        ("Published: 45/13/2020", None),
    ],
)
def test_read_facts_dates_as_precisely_as_printed(text, date):
    assert facts(text).published_on == date


def test_read_facts_keeps_a_period_apart():
    assert facts("Newsletter Winter 2017/2018\n\nWords.").period == "Winter 2017/2018"


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("The review identified eighteen learning points.", {"learning_point": 18}),
        ("It made 5 recommendations, which the Board accepted.", {"recommendation": 5}),
        ("The reviewer set out three lessons:", {"learning_point": 3}),
        ("The seven recommendations of the review had been accepted.", {"recommendation": 7}),
        ("Four priority findings have been chosen.", {"learning_point": 4}),
        ("A number of lessons were identified.", {}),
        ("The service has added two questions about teeth.", {}),
        ("Two actions were late.", {}),
        ("One of the recommendations was for schools.", {}),
        ("See recommendation 4 actions.", {}),
        ("It rests on eight principles.", {}),
    ],
)
def test_claims_of(text, claims):
    assert {kind: number for kind, number, _ in claims_of(text)} == claims


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Mockshire Safeguarding Board\n\nSystems review: Family H\n\nThis is one.", "Systems review: Family H"),
        ("NEWS RELEASE\n\nReview of Child L published\n\nIt has been published.", "Review of Child L published"),
        ("# Learning from Child B\n\n## Background\n\nIt was so.", "Learning from Child B"),
        ("Learning Review: Child K\nSummary – August 2023\n\nIt was so.", "Learning Review: Child K Summary"),
    ],
)  # fmt: skip
def test_read_facts_finds_the_title(text, title):
    assert facts(text).title == title


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("The Mockshire Safeguarding Children Board (MSCB) has met.", "Mockshire Safeguarding Children Board"),
        ("Mockshire Safeguarding Partners\n\nA paper.", "Mockshire Safeguarding Partners"),
        ("The newsletter of Testerley LSCB", "Testerley LSCB"),
        ("MOCKHAM BOROUGH COUNCIL\n\nMinutes of it.", "Mockham Borough Council"),
        ("Nobody is named.", None),
    ],
)
def test_read_facts_finds_the_publisher(text, publisher):
    assert facts(text).publisher == publisher
