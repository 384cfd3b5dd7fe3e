import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from learning.models import GlossaryTerm
from tests.factories import BulletinFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def term(word: str, expansion: str, bulletin=None, **fields) -> GlossaryTerm:
    basis = {"basis": "printed" if bulletin else "curator"}
    return GlossaryTerm.objects.create(term=word, expansion=expansion, bulletin=bulletin, **basis | fields)


def test_glossary_changed_names_hold_for_the_whole_site(client: Client):
    term("CCG", "Clinical Commissioning Group", explanation="Integrated care boards took over.")

    response = client.get("/glossary/")

    assert "CCG Clinical Commissioning Group Integrated care boards took over." in text_of(response)
    assert '<abbr title="Clinical Commissioning Group">CCG</abbr>' in response.content.decode()


def test_glossary_gives_the_same_letters_the_meaning_of_each_bulletin(client: Client):
    term("SB", "Second Board", BulletinFactory(title="Second bulletin", last_year=2010, first_year=2010))
    term("SB", "Sample Board", BulletinFactory(title="First bulletin", last_year=2015, first_year=2015))

    groups = client.get("/glossary/").context["bulletins"]

    assert [(group["bulletin"].title, [entry["term"].expansion for entry in group["terms"]]) for group in groups] == [
        ("First bulletin", ["Sample Board"]),
        ("Second bulletin", ["Second Board"]),
    ]


def test_glossary_gives_each_term_an_anchor_of_its_own(client: Client):
    term("SB", "Sample Board", BulletinFactory(slug="one"))
    term("SB", "Second Board", BulletinFactory(slug="two"))
    term("SB", "Any board")

    page = client.get("/glossary/").content.decode()

    assert [page.count(f'id="{anchor}"') for anchor in ("sb", "one-sb", "two-sb")] == [1, 1, 1]


def test_glossary_leaves_out_bulletins_that_are_not_public(client: Client):
    term("SB", "SENTINEL", BulletinFactory(state="held"))

    page = text_of(client.get("/glossary/"))

    assert "SENTINEL" not in page
    assert "No published bulletin has acronyms explained yet." in page


def test_glossary_marks_what_editors_explain_in_a_bulletin(client: Client):
    term("SB", "Sample Board", BulletinFactory(), basis="curator")

    assert "Sample Board (explained by the editors)" in text_of(client.get("/glossary/"))


def test_glossary_names_no_withheld_board(client: Client):
    term("SB", "Words", BulletinFactory(board__name="SENTINEL", board__is_withheld=True))

    assert "SENTINEL" not in text_of(client.get("/glossary/"))


@pytest.mark.parametrize("word", ["LSCB", "YP K", "IMRs", "DfE"])
def test_is_acronym_where_most_letters_are_capitals(word):
    assert GlossaryTerm(term=word).is_acronym


@pytest.mark.parametrize("word", ["Overview report", "Children's Trust", "Section 47", "A", ""])
def test_is_acronym_is_false_of_words_a_number_and_a_single_letter(word):
    assert not GlossaryTerm(term=word).is_acronym


def test_glossary_says_southwark_for_sscb_in_its_own_bulletin_only(client: Client, bulletins):
    groups = client.get("/glossary/").context["bulletins"]
    expansions = {
        group["bulletin"].board.slug: entry["term"].expansion
        for group in groups
        for entry in group["terms"]
        if entry["term"].term == "SSCB"
    }

    assert expansions["southwark"] == "Southwark Safeguarding Children Board"
    assert "Southwark" not in expansions["sscb"]


def test_glossary_has_pages_and_what_holds_for_all_on_the_first(client: Client):
    term("Working Together", "The guidance")
    for number in range(21):
        term(f"T{number}", "A term", bulletin=BulletinFactory())

    first, second = client.get("/glossary/"), client.get("/glossary/?page=2")

    assert (len(first.context["bulletins"]), len(second.context["bulletins"])) == (20, 1)
    assertContains(first, "Working Together")
    assertNotContains(second, "Working Together")
    assertContains(client.get("/glossary/?page=3"), "There is no page “3”")
