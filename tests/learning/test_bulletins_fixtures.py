"""The five bulletins as records: nothing lost, nothing invented, nobody identifiable."""

import csv
import hashlib
import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count

from learning.intake.publication.start_here import may_be_chosen
from learning.models import (
    Addressee,
    Bulletin,
    GlossaryTerm,
    Link,
    Progress,
    Redaction,
    ResponseCheck,
    StartHere,
    StatedCount,
    Statement,
    StatementOccasion,
    StatementTheme,
)
from learning.models.progress import FOLLOWED, current_status
from learning.models.public_text import derive, squash
from reviews.models import Child, ChildCareStatus, Review, ReviewTheme, Theme

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "fixtures" / "bulletins"
SLUGS = sorted(path.stem for path in FOLDER.glob("*.txt"))
EXPECTED = ROOT / "tests" / "data" / "expected_statements.csv"

K, R = ("sscb", "Young Person K"), ("southwark", "Child R")
KNOWSLEY, B = ("knowsley", "Child Q and Child S"), ("milton-keynes", "Child B")
KEY = ("west-sussex", "SCR Key")
WEST_SUSSEX_A, WEST_SUSSEX_Q = ("west-sussex", "Serious Case Review A"), ("west-sussex", "Serious Case Review Q")


def text_of(slug: str) -> str:
    return (FOLDER / f"{slug}.txt").read_text(encoding="utf-8")


def records_of(slug: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FOLDER / f"{slug}.json").read_text(encoding="utf-8"))
    return found


def with_theme(slug: str) -> set[tuple[str, str]]:
    reviews = Review.objects.published().filter(theme_tags__theme__slug=slug)
    return set(reviews.values_list("board__slug", "label"))


# --- the statements -----------------------------------------------------------------------------------------------


def test_statements_are_those_of_the_table(bulletins):
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))[1:]
    statements = Statement.objects.select_related("bulletin", "parent", "review__board", "child")
    found = [
        [
            one.bulletin.slug,
            str(one.serial),
            one.kind,
            one.form,
            one.number,
            one.number_status,
            str(one.parent.serial) if one.parent else "",
            f"{one.review.board.slug}/{one.review.slug}" if one.review else "",
            one.child.pseudonym if one.child else "",
            "yes" if one.breaks_off else "",
            one.citation,
            one.text,
        ]
        for one in statements
    ]
    assert sorted(found) == sorted(expected)
    assert len(expected) == 150


@pytest.mark.parametrize("slug", SLUGS)
def test_statements_stand_word_for_word_in_the_text(bulletins, slug):
    text = text_of(slug)
    for one in Statement.objects.filter(bulletin__slug=slug):
        assert squash(text[one.start : one.end]) == one.text
        assert (one.public_start, one.public_end) == (one.start, one.end)


@pytest.mark.parametrize("slug", SLUGS)
def test_statements_are_in_the_order_of_the_text(bulletins, slug):
    positions = Statement.objects.filter(bulletin__slug=slug).order_by("start").values_list("position", flat=True)
    assert list(positions) == list(range(1, len(positions) + 1))


def test_every_statement_has_a_theme_except_two_figures_about_all_children(bulletins):
    tagged = Statement.objects.annotate(tags=Count("theme_tags"))
    untagged = tagged.filter(tags=0).order_by("serial").values_list("kind", "text")
    assert [(kind, text[:32]) for kind, text in untagged] == [
        ("fact", "40 - 85% It is expected that 40 "),
        ("fact", "There are an estimated 12 millio"),
    ]
    assert tagged.filter(tags__gt=5).count() == 0


def test_totals(bulletins):
    kinds = Counter(Statement.objects.values_list("kind", "form"))
    assert kinds == {
        ("learning_point", "listed"): 57,
        ("learning_point", "prose"): 18,
        ("good_practice", "prose"): 1,
        ("action", "listed"): 28,
        ("recommendation", "listed"): 16,
        ("question", "listed"): 14,
        ("risk_indicator", "listed"): 11,
        ("fact", "listed"): 5,
    }
    assert Statement.objects.published().count() == 150
    assert Statement.objects.filter(kind="action", parent__isnull=False).count() == 16
    assert Statement.objects.filter(kind="action", bulletin__slug="child-r-2015").count() == 4
    assert Statement.objects.filter(kind="risk_indicator", review=None).count() == 6
    assert Review.objects.published().count() == 11
    assert [each.is_whole for each in Bulletin.objects.with_is_whole()] == [True] * 5  # type: ignore[attr-defined]
    assert Child.objects.filter(is_group=False).count() == 10
    assert Link.objects.count() == 28


