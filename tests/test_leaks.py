"""No draft ever leaks: every public page is the same, byte for byte, whether or not hidden records exist.

A small public world is built and every address of it is read. Then drafts, held and withdrawn records are added that
touch all of it (the same boards, themes, agencies, years, even a held review inside a visible bulletin), each of
their fields holding the word SENTINEL, and everything is read again. A count, a facet, a list, a suggestion or a
passage that looks past ``published()`` changes a page; raw text that is read anywhere shows what was redacted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import get_resolver

from learning.components.statement_card import FIRST_SHOWN
from learning.models import (
    Addressee,
    Bulletin,
    ContactMessage,
    CuratorNote,
    CurrentStatus,
    FormerAddress,
    GlossaryTerm,
    Link,
    Progress,
    Redaction,
    ResponseCheck,
    StartHere,
    StatedCount,
    Statement,
    StatementOccasion,
)
from learning.models.public_text import refresh_public_text
from learning.pages.agencies import ALL_AGENCIES
from learning.search import index
from reviews.models import Agency, Board, Child, Review, ReviewAlias, Theme
from reviews.state import State
from tests.factories import (
    WITHHELD,
    AgencyFactory,
    BoardFactory,
    BulletinFactory,
    ChildFactory,
    ReviewFactory,
    StatementFactory,
    ThemeFactory,
    add_paragraph,
)

SENTINEL = "Zyxwsentinel"
MARKER = "[name removed]"
HIDDEN = [State.DRAFT, State.READY, State.HELD]
KINDS = Statement.Kind.values


@dataclass
class World:
    """What the public sees, and what the hidden records then hang on."""

    board: Board
    group: Theme
    theme: Theme
    police: Agency
    council: Agency
    review: Review
    other: Review
    bulletin: Bulletin
    shared: Bulletin
    partly: Bulletin


def public_world() -> World:
    board = BoardFactory(slug="sampleshire", name="Sampleshire Board", short_name="SSB")
    group = ThemeFactory(slug="sample-group", name="Sample group", synonyms="sample bundle")
    theme = ThemeFactory(slug="sample-theme", name="Sample theme", synonyms="ST\nsampling", parent=group)
    council = AgencyFactory(slug="board", name="Sample council of boards")
    police = AgencyFactory(slug="police", name="Sample police", sits_on_boards=True)
    AgencyFactory(slug=ALL_AGENCIES, name="All sample agencies")
    years = {"first_year": 2020, "last_year": 2021, "period": "2020/21"}
    title = f"Learning from {MARKER}"
    bulletin = BulletinFactory(
        slug="sample-one", board=board, title=title, text=f"{title}\n\nVisible beginning.", **years
    )
    shared = BulletinFactory(slug="sample-two", board=board, text="Shared beginning.", **years)
    review = ReviewFactory(board=board, slug="child-one", label="Child One", bulletin=bulletin, themes=[theme])
    other = ReviewFactory(board=board, slug="child-two", label="Child Two", bulletin=shared, themes=[theme])
    for visible, spoken_in in ((review, bulletin), (other, shared)):
        ChildFactory(review=visible, position=1, pseudonym=visible.label, age_band="11-to-15", sex="female",
                     care_statuses=["looked-after"])  # fmt: skip
        for kind in KINDS:
            add_statement(spoken_in, visible, kind, [theme], [police], council, f"Visible {kind} words of {visible}.")
    for number in range(FIRST_SHOWN):
        words = f"Visible recommendation {number} without a sequel."
        add_statement(bulletin, review, "recommendation", [theme], [], council, words)
    followed_up = Statement.objects.get(bulletin=shared, kind="recommendation")
    Progress.objects.create(statement=followed_up, status="accepted", as_printed="Visible yes", source_bulletin=shared)
    StartHere.objects.create(theme=theme, statement=followed_up, position=2, reason="Visible reason.")
    ResponseCheck.objects.create(
        bulletin=bulletin, review=review, result="response-exists", title="Visible response", looked_on="2021-05-04"
    )
    partly = partly_hidden_bulletin(board, review)
    return World(board, group, theme, police, council, review, other, bulletin, shared, partly)


def partly_hidden_bulletin(board: Board, review: Review) -> Bulletin:
    """A bulletin that holds back its text from the start, as another of its reviews is held."""
    held = ReviewFactory(board=board, label="Child Three", state=State.HELD, bulletin=None)
    bulletin: Bulletin = BulletinFactory(slug="sample-three", board=board, text="Partly.", reviews=[review, held])
    StatementFactory(bulletin=bulletin, review=review, text="Visible words beside a held review.")
    return bulletin


def add_statement(
    bulletin: Bulletin, review: Review | None, kind: str, themes: Any, agencies: Any, addressee: Agency, text: str
) -> Statement:
    statement: Statement = StatementFactory(
        bulletin=bulletin, review=review, kind=kind, themes=themes, agencies=agencies, text=text
    )
    Addressee.objects.create(statement=statement, as_printed="the Board", agency=addressee)
    if kind == Statement.Kind.QUESTION:
        suited = StatementOccasion.Occasion.values[: 1 if text.startswith("Visible") else 3]
        for occasion in suited:
            StatementOccasion.objects.create(statement=statement, occasion=occasion, assigned_by="curator")
    return statement


def add_hidden_records(world: World) -> None:
    for state in HIDDEN:
        add_hidden_bulletin(world, state)
        add_hidden_review(world, state)
    add_withdrawn_review(world)
    add_hidden_reviews_beside_a_visible_one(world)
    hide_passages_of(world.bulletin)
    ContactMessage.objects.create(topic="other", message=SENTINEL, about=SENTINEL)
    draft = Bulletin.objects.filter(state=State.DRAFT).first()
    for recommendation in Statement.objects.published().filter(review=world.review, kind="recommendation"):
        Progress.objects.create(statement=recommendation, status="done", as_printed=SENTINEL, source_bulletin=draft)
    start_with_hidden_statements(world)
    ResponseCheck.objects.update(note=SENTINEL)
    add_hidden_board()


def start_with_hidden_statements(world: World) -> None:
    """What the editors chose before it was held: before and after a visible statement, and alone on a theme's page."""
    hidden = list(Statement.objects.exclude(pk__in=Statement.objects.published()).order_by("pk")[:3])
    for theme, places in ((world.theme, (1, 3)), (hidden_theme(), (1, 2, 3))):
        for place in places:
            StartHere.objects.create(theme=theme, statement=hidden[place - 1], position=place, reason=SENTINEL)


