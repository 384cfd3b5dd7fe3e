"""The twelve traps of the five bulletins, which a hasty reader gets wrong, each on the pages that a reader sees."""

import hashlib
import re
from collections import Counter
from itertools import dropwhile, takewhile

import pytest
from django.test import Client
from django.utils.html import escape
from selectolax.lexbor import LexborHTMLParser

from learning.models import Bulletin
from reviews.models import Review
from tests.pages import links, text_of, words_in

K, R, B = "/reviews/sscb/young-person-k/", "/reviews/southwark/child-r/", "/reviews/milton-keynes/child-b/"
KNOWSLEY = "/reviews/knowsley/child-q-and-child-s/"
WEST_SUSSEX_A, WEST_SUSSEX_Q = "/reviews/west-sussex/a/", "/reviews/west-sussex/q/"
KEY = "/reviews/west-sussex/key/"


@pytest.fixture(autouse=True)
def five_bulletins(bulletins):
    """Every test here reads the five bulletins."""


def reviews_on(client: Client, address: str) -> set[str]:
    """The addresses of the reviews that a page lists."""
    found = [re.match(r"/reviews/[\w-]+/[\w-]+/", address) for _, address in links(client.get(address))]
    return {match[0] for match in found if match}


def words_of(client: Client, address: str) -> str:
    return text_of(client.get(address))


def count_of(client: Client, query: str) -> str:
    """How the list of statements sums up what it found: "16 statements from 2 reviews"."""
    page = client.get(f"/learning/?{query}").context["page"]
    return f"{page.title} {page.title_of}".strip()


def numbers_of(client: Client, address: str, kind: str) -> list[str]:
    """The numbers of the statements of one kind on a review's page, as they are printed there."""
    labels = words_in(client.get(address), ".statement .kind")
    return [label.removeprefix(kind).strip() for label in labels if label.startswith(kind)]


def themes_by(client: Client, address: str, who: str) -> list[str]:
    """The themes of the case on a review's page that stand under who says so."""
    folded = LexborHTMLParser(client.get(address).content.decode()).css("#themes h3, #themes dt")
    words = [(element.tag, element.text().strip()) for element in folded]
    after = [*dropwhile(lambda word: word != ("h3", who), words)][1:]
    return [text for _, text in takewhile(lambda word: word[0] == "dt", after)]


def without_space(text: str) -> str:
    return "".join(text.split())


# --- 1 to 4: themes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theme", "reviews"),
    [
        pytest.param("domestic-abuse", {K, WEST_SUSSEX_Q, B}, id="1"),
        pytest.param("missing-from-care", {K, R, KNOWSLEY}, id="2"),
        pytest.param("child-sexual-exploitation", {K, R, KEY, KNOWSLEY}, id="3"),
        pytest.param("suicide", {K, WEST_SUSSEX_A, WEST_SUSSEX_Q, B}, id="4"),
        pytest.param("suicidal-thoughts", {B}, id="4-thoughts"),
    ],
)
def test_1_to_4_a_theme_finds_these_reviews_and_no_other(client: Client, theme, reviews):
    assert reviews_on(client, f"/reviews/?theme={theme}") == reviews

    on_its_page = {row["review"].get_absolute_url() for row in client.get(f"/themes/{theme}/").context["reviews"]}
    assert on_its_page == reviews


def test_3_exploitation_is_the_editors_for_child_r_and_a_sentence_is_tagged_by_what_it_says(client: Client):
    assert "Child sexual exploitation" in themes_by(client, R, "Assigned by the editors")
    assert count_of(client, "theme=child-sexual-exploitation&review=west-sussex/john") == "1 statement from 1 review"
    assert count_of(client, "theme=child-sexual-exploitation&kind=fact") == "1 statement"


def test_4_suicide_is_the_editors_for_child_b_and_suicidal_thoughts_are_the_sources(client: Client):
    assert "Suicide" in themes_by(client, B, "Assigned by the editors")
    assert "Suicidal thoughts" in themes_by(client, B, "Named by the source")
    _, after_the_content_note = words_of(client, "/bulletins/child-b-2010/").split("Turn content notes off")
    assert "suicide" not in after_the_content_note.lower()


# --- 5: names ---------------------------------------------------------------------------------------------------


def test_5_child_q_is_two_reviews_each_with_its_board(client: Client):
    page = words_of(client, "/search/?q=Child+Q&type=reviews")

    assert reviews_on(client, "/search/?q=Child+Q&type=reviews") == {KNOWSLEY, WEST_SUSSEX_Q}
    assert "Child Q and Child S Knowsley Safeguarding Children Board" in page
    assert "Serious Case Review Q West Sussex LSCB" in page


# --- 6 and 7: what is claimed, listed and numbered --------------------------------------------------------------


