"""The editors' guide, with examples that are looked up in the published bulletins, and the report on their links."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from learning.intake.desk.access import desk
from learning.models import Link, Statement

Place = tuple[str, int]  # bulletin and serial of a statement

# What each kind is, the headings and labels that announce it, and where an example stands.
KINDS: list[tuple[str, str, str, list[Place]]] = [
    (
        Statement.Kind.LEARNING_POINT,
        "What the review teaches, finds or identifies as an issue.",
        "Key learning points; Lessons learned; Findings; Key issues; Learning includes; Learning themes include",
        [("child-r-2015", 3), ("young-person-k-2016", 6)],
    ),
    (
        Statement.Kind.RISK_INDICATOR,
        "A sign of risk or vulnerability, or a trigger, to look out for.",
        "Indicators of risk and vulnerability; often triggered by; Risk factors",
        [("young-person-k-2016", 2), ("west-sussex-briefing-2017", 17)],
    ),
    (
        Statement.Kind.GOOD_PRACTICE,
        "Something done well that others should copy.",
        "Good practice; What worked well",
        [],
    ),
    (
        Statement.Kind.RECOMMENDATION,
        "What somebody is asked to do.",
        "Recommendations; What needs to happen; To do; imperative lists addressed to an agency",
        [("young-person-k-2016", 19), ("knowsley-child-q-and-s-2017", 7)],
    ),
    (
        Statement.Kind.ACTION,
        "What has been done, is being done or is firmly committed to in response.",
        "Actions taken; What we have done; Board response; Progress; Outcome",
        [("child-b-2010", 4), ("child-r-2015", 17)],
    ),
    (
        Statement.Kind.QUESTION,
        "A question put to the reader for reflection or supervision. A question mark alone does not make one.",
        "Question; Questions to consider; Reflect",
        [("west-sussex-briefing-2017", 6)],
    ),
    (
        Statement.Kind.FACT,
        "A figure or research fact that is separate from the case, with its citation.",
        "Fast facts; Statistics",
        [("west-sussex-briefing-2017", 2)],
    ),
]

# Cases that editors ask about: what was decided, why, and where.
HARD_CASES: list[tuple[str, str, list[Place]]] = [
    (
        "A finding in a sentence of prose",
        (
            "It counts where the sentence says so: “The review found that …”, “The panel noted …”. That sentence alone "
            "is one learning point, and its form is “a finding in prose”."
        ),
        [("child-r-2015", 1), ("knowsley-child-q-and-s-2017", 1)],
    ),
    (
        "A list under a lead-in",
        (
            "The lead-in is a statement, and so is each part that is a separate clause or a named measure. The "
            "lead-in is the parent of its parts, and is always shown with them."
        ),
        [("child-b-2010", 6), ("child-b-2010", 8)],
    ),
    (
        "Part of a list that only completes its sentence",
        "A few words that mean nothing without the sentence above stay with it, as one statement.",
        [("child-b-2010", 24)],
    ),
    (
        "A number that the source has lost",
        "Leave the number empty and mark it “lost in the source”. Never work it out from the numbers around it.",
        [("knowsley-child-q-and-s-2017", 3)],
    ),
    (
        "Items numbered 3a and 3b",
        "Each is a statement, with its number as printed.",
        [("young-person-k-2016", 17)],
    ),
    (
        "A question under a learning heading",
        "The nearest heading decides: this one is under “learning”, so it is a learning point, question mark or not.",
        [("west-sussex-briefing-2017", 24)],
    ),
]


@desk()
@require_safe
def desk_guide(request: HttpRequest) -> HttpResponse:
    places = [place for *_, of_kind in KINDS for place in of_kind]
    shown = examples([*places, *(place for *_, of_case in HARD_CASES for place in of_case)])
    context = {
        "kinds": [
            {
                "kind": kind,
                "label": Statement.Kind(kind).label,
                "what": what,
                "headings": headings,
                "examples": [shown[place] for place in places if place in shown],
            }
            for kind, what, headings, places in KINDS
        ],
        "hard_cases": [
            {"title": title, "what": what, "examples": [shown[place] for place in places if place in shown]}
            for title, what, places in HARD_CASES
        ],
        "links": link_report(),
        "desk_section": "guide",
    }
    return render(request, "desk/guide.html", context)


def examples(places: list[Place]) -> dict[Place, dict[str, Any]]:
    """The published statements at these places, as quotations. What is held or not loaded is left out."""
    wanted = Statement.objects.published().for_list().filter(bulletin__slug__in={slug for slug, _ in places})
    return {
        (one.bulletin.slug, one.serial): {
            "text": one.text,
            "source": f"{one}, {one.bulletin.title}, {one.bulletin.board.public_name}",
            "url": one.get_absolute_url(),
        }
        for one in wanted.filter(serial__in={serial for _, serial in places})
        if (one.bulletin.slug, one.serial) in places
    }


def link_report() -> list[dict[str, Any]]:
    """Every printed address with when a person last looked at it: those never looked at first, then the oldest."""
    links = Link.objects.exclude(address="").select_related("bulletin")
    links = links.order_by(F("checked_on").asc(nulls_first=True), "bulletin", "position")
    return [
        {
            "title": link.title,
            "address": link.address,
            "checked_on": link.checked_on,
            "bulletin": link.bulletin,
            "url": reverse("desk_more_entry", args=[link.bulletin_id, "links", link.pk]),
        }
        for link in links
    ]