def add_hidden_board() -> None:
    """A board that only drafts speak of, and its successor."""
    successor = BoardFactory(slug=f"{SENTINEL.lower()}-partnership", name=f"{SENTINEL} Partnership")
    board = BoardFactory(slug=f"{SENTINEL.lower()}-board", name=f"{SENTINEL} Sample Board", succeeded_by=successor)
    ReviewFactory(board=board, state=State.DRAFT, bulletin=BulletinFactory(board=board, state=State.DRAFT))


def add_hidden_bulletin(world: World, state: State) -> None:
    """A bulletin that is not public, of a review that is, and that it would make the newest."""
    bulletin = BulletinFactory(
        slug=f"{SENTINEL.lower()}-{state}",
        title=f"{SENTINEL} {state}",
        board=world.board,
        state=state,
        text=f"{SENTINEL} in a bulletin that is {state}.",
        reviews=[world.other],
        author=SENTINEL,
        state_note=SENTINEL,
        first_year=2019,
        last_year=2022,
    )
    for kind in KINDS:
        add_statement(
            bulletin, world.other, kind, [world.theme, hidden_theme()], Agency.objects.all(), world.council,
            f"{SENTINEL} sample {kind} {state}.",
        )  # fmt: skip
    CuratorNote.objects.create(bulletin=bulletin, review=world.other, text=SENTINEL)
    add_response(bulletin, world.other)
    StatedCount.objects.create(bulletin=bulletin, review=world.other, kind="fact", count=99, as_printed=SENTINEL)
    add_what_is_of_no_review(bulletin)