def test_numbers_are_those_printed(bulletins):
    def numbers(slug: str, kind: str) -> list[str]:
        found = Statement.objects.filter(bulletin__slug=slug, kind=kind, parent=None)
        return list(found.values_list("number", flat=True))

    k = ["1", "2", "3a", "3b", "4", "5", "6", "7", "8", "9", "10"]
    assert numbers("young-person-k-2016", "recommendation") == k
    assert numbers("knowsley-child-q-and-s-2017", "recommendation") == ["", "", "3", "4", "5"]
    assert numbers("child-b-2010", "action") == ["2", "3", "4", "5", "6", "7", "8", "9"]
    assert Statement.objects.filter(number_status="lost").count() == 2


def test_what_breaks_off_says_so(bulletins):
    broken = Statement.objects.filter(breaks_off=True).order_by("serial")
    assert [one.text[-30:] for one in broken] == [
        "er-Agency Training Programme and"[-30:],
        "mmunity substance misuse worker)"[-30:],
    ]


def test_facts_have_the_citation_that_is_printed(bulletins):
    facts = Statement.objects.filter(kind="fact").order_by("serial").values_list("citation", flat=True)
    assert list(facts) == ["Cavanagh, T., 2015", "CEOP, 2011", "", "2016 – 2017 data", ""]


# --- what the editors add -----------------------------------------------------------------------------------------


def test_the_themes_of_the_home_page_begin_with_what_to_read_first(bulletins, client):
    leading = ["neglect", "domestic-abuse", "child-sexual-exploitation", "missing-from-care", "suicide",
               "vulnerability-of-babies"]  # fmt: skip
    for slug in leading:
        theme = Theme.objects.get(slug=slug)
        for chosen in theme.start_here.all():
            assert may_be_chosen(theme).filter(pk=chosen.statement_id).exists(), chosen
            assert re.fullmatch(r"It (says|asks) [^.]+\.", chosen.reason)
        assert len(client.get(theme.get_absolute_url()).context["start_here"]) == 3
    assert StartHere.objects.count() == 3 * len(leading)


def test_every_question_suits_an_occasion_that_the_editors_chose(bulletins):
    """No question names one itself; the bulletin says only that all of it is for team meetings and supervision."""
    questions = Statement.objects.filter(kind="question")

    assert not questions.filter(occasion_tags=None).exists()
    assert Counter(StatementOccasion.objects.values_list("occasion", "assigned_by")) == {
        ("supervision", "curator"): 6,
        ("team-meeting", "curator"): 5,
        ("own-reflection", "curator"): 4,
    }


# --- themes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "reviews"),
    [
        ("domestic-abuse", {K, WEST_SUSSEX_Q, B}),
        ("missing-from-care", {K, R, KNOWSLEY}),
        ("child-sexual-exploitation", {K, R, KEY, KNOWSLEY}),
        ("suicide", {K, WEST_SUSSEX_A, WEST_SUSSEX_Q, B}),
        ("suicidal-thoughts", {B}),
    ],
)
def test_reviews_of_a_theme(bulletins, slug, reviews):
    assert with_theme(slug) == reviews


def test_themes_that_only_the_curators_see_say_so(bulletins):
    curators = ReviewTheme.objects.filter(
        assigned_by="curator", theme__slug__in=["suicide", "suicidal-thoughts", "child-sexual-exploitation"]
    )
    assert set(curators.values_list("review__label", "theme__slug")) == {
        ("Child B", "suicide"),
        ("Child R", "child-sexual-exploitation"),
    }
    assert "the word never occurs" in curators.get(theme__slug="suicide").note
    assert "suicid" not in text_of("child-b-2010").casefold()
    assert "One general sentence" in curators.get(theme__slug="child-sexual-exploitation").note


SHORT = {  # how the table below names reviews
    "K": ("sscb", "young-person-k"),
    "R": ("southwark", "child-r"),
    "B": ("milton-keynes", "child-b"),
    **{letter: ("west-sussex", letter.lower()) for letter in ("A", "Q", "O", "N", "Key")},
}


