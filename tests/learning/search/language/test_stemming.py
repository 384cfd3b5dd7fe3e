import pytest

from learning.search.language.stemming import fold, stem, stemmed, tokens_of, words_of

TEXTS = ["Zoë’s café", "3½ m²", "Acme™, ﬁnding", "a\u0301b", "日本語", "İ ß Ŀ", "child's CHILDREN’S", "x_y-z", ""]


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_of_and_stemmed_know_the_same_words(text):
    assert " ".join(token.stem for token in tokens_of(text)) == stemmed(text) == " ".join(map(stem, words_of(text)))


def test_tokens_of_says_where_words_stand():
    text = "The child’s café."

    assert [text[token.start : token.end] for token in tokens_of(text)] == ["The", "child", "café"]


def test_fold_drops_capitals_accents_and_ligatures():
    assert fold("Zoë ﬁnds Å") == "zoe finds a"


def test_words_of_keeps_no_sign_of_trade_as_letters():
    assert words_of("Acme™ toys") == ("acme", "toys")


@pytest.mark.parametrize("forms", ["chronology chronological", "abuse abused abusive", "die dying", "policy policies"])
def test_stem_is_one_for_the_forms_of_a_word(forms):
    assert len(set(map(stem, forms.split()))) == 1


@pytest.mark.parametrize("others", ["policy police", "community communication", "as a", "is i", "universe university"])
def test_stem_keeps_other_words_apart(others):
    assert len(set(map(stem, others.split()))) == 2


def test_stem_leaves_words_with_numbers_alone():
    assert stemmed("3a s47 2014") == "3a s47 2014"


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("children's children’s CHILDREN'S", "childrens"),
        ("infor\u00admation infor\u200bmation \ufeffinformation", "information"),
        ("A&E a & e", "ae"),
        ("M&S m & s", "ms"),
    ],
)
def test_stemmed_knows_words_however_they_are_written(written, typed):
    assert set(stemmed(written).split()) == {stem(typed)}


def test_words_of_parts_whole_words_at_their_sign():
    assert words_of("drugs&alcohol, parents' s47's") == ("drugs", "alcohol", "parents", "s47")
