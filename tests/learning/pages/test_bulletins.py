"""The list of bulletins and the page of one."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from learning.catalogue import current
from learning.models import Bulletin, CuratorNote, GlossaryTerm, Link, PublicText, StatedCount, Statement
from reviews.state import State
from tests.factories import (
    WITHHELD,
    BoardFactory,
    BulletinFactory,
    ChildFactory,
    ReviewFactory,
    StatementFactory,
    ThemeFactory,
    add_paragraph,
)
from tests.pages import links, markup, text_of, words_in

pytestmark = pytest.mark.django_db


def page(client, bulletin):
    return client.get(bulletin.get_absolute_url())


def listed(response):
    return [entry["bulletin"] for entry in response.context["entries"]]


# --- the list ---------------------------------------------------------------------------------------------------


def test_bulletin_list_is_newest_first_and_undated_last(client):
    undated = BulletinFactory()
    july = BulletinFactory(first_year=2015, last_year=2015, published_on=date(2015, 7, 1), published_precision="month")
    period = BulletinFactory(first_year=2017, last_year=2018, period="Winter 2017/2018")
    may = BulletinFactory(first_year=2015, last_year=2015, published_on=date(2015, 5, 1), published_precision="month")

    assert listed(client.get("/bulletins/")) == [period, july, may, undated]


def test_bulletin_list_shows_board_date_as_printed_reviews_and_counts(client):
    board = BoardFactory(name="Sampleshire Board")
    bulletin = BulletinFactory(board=board, kind="response", published_on=date(2015, 7, 1), published_precision="month")
    ReviewFactory(bulletin=bulletin, label="Child Z")
    StatementFactory(bulletin=bulletin, kind="question")
    StatementFactory(bulletin=bulletin, kind="learning_point")
    StatementFactory(bulletin=bulletin, kind="learning_point")

    text = markup(client.get("/bulletins/"))

    assert "Board response · Sampleshire Board, July 2015" in text
    assert ">Child Z</a>" in text
    assert "2 learning points, 1 question" in text


@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.HELD, State.WITHDRAWN])
def test_bulletin_list_shows_published_bulletins_and_reviews_only(client, state):
    seen = BulletinFactory()
    hidden = ReviewFactory(label="Hidden label", bulletin=seen, state=state, withdrawn_reason="A reason.")
    ReviewFactory(bulletin=seen)
    StatementFactory(bulletin=seen, review=hidden)
    BulletinFactory(state=state, withdrawn_reason="A reason.")

    response = client.get("/bulletins/")

    assert listed(response) == [seen]
    assert [entry["counts"] for entry in response.context["entries"]] == [[]]
    assertNotContains(response, "Hidden label")


def test_bulletin_list_has_pages(client):
    for _ in range(21):
        BulletinFactory()

    assert [len(listed(client.get("/bulletins/", {"page": number}))) for number in (1, 2)] == [20, 1]


@pytest.mark.parametrize("number", ["abc", "0", "-1", "99999999999", "\0", "1' OR 1=1", "x" * 10_000])
def test_bulletin_list_explains_a_page_that_there_is_not(client, number):
    BulletinFactory()

    response = client.get("/bulletins/", {"page": number})

    assertContains(response, "There is no page “")
    assertContains(response, '<a href="/bulletins/">Go to the first page</a>', html=True)
    assert listed(response) == []


def test_bulletin_list_that_is_empty_says_why(client):
    assertContains(client.get("/bulletins/"), "No bulletins have been published yet")


# --- the text ---------------------------------------------------------------------------------------------------


def test_bulletin_detail_is_the_whole_text_with_its_statements_linked_both_ways(client):
    bulletin = BulletinFactory(text="Above.\n\nSome words. The finding. More words.\n\nBelow.")
    statement = StatementFactory(bulletin=bulletin, review=None, text="The finding.", number="10")

    response = page(client, bulletin)

    words = words_in(response, "main p")
    assert {"Above.", "Some words. The finding. More words.", "Below."} <= set(words)
    assert words_in(response, f"#passage-{statement.pk}") == ["The finding."]
    assert ("Learning point 10", f"/learning/{statement.pk}/") in links(response)


def test_bulletin_detail_lists_keep_their_printed_labels(client):
    bulletin = BulletinFactory()
    add_paragraph(bulletin, "Item two", kind="item", label="2.")
    add_paragraph(bulletin, "Item three", kind="item", label="3a.")

    response = page(client, bulletin)

    assert words_in(response, "ol[role=list] > li p") == ["2. Item two", "3a. Item three"]


def test_bulletin_detail_headings_start_below_the_title(client):
    bulletin = BulletinFactory()
    add_paragraph(bulletin, "Findings", kind="heading", level=1)

    assertContains(page(client, bulletin), "<h2>Findings</h2>", html=True)


def test_bulletin_detail_rows_are_a_table(client):
    bulletin = BulletinFactory()
    add_paragraph(bulletin, "Date\t2016", kind="row")

    assert '<th scope="row"> Date </th> <td> 2016 </td>' in markup(page(client, bulletin))


def test_bulletin_detail_explains_an_acronym_once(client):
    bulletin = BulletinFactory(text="CSE and CSE.")
    GlossaryTerm.objects.create(bulletin=bulletin, term="CSE", expansion="child sexual exploitation", basis="printed")

    assert '<abbr title="child sexual exploitation">CSE</abbr> and CSE.' in markup(page(client, bulletin))


def test_bulletin_detail_marks_redactions_and_says_why_and_how_often(client):
    bulletin = BulletinFactory(text="Born on [date of birth removed], died on [date removed].")
    PublicText.objects.filter(bulletin=bulletin).update(
        redactions=[
            {"start": 8, "end": 31, "reason": "Dates identify."},
            {"start": 41, "end": 55, "reason": "Dates identify."},
        ]
    )

    response = page(client, bulletin)

    assert words_in(response, '[title="Dates identify."]') == ["[date of birth removed]", "[date removed]"]
    assertContains(response, "<li>Dates identify. (2 times)</li>", html=True)


def test_bulletin_detail_escapes_what_a_text_holds(client):
    bulletin = BulletinFactory(text="<script>alert(1)</script> & more")

    assertContains(page(client, bulletin), "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more")


# --- what may not be read ---------------------------------------------------------------------------------------


def held_back():
    """A bulletin of two reviews, one of them held, with what would tell of it; and its visible statement."""
    bulletin = BulletinFactory(text="The story of both.")
    seen, hidden = (ReviewFactory(bulletin=bulletin, label=label) for label in ("Child Seen", "Child Hidden"))
    statement = StatementFactory(bulletin=bulletin, review=seen, text="The finding on one.")
    StatementFactory(bulletin=bulletin, review=hidden, text="The finding on the other.")
    Link.objects.create(bulletin=bulletin, position=1, title="Report on Child Hidden")
    CuratorNote.objects.create(bulletin=bulletin, position=1, text="Child Hidden comes first.")
    CuratorNote.objects.create(bulletin=bulletin, position=2, review=hidden, text="Child Hidden is a note.")
    CuratorNote.objects.create(bulletin=bulletin, position=3, review=seen, text="A note on Child Seen.")
    StatedCount.objects.create(bulletin=bulletin, kind="question", count=9, as_printed="nine questions on Child Hidden")
    hidden.state = State.HELD
    hidden.save()
    return bulletin, statement


def test_bulletin_detail_with_a_held_review_says_nothing_of_it(client):
    bulletin, _ = held_back()

    response = page(client, bulletin)

    assertContains(response, "The text is not shown at the moment.")
    assertNotContains(response, "Hidden")
    assertNotContains(response, "The story of both.")
    assertNotContains(response, "The finding on the other.")


def test_bulletin_detail_with_a_held_review_still_shows_what_is_visible(client):
    bulletin, statement = held_back()

    response = page(client, bulletin)

    assert [card["statement"] for card in response.context["cards"]] == [statement]
    assertContains(response, "The finding on one.")
    assertContains(response, "A note on Child Seen.")


def test_bulletin_detail_with_rights_to_passages_shows_its_statements_only(client):
    bulletin = BulletinFactory(text="The story.", rights="passages")
    StatementFactory(bulletin=bulletin, review=None, text="The finding.")

    response = page(client, bulletin)

    assertContains(response, "Only its statements are shown here, not the whole text.")
    assertContains(response, "The finding.")
    assertNotContains(response, "The story.")


def test_bulletin_detail_with_rights_to_metadata_shows_facts_only(client):
    bulletin = BulletinFactory(text="The story.", rights="metadata")
    StatementFactory(bulletin=bulletin, review=None, text="The finding.")
    StatedCount.objects.create(bulletin=bulletin, kind="learning_point", count=2, as_printed="two lessons")

    response = page(client, bulletin)

    assertContains(response, "Only facts about this bulletin are kept here")
    assert [word for word in ("The story.", "The finding.", "two lessons") if word in markup(response)] == []


@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.HELD])
def test_bulletin_detail_of_a_hidden_bulletin_is_not_found(client, state):
    assert page(client, BulletinFactory(state=state)).status_code == 404


def test_bulletin_detail_of_a_withdrawn_bulletin_is_gone_with_its_reason(client):
    bulletin = BulletinFactory(state=State.WITHDRAWN, withdrawn_reason="The board withdrew it.")

    assertContains(page(client, bulletin), "The board withdrew it.", status_code=410)


# --- its facts --------------------------------------------------------------------------------------------------


def test_bulletin_detail_links_without_an_address_say_so_and_unchecked_ones_are_no_anchors(client):
    bulletin = BulletinFactory()
    Link.objects.create(bulletin=bulletin, position=1, title="Lost link")
    Link.objects.create(bulletin=bulletin, position=2, title="Printed link", address="www.lapsed.example")
    Link.objects.create(
        bulletin=bulletin, position=3, title="Checked", address="https://a.example/", checked_on=date(2026, 5, 4)
    )

    response = page(client, bulletin)

    assert "Lost link address not in the source" in text_of(response)
    assert "Printed link www.lapsed.example (as printed, not checked)" in text_of(response)
    assert words_in(response, 'a[href="https://a.example/"][rel=noreferrer]') == ["Checked"]
    assert "www.lapsed" not in str(links(response))


def test_bulletin_detail_author_stands_in_the_citation_only(client):
    response = page(client, BulletinFactory(author="A. Sample"))

    assert markup(response).count("A. Sample") == 1
    assert "by A. Sample" in response.context["citation"]


def test_bulletin_detail_holds_its_claims_against_what_it_lists(client):
    bulletin = BulletinFactory()
    ReviewFactory(bulletin=bulletin)
    for _ in range(5):
        StatementFactory(bulletin=bulletin, kind="recommendation")
    StatedCount.objects.create(bulletin=bulletin, kind="recommendation", count=5, as_printed="five recommendations")

    assertContains(page(client, bulletin), "5 listed of the 5 recommendations that the bulletin says it has.")


def test_bulletin_detail_note_on_one_review_says_on_which(client):
    bulletin = BulletinFactory()
    review = ReviewFactory(bulletin=bulletin, label="Child Z")
    CuratorNote.objects.create(bulletin=bulletin, position=1, text="On all.")
    CuratorNote.objects.create(bulletin=bulletin, position=2, review=review, text="On one.")

    text = markup(page(client, bulletin))

    assert "<li>On all.</li><li>Child Z: On one.</li>" in text


def test_bulletin_detail_rights_come_with_their_basis(client):
    assertContains(page(client, BulletinFactory(rights_basis="Its publisher agreed.")), "Its publisher agreed.")


def test_bulletin_detail_a_period_is_no_date(client):
    rows = {row.term: row for row in page(client, BulletinFactory(period="Winter 2017/2018")).context["facts"]}

    assert (rows["Date"].value, rows["Date"].note) == (
        "Winter 2017/2018",
        "Printed as a period, not as a date.",
    )


@pytest.mark.parametrize("tagged", ["review", "statement"])
def test_bulletin_detail_content_note_for_a_theme_of_a_review_or_statement(client, tagged):
    theme = ThemeFactory(has_content_note=True)
    bulletin = BulletinFactory()
    ReviewFactory(bulletin=bulletin, themes=[theme] if tagged == "review" else [])
    StatementFactory(bulletin=bulletin, themes=[theme] if tagged == "statement" else [])

    assertContains(page(client, bulletin), "Content note")


def test_bulletin_detail_folds_what_tells_how_a_child_died(client):
    bulletin = BulletinFactory(text="Sample beginning.")
    add_paragraph(bulletin, "Sample paragraph of a death.", sensitive=True)
    add_paragraph(bulletin, "Sample item of a death.", kind="item", sensitive=True)
    add_paragraph(bulletin, "Sample item of another matter.", kind="item")
    add_paragraph(bulletin, "First cell of a death\tSecond cell of it", kind="row", sensitive=True)

    response = page(client, bulletin)

    assert words_in(response, "details.document__folded p") == [
        "Sample paragraph of a death.",
        "Sample item of a death.",
        "First cell of a death",
        "Second cell of it",
    ]
    assert set(words_in(response, "details.document__folded summary")) == {"How a child died or was harmed"}
    assertContains(response, "<p>Sample item of another matter.</p>", html=True)


def test_bulletin_detail_on_a_child_with_lifelong_anonymity_is_not_indexed(client):
    review = ReviewFactory()
    ChildFactory(review=review, **WITHHELD)

    response = page(client, review.bulletins.get())

    assertContains(response, '<meta name="robots" content="noindex">', html=True)
    assertNotContains(response, "og:")


def test_bulletin_detail_social_card_has_none_of_its_words(client):
    response = page(client, BulletinFactory(title="Sample title", text="Its words.", board__name="Sample Board"))

    assertContains(response, '<meta property="og:title" content="Sample title, Sample Board">', html=True)
    assertNotContains(response, "og:description")


# --- the five bulletins -----------------------------------------------------------------------------------------


def printed(response) -> list[tuple[str, str]]:
    return [(link.title, link.address) for link in response.context["links"]]


def test_bulletin_detail_says_which_addresses_were_lost(client, bulletins):
    responses = [page(client, bulletin) for bulletin in Bulletin.objects.published()]

    all_links = [link for response in responses for link in printed(response)]
    assert (len(all_links), sum(not address for _, address in all_links)) == (28, 25)
    assert sum(markup(response).count("address not in the source") for response in responses) == 25
    outside = {link for response in responses for _, link in links(response) if link.startswith("http")}
    assert outside == {"https://www.bbc.co.uk/weather"}  # of "Leave this page"
    assert all('href=""' not in markup(response) for response in responses)


def test_bulletin_detail_marks_and_links_every_statement(client, bulletins):
    for bulletin in Bulletin.objects.published():
        text = "".join(markup(response) for response in all_pages(client, bulletin))

        for pk in bulletin.statements.values_list("pk", flat=True):
            assert text.count(f'id="passage-{pk}"') == 1, pk
            assert f'href="/learning/{pk}/"' in text


def test_bulletin_detail_marks_what_was_removed_within_its_sentence(client, bulletins):
    response = client.get("/bulletins/child-b-2010/")

    assert "CHILD B was born on [date of birth removed]. During his childhood" in text_of(response)
    assert "[date of birth removed]" in words_in(response, '[title="A child\'s date of birth."]')


def test_bulletin_detail_joins_lists_that_a_page_break_splits(client, bulletins):
    parts = client.get("/bulletins/child-r-2015/").context["parts"]

    lists = [[item.block.label for item in part.items] for part in parts if part.kind == "list"]

    assert lists == [[f"{number}." for number in range(1, 13)]]


def test_bulletin_detail_runs_no_more_than_twelve_queries(client, bulletins, django_assert_max_num_queries):
    current()  # of a process that has answered before
    for bulletin in Bulletin.objects.published():
        with django_assert_max_num_queries(12):
            page(client, bulletin)


# --- a long one -------------------------------------------------------------------------------------------------


def all_pages(client, bulletin):
    first = page(client, bulletin)
    pages = first.context["page_obj"].paginator.num_pages
    return [first, *(client.get(f"{bulletin.get_absolute_url()}?page={number}") for number in range(2, pages + 1))]


def long_bulletin(paragraphs=200, length=500, **fields):
    """A text of paragraphs of which each tenth is a statement."""
    bulletin = BulletinFactory(**fields)
    text, blocks = "", []
    for number in range(paragraphs):
        start = len(text)
        text += f"Paragraph {number} " + "w" * length
        blocks.append({"kind": "paragraph", "start": start, "end": len(text), "level": 0, "label": ""})
        text += "\n\n"
    for block in blocks[::10]:
        statement = StatementFactory(bulletin=bulletin, review=None)
        place = {"start": block["start"], "end": block["end"]}
        public = {"public_start": block["start"], "public_end": block["end"]}
        Statement.objects.filter(pk=statement.pk).update(**place, **public)
    PublicText.objects.filter(bulletin=bulletin).update(text=text, blocks=blocks)
    return bulletin


def test_bulletin_detail_of_a_long_text_has_pages_and_loses_nothing(client):
    bulletin = long_bulletin()

    pages = all_pages(client, bulletin)

    assert len(pages) > 2
    assert all(len(response.content) < 60_000 for response in pages)
    text = "".join(markup(response) for response in pages)
    assert [text.count(f"Paragraph {number} w") for number in range(200)] == [1] * 200
    assert all(text.count(f'id="passage-{one.pk}"') == 1 for one in bulletin.statements.all())


def test_statement_detail_leads_to_the_page_of_the_text_that_it_stands_on(client):
    bulletin = long_bulletin()
    statement = bulletin.statements.order_by("-position").first()

    address = client.get(statement.get_absolute_url()).context["full_text_url"]

    path, _, anchor = address.partition("#")
    assert f'id="{anchor}"' in markup(client.get(path))
    assert "?page=" in path


def test_bulletin_detail_tells_of_the_whole_on_the_first_page(client):
    bulletin = long_bulletin()
    Link.objects.create(bulletin=bulletin, position=1, title="A printed link")

    first, second, *_ = all_pages(client, bulletin)

    assertContains(first, "A printed link")
    assertNotContains(second, "A printed link")
    assertContains(second, "are on its first page")
    assertContains(second, "How to cite it")
    assert first.context["citation"] == second.context["citation"]


@pytest.mark.parametrize("asked", ["0", "99", "two", "-1"])
def test_bulletin_detail_says_that_a_page_of_the_text_is_not_there(client, asked):
    bulletin = long_bulletin()

    response = client.get(f"{bulletin.get_absolute_url()}?page={asked}")

    assertContains(response, f"There is no page “{asked}”: this bulletin has")
    assertContains(response, f'href="{bulletin.get_absolute_url()}"')


def test_bulletin_detail_puts_many_links_on_several_pages(client):
    bulletin = long_bulletin(paragraphs=2)
    for number in range(1, 101):
        Link.objects.create(bulletin=bulletin, position=number, title=f"Printed link {number}.")

    pages = all_pages(client, bulletin)

    assert [len(response.context["links"]) for response in pages] == [40, 40, 20]
    text = "".join(markup(response) for response in pages)
    assert [text.count(f"Printed link {number}.") for number in range(1, 101)] == [1] * 100


def test_bulletin_detail_of_statements_alone_has_pages_too(client):
    bulletin = long_bulletin(paragraphs=250, rights="passages")

    pages = all_pages(client, bulletin)

    shown = [card["pk"] for response in pages for card in response.context["cards"]]
    assert shown == list(bulletin.statements.order_by("position").values_list("pk", flat=True))
    assert [len(response.context["cards"]) for response in pages] == [20, 5]


# --- of one board -----------------------------------------------------------------------------------------------


def test_bulletin_list_of_one_board(client):
    board = BoardFactory(slug="sampleshire", name="Sampleshire Board")
    own = BulletinFactory(board=board)
    BulletinFactory()

    response = client.get("/bulletins/?board=sampleshire")

    assert listed(response) == [own]
    assertContains(response, "<h1>Bulletins from Sampleshire Board</h1>")
    assertContains(response, "Bulletins from all boards")


def test_bulletin_list_of_a_board_that_is_not_there_says_so(client):
    BulletinFactory(state=State.HELD, board=BoardFactory(slug="hidden"))

    for slug in ("nowhere", "hidden"):
        response = client.get(f"/bulletins/?board={slug}")
        assert listed(response) == []
        assertContains(response, f"There is no board “{slug}” with published records.")


def test_bulletin_list_keeps_the_board_from_page_to_page(client):
    board = BoardFactory(slug="sampleshire")
    for _ in range(21):
        BulletinFactory(board=board)

    response = client.get("/bulletins/?board=sampleshire")

    assertContains(response, "?board=sampleshire&amp;page=2")
    assert len(listed(client.get("/bulletins/?board=sampleshire&page=2"))) == 1
    assertContains(client.get("/bulletins/?board=sampleshire&page=3"), 'href="/bulletins/?board=sampleshire"')
