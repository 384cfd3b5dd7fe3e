import pytest
from django.test import Client

from learning.catalogue import current
from learning.catalogue.totals import Total, theme_totals
from learning.components.wording import span
from learning.models import Progress
from reviews.models import ReviewTheme, Theme
from tests.factories import BulletinFactory, ReviewFactory, StatementFactory, ThemeFactory
from tests.pages import links, text_of, words_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Theme:
    return ThemeFactory(slug="going-away", name="Going away")


@pytest.fixture
def theme(group: Theme) -> Theme:
    return ThemeFactory(slug="missing", name="Missing", parent=group, definition="A child is not there.")


def test_theme_totals_take_in_what_is_below_and_count_each_record_once(group, theme):
    other = ThemeFactory(parent=group)
    review = ReviewFactory(themes=[theme, other])
    StatementFactory(review=review, themes=[theme, other])
    StatementFactory(review=review, themes=[group])

    totals = theme_totals(current())

    assert totals == {group.pk: Total(1, 2, 2), theme.pk: Total(1, 1, 2), other.pk: Total(1, 1, 2)}


def test_theme_totals_leave_out_what_is_not_published(theme):
    StatementFactory(review=ReviewFactory(state="held", themes=[theme]), themes=[theme])
    StatementFactory(bulletin=BulletinFactory(state="draft"), review=None, themes=[theme])

    assert not any(theme_totals(current()).values())


def test_theme_list_shows_the_tree_with_its_counts(client: Client, group, theme):
    StatementFactory(review=ReviewFactory(themes=[theme]), themes=[theme])
    ThemeFactory(name="Unused", parent=group)

    page = text_of(client.get("/themes/"))

    assert "Going away" in page
    assert page.count("1 about it, 1 from 1 review") == 2
    assert "Unused" in page
    assert "0 reviews" not in page


def test_theme_detail_says_what_the_theme_is(client: Client, theme, group):
    Theme.objects.filter(pk=theme.pk).update(
        synonyms="absconding\nrunning off", dfe_codes="10A 11A", language_note="“Missing” is preferred."
    )

    response = client.get("/themes/missing/")

    page = text_of(response)
    assert "A child is not there." in page
    assert "Also called absconding, running off" in page
    assert "Words to use “Missing” is preferred." in page
    assert "DfE codes 10A, 11A The numbers of these factors" in page
    assert ("Going away", "/themes/going-away/") in links(response)


def test_theme_detail_shows_its_reviews_with_who_says_so(client: Client, theme):
    review = ReviewFactory(label="Child Z", board__name="Sample Board")
    tag = {"theme": theme, "review": review, "note": "“went missing”"}
    ReviewTheme.objects.create(**tag, assigned_by="source")
    ReviewFactory(themes=[theme], label="Child Y")
    ReviewFactory(themes=[theme], label="Child X", state="held")

    page = text_of(client.get("/themes/missing/"))

    assert "Child Z, Sample year not stated" in page
    assert "Missing, named by the source: “went missing”" in page
    assert "Missing, assigned by the editors" in page
    assert "Theme assigned: 1 by the source, 1 by the editors." in page
    assert "Child X" not in page


def test_theme_detail_counts_reviews_apart_by_who_assigned_the_theme(client: Client, group, theme):
    by_source, by_editors, below = ReviewFactory(), ReviewFactory(), ReviewFactory()
    ReviewTheme.objects.create(review=by_source, theme=theme, assigned_by="source")
    tag = ReviewTheme.objects.create(review=by_editors, theme=theme, assigned_by="curator")
    ReviewTheme.objects.create(review=below, theme=group, assigned_by="curator")

    assert client.get("/themes/missing/").context["named_by"] == "1 by the source, 1 by the editors"
    assert client.get("/themes/going-away/").context["named_by"] == "1 by the source, 2 by the editors"

    ReviewTheme.objects.filter(pk=tag.pk).update(assigned_by="source")

    assert client.get("/themes/missing/").context["named_by"] == "2 by the source"


