"""The themes as a tree, and one theme: what reviews and bulletins say about it."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Prefetch, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from learning.counts import Total, theme_totals, totals_within
from learning.fact_lists import Row, row
from learning.models import Progress, Statement, StatementTheme
from learning.models.statement import StatementQuerySet
from learning.progress import progress_entries, with_progress
from learning.statement_cards import FIRST_SHOWN, are_all_old, card
from learning.wording import PLURAL
from learning.years import NEWEST_REVIEWS, NEWEST_STATEMENTS, NO_YEAR, span, with_newest_year, years_of_each
from reviews.models import Review, ReviewQuerySet, ReviewTheme, Theme
from reviews.tree import Tree

REVIEWS_SHOWN = 20
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
    tree = Tree(Theme.objects.all())
    totals = theme_totals(tree)
    context = {
        "crumbs": [{"label": "Themes"}],
        "groups": branches(tree, tree.roots(), totals),
        "nav_section": "themes",
    }
    return render(request, "learning/theme_list.html", context)


def branches(tree: Tree[Theme], themes: list[Theme], totals: dict[int, Total]) -> list[dict[str, Any]]:
    """Themes with their totals and, in the same shape, what is below them."""
    return [
        {"theme": theme, "total": totals[theme.pk], "below": branches(tree, tree.children(theme), totals)}
        for theme in themes
    ]


@require_safe
def theme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    tree = Tree(Theme.objects.all())
    theme = tree.get_or_404(slug)
    ids = tree.ids(theme)
    reviews = Review.objects.published().filter(
        Exists(ReviewTheme.objects.filter(review=OuterRef("pk"), theme__in=ids))
    )
    statements = Statement.objects.published().filter(
        Exists(StatementTheme.objects.filter(statement=OuterRef("pk"), theme__in=ids))
    )
    years = years_of_each(reviews)
    totals = totals_within(tree, reviews, statements)
    sections = sections_of(theme, statements)
    context = {
        "nav_section": "themes",
        "theme": theme,
        "crumbs": crumbs(tree, theme),
        "facts": facts_about(theme),
        "below": branches(tree, tree.children(theme), totals),
        "reviews": review_rows(reviews, ids, years),
        "review_count": len(years),
        "reviews_url": f"{reverse('review_list')}?{urlencode({'theme': theme.slug})}",
        "sections": sections,
        "is_all_old": are_all_old(each for section in sections for each in section["cards"]),
        "progress": progress_of(statements),
        "absent": absent_kinds(sections),
        "chart": chart(theme, years),
        "companions": companions(tree, theme, totals),
        "elsewhere": [{"label": "All themes", "url": reverse("theme_list")}],
    }
    context["contents"] = contents(context)
    return render(request, "learning/theme_detail.html", context)


def crumbs(tree: Tree[Theme], theme: Theme) -> list[dict[str, str]]:
    above = [{"label": each.name, "url": each.get_absolute_url()} for each in tree.ancestors(theme)]
    return [{"label": "Themes", "url": reverse("theme_list")}, *above, {"label": theme.name}]


def facts_about(theme: Theme) -> list[Row]:
    """What is known of the term itself."""
    rows = []
    if theme.synonyms:
        rows.append(row("Also called", ", ".join(theme.synonym_list)))
    if theme.language_note:
        rows.append(row("Words to prefer", theme.language_note))
    if theme.dfe_codes:
        codes = theme.dfe_codes.split()
        one = len(codes) == 1
        note = (
            f"The {'number of this factor' if one else 'numbers of these factors'} in England’s children in need "
            "census, where social workers record what an assessment found."
        )
        rows.append(row("DfE code" if one else "DfE codes", ", ".join(codes), note=note))
    return rows


def review_rows(reviews: ReviewQuerySet, ids: list[int], years: dict[int, set[int]]) -> list[dict[str, Any]]:
    """The newest reviews about these themes, each with the tags that make it one."""
    tags = Prefetch("theme_tags", ReviewTheme.objects.filter(theme__in=ids).select_related("theme"))
    shown = with_newest_year(reviews).select_related("board").prefetch_related(tags).order_by(*NEWEST_REVIEWS)
    return [
        {"review": review, "years": span(years.get(review.pk, ())) or NO_YEAR, "tags": review.theme_tags.all()}
        for review in shown[:REVIEWS_SHOWN]
    ]


def sections_of(theme: Theme, statements: StatementQuerySet) -> list[dict[str, Any]]:
    """Each kind with its number of statements and the first few of them; two queries and what the list needs."""
    counts = dict(statements.order_by().values_list("kind").annotate(count=Count("pk")))
    shown = first_of_each_kind(statements)
    return [
        {
            "kind": kind,
            "heading": heading,
            "count": counts.get(kind, 0),
            "cards": [card(statement) for statement in shown if statement.kind == kind],
            "all_words": PLURAL[kind],
            "all_url": f"{reverse('statement_list')}?{urlencode({'theme': theme.slug, 'kind': kind})}",
        }
        for kind, heading in HEADINGS.items()
    ]


def first_of_each_kind(statements: StatementQuerySet) -> list[Statement]:
    place = Window(RowNumber(), partition_by="kind", order_by=NEWEST_STATEMENTS)
    first = statements.annotate(place=place).filter(place__lte=FIRST_SHOWN).values("pk")
    return list(Statement.objects.for_list().filter(pk__in=first).order_by(*NEWEST_STATEMENTS))


def progress_of(statements: StatementQuerySet) -> list[dict[str, Any]]:
    """What became of the newest of these recommendations, as far as sources that are visible say."""
    recommendations = (
        statements.recommendations()
        .filter(Exists(Progress.objects.published().filter(statement=OuterRef("pk"))))
        .select_related("review__board", "bulletin")
        .prefetch_related(with_progress())
        .order_by(*NEWEST_STATEMENTS)[:FIRST_SHOWN]
    )
    return [{"statement": each, "entries": progress_entries(each)} for each in recommendations]


def absent_kinds(sections: list[dict[str, Any]]) -> str:
    """A sentence on the kinds of statement that this theme has none of, or "" where it has them all."""
    absent = [section["all_words"] for section in sections if not section["count"]]
    return f"Not recorded about this theme so far: {', '.join(absent)}." if absent else ""


def chart(theme: Theme, years: dict[int, set[int]]) -> dict[str, Any] | None:
    """Reviews by year of learning, from the first to the last; None where there is nothing to compare."""
    counts = Counter(year for each in years.values() for year in each)
    if len(years) < 2 or not counts:
        return None
    first, last, most = min(counts), max(counts), max(counts.values())
    undated = sum(1 for each in years.values() if not each)
    rows = [chart_row(theme, str(year), counts[year], most) for year in range(first, last + 1)]
    if undated:
        rows.append(chart_row(theme, "not-stated", undated, most))
    description = "The year in which a bulletin was published, else the period that it prints."
    if any(len(each) > 1 for each in years.values()):
        description += " A review that belongs to several years is counted in each of them."
    when = f"in {first}" if first == last else f"from {first} to {last}"
    return {"title": f"{len(years)} reviews by year, {when}", "description": description, "rows": rows}


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
    """The list of what is on the page."""
    items = [{"id": "reviews", "label": "Reviews", "count": context["review_count"]}] if context["reviews"] else []
    items += [
        {"id": section["kind"], "label": section["heading"], "count": section["count"]}
        for section in context["sections"]
        if section["count"] or (section["kind"] == "action" and context["progress"])
    ]
    if context["companions"]:
        items.append({"id": "occurs-with", "label": "Themes it occurs with", "count": None})
    return items
