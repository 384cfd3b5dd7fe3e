"""The glossary: names and words that have changed, for the whole site, and the acronyms of each bulletin."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from learning.catalogue import current
from learning.catalogue.rows import bulletins_for_rows
from learning.catalogue.shown import Shown
from learning.components.pagination import PER_PAGE, no_such_page, page_at, range_around
from learning.models import Bulletin, GlossaryTerm


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """What holds for the whole site, on the first page, and bulletins with their acronyms, the newest first."""
    catalogue = current()
    asked = request.GET.get("page", "")
    paginator = Paginator(catalogue.bulletins.with_value("explained", True), PER_PAGE)
    page = page_at(paginator, asked)
    is_first = page is not None and page.number == 1
    site_wide = GlossaryTerm.objects.filter(bulletin__isnull=True) if is_first else []
    keys = catalogue.bulletins.keys[list(page or [])].tolist()
    bulletins = bulletins_for_rows(catalogue, keys)
    context = {
        "crumbs": [{"label": "Glossary"}],
        "page_obj": page,
        "page_range": range_around(page),
        "problem": no_such_page(asked, paginator) if page is None else "",
        "is_first": is_first,
        "terms": [entry(term, "") for term in sorted(site_wide, key=lambda term: term.term.casefold())],
        "bulletins": with_terms(bulletins),
        "shown": Shown.of(catalogue, texts=bulletins),
    }
    return render(request, "learning/glossary.html", context)


def with_terms(bulletins: Iterable[Bulletin]) -> list[dict[str, Any]]:
    """Bulletins with their terms: an expansion holds in its own bulletin and nowhere else. One query, or none."""
    groups: dict[int, dict[str, Any]] = {each.pk: {"bulletin": each, "terms": []} for each in bulletins}
    for term in GlossaryTerm.objects.filter(bulletin__in=groups).order_by("term"):
        assert term.bulletin_id is not None
        group = groups[term.bulletin_id]
        group["terms"].append(entry(term, f"{group['bulletin'].slug}-"))
    return list(groups.values())


def entry(term: GlossaryTerm, prefix: str) -> dict[str, Any]:
    return {"term": term, "id": f"{prefix}{slugify(term.term)}"}