def test_theme_detail_reviews_are_those_of_the_filtered_list(client: Client, group, theme):
    ReviewFactory(themes=[theme])
    ReviewFactory(themes=[group])
    ReviewFactory()

    on_page = {row["review"].pk for row in client.get("/themes/going-away/").context["reviews"]}
    listed = {row.pk for row in client.get("/reviews/", {"theme": "going-away"}).context["page"].filters.qs}

    assert on_page == listed
    assert len(on_page) == 2


def test_theme_detail_sections_have_the_first_five_and_a_link_to_all(client: Client, theme):
    review = ReviewFactory()
    for kind in ("fact", "question", "good_practice", "action", "recommendation", "risk_indicator"):
        StatementFactory(review=review, kind=kind, themes=[theme])
    learned = [StatementFactory(review=review, themes=[theme]) for _ in range(7)]

    response = client.get("/themes/missing/")

    assert [section["heading"] for section in response.context["sections"]] == [
        "Signs to look for",
        "What reviews taught",
        "What was recommended, and to whom",
        "What was done about it",
        "Good practice",
        "Questions to discuss",
        "Facts",
    ]
    assert [each.text in text_of(response) for each in learned] == [True] * 5 + [False] * 2
    assert ("All 7 learning points", "/learning/?theme=missing&kind=learning_point") in links(response)


def test_theme_detail_of_a_group_shows_what_stands_below_it(client: Client, theme):
    statement = StatementFactory(themes=[theme])

    assert statement.text in text_of(client.get("/themes/going-away/"))


def test_theme_detail_has_nothing_that_is_not_published(client: Client, theme):
    shown = StatementFactory(themes=[theme])
    StatementFactory(themes=[theme], review=ReviewFactory(state="held"))

    (section,) = [each for each in client.get("/themes/missing/").context["sections"] if each["count"]]

    assert (section["count"], [card["statement"] for card in section["cards"]]) == (1, [shown])


def test_theme_detail_years_are_those_of_what_is_published(client: Client, theme):
    older = ReviewFactory(themes=[theme], bulletin=BulletinFactory(first_year=2014, last_year=2014))
    newer = ReviewFactory(themes=[theme], bulletin=BulletinFactory(first_year=2016, last_year=2016))
    BulletinFactory(state="draft", reviews=[older], first_year=2020, last_year=2020)

    rows = client.get("/themes/missing/").context["reviews"]

    assert [(row["review"], row["years"]) for row in rows] == [(newer, "2016"), (older, "2014")]


def test_theme_detail_says_once_what_is_not_there(client: Client, theme):
    StatementFactory(themes=[theme], kind="fact")

    page = text_of(client.get("/themes/missing/"))

    assert "Questions to discuss" not in page
    assert (
        "Not recorded yet: risk indicators, learning points, recommendations, actions, "
        "examples of good practice, questions." in page
    )


def test_theme_detail_says_that_nothing_is_recorded_only_of_both_parts(client: Client, theme):
    review = ReviewFactory(themes=[theme])
    StatementFactory(review=review, themes=[theme], kind="fact")
    StatementFactory(review=review, kind="question")

    page = text_of(client.get("/themes/missing/"))

    assert "Not recorded yet: risk indicators, learning points, recommendations, actions" in page
    assert "questions." not in page


def test_theme_detail_shows_what_else_its_reviews_taught_by_review(client: Client, theme):
    review = ReviewFactory(label="Child Z", slug="child-z", themes=[theme], board__slug="sample")
    about = StatementFactory(review=review, themes=[theme])
    others = [StatementFactory(review=review) for _ in range(3)]
    StatementFactory(review=ReviewFactory())

    response = client.get("/themes/missing/")

    (row,) = response.context["taught"]
    assert (row["review"], row["kinds"], row["total"]) == (review, "3 learning points", 4)
    assert [card["statement"] for card in row["cards"]] == others[:2]
    assert (response.context["about_count"], response.context["others_count"]) == (1, 3)
    assert row["url"] == "/learning/?review_theme=missing&review=sample%2Fchild-z"
    assert text_of(response).count(about.text) == 1


