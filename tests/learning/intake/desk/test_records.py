"""Records, for administrators: found, merged, renamed and withheld. Every old address leads on or says it is gone."""

import pytest
from django.test import Client

from learning.models import FormerAddress, Link, Redaction
from reviews.models import Board, Child, Review
from reviews.state import State
from tests.factories import BoardFactory, BulletinFactory, ChildFactory, ReviewFactory, StatementFactory, ThemeFactory
from tests.learning.intake.desk.site import signed_in
from tests.pages import links, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client() -> Client:
    return signed_in("administrator", "administrator")


@pytest.fixture
def board() -> Board:
    return BoardFactory(name="Sampleshire Safeguarding Children Board", short_name="SaSCB", slug="sampleshire")


@pytest.fixture
def review(board: Board) -> Review:
    return ReviewFactory(board=board, label="Child Z", slug="child-z")


def seen(client: Client, address: str) -> str:
    """What the page says that it has seen of the record, to be sent with the form."""
    return client.get(address).content.decode().split('name="seen" value="')[1].split('"')[0]


def send(client: Client, address: str, **fields: object):
    return client.post(address, {"seen": seen(client, address), **fields})


# --- found ----------------------------------------------------------------------------------------------------------


def test_records_are_found_by_words_of_name_address_or_board(admin_client, review):
    ReviewFactory(label="Child Elsewhere", board__name="Otherford Safeguarding Children Board")
    bulletin = review.bulletins.get()

    found = links(admin_client.get("/desk/records/?q=sampleshire+child"))

    pages = [(words, url) for words, url in found if url.startswith("/desk/records/") and words != "Records"]
    assert pages == [
        ("Child Z, Sampleshire Safeguarding Children Board", f"/desk/records/reviews/{review.pk}/"),
        (bulletin.title, f"/desk/records/bulletins/{bulletin.pk}/"),
        ("Sampleshire Safeguarding Children Board", f"/desk/records/boards/{review.board.pk}/"),
    ]


@pytest.mark.parametrize("words", ["nothing like it", "%", "\0", "x" * 5000, "' OR 1=1 --"])
def test_words_that_find_nothing_say_so(admin_client, review, words):
    assert "None with these words." in text_of(admin_client.get("/desk/records/", {"q": words})) or words == "\0"


def test_a_long_list_is_cut_and_says_so(admin_client, board):
    ReviewFactory.create_batch(21, board=board)

    assert "There are more. Add another word to find them." in text_of(admin_client.get("/desk/records/"))


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_only_administrators_are_shown_records_and_only_they_may_come(role, review):
    client = signed_in(role, role)
    own = ["", f"reviews/{review.pk}/", f"reviews/{review.pk}/address/", f"reviews/{review.pk}/merge/"]
    own += [f"boards/{review.board.pk}/withhold/", f"bulletins/{review.bulletins.get().pk}/address/"]

    assert [client.get(f"/desk/records/{page}").status_code for page in own] == [403] * len(own)
    assert [client.post(f"/desk/records/{page}").status_code for page in own] == [403] * len(own)
    assert ("Records", "/desk/records/") not in links(client.get("/desk/"))


def test_an_administrator_is_shown_the_way(admin_client):
    assert ("Records", "/desk/records/") in links(admin_client.get("/desk/"))


# --- another address ------------------------------------------------------------------------------------------------


def test_a_review_gets_another_label_and_address_after_a_look_at_what_it_does(admin_client, client, review):
    address = f"/desk/records/reviews/{review.pk}/address/"
    fields = {"label": "Child Zed", "board": review.board.pk, "slug": "child-zed"}

    look = send(admin_client, address, **fields)

    assert "/reviews/sampleshire/child-z/ leads to /reviews/sampleshire/child-zed/" in text_of(look)
    assert client.get("/reviews/sampleshire/child-z/").status_code == 200
    assert not FormerAddress.objects.exists()

    response = admin_client.post(address, {"seen": seen(admin_client, address), "step": "do", **fields}, follow=True)

    assert response.redirect_chain[0][0] == f"/desk/records/reviews/{review.pk}/"
    assert ("/reviews/sampleshire/child-zed/",) * 2 in links(response)
    assert client.get("/reviews/sampleshire/child-z/")["Location"] == "/reviews/sampleshire/child-zed/"
    assert "Child Zed" in text_of(client.get("/reviews/sampleshire/child-zed/"))
    told = text_of(response)
    assert "administratorreview: slug, label changed" in told
    assert "former address added" in told


