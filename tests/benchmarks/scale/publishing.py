"""What one change costs: a bulletin is taken back and published again, and every worker is asked what it shows now."""

import re
import time
from dataclasses import dataclass, field

from tests.benchmarks.scale.asking import ask, expect
from tests.benchmarks.scale.servers import Server
from tests.benchmarks.scale.site import Site

LIST = "/learning/"
SAVE = """
from learning.models import Bulletin
bulletin = Bulletin.objects.get(slug={slug!r})
bulletin.state = {state!r}
bulletin.save()
"""


@dataclass
class Changes:
    """``first`` and ``second``: seconds of each worker's first and second answer after a change; ``steady``: before."""

    steady: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    second: list[float] = field(default_factory=list)
    is_shown: bool = True


def total(body: bytes) -> int:
    """How many statements the page says it has found."""
    found = re.search(rb"<title>\s*([\d,]+) statement", body)
    return int(found[1].replace(b",", b"")) if found else -1


def measured(site: Site, database: str, server: Server, slug: str) -> Changes:
    """Takes this bulletin back and publishes it again; each worker is asked alone, the others being held."""
    found = Changes()
    before = told(server, found.steady)
    for state in ("held", "published"):
        site.manage(database, "shell", "--verbosity", "0", "-c", SAVE.format(slug=slug, state=state))
        now = told(server, found.first, found.second)
        is_right = all(each < before[0] for each in now) if state == "held" else now == before
        found.is_shown = found.is_shown and is_right
    return found


def told(server: Server, *seconds: list[float]) -> list[int]:
    """What each worker says in its first answer; its times are added to these lists, one of each answer."""
    said = []
    for worker in server.workers:
        with server.only(worker):
            time.sleep(0.1)  # what was held on its way in is answered when the others go on
            answers = [expect(ask(server.port, LIST), what=LIST) for _ in seconds]
        said.append(total(answers[0].body))
        for times, answer in zip(seconds, answers, strict=True):
            times.append(answer.seconds)
    return said
