"""The home page: what there is, by theme, and the newest bulletins."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from learning.catalogue import Catalogue, current
from learning.catalogue.rows import bulletins_for_rows
from learning.catalogue.shown import Shown
from learning.catalogue.totals import Total, site_totals, theme_totals
from learning.components.wording import counted_kind
from learning.pages.agencies import number_for
from learning.pages.themes import groups
from reviews.models import Theme
from reviews.vocabulary import Tree

# What people come for most. The short name of a tile, where the theme's own is long.
TILES = {
    "neglect": "",
    "domestic-abuse": "",
    "child-sexual-exploitation": "Sexual exploitation",
    "missing-from-care": "",
    "suicide": "",
    "vulnerability-of-babies": "Babies",
}
BULLETINS_SHOWN = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    catalogue = current()
    tree, totals = catalogue.themes, theme_totals(catalogue)
    bulletins = newest_bulletins(catalogue)
    context = {
        "totals": site_totals(catalogue),
        "tiles": tiles(tree, totals),
        "agencies": [{"agency": each, "number": number_for(catalogue, each)} for each in catalogue.agencies],
        "wants": wants(catalogue),
        "groups": groups(tree, totals),
        "theme_count": len(tree.terms) - len(tree.roots()),
        "bulletins": bulletins,
        "shown": Shown.of(catalogue, titles=(row["bulletin"] for row in bulletins)),
    }
    return render(request, "pages/home.html", context)


def tiles(tree: Tree[Theme], totals: dict[int, Total]) -> list[dict[str, Any]]:
    known = [(tree.by_slug[slug], name) for slug, name in TILES.items() if slug in tree.by_slug]
    return [
        {"name": name or theme.name, "url": theme.get_absolute_url(), "total": totals[theme.pk]}
        for theme, name in known
    ]


def wants(catalogue: Catalogue) -> list[dict[str, str]]:
    """What people come to do, besides reading about a theme."""
    with_kind = catalogue.statements.with_value
    questions, recommendations = (len(with_kind("kind", kind)) for kind in ("question", "recommendation"))
    return [
        {
            "label": "Questions to discuss",
            "url": reverse("question_list"),
            "text": f"{counted_kind(questions, 'question')} that bulletins put to teams",
        },
        {
            "label": "Recommendations",
            "url": reverse("recommendation_list"),
            "text": f"{recommendations}, and what became of them",
        },
    ]


def newest_bulletins(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Each with ``statement_count``: how many of its statements the public may read."""
    keys = catalogue.bulletins.keys_at(catalogue.bulletins.records[:BULLETINS_SHOWN])
    groups = catalogue.statements.groups
    return [
        {"bulletin": bulletin, "statement_count": groups[bulletin.pk].size if bulletin.pk in groups else 0}
        for bulletin in bulletins_for_rows(catalogue, keys)
    ]