@pytest.mark.parametrize(
    ("review", "by", "themes"),
    [
        ("K", "source", "assessment voice-of-the-child workforce-capacity child-protection-planning"),
        (
            "R",
            "source",
            "out-of-area-placement corporate-parenting voice-of-the-child information-sharing record-keeping",
        ),
        ("R", "source", "assessment"),
        ("R", "source", "return-home-interviews"),
        ("R", "curator", "trusted-relationships sexual-abuse child-sexual-exploitation"),
        ("A", "curator", "childrens-mental-health residential-care-quality"),
        ("Q", "source", "assessment"),
        ("Q", "curator", "adultification voice-of-the-child"),
        ("N", "source", "assessment supervision"),
        ("N", "curator", "unseen-fathers-and-carers"),
        ("O", "curator", "physical-abuse"),
        ("Key", "curator", "victim-blaming"),
        ("B", "source", "information-sharing early-help supervision workforce-capacity"),
        ("B", "curator", "voice-of-the-child drift-and-delay suicide"),
    ],
)
def test_a_review_has_the_themes_that_it_was_about_wherever_its_words_stand(bulletins, review, by, themes):
    board, slug = SHORT[review]
    tags = ReviewTheme.objects.filter(review__board__slug=board, review__slug=slug, assigned_by=by)

    assert set(themes.split()) <= set(tags.values_list("theme__slug", flat=True))


def test_a_theme_from_the_source_quotes_it(bulletins):
    for tag in ReviewTheme.objects.select_related("review"):
        bulletin = tag.review.bulletins.get()
        quotes = re.findall("“([^”]+)”", tag.note)
        assert quotes or tag.assigned_by == "curator"
        for quote in quotes:
            assert quote.casefold() in squash(text_of(bulletin.slug)).casefold()


def test_statements_are_tagged_by_what_they_say(bulletins):
    found = StatementTheme.objects.filter(
        theme__slug="child-sexual-exploitation", statement__bulletin__slug="west-sussex-briefing-2017"
    )
    assert [one.statement.text[:28] for one in found.order_by("statement__serial")] == [
        "14 - 15 years Is the age ran",
        "How do you assess the differ",
    ]


# --- agencies, progress, claims, links ------------------------------------------------------------------------------


def test_no_recommendation_names_the_police_and_most_address_the_board(bulletins):
    recommendations = Statement.objects.filter(kind="recommendation")
    assert not recommendations.filter(agencies__slug="police").exists()
    assert not recommendations.filter(addressees__agency__slug="police").exists()
    assert recommendations.filter(addressees__agency__slug="board").count() == 11


def test_addressees_and_progress_are_words_of_the_bulletin(bulletins):
    for addressee in Addressee.objects.select_related("statement"):
        assert addressee.as_printed in addressee.statement.text
    for progress in Progress.objects.select_related("statement__bulletin"):
        assert progress.as_printed in text_of(progress.statement.bulletin.slug)
        assert progress.source_bulletin == progress.statement.bulletin


def test_knowsley_accepted_its_five_recommendations(bulletins):
    accepted = Progress.objects.filter(status="accepted")
    assert set(accepted.values_list("statement__review__slug", "statement__kind")) == {
        ("child-q-and-child-s", "recommendation")
    }
    assert accepted.count() == 5


def test_five_bulletins_report_what_became_of_their_recommendations_or_name_a_response(bulletins):
    found = Counter(
        Statement.objects.filter(kind__in=FOLLOWED).annotate(now=current_status()).values_list("review__slug", "now")
    )
    assert found == {
        ("young-person-k", "response-exists"): 10,
        ("young-person-k", "under-way"): 1,
        ("child-q-and-child-s", "accepted"): 5,
        ("child-r", "done"): 4,
        ("child-b", "done"): 8,
        ("child-b", "under-way"): 3,
        ("child-b", "not-looked-for"): 13,
    }


def test_responses_that_exist_are_named_in_the_text(bulletins):
    named = ResponseCheck.objects.filter(result="response-exists", looked_on=None, statement=None)
    assert set(named.values_list("review__slug", "title")) == {
        ("young-person-k", "SSCB SCRs and Documents"),
        ("child-q-and-child-s", "KSCB response"),
        ("john", "SCR John LSCB response"),
        ("key", "SCR Key LSCB response"),
        ("a", "SCR A Final report and LSCB response"),
        ("o", "SCR O - LSCB response"),
    }
    assert all(check.as_printed in text_of(check.bulletin.slug) for check in named.select_related("bulletin"))
    assert named.count() == ResponseCheck.objects.count()


def test_claims_stand_in_the_text(bulletins):
    claims = StatedCount.objects.values_list("bulletin__slug", "kind", "count", "as_printed")
    assert set(claims) == {
        ("child-r-2015", "learning_point", 18, "eighteen learning points"),
        ("knowsley-child-q-and-s-2017", "recommendation", 5, "five recommendations"),
    }
    assert all(words in text_of(slug) for slug, _, _, words in claims)