def test_a_review_moves_to_another_board(admin_client, client, review):
    other = BoardFactory(slug="otherford")
    address = f"/desk/records/reviews/{review.pk}/address/"

    send(admin_client, address, step="do", label="Child Z", board=other.pk, slug="child-z")

    assert client.get("/reviews/sampleshire/child-z/")["Location"] == "/reviews/otherford/child-z/"


def test_what_was_typed_is_there_again_when_one_goes_back_to_the_form(admin_client, review):
    address = f"/desk/records/reviews/{review.pk}/address/"

    page = send(admin_client, address, step="back", label="Child Zed", board=review.board.pk, slug="zed")

    assert page.status_code == 200
    assert 'value="zed"' in page.content.decode()
    review.refresh_from_db()
    assert review.slug == "child-z"


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("", "Enter the last part of the address."),
        ("Child Z!", "Use small letters, numbers and single hyphens"),
        ("../admin", "Use small letters, numbers and single hyphens"),
        ("child-y", "already has a review at that address. Merge the two, or choose another."),
        ("child-z", "Nothing has been changed yet."),
    ],
)
def test_an_address_that_cannot_be_is_refused_and_what_was_typed_stays(admin_client, review, slug, said):
    ReviewFactory(board=review.board, label="Child Y", slug="child-y")
    address = f"/desk/records/reviews/{review.pk}/address/"

    for step in ("look", "do"):
        page = send(admin_client, address, step=step, label="Child Z", board=review.board.pk, slug=slug)
        assert page.status_code == 422
        assert said in text_of(page)
        assert f'value="{slug}"' in page.content.decode() or not slug
    assert not FormerAddress.objects.exists()


def test_a_record_that_somebody_changed_since_is_not_changed_unseen(admin_client, review):
    address = f"/desk/records/reviews/{review.pk}/address/"
    before = seen(admin_client, address)
    review.label = "Child Y"
    review.save()

    page = admin_client.post(
        address, {"seen": before, "step": "do", "label": "Child Z", "board": review.board.pk, "slug": "zed"}
    )

    assert page.status_code == 422
    assert "Somebody changed it while you were looking at it." in text_of(page)
    assert 'value="zed"' in page.content.decode()
    review.refresh_from_db()
    assert (review.label, review.slug) == ("Child Y", "child-z")


def test_a_bulletin_gets_another_address(admin_client, client, review):
    bulletin = review.bulletins.get()
    old, address = bulletin.get_absolute_url(), f"/desk/records/bulletins/{bulletin.pk}/address/"

    assert f"{old} leads to /bulletins/learning-2021/" in text_of(send(admin_client, address, slug="learning-2021"))
    send(admin_client, address, slug="learning-2021", step="do")

    assert client.get(old)["Location"] == "/bulletins/learning-2021/"
    assert client.get("/bulletins/learning-2021/").status_code == 200
    assert "bulletin: slug changed" in text_of(admin_client.get(f"/desk/{bulletin.pk}/trace/"))


def test_a_board_gets_another_address_and_its_reviews_with_it(admin_client, client, review):
    address = f"/desk/records/boards/{review.board.pk}/address/"

    look = text_of(send(admin_client, address, slug="ssp"))
    assert "/reviews/sampleshire/child-z/ leads to /reviews/ssp/child-z/" in look
    response = send(admin_client, address, slug="ssp", step="do")

    assert client.get("/boards/sampleshire/")["Location"] == "/boards/ssp/"
    assert client.get("/reviews/sampleshire/child-z/")["Location"] == "/reviews/ssp/child-z/"
    assert "board: slug changed" in text_of(admin_client.get(response["Location"]))


