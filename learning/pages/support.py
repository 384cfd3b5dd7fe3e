"""/support/: the helplines by topic, all of them or those of one nation; a few stand at the foot of every page."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from learning.catalogue import Revision, current_revision
from learning.components.wording import echo
from learning.models import NATIONS, SupportLine


@dataclass(frozen=True)
class SupportLines:
    """``main`` are the few that every page shows."""

    all: list[SupportLine]

    @property
    def main(self) -> list[SupportLine]:
        return [line for line in self.all if line.in_footer]


@lru_cache(maxsize=4)
def lines_at(revision: Revision) -> SupportLines:
    """The support lines, which every page shows and hardly anybody changes: read once of each revision."""
    return SupportLines(list(SupportLine.objects.all()))


@require_safe
def support_lines(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("nation", "")
    nation = {slugify(name): name for name in NATIONS}.get(asked, "")
    lines = lines_at(current_revision()).all
    is_unknown = bool(asked) and not nation
    context = {
        "crumbs": [{"label": "Support lines"}],
        "nation": nation,
        "problem": f"There is no nation called “{echo(asked)}”. These are the support lines for all nations."
        if is_unknown
        else "",
        "tabs": tabs(nation),
        "has_unconfirmed": any(line.needs_hours and not line.checked_on for line in lines),
        "topics": topics(line for line in lines if not nation or nation in line.nations),
        "can_be_left": True,
    }
    return render(request, "pages/support.html", context)


def tabs(chosen: str) -> list[dict[str, Any]]:
    everywhere = reverse("support_lines")
    addresses = {name: f"{everywhere}?nation={slugify(name)}" for name in NATIONS}
    own = [{"label": name, "url": url, "is_current": name == chosen} for name, url in addresses.items()]
    return [{"label": "All nations", "url": everywhere, "is_current": not chosen}, *own]


def topics(lines: Iterable[SupportLine]) -> list[dict[str, Any]]:
    """Each topic that has lines, with these."""
    of_topics: dict[str, list[SupportLine]] = {topic: [] for topic in SupportLine.Topic.values}
    for line in lines:
        of_topics[line.topic].append(line)
    return [{"topic": SupportLine.Topic(topic), "lines": own} for topic, own in of_topics.items() if own]
