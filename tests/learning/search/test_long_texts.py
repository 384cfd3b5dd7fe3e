import re

import pytest

from learning.models import Statement
from learning.search.explain import Source, why
from learning.search.highlight import Words, looked_at, snippet
from learning.search.language.query import parse
from learning.search.language.stemming import stem, words_of
from learning.search.long_texts import LONG, pattern_of_word, places, stretches, terms_of
from tests.learning.search.test_results import HOSTILE, shown, understand_or_none

pytestmark = pytest.mark.django_db

FILLER = "Nothing that anybody looks for stands here, nor there.\n" * 2_000
LONG_TEXT = f"{FILLER}Carers met Zoë’s family. {FILLER}The child’s families cared; Child S was missing. {FILLER}"


@pytest.mark.parametrize(("written", "typed"), [("sha\u00adring", "share"), ("A&E", "a&e"), ("a & e", "A&E")])
def test_places_are_found_however_a_word_is_written(written, typed):
    assert found(f"{FILLER}{written} {FILLER}", typed) == [written]


def found(text, query):
    terms = terms_of(parse(query))
    return [text[start:end] for _, start, end in places(text, terms)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("family", ["family", "families"]),
        ("FAMILIES OR zoe", ["Zoë", "family", "families"]),
        ("care", ["cared"]),
        ("car*", ["Carers", "cared"]),
        ("child", ["child", "Child"]),
        ("Child S", ["Child S"]),
        ('"zoes families"', ["Zoë’s family"]),
        ('"families cared child"', ["families cared; Child"]),
        ("an* missing", [*["anybody"] * 4_000, "missing", *["anybody"] * 2_000]),
        ("miss", ["missing"]),
        ("is as hat", []),
    ],
)
def test_places_are_those_that_a_look_at_each_word_finds(query, expected):
    assert found(LONG_TEXT, query) == expected
    words = Words(LONG_TEXT)
    assert len(expected) == sum(len(list(words.spans(term))) for term in terms_of(parse(query)))


def test_pattern_of_word_comes_upon_every_form_of_a_word(bulletins):
    forms: dict[str, set[str]] = {}
    for word in words_of("\n".join(Statement.objects.values_list("text", flat=True))):
        forms.setdefault(stem(word), set()).add(word)

    assert len(forms) > 500
    for of_one_stem in forms.values():
        for sought in of_one_stem:
            assert all(re.fullmatch(pattern_of_word(sought), word) for word in of_one_stem), of_one_stem


@pytest.mark.parametrize(
    "forms",
    ["die dies died dying", "sky skies", "happy happiness", "hope hoping", "agency agencies", "succeed succeeded"],
)
def test_pattern_of_word_comes_upon_irregular_forms(forms):
    for sought in forms.split():
        assert all(re.fullmatch(pattern_of_word(sought), word) for word in forms.split())


def test_snippet_of_a_long_text_is_where_most_stands_together():
    html = shown(snippet(LONG_TEXT, parse("child missing")))

    assert "The [child]’s families cared; [Child] S was [missing]." in html
    assert html.startswith("… ")
    assert html.endswith(" …")
    assert len(html) < 350


def test_snippet_of_a_long_text_without_a_hit_is_its_beginning():
    html = shown(snippet(LONG_TEXT, parse("elsewhere")))

    assert html.startswith("Nothing that anybody")
    assert html.endswith(" …")


def test_looked_at_is_the_whole_of_a_short_text():
    assert looked_at("x" * LONG, parse("y")) == ["x" * LONG]


def test_looked_at_is_only_stretches_of_a_long_text():
    query = parse("zoe missing -an*")
    sources = [Source("its words", each) for each in looked_at(LONG_TEXT, query)]

    assert sum(len(source.text) for source in sources) < 3_000
    assert why(query, sources) == "Matched: its words"


@pytest.mark.parametrize("text", HOSTILE)
def test_stretches_of_a_long_text_for_hostile_searches(text):
    reading = understand_or_none(text)

    for sign in ("_", " ", "a", "\u0301", "x "):
        spans = stretches(sign * 100_000, reading.apart, 280)[:1] if reading else []
        assert all(0 <= a <= b <= 100_000 for a, b in spans)