# --- two reviews become one -----------------------------------------------------------------------------------------


@pytest.fixture
def twin(review: Review) -> Review:
    """A second record of the same review, with one of everything."""
    theme = ThemeFactory(name="Missing from care")
    twin = ReviewFactory(label="Subject Z", aliases=["Zed"], themes=[theme], nature="death", slug="subject-z")
    ChildFactory(review=review, pseudonym="Z")
    ChildFactory(review=twin, pseudonym="Z", age_band="6-to-10")
    ChildFactory(review=twin, pseudonym="Sibling")
    bulletin = twin.bulletins.get()
    StatementFactory(bulletin=bulletin, review=twin, text="Ask the child.")
    bulletin.stated_counts.create(review=twin, kind="learning_point", count=1, as_printed="one learning point")
    bulletin.notes.create(review=twin, text="It breaks off.")
    bulletin.response_checks.create(review=twin, result="none-found", looked_on="2021-05-04")
    return twin


def test_reviews_of_the_same_name_are_offered_and_others_are_found(admin_client, review, twin):
    same = ReviewFactory(label="Child Z")
    address = f"/desk/records/reviews/{review.pk}/merge/"

    offered = [url for _, url in links(admin_client.get(address)) if url.startswith(address)]
    found = [url for _, url in links(admin_client.get(address, {"q": "subject"})) if url.startswith(address)]

    assert offered == [f"{address}{same.pk}/"]
    assert found == [f"{address}{twin.pk}/"]


def test_both_reviews_stand_side_by_side_before_anything_is_done(admin_client, review, twin):
    page = text_of(admin_client.get(f"/desk/records/reviews/{review.pk}/merge/{twin.pk}/"))

    assert "Other names none Zed Subject ZZed" in page.replace("Subject Z Zed", "Subject ZZed")
    assert "Statements none 1 learning point 1 learning point" in page
    assert "Themes of the case none Missing from care Missing from care" in page
    assert "Not kept: Z: 6 to 10" in page
    assert "What happened none Death none Not kept: what Subject Z has" in page
    assert f"{twin.get_absolute_url()} leads to {review.get_absolute_url()}" in page
    assert Review.objects.filter(pk=twin.pk).exists()
    assert not FormerAddress.objects.exists()


def test_a_review_is_merged_with_a_reason_and_its_address_leads_on(admin_client, client, review, twin):
    address, old = f"/desk/records/reviews/{review.pk}/merge/{twin.pk}/", twin.get_absolute_url()

    refused = send(admin_client, address)
    assert refused.status_code == 422
    assert "Say why the two are the same review." in text_of(refused)
    assert Review.objects.filter(pk=twin.pk).exists()
    response = admin_client.post(address, {"seen": seen(admin_client, address), "reason": "One child."}, follow=True)

    told = text_of(response)
    assert f"administratorreview {twin.pk} was merged into itOne child." in told
    assert (review.get_absolute_url(),) * 2 in links(response)
    assert client.get(old)["Location"] == review.get_absolute_url()
    public = text_of(client.get(review.get_absolute_url()))
    assert "Ask the child." in public
    assert "None found when looked for on 4 May 2021" in public
    assert "Subject Z" in public
    assert sorted(review.children.values_list("pseudonym", flat=True)) == ["Sibling", "Z"]


def test_what_is_held_or_withdrawn_does_not_come_out_by_a_merge(admin_client, client, review, twin):
    for state in (State.HELD, State.WITHDRAWN, State.DRAFT):
        twin.state, twin.withdrawn_reason = state, "The board asked for it."
        twin.save()
        address = f"/desk/records/reviews/{review.pk}/merge/{twin.pk}/"
        page = admin_client.get(address)
        assert "This was not done" in text_of(page)
        assert 'name="reason"' not in page.content.decode()
        admin_client.post(address, {"reason": "One child.", "seen": "0"})

    assert Review.objects.filter(pk=twin.pk).exists()
    assert "Ask the child." not in text_of(client.get(review.get_absolute_url()))


