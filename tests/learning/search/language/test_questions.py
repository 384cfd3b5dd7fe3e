import re

import pytest

from learning.search.language.questions import OPENINGS, is_question, subject_at


def subject_of(text):
    return text[subject_at(text) :]


@pytest.mark.parametrize(("pattern", "example"), OPENINGS)
def test_subject_of_cuts_each_opening_off(pattern, example):
    assert re.fullmatch(pattern, example)
    assert subject_of(f"{example} fathers?") == "fathers?"
    assert subject_of(f"{example.capitalize()} fathers?") == "fathers?"


@pytest.mark.parametrize(
    "text", ["fathers", "what works", "reviews of fathers", "what do reviews say about", "how schools help"]
)
def test_subject_of_leaves_what_asks_for_nothing_else(text):
    assert subject_of(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("fathers?", True), ("how could schools help", True), ("what works", False), ("school in may", False)],
)
def test_is_question_by_its_mark_or_its_first_word(text, expected):
    assert is_question(text) is expected