def test_links_keep_their_titles_when_the_address_is_lost(bulletins):
    lost = Counter(Link.objects.filter(address="").values_list("bulletin__slug", flat=True))
    assert lost == {"west-sussex-briefing-2017": 23, "young-person-k-2016": 2}
    assert Link.objects.exclude(address="").count() == 3
    for link in Link.objects.select_related("bulletin"):
        assert link.title in text_of(link.bulletin.slug)


def test_two_reviews_are_called_child_q(bulletins):
    found = Review.objects.published().filter(aliases__name="Child Q").values_list("board__slug", flat=True)
    assert set(found) == {"knowsley", "west-sussex"}


def test_printed_expansions_are_printed_in_their_bulletin(bulletins):
    printed = GlossaryTerm.objects.filter(basis="printed").select_related("bulletin")
    for term in printed:
        assert term.bulletin is not None
        assert term.expansion.casefold() in squash(text_of(term.bulletin.slug)).casefold()
    names = dict(GlossaryTerm.objects.filter(term="SSCB").values_list("bulletin__slug", "basis"))
    assert names == {"young-person-k-2016": "curator", "child-r-2015": "printed"}


def test_report_states_are_as_at_the_bulletin(bulletins):
    states = {
        (review.board.slug, review.slug): review.report_state for review in Review.objects.select_related("board")
    }
    not_yet = {key for key, state in states.items() if state == "not-yet-published"}
    assert not_yet == {("west-sussex", "q"), ("west-sussex", "n"), ("west-sussex", "s")}
    assert {key for key, state in states.items() if state == "not-stated"} == {("milton-keynes", "child-b")}
    a = Review.objects.get(board__slug="west-sussex", slug="a")
    assert (a.commissioning_board, a.commissioned_by_as_printed) == (None, "a neighboring authority")


# --- nobody identifiable --------------------------------------------------------------------------------------------

NAMES = {  # of persons, one word after another, in lower case: SHA-256
    "3acc301de0f38db88e4327f7364c18b13111d42ef5111682f6bc501b29b18087",
    "454ec1befe282e764a0f535fd207e3ea38df937294339a76f601c23b95528218",
    "61377a6ab164c01d2c3b1af5213a2157f42a88e9972b3a428ad807c201e2458d",
    "6a6112d4af4babb4dcebc0ff658836cc648bd05e010465da6da45f8b927dbf77",
}
MARKERS = {
    "child-b-2010": [
        "[date removed]",
        "[place removed]",
        "[place removed]",
        "[method removed]",
        "[date of birth removed]",
        "[name removed]",
    ],
    "child-r-2015": ["[number removed]", "[number removed]"],
    "knowsley-child-q-and-s-2017": [
        "[name removed]",
        "[date removed]",
        "[date removed]",
        "[length of time removed]",
        "[length of time removed]",
        "[e-mail address removed]",
        "[date removed]",
        "[date removed]",
        "[date removed]",
        "[detail removed]",
    ],
    "west-sussex-briefing-2017": ["[name removed]", "[16 to 17]", "[ethnic group removed]"],
    "young-person-k-2016": [],
}
DATES_OF_DOCUMENTS = {"13 September 2016", "24 February 2015", "12/04/10", "12 April 2010"}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTHS})(?: \d{{4}})?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}")
ETHNIC_GROUPS = re.compile("Indian|Pakistani|Bangladeshi|Chinese|African|Caribbean|Arab|Roma|Irish|Traveller")


