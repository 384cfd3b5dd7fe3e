from learning.reader.wording.endings import CLAUSE_END, SENTENCE_END


def test_sentence_end_looks_through_closing_quotes_and_brackets():
    assert SENTENCE_END.search("(“Nobody asked.”)")
    assert not SENTENCE_END.search("The review found:")


def test_clause_end_takes_what_announces_or_parts_a_list():
    assert CLAUSE_END.search("The review found:")
    assert CLAUSE_END.search("nobody asked;")
    assert not CLAUSE_END.search("nobody asked,")
