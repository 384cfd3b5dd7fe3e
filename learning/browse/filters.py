"""The filters of /reviews/ and /learning/: their facets, words, and orders.

A year of learning is a year of publication of a bulletin or, where no date is printed, of the period that it prints.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import django_filters
import numpy as np
from django import forms
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from pyroaring import BitMap

from learning.catalogue import RecordSet, current, visible
from learning.catalogue.arrays import Ints
from learning.catalogue.rows import give_board
from learning.facets import counts as facets_counts
from learning.facets.conditions import (
    CareStatusFilter,
    ChildFilter,
    ReviewYearFilter,
    StatementBoardFilter,
    StatementYearFilter,
    StatusFilter,
    StoredFilter,
    TagFilter,
    asks_for_nothing_stated,
)
from learning.facets.filterset import Choices, FacetFilterSet, SettingFilter, match_filter, with_not_stated
from learning.facets.options import Options, review_choices, review_options, reviews_named, statement_options
from learning.models import Addressee, Statement, StatementAgency, StatementOccasion, StatementTheme
from learning.search.backends import Matches, find
from learning.search.language.fields import OF_REVIEWS, OF_STATEMENTS, QueryError, ordinals_with
from learning.search.language.query import parse
from learning.search.language.terms import Query
from reviews.models import Child, Review, ReviewTheme

YEAR_HINT = "Year of publication, or the period printed on the bulletin."
REVIEW_THEME_HINT = "What the whole review was about, whatever the statement says."
NO_OCCASION = "No occasion in particular"
CARE_HINT = "At the time of the incident or before it."
NOT_FOLLOWED = "Neither recommendation nor action"
NEWEST, OLDEST, LABEL, BEST = "newest", "oldest", "label", "best"
REVIEWS_LISTED = 40
REVIEWS_KEPT = 2_000


class WordsField(forms.CharField):
    """``fields``: those that the records of the list have."""

    def __init__(self, *, fields: Collection[str], **options: Any) -> None:
        super().__init__(**options)
        self.fields = fields

    def clean(self, value: Any) -> Query | None:
        """The words as a query of the index. What it cannot read is an error that says why."""
        try:
            query = parse(value) if (value or "").strip() else None
        except QueryError as error:
            raise forms.ValidationError(str(error)) from error
        for field in query.fields if query else ():
            if field.name not in self.fields:
                raise forms.ValidationError(f"“{field.name}:” does not work in this list. Leave it out.")
        return query


class WordsFilter(django_filters.Filter):
    field_class = WordsField


class ListFilter(FacetFilterSet):
    """What both lists have: words, and an index that the words narrow."""

    model: type[Model]
    q = WordsFilter(label="Words", fields=OF_STATEMENTS)

    def __init__(self, data: Any) -> None:
        self.catalogue = current()
        self.options = self.available_options()
        super().__init__(data, self.model, self.choices())

    def available_options(self) -> Options:
        raise NotImplementedError

    def choices(self) -> dict[str, Choices]:
        return {**self.options.choices}

    @cached_property
    def record_set(self) -> Any:
        return getattr(self.catalogue, f"{self.model._meta.model_name}s")

    @cached_property
    def words(self) -> Query | None:
        return self.form.cleaned_data.get("q") if self.is_valid() else None

    @cached_property
    def matches(self) -> Matches | None:
        """What the words find, ranked unless another order is asked for; None where there are none."""
        if not self.words or not self.words.clauses:
            return None
        is_ranked = (self.form.cleaned_data.get("sort") or BEST) == BEST
        return find(self.words, is_ranked)[str(self.model._meta.model_name)].at_ordinals_of(self.record_set)

    @cached_property
    def index(self) -> facets_counts.Index:
        """What there is, narrowed by the words and by the fields that stand among them."""
        index = self.options.index
        if self.words and self.words.fields:
            index = index.within(
                ordinals_with(self.record_set, self.words.fields, self.base_filters["q"].extra["fields"])
            )
        return index.within(self.matches.records) if self.matches is not None else index

    def keys_at(self, ordinals: BitMap) -> list[int]:
        keys: list[int] = self.record_set.keys_at(ordinals)
        return keys

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Words are a matter of the index of the search alone: what they find is taken from it."""
        filtered = super().filter_queryset(queryset)
        return filtered.filter(pk__in=self.keys_at(self.index.records)) if self.words else filtered

    def page(self, sort: str, start: int, stop: int) -> list[int]:
        """The keys of the records found, from one number of them to another, in the order asked for."""
        if sort == BEST and self.matches is not None:
            ordinals = self.matches.best(self.found, start, stop)
        elif sort in (NEWEST, BEST):
            ordinals = list(self.found[start:stop])
        else:
            ordinals = self.in_other_order(start, stop)
        keys: list[int] = self.record_set.keys[ordinals].tolist()
        return keys

    def in_other_order(self, start: int, stop: int) -> list[int]:
        """The ordinals found by the other order of the list, in which the record set does not stand."""
        raise NotImplementedError


