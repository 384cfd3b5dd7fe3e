"""What the database says of visible records, as batches to be placed in the record sets of a catalogue.

Each function reads all records or those of some groups. What is visible is asked of ``published()``, and only there.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Model, Q

from learning.catalogue.arrays import Int, Ints, at, chunks, columns, grouped, keys_of, lookup
from learning.catalogue.record_set import NOWHERE, Batch, Group
from learning.models import (
    Addressee,
    Bulletin,
    CurrentStatus,
    GlossaryTerm,
    Progress,
    ResponseCheck,
    Statement,
    StatementAgency,
    StatementOccasion,
    StatementTheme,
)
from learning.models.progress import FOLLOWED
from reviews.models import Board, Child, ChildCareStatus, Review, ReviewTheme
from reviews.state import AssignedBy

Keys = Collection[int] | None  # None: all
IndicesByValue = Mapping[Any, Ints]  # to each value the indices of the records that have it
Profile = tuple[frozenset[str], ...]  # what is told of a child, in the order of its facets
CHILD_FACETS_OF_REVIEWS = ("age_band", "sex", "ethnicity", "care_status")
CHILD_FACETS_OF_STATEMENTS = ("age_band", "care_status")
NOT_STATED = "not-stated"  # of a child; of a record it is None, or what the record itself stores
SPEAKS_OF = Bulletin.reviews.through
BY_SOURCE = Q(assigned_by=AssignedBy.SOURCE)


def among(keys: Keys, path: str = "pk") -> Q:
    """Those with these keys; all where none are named."""
    return Q() if keys is None else Q(**{f"{path}__in": keys})


# --- the three batches --------------------------------------------------------------------------------------------


def statement_batch(bulletins: Keys = None) -> Batch:
    """The visible statements, of all bulletins or of these: a group is a bulletin."""
    rows = visible_statements(bulletins)
    about = About.read(bulletins)
    rows = rows.sorted(about.rank[rows["bulletin"]], rows["position"], rows.keys)
    bulletin, review, child = rows["bulletin"], rows["review"], rows["child"]
    of_statements = among(bulletins, "statement__bulletin")
    reviews = None if bulletins is None else set(review.tolist())
    case = Rows.read(Review.objects.filter(among(reviews)), numbers=("board",), names=("nature",))
    own_board = np.where(review > 0, at(lookup(case.keys, case["board"]), review), about.board[bulletin])
    children = Children.read(CHILD_FACETS_OF_STATEMENTS, reviews, set(child.tolist()))
    return Batch(
        groups=about.groups(bulletin),
        keys=rows.keys,
        sets={
            "kind": rows.named("kind"),
            "form": rows.named("form"),
            "part": {True: np.flatnonzero(rows["parent"])},
            "board": grouped(own_board),
            "nature": case.named("nature", of=review),
            "year": by_year(about.first[bulletin], about.last[bulletin]),
            "span": by_span(about.first[bulletin], about.last[bulletin]),
            "theme": tagged(StatementTheme, "statement", "theme", rows.keys, of_statements),
            "review_theme": themes_of_reviews(review, among(reviews, "review")),
            "agency": tagged(
                StatementAgency, "statement", "agency", rows.keys, among(bulletins, "statement__bulletin")
            ),
            "addressed_to": tagged(
                Addressee, "statement", "agency", rows.keys, among(bulletins, "statement__bulletin")
            ),
            "occasion": occasions(rows.keys, of_statements),
            "profile": children.profiles(review, child),
            "status": statuses(rows, bulletins),
        },
        columns={"review": review, "bulletin": bulletin},
    )


def visible_statements(bulletins: Keys) -> "Rows":
    """Their rows. Of all of them the keys alone are asked for visibility, which would be worked out for each chunk."""
    numbers, names = ("bulletin", "position", "review", "child", "parent"), ("kind", "form")
    if bulletins is None:
        return Rows.read(Statement.objects.all(), numbers, names).among(keys_of(Statement.objects.published()))
    return Rows.read(Statement.objects.published().filter(bulletin__in=bulletins), numbers, names)


def statuses(rows: "Rows", bulletins: Keys) -> IndicesByValue:
    """To each current status the indices of the statements that have it; to None those of which nothing becomes.

    Whatever counts more overwrites what counts less: a sourced report any check, a check of one statement those of all.
    """
    names = [status.value for status in CurrentStatus]
    codes = {name: code for code, name in enumerate(names)}
    found = np.full(len(rows.keys), codes[CurrentStatus.NOT_LOOKED_FOR.value], dtype=Int)
    index = lookup(rows.keys, np.arange(len(rows.keys)), NOWHERE)
    checks = sorted(ResponseCheck.objects.filter(among(bulletins, "bulletin")), key=lambda check: check.rank)
    of_pairs = {(check.bulletin_id, check.review_id or 0): check.result for check in checks if not check.statement_id}
    for indices, result in zip(with_pairs(rows["bulletin"], rows["review"], of_pairs), of_pairs.values(), strict=True):
        found[indices] = codes[result]
    of_one = {check.statement_id or 0: check.result for check in checks if check.statement_id}
    put(found, index, np.array([*of_one], dtype=Int), [codes[result] for result in of_one.values()])
    entries = Rows.read(
        Progress.objects.published().filter(among(bulletins, "statement__bulletin")),
        numbers=("statement", "position"),
        names=("status",),
        kept=("reported_on",),
    )
    days = np.array([day.toordinal() if day else 0 for day in entries.kept["reported_on"]], dtype=Int)
    entries = entries.taken(np.lexsort((entries["position"], days)))
    known = np.array([codes[name] for name in entries.codes["status"]], dtype=Int)
    put(found, index, entries["statement"], known[entries["status"]])
    followed = [code for name, code in rows.codes["kind"].items() if name in FOLLOWED]
    found[~np.isin(rows["kind"], followed)] = NOWHERE
    by_code = grouped(found)
    return {name: by_code[code] for name, code in codes.items() if code in by_code} | {
        None: by_code.get(NOWHERE, np.zeros(0, Int))
    }


def with_pairs(first: Ints, second: Ints, pairs: Collection[tuple[int, int]]) -> Iterator[Ints]:
    """For each of these pairs the indices at which the two columns hold it."""
    own = first.astype(np.int64) << 32 | second.astype(np.int64)
    order = np.argsort(own, kind="stable")
    wanted = np.array([left << 32 | right for left, right in pairs], dtype=np.int64)
    starts = np.searchsorted(own, wanted, "left", sorter=order)
    ends = np.searchsorted(own, wanted, "right", sorter=order)
    return (order[start:end] for start, end in zip(starts, ends, strict=True))


def put(values: Ints, index: Ints, keys: Ints, new: Any) -> None:
    """Give the records with these keys new values; the last one counts where a key stands twice."""
    indices = at(index, keys, NOWHERE)
    is_here = indices != NOWHERE
    values[indices[is_here]] = np.asarray(new, dtype=Int)[is_here]


def review_batch(reviews: Keys = None) -> Batch:
    """The visible reviews, all or of these: each is a group by itself. The newest learning comes first."""
    rows = Rows.read(
        Review.objects.published().filter(among(reviews)),
        numbers=("board",),
        names=("type", "nature", "report_state"),
        kept=("label",),
    )
    slugs = dict(Board.objects.values_list("pk", "slug"))
    review, first, last = years_of_reviews(reviews)
    newest = np.zeros(int(rows.keys.max(initial=0)) + 1, dtype=Int)
    inside = review < len(newest)
    np.maximum.at(newest, review[inside], last[inside])
    sort_keys = [
        (descending(year), label, slugs[board], key)
        for year, label, board, key in zip(
            newest[rows.keys].tolist(), rows.kept["label"], rows["board"].tolist(), rows.keys.tolist(), strict=True
        )
    ]
    rows, sort_keys = rows.sorted_by(sort_keys)
    index = lookup(rows.keys, np.arange(len(rows.keys)), NOWHERE)
    review = at(index, review, NOWHERE)
    seen = review != NOWHERE
    children = Children.read(CHILD_FACETS_OF_REVIEWS, reviews)
    return Batch(
        groups=[Group(int(key), sort_key, 1) for key, sort_key in zip(rows.keys.tolist(), sort_keys, strict=True)],
        keys=rows.keys,
        sets={
            "theme": tagged(ReviewTheme, "review", "theme", rows.keys, among(reviews, "review")),
            "named_theme": tagged(ReviewTheme, "review", "theme", rows.keys, among(reviews, "review") & BY_SOURCE),
            "board": grouped(rows["board"]),
            "type": rows.named("type"),
            "nature": rows.named("nature"),
            "report_state": rows.named("report_state"),
            "year": by_year(first[seen], last[seen], review[seen], len(rows.keys)),
            "profile": children.profiles(rows.keys),
            "unlisted": {True: np.flatnonzero(np.isin(rows.keys, unlisted_reviews(among(reviews))))},
        },
    )


def unlisted_reviews(wanted: Q) -> Ints:
    """The keys of the reviews that no page in a search engine may name or quote, in whatever state they are."""
    return keys_of(Review.objects.kept_from_search_engines().filter(wanted))


def bulletin_batch(bulletins: Keys = None) -> Batch:
    """The visible bulletins, all or of these: each is a group by itself. The newest comes first."""
    rows = Rows.read(
        Bulletin.objects.published().with_is_whole().filter(among(bulletins)),
        numbers=("board", "first_year", "last_year", "is_whole"),
        names=("rights",),
        kept=("published_on", "added_on", "title"),
    )
    sort_keys = [
        (descending(year), descending(published and published.toordinal()), -added.toordinal(), title, key)
        for year, published, added, title, key in zip(
            rows["last_year"].tolist(), *(rows.kept[name] for name in ("published_on", "added_on", "title")),
            rows.keys.tolist(), strict=True,
        )
    ]  # fmt: skip
    rows, sort_keys = rows.sorted_by(sort_keys)
    return Batch(
        groups=[Group(int(key), sort_key, 1) for key, sort_key in zip(rows.keys.tolist(), sort_keys, strict=True)],
        keys=rows.keys,
        sets={
            "board": grouped(rows["board"]),
            "year": by_year(rows["first_year"], rows["last_year"]),
            "whole": {True: np.flatnonzero(rows["is_whole"])},
            "of_one_review": {True: np.flatnonzero(np.isin(rows.keys, of_one_review(bulletins)))},
            "explained": {True: explained(rows, bulletins)},
            **unlisted(rows, bulletins),
        },
    )


def of_one_review(bulletins: Keys) -> Ints:
    """The keys of the bulletins that speak of one review and no other, in whatever state it is."""
    _, bulletin = columns(SPEAKS_OF.objects.filter(among(bulletins, "bulletin")), "pk", "bulletin")
    found, times = np.unique(bulletin, return_counts=True)
    alone: Ints = found[times == 1]
    return alone


def unlisted(rows: "Rows", bulletins: Keys) -> dict[str, IndicesByValue]:
    """The bulletins that speak of a review which no page in a search engine may name, and those whose title names it.

    A review that is not visible counts as well: its label may stand in the title all the same.
    """
    speaks = SPEAKS_OF.objects.filter(
        among(bulletins, "bulletin"), review__in=Review.objects.kept_from_search_engines().values("pk")
    )
    names: dict[int, set[str]] = {}
    for name in ("review__label", "review__aliases__name", "review__children__pseudonym"):
        for bulletin, found in speaks.values_list("bulletin", name):
            names.setdefault(bulletin, set()).add(squashed(found or ""))
    titles = zip(rows.keys.tolist(), map(squashed, rows.kept["title"]), strict=True)
    is_named = [any(name and name in title for name in names.get(key, ())) for key, title in titles]
    return {
        "unlisted": {True: np.flatnonzero(np.isin(rows.keys, list(names)))},
        "unlisted_title": {True: np.flatnonzero(is_named)},
    }


def squashed(name: str) -> str:
    return " ".join(name.casefold().split())


def explained(rows: "Rows", bulletins: Keys) -> Ints:
    """The indices of the bulletins whose own terms may be shown: words of theirs, and perhaps about any review."""
    _, has_terms = columns(GlossaryTerm.objects.filter(among(bulletins, "bulletin")), "pk", "bulletin")
    is_shown = (rows["is_whole"] > 0) & np.isin(rows.keys, has_terms)
    of_facts_alone = rows.named("rights").get(Bulletin.Rights.METADATA.value)
    if of_facts_alone is not None:
        is_shown[of_facts_alone] = False
    return np.flatnonzero(is_shown)


def descending(value: int | None) -> tuple[int, ...]:
    """Sorts the greatest first, and what has no value last."""
    return (0, -value) if value else (1,)


# --- rows as arrays -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rows:
    """Columns of the same rows: whole numbers, names as numbers (``codes``: which name is which), and others kept."""

    keys: Ints
    numbers: Mapping[str, Ints]
    codes: Mapping[str, Mapping[str, int]]
    kept: Mapping[str, list[Any]]

    @classmethod
    def read(
        cls, queryset: Any, numbers: Collection[str] = (), names: Collection[str] = (), kept: Collection[str] = ()
    ) -> "Rows":
        codes: dict[str, dict[str, int]] = {name: {} for name in names}
        parts: dict[str, list[Ints]] = {name: [] for name in ("pk", *numbers, *names)}
        others: dict[str, list[Any]] = {name: [] for name in kept}
        for chunk in chunks(queryset, "pk", *numbers, *names, *kept):
            for name, values in zip(("pk", *numbers, *names, *kept), zip(*chunk, strict=True), strict=True):
                if name in others:
                    others[name] += values
                elif name in codes:
                    known = codes[name]
                    parts[name].append(np.array([known.setdefault(value, len(known)) for value in values], Int))
                else:
                    parts[name].append(np.array([value or 0 for value in values], dtype=Int))
        found = {name: np.concatenate(each) if each else np.zeros(0, Int) for name, each in parts.items()}
        return cls(found.pop("pk"), found, codes, others)

    def __getitem__(self, name: str) -> Ints:
        return self.numbers[name]

    def sorted(self, *by: Ints) -> "Rows":
        """By these columns, the first counting most."""
        return self.taken(np.lexsort(by[::-1]))

    def sorted_by(self, sort_keys: list[Any]) -> tuple["Rows", list[Any]]:
        order = sorted(range(len(sort_keys)), key=sort_keys.__getitem__)
        return self.taken(np.array(order, dtype=Int)), [sort_keys[n] for n in order]

    def taken(self, order: Ints) -> "Rows":
        numbers = {name: column[order] for name, column in self.numbers.items()}
        kept = {name: [column[n] for n in order.tolist()] for name, column in self.kept.items()}
        return Rows(self.keys[order], numbers, self.codes, kept)

    def among(self, keys: Ints) -> "Rows":
        """The rows with these keys."""
        return self.taken(np.flatnonzero(np.isin(self.keys, keys)))

    def named(self, name: str, of: Ints | None = None) -> IndicesByValue:
        """To each name the indices of the rows that have it; or of the records whose rows have these keys (0: none)."""
        column = self.numbers[name]
        if of is not None:
            column = at(lookup(self.keys, column, NOWHERE), of, NOWHERE)
        found: dict[Any, Ints] = {each: np.flatnonzero(column == code) for each, code in self.codes[name].items()}
        return found | {None: np.flatnonzero(column == NOWHERE)}


# --- bulletins and their years ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class About:
    """What a statement has of its bulletin: arrays with a value at the key of each bulletin."""

    rank: Ints
    board: Ints
    first: Ints
    last: Ints
    sort_keys: Mapping[int, Any]

    @classmethod
    def read(cls, bulletins: Keys) -> "About":
        rows = Rows.read(
            Bulletin.objects.filter(among(bulletins)), numbers=("board", "first_year", "last_year"), kept=("slug",)
        )
        sort_keys = [
            (descending(year), slug, key)
            for year, slug, key in zip(rows["last_year"].tolist(), rows.kept["slug"], rows.keys.tolist(), strict=True)
        ]
        rows, sort_keys = rows.sorted_by(sort_keys)
        return cls(
            rank=lookup(rows.keys, np.arange(len(rows.keys))),
            board=lookup(rows.keys, rows["board"]),
            first=lookup(rows.keys, rows["first_year"]),
            last=lookup(rows.keys, rows["last_year"]),
            sort_keys=dict(zip(rows.keys.tolist(), sort_keys, strict=True)),
        )

    def groups(self, bulletin: Ints) -> list[Group]:
        """The bulletins of these statements, which stand together already."""
        found, first, sizes = np.unique(bulletin, return_index=True, return_counts=True)
        return [
            Group(key, self.sort_keys[key], size)
            for _, key, size in sorted(zip(first.tolist(), found.tolist(), sizes.tolist(), strict=True))
        ]


def years_of_reviews(reviews: Keys) -> tuple[Ints, Ints, Ints]:
    """For each visible bulletin that speaks of a review: the review, its first and its last year (0: none)."""
    speaks = SPEAKS_OF.objects.filter(among(reviews, "review"), bulletin__in=Bulletin.objects.published())
    _, review, first, last = columns(speaks, "pk", "review", "bulletin__first_year", "bulletin__last_year")
    return review, first, last


def by_year(first: Ints, last: Ints, records: Ints | None = None, count: int = 0) -> IndicesByValue:
    """To each year the indices of the records to which it belongs, and to None those without one.

    ``records``: the index of the record that each pair of years is about, where it is not that of the pair itself;
    then there are ``count`` of them.
    """
    if records is None:
        records, count = np.arange(len(first)), len(first)
    dated = first > 0
    undated = np.ones(count, dtype=bool)
    undated[records[dated]] = False
    years = range(int(first[dated].min(initial=9999)), int(last.max(initial=0)) + 1)
    found: dict[Any, Ints] = {year: records[dated & (first <= year) & (year <= last)] for year in years}
    return found | {None: np.flatnonzero(undated)}


def by_span(first: Ints, last: Ints) -> IndicesByValue:
    """To each pair of first and last year the indices of its records."""
    return {divmod(span, 10_000): found for span, found in grouped(first * 10_000 + last).items()}


# --- tags and children --------------------------------------------------------------------------------------------


def tagged(model: type[Model], record: str, term: str, keys: Ints, wanted: Q) -> IndicesByValue:
    """To each term the indices of the records tagged with it; to None those that have no tag at all."""
    _, records, terms = columns(model._default_manager.filter(wanted), "pk", record, term)
    index, terms, untagged = of_records(keys, records, terms)
    named = terms > 0  # an addressee need be no agency that is known
    return {**grouped(terms[named], index[named]), None: untagged}


def occasions(keys: Ints, wanted: Q) -> IndicesByValue:
    """To each occasion the indices of the statements that suit it; to None those that suit none in particular."""
    rows = Rows.read(StatementOccasion.objects.filter(wanted), numbers=("statement",), names=("occasion",))
    index, codes, untagged = of_records(keys, rows["statement"], rows["occasion"])
    suited: dict[Any, Ints] = {name: index[codes == code] for name, code in rows.codes["occasion"].items()}
    return suited | {None: untagged}


def of_records(keys: Ints, records: Ints, values: Ints) -> tuple[Ints, Ints, Ints]:
    """The indices of the records of these tags, without those that are not here, their values, and the untagged."""
    index = at(lookup(keys, np.arange(len(keys)), NOWHERE), records, NOWHERE)
    index, values = index[index != NOWHERE], values[index != NOWHERE]
    untagged = np.ones(len(keys), dtype=bool)
    untagged[index] = False
    return index, values, np.flatnonzero(untagged)


def themes_of_reviews(review: Ints, wanted: Q) -> IndicesByValue:
    """To each theme the indices of the records whose review has it; to None those of a review, or of none, without any.

    ``review``: the key of the review of each record, or 0.
    """
    _, reviews, terms = columns(ReviewTheme.objects.filter(wanted), "pk", "review", "theme")
    has_theme = np.zeros(max(int(review.max(initial=0)), int(reviews.max(initial=0))) + 1, dtype=bool)
    themes: dict[Any, Ints] = {}
    for theme, having in grouped(terms, reviews).items():
        has_theme[:] = False
        has_theme[having] = True
        themes[theme] = np.flatnonzero(has_theme[review])
    has_theme[:] = False
    has_theme[reviews] = True
    return {**themes, None: np.flatnonzero(~has_theme[review])}


@dataclass(frozen=True)
class Children:
    """Children in the order of their reviews, each with the number of its profile; the last one tells nothing."""

    keys: Ints
    review: Ints
    code: Ints
    known: list[Profile]

    @classmethod
    def read(cls, facets: Collection[str], reviews: Keys, others: Collection[int] = ()) -> "Children":
        """Those of these reviews (or of all), and others."""
        wanted = Child.objects.filter(Q() if reviews is None else among(reviews, "review") | among(others))
        statuses: dict[int, set[str]] = {}
        of_children = ChildCareStatus.objects.filter(Q() if reviews is None else Q(child__in=wanted.values("pk")))
        for chunk in chunks(of_children, "pk", "child", "status"):
            for _, child, status in chunk:
                statuses.setdefault(child, set()).add(status)
        own = [facet for facet in facets if facet != "care_status"]
        codes: dict[Profile, int] = {}
        rows: list[tuple[int, int, int]] = []
        for chunk in chunks(wanted, "pk", "review", *own):
            for key, review, *values in chunk:
                care = frozenset(statuses.get(key, {NOT_STATED}))
                profile = (*(frozenset({value}) for value in values), care)
                rows.append((review, key, codes.setdefault(profile, len(codes))))
        rows.sort()
        table = np.array(rows, dtype=Int).reshape(-1, 3)
        untold = tuple(frozenset({NOT_STATED}) for _ in facets)
        return cls(table[:, 1].copy(), table[:, 0].copy(), table[:, 2].copy(), [*codes, untold])

    def profiles(self, review: Ints, child: Ints | None = None) -> IndicesByValue:
        """To each profile the indices of the records about such a child: the one named, else any of the review."""
        count = len(review)
        first = np.searchsorted(self.review, review, "left")
        many = np.searchsorted(self.review, review, "right") - first
        code: Ints = np.full(count, NOWHERE, dtype=Int)
        if child is not None:
            code = at(lookup(self.keys, self.code, NOWHERE), child, NOWHERE)
            many[code != NOWHERE] = 0
        code[(code == NOWHERE) & (many == 0)] = len(self.known) - 1
        index = np.repeat(np.arange(count), many)
        within = np.arange(len(index)) - np.repeat(np.cumsum(many) - many, many)
        of_review = self.code[np.repeat(first, many) + within]
        told = np.flatnonzero(code != NOWHERE)
        codes, ordinals = np.concatenate([of_review, code[told]]), np.concatenate([index, told])
        found: dict[Any, Ints] = {}
        for number, each in grouped(codes, ordinals).items():
            profile = self.known[number]
            found[profile] = np.concatenate([found[profile], each]) if profile in found else each
        return found