def test_theme_detail_says_of_each_review_what_happened_where_that_is_stated(client: Client, theme):
    for label, nature in (("Child Y", "death"), ("Child Z", "not-stated")):
        StatementFactory(review=ReviewFactory(label=label, themes=[theme], nature=nature))

    found = words_in(client.get("/themes/missing/"), "#from-reviews .fold__what")

    assert sorted(found) == ["1 learning point.", "Death. 1 learning point."]


def test_theme_detail_prefers_what_teaches_of_each_review(client: Client, theme):
    review = ReviewFactory(themes=[theme])
    StatementFactory(review=review, kind="fact")
    taught = [StatementFactory(review=review, kind=kind) for kind in ("learning_point", "recommendation")]

    (row,) = client.get("/themes/missing/").context["taught"]

    assert [card["statement"] for card in row["cards"]] == taught


def test_theme_detail_opens_the_first_reviews_and_counts_the_others(client: Client, theme):
    for _ in range(7):
        StatementFactory.create_batch(3, review=ReviewFactory(themes=[theme]))

    taught = client.get("/themes/missing/").context["taught"]

    assert [(row["kinds"], len(row["cards"])) for row in taught] == [
        ("3 learning points", n) for n in (2,) * 5 + (0,) * 2
    ]


def test_theme_detail_has_nothing_of_hidden_reviews_among_what_else_was_taught(client: Client, theme):
    held = ReviewFactory(themes=[theme], state="held")
    StatementFactory(review=held, text="SENTINEL")
    shown = StatementFactory(review=ReviewFactory(themes=[theme]))

    response = client.get("/themes/missing/")

    assert response.context["others_count"] == 1
    assert shown.text in text_of(response)
    assert "SENTINEL" not in text_of(response)


def test_theme_detail_leads_to_wider_and_near_themes(client: Client, theme):
    narrow = ThemeFactory(slug="narrow", parent=theme)
    beside = ThemeFactory(slug="beside", name="Beside", parent=theme.parent)
    StatementFactory(themes=[narrow])
    StatementFactory(themes=[theme])
    StatementFactory(themes=[beside])

    response = client.get("/themes/narrow/")

    assert ("1 more under Missing", "/themes/missing/") in links(response)
    assert ("Beside", "/themes/beside/") in links(client.get("/themes/missing/"))


@pytest.mark.parametrize(
    ("slug", "about", "from_reviews"),
    [
        ("missing-from-care", 7, 54),
        ("domestic-abuse", 6, 60),
        ("child-sexual-exploitation", 12, 60),
        ("neglect", 1, 29),
        ("suicide", 1, 65),
    ],
)
def test_theme_detail_counts_both_parts_of_the_five_bulletins(client: Client, bulletins, slug, about, from_reviews):
    context = client.get(f"/themes/{slug}/").context
    listed = client.get("/learning/", {"review_theme": slug}).context["page"]

    assert context["about_count"] == about
    assert listed.filters.found.intersection_cardinality(current().statements.records) == from_reviews
    assert context["others_count"] == from_reviews - len(
        listed.filters.found & client.get("/learning/", {"theme": slug}).context["page"].filters.found
    )


def test_theme_detail_of_an_unused_theme_says_so(client: Client, theme):
    assert "Nothing is recorded under this theme yet" in text_of(client.get("/themes/missing/"))


def test_theme_detail_shows_what_became_of_a_recommendation(client: Client, theme):
    statement = StatementFactory(themes=[theme], kind="recommendation", number="3")
    hidden = BulletinFactory(state="held")
    words = {"statement": statement, "status": "accepted"}
    Progress.objects.create(**words, position=1, as_printed="which is accepted", source_bulletin=statement.bulletin)
    Progress.objects.create(**words, position=2, as_printed="SENTINEL", source_bulletin=hidden)

    page = text_of(client.get("/themes/missing/"))

    assert "What became of the recommendations Recommendation 3" in page
    assert "which is accepted" in page
    assert "SENTINEL" not in page