def test_of_a_draft_nothing_is_public_by_a_merge(admin_client, client, review, twin):
    bulletin = twin.bulletins.get()
    for record in (bulletin, twin):
        record.state = State.DRAFT
        record.save()
    child = twin.children.get(pseudonym="Sibling")
    bulletin.statements.update(child=child)
    address = f"/desk/records/reviews/{review.pk}/merge/{twin.pk}/"
    before = text_of(client.get(review.get_absolute_url()))

    page = text_of(admin_client.get(address))
    send(admin_client, address, reason="One child.")

    assert "Label Child Z Subject Z Child Z Not kept: what Subject Z has" in page
    assert text_of(client.get(review.get_absolute_url())) == before
    assert [(one.review, one.child) for one in bulletin.statements.all()] == [(review, None)]


def test_a_published_review_does_not_go_into_a_draft(admin_client, review, twin):
    Review.objects.filter(pk=review.pk).update(state=State.DRAFT)

    page = text_of(admin_client.get(f"/desk/records/reviews/{review.pk}/merge/{twin.pk}/"))

    assert "Child Z is still a draft, and Subject Z is published. Keep the published one." in page


def test_lifelong_anonymity_that_one_record_knows_of_is_kept(admin_client, review, twin):
    known = twin.children.get(pseudonym="Z")
    Child.objects.filter(pk=known.pk).update(
        has_lifelong_anonymity=True, age_band="withheld", ethnicity="withheld", placement="withheld",
        incident_year_told="withheld",
    )  # fmt: skip
    address = f"/desk/records/reviews/{review.pk}/merge/{twin.pk}/"

    send(admin_client, address, reason="One child.")

    child = review.children.get(pseudonym="Z")
    assert (child.has_lifelong_anonymity, child.age_band, child.placement) == (True, "withheld", "withheld")


def test_what_one_record_keeps_from_search_engines_stays_so(admin_client, review, twin):
    Review.objects.filter(pk=twin.pk).update(is_indexed=False)
    address = f"/desk/records/reviews/{review.pk}/merge/{twin.pk}/"
    assert "May not list it" in text_of(admin_client.get(address))

    send(admin_client, address, reason="One child.")

    review.refresh_from_db()
    assert not review.is_indexed
    assert [each.is_indexed for each in review.history.all()[:2]] == [False, True]


def test_a_merge_never_says_which_board_is_withheld(admin_client, review, twin):
    Board.objects.filter(pk=twin.board.pk).update(is_withheld=True, slug="board-1234")

    for address in (f"{review.pk}/merge/{twin.pk}/", f"{twin.pk}/merge/{review.pk}/"):
        page = text_of(admin_client.get(f"/desk/records/reviews/{address}"))
        assert "The board of one of them is withheld." in page


def test_a_review_that_is_nowhere_or_is_itself_cannot_be_merged(admin_client, review):
    assert admin_client.get(f"/desk/records/reviews/{review.pk}/merge/999999/").status_code == 404
    page = admin_client.get(f"/desk/records/reviews/{review.pk}/merge/{review.pk}/")
    assert "Choose two reviews" in text_of(page)


# --- withheld -------------------------------------------------------------------------------------------------------


@pytest.fixture
def named(review: Review) -> Review:
    """A review whose board is named in its bulletin's text, in our summary, and in the bulletin of another board."""
    bulletin = review.bulletins.get()
    StatementFactory(bulletin=bulletin, review=review, text="Sampleshire Safeguarding Children Board should ask.")
    bulletin.notes.create(text="SaSCB printed it twice.")
    Link.objects.create(bulletin=bulletin, position=1, title="SaSCB training")
    review.summary = "A review by SaSCB."
    review.save()
    BulletinFactory(title="A newsletter of Otherford", text="Our neighbours of SaSCB held a review.")
    return review


