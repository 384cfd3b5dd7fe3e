"""Every row of every table by its own examples."""

import pytest

from learning.reader import wording
from learning.reader.wording import lookup


def examples(table):
    return [(row.kind, example) for row in table for example in row.examples]


@pytest.mark.parametrize("table", [wording.HEADINGS, wording.LEAD_INS, wording.LABELS, wording.COLUMNS])
def test_tables_have_an_example_in_every_row(table):
    assert all(row.examples for row in table)
    assert {row.kind for row in table} <= {*wording.KINDS, wording.STOP, wording.NEUTRAL, wording.NEXT}


@pytest.mark.parametrize(("kind", "heading"), examples(wording.HEADINGS))
def test_heading_kind(kind, heading):
    expected = wording.RECOMMENDATION if kind == wording.NEXT else kind
    assert lookup.heading_kind(heading) == expected
    assert lookup.heading_kind(f"3. {heading.upper()}:") == expected
    assert lookup.leaves_it_to_words(heading) == (kind == wording.NEXT)


@pytest.mark.parametrize(("kind", "words"), examples(wording.LEAD_INS))
def test_lead_in_kind(kind, words):
    assert lookup.lead_in_kind(words) == kind


@pytest.mark.parametrize(("kind", "label"), examples(wording.LABELS))
def test_label_of(kind, label):
    found = lookup.label_of(f"{label}: what comes next")
    assert found is not None
    assert found.kind == kind
    assert f"{label}: what comes next"[found.end :] == "what comes next"


@pytest.mark.parametrize(("kind", "heading"), examples(wording.COLUMNS))
def test_column_kind(kind, heading):
    assert lookup.column_kind(heading) == kind


@pytest.mark.parametrize(
    "heading", ["No.", "Lead", "By when", "RAG", "Status", "Timescale", "Lead agency", "Owner", "Recommendation number"]
)
def test_column_kind_of_columns_that_hold_no_statement(heading):
    assert lookup.column_kind(heading) is None


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Communication between agencies", None),
        ("6 October – Learning from reviews (online)", None),
        ("Baby P3: learning points", wording.LEARNING),
        ("Box 4: What worked well?", wording.GOOD),
        ("Main ﬁndings", wording.LEARNING),
        ("What did the review recommend?", wording.RECOMMENDATION),
        ("What should you think about?", wording.QUESTION),
        ("What is different now", wording.ACTION),
        ("Signs to look out for", wording.RISK),
        ("Where can I find out more?", wording.STOP),
    ],
)
def test_heading_kind_of_other_headings(heading, kind):
    assert lookup.heading_kind(heading) == kind


@pytest.mark.parametrize(
    ("label", "number"),
    [("Finding 1", "1"), ("Learning point 2b", "2b"), ("Recommendation 1.2", "1.2"), ("R3", "3"), ("Question", "")],
)
def test_label_of_keeps_the_number(label, number):
    found = lookup.label_of(f"{label}: words")
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize(
    "sentence",
    [
        "The review found that nobody asked.",
        "It also showed that he was alone.",
        "The overview author concluded that it could not be known.",
        "They also found that the plan was lost.",
    ],
)
def test_finding_takes_sentences_that_say_what_was_found(sentence):
    assert wording.FINDING.match(sentence)
    assert not wording.NOT_A_FINDING.search(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The report identified fourteen lessons, which have been grouped.",
        "The review was considered by the Board.",
        "She lived with her aunt.",
        "The review heard from nine agencies.",
    ],
)
def test_finding_leaves_other_sentences(sentence):
    assert not wording.FINDING.match(sentence) or wording.NOT_A_FINDING.search(sentence)


@pytest.mark.parametrize("line", ["Foreword ........ 2", "1. Introduction . . . . . 12", "Lessons ... 4"])
def test_is_contents_line(line):
    assert lookup.is_contents_line(line)


def test_run_in_kind_of_a_long_clause_is_none():
    assert lookup.run_in_kind("Learning includes") == wording.LEARNING
    assert lookup.run_in_kind("The social worker said of the learning in this long sentence") is None
