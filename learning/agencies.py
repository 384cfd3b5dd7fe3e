"""What reviews ask of an agency: what names it, what is addressed to it, what is addressed to a board it belongs to."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from learning.counts import agency_counts
from learning.models import Addressee, Statement, StatementAgency
from learning.statement_cards import FIRST_SHOWN, are_all_old, card
from learning.wording import counted, in_a_sentence
from learning.years import NEWEST_STATEMENTS
from reviews.models import Agency
from reviews.tree import Tree

BOARD = "board"
ALL_AGENCIES = "all-agencies"
POLICE = "police"  # "the police are", though it ends in no s
WITH_ARTICLE = {
    "childrens-trust",
    "community-safety-partnership",
    "integrated-care-board",
    "local-authority",
    "mash",
    "police",
    "voluntary-sector",
}


@dataclass(frozen=True)
class Words:
    """An agency in a sentence: "the police", "schools", and the verb that fits."""

    name: str
    is_plural: bool

    @property
    def belongs(self) -> str:
        return "belong" if self.is_plural else "belongs"


def words_for(agency: Agency) -> Words:
    """``Police`` as "the police", ``Child ... services (CAMHS)`` as "child ... services (CAMHS)", ``GPs`` as it is."""
    name = in_a_sentence(agency.name)
    is_plural = re.sub(r"\s*\(.*\)$", "", name).endswith("s") and agency.slug not in WITH_ARTICLE
    is_plural = is_plural or agency.slug == POLICE
    return Words(f"the {name}" if agency.slug in WITH_ARTICLE or agency.slug == BOARD else name, is_plural)


@require_safe
def agency_list(request: HttpRequest) -> HttpResponse:
    tree = Tree(Agency.objects.all())
    named, addressed = agency_counts(tree)
    rows = [
        {
            "agency": agency,
            "is_part": bool(agency.parent_id),
            "named": named[agency.pk],
            "addressed": addressed[agency.pk],
        }
        for agency in tree
    ]
    context = {"crumbs": [{"label": "Agencies"}], "rows": rows, "nav_section": "agencies"}
    return render(request, "learning/agency_list.html", context)


@require_safe
def agency_detail(request: HttpRequest, slug: str) -> HttpResponse:
    tree = Tree(Agency.objects.all())
    agency = tree.get_or_404(slug)
    sits_on_boards = any(each.sits_on_boards for each in tree.walk(agency))
    conditions = conditions_for(tree.ids(agency), sits_on_boards)
    counts = counts_of(conditions)
    words = words_for(agency)
    shown = lists(agency, conditions, counts)
    context = {
        "nav_section": "agencies",
        "agency": agency,
        "words": words,
        "crumbs": crumbs(tree, agency),
        "below": tree.children(agency),
        "sits_on_boards": sits_on_boards,
        "sentence": sentence(words, counts, sits_on_boards),
        "lists": shown,
        "is_all_old": are_all_old(each for one in shown for each in one["cards"]),
        "of_everybody": Statement.objects.published().filter(naming(agency__slug=ALL_AGENCIES)).count(),
    }
    return render(request, "learning/agency_detail.html", context)


def crumbs(tree: Tree[Agency], agency: Agency) -> list[dict[str, str]]:
    above = [{"label": each.name, "url": each.get_absolute_url()} for each in tree.ancestors(agency)]
    return [{"label": "Agencies", "url": reverse("agency_list")}, *above, {"label": agency.name}]


def conditions_for(ids: list[int], sits_on_boards: bool) -> dict[str, Q]:
    """What is in each of the lists of an agency, with all that is below it: they are never mixed.

    What is addressed to "the Board" is addressed to its members as well, but names none of them: it stands apart, and
    only where the agency, or a part of it, sits on boards.
    """
    conditions = {
        "named": naming(agency__in=ids),
        "addressed": addressed_to(agency__in=ids),
    }
    return conditions | ({"board": addressed_to(agency__slug=BOARD)} if sits_on_boards else {})


def counts_of(conditions: dict[str, Q]) -> dict[str, int]:
    """How many statements stand in each list, and under ``..._recommendations`` how many of them recommend."""
    recommends = Q(kind=Statement.Kind.RECOMMENDATION)
    counts = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    counts |= {f"{name}_recommendations": Count("pk", filter=each & recommends) for name, each in conditions.items()}
    return Statement.objects.published().aggregate(**counts)


def sentence(words: Words, counts: dict[str, int], sits_on_boards: bool) -> str:
    """What recommendations ask, said honestly: "None of the recommendations names the police; 10 address ..."."""
    named, addressed = counts["named_recommendations"], counts["addressed_recommendations"]
    none = "None of the recommendations names"
    parts = [f"{counted(named, 'recommendation names', 'recommendations name') if named else none} {words.name}"]
    if addressed:
        parts.append(f"{counted(addressed, 'is', 'are')} addressed to {words.name}")
    if sits_on_boards:
        to_boards = counts["board_recommendations"]
        addressing = counted(to_boards, "addresses", "address") if to_boards else "none addresses"
        parts.append(f"{addressing} a board or partnership that {words.name} {words.belongs} to")
    return "; ".join(parts) + "."


def lists(agency: Agency, conditions: dict[str, Q], counts: dict[str, int]) -> list[dict[str, Any]]:
    """Each list with its number, its first statements and the address of the whole."""
    published = Statement.objects.published()
    first = {
        name: list(published.filter(condition).order_by(*NEWEST_STATEMENTS).values_list("pk", flat=True)[:FIRST_SHOWN])
        for name, condition in conditions.items()
    }
    keys_shown = {key for keys in first.values() for key in keys}
    fetched = {each.pk: each for each in published.for_list().filter(pk__in=keys_shown)}
    return [
        {
            "id": name,
            "count": counts[name],
            "cards": [card(fetched[key]) for key in keys],
            "all_url": f"{reverse('statement_list')}?{urlencode(whole_list(agency, name))}",
        }
        for name, keys in first.items()
    ]


def whole_list(agency: Agency, name: str) -> dict[str, str]:
    return {
        "named": {"agency": agency.slug},
        "addressed": {"addressed_to": agency.slug},
        "board": {"addressed_to": BOARD},
    }[name]


def naming(**agency: Any) -> Q:
    return Q(Exists(StatementAgency.objects.filter(statement=OuterRef("pk"), **agency)))


def addressed_to(**agency: Any) -> Q:
    return Q(Exists(Addressee.objects.filter(statement=OuterRef("pk"), **agency)))