def add_what_is_of_no_review(bulletin: Bulletin) -> None:
    """What belongs to a bulletin as a whole, and may be about any review that it speaks of."""
    CuratorNote.objects.create(bulletin=bulletin, position=9, text=SENTINEL)
    add_response(bulletin, None)
    StatedCount.objects.create(bulletin=bulletin, kind="question", count=99, as_printed=SENTINEL)
    Link.objects.create(bulletin=bulletin, position=1, title=SENTINEL)
    GlossaryTerm.objects.create(bulletin=bulletin, term="ZS", expansion=SENTINEL, basis="printed")


def add_response(bulletin: Bulletin, review: Review | None) -> None:
    ResponseCheck.objects.create(
        bulletin=bulletin, review=review, position=bulletin.response_checks.count() + 1, result="response-exists",
        title=SENTINEL, address=SENTINEL, as_printed=SENTINEL,
    )  # fmt: skip


def add_hidden_review(world: World, state: State) -> None:
    """A review that is not public, in a bulletin of its own that is."""
    bulletin = BulletinFactory(
        slug=f"only-hidden-{state}", title=f"{SENTINEL} only", board=world.board, reviews=[], text=f"{SENTINEL} text."
    )
    review = hidden_review(world, state, bulletin, slug=f"{SENTINEL.lower()}-{state}")
    CuratorNote.objects.create(bulletin=bulletin, review=review, text=SENTINEL)


def add_hidden_reviews_beside_a_visible_one(world: World) -> None:
    visible = world.partly.statements.get()
    for position, state in enumerate(HIDDEN, 1):
        review = hidden_review(world, state, world.partly, slug=f"{SENTINEL.lower()}-beside-{state}")
        CuratorNote.objects.create(bulletin=world.partly, review=review, position=position, text=SENTINEL)
        StatementFactory(bulletin=world.partly, review=review, parent=visible, text=f"{SENTINEL} part, {state}.")
    add_what_is_of_no_review(world.partly)


def hidden_review(world: World, state: State, bulletin: Bulletin, **fields: Any) -> Review:
    review: Review = ReviewFactory(
        board=world.board,
        label=f"{SENTINEL} {state}",
        state=state,
        bulletin=bulletin,
        summary=SENTINEL,
        aliases=[f"{SENTINEL} alias", "Child One"],
        themes=[world.theme, hidden_theme()],
        type=Review.Type.LCSPR,
        nature=Review.Nature.DEATH,
        state_note=SENTINEL,
        **fields,
    )
    Child.objects.create(review=review, pseudonym=SENTINEL, age_band="under-1", sex="male", ethnicity="white")
    for kind in KINDS:
        add_statement(
            bulletin, review, kind, [world.theme, hidden_theme()], Agency.objects.all(), world.council,
            f"{SENTINEL} hidden {kind} of {review.slug}.",
        )  # fmt: skip
    add_response(bulletin, review)
    StatedCount.objects.create(
        bulletin=bulletin, review=review, kind="learning_point", count=99, as_printed=f"{SENTINEL} {review.slug}"
    )
    return review


def add_withdrawn_review(world: World) -> None:
    bulletin = BulletinFactory(slug=f"gone-{SENTINEL.lower()}", board=world.board, title=SENTINEL, text=SENTINEL)
    hidden_review(world, State.WITHDRAWN, bulletin, slug="withdrawn", withdrawn_reason="It was published too early.")


def hide_passages_of(bulletin: Bulletin) -> None:
    """Passages that stand in the raw text and are redacted: public pages show the marks that were there before."""
    source = bulletin.source_document
    hidden = f"{SENTINEL} Samplename"
    grown = len(hidden) - len(MARKER)
    while (at := source.text.find(MARKER)) >= 0:
        source.text = source.text.replace(MARKER, hidden, 1)
        source.blocks = [shifted(block, at, grown) for block in source.blocks]
        for record in [*bulletin.redactions.order_by("-start"), *bulletin.statements.order_by("-start")]:
            vars(record).update(shifted(vars(record), at, grown))
            record.save()
    source.save()
    refresh_public_text(bulletin)


