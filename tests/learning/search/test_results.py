import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.catalogue import current
from learning.search.backends import IndexQuery, find_each
from learning.search.highlight import Piece, highlight, snippet
from learning.search.index import rebuild_index
from learning.search.language.fields import QueryError
from learning.search.language.query import MAX_LENGTH, parse
from learning.search.language.terms import Query
from learning.search.language.understood import understand
from learning.search.results import Results
from reviews.models import Review
from tests.factories import AgencyFactory, BoardFactory, ReviewFactory, StatementFactory, ThemeFactory

pytestmark = pytest.mark.django_db

HOSTILE = [
    '"', '""', '"""', "'", "*", "-", "--", "- -", "(", ")", "((", "a AND", "OR", "OR OR", "AND OR NOT", "NOT NOT",
    '"unclosed phrase', 'phrase" closed only', '-"', '-"x', '"x"-"y"', "x*y", "*x", "x**", "^x", "title:x",
    "{title}: x", "x NEAR(y, 2)", "NEAR", "x + y", "x & y", "x | y", "!x", "x:*", "x <-> y", "x\\y", "'x' & 'y'",
    "'); DROP TABLE x; --",
    "%s %d %", "<script>alert(1)</script>", "café naïve", "日本語", "😀", "İ", "ﬁ", "½", "a\u0301", "\u200b", "\ud800",
    "\x01\x02", "\r\n\t", "x" * 300, "x " * 150, "- " * 150, '" ' * 150, "x OR " * 60, "1e5", "0x1F", "1/2", "a@b.uk",
]  # fmt: skip


def review(label, summary="", **fields):
    return ReviewFactory(label=label, summary=summary, **fields)


def found(text):
    return set(in_order(text))


def in_order(text):
    """The labels of the reviews that are found, the best first."""
    keys = Results(current(), understand(text)).found["reviews"].keys(0, 20)
    reviews = Review.objects.published().in_bulk(keys)
    return [reviews[key].label for key in keys]


@pytest.fixture
def three_reviews():
    review("First", "A child went missing from care twice.")
    review("Second", "Caring professionals overlooked that a sibling was harmed.")
    review("Third", "The harm came from outside the home, in care.")
    rebuild_index()


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("missing care", {"First"}),
        ("care missing", {"First"}),
        ("MISSING", {"First"}),
        ("harm", {"Second", "Third"}),
        ('"missing from care"', {"First"}),
        ('"care missing"', {"First"}),
        ('"care nowhere"', set()),
        ('"care missing" -twice', set()),
        ("care", {"First", "Second", "Third"}),
        ("care -missing", {"Second", "Third"}),
        ("care -missing -home", {"Second"}),
        ("care NOT missing", {"Second", "Third"}),
        ('care -"outside the home"', {"First", "Second"}),
        ("missing OR harmed", {"First", "Second", "Third"}),
        ("care missing OR home", {"First", "Third"}),
        ("profess*", {"Second"}),
        ('"caring profess*"', set()),
        ("the missing and the care", {"First"}),
        ("outside-the-home", {"Third"}),
        ("sibling's", {"Second"}),
        ("sibling’s", {"Second"}),
        ("nowhere", set()),
    ],
)
def test_find_by_each_form_of_the_syntax(three_reviews, text, labels):
    assert found(text) == labels


def test_find_looks_for_common_words_where_there_are_no_others(three_reviews):
    assert found("from") == {"First", "Third"}
    assert found("the in") == {"Third"}


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("A chronology.", "chronological"),
        ("In chronological order.", "chronology"),
        ("She was dying.", "die"),
        ("Søren’s coöperation", "cooperating"),
        ("It took ½ an hour in 3 m².", "1 2 m2"),
        ("Acme™ toys", "acme toy"),
    ],
)
def test_find_knows_the_same_forms_of_a_word_on_both_databases(written, typed):
    review("First", written)
    rebuild_index()

    assert found(typed) == {"First"}
    assert "[" in shown(highlight(written, parse(typed)))


@pytest.mark.parametrize(
    "prefix", ["safeg*", "safeguard*", "safeguarding*", "safeguards*", "chronologic*", "chronology*", "happ*", "happy*"]
)
def test_find_matches_a_prefix_against_stems_whether_it_is_shorter_or_longer(prefix):
    board = BoardFactory(name="Partnership", short_name="P")
    review("First", "Safeguarding, in chronological order, was happier.", board=board)
    review("Second", "Nothing of it.", board=board)
    rebuild_index()

    assert found(prefix) == {"First"}


