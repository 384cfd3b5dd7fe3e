import re
from html import unescape
from urllib.parse import urlencode

import pytest
from selectolax.lexbor import LexborHTMLParser

from learning.catalogue import current
from learning.models import Bulletin
from learning.search.explain import why
from learning.search.index import rebuild_index
from reviews.models import Review
from reviews.state import State
from tests.factories import (
    AgencyFactory,
    BoardFactory,
    BulletinFactory,
    ReviewFactory,
    StatementFactory,
    ThemeFactory,
)
from tests.learning.search.test_results import HOSTILE

pytestmark = pytest.mark.django_db


def read(client, **parameters):
    response = client.get(f"/search/?{urlencode(parameters, errors='replace')}")
    assert response.status_code == 200
    return response.content.decode()


def words(html):
    """What a reader reads, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def titles(html):
    """What each result is called: its name, which is its first link, or, of a statement, its kind."""
    rows = LexborHTMLParser(html).css("main section > ol > li")
    return [words((row.css_first(".kind") or row.css_first("a")).html) for row in rows]


def tabs(html):
    nav = LexborHTMLParser(html).css_first('nav[aria-label="Kinds of result"]')
    return re.findall(r"(\w+) (\d+)", words(nav.html)) if nav else []


def reasons(html):
    paragraphs = [words(paragraph.html) for paragraph in LexborHTMLParser(html).css("main p")]
    return [paragraph for paragraph in paragraphs if paragraph.startswith("Matched")]


@pytest.fixture
def site():
    """One visible record of each kind that "quartz" finds, and a theme with a short form."""
    theme = ThemeFactory(name="Child sexual exploitation", synonyms="CSE\nsexual exploitation")
    ThemeFactory(name="Quartz theme", definition="A stone.")
    board = BoardFactory(name="Quartz Board")
    bulletin = BulletinFactory(board=board, title="Quartz bulletin", text="Long before, quartz was seen.")
    review = ReviewFactory(board=board, label="Quartz review", bulletin=bulletin, themes=[theme], summary="A summary.")
    StatementFactory(review=review, bulletin=bulletin, text="See the quartz.", kind="recommendation", number="1")
    rebuild_index()
    return review


def test_search_finds_everything_cases_first(site, client):
    html = read(client, q="quartz")

    assert titles(html) == ["Quartz review", "Recommendation 1", "Quartz bulletin", "Quartz theme", "Quartz Board"]
    assert tabs(html) == [
        ("All", "5"), ("Reviews", "1"), ("Learning", "1"), ("Bulletins", "1"), ("Themes", "1"),
        ("Agencies", "0"), ("Boards", "1")
    ]  # fmt: skip
    assert "5 results for “quartz”" in words(html)


@pytest.mark.parametrize(
    ("tab", "title"),
    [
        ("reviews", "Quartz review"),
        ("learning", "Recommendation 1"),
        ("bulletins", "Quartz bulletin"),
        ("themes", "Quartz theme"),
        ("boards", "Quartz Board"),
    ],
)
def test_search_tab_shows_its_own_kind(site, client, tab, title):
    html = read(client, q="quartz", type=tab)

    assert titles(html) == [title]
    assert f'href="/search/?q=quartz&amp;type={tab}" aria-current="page"' in html


def test_search_tab_with_nothing_leads_to_what_was_found(site, client):
    html = read(client, q="CSE", type="boards")

    assert titles(html) == []
    assert "Nothing was found" in html
    assert 'href="/search/?q=CSE">Everything that was found (2)</a>' in html


def test_search_marks_hits(site, client):
    html = read(client, q="quartz")

    assert html.count("<mark>Quartz</mark>") == 4
    assert "See the <mark>quartz</mark>." in html
    assert "Long before, <mark>quartz</mark> was seen." in html


def test_search_says_why_each_result_matched(client):
    theme = ThemeFactory(name="Child sexual exploitation", synonyms="CSE\nsexual exploitation")
    board = BoardFactory(name="Sampleshire Board", short_name="SSB")
    ReviewFactory(board=board, label="Case Review Q", aliases=["Child Q"], themes=[theme], summary="Two sentences.")
    ReviewFactory(label="Other", summary="About sexual exploitation.")
    rebuild_index()

    def why(text):
        return reasons(read(client, q=text, type="reviews"))

    assert why("sentences") == ["Matched: the editors’ summary"]
    assert why("Child Q") == ["Matched: also called Child Q"]
    assert why("SSB sentences") == ["Matched: its board’s short name, the editors’ summary"]
    assert why("exploitation sentences") == ["Matched: theme Child sexual exploitation, the editors’ summary"]
    assert sorted(why("CSE")) == [
        "Matched: the editors’ summary (CSE = sexual exploitation)",
        "Matched: theme Child sexual exploitation (CSE = child sexual exploitation)",
    ]
    assert why('"CSE"') == ["Matched: theme Child sexual exploitation, also called CSE"]


@pytest.mark.parametrize(
    ("parameters", "rows"),
    [({}, 6), ({"type": "learning"}, 20), ({"type": "learning", "page": "2"}, 3), ({"type": "bulletins"}, 1)],
)
def test_search_explains_only_the_rows_that_it_shows(client, monkeypatch, parameters, rows):
    with_quartz(23)
    explained = count_explanations(monkeypatch)

    html = read(client, q="quartz", **parameters)

    assert len(explained) == len(titles(html)) == rows


@pytest.mark.parametrize("path", ["/learning/", "/reviews/"])
def test_list_pages_explain_no_row(client, monkeypatch, path):
    with_quartz(1)
    explained = count_explanations(monkeypatch)

    assert client.get(path, {"q": "quartz"}).status_code == 200

    assert explained == []


def with_quartz(statements):
    review = ReviewFactory()
    for _ in range(statements):
        StatementFactory(review=review, text="Quartz.")
    rebuild_index()


def count_explanations(monkeypatch):
    """The real function still answers; each call is noted."""
    explained = []

    def noted(query, sources, **others):
        explained.append(sources)
        return why(query, sources, **others)

    monkeypatch.setattr("learning.search.results.why", noted)
    return explained


def test_search_explains_a_short_form_and_leads_to_its_theme(site, client):
    html = read(client, q="cse")

    assert "Also searched for: cse = child sexual exploitation." in words(html)
    assert "Everything about this theme: Child sexual exploitation" in words(html)


def test_search_shows_each_child_q_with_its_board(client):
    for name in ("First", "Second"):
        ReviewFactory(board=BoardFactory(name=f"{name} Board"), label="Child Q", bulletin=None)
    ReviewFactory(label="Child R")
    for review in Review.objects.filter(label="Child Q"):
        BulletinFactory(title="Other", reviews=[review], board=review.board)
    rebuild_index()

    html = read(client, q="Child Q", type="reviews")

    assert titles(html) == ["Child Q", "Child Q"]
    assert sorted(re.findall(r"(\w+ Board)\. Serious", words(html))) == ["First Board", "Second Board"]


def test_search_finds_an_older_board_by_the_name_of_the_newer(client):
    newer = BoardFactory(name="Quartz Partnership")
    ReviewFactory(board=BoardFactory(name="Older Board", succeeded_by=newer), label="Child Z")
    rebuild_index()

    html = read(client, q="quartz partnership")

    assert titles(html)[0] == "Child Z"
    assert titles(html)[-2:] == ["Quartz Partnership", "Older Board"]


# --- what is not shown -----------------------------------------------------------------------------------------------


def test_search_finds_no_hidden_record(site, client):
    Review.objects.update(state=State.HELD)

    assert titles(read(client, q="quartz")) == ["Quartz theme"]


def test_search_finds_a_bulletin_that_also_tells_of_a_hidden_review_by_its_title_only(site, client):
    bulletin = Bulletin.objects.get(title="Quartz bulletin")
    ReviewFactory(label="Flint review", state=State.HELD, bulletin=bulletin)
    rebuild_index()

    assert titles(read(client, q="flint")) == []
    assert titles(read(client, q="seen", type="bulletins")) == []
    html = read(client, q="quartz", type="bulletins")
    assert titles(html) == ["Quartz bulletin"]
    assert "Long before" not in html


def test_search_finds_no_withheld_board_by_its_name(client):
    board = BoardFactory(name="Quartz Board", short_name="QB", is_withheld=True)
    ReviewFactory(board=board, label="Child Z")
    rebuild_index()

    assert tabs(read(client, q="quartz OR QB"))[0] == ("All", "0")
    assert "A board whose name is withheld. Serious case review" in words(read(client, q="Child Z"))


# --- pages -----------------------------------------------------------------------------------------------------------


def test_search_tab_has_twenty_to_a_page_and_keeps_the_search(client):
    bulletin = BulletinFactory()
    for number in range(25):
        StatementFactory(bulletin=bulletin, review=None, text=f"Quartz {number}.", kind="fact", number=str(number))
    rebuild_index()

    first = titles(read(client, q="quartz", type="learning"))
    second = titles(read(client, q="quartz", type="learning", page="2"))

    assert (len(first), len(second)) == (20, 5)
    assert len({*first, *second}) == 25
    assert 'href="?q=quartz&amp;type=learning&amp;page=2"' in read(client, q="quartz", type="learning")


def test_search_leads_from_the_first_few_of_a_kind_to_all_of_them(client):
    bulletin = BulletinFactory()
    for number in range(7):
        StatementFactory(bulletin=bulletin, review=None, text=f"Quartz {number}.")
    rebuild_index()

    html = read(client, q="quartz")

    assert titles(html).count("Learning point") == 5
    assert 'href="/search/?q=quartz&amp;type=learning">All 7 statements</a>' in html


# --- what was understood ---------------------------------------------------------------------------------------------


@pytest.fixture
def advice():
    """Statements of two kinds and years, one of which names an agency."""
    police = AgencyFactory(slug="police", name="Police", synonyms="constabulary")
    for year, kind, text, agencies in (
        (2015, "recommendation", "Tell them of opals.", [police]),
        (2016, "question", "Who knows of opals?", []),
        (2016, "recommendation", "Keep the gems.", []),
    ):
        bulletin = BulletinFactory(text="Opals and gems.", first_year=year, last_year=year)
        StatementFactory(bulletin=bulletin, review=None, kind=kind, text=text, agencies=agencies)
    rebuild_index()


def chips(html):
    found = LexborHTMLParser(html).css("main .chip")
    return {words(chip.html).removesuffix(" ×").partition(": ")[2]: chip.attributes["href"] for chip in found}


@pytest.mark.parametrize(
    ("text", "narrowed", "expected"),
    [
        ("recommendations about opals", ["Kind of statement: Recommendation"], "Tell them of opals."),
        ("opals 2016", ["Year of learning: 2016"], "Who knows of opals?"),
        ("police opals", ["Agency: Police"], "Tell them of opals."),
        (
            "constabulary recommendations",
            ["Agency: Police", "Kind of statement: Recommendation"],
            "Tell them of opals.",
        ),
    ],
)
def test_search_narrows_by_words_that_name_a_field(advice, client, text, narrowed, expected):
    html = read(client, q=text, type="learning")

    assert list(chips(html)) == narrowed
    assert "1 statement for" in words(html)
    assert expected in words(html)


def test_search_takes_an_understood_word_back(advice, client):
    [address] = chips(read(client, q="police opals", type="learning")).values()
    html = client.get(address).content.decode()

    assert address == "/search/?q=%22police%22+opals&type=learning"
    assert chips(html) == {}


def test_search_looks_for_an_understood_word_where_it_would_leave_nothing(advice, client):
    html = read(client, q="police gems", type="learning")

    assert chips(html) == {}
    assert "a filter would leave no results: “police” (agency “Police”)." in words(html)
    assert "Keep the gems." in words(html)


def test_search_finds_an_agency_by_what_else_it_is_called(advice, client):
    html = read(client, q="constabularies", type="agencies")

    assert titles(html) == ["Police"]
    assert "Matched: also called constabulary" in words(html)


def test_search_looks_for_the_words_of_a_phrase_that_stands_nowhere(advice, client):
    html = read(client, q='"opals of them"', type="learning")

    assert "Nothing has the exact words “opals of them”, so we searched for each word separately." in words(html)
    assert "Tell them of opals." in words(html)
    assert "exact words" not in read(client, q='"them of opals"', type="learning")


def test_search_shows_the_nearest_statements_whatever_else_has_all_words(advice, client):
    html = read(client, q="opals gems")

    assert "3 results for" in words(html)
    assert "The nearest statements No statement here has all your words." in words(html)
    assert "Keep the gems." in words(html)


def test_search_adds_the_nearest_where_few_have_all_of_several_words(client):
    for text in ("Amber, jade and opal.", "Jade and opal.", "Opal."):
        StatementFactory(text=text)
    rebuild_index()

    html = read(client, q="amber jade opal", type="learning")

    assert "1 statement for" in words(html)
    first, rest = words(html).split("The nearest statements")
    assert "Amber, jade and opal." in first
    assert "Jade and opal." in rest


def test_search_ranks_a_statements_own_words_above_its_theme_and_lead_in(client):
    theme = ThemeFactory(name="Opal")
    bulletin = BulletinFactory(text="Signs of opal:")
    for text, lead_in in (("First sign.", "Signs of opal:"), ("A stone is called opal.", ""), ("Second.", "")):
        span = {"lead_in_start": 0, "lead_in_end": 14} if lead_in else {}
        StatementFactory(bulletin=bulletin, review=None, text=text, lead_in=lead_in, themes=[theme], **span)
    rebuild_index()

    html = words(read(client, q="opal", type="learning"))

    assert html.index("A stone is called opal.") < min(html.index("Second."), html.index("First sign."))


# --- nothing to show -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   "])
def test_search_for_nothing_says_how_to_search(site, client, text):
    html = read(client, q=text)

    assert "How to search" in html
    assert "Child sexual exploitation" in html
    assert tabs(html) == []


def test_search_puts_a_misspelt_word_right(site, client):
    html = read(client, q="exploitaton")

    assert 'href="/search/?q=exploitation">Did you mean “exploitation”?</a>' in html
    assert "How to search" in html


def test_search_shows_what_comes_nearest_where_nothing_has_all_words(site, client):
    html = read(client, q='"sexual exploitation" stone', type="themes")

    assert 'No theme has all of “"sexual exploitation" stone”' in words(html)
    assert titles(html) == ["Child sexual exploitation", "Quartz theme"]


def test_search_takes_what_has_the_rarest_words_for_nearest(client):
    bulletin = BulletinFactory()
    for text in ("Water and stone.", "Water and sand.", "Water and ice.", "Water.", "Rare gems of stone."):
        StatementFactory(bulletin=bulletin, review=None, text=text)
    rebuild_index()

    html = read(client, q="water stone gems rare opal", type="learning")

    assert "No statement has all of “water stone gems rare opal”" in words(html)
    assert titles(html) == ["Learning point"]
    assert "Rare gems of stone." in words(html)


def test_search_leaves_out_of_the_nearest_what_is_to_be_left_out(client):
    for label, summary in (("First", "A stone."), ("Second", "A stone of quartz."), ("Third", "An opal.")):
        ReviewFactory(label=label, summary=summary)
    rebuild_index()

    assert sorted(titles(read(client, q="stone opal -quartz", type="reviews"))) == ["First", "Third"]


def test_search_takes_nothing_hidden_for_nearest(site, client):
    bulletin = Bulletin.objects.get(title="Quartz bulletin")
    ReviewFactory(label="Flint review", state=State.HELD, bulletin=bulletin, summary="Granite.")
    rebuild_index()

    html = read(client, q="granite seen", type="bulletins")

    assert titles(html) == []
    assert titles(read(client, q="granite exploitation", type="reviews")) == ["Quartz review"]


def test_search_never_suggests_hidden_words(site, client):
    ReviewFactory(label="Obsidianite", state=State.DRAFT)
    rebuild_index()

    assert "Did you mean" not in read(client, q="obsidianit")


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ({"q": "quartz", "type": "<script>"}, "There is no kind of result called “<script>”."),
        ({"q": "quartz", "type": "reviews", "page": "abc"}, "There is no page “abc”: this list has 1 page."),
        ({"q": "quartz", "type": "reviews", "page": "99999999999"}, "There is no page “99999999999”"),
        ({"q": "quartz", "type": "reviews", "page": "0"}, "There is no page “0”"),
        ({"q": "-quartz"}, "Your search only says what to leave out."),
        ({"q": '"'}, "There are no words in your search."),
        ({"q": "x" * 10_000}, "Your search is longer than 300 characters."),
        ({"q": "quartz\0"}, "Your search has a character in it that cannot be read."),
    ],
)
def test_search_explains_what_it_cannot_understand_and_shows_nothing(site, client, parameters, problem):
    html = read(client, **parameters)

    assert problem in words(html)
    assert titles(html) == []
    assert "<script>" not in html


@pytest.mark.parametrize("path", ["/search/", "/reviews/", "/learning/"])
def test_search_says_what_it_does_not_look_for(site, client, path):
    words = " ".join(f"word{number}" for number in range(13))

    assert "Not searched for: “word12”." in client.get(path, {"q": words}).content.decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_search_answers_hostile_text_with_a_page(site, client, text):
    assert "<h1>Search</h1>" in read(client, q=text)


def test_search_is_not_indexed_elsewhere(site, client):
    assert '<meta name="robots" content="noindex">' in read(client, q="quartz")
    assert "noindex" not in client.get("/search/").content.decode()


def test_search_opens_distressing_results_with_the_content_note(site, client):
    theme = ThemeFactory(name="Suicide", has_content_note=True)
    ReviewFactory(label="Flint", themes=[theme])
    rebuild_index()

    assert "Content note:" in read(client, q="flint")
    assert "Content note:" not in read(client, q="stone")


@pytest.mark.django_db(transaction=True)
def test_whole_bulletins_are_those_with_all_reviews_visible():
    bulletin = BulletinFactory(reviews=[ReviewFactory(), ReviewFactory()])

    def whole():
        section = current().bulletins
        return bulletin.pk in section.keys_at(section.with_value("whole", True))

    assert whole()
    Review.objects.filter(pk=bulletin.reviews.first().pk).update(state=State.HELD)
    assert not whole()
    Review.objects.update(state=State.PUBLISHED)
    assert whole()
