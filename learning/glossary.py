"""The glossary: names and words that have changed, for the whole site, and the acronyms of each bulletin."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from learning.models import Bulletin, GlossaryTerm


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    site_wide = GlossaryTerm.objects.filter(bulletin__isnull=True)
    of_bulletins = (
        GlossaryTerm.objects.filter(bulletin__in=explained())
        .select_related("bulletin__board")
        .order_by(F("bulletin__last_year").desc(nulls_last=True), "bulletin__title", "bulletin", "term")
    )
    context = {
        "crumbs": [{"label": "Glossary"}],
        "terms": [entry(term, "") for term in sorted(site_wide, key=lambda term: term.term.casefold())],
        "bulletins": by_bulletin(of_bulletins),
    }
    return render(request, "learning/glossary.html", context)


def explained() -> QuerySet[Bulletin]:
    """The bulletins whose terms are shown: those are words of the bulletin, and may be about any of its reviews."""
    visible = Bulletin.objects.published().with_is_whole().filter(Q(is_whole=True))
    return visible.exclude(rights=Bulletin.Rights.METADATA)


def by_bulletin(terms: Iterable[GlossaryTerm]) -> list[dict[str, Any]]:
    """Terms that come sorted by bulletin, grouped: an expansion holds in its own bulletin and nowhere else."""
    groups: list[dict[str, Any]] = []
    for term in terms:
        assert term.bulletin is not None
        if not groups or groups[-1]["bulletin"] != term.bulletin:
            groups.append({"bulletin": term.bulletin, "terms": []})
        groups[-1]["terms"].append(entry(term, f"{term.bulletin.slug}-"))
    return groups


def entry(term: GlossaryTerm, prefix: str) -> dict[str, Any]:
    return {"term": term, "id": f"{prefix}{slugify(term.term)}"}