def test_find_reads_over_capitals_and_accents():
    review("First", "The café of Zoë.")
    review("Second", "The cafe of Zoe.")
    rebuild_index()

    assert found("CAFÉ zoe") == found("cafe Zoë") == {"First", "Second"}


def test_find_words_with_signs_between_them():
    review("First", "Drugs/alcohol (s.47, www.example.org); a@example.org & 3a.")
    rebuild_index()

    for text in ("alcohol", "s.47", "47", "example", "3a", "drugs/alcohol", "www.example.org"):
        assert found(text) == {"First"}, text


# --- single letters are names -------------------------------------------------------------------------------------


def test_find_child_q_is_each_review_of_that_name_and_no_other():
    review("Serious Case Review Q", "A child.", aliases=["Child Q"])
    review("Child Q", "A sibling.")
    review("Child R", "Q is a letter, and this a child.")
    rebuild_index()

    assert found("Child Q") == found("child q") == found('"Child Q"') == {"Serious Case Review Q", "Child Q"}


def test_find_names_only_by_letters_that_are_also_words():
    review("Child A", "Nothing more.")
    review("Child S", "Nothing more.")
    review("Case Review I", "Nothing more.")
    review(
        "Other", "Give a child a day; is the child safe? The child’s voice, this child's case review is I think read."
    )
    rebuild_index()

    assert found("child a") == {"Child A"}
    assert found("Child S") == {"Child S"}
    assert found("review I") == {"Case Review I"}


def test_find_puts_the_word_a_aside_where_it_names_nothing(three_reviews):
    assert found("a missing child") == {"First"}
    assert found("I missing") == {"First"}


def test_find_numbers_with_what_they_number():
    statement = StatementFactory(kind="recommendation", number="3a", text="Ask about 10 things.")
    StatementFactory(kind="recommendation", number="10", text="Ask 3a.", bulletin=statement.bulletin)
    rebuild_index()

    assert Results(current(), understand("recommendation 3a")).found["learning"].keys(0, 20) == [statement.pk]


# --- synonyms ------------------------------------------------------------------------------------------------------


@pytest.fixture
def vocabulary():
    ThemeFactory(name="Child sexual exploitation", synonyms="CSE\nsexual exploitation")
    ThemeFactory(name="Domestic abuse", synonyms="DV\ndomestic violence")
    AgencyFactory(name="Police", synonyms="constabulary")
    review("Short", "The CSE team.")
    review("Long", "Sexual exploitation was not seen.")
    review("Violence", "Domestic violence at home.")
    review("Officers", "The constabulary did not ask.")
    rebuild_index()


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("CSE", {"Short", "Long"}),
        ("cse", {"Short", "Long"}),
        ("child sexual exploitation", {"Short", "Long"}),
        ("sexual exploitation team", {"Short"}),
        ("DV", {"Violence"}),
        ("domestic abuse", {"Violence"}),
        ("police", {"Officers"}),
        ("DV OR CSE", {"Short", "Long", "Violence"}),
        ("CSE -team", {"Long"}),
        ("exploitation -CSE", set()),
        ('"CSE"', {"Short"}),
        ("cse*", {"Short"}),
    ],
)
def test_find_synonyms_unless_quoted(vocabulary, text, labels):
    assert found(text) == labels


def test_explanations_say_what_the_vocabulary_added(vocabulary):
    assert parse("CSE police").explanations == ["CSE = child sexual exploitation", "police = constabulary"]
    assert parse("domestic abuse").explanations == ["domestic abuse = DV, domestic violence"]
    assert parse('"CSE" other').explanations == []


# --- rank ------------------------------------------------------------------------------------------------------------


def test_find_ranks_titles_over_labels_and_labels_over_the_body():
    review("Body", "Words about neglect and of other matters that were seen.")
    review("Labels", "Words about other matters that were seen.", aliases=["Neglect"])
    review("Neglect", "Words about other matters that were seen.")
    rebuild_index()

    assert in_order("neglect") == ["Neglect", "Labels", "Body"]


def test_find_each_can_search_titles_alone():
    review("Neglect", "Other words.")
    review("Other", "Neglect.", aliases=["Neglect"])
    rebuild_index()

    [titles] = find_each([IndexQuery(parse("neglect"), titles_only=True)])

    assert [each.label for each in Review.objects.filter(pk__in=titles["review"].keys.tolist())] == ["Neglect"]


# --- hostile input ---------------------------------------------------------------------------------------------------


