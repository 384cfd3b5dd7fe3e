"""What reviews ask of an agency: what names it or is addressed to it or to a board it belongs to, and its questions."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from pyroaring import BitMap

from learning.browse.table_filters import questions_in
from learning.catalogue import Catalogue, current
from learning.catalogue.rows import statements_for_cards
from learning.catalogue.shown import Shown
from learning.catalogue.totals import statements_addressed_to, statements_naming
from learning.components.statement_card import FIRST_SHOWN, age_of, card
from learning.components.wording import counted, in_a_sentence
from learning.models import Statement
from reviews.models import Agency
from reviews.vocabulary import Tree

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
    catalogue = current()
    if (asked := request.GET.get("agency", "")) in catalogue.agencies.by_slug:  # the choice of a profession
        return redirect(catalogue.agencies.by_slug[asked])
    named, addressed = statements_naming(catalogue), statements_addressed_to(catalogue)
    rows = [
        {
            "agency": agency,
            "is_part": bool(agency.parent_id),
            "named": len(named[agency.pk]),
            "addressed": len(addressed[agency.pk]),
        }
        for agency in catalogue.agencies
    ]
    context = {"crumbs": [{"label": "Agencies"}], "rows": rows, "nav_section": "agencies"}
    return render(request, "learning/agency_list.html", context)


@require_safe
def agency_detail(request: HttpRequest, slug: str) -> HttpResponse:
    catalogue = current()
    tree = catalogue.agencies
    agency = tree.get_or_404(slug)
    sits_on_boards = any(each.sits_on_boards for each in tree.walk(agency))
    members = members_of_lists(catalogue, agency, sits_on_boards)
    words = words_for(agency)
    first = lists(catalogue, agency, members)
    cards = [each for one in first for each in one["cards"]]
    context = {
        "nav_section": "agencies",
        "agency": agency,
        "words": words,
        "crumbs": crumbs(tree, agency),
        "below": tree.children(agency),
        "sits_on_boards": sits_on_boards,
        "sentence": sentence(words, recommending(catalogue, members), sits_on_boards),
        "lists": [each for each in first if each["id"] != "questions"],
        "questions": next(each for each in first if each["id"] == "questions"),
        "questions_to_all": questions_to_all(catalogue),
        "age": age_of(each["statement"].bulletin for each in cards),
        "shown": Shown.of(catalogue, statements=(each["statement"] for each in cards)),
        "wider": wider(catalogue, agency) if not cards else None,
        "of_everybody": len(with_value(catalogue, "agency", ALL_AGENCIES)),
    }
    return render(request, "learning/agency_detail.html", context)


def wider(catalogue: Catalogue, agency: Agency) -> dict[str, Any] | None:
    """Where there is something to read when nothing names an agency: the service that it is a part of."""
    above = [each for each in catalogue.agencies.ancestors(agency) if number_for(catalogue, each)]
    return {"agency": above[-1], "number": number_for(catalogue, above[-1])} if above else None


def number_for(catalogue: Catalogue, agency: Agency) -> int:
    """How many statements name an agency or are addressed to it."""
    return len(statements_naming(catalogue)[agency.pk] | statements_addressed_to(catalogue)[agency.pk])


def crumbs(tree: Tree[Agency], agency: Agency) -> list[dict[str, str]]:
    above = [{"label": each.name, "url": each.get_absolute_url()} for each in tree.ancestors(agency)]
    return [{"label": "Agencies", "url": reverse("agency_list")}, *above, {"label": agency.name}]


def members_of_lists(catalogue: Catalogue, agency: Agency, sits_on_boards: bool) -> dict[str, BitMap]:
    """What is in each of the lists of an agency, with all that is below it: they are never mixed.

    What is addressed to "the Board" is addressed to its members as well, but names none of them: it stands apart, and
    only where the agency, or a part of it, sits on boards.
    """
    members = {
        "named": statements_naming(catalogue)[agency.pk],
        "addressed": statements_addressed_to(catalogue)[agency.pk],
    }
    members["questions"] = questions_in(catalogue) & (members["named"] | members["addressed"])
    return members | ({"board": with_value(catalogue, "addressed_to", BOARD)} if sits_on_boards else {})


def questions_to_all(catalogue: Catalogue) -> int:
    """How many questions name no agency and are addressed to nobody: they are put to every reader."""
    statements = catalogue.statements
    of_nobody = statements.with_value("agency", None) & statements.with_value("addressed_to", None)
    return questions_in(catalogue).intersection_cardinality(of_nobody)


def with_value(catalogue: Catalogue, facet: str, slug: str) -> BitMap:
    """The statements that have this very agency, not one below it."""
    agency = catalogue.agencies.by_slug.get(slug)
    return catalogue.statements.with_value(facet, agency.pk) if agency else BitMap()


def recommending(catalogue: Catalogue, members: dict[str, BitMap]) -> dict[str, int]:
    """How many of the statements of each list are recommendations."""
    recommendations = catalogue.statements.with_value("kind", Statement.Kind.RECOMMENDATION)
    return {name: found.intersection_cardinality(recommendations) for name, found in members.items()}


def sentence(words: Words, counts: dict[str, int], sits_on_boards: bool) -> str:
    """What recommendations ask, said honestly: "None of the recommendations names the police; 10 address ..."."""
    named, addressed = counts["named"], counts["addressed"]
    none = "None of the recommendations names"
    parts = [f"{counted(named, 'recommendation names', 'recommendations name') if named else none} {words.name}"]
    if addressed:
        parts.append(f"{counted(addressed, 'is', 'are')} addressed to {words.name}")
    if sits_on_boards:
        to_boards = counts["board"]
        addressing = counted(to_boards, "addresses", "address") if to_boards else "none addresses"
        parts.append(f"{addressing} a board or partnership that {words.name} {words.belongs} to")
    return "; ".join(parts) + "."


def lists(catalogue: Catalogue, agency: Agency, members: dict[str, BitMap]) -> list[dict[str, Any]]:
    """Each list with its number, its first statements and the address of the whole."""
    first = {name: catalogue.statements.keys_at(found[:FIRST_SHOWN]) for name, found in members.items()}
    keys_shown = sorted({key for keys in first.values() for key in keys})
    fetched = {each.pk: each for each in statements_for_cards(catalogue, keys_shown)}
    return [
        {
            "id": name,
            "count": len(members[name]),
            "cards": [card(fetched[key]) for key in keys if key in fetched],
            "all_url": whole_list(agency, name),
        }
        for name, keys in first.items()
    ]


def whole_list(agency: Agency, name: str) -> str:
    view, query = {
        "named": ("statement_list", {"agency": agency.slug}),
        "addressed": ("statement_list", {"addressed_to": agency.slug}),
        "board": ("statement_list", {"addressed_to": BOARD}),
        "questions": ("question_list", {"agency": agency.slug}),
    }[name]
    return f"{reverse(view)}?{urlencode(query)}"
