"""The reviews of a draft and their children, on their forms."""

import pytest
from django.test import Client

from learning.models import Bulletin
from reviews.models import Child, Review
from tests.factories import ThemeFactory
from tests.learning.intake.desk.site import add, signed_in
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk_editor() -> Client:
    return signed_in("editor")


@pytest.fixture
def bulletin(desk_editor: Client) -> Bulletin:
    return add(desk_editor)


@pytest.fixture
def review(bulletin: Bulletin) -> Review:
    return bulletin.reviews.get()


@pytest.fixture
def child(desk_editor: Client, bulletin: Bulletin, review: Review) -> Child:
    review.children.all().delete()
    desk_editor.post(at(bulletin, review, "children/add/"), sent(bulletin, pseudonym="Child Z"))
    return review.children.get()


def at(bulletin: Bulletin, review: Review, path: str = "") -> str:
    return f"/desk/{bulletin.pk}/reviews/{review.pk}/{path}"


def sent(bulletin: Bulletin, **fields: object) -> dict[str, object]:
    bulletin.draft.refresh_from_db()
    return {"version": bulletin.draft.version, **fields}


def whole_form(review: Review, **fields: object) -> dict[str, object]:
    """What the form of a review and its children sends as it is shown; ``fields`` by their names in it."""
    review = Review.objects.get(pk=review.pk)
    plain = ("label", "type", "nature", "summary", "commissioned_by_as_printed", "report_state", "report_state_as_at")
    values: dict[str, object] = {name: getattr(review, name) for name in (*plain, "report_state_as_printed")}
    boards = ("board", "commissioning_board", "reporting_board")
    values |= {name: getattr(review, f"{name}_id") or "" for name in boards}
    values |= {"aliases": "\n".join(alias.name for alias in review.aliases.all())}
    values |= {"themes": [tag.theme_id for tag in review.theme_tags.all()]}
    values |= {"is_indexed": "on"} if review.is_indexed else {}
    form = {f"review-{review.pk}-{name}": value for name, value in values.items()}
    for child in review.children.all():
        form |= {f"child-{child.pk}-{name}": value for name, value in of_child(child).items()}
    return sent(review.bulletins.get(), **form) | fields


def of_child(child: Child) -> dict[str, object]:
    names = ("pseudonym", "age_band", "sex", "ethnicity", "placement", "plan_category", "outcome", "incident_year_told")
    values: dict[str, object] = {name: getattr(child, name) for name in names}
    values |= {"incident_year": child.incident_year or ""}
    values |= {name: "on" for name in ("is_group", "has_lifelong_anonymity") if getattr(child, name)}
    for place, care in enumerate(child.care_statuses.all()):
        values |= {f"care_{place}_{name}": getattr(care, name) for name in ("status", "when", "legal_basis")}
    return values | {f"care_{child.care_statuses.count()}_when": "incident"}


def test_an_editor_keeps_a_review_from_search_engines(desk_editor, bulletin, review):
    form = whole_form(review)
    del form[f"review-{review.pk}-is_indexed"]

    desk_editor.post(f"/desk/{bulletin.pk}/reviews/{review.pk}/", form)

    review.refresh_from_db()
    assert not review.is_indexed


# --- children -------------------------------------------------------------------------------------------------------


def test_a_child_is_added_and_removed(desk_editor, bulletin, review, child):
    assert child.pseudonym == "Child Z"

    response = desk_editor.post(at(bulletin, review, f"children/{child.pk}/remove/"), sent(bulletin))

    assert response["Location"] == at(bulletin, review)
    assert not review.children.exists()


@pytest.mark.parametrize("pseudonym", ["", "  ", "x" * 81])
def test_a_child_without_a_pseudonym_is_refused_and_what_was_typed_is_shown(desk_editor, bulletin, review, pseudonym):
    review.children.all().delete()

    page = desk_editor.post(at(bulletin, review, "children/add/"), sent(bulletin, pseudonym=pseudonym))

    assert page.status_code == 409
    assert pseudonym.strip() in text_of(page)
    assert not review.children.exists()


def test_a_childs_bands_and_groups_are_stored(desk_editor, bulletin, review, child):
    name = f"child-{child.pk}"
    fields = {
        f"{name}-age_band": "6-to-10",
        f"{name}-sex": "female",
        f"{name}-ethnicity": "white",
        f"{name}-placement": "foster",
        f"{name}-incident_year": "2015",
        f"{name}-care_0_status": "looked-after",
        f"{name}-care_0_legal_basis": "section-20",
    }

    response = desk_editor.post(at(bulletin, review), whole_form(review, **fields))

    assert response["Location"] == f"/desk/{bulletin.pk}/reviews/#review-{review.pk}"
    child.refresh_from_db()
    stored = (child.age_band, child.sex, child.ethnicity, child.placement, child.incident_year)
    assert stored == ("6-to-10", "female", "white", "foster", 2015)
    assert child.incident_year_told == "stated"
    assert [(one.status, one.when) for one in child.care_statuses.all()] == [("looked-after", "incident")]