def shifted(fields: dict[str, Any], at: int, grown: int) -> dict[str, Any]:
    """The fields with each raw offset behind a passage that grew moved along."""
    names = {"start", "end", "lead_in_start", "lead_in_end"}
    return {
        name: value + grown if name in names and value is not None and value > at else value
        for name, value in fields.items()
    }


def hidden_theme() -> Theme:
    """A theme that only hidden records have. The vocabulary itself is public."""
    return Theme.objects.get(slug="quiet-theme")


def addresses(world: World) -> Iterator[str]:
    """Every public address of the visible world, the lists under each of their filters, and searches."""
    yield from [
        "/",
        "/reviews/",
        "/learning/",
        "/recommendations/",
        "/questions/",
        "/themes/",
        "/agencies/",
        "/bulletins/",
        "/boards/",
        "/search/",
        "/about/",
        "/glossary/",
        "/accessibility/",
        "/privacy/",
        "/contact/",
        "/families/",
        "/support/",
        "/support/?nation=wales",
        "/healthz",
    ]
    for records in (
        [world.board], Theme.objects.all(), Agency.objects.all(), Review.objects.published().select_related("board"),
        Bulletin.objects.published(), Statement.objects.published(),
    ):  # fmt: skip
        yield from (record.get_absolute_url() for record in records)
    yield from (f"{statement.get_absolute_url()}like/" for statement in Statement.objects.published())
    shared = [
        "theme=sample-theme",
        "theme=sample-group",
        "theme=quiet-theme",
        "theme=not-stated",
        "review_theme=sample-theme",
        "review_theme=quiet-theme",
        "review_theme=not-stated",
        "review_theme_match=all&review_theme=sample-theme&review_theme=sample-group",
        "board=sampleshire",
        "year=2020",
        "year=2019",
        "year=not-stated",
        "nature=not-stated",
        "nature=death",
        "age_band=11-to-15",
        "age_band=under-1",
        "age_band=not-stated",
        "care_status=looked-after",
        "care_status=not-stated",
        "q=Zyxwsentinel",
        "q=sample",
        "q=visible",
        "theme_match=all&theme=sample-theme",
    ]
    for values in [*shared, "type=scr", "type=lcspr", "sex=male", "ethnicity=white", "report_state=not-stated"]:
        yield f"/reviews/?{values}"
    for values in [*shared, "agency=police", "addressed_to=board", "review=sampleshire/child-one", *kinds()]:
        yield f"/learning/?{values}"
    for status in [*CurrentStatus.values, "not-stated"]:
        yield from (f"/learning/?status={status}", f"/recommendations/?status={status}")
    for values in ("theme=sample-theme", "board=sampleshire", "addressed_to=board", "kind=action", "sort=board"):
        yield f"/recommendations/?{values}"
    occasions = [f"occasion={value}" for value in (*StatementOccasion.Occasion.values, "not-stated")]
    for values in (*occasions, "theme=sample-theme", "theme=quiet-theme", "agency=police", "agency=not-stated"):
        yield f"/questions/?{values}"
    yield from (f"/learning/?{values}" for values in occasions)
    misspelt = f"{SENTINEL[:-1]} sample"
    for words in ("sample", "visible", "child one", SENTINEL, SENTINEL[:8] + "*", misspelt, "ST", "alias", "board"):
        for tab in ("", "reviews", "learning", "bulletins", "themes", "boards"):
            yield f"/search/?q={quote(words)}&type={tab}"
        yield f"/search/suggest/?q={quote(words)}"


def kinds() -> list[str]:
    return [f"kind={kind}" for kind in KINDS]


def hidden_addresses() -> list[str]:
    hidden = [
        *Review.objects.exclude(pk__in=Review.objects.published()).select_related("board"),
        *Bulletin.objects.exclude(pk__in=Bulletin.objects.published()),
        *Statement.objects.exclude(pk__in=Statement.objects.published()),
        *Board.objects.filter(name__contains=SENTINEL),
    ]
    assert len(hidden) > 3 * len(HIDDEN)
    filters = [
        f"/learning/?review={review.board.slug}/{review.slug}" for review in hidden if isinstance(review, Review)
    ]
    filters += [
        f"/{name}/?board={board.slug}"
        for name in ("learning", "reviews", "recommendations")
        for board in hidden
        if isinstance(board, Board)
    ]
    return [record.get_absolute_url() for record in hidden] + filters


