"""The home page, the pages that only say something, and the health check."""

from typing import Any

from django.db import connection, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.catalogue import Catalogue, current
from learning.counts import Total, site_totals, theme_totals
from learning.fetching import bulletins_for_rows
from reviews.models import Theme
from reviews.tree import Tree
from scr_kb.replica import REPLICA, replica

WAYS_IN = ("police", "childrens-social-care", "health", "schools", "housing")
THEMES_OF_A_GROUP = 6
BULLETINS_SHOWN = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    catalogue = current()
    tree, agencies = catalogue.themes, catalogue.agencies
    context = {
        "totals": site_totals(catalogue),
        "groups": theme_groups(tree, theme_totals(catalogue)),
        "theme_count": len(tree.terms) - len(tree.roots()),
        "ways_in": [agencies.by_slug[slug] for slug in WAYS_IN if slug in agencies.by_slug],
        "bulletins": newest_bulletins(catalogue),
    }
    return render(request, "pages/home.html", context)


def theme_groups(tree: Tree[Theme], totals: dict[int, Total]) -> list[dict[str, Any]]:
    """Groups with something in them, and of each the themes that have most: by statements, then by reviews."""

    def most_first(themes: list[Theme]) -> list[Theme]:
        used = [theme for theme in themes if totals[theme.pk]]
        return sorted(used, key=lambda theme: (-totals[theme.pk].statements, -totals[theme.pk].reviews, theme.position))

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
    units = catalogue.statements.units
    return [
        {"bulletin": bulletin, "statement_count": units[bulletin.pk].size if bulletin.pk in units else 0}
        for bulletin in bulletins_for_rows(catalogue, keys)
    ]


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """A page whose words all stand in its template."""
    return render(request, f"pages/{name}.html", {"crumbs": [{"label": name.capitalize()}]})


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers; an error otherwise, for the load balancer. A replica it tells of, and can miss."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    told = {"status": "ok"}
    if REPLICA in connections:
        told["replica"] = replica.trouble or "ok"
    return JsonResponse(told)
