from learning.reader.word_lists import lines_in, words_in


def test_words_in_leaves_comments_out():
    assert {"abingdon", "accrington"} < words_in("towns")
    assert not {"#", "Towns", "Lower"} & words_in("towns")


def test_lines_in_keeps_the_words_of_an_entry_together():
    assert "victoria climbie" in lines_in("public_names")
    assert "victoria" not in lines_in("public_names")
