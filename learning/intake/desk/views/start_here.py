"""Which statements a theme's page puts first: the themes, the choices for one, and the form of one choice."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pyroaring import BitMap

from learning.catalogue import Catalogue, current
from learning.catalogue.rows import statements_for_cards
from learning.catalogue.totals import statements_by_theme, statements_from_reviews
from learning.intake.desk.access import desk
from learning.intake.desk.forms.start_here import StartHereForm
from learning.intake.desk.lookups import version_of as version_sent
from learning.intake.desk.presenters.refusals import linked, refused_page
from learning.intake.editing.errors import EditConflict, EditRejected
from learning.intake.editing.permissions import PUBLISH
from learning.intake.publication import start_here
from learning.models import MOST_TO_START_WITH, StartHere, Statement
from reviews.models import Theme

ON_A_PAGE = 20
PARTS = {"about": "About it", "reviews": "From reviews about it"}


@desk()
@require_safe
def desk_start_here(request: HttpRequest) -> HttpResponse:
    catalogue = current()
    about, of_reviews = statements_by_theme(catalogue), statements_from_reviews(catalogue)
    chosen: dict[int, int] = {}
    for key in StartHere.objects.values_list("theme", flat=True):
        chosen[key] = chosen.get(key, 0) + 1
    rows = [
        {
            "theme": theme,
            "depth": len(catalogue.themes.ancestors(theme)),
            "chosen": chosen.get(theme.pk, 0),
            "about": len(about[theme.pk]),
            "of_reviews": len(of_reviews[theme.pk] - about[theme.pk]),
        }
        for theme in catalogue.themes
    ]
    shown = [row for row in rows if row["chosen"] or row["about"] or row["of_reviews"]]
    context = {"rows": shown, "most": MOST_TO_START_WITH, "desk_section": "start-here"}
    return render(request, "desk/start_here.html", context)


@desk()
@require_safe
def desk_start_here_theme(request: HttpRequest, slug: str) -> HttpResponse:
    theme = get_object_or_404(Theme, slug=slug)
    catalogue = current()
    parts = candidates(catalogue, theme)
    part = request.GET.get("part", "")
    part = part if part in PARTS else "about" if parts["about"] else "reviews"
    page = Paginator(catalogue.statements.keys_at(parts[part]), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(request, theme),
        "tabs": [
            {"label": label, "count": len(parts[name]), "url": f"?part={name}", "is_current": name == part}
            for name, label in PARTS.items()
        ],
        "page_obj": page,
        "statements": statements_for_cards(catalogue, list(page.object_list)),
    }
    return render(request, "desk/start_here_theme.html", context)


def candidates(catalogue: Catalogue, theme: Theme) -> dict[str, BitMap]:
    about = statements_by_theme(catalogue).get(theme.pk, BitMap())
    return {"about": about, "reviews": statements_from_reviews(catalogue).get(theme.pk, BitMap()) - about}


def frame(request: HttpRequest, theme: Theme) -> dict[str, Any]:
    chosen = start_here.chosen_for(theme)
    return {
        "theme": theme,
        "chosen": chosen,
        "chosen_keys": {one.statement_id for one in chosen},
        "hidden_keys": {one.statement_id for one in chosen}
        - set(Statement.objects.published().filter(start_here__in=chosen).values_list("pk", flat=True)),
        "most": MOST_TO_START_WITH,
        "version": start_here.version_of(theme),
        "may_change": request.user.has_perm(PUBLISH),
        "desk_section": "start-here",
    }


@desk(PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_start_here_choice(request: HttpRequest, slug: str, statement: int) -> HttpResponse:
    """The form of one choice. What was typed stays in it until it is stored, whatever others do meanwhile."""
    theme = get_object_or_404(Theme, slug=slug)
    one = get_object_or_404(Statement.objects.for_list(), pk=statement)
    form = StartHereForm(request.POST or None, chosen=start_here.chosen_for(theme), statement=one)
    refusal: EditRejected | None = None
    if request.method == "POST" and form.is_valid():
        position, reason = form.cleaned_data["position"], form.cleaned_data["reason"]
        try:
            start_here.choose(request.user, theme, version_sent(request), one, position, reason)
            messages.success(request, "Saved. The public sees it on the theme’s page.")
            return redirect("desk_start_here_theme", slug=slug)
        except EditRejected as error:
            refusal = error
    context = {
        **frame(request, theme),
        "statement": one,
        "form": form,
        "is_chosen": form.own is not None,
        "reasons": linked(refusal.reasons, None) if refusal else [],
        "is_conflict": isinstance(refusal, EditConflict),
    }
    return render(request, "desk/start_here_choice.html", context, status=422 if request.method == "POST" else 200)


@desk(PUBLISH)
@require_POST
def desk_start_here_remove(request: HttpRequest, slug: str, statement: int) -> HttpResponse:
    theme = get_object_or_404(Theme, slug=slug)
    one = get_object_or_404(Statement.objects.select_related("bulletin"), pk=statement)
    with refused_page(request) as page:
        start_here.remove(request.user, theme, version_sent(request), one, request.POST.get("reason", ""))
        messages.success(request, "Removed.")
        page.response = redirect("desk_start_here_theme", slug=slug)
    return page.response
