"""The themes as a tree, and one theme: what reviews and bulletins say about it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from pyroaring import BitMap

from learning.catalogue import Catalogue, current
from learning.catalogue.arrays import bitmap
from learning.catalogue.rows import reviews_for_rows, statements_for_cards
from learning.catalogue.shown import Shown
from learning.catalogue.totals import (
    Total,
    reviews_by_theme,
    statements_by_theme,
    statements_from_reviews,
    theme_totals,
    totals_beside,
)
from learning.components.progress import progress_entries, progress_sources
from learning.components.statement_card import FIRST_SHOWN, age_of, card, each_gets
from learning.components.summary_list import UNKNOWN, SummaryRow
from learning.components.wording import NO_YEAR, PLURAL, counted_kind, span_of
from learning.models import Progress, StartHere, Statement
from reviews.models import Review, Theme
from reviews.vocabulary import Tree

REVIEWS_SHOWN = 10
REVIEWS_OPENED = 5  # of which the first statements are sent with the page
FIRST_OF_REVIEW = 2
REVIEWS_OF_A_CHART = 10  # fewer are seen at a glance in their list
TELLING = (Statement.Kind.LEARNING_POINT, Statement.Kind.RECOMMENDATION)
STATEMENTS_SHOWN = 18  # of all kinds
COMPANIONS_SHOWN = 10
HEADINGS = {
    "risk_indicator": "Signs to look for",
    "learning_point": "What reviews taught",
    "recommendation": "What was recommended, and to whom",
    "action": "What was done about it",
    "good_practice": "Good practice",
    "question": "Questions to discuss",
    "fact": "Facts",
}


@require_safe
def theme_list(request: HttpRequest) -> HttpResponse:
    catalogue = current()
    tree = catalogue.themes
    context = {
        "crumbs": [{"label": "Themes"}],
        "groups": groups(tree, theme_totals(catalogue)),
        "nav_section": "themes",
    }
    return render(request, "learning/theme_list.html", context)


def groups(tree: Tree[Theme], totals: dict[int, Total]) -> list[dict[str, Any]]:
    """The groups in the order of the vocabulary, each with its themes; those without a record stand apart."""
    listed = []
    for group in tree.roots():
        themes = [theme for theme in tree.walk(group) if theme != group]
        listed.append(
            {
                "theme": group,
                "total": totals[group.pk],
                "rows": [
                    {"theme": theme, "total": totals[theme.pk], "depth": len(tree.ancestors(theme)) - 1}
                    for theme in themes
                    if totals[theme.pk]
                ],
                "empty": [theme for theme in themes if not totals[theme.pk]],
            }
        )
    return listed


def with_totals(themes: list[Theme], totals: dict[int, Total]) -> list[dict[str, Any]]:
    return [{"theme": theme, "total": totals[theme.pk]} for theme in themes]


@require_safe
def theme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The learning comes first: what is about the theme itself, then whatever else the reviews about it taught."""
    catalogue = current()
    theme = catalogue.themes.get_or_404(slug)
    return render(request, "learning/theme_detail.html", theme_context(catalogue, theme))


def theme_context(catalogue: Catalogue, theme: Theme) -> dict[str, Any]:
    tree = catalogue.themes
    reviews, statements = reviews_by_theme(catalogue)[theme.pk], statements_by_theme(catalogue)[theme.pk]
    others = statements_from_reviews(catalogue)[theme.pk] - statements
    totals = totals_beside(catalogue, theme)
    chosen = start_here_on(theme)
    above = places_of(catalogue, chosen)
    ordinals = first_of_each_kind(catalogue, statements - above)
    followed = followed_up(catalogue, statements)
    newest_followed = followed[:FIRST_SHOWN]
    newest = reviews_for_rows(catalogue, catalogue.reviews.keys_at(reviews[:REVIEWS_SHOWN]))
    taught = OtherLearning.of(catalogue, theme, newest, others, above)
    fetched = fetched_at(catalogue, [*ordinals.values(), newest_followed, *taught.first, above])
    sections = sections_of(theme, catalogue, statements, above, ordinals, fetched)
    recommendations = [fetched[ordinal] for ordinal in newest_followed if ordinal in fetched]
    context = {
        "nav_section": "themes",
        "theme": theme,
        "crumbs": crumbs(tree, theme),
        "facts": facts_about(theme),
        "below": with_totals(tree.children(theme), theme_totals(catalogue)),
        "wider": wider(catalogue, theme),
        "near": with_totals(near(tree, theme, theme_totals(catalogue)), theme_totals(catalogue)),
        "start_here": start_here_cards(chosen, fetched, theme),
        "about_count": len(statements),
        "above_count": statements.intersection_cardinality(above),
        "others_count": len(others),
        "taught": taught.rows(fetched),
        "all_count": len(statements_from_reviews(catalogue)[theme.pk]),
        "list_url": f"{reverse('statement_list')}?{urlencode({'review_theme': theme.slug})}",
        "reviews": review_rows(newest, tree.ids(theme)),
        "review_count": len(reviews),
        "named_by": who_named(catalogue, tree.ids(theme), reviews),
        "reviews_url": f"{reverse('review_list')}?{urlencode({'theme': theme.slug})}",
        "sections": sections,
        "age": age_of(each.bulletin for each in fetched.values()),
        "progress": progress_of(recommendations),
        "progress_count": len(followed),
        "absent": absent_kinds(catalogue, statements | others),
        "chart": chart(theme, years_of(catalogue, reviews), len(reviews)),
        "companions": companions(tree, theme, totals),
        "shown": Shown.of(
            catalogue, statements=fetched.values(), cases=newest, titles=progress_sources(recommendations)
        ),
        "elsewhere": [{"label": "All themes", "url": reverse("theme_list")}],
    }
    return context | {"contents": contents(context)}


