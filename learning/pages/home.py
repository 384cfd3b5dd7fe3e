"""The home page: what there is, by theme, and the newest bulletins."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learning.catalogue import Catalogue, current
from learning.catalogue.rows import bulletins_for_rows
from learning.catalogue.shown import Shown
from learning.catalogue.totals import Total, site_totals, theme_totals
from reviews.models import Theme
from reviews.vocabulary import Tree

WAYS_IN = ("police", "childrens-social-care", "health", "schools", "housing")
THEMES_OF_A_GROUP = 6
BULLETINS_SHOWN = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    catalogue = current()
    tree, agencies = catalogue.themes, catalogue.agencies
    bulletins = newest_bulletins(catalogue)
    context = {
        "totals": site_totals(catalogue),
        "groups": theme_groups(tree, theme_totals(catalogue)),
        "theme_count": len(tree.terms) - len(tree.roots()),
        "ways_in": [agencies.by_slug[slug] for slug in WAYS_IN if slug in agencies.by_slug],
        "bulletins": bulletins,
        "shown": Shown.of(catalogue, titles=(row["bulletin"] for row in bulletins)),
    }
    return render(request, "pages/home.html", context)


def theme_groups(tree: Tree[Theme], totals: dict[int, Total]) -> list[dict[str, Any]]:
    """Groups with something in them, and of each the themes with most: from reviews about them, then by their words."""

    def most_first(themes: list[Theme]) -> list[Theme]:
        used = [theme for theme in themes if totals[theme.pk]]
        return sorted(
            used, key=lambda theme: (-totals[theme.pk].of_reviews, -totals[theme.pk].statements, theme.position)
        )

    groups = []
    for group in most_first(tree.roots()):
        themes = most_first([theme for theme in tree.walk(group) if theme != group])
        groups.append(
            {
                "group": with_count(group, totals),
                "themes": [with_count(theme, totals) for theme in themes[:THEMES_OF_A_GROUP]],
                "more": len(themes[THEMES_OF_A_GROUP:]),
            }
        )
    return groups


def with_count(theme: Theme, totals: dict[int, Total]) -> dict[str, Any]:
    return {"name": theme.name, "url": theme.get_absolute_url(), "total": totals[theme.pk]}


def newest_bulletins(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Each with ``statement_count``: how many of its statements the public may read."""
    keys = catalogue.bulletins.keys_at(catalogue.bulletins.records[:BULLETINS_SHOWN])
    groups = catalogue.statements.groups
    return [
        {"bulletin": bulletin, "statement_count": groups[bulletin.pk].size if bulletin.pk in groups else 0}
        for bulletin in bulletins_for_rows(catalogue, keys)
    ]