def understand_or_none(text):
    try:
        return understand(text)
    except QueryError:
        return None


@pytest.mark.parametrize("text", HOSTILE)
def test_understand_reads_hostile_text_or_refuses_it_in_a_sentence(three_reviews, text):
    reading = understand_or_none(text)

    assert reading is None or len(Results(current(), reading).found["reviews"].keys(0, 20)) <= 3


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(
    st.text(st.sampled_from("abs q3 \"'*-()|&!:<>{}^+,.\\/%\u00e9\u0301\u2019\u201cORANDNT\t"), max_size=40) | st.text()
)
def test_understand_reads_any_text_at_all_or_refuses_it(text):
    reading = understand_or_none(text)

    assert reading is None or len(Results(current(), reading).found["reviews"]) == 0


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("x" * (MAX_LENGTH + 1), "longer than 300 characters"),
        ("x" * 10_000, "longer than 300 characters"),
        ("a\0b", "a character in it that cannot be read"),
        ("***", "no words in your search"),
        ("-missing", "only says what to leave out"),
        (f'"{"to be " * 13}"', "has more than 24 words joined together"),
    ],
)
def test_parse_refuses_with_the_reason(text, part):
    with pytest.raises(QueryError, match=part):
        parse(text)


def sought(query):
    return [" OR ".join(operand.typed for operand in clause.operands) for clause in query.clauses]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("child " * 49, ["child"]),
        (" OR ".join(["child"] * 30), ["child"]),
        ("harm Harms HARM's harming", ["harm"]),
        ("harm OR care care OR harm", ["harm OR care"]),
        ("harm OR care harm", ["harm OR care", "harm"]),
        ("care -harm -harms", ["harm", "care"]),
        ("harm harm* “harm” -harm", ["harm", "harm", "harm"]),
        ("Child A child", ["Child A", "child"]),
    ],
)
def test_parse_looks_once_for_what_is_typed_twice(db, text, clauses):
    query = parse(text)

    assert sought(query) == clauses
    assert query.left_out_description == ""


def test_parse_looks_for_only_so_much_and_names_the_rest(db):
    numbered = [f"word{number}" for number in range(20)]

    for query in (parse(" ".join(numbered)), parse(" OR ".join(numbered))):
        assert [operand.typed for operand in query.operands] == numbered[:12]
        assert query.left_out_description.startswith(
            "Not searched for: “word12”, “word13”, “word14”, “word15”, 4 more. One search can look for up to 12 "
        )
    query = parse("ab* ac* ad* ae* af* word")
    assert (sought(query), query.left_out) == (["ab", "ac", "ad", "ae", "word"], ("af*",))
    query = parse(f'"{"one two " * 11}" "three four five" six')
    assert query.left_out == ("“three four five”",)
    assert sought(query)[1:] == ["six"]


# --- pieces ----------------------------------------------------------------------------------------------------------


def shown(pieces):
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Caring for those who care.", "care", "[Caring] for those who [care]."),
        ("Missing, from care.", '"missing from care"', "[Missing, from care]."),
        ("Exploited, exploring.", "exploit*", "[Exploited], exploring."),
        ("Zoë’s café", "cafe zoe", "[Zoë]’s [café]"),
        ("Kept, not left out.", "kept -left", "[Kept], not left out."),
        ("Child S is not the child’s.", "child s", "[Child S] is not the child’s."),
        ("<b>bold</b>", "bold", "<b>[bold]</b>"),
        ("", "x", ""),
    ],
)
def test_highlight_marks_what_was_found_and_changes_nothing(text, query, marked):
    pieces = highlight(text, parse(query))

    assert shown(pieces) == marked
    assert "".join(piece.text for piece in pieces) == text


def test_highlight_marks_synonyms(vocabulary):
    assert shown(highlight("CSE is sexual exploitation.", parse("cse"))) == "[CSE] is [sexual exploitation]."


def test_snippet_is_cut_between_words_where_the_hits_stand_together():
    text = "Neglect first. " + "Other words stand here. " * 30 + "Then neglect and harm together. " + "More. " * 50

    cut = shown(snippet(text, parse("neglect harm"), length=100))

    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert "Then [neglect] and [harm] together." in cut
    assert len(cut) < 130


def test_snippet_without_a_hit_is_the_beginning():
    assert snippet("word " * 100, parse("other"), length=20)[0].text.startswith("word word")
    assert snippet("Short.", parse("other")) == [Piece("Short.")]
    assert snippet("", Query("")) == []