def start_here_on(theme: Theme) -> list[StartHere]:
    """What the editors say to read first, as far as it is visible. One query."""
    return list(StartHere.objects.published().filter(theme=theme).order_by("position"))


def places_of(catalogue: Catalogue, chosen: list[StartHere]) -> BitMap:
    record_set = catalogue.statements
    return BitMap(int(record_set.ordinals[one.statement_id]) for one in chosen if record_set.has(one.statement_id))


def start_here_cards(chosen: list[StartHere], fetched: dict[int, Statement], theme: Theme) -> list[dict[str, Any]]:
    """The statements with the editors' reasons: "Why first: ..." of the first, "Why next: ..." of the others."""
    statements = {statement.pk: statement for statement in fetched.values()}
    shown = [one for one in chosen if one.statement_id in statements]
    return [
        {
            **card(statements[one.statement_id], known=(theme.pk,)),
            "reason": f"{'Why next' if place else 'Why first'}: {one.reason}",
        }
        for place, one in enumerate(shown)
    ]


@dataclass(frozen=True)
class OtherLearning:
    """What the reviews about a theme taught besides: statements that are not about it by their own words.

    ``own``: to the key of each of the newest reviews the ordinals of these; ``numbers``: how many statements it has in
    all; ``first``: those that are shown, none of which stands ``above`` already.
    """

    catalogue: Catalogue
    theme: Theme
    reviews: list[Review]
    own: dict[int, BitMap]
    numbers: dict[int, int]
    first: list[BitMap]

    @classmethod
    def of(
        cls, catalogue: Catalogue, theme: Theme, newest: list[Review], others: BitMap, above: BitMap
    ) -> "OtherLearning":
        whole = statements_from_reviews(catalogue)[theme.pk]
        ordinals = np.asarray(whole.to_array(), dtype=np.int64)
        review_of_each = catalogue.statements.columns["review"][ordinals]
        of_review = {review.pk: bitmap(ordinals[review_of_each == review.pk]) for review in newest}
        own = {key: found & others for key, found in of_review.items()}
        shown = [review for review in newest if own[review.pk]]
        first = [strongest(catalogue, own[review.pk] - above) for review in shown[:REVIEWS_OPENED]]
        return cls(catalogue, theme, shown, own, {key: len(found) for key, found in of_review.items()}, first)

    def rows(self, fetched: dict[int, Statement]) -> list[dict[str, Any]]:
        first = [*self.first, *[BitMap()] * (len(self.reviews) - len(self.first))]
        return [
            {
                "review": review,
                "years": span_of(review.visible_bulletins) or NO_YEAR,  # type: ignore[attr-defined]
                "happened": "" if review.nature in UNKNOWN else review.get_nature_display(),
                "kinds": self.kinds(self.own[review.pk]),
                "total": self.numbers[review.pk],
                "cards": [card(fetched[ordinal]) for ordinal in ordinals if ordinal in fetched],
                "url": f"{reverse('statement_list')}?{urlencode(self.query(review))}",
            }
            for review, ordinals in zip(self.reviews, first, strict=True)
        ]

    def kinds(self, statements: BitMap) -> str:
        """ "8 learning points, 11 recommendations"."""
        with_kind = self.catalogue.statements.with_value
        numbers = {kind: statements.intersection_cardinality(with_kind("kind", kind)) for kind in HEADINGS}
        return ", ".join(counted_kind(number, kind) for kind, number in numbers.items() if number)

    def query(self, review: Review) -> dict[str, str]:
        return {"review_theme": self.theme.slug, "review": f"{review.board.slug}/{review.slug}"}