class ReviewListFilter(ListFilter):
    model = Review
    q = WordsFilter(label="Words", fields=OF_REVIEWS)
    theme = TagFilter(
        "Theme",
        ReviewTheme,
        record="review",
        term="theme",
        not_stated="No theme assigned",
        names_itself=True,
        match_name="theme_match",
    )
    board = StoredFilter("Board", names_itself=True)
    type = StoredFilter("Type of review", not_stated="Type not stated", names_itself=True)
    nature = StoredFilter("What happened")
    age_band = ChildFilter("Age of the child")
    sex = ChildFilter("Sex of the child")
    ethnicity = ChildFilter("Broad ethnic group")
    care_status = CareStatusFilter("Care status", hint=CARE_HINT)
    report_state = StoredFilter("Full report")
    year = ReviewYearFilter("Year of learning", not_stated="No year stated", hint=YEAR_HINT)
    sort = SettingFilter(
        label="Sort", choices=[(NEWEST, "Newest learning"), (LABEL, "Label, A to Z"), (BEST, "Best match")]
    )
    in_order = (
        "theme",
        "nature",
        "age_band",
        "sex",
        "ethnicity",
        "care_status",
        "type",
        "report_state",
        "year",
        "board",
    )
    show = SettingFilter(label="Show all choices", choices=[(name, name) for name in in_order])

    def about_a_child(self, asked: Mapping[str, Sequence[str]]) -> Q:
        children = Child.objects.filter(review=OuterRef("pk"))
        is_about_one = Q(Exists(self.children_with(asked).filter(review=OuterRef("pk"))))
        return is_about_one | ~Q(Exists(children)) if asks_for_nothing_stated(asked.values()) else is_about_one

    def available_options(self) -> Options:
        return review_options(self.catalogue, self.base_filters)

    def in_other_order(self, start: int, stop: int) -> list[int]:
        ordinals = np.asarray(self.found.to_array(), dtype=np.int64)
        ranks = self.catalogue.derived("ranks of labels", self.ranks_of_labels)[ordinals]
        found: list[int] = ordinals[np.argsort(ranks)[start:stop]].tolist()
        return found

    def ranks_of_labels(self) -> Ints:
        """At each ordinal how the review there is sorted by its label, then by its board."""
        record_set = self.catalogue.reviews
        by_label = sorted((label, slug, key) for (_, label, slug, key), _ in record_set.order)
        ranks = np.zeros(len(record_set.keys), dtype=np.int64)
        ranks[record_set.ordinals_of(np.array([key for *_, key in by_label], dtype=np.int64))] = np.arange(
            len(by_label)
        )
        return ranks


