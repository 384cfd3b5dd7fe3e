import pytest
from django.test import Client

from reviews.models import Board
from reviews.state import State
from tests.factories import BoardFactory, BulletinFactory, ReviewFactory
from tests.pages import links, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership() -> Board:
    return BoardFactory(slug="new", name="New Partnership")


@pytest.fixture
def board(partnership: Board) -> Board:
    return BoardFactory(slug="old", name="Old Board", short_name="OB", succeeded_by=partnership)


def test_board_list_counts_what_is_visible(client: Client, board):
    bulletin = BulletinFactory(board=board)
    ReviewFactory(board=board, bulletin=bulletin)
    ReviewFactory(board=board, bulletin=bulletin)
    ReviewFactory(board=board, bulletin=bulletin, state="held")

    page = text_of(client.get("/boards/"))

    assert "Old Board (OB) 2 reviews, 1 bulletin Now New Partnership" in page


def test_board_list_leaves_out_boards_with_nothing_to_read(client: Client, board):
    ReviewFactory(board=BoardFactory(name="Silent Board"), state="draft", bulletin=None)
    BulletinFactory(board=BoardFactory(name="Held Board"), state="held")

    page = text_of(client.get("/boards/"))

    assert "No board has published records yet" in page
    assert "Silent Board" not in page
    assert "Held Board" not in page


def test_board_detail_shows_its_reviews_and_bulletins(client: Client, board):
    bulletin = BulletinFactory(board=board, title="What we learnt", first_year=2015, last_year=2015)
    review = ReviewFactory(board=board, bulletin=bulletin, label="Child Z")
    ReviewFactory(label="Child of another board")

    response = client.get("/boards/old/")

    assert ("Child Z", review.get_absolute_url()) in links(response)
    assert ("What we learnt", bulletin.get_absolute_url()) in links(response)
    assert "Child of another board" not in text_of(response)


def test_board_detail_hides_what_is_not_published(client: Client, board):
    older = ReviewFactory(board=board, bulletin=BulletinFactory(board=board, first_year=2014, last_year=2014))
    newer = ReviewFactory(board=board, bulletin=BulletinFactory(board=board, first_year=2016, last_year=2016))
    hidden = BulletinFactory(board=board, state="draft", reviews=[older], first_year=2020, last_year=2020)
    ReviewFactory(board=board, state="held", bulletin=newer.bulletins.get())

    own = client.get("/boards/old/").context["own"]

    assert [row["review"] for row in own["reviews"]] == [newer, older]
    assert len(own["bulletins"]) == 2
    assert hidden not in own["bulletins"]


def test_board_detail_says_which_board_it_is_and_how_editors_know(client: Client):
    ReviewFactory(
        board__slug="ob",
        board__name="OB",
        board__identified_as="Other Board",
        board__identification_source="its website",
    )

    for address in ("/boards/", "/boards/ob/"):
        assert "Identified by the editors, from its website." in text_of(client.get(address))


def test_board_detail_shows_what_its_predecessors_published(client: Client, board):
    eldest = BoardFactory(name="Eldest Board", succeeded_by=board)
    ReviewFactory(board=board, label="Child Z")
    ReviewFactory(board=eldest, label="Child Y")

    page = text_of(client.get("/boards/new/"))

    assert "Took over from Old Board and Eldest Board." in page
    assert "The knowledge base has no review or bulletin published under this name." in page
    assert "Published before it by Old Board Reviews 1 Child Z" in page
    assert "Published before it by Eldest Board Reviews 1 Child Y" in page


def test_board_detail_shows_what_its_successor_published(client: Client, board, partnership):
    ReviewFactory(board=partnership, label="Child X")

    page = text_of(client.get("/boards/old/"))

    assert "Succeeded by New Partnership." in page
    assert "Published after it by New Partnership Reviews 1 Child X" in page