def strongest(catalogue: Catalogue, statements: BitMap) -> BitMap:
    """The first two that teach or ask for something, else the first two of any kind."""
    telling = statements & catalogue.statements.with_any_value("kind", TELLING)
    return (telling if len(telling) >= FIRST_OF_REVIEW else statements)[:FIRST_OF_REVIEW]


def wider(catalogue: Catalogue, theme: Theme) -> dict[str, Any] | None:
    """The theme right above, where it holds statements that this one does not; no group, which is no theme."""
    above = [each for each in catalogue.themes.ancestors(theme) if each.parent_id]
    if not above:
        return None
    statements = statements_by_theme(catalogue)
    more = len(statements[above[-1].pk] - statements[theme.pk])
    return {"theme": above[-1], "more": more} if more else None


def near(tree: Tree[Theme], theme: Theme, totals: dict[int, Total]) -> list[Theme]:
    """The themes that stand beside this one under the same theme or group, if anything is recorded about them."""
    parent = next((each for each in tree.terms if each.pk == theme.parent_id), None)
    beside = tree.children(parent) if parent else []
    return [each for each in beside if each.pk != theme.pk and totals[each.pk]]


def crumbs(tree: Tree[Theme], theme: Theme) -> list[dict[str, str]]:
    above = [{"label": each.name, "url": each.get_absolute_url()} for each in tree.ancestors(theme)]
    return [{"label": "Themes", "url": reverse("theme_list")}, *above, {"label": theme.name}]


def facts_about(theme: Theme) -> list[SummaryRow]:
    """What is known of the term itself."""
    rows = []
    if theme.synonyms:
        rows.append(SummaryRow("Also called", ", ".join(theme.synonym_list)))
    if theme.narrower_terms:
        rows.append(SummaryRow("Includes", ", ".join(theme.narrower_list)))
    if theme.language_note:
        rows.append(SummaryRow("Words to use", theme.language_note))
    if theme.dfe_codes:
        codes = theme.dfe_codes.split()
        one = len(codes) == 1
        note = (
            f"The {'number of this factor' if one else 'numbers of these factors'} in England’s children in need "
            "census, where social workers record what an assessment found."
        )
        rows.append(SummaryRow("DfE code" if one else "DfE codes", ", ".join(codes), note=note))
    return rows


def review_rows(newest: list[Review], ids: list[int]) -> list[dict[str, Any]]:
    """The newest reviews about these themes, each with the tags that make it one."""
    return [
        {
            "review": review,
            "years": span_of(review.visible_bulletins) or NO_YEAR,  # type: ignore[attr-defined]
            "tags": [tag for tag in review.theme_tags.all() if tag.theme_id in ids],
        }
        for review in newest
    ]


def who_named(catalogue: Catalogue, ids: list[int], reviews: BitMap) -> str:
    """How many of these reviews have one of these themes by the source's own words, and how many only by the editors'
    reading: "3 by the source, 1 by the editors"."""
    named = reviews.intersection_cardinality(catalogue.reviews.with_any_value("named_theme", ids))
    counts = {"the source": named, "the editors": len(reviews) - named}
    return ", ".join(f"{count} by {who}" for who, count in counts.items() if count)


def first_of_each_kind(catalogue: Catalogue, statements: BitMap) -> dict[str, BitMap]:
    """The ordinals of the newest statements of each kind."""
    of_kinds = {kind: statements & catalogue.statements.with_value("kind", kind) for kind in HEADINGS}
    most = each_gets(map(len, of_kinds.values()), in_all=STATEMENTS_SHOWN, most=FIRST_SHOWN)
    return {kind: found[:most] for kind, found in of_kinds.items()}


def followed_up(catalogue: Catalogue, statements: BitMap) -> BitMap:
    """The recommendations of which a visible source says what became of them."""
    record_set = catalogue.statements
    return (
        statements
        & record_set.with_value("kind", Statement.Kind.RECOMMENDATION)
        & record_set.with_any_value("status", Progress.Status.values)
    )


def fetched_at(catalogue: Catalogue, sets: list[BitMap]) -> dict[int, Statement]:
    """The statements at all of these ordinals, by their place."""
    ordinals = BitMap.union(*sets)
    fetched = {each.pk: each for each in statements_for_cards(catalogue, catalogue.statements.keys_at(ordinals))}
    found = zip(ordinals, catalogue.statements.keys_at(ordinals), strict=True)
    return {ordinal: fetched[key] for ordinal, key in found if key in fetched}