class StatementFilter(ListFilter):
    model = Statement
    kind = StoredFilter("Kind", names_itself=True)
    theme = TagFilter(
        "Theme of the statement",
        StatementTheme,
        record="statement",
        term="theme",
        not_stated="No theme assigned",
        names_itself=True,
        match_name="theme_match",
    )
    review_theme = TagFilter(
        "Theme of the review",
        ReviewTheme,
        record="review",
        term="theme",
        of="review",
        not_stated="Not from a review with a theme",
        hint=REVIEW_THEME_HINT,
        match_name="review_theme_match",
    )
    review_theme_match = match_filter("Any or all themes of the review")
    agency = TagFilter("Agency named", StatementAgency, record="statement", term="agency", not_stated="None named")
    addressed_to = TagFilter("Addressed to", Addressee, record="statement", term="agency", not_stated="Nobody named")
    status = StatusFilter("What became of it", not_stated=NOT_FOLLOWED)
    occasion = TagFilter(
        "Occasion",
        StatementOccasion,
        record="statement",
        term="occasion",
        not_stated=NO_OCCASION,
        hint="When a question can be discussed.",
    )
    board = StatementBoardFilter("Board", names_itself=True)
    year = StatementYearFilter("Year of learning", not_stated="No year stated", hint=YEAR_HINT)
    age_band = ChildFilter("Age of the child")
    care_status = CareStatusFilter("Care status", hint=CARE_HINT)
    nature = StoredFilter("What happened", field_name="review__nature")
    review = StoredFilter("Review", not_stated="Not from a single review", names_itself=True)
    sort = SettingFilter(
        label="Sort", choices=[(NEWEST, "Newest learning"), (OLDEST, "Oldest learning"), (BEST, "Best match")]
    )
    in_order = (
        "kind",
        "theme",
        "review_theme",
        "agency",
        "addressed_to",
        "status",
        "occasion",
        "nature",
        "age_band",
        "care_status",
        "year",
        "board",
        "review",
    )
    show = SettingFilter(label="Show all choices", choices=[(name, name) for name in in_order])

    def __init__(self, data: Any) -> None:
        self.named = reviews_named([value for value in dict.fromkeys(data.getlist("review")) if "/" in value])
        super().__init__(data)

    def about_a_child(self, asked: Mapping[str, Sequence[str]]) -> Q:
        """The child that it names, else any of its review."""
        children = self.children_with(asked)
        named = Q(Exists(children.filter(pk=OuterRef("child"))))
        of_review = Q(Exists(children.filter(review=OuterRef("review"))), child__isnull=True)
        of_nobody = ~Q(Exists(Child.objects.filter(review=OuterRef("review")))) & Q(child__isnull=True)
        return named | of_review | of_nobody if asks_for_nothing_stated(asked.values()) else named | of_review

    def available_options(self) -> Options:
        return statement_options(self.catalogue, self.base_filters)

    def choices(self) -> dict[str, Choices]:
        return {**self.options.choices, "review": self.choices_of_reviews([])}

    def choices_of_reviews(self, others: Iterable[Review]) -> Choices:
        """Reviews to choose from, those that are chosen always among them."""
        reviews = {review.pk: review for review in (*self.named, *others)}
        return with_not_stated(review_choices(reviews.values()), self.base_filters["review"].not_stated)

    @cached_property
    def index(self) -> facets_counts.Index:
        index = super().index
        return replace(index, of_records={**index.of_records, "review": self.of_reviews()})

    def of_reviews(self) -> facets_counts.Members:
        """To each review that is chosen its statements."""
        keys = {value: choice.covers for value, choice in self.facets["review"].choices.items()}
        return {value: self.record_set.of_column("review", keys[value]) for value in self.chosen["review"]}

    @cached_property
    def of_each_review(self) -> Ints:
        """At the key of each review how many of its statements all other filters leave; at 0 those of no review."""
        has_no_review_chosen = self.is_valid() and not self.chosen["review"]
        left = self.found if has_no_review_chosen else self.left_by_other_filters("review")
        numbers: Ints = self.record_set.tally("review", left)
        return numbers

    @property
    def review_count(self) -> int:
        """Of how many reviews something is found."""
        numbers = self.record_set.tally("review", self.found) if self.chosen["review"] else self.of_each_review
        return int(np.count_nonzero(numbers[1:]))

    @cached_property
    def unlisted(self) -> dict[str, int]:
        """Valid once ``counts`` has looked up the reviews to choose from."""
        numbers = self.of_each_review
        keys = [key for choice in self.facets["review"].choices.values() for key in choice.covers if key]
        listed = [key for key in keys if key < len(numbers)]  # it ends with the last review of which something is left
        return {"review": int(np.count_nonzero(numbers[1:]) - np.count_nonzero(numbers[listed]))}

    def counts(self, only: Collection[str] | None = None) -> facets_counts.Counts:
        if only is not None and "review" not in only:
            return super().counts(only)
        numbers = self.of_each_review
        frequent = np.argsort(-numbers[1:], kind="stable")[:REVIEWS_LISTED] + 1
        keys = [key for key in frequent.tolist() if numbers[key]]
        self.facets["review"].set_choices(self.choices_of_reviews(self.reviews_at(keys)))
        of_review = {
            value: sum(int(numbers[key or 0]) for key in choice.covers if (key or 0) < len(numbers))
            for value, choice in self.facets["review"].choices.items()
        }
        return {**super().counts(only), "review": of_review}

    def reviews_at(self, keys: list[int]) -> list[Review]:
        """What many pages list is fetched once of each catalogue."""
        known = self.catalogue.derived("reviews listed", lambda: dict[int, Review]())
        missing = [key for key in keys if key not in known]
        reviews = list(visible(Review).filter(pk__in=missing).only("slug", "label", "board")) if missing else []
        for review in reviews:
            give_board(self.catalogue, review)
        fetched = {review.pk: review for review in reviews}
        if len(known) < REVIEWS_KEPT:
            known |= fetched
        return [found for key in keys if (found := known.get(key) or fetched.get(key))]

    def in_other_order(self, start: int, stop: int) -> list[int]:
        """By the first year of learning, then by the last; undated ones come last."""
        return sliced(oldest_first(self.record_set, self.found), start, stop)


def oldest_first(record_set: RecordSet, found: BitMap) -> Iterator[BitMap]:
    spans = record_set.sets["span"]
    return (spans[span] & found for span in sorted(spans, key=lambda span: (span[0] or 9999, span[1])))  # type: ignore[index]


def sliced(sets: Iterable[BitMap], start: int, stop: int) -> list[int]:
    """From one number to another of what stands in these sets one after the other."""
    ordinals: list[int] = []
    for each in sets:
        ordinals += each[max(start, 0) : stop]
        start, stop = start - len(each), stop - len(each)
        if stop <= 0:
            break
    return ordinals