def strings(value: Any) -> list[str]:
    """All text in a piece of JSON, except what is kept for the citation."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in strings(one)]
    if isinstance(value, dict):
        return [text for name, one in value.items() if name != "author" for text in strings(one)]
    return []


def everything_about(slug: str) -> list[str]:
    return [text_of(slug), *strings(records_of(slug))]


def hashed_pairs(text: str) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {hashlib.sha256(f"{one} {two}".encode()).hexdigest() for one, two in pairwise(words)}


@pytest.mark.parametrize("slug", SLUGS)
def test_no_name_of_a_person_outside_the_citation(slug):
    for text in everything_about(slug):
        assert not hashed_pairs(text) & NAMES


def test_the_hashes_are_those_of_names(bulletins):
    authors = Bulletin.objects.exclude(author="").values_list("author", flat=True)
    assert [len(hashed_pairs(author) & NAMES) for author in authors] == [1, 1, 1]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_contact_no_exact_date_of_a_case_no_narrow_ethnic_group(slug):
    for text in everything_about(slug):
        assert not re.search(r"\S@\S", text)
        assert set(DATE.findall(text)) <= DATES_OF_DOCUMENTS
        assert not ETHNIC_GROUPS.search(text)


@pytest.mark.parametrize("slug", SLUGS)
def test_redactions_are_marked_and_the_text_reads_on(bulletins, slug):
    bulletin = Bulletin.objects.select_related("source_document", "public_text").get(slug=slug)
    redactions = Redaction.objects.filter(bulletin=bulletin)
    source, public = bulletin.source_document, bulletin.public_text
    derived = derive(source.text, source.blocks, redactions)
    assert source.text == public.text == derived.text == text_of(slug)
    assert (public.blocks, public.redactions) == (derived.blocks, derived.redactions)
    assert [source.text[one.start : one.end] for one in redactions] == MARKERS[slug]
    assert [one.marker for one in redactions] == MARKERS[slug]


def test_redacted_sentences(bulletins):
    told = "On [date removed] 2008 when CHILD B was [place removed] with his father, he was sent to [place removed]"
    assert told in text_of("child-b-2010")
    assert "He was later found [method removed]. Sadly" in text_of("child-b-2010")
    assert "CHILD B was born on [date of birth removed]. During" in text_of("child-b-2010")
    assert "please contact [e-mail address removed]\n" in text_of("knowsley-child-q-and-s-2017")
    q = "the suicide of a [16 to 17] year old [ethnic group removed] female."
    assert q in text_of("west-sussex-briefing-2017")


def test_lifelong_anonymity(bulletins):
    anonymous = Child.objects.filter(has_lifelong_anonymity=True)
    assert set(anonymous.values_list("review__board__slug", "pseudonym")) == {
        ("southwark", "Child R"),
        ("knowsley", "Child Q"),
        ("knowsley", "Child S"),
        ("west-sussex", "Multiple children"),
        ("west-sussex", "A number of girls"),
    }
    fields = ("age_band", "ethnicity", "placement", "incident_year_told")
    assert set(anonymous.values_list(*fields)) == {("withheld",) * 4}


def test_a_legal_basis_only_where_it_is_printed(bulletins):
    based = ChildCareStatus.objects.exclude(legal_basis="").values_list("child__pseudonym", "legal_basis")
    assert set(based) == {("Child Q", "care-order"), ("Child S", "care-order")}


def test_summaries_are_two_sentences_and_tell_no_method_no_age_no_guilt(bulletins):
    telling = re.compile(r"\b(hang|strang|cocaine|amphetamine|overdose|guilt|convict|murder|infanticide|rape|old\b)")
    for review in Review.objects.all():
        assert len(re.findall(r"\.(?: |$)", review.summary)) == 2
        assert not telling.search(review.summary)
        assert not re.search(r"\d", review.summary)


def test_passages_with_a_method_of_death_are_marked(bulletins):
    marked = {
        (slug, squash(text_of(slug)[block["start"] : block["end"]])[:22])
        for slug in SLUGS
        for record in records_of(slug)
        if record["model"] == "learning.publictext"
        for block in record["fields"]["blocks"]
        if block.get("sensitive")
    }
    assert marked == {
        ("child-b-2010", "On [date removed] 2008"),
        ("west-sussex-briefing-2017", "concerns the death of "),
    }


# --- the texts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_text_is_plain(slug):
    text = text_of(slug)
    assert not re.search(r"\*|</?\w|\]\(|^#", text, flags=re.MULTILINE)
    assert not re.search(r"\n{3}| \n|\r", text)


@pytest.mark.parametrize("slug", SLUGS)
def test_blocks_cover_the_text_but_for_labels_and_white_space(slug):
    text = text_of(slug)
    blocks = next(one["fields"]["blocks"] for one in records_of(slug) if one["model"] == "learning.sourcedocument")
    between, done = [], 0
    for block in blocks:
        between.append((text[done : block["start"]].strip(), block["label"]))
        done = block["end"]
    assert all(words == label for words, label in between)
    assert text[done:] == "\n"


def test_lists_and_sentences_that_a_page_split_are_whole():
    assert "- YP K's missing episodes were not adequately dealt with\n- The degree to which her" in text_of(
        "young-person-k-2016"
    )
    assert "returning back to their carer, health have increased" in text_of("child-r-2015")
    assert "hard for professionals to 'think family'" in text_of("west-sussex-briefing-2017")
    assert "child. It is not enough to simply focus" in text_of("west-sussex-briefing-2017")
    assert "Of that 6% only 0.01% are examined" in text_of("west-sussex-briefing-2017")
