import pytest

from learning.search.language.everyday import EVERYDAY, as_one, otherwise_written
from learning.search.language.query import parse
from learning.search.language.stemming import words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("multiagency", ["multi-agency"]),
        ("multi-agency", ["multiagency"]),
        ("cosleeping", ["co-sleeping"]),
        ("cope", []),
        ("agency", []),
        ("agency multi", []),
    ],
)
def test_otherwise_written_with_or_without_a_hyphen(words, others):
    assert [term.text for term in otherwise_written(words_of(words))] == others


def test_as_one_joins_each_beginning_with_the_word_after_it():
    assert as_one(("multi", "agency", "pre", "birth", "plan", "co")) == ("multiagency", "prebirth", "plan", "co")
    assert as_one(("co", "co", "co")) == ("coco", "co")


@pytest.mark.parametrize(("word", "meaning"), EVERYDAY.items())
def test_parse_finds_what_bulletins_write_for_an_everyday_word(word, meaning):
    [operand] = parse(word).operands

    assert {synonym.text for synonym in operand.synonyms} == set(meaning)
    assert operand.explanation.startswith(f"{word} = ")


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("neglect,abuse", ["neglect", "abuse"]),
        ("neglect/abuse;harm", ["neglect", "abuse", "harm"]),
        ("s.47 1,000 co-sleeping", ["s.47", "1,000", "co-sleeping"]),
        ("A & E", ["A&E"]),
        ("sha\u00adring\u200b", ["sharing"]),
    ],
)
def test_parse_parts_words_at_the_signs_between_them(text, typed):
    assert [operand.typed for operand in parse(text).operands] == typed