def test_6_child_r_lists_twelve_of_the_eighteen_that_it_claims(client: Client):
    assert "12 listed of the 18 learning points that the bulletin says it has, and 3 findings in prose." in words_of(
        client, R
    )


def test_6_knowsley_is_one_review_of_two_children_and_its_lessons_are_elsewhere(client: Client):
    page = words_of(client, KNOWSLEY)

    assert "DetailChild QChild S" in page
    assert "the possibility of Child Q becoming a victim" in page
    assert "the possibility of Child S becoming a victim" in page
    assert "page seven of another document, the Executive Summary" in page
    assert "5 listed of the 5 recommendations" in page
    assert count_of(client, "review=knowsley/child-q-and-child-s") == "10 statements from 1 review"


def test_7_numbers_are_the_printed_ones(client: Client):
    assert numbers_of(client, K, "Recommendation") == ["1", "2", "3a", "3b", "4", "5", "6", "7", "8", "9", "10"]


def test_7_numbers_that_the_source_lost_are_not_guessed(client: Client):
    assert numbers_of(client, KNOWSLEY, "Recommendation") == ["", "", "3", "4", "5"]
    assert words_of(client, KNOWSLEY).count("number lost in the source") == 2


def test_7_a_list_that_starts_at_two_says_why(client: Client):
    printed = [number for number in numbers_of(client, B, "Action") if number]

    assert printed == ["2", "3", "4", "5", "6", "7", "8", "9"]
    assert "Item 1 of the list of actions is context and is not listed, so the list starts at 2." in words_of(client, B)


# --- 8: nobody is identifiable ----------------------------------------------------------------------------------

REMOVED = {  # three words each, in lower case: SHA-256
    "328459ab52b79fe3944b8e4fbee9e2ce900e19250cb1dce8ff4e00bdcf68342a",
    "3875833ade88076ae46274de3b168cbd5827d9bd2d8e67bf9f778de087369a72",
    "479760dff65c62591f05bafca39ce3062ba8eac6c80bb221c1a3a0f47c6ca77a",
    "8c55fd82c5de05fa758675ab68023e9bf958e183b19cdbf04758007e5b5dc812",
    "952b39c693c134164719feea66b612f5b259d8ff25f832b339a58656f2272f6d",
    "9675767907f824e1e1d6be28a47e6564ae403e65c99967746f2f9ec3c4dbef3f",
    "ade276d5e351fb27623d85ab8e7b31f59895b94bd21036a6c650efe5e2c1d0a0",
    "b7274c6ed577b4fd86e033ceefbb8f8b1f571f46e13ad05a9140a42efba22131",
    "b9684f84ed01fa88b6c8bd20aa8245beddeba9e40b43b1bad6fce3dc9f68515a",
    "bd89211a84e5c2fea9d468bf1ae809f9c14842c5300c294339c6c28d1260cdc3",
    "cc87a87a12fb2dedf81d3834e7c23d8e20ec5e7cc08123eba491731f40310e60",
    "dfebc0ebb90da7f79db044b67de0b7314673f8574e9d9e839a2437bfd879e7ca",
    "e62c312c4924b85f42bec290fe3046564d78e0ac880f46de8479792c9a914b97",
    "e85f5b0d765356afc647643f0bf98b9c22414d1953aa013ed3a3840fabf48a79",
    "ed12f7ede0c36a7a52da6a3a39dde0d12805a1841a9d2aad70a6987570ae11a0",
}


def hashes_of_three_words(text: str) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {
        hashlib.sha256(" ".join(three).encode()).hexdigest() for three in zip(words, words[1:], words[2:], strict=False)
    }


def test_8_what_was_removed_stands_on_no_page(client: Client, statement_pages):
    records = [*Bulletin.objects.published(), *Review.objects.published().select_related("board")]
    pages = [words_of(client, record.get_absolute_url()) for record in records]
    pages += [text_of(page.response) for page in statement_pages]

    assert len(pages) == 166
    assert not [page for page in pages if REMOVED & hashes_of_three_words(page)]
    assert not [page for page in pages if re.search(r"\S@\S", page)]


def test_8_a_passage_stays_readable_with_its_redaction_marked(client: Client):
    page = words_of(client, "/bulletins/child-b-2010/")

    assert "CHILD B was born on [date of birth removed]. During his childhood" in page
    assert "please contact [e-mail address removed]" in words_of(client, "/bulletins/knowsley-child-q-and-s-2017/")


def test_8_what_was_removed_is_not_found_by_searching(client: Client):
    for words in ('"born on 3"', "december 1992", "knowsley.gov.uk"):
        page = client.get("/search/", {"q": words}).context["page"]
        assert page.total == 0 or page.loosened, words  # or the page says that nothing has these words side by side