def test_theme_detail_chart_counts_reviews_by_year_of_learning(client: Client, theme):
    for first, last in ((2014, 2014), (2016, 2017)):
        ReviewFactory(themes=[theme], bulletin=BulletinFactory(first_year=first, last_year=last))
    ReviewFactory.create_batch(8, themes=[theme], bulletin=BulletinFactory(first_year=2014, last_year=2014))

    chart = client.get("/themes/missing/").context["chart"]

    assert chart["title"] == "10 reviews by year, from 2014 to 2017"
    assert [(row["label"], row["value"]) for row in chart["rows"]] == [
        ("2014", 9),
        ("2015", 0),
        ("2016", 1),
        ("2017", 1),
    ]
    assert chart["rows"][0]["url"] == "/reviews/?theme=missing&year=2014"


def test_theme_detail_chart_has_a_row_for_no_year(client: Client, theme):
    ReviewFactory.create_batch(9, themes=[theme], bulletin=BulletinFactory(first_year=2014, last_year=2014))
    ReviewFactory(themes=[theme])

    rows = client.get("/themes/missing/").context["chart"]["rows"]

    assert [(row["label"], row["value"]) for row in rows] == [("2014", 9), ("Not stated", 1)]


def test_theme_detail_of_few_reviews_has_no_chart(client: Client, theme):
    ReviewFactory.create_batch(9, themes=[theme], bulletin=BulletinFactory(first_year=2014, last_year=2014))

    assert client.get("/themes/missing/").context["chart"] is None


def test_theme_detail_counts_and_links_the_themes_that_occur_with_it(client: Client, group, theme):
    beside = ThemeFactory(slug="beside", name="Beside", parent=ThemeFactory(slug="elsewhere"))
    review = ReviewFactory(themes=[theme, beside, group])
    StatementFactory(review=review, themes=[theme, beside])
    ReviewFactory(themes=[beside])

    companions = client.get("/themes/missing/").context["companions"]

    assert [(each["theme"].name, each["total"]) for each in companions] == [("Beside", Total(1, 1))]
    assert companions[0]["reviews_url"] == "/reviews/?theme=missing&theme=beside&theme_match=all"


def test_theme_detail_content_note_says_what_stands_on_the_page(client: Client, theme):
    """A theme with nothing under it has none, whatever it is called; one that is mild has that of its cases."""
    Theme.objects.update(has_content_note=True)
    assert "Content note" not in text_of(client.get("/themes/missing/"))

    Theme.objects.update(has_content_note=False)
    ReviewFactory(nature="death", themes=[theme, ThemeFactory(name="Self-harm", has_content_note=True)])

    assert "Content note: About a child’s death and self-harm." in text_of(client.get("/themes/missing/"))


@pytest.mark.parametrize("slug", ["nothing", "a" * 300, "missing%00"])
def test_theme_detail_of_an_unknown_theme_is_not_found(client: Client, theme, slug):
    assert client.get(f"/themes/{slug}/").status_code == 404


@pytest.mark.parametrize(
    ("years", "words"), [([], ""), ([None], ""), ([2016], "2016"), ([2018, 2017, None], "2017 to 2018")]
)
def test_span_says_years_in_words(years, words):
    assert span(years) == words


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("domestic-abuse", {"Young Person K", "Serious Case Review Q", "Child B"}),
        ("missing-from-care", {"Young Person K", "Child R", "Child Q and Child S"}),
        ("child-sexual-exploitation", {"Young Person K", "Child R", "SCR Key", "Child Q and Child S"}),
        ("suicide", {"Young Person K", "Serious Case Review A", "Serious Case Review Q", "Child B"}),
        ("suicidal-thoughts", {"Child B"}),
    ],
)
def test_theme_detail_counts_the_reviews_of_the_five_bulletins(client: Client, bulletins, slug, expected):
    rows = client.get(f"/themes/{slug}/").context["reviews"]

    assert {row["review"].label for row in rows} == expected


def test_theme_detail_says_why_editors_assign_suicide_to_child_b(client: Client, bulletins):
    page = text_of(client.get("/themes/suicide/"))

    assert "Child B, Milton Keynes 2010" in page
    assert "Suicide, assigned by the editors: Possible suicide, conclusion not stated: no conclusion about" in page