def test_lifelong_anonymity_withholds_what_else_was_written(desk_editor, bulletin, review, child):
    name = f"child-{child.pk}"
    fields = {f"{name}-has_lifelong_anonymity": "on", f"{name}-age_band": "6-to-10", f"{name}-incident_year": "2015"}

    desk_editor.post(at(bulletin, review), whole_form(review, **fields))

    child.refresh_from_db()
    assert child.has_lifelong_anonymity
    assert (child.age_band, child.ethnicity, child.placement) == ("withheld", "withheld", "withheld")
    assert (child.incident_year, child.incident_year_told) == (None, "withheld")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("incident_year", "last year", "Enter the year in four digits."),
        ("incident_year", "15", "greater than or equal to 1900"),
        ("pseudonym", "", "Enter the pseudonym."),
        ("age_band", "9 years old", "9 years old is not one of the available choices."),
        ("care_0_status", "nonsense", "nonsense is not one of the available choices."),
    ],
)
def test_one_wrong_field_stores_nothing_and_keeps_the_rest_as_typed(
    desk_editor, bulletin, review, child, field, value, said
):
    fields = {f"child-{child.pk}-{field}": value, f"review-{review.pk}-summary": "A summary that took long to write."}

    page = desk_editor.post(at(bulletin, review), whole_form(review, **fields))

    assert page.status_code == 422
    assert said in text_of(page)
    assert "A summary that took long to write." in page.content.decode()
    review.refresh_from_db()
    assert review.summary == ""


def test_two_people_who_change_the_same_child_lose_nothing(desk_editor, bulletin, review, child):
    stale = whole_form(review, **{f"child-{child.pk}-sex": "male"})
    theirs = whole_form(review, **{f"child-{child.pk}-sex": "female"})
    signed_in("publisher", "publisher").post(at(bulletin, review), theirs)

    page = desk_editor.post(at(bulletin, review), stale)

    assert page.status_code == 409
    assert "publisher" in text_of(page)
    assert "Saved now: Female" in text_of(page)
    assert "What you wrote: Male" in text_of(page)
    child.refresh_from_db()
    assert child.sex == "female"


def test_two_people_who_change_different_fields_both_succeed(desk_editor, bulletin, review, child):
    mine = whole_form(review, **{f"child-{child.pk}-sex": "male"})
    theirs = whole_form(review, **{f"child-{child.pk}-outcome": "died"})
    signed_in("publisher", "publisher").post(at(bulletin, review), theirs)
    mine[f"child-{child.pk}-outcome"] = "died"  # as the page shows it when it is sent again

    desk_editor.post(at(bulletin, review), mine)

    child.refresh_from_db()
    assert (child.sex, child.outcome) == ("male", "died")


def test_a_child_of_another_review_is_not_found(desk_editor, bulletin, review, child):
    assert desk_editor.post(at(bulletin, review, "children/999999/remove/"), sent(bulletin)).status_code == 404
    assert desk_editor.post(f"/desk/{bulletin.pk}/reviews/999999/children/add/", sent(bulletin)).status_code == 404
    assert review.children.get() == child


# --- reviews --------------------------------------------------------------------------------------------------------


def test_all_of_a_review_is_stored(desk_editor, bulletin, review):
    theme = ThemeFactory(parent=ThemeFactory())
    name = f"review-{review.pk}"
    fields = {
        f"{name}-type": "scr",
        f"{name}-nature": "death",
        f"{name}-summary": "A summary.",
        f"{name}-aliases": "Zed\n\n  Subject Z  ",
        f"{name}-themes": [theme.pk],
        f"{name}-report_state": "published",
        f"{name}-report_state_as_at": "July 2015",
    }

    desk_editor.post(at(bulletin, review), whole_form(review, **fields))

    review.refresh_from_db()
    assert (review.type, review.nature, review.summary) == ("scr", "death", "A summary.")
    assert [alias.name for alias in review.aliases.all()] == ["Subject Z", "Zed"]
    assert [tag.theme for tag in review.theme_tags.all()] == [theme]
    assert (review.report_state, review.report_state_as_at) == ("published", "July 2015")


def test_a_review_is_added_and_removed(desk_editor, bulletin, review):
    refused = desk_editor.post(f"/desk/{bulletin.pk}/reviews/add/", sent(bulletin, label=" "))
    assert "Enter the label as the bulletin prints it." in text_of(refused)

    desk_editor.post(f"/desk/{bulletin.pk}/reviews/add/", sent(bulletin, label="Child Y"))
    added = bulletin.reviews.get(label="Child Y")
    desk_editor.post(at(bulletin, added, "remove/"), sent(bulletin))

    assert list(bulletin.reviews.all()) == [review]
    assert not Review.objects.filter(pk=added.pk).exists()


def test_a_published_review_is_not_changed_from_a_draft(desk_editor, bulletin, review):
    form = whole_form(review, **{f"review-{review.pk}-summary": "Changed."})
    Review.objects.filter(pk=review.pk).update(state="published")

    page = desk_editor.post(at(bulletin, review), form)

    assert page.status_code == 422
    assert "is published: it is not a draft." in text_of(page)
    assert "Changed." in page.content.decode()
    review.refresh_from_db()
    assert review.summary == ""