def read(client: Client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    body = response.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", body)


def add_redactions(bulletin: Bulletin, review: Review) -> None:
    """A mark in the title, which the text repeats, and one in a passage, with a lead-in and an acronym after it."""
    passage = f"A worker, {MARKER}, visited a sample house with the SSP."
    GlossaryTerm.objects.create(bulletin=bulletin, term="SSP", expansion="Sample Partnership", basis="printed")
    marked = StatementFactory(bulletin=bulletin, review=review, kind="fact", text=passage)
    StatementFactory(
        bulletin=bulletin, review=review, kind="fact", text="Visible words after the mark.", lead_in=passage,
        lead_in_start=marked.start, lead_in_end=marked.end,
    )  # fmt: skip
    for found in re.finditer(re.escape(MARKER), bulletin.source_document.text):
        Redaction.objects.create(
            bulletin=bulletin, start=found.start(), end=found.end(), marker=MARKER, kind="person", reason="A name."
        )
    refresh_public_text(bulletin)


@pytest.fixture
def world(db: None) -> World:
    world = public_world()
    ThemeFactory(slug="quiet-theme", name="Quiet theme")
    add_redactions(world.bulletin, world.review)
    index.rebuild_index()
    return world


def test_hidden_records_change_no_public_page(world, client):
    before = {address: read(client, address) for address in addresses(world)}

    add_hidden_records(world)
    index.rebuild_index()

    changed = [address for address, body in before.items() if read(client, address) != body]
    assert changed == []


def test_a_held_review_in_a_visible_bulletin_shows_nowhere(world, client):
    held = hidden_review(world, State.HELD, world.shared, slug="held-among-others")
    CuratorNote.objects.create(bulletin=world.shared, review=held, text=SENTINEL)
    add_what_is_of_no_review(world.shared)
    index.rebuild_index()

    assert shown_anywhere(world, client) == []


def test_what_hangs_on_a_held_review_shows_nowhere(world, client):
    """A part of its statement, a statement about its child, and a statement of it in another review's bulletin."""
    held = hidden_review(world, State.HELD, BulletinFactory(board=world.board), slug="held-elsewhere")
    lead_in = held.statements.first()
    part = StatementFactory(bulletin=world.shared, review=world.other, parent=lead_in, text="Visible part of a list.")
    StatementFactory(bulletin=world.shared, review=None, child=held.children.get(), text=f"{SENTINEL} child.")
    StatementFactory(bulletin=world.bulletin, review=held, text=f"{SENTINEL} sample elsewhere.")
    for bulletin in (world.bulletin, world.shared):
        add_paragraph(bulletin, "Sample end.")
        add_what_is_of_no_review(bulletin)
    index.rebuild_index()

    assert client.get(part.get_absolute_url()).status_code == 404

    assert shown_anywhere(world, client) == []


def test_a_review_that_only_a_draft_speaks_of_shows_nowhere(world, client):
    """Its own record is published, so only the draft hides it, and the text of what else states something of it."""
    draft = BulletinFactory(board=world.board, state=State.DRAFT)
    hidden = hidden_review(world, State.PUBLISHED, draft, slug="of-a-draft")
    StatementFactory(bulletin=world.shared, review=hidden, text=f"{SENTINEL} elsewhere.")
    add_what_is_of_no_review(world.shared)
    index.rebuild_index()

    assert shown_anywhere(world, client) == []


def shown_anywhere(world: World, client: Client) -> list[str]:
    """The addresses that show the word, save those where it was asked for."""
    word = SENTINEL.lower()  # as an address or a spelling hint says it
    unasked = [address for address in addresses(world) if word not in address.lower()]
    return [address for address in unasked if word in read(client, address).lower()]


@pytest.mark.parametrize("words", ["sample -{}", "two OR {}", "sample -{}*", 'two OR "{}"'])
@pytest.mark.parametrize("tab", ["", "bulletins"])
def test_a_search_tells_nothing_of_words_that_are_hidden(world, client, words, tab):
    """Neither what it leaves out nor what comes first depends on the text around a held review."""
    for number in ("one", "two"):
        Bulletin.objects.filter(slug=f"sample-{number}").update(title=f"Sample {number}")
    hidden_review(world, State.HELD, world.shared, slug="held-among-others")
    index.rebuild_index()
    absent = SENTINEL[::-1]

    pages = [
        read(client, f"/search/?type={tab}&q={quote(words.format(word))}").replace(word, "")
        for word in (SENTINEL, absent)
    ]

    assert pages[0] == pages[1]


def test_hidden_addresses_are_not_found_and_withdrawn_ones_say_that_they_are_gone(world, client):
    add_hidden_records(world)
    index.rebuild_index()

    for address in hidden_addresses():
        response = client.get(address)
        if "?" in address:
            assert "there is no choice" in response.content.decode(), address
            assert "Zyxwsentinel" not in response.content.decode().replace("zyxwsentinel", ""), address
            continue
        assert response.status_code in {404, 410}, address
        assert SENTINEL not in response.content.decode(), address
        if response.status_code == 410:
            assert "It was published too early." in response.content.decode()


def test_a_withheld_board_is_named_nowhere(world, client):
    Board.objects.filter(pk=world.board.pk).update(
        name=SENTINEL, short_name=SENTINEL, slug="board-1", is_withheld=True, website=SENTINEL,
        identified_as=SENTINEL, identification_source=SENTINEL,
    )  # fmt: skip
    world.board.refresh_from_db()
    index.rebuild_index()

    assert shown_anywhere(world, client) == []


def test_a_withheld_board_links_no_others(world, client):
    """Whoever knows the boards before and after it would know it."""
    before, after = BoardFactory(name="Eldest Board"), BoardFactory(name="Youngest Partnership")
    Board.objects.filter(pk=world.board.pk).update(is_withheld=True, succeeded_by=after)
    Board.objects.filter(pk=before.pk).update(succeeded_by=world.board)
    ReviewFactory(board=before, label="Eldest review")
    ReviewFactory(board=after, label="Youngest review")
    index.rebuild_index()

    for word in ("eldest", "youngest"):
        page = read(client, f"/search/?q={word}")
        assert ("Eldest" in page, "Youngest" in page) == (word == "eldest", word == "youngest")


@pytest.mark.parametrize("state", HIDDEN)
def test_a_statement_says_that_it_is_gone_only_if_it_was_public(world, client, state):
    """The review is withdrawn, but the bulletin was never seen, or the other way round."""
    gone = {"state": State.WITHDRAWN, "withdrawn_reason": "It was published too early."}
    withdrawn_review = ReviewFactory(board=world.board, bulletin=None, **gone)
    hidden_bulletin = BulletinFactory(board=world.board, state=state, reviews=[withdrawn_review])
    withdrawn_bulletin = BulletinFactory(board=world.board, **gone)
    hidden = ReviewFactory(board=world.board, state=state, bulletin=withdrawn_bulletin)
    statements = [
        StatementFactory(bulletin=hidden_bulletin, review=withdrawn_review),
        StatementFactory(bulletin=withdrawn_bulletin, review=hidden),
    ]

    assert [client.get(statement.get_absolute_url()).status_code for statement in statements] == [404, 404]


def test_former_addresses_tell_no_more_than_the_present_ones(world, client):
    add_hidden_records(world)
    records = {
        "review": Review.objects.filter(state__in=HIDDEN),
        "bulletin": Bulletin.objects.filter(state__in=HIDDEN),
        "statement": Statement.objects.exclude(pk__in=Statement.objects.published()),
        "board": Board.objects.filter(name__contains=SENTINEL),
    }
    for name, hidden in records.items():
        FormerAddress.objects.create(path=f"/once/{name}/", **{name: hidden.first()})
        assert client.get(f"/once/{name}/").status_code == 404, name
    FormerAddress.objects.create(path="/once/gone/", review=Review.objects.get(state=State.WITHDRAWN))
    assert client.get("/once/gone/").status_code == 410


def test_a_former_address_does_not_name_a_withheld_board(world, client):
    records = {"board": world.board, "review": world.review, "bulletin": world.bulletin}
    for name, record in records.items():
        FormerAddress.objects.create(path=f"/{name}/its-old-name/", **{name: record})
        assert client.get(f"/{name}/its-old-name/").status_code == 301
    Board.objects.update(is_withheld=True)

    assert {client.get(f"/{name}/its-old-name/").status_code for name in records} == {404}


def test_a_redacted_label_is_not_shown(world, client):
    """The label of an item stands before its words, and a redaction may cover it alone."""
    bulletin = world.bulletin
    start = len(bulletin.source_document.text) + 2
    add_paragraph(bulletin, f"{SENTINEL}: said something.")
    source = bulletin.source_document
    size = len(SENTINEL)
    source.blocks[-1] |= {"kind": "item", "label": f"{SENTINEL}:", "start": start + size + 2}
    source.save()
    Redaction.objects.create(
        bulletin=bulletin, start=start, end=start + size, marker="[name of a person]", kind="person", reason="A name."
    )
    refresh_public_text(bulletin)
    index.rebuild_index()

    page = read(client, bulletin.get_absolute_url())

    assert SENTINEL not in page
    assert "[name of a person]" in page


@pytest.mark.parametrize("reason", ["a child is anonymous for life", "an editor said so"])
def test_what_names_or_quotes_an_unlisted_review_is_not_indexed(world, client, reason):
    """So is what a bulletin says of several reviews at once, if one of them is such a review."""
    of_no_review = StatementFactory(bulletin=world.shared, review=None, text="Visible of all.")
    asked = [*addresses(world), of_no_review.get_absolute_url()]
    assert is_indexed(client, world.other.get_absolute_url())
    if reason == "an editor said so":
        Review.objects.filter(pk=world.other.pk).update(is_indexed=False)
    else:
        Child.objects.filter(review=world.other).update(**WITHHELD)

    naming = [address for address in asked if re.search("Child Two|Visible of all", read(client, address))]

    assert {"/learning/", "/reviews/", "/bulletins/", "/themes/sample-theme/"} <= set(naming)
    assert {world.board.get_absolute_url(), world.review.get_absolute_url()} <= set(naming)
    assert [address for address in naming if is_indexed(client, address)] == []
    assert [address for address in naming if "og:" in read(client, address)] == []
    for address in ("/themes/", "/about/", world.bulletin.get_absolute_url()):
        assert is_indexed(client, address), address


def test_a_title_that_names_an_unlisted_review_is_not_indexed(world, client):
    """Neither where it stands alone, as on the home page, nor if another name of the review is what it has."""
    Review.objects.filter(pk=world.other.pk).update(is_indexed=False)
    assert is_indexed(client, "/")

    Bulletin.objects.filter(pk=world.shared.pk).update(title="Learning from child  two")
    assert not is_indexed(client, "/")

    Bulletin.objects.filter(pk=world.shared.pk).update(title="Learning from the Quince family")
    assert is_indexed(client, "/")
    ReviewAlias.objects.create(review=world.other, name="Quince")
    assert not is_indexed(client, "/")


def is_indexed(client: Client, address: str) -> bool:
    response = client.get(address, follow=True)
    is_in_page = b'<meta name="robots" content="noindex' in response.content
    return not is_in_page and "noindex" not in response.get("X-Robots-Tag", "")


def test_every_public_route_is_walked(world):
    """A new page must be added to ``addresses``."""
    walked = {address.split("?")[0] for address in addresses(world)}
    routes = [str(pattern.pattern) for pattern in flat(get_resolver().url_patterns)]
    staff_only_or_post = {"admin/", "desk/", "content-note/", "styleguide/"}

    missed = [route for route in routes if not any(matches(route, path) for path in walked)]

    assert set(missed) - staff_only_or_post == set()


def flat(patterns: Any) -> Iterator[Any]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns") and str(pattern.pattern) == "":
            yield from flat(pattern.url_patterns)
        else:
            yield pattern


def matches(route: str, path: str) -> bool:
    return re.fullmatch("/" + re.sub(r"<[^>]+>", "[^/]+", route), path) is not None