def test_board_detail_is_not_found_where_only_a_draft_belongs_to_it(client: Client, board):
    ReviewFactory(board=board, state=State.DRAFT)

    assert client.get("/boards/old/").status_code == 404


def test_board_detail_without_records_names_the_board_that_it_succeeded(client: Client, board, partnership):
    ReviewFactory(board=board)

    page = text_of(client.get("/boards/new/"))

    assert "The knowledge base has no review or bulletin published under this name." in page


def test_board_detail_is_not_found_beside_the_board_of_a_draft(client: Client, board, partnership):
    ReviewFactory(board=board, state=State.DRAFT)

    assert client.get("/boards/new/").status_code == 404


def test_board_detail_is_found_where_it_only_commissioned_a_review(client: Client, board):
    ReviewFactory(commissioning_board=board)

    assert client.get("/boards/old/").status_code == 200


def test_board_detail_of_a_withheld_board_names_it_nowhere(client: Client, board, partnership):
    Board.objects.filter(pk=board.pk).update(
        is_withheld=True, slug="withheld-1", identified_as="SECRET", identification_source="SECRET", website="SECRET"
    )
    ReviewFactory(board=board, label="Child Z")

    pages = [text_of(client.get(address)) for address in ("/boards/", "/boards/withheld-1/", "/boards/new/")]

    assert not [page for page in pages if "SECRET" in page or "Old Board" in page or "OB" in page]
    assert "A board whose name is withheld" in pages[0]
    assert "New Partnership" not in pages[0] + pages[1]
    assert "Child Z" not in pages[2]


def test_board_detail_keeps_quiet_about_a_withheld_successor(client: Client, board, partnership):
    Board.objects.filter(pk=partnership.pk).update(is_withheld=True)
    ReviewFactory(board=partnership, label="Child Z")

    page = text_of(client.get("/boards/old/"))

    assert "withheld" not in page
    assert "Child Z" not in page


def test_board_detail_of_an_unknown_board_is_not_found(client: Client):
    assert client.get("/boards/nowhere/").status_code == 404


def test_board_detail_identifies_the_board_that_prints_only_its_initials(client: Client, bulletins):
    page = text_of(client.get("/boards/sscb/"))

    assert "SSCB (identified as Sunderland Safeguarding Children Board)" in page
    assert "Reviews 1 Young Person K" in page
    assert "Child R" not in page


def test_board_detail_with_many_records_shows_the_newest_and_leads_to_all(client: Client, partnership):
    for number in range(22):
        bulletin = BulletinFactory(board=partnership, first_year=2000 + number, last_year=2000 + number)
        ReviewFactory(board=partnership, bulletin=bulletin)

    response = client.get(partnership.get_absolute_url())

    own = response.context["own"]
    assert (len(own["reviews"]), len(own["bulletins"])) == (20, 20)
    assert own["bulletins"][0].first_year == 2021
    assert ("All 22 reviews from this board", f"/reviews/?board={partnership.slug}") in links(response)
    assert ("All 22 bulletins from this board", f"/bulletins/?board={partnership.slug}") in links(response)


def test_board_detail_shows_few_of_what_its_predecessor_published(client: Client, board, partnership):
    for _ in range(7):
        ReviewFactory(board=board)

    response = client.get(partnership.get_absolute_url())

    (before,) = response.context["others"]
    assert (before["review_count"], len(before["reviews"])) == (7, 5)
    assert (f"All 7 reviews from {board.name}", f"/reviews/?board={board.slug}") in links(response)


def test_board_list_has_pages(client: Client):
    for _ in range(101):
        BulletinFactory(board=BoardFactory())

    first, second = client.get("/boards/"), client.get("/boards/?page=2")

    assert (len(first.context["rows"]), len(second.context["rows"])) == (100, 1)
    assert len(first.content) < 60_000
    assert "There is no page “3”: this list has 2 pages." in text_of(client.get("/boards/?page=3"))