def test_what_withholding_does_is_said_in_plain_words(admin_client, named):
    page = text_of(admin_client.get(f"/desk/records/boards/{named.board.pk}/withhold/"))

    assert "they will see “A board whose name is withheld”" in page
    assert "/boards/sampleshire/ says that the page has gone, and leads nowhere" in page
    assert "/reviews/sampleshire/child-z/ says that the page has gone, and leads nowhere" in page
    assert "its name will be redacted, 1 time in the text" in page
    assert "Child Z: summary" in page
    assert "A newsletter of Otherford" in page
    assert not Redaction.objects.exists()


def test_a_board_is_withheld_with_a_reason_and_named_nowhere(admin_client, client, named):
    old = named.bulletins.get()
    FormerAddress.objects.create(path="/bulletins/sampleshire-2021/", bulletin=old)
    address = f"/desk/records/boards/{named.board.pk}/withhold/"
    Review.objects.filter(pk=named.pk).update(summary="A review.")

    refused = send(admin_client, address)
    assert refused.status_code == 422
    assert "Say why naming the board would identify a child." in text_of(refused)
    assert client.get("/boards/sampleshire/").status_code == 200
    response = admin_client.post(address, {"seen": seen(admin_client, address), "reason": "Small town."}, follow=True)

    told = text_of(response)
    assert "Small town." in told
    named = Review.objects.select_related("board").get(pk=named.pk)
    assert (named.board.get_absolute_url(),) * 2 in links(response)
    for path in ("/boards/sampleshire/", "/reviews/sampleshire/child-z/", "/bulletins/sampleshire-2021/"):
        assert client.get(path).status_code == 410, path
    for path in (named.board.get_absolute_url(), named.get_absolute_url(), old.get_absolute_url()):
        page = client.get(path)
        assert page.status_code == 200
        assert "Sampleshire" not in page.content.decode()
        assert "SaSCB" not in page.content.decode()


def test_a_review_that_once_stood_under_a_withheld_board_is_not_led_to_from_there(admin_client, client, board):
    moved = ReviewFactory(board=board, label="Child M", slug="child-m")
    other = BoardFactory(slug="otherford")
    send(
        admin_client, f"/desk/records/reviews/{moved.pk}/address/",
        step="do", label="Child M", board=other.pk, slug="child-m",
    )  # fmt: skip
    assert client.get("/reviews/sampleshire/child-m/").status_code == 301

    send(admin_client, f"/desk/records/boards/{board.pk}/withhold/", reason="Small town.")

    assert client.get("/reviews/sampleshire/child-m/").status_code == 410
    assert client.get("/reviews/otherford/child-m/").status_code == 200


def test_a_withheld_board_keeps_its_address_and_can_not_be_withheld_again(admin_client, client, review):
    Board.objects.filter(pk=review.board.pk).update(is_withheld=True, slug="board-1234")
    desk = f"/desk/records/boards/{review.board.pk}"

    assert "It is already withheld." in text_of(admin_client.get(f"{desk}/withhold/"))
    assert "It keeps its neutral address." in text_of(send(admin_client, f"{desk}/address/", slug="ssp", step="do"))
    assert "Change its address" not in text_of(admin_client.get(f"{desk}/"))


def test_the_old_address_of_what_a_withheld_board_published_is_gone(admin_client, client, review):
    Board.objects.filter(pk=review.board.pk).update(is_withheld=True, slug="board-1234")
    bulletin = review.bulletins.get()
    old = bulletin.get_absolute_url()

    send(admin_client, f"/desk/records/bulletins/{bulletin.pk}/address/", slug="bulletin-5678", step="do")

    assert client.get(old).status_code == 410
    assert client.get("/bulletins/bulletin-5678/").status_code == 200