# --- 9: links ---------------------------------------------------------------------------------------------------


def test_9_links_keep_their_titles_and_none_leads_nowhere(client: Client):
    responses = [client.get(bulletin.get_absolute_url()) for bulletin in Bulletin.objects.published()]
    lost = {response.wsgi_request.path: text_of(response).count("address not in the source") for response in responses}
    printed = [link for response in responses for link in response.context["links"] if link.address]
    addresses = {address for response in responses for _, address in links(response)}

    assert {path: count for path, count in lost.items() if count} == {
        "/bulletins/west-sussex-briefing-2017/": 23,
        "/bulletins/young-person-k-2016/": 2,
    }
    assert len(printed) == 3
    elsewhere = {address for address in addresses if not address.startswith(("/", "#", "?", "tel:"))}
    assert elsewhere <= {"https://www.bbc.co.uk/weather"}  # the quick way out of a page about abuse


# --- 10: pages of paper -----------------------------------------------------------------------------------------


def test_10_a_list_that_a_page_break_splits_is_one_list(client: Client):
    page = client.get("/bulletins/child-r-2015/").content.decode()

    (printed,) = re.findall(r'<ol class="document__list".*?</ol>', page, re.DOTALL)
    labels = re.findall(r'document__item-label">([^<]+?) <', printed)
    assert labels == [f"{number}." for number in range(1, 13)]


def test_10_a_sentence_that_a_page_break_splits_is_one_statement(client: Client):
    sentence = "returning back to their carer"

    (found,) = client.get("/learning/", {"q": f'"{sentence}"'}).context["page"].items

    assert found["statement"].text.startswith("research was commissioned")
    assert found["statement"].text.endswith(sentence)


def test_10_what_breaks_off_in_the_source_says_so(client: Client):
    assert words_of(client, B).count("breaks off here in the source") == 2


# --- 11: every statement at its passage -------------------------------------------------------------------------


def test_11_every_statement_shows_its_passage_highlighted_with_its_lead_in(statement_pages):
    for page in statement_pages:
        html = page.response.content.decode()
        marked = "".join(re.findall(r"<mark>(.*?)</mark>", html, re.DOTALL))
        words = re.sub(r"<[^>]+>", "", marked)

        assert without_space(words) == without_space(escape(page.statement.text)), page.statement.pk
        if page.statement.parent:
            assert f'<p class="statement__lead-in">{escape(page.statement.parent.text)}</p>' in html
    assert sum(page.statement.parent is not None for page in statement_pages) == 16


def test_11_the_passage_stands_in_its_surroundings(statement_pages):
    assert not [
        page.statement.pk for page in statement_pages if "Read this in the full text" not in text_of(page.response)
    ]
    surrounded = [page for page in statement_pages if 'class="passage__around"' in page.response.content.decode()]
    assert len(surrounded) > 120


# --- 12: totals -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("", "150 statements from 11 reviews"),
        ("kind=learning_point", "75 statements from 11 reviews"),
        ("kind=action", "28 statements from 2 reviews"),
        ("kind=action&board=southwark", "4 statements from 1 review"),
        ("kind=action&board=milton-keynes", "24 statements from 1 review"),
        ("kind=recommendation", "16 statements from 2 reviews"),
        ("kind=question", "14 statements from 7 reviews"),
        ("kind=risk_indicator", "11 statements from 1 review"),
        ("kind=risk_indicator&review=not-stated", "6 statements"),
        ("kind=fact", "5 statements"),
        ("kind=good_practice", "1 statement from 1 review"),
    ],
)
def test_12_so_many_statements_of_each_kind(client: Client, query, total):
    assert count_of(client, query) == total


def test_12_eighteen_learning_points_and_one_example_of_good_practice_are_findings_in_prose(statement_pages):
    prose = Counter(
        page.statement.kind for page in statement_pages if "Form A finding in prose" in text_of(page.response)
    )

    assert prose == {"learning_point": 18, "good_practice": 1}


def test_12_one_fact_of_five_has_no_citation_and_two_are_closing_statistics(statement_pages):
    facts = [page for page in statement_pages if page.statement.kind == "fact"]

    without = [page for page in facts if "Cited source none given" in text_of(page.response)]
    assert [page.statement.text[:4] for page in without if page.statement.text.startswith("90 %")] == ["90 %"]
    assert len(facts) == 5


def test_12_five_bulletins_eleven_reviews_ten_children_described_singly(client: Client):
    children = [
        child
        for review in Review.objects.published().select_related("board")
        for child in client.get(review.get_absolute_url()).context["children"]
    ]

    assert count_of(client, "") == "150 statements from 11 reviews"
    assert "recommendation and question from 5 bulletins" in words_of(client, "/")
    assert sum(not child.is_group for child in children) == 10
