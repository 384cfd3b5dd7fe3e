"""What holds for any text at all."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from learning.reader.document import DocumentError, read_document
from learning.reader.extract.plain import read_plain
from learning.reader.statements.reader import read_statements
from learning.reader.wording.markers import marker_of

TOKENS = """
    Findings Recommendations Learning: Question: Finding 1 2. 3a. (iv) • – - o ✓ ? The Board should act; and so on:
    Child B Child Q was seven. It found that nobody asked. Baby R | a | b | TAB ## ** Key learning points
    Recommendation 3: Outcome: What worked well? 90% (Survey, 2011) Page 2 of 3 ... e.g. x@y.org <li> <br> <td>
"""
WORDS = st.sampled_from(TOKENS.replace("TAB", "\t").split(" "))
LINES = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=25).map("\n".join)
TEXTS = st.one_of(LINES, st.text(max_size=400), st.lists(st.one_of(LINES, st.text(max_size=60))).map("\n\n".join))


def bare(text):
    """The words of a passage without the list markers that stand in it."""
    lines = []
    for line in text.split("\n"):
        marker = marker_of(line)
        lines.append(marker.rest if marker else line)
    return re.sub(r"\s+", " ", " ".join(lines)).strip()


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_read_statements_stand_at_their_passages(text):
    canonical = read_plain(text)
    statements = read_statements(canonical).statements
    for one in statements:
        assert 0 <= one.start < one.end <= len(canonical.text)
        passage = canonical.text[one.start : one.end]
        assert one.text in {" ".join(passage.split()), bare(passage)}
        before, after = canonical.text[one.start - 1 : one.start], canonical.text[one.end : one.end + 1]
        assert not (before.isalnum() and passage[0].isalnum())
        assert not (after.isalnum() and passage[-1].isalnum())


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_read_statements_claim_no_passage_twice(text):
    statements = read_statements(read_plain(text)).statements
    assert [one.start for one in statements] == sorted(one.start for one in statements)
    for left, right in pairwise(statements):
        assert left.end <= right.start
    for index, one in enumerate(statements):
        assert one.parent is None or 0 <= one.parent < index


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_read_document_reads_or_refuses_any_bytes(text):
    try:
        draft = read_document("a.txt", text.encode("utf-8", "ignore"))
    except DocumentError:
        return
    printed = draft.as_json()
    assert {one["review"] for one in printed["statements"]} <= {"", *draft.subjects.labels}
