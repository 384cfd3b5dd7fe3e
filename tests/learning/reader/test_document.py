"""Every sort of layout in a short text of its own, in ``cases/``: the text, a line of "=====", and what it must give.

An expected line is "kind|number|words" and, where it matters, "|review".
"""

from pathlib import Path

import pytest

from learning.reader.document import read_document

CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_reads(path):
    text, _, lines = path.read_text(encoding="utf-8").rpartition("\n=====\n")
    expected = [line.split("|") for line in lines.splitlines()]
    statements = read_document(path.name, text.encode()).reading.statements
    got = [[one.kind, one.number, one.text, one.review] for one in statements]
    assert [row[: len(other)] for row, other in zip(got, expected, strict=False)] == expected
    assert len(got) == len(expected), got[len(expected) :]


def test_a_statement_says_why_it_is_one():
    text = "Key findings\n\n- Nobody asked.\n\nWhat next\n\nRecommendation 1: The Board should ask."
    reasons = [one.reason for one in read_document("a.txt", text.encode()).reading.statements]
    assert reasons == ["the heading “Key findings”", "the label “Recommendation 1:”"]


def test_a_sub_bullet_knows_its_parent_and_a_list_its_lead_in():
    text = "Findings\n\nThe review found:\n\n- The plan was not followed:\n   – the school was never told of it\n"
    draft = read_document("a.txt", text.encode())
    parent, part = draft.reading.statements
    assert (parent.parent, part.parent) == (None, 0)
    assert part.lead_in is not None
    start, end = part.lead_in
    assert draft.canonical.text[start:end] == "The review found:"


def test_blocks_of_learning_sections_are_known():
    text = "Background\n\nIt was so.\n\nFindings\n\n- Nobody asked.\n\nReferences\n\n- A book."
    draft = read_document("a.txt", text.encode())
    words = [draft.canonical.words(draft.canonical.blocks[index]) for index in draft.reading.learning_blocks]
    assert words == ["Findings", "Nobody asked."]
