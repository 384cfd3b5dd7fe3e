"""The two lists as a reader sees them."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import RequestFactory
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from learning.browse.return_link import back_link
from learning.models import StatementTheme
from learning.search.index import document_of
from reviews.state import State
from tests.factories import (
    BoardFactory,
    BulletinFactory,
    ReviewFactory,
    StatementFactory,
    ThemeFactory,
)
from tests.pages import text_of, words_in

pytestmark = pytest.mark.django_db


def html_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def texts(html: str, pattern: str) -> list[str]:
    """What the pattern finds, without markup."""
    return [
        unescape(" ".join(re.sub(r"<[^>]*>", " ", found).split())) for found in re.findall(pattern, html, re.DOTALL)
    ]


def title(html: str) -> str:
    return words_in(html, "[data-results-count]")[0]


def statements(html: str) -> list[str]:
    return words_in(html, "main blockquote")


def labels(html: str) -> list[str]:
    """Of each review its label, without the board that stands behind it."""
    return [words.split(", ")[0] for words in words_in(html, "main li h2")]


def problems(html: str) -> list[str]:
    return words_in(html, "[role=alert] li")


def chips(html: str) -> dict[str, str]:
    """What each chip says, and where it leads."""
    in_force = LexborHTMLParser(html).css(".chips a")
    says = words_in(html, ".chips a")
    return {text.removesuffix(" ×"): chip.attributes["href"] or "" for text, chip in zip(says, in_force, strict=True)}


@pytest.fixture
def suicide():
    return ThemeFactory(slug="suicide", name="Suicide")


# --- what is shown ------------------------------------------------------------------------------------------------


def test_statement_list_says_how_many_there_are_and_of_how_many_reviews(client, suicide):
    review = ReviewFactory()
    StatementFactory(review=review, themes=[suicide])
    StatementFactory(review=review, themes=[suicide])
    StatementFactory(themes=[suicide])
    StatementFactory()

    assert title(html_of(client, "/learning/")) == "4 statements from 3 reviews"
    assert title(html_of(client, "/learning/?theme=suicide")) == "3 statements from 2 reviews"


def test_statement_list_of_a_bulletin_without_reviews_names_no_reviews(client):
    StatementFactory(bulletin=BulletinFactory(), review=None)

    assert title(html_of(client, "/learning/")) == "1 statement"


def test_statement_list_shows_the_newest_learning_first(client):
    for text, year in (("Old.", 2009), ("New.", 2017), ("Undated.", None)):
        StatementFactory(text=text, bulletin=BulletinFactory(first_year=year, last_year=year))

    assert statements(html_of(client, "/learning/")) == ["New.", "Old.", "Undated."]
    assert statements(html_of(client, "/learning/?sort=oldest")) == ["Old.", "New.", "Undated."]


def test_statement_list_keeps_the_order_of_the_bulletin(client):
    bulletin = BulletinFactory()
    for text in ("First.", "Second.", "Third."):
        StatementFactory(text=text, bulletin=bulletin)

    assert statements(html_of(client, "/learning/")) == ["First.", "Second.", "Third."]


def test_statement_list_shows_the_best_match_of_words_first(client):
    for text, body in (("Mentioned.", "school " + "something else " * 40), ("Meant.", "school school")):
        document_of(StatementFactory(text=text), body=body).save()
    StatementFactory(text="Unrelated.")

    html = html_of(client, "/learning/?q=school")

    assert statements(html) == ["Meant.", "Mentioned."]
    assert list(chips(html)) == ["“school”"]


def test_statement_list_best_match_without_words_is_the_newest_first(client):
    StatementFactory(text="Only.")

    html = html_of(client, "/learning/?sort=best")

    assert statements(html) == ["Only."]
    assert 'value="best"' not in html


def test_review_list_shows_each_review_with_its_board_and_years(client):
    review = ReviewFactory(
        label="Child Q",
        board=BoardFactory(name="Sampleshire Board"),
        bulletin=BulletinFactory(first_year=2013, last_year=2014),
    )
    BulletinFactory(first_year=2016, last_year=2016, reviews=[review])
    BulletinFactory(first_year=2019, last_year=2019, reviews=[review], state=State.DRAFT)

    html = html_of(client, "/reviews/")

    assert words_in(html, "main li h2") == ["Child Q, Sampleshire"]
    assert "2013 to 2016" in words_in(html, ".tags--labels li")


def test_review_list_says_that_no_year_is_stated(client):
    ReviewFactory(type="not-stated", nature="not-stated", report_state="not-stated")

    assert words_in(html_of(client, "/reviews/"), ".tags--labels li") == ["year not stated"]


def test_review_list_never_names_a_withheld_board(client):
    ReviewFactory(board=BoardFactory(name="Hidden Board", short_name="HSCB", slug="board-1", is_withheld=True))

    html = html_of(client, "/reviews/?board=board-1")

    assert "A board whose name is withheld" in html
    assert "Hidden" not in html
    assert "HSCB" not in html


def test_review_list_sorts_by_label(client):
    for label, year in (("Child B", 2010), ("Child A", 2009), ("Child C", 2011)):
        ReviewFactory(label=label, bulletin=BulletinFactory(first_year=year, last_year=year))

    assert labels(html_of(client, "/reviews/")) == ["Child C", "Child B", "Child A"]
    assert labels(html_of(client, "/reviews/?sort=label")) == ["Child A", "Child B", "Child C"]


def test_statement_list_that_is_empty_says_why_and_how_to_remove_each_filter(client, suicide):
    ReviewFactory(themes=[suicide])

    html = html_of(client, "/reviews/?theme=suicide&sex=male")

    assert title(html) == "0 reviews"
    assert words_in(html, "h2 + p + ul a") == ["Remove Suicide", "Remove Sex of the child: Male", "Clear all filters"]


def test_statement_list_of_nothing_at_all_says_so(client):
    assert "No reviews yet" in html_of(client, "/reviews/")
    assert "No statements yet" in html_of(client, "/learning/")


def test_list_has_a_content_note_of_what_it_shows(client, suicide):
    ThemeFactory(slug="self-harm", has_content_note=True)
    StatementFactory(review=ReviewFactory(themes=[suicide], nature="serious-harm"))

    for address in ("/learning/", "/reviews/", "/learning/?review_theme=suicide"):
        assert "About serious harm to a child." in html_of(client, address), address
    for address in ("/learning/?theme=self-harm", "/reviews/?nature=death"):
        assert "Content note" not in html_of(client, address), address


# --- the filters ---------------------------------------------------------------------------------------------------


def test_list_choices_show_counts_and_leave_out_what_would_find_nothing(client, suicide):
    ThemeFactory(slug="unused", name="Unused")
    ReviewFactory(themes=[suicide])
    ReviewFactory()

    html = html_of(client, "/reviews/")

    assert texts(html, r'name="theme" value="[^"]*">(.*?)</label>') == ["Suicide 1", "No theme assigned 1"]


def test_list_choice_in_force_stays_visible_when_it_finds_nothing(client, suicide):
    ReviewFactory()

    html = html_of(client, "/reviews/?theme=suicide")

    assert re.search(r'value="suicide" checked', html)


def test_list_facet_folds_all_but_the_chosen_and_the_most_frequent(client):
    group = ThemeFactory(slug="group", name="Group")
    themes = [ThemeFactory(slug=f"theme-{n:02}", name=f"Theme {n:02}", parent=group, position=n) for n in range(15)]
    ReviewFactory(themes=themes)
    ReviewFactory(themes=[themes[12]])

    html = html_of(client, "/reviews/?theme=theme-14")

    assert words_in(html, "details#theme label")[:3] == ["Theme 14 1", "Theme 12 2", "Theme 00 1"]
    assert len(words_in(html, "details#theme label")) == 6
    assert words_in(html, "details#theme button[name=show]") == ["Show all 16"]

    whole = html_of(client, "/reviews/?theme=theme-14&show=theme")

    assert words_in(whole, "details#theme label")[:2] == ["Group 2", "Theme 00 1"]
    assert len(words_in(whole, "details#theme label")) == 16
    assert words_in(whole, "details#theme a") == ["Show fewer"]


def test_list_sends_a_facet_behind_the_third_only_when_it_is_used_or_asked_for(client):
    ReviewFactory(type="scr", nature="death")

    html = html_of(client, "/reviews/")

    assert len(words_in(html, "details.filter-group")) == 3
    assert words_in(html, "button[name=show][value=type]") == ["Type of review"]
    assert 'name="type"' not in html
    assert 'name="type" value="scr">' in html_of(client, "/reviews/?show=type")
    assert 'name="type" value="scr" checked>' in html_of(client, "/reviews/?type=scr")


def test_list_asks_for_any_or_all_from_the_second_choice(client, suicide):
    ReviewFactory(themes=[suicide, ThemeFactory(slug="debt")])

    assert 'name="theme_match"' not in html_of(client, "/reviews/?theme=suicide")
    assert 'name="theme_match"' in html_of(client, "/reviews/?theme=suicide&theme=debt")
    assert 'name="theme_match" value="all" checked' in html_of(client, "/reviews/?theme=suicide&theme_match=all")


def test_list_button_says_what_it_shows(client, suicide):
    StatementFactory(themes=[suicide])

    assert words_in(html_of(client, "/learning/"), ".filters__apply button") == ["Show 1 statement"]
    assert words_in(html_of(client, "/learning/?theme=x"), ".filters__apply button") == ["Show results"]


def test_list_chip_takes_away_its_own_value_and_the_page(client, suicide):
    ReviewFactory(themes=[suicide, ThemeFactory(slug="neglect", name="Neglect")], nature="death")

    html = html_of(
        client, "/reviews/?theme=suicide&theme=neglect&theme_match=all&nature=death&sort=label&page=1&q=&type="
    )

    assert chips(html) == {
        "Suicide": "/reviews/?theme_match=all&theme=neglect&nature=death&sort=label",
        "Neglect": "/reviews/?theme_match=all&theme=suicide&nature=death&sort=label",
        "What happened: Death": "/reviews/?theme_match=all&theme=suicide&theme=neglect&sort=label",
    }
    assert "Clear all filters" in words_in(html, '.chips + a[href="/reviews/"]')


def test_list_sorting_belongs_to_the_form_of_the_filters(client):
    ReviewFactory()

    html = html_of(client, "/reviews/?sort=label")

    assert '<select id="sort" name="sort" form="filters">' in html
    assert '<option value="label" selected>' in html


def test_list_gives_htmx_the_same_page_and_the_shortest_address(client, suicide):
    ReviewFactory(themes=[suicide])

    response = client.get("/reviews/?theme=suicide&q=&theme_match=any&sort=newest", headers={"HX-Request": "true"})

    assert response["HX-Push-Url"] == "/reviews/?theme=suicide"
    assert response.content.decode().count('id="list"') == 1


# --- pages ---------------------------------------------------------------------------------------------------------


def test_statement_list_pages_hold_twenty_and_no_statement_twice(client, suicide):
    review = ReviewFactory()
    for number in range(45):
        StatementFactory(text=f"Statement {number:02}.", review=review, themes=[suicide])
    StatementFactory(text="Of another theme.", review=review)

    pages = [statements(html_of(client, f"/learning/?theme=suicide&page={number}")) for number in (1, 2, 3)]

    assert [len(page) for page in pages] == [20, 20, 5]
    assert [text for page in pages for text in page] == [f"Statement {number:02}." for number in range(45)]


def test_statement_list_links_to_other_pages_keep_the_filters(client, suicide):
    for _ in range(21):
        ReviewFactory(themes=[suicide])

    html = html_of(client, "/reviews/?theme=suicide&sort=label")

    assert 'href="?theme=suicide&amp;sort=label&amp;page=2"' in html


@pytest.mark.parametrize("page", ["abc", "0", "-1", "3", "99999999999999999999", "1.5", "٢", "\0", "<script>"])
def test_list_explains_a_page_that_is_not_there(client, page):
    for _ in range(21):
        ReviewFactory()

    html = html_of(client, f"/reviews/?{urlencode({'page': page, 'type': 'scr'})}")

    shown = page.replace("\0", "\ufffd")
    assert problems(html) == [f"There is no page “{shown}”: this list has 2 pages. Go to the first page"]
    assert '<a href="/reviews/?type=scr">Go to the first page</a>' in html
    assert title(html) == "Nothing is shown"
    assert labels(html) == []


# --- from the list to an item and back -----------------------------------------------------------------------------


def way_back(address: str) -> str | None:
    return back_link(RequestFactory().get(address))


def test_back_link_from_a_statement_keeps_the_narrowed_list(client, suicide):
    for _ in range(21):
        StatementFactory(themes=[suicide])

    html = html_of(client, "/learning/?theme=suicide&page=2&sort=oldest&q=")

    (address,) = set(re.findall(r'href="(/learning/\d+/\?[^"#]*)"', html))
    assert parse_qs(urlsplit(unescape(address)).query) == {"list": ["learning:theme=suicide&sort=oldest&page=2"]}
    assert way_back(unescape(address)) == "/learning/?theme=suicide&sort=oldest&page=2"


def test_back_link_from_a_review_leads_to_the_list_of_reviews(client, suicide):
    ReviewFactory(themes=[suicide], board=BoardFactory(slug="b"), slug="r")

    html = html_of(client, "/reviews/?theme=suicide")

    assert '<a href="/reviews/b/r/?list=reviews%3Atheme%3Dsuicide">' in html
    assert way_back("/reviews/b/r/?list=reviews%3Atheme%3Dsuicide") == "/reviews/?theme=suicide"


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("learning:", "/learning/"),
        ("reviews:q=Child+Q&page=2", "/reviews/?q=Child%20Q&page=2"),
        ("learning:review=board/child-q", "/learning/?review=board/child-q"),
        ("learning:theme=a&next=//evil.example&theme=b", "/learning/?theme=a&theme=b"),
        ("learning:q=%0d%0aX: y", "/learning/?q=%0D%0AX%3A%20y"),
        ("reviews:kind=fact", "/reviews/"),
        ("", None),
        ("theme=suicide", None),
        ("//evil.example:80", None),
        ("https://evil.example/", None),
        ("javascript:alert(1)", None),
        ("admin:", None),
        ("learning:q=" + "a" * 2000, None),
        ("learning:" + "&" * 1999, None),
    ],
)
def test_back_link_leads_only_to_our_own_lists(value, address):
    assert way_back(f"/learning/1/?{urlencode({'list': value})}") == address


def test_back_link_is_none_without_a_list():
    assert way_back("/learning/1/") is None


# --- hostile input -------------------------------------------------------------------------------------------------

LONG = "a" * 10_000


@pytest.mark.parametrize("path", ["/reviews/", "/learning/"])
@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("theme=<script>", "Theme (theme=): there is no choice called “<script>”. Remove it"),
        ("year=99999999999", "Year of learning (year=): there is no choice called “99999999999”. Remove it"),
        ("year=0", "Year of learning (year=): there is no choice called “0”. Remove it"),
        ("board=%00", "Board (board=): there is no choice called “\ufffd”. Remove it"),
        ("age_band=12", "Age of the child (age_band=): there is no choice called “12”. Remove it"),
        ("theme=%20", "Theme (theme=): there is no choice called “ ”. Remove it"),
        ("theme_match=foo", "Any or all themes (theme_match=): there is no choice called “foo”. Remove it"),
        ("sort=x", "Sort (sort=): there is no choice called “x”. Remove it"),
        (f"nature={LONG}", f"What happened (nature=): there is no choice called “{'a' * 59}…”. Remove it"),
        (f"q={LONG}", "Words (q=): Your search is longer than 300 characters. Use fewer words. Remove it"),
        ("q=a%00b", "Words (q=): Your search has a character in it that cannot be read. Type it again. Remove it"),
    ],
)
def test_list_explains_input_that_cannot_be_understood_and_shows_nothing(client, path, query, problem):
    StatementFactory()

    html = html_of(client, f"{path}?{query}")

    assert problems(html) == [
        problem.replace("Theme (", "Theme of the statement (") if path == "/learning/" else problem
    ]
    assert title(html) == "Nothing is shown"
    assert statements(html) + labels(html) == []
    assert "<script>”" not in html
    assert "a" * 61 not in html.split('id="results"')[1].split("</main>")[0]
    assert words_in(html, "fieldset label b") == []


@pytest.mark.parametrize("value", ["unknown/review", "no-slash", "board/held", "board/draft"])
def test_list_cannot_tell_a_hidden_review_from_one_that_never_was(client, value):
    board = BoardFactory(slug="board")
    ReviewFactory(board=board, slug="held", state=State.HELD)
    ReviewFactory(board=board, slug="draft", state=State.DRAFT)

    html = html_of(client, f"/learning/?review={value}")

    assert problems(html) == [f"Review (review=): there is no choice called “{value}”. Remove it"]


def test_list_names_every_problem_and_removes_each_by_itself(client, suicide):
    html = html_of(client, "/learning/?theme=suicide&theme=x&kind=y&page=z")

    assert problems(html) == [
        "Kind (kind=): there is no choice called “y”. Remove it",
        "Theme of the statement (theme=): there is no choice called “x”. Remove it",
    ]
    assert '<a href="/learning/?kind=y&amp;theme=suicide">Remove it</a>' in html
    assert '<a href="/learning/?theme=suicide&amp;theme=x">Remove it</a>' in html


@pytest.mark.parametrize("path", ["/reviews/", "/learning/"])
@pytest.mark.parametrize(
    "query",
    [
        'q="',
        "q='",
        "q=*",
        "q=(",
        "q=-",
        "q=a:b",
        "q=NEAR(a",
        "q=%",
        "q=\\",
        "q=a AND OR",
        "theme=%ff",
        "%00=1",
        "=",
        "&&&",
        ";",
        "list=x",
    ],
)
def test_list_takes_odd_input_without_an_error(client, path, query):
    StatementFactory()

    assert client.get(f"{path}?{query}").status_code == 200


# --- the five bulletins --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theme", "reviews"),
    [
        ("domestic-abuse", ["Child B", "Serious Case Review Q", "Young Person K"]),
        ("missing-from-care", ["Child Q and Child S", "Child R", "Young Person K"]),
        ("child-sexual-exploitation", ["Child Q and Child S", "Child R", "SCR Key", "Young Person K"]),
        ("suicide", ["Child B", "Serious Case Review A", "Serious Case Review Q", "Young Person K"]),
        ("suicidal-thoughts", ["Child B"]),
    ],
)
def test_review_list_by_theme_finds_exactly_these_of_the_five_bulletins(client, bulletins, theme, reviews):
    html = html_of(client, f"/reviews/?theme={theme}&sort=label")

    assert labels(html) == reviews
    assert title(html) == f"{len(reviews)} review{'s' if len(reviews) > 1 else ''}"


def test_review_list_says_that_only_editors_assign_a_theme(client, bulletins):
    row, *_ = words_in(html_of(client, "/reviews/?theme=suicide&sort=label"), "main .records li .records__meta")

    assert "Suicide (editors)" in row
    assert "Suicidal thoughts (editors)" not in row


def test_review_list_of_all_of_the_themes_asks_for_each(client, bulletins):
    html = html_of(client, "/reviews/?theme=suicide&theme=domestic-abuse&theme=missing-from-care&theme_match=all")

    assert labels(html) == ["Young Person K"]


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "150 statements from 11 reviews"),
        ("kind=learning_point", "75 statements from 11 reviews"),
        ("kind=action", "28 statements from 2 reviews"),
        ("kind=recommendation", "16 statements from 2 reviews"),
        ("kind=question", "14 statements from 7 reviews"),
        ("kind=risk_indicator", "11 statements from 1 review"),
        ("kind=risk_indicator&review=not-stated", "6 statements"),
        ("kind=fact", "5 statements"),
        ("review=sscb/young-person-k&kind=recommendation", "11 statements from 1 review"),
        ("addressed_to=police", "0 statements"),
    ],
)
def test_statement_list_counts_the_five_bulletins(client, bulletins, query, heading):
    assert title(html_of(client, f"/learning/?{query}")) == heading


def test_review_list_has_child_q_twice_each_with_its_board(client, bulletins):
    html = html_of(client, "/reviews/?q=Child+Q&sort=label")

    assert words_in(html, "main li h2") == ["Child Q and Child S, Knowsley", "Serious Case Review Q, West Sussex"]


def test_statement_list_says_who_assigned_the_theme_of_a_statement(client):
    StatementFactory(themes=[ThemeFactory(name="Debt")])
    by_editors = StatementFactory()
    StatementTheme.objects.create(statement=by_editors, theme=ThemeFactory(name="Grief"), assigned_by="curator")

    page = text_of(client.get("/learning/"))

    assert "Grief (editors)" in page
    assert "Debt (editors)" not in page


def test_statement_list_says_once_from_when_its_learning_is_where_some_is_old(client):
    old = BulletinFactory(published_on=date(2010, 1, 1), published_precision="day", first_year=2010, last_year=2010)
    StatementFactory.create_batch(2, bulletin=old, review=None)

    assert words_in(html_of(client, "/learning/"), ".age-note") == [
        "Learning from 2010: follow current local procedures."
    ]

    today = timezone.localdate()
    years = {"first_year": today.year, "last_year": today.year}
    new = BulletinFactory(published_on=today, published_precision="day", **years)
    StatementFactory(bulletin=new, review=None)

    assert words_in(html_of(client, "/learning/"), ".age-note") == [
        f"Learning from 2010 to {today.year}: follow current local procedures."
    ]
    assert words_in(html_of(client, f"/learning/?year={today.year}"), ".age-note") == []


def test_statement_list_marks_a_piece_of_a_sentence(client):
    lead_in = StatementFactory(text="We ensure that:")
    StatementFactory(text="being bullied")
    StatementFactory(text="children are heard", parent=lead_in, review=lead_in.review, bulletin=lead_in.bulletin)

    html = html_of(client, "/learning/")

    assert words_in(html, ".statement__text--mid-sentence") == ["being bullied"]


@pytest.mark.parametrize("path", ["/learning/", "/reviews/"])
def test_list_refuses_more_choices_than_a_page_can_say(client, path):
    asked = "&".join(f"year={year}" for year in range(1950, 1991))

    response = client.get(f"{path}?{asked}")

    assert "You can make no more than 40 choices at once." in text_of(response)
    assert response.context["page"].items == []
    assert len(response.content) < 60_000


def test_list_of_many_choices_is_no_heavy_page(client):
    asked = "&".join(f"year={year}" for year in range(1950, 1990))

    response = client.get(f"/learning/?{asked}")

    assert len(response.context["page"].chips) == 12
    assert len(response.content) < 60_000


def test_list_answers_very_many_unknown_choices_shortly(client):
    response = client.get("/learning/?" + "&".join(f"kind=k{number}" for number in range(40)))

    assert len(response.context["page"].problems) == 5


def test_statement_list_of_a_review_of_which_other_filters_leave_nothing(client):
    """The review was made last, so that no number in the panel stands at its key or behind it."""
    StatementFactory(review=ReviewFactory(), kind="fact")
    last = ReviewFactory()
    StatementFactory(review=last, kind="question")

    page = html_of(client, f"/learning/?review={last.board.slug}/{last.slug}&kind=fact")

    assert statements(page) == []
    assert len(chips(page)) == 2