def sections_of(
    theme: Theme,
    catalogue: Catalogue,
    statements: BitMap,
    above: BitMap,
    ordinals: dict[str, BitMap],
    fetched: dict[int, Statement],
) -> list[dict[str, Any]]:
    """Each kind with its number of statements and the first few of them, those ``above`` left out."""
    with_kind = catalogue.statements.with_value
    return [
        {
            "kind": kind,
            "heading": heading,
            "count": statements.intersection_cardinality(with_kind("kind", kind)),
            "cards": [card(fetched[ordinal], known=(theme.pk,)) for ordinal in ordinals[kind] if ordinal in fetched],
            "above": (number := (above & with_kind("kind", kind)).intersection_cardinality(statements)),
            "shown": len(ordinals[kind]) + number,
            "all_words": PLURAL[kind],
            "all_url": f"{reverse('statement_list')}?{urlencode({'theme': theme.slug, 'kind': kind})}",
        }
        for kind, heading in HEADINGS.items()
    ]


def progress_of(recommendations: list[Statement]) -> list[dict[str, Any]]:
    """What became of these recommendations, as far as sources that are visible say."""
    return [{"statement": each, "entries": progress_entries(each)} for each in recommendations]


def absent_kinds(catalogue: Catalogue, statements: BitMap) -> str:
    """A sentence on the kinds of statement that neither part of the page has, or "" where it has them all."""
    of_kind = {kind: catalogue.statements.with_value("kind", kind) for kind in HEADINGS}
    absent = [PLURAL[kind] for kind, records in of_kind.items() if not statements.intersect(records)]
    return f"Not recorded yet: {', '.join(absent)}." if absent else ""


def years_of(catalogue: Catalogue, reviews: BitMap) -> dict[int | None, int]:
    """How many of these reviews belong to each year of learning, and under None to no year."""
    sets = catalogue.reviews.sets["year"]
    numbers = {year: reviews.intersection_cardinality(found) for year, found in sets.items()}
    return {year: number for year, number in numbers.items() if number}  # type: ignore[misc]


def chart(theme: Theme, counts: dict[int | None, int], total: int) -> dict[str, Any] | None:
    """Reviews by year of learning, from the first to the last; None where there is nothing to compare."""
    years = {year: count for year, count in counts.items() if year is not None}
    if total < REVIEWS_OF_A_CHART or not years:
        return None
    undated = counts.get(None, 0)
    first, last, most = min(years), max(years), max(years.values())
    rows = [chart_row(theme, str(year), years.get(year, 0), most) for year in range(first, last + 1)]
    if undated:
        rows.append(chart_row(theme, "not-stated", undated, most))
    description = "The year in which a bulletin was published, or the period printed on it."
    if sum(counts.values()) > total:
        description += " A review from more than one year is counted in each of them."
    when = f"in {first}" if first == last else f"from {first} to {last}"
    return {"title": f"{total} reviews by year, {when}", "description": description, "rows": rows}


def chart_row(theme: Theme, year: str, count: int, most: int) -> dict[str, Any]:
    url = f"{reverse('review_list')}?{urlencode({'theme': theme.slug, 'year': year})}"
    label = "Not stated" if year == "not-stated" else year
    return {"label": label, "value": count, "width": round(100 * count / most, 1), "url": url if count else ""}


def companions(tree: Tree[Theme], theme: Theme, totals: dict[int, Total]) -> list[dict[str, Any]]:
    """The themes that stand most often beside this one: not those above or below it, and no groups."""
    related = {*tree.ids(theme), *(each.pk for each in tree.ancestors(theme))}
    others = [each for each in tree.terms if each.parent_id and each.pk not in related and totals[each.pk]]
    others.sort(key=lambda each: (-totals[each.pk].reviews, -totals[each.pk].statements, each.position))
    return [companion(theme, other, totals[other.pk]) for other in others[:COMPANIONS_SHOWN]]


def companion(theme: Theme, other: Theme, total: Total) -> dict[str, Any]:
    both = urlencode({"theme": [theme.slug, other.slug], "theme_match": "all"}, doseq=True)
    return {
        "theme": other,
        "total": total,
        "reviews_url": f"{reverse('review_list')}?{both}",
        "statements_url": f"{reverse('statement_list')}?{both}",
    }


def contents(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The list of what is on the page. Both parts always stand in it where there is anything at all."""
    if not (context["about_count"] or context["review_count"]):
        return []
    items = [
        {"id": "about", "label": "About it", "count": context["about_count"]},
        {"id": "from-reviews", "label": "From reviews about it", "count": context["others_count"]},
        {"id": "reviews", "label": "Reviews", "count": context["review_count"]},
    ]
    shown = [item for item in items if item["count"]]
    if context["start_here"]:
        shown.insert(0, {"id": "start-here", "label": "Start here", "count": None})
    return [*shown, {"id": "words", "label": "Words and names", "count": None}]
