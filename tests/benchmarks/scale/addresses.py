"""What is asked for, drawn by chance from what the database shows: run in the copy, prints JSON.

    python -m tests.benchmarks.scale.addresses

``pages`` maps each kind of page to addresses; ``listed`` are lists of statements, each as the product, Datasette and
plain SQL are asked for it; ``searches`` are words with the query of the index alone.
"""

import json
import random
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

import django

django.setup()

from django.db import connection  # noqa: E402 (models can be imported only now)
from django.db.models import Max  # noqa: E402

from learning.models import Bulletin, Statement  # noqa: E402
from learning.search.backends import for_fts5, for_tsquery  # noqa: E402
from learning.search.language.query import parse  # noqa: E402
from reviews.models import Agency, Review, Theme  # noqa: E402
from tests.benchmarks.scale import flat  # noqa: E402

EACH = 60
COMMON = ("child", "family", "police", "information", "risk", "history", "plan", "school")
IN_ALL = ("regard",)  # samples alone have a word in every sentence
FACETS = ("kind", "board", "year", "agency", "nature", "theme")
Asked = dict[str, str]


class Drawn:
    """Visible statements in a random order, over and over, each with what it could be found by."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        last = Statement.objects.aggregate(last=Max("pk"))["last"]
        keys = self.chance.sample(range(1, last + 1), min(last, 900))
        self.all = list(Statement.objects.published().for_list().filter(pk__in=keys).prefetch_related("agencies"))
        self.chance.shuffle(self.all)
        self.at = 0
        self.themes = set(Theme.objects.filter(children__isnull=True).values_list("slug", flat=True))
        self.agencies = set(Agency.objects.filter(children__isnull=True).values_list("slug", flat=True))

    def next(self) -> Statement:
        self.at += 1
        statement: Statement = self.all[self.at % len(self.all)]
        return statement

    def facets(self, statement: Statement) -> Asked:
        """One value of each facet that this statement has; themes and agencies without any below them."""
        review, bulletin = statement.review, statement.bulletin
        themes = [tag.theme.slug for tag in statement.theme_tags.all() if tag.theme.slug in self.themes]
        agencies = [agency.slug for agency in statement.agencies.all() if agency.slug in self.agencies]
        child = statement.child or (review.children.first() if review else None)
        found = {
            "kind": statement.kind,
            "board": (review or bulletin).board.slug,
            "year": str(bulletin.last_year or "") if bulletin.first_year == bulletin.last_year else "",
            "agency": agencies[0] if agencies else "",
            "nature": review.nature if review else "",
            "age_band": child.age_band if child and not statement.child_id else "",
            "theme": themes[0] if themes else "",
        }
        return {name: value for name, value in found.items() if value and value != "not-stated"}

    def having(self, *names: str) -> Asked:
        """The values of these facets that one statement has."""
        while True:
            found = self.facets(self.next())
            if all(name in found for name in names):
                return {name: found[name] for name in names}

    def some(self, count: int, of: Sequence[str] = FACETS) -> Asked:
        """So many of these facets, chosen by chance, as one statement has them."""
        return self.having(*self.chance.sample(of, count))


def address(path: str, **asked: Any) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path


# --- kinds of page ------------------------------------------------------------------------------------------------


def pages(drawn: Drawn) -> dict[str, list[str]]:
    bulletins = list(Bulletin.objects.published().values_list("slug", flat=True)[:20_000])
    statements, reviews = Statement.objects.published().count(), Review.objects.published().count()
    kinds: dict[str, Callable[[], str]] = {
        "home": lambda: "/",
        **list_pages(drawn, "/learning/", statements, lambda: drawn.some(1), lambda: drawn.some(3)),
        **list_pages(
            drawn,
            "/reviews/",
            reviews,
            lambda: drawn.having("theme"),
            lambda: drawn.having("theme", "board", "nature"),
        ),
        "theme list": lambda: "/themes/",
        "theme": lambda: f"/themes/{drawn.having('theme')['theme']}/",
        "agency list": lambda: "/agencies/",
        "agency": lambda: f"/agencies/{drawn.having('agency')['agency']}/",
        "board list": lambda: "/boards/",
        "board": lambda: f"/boards/{drawn.having('board')['board']}/",
        "bulletin list": lambda: "/bulletins/",
        "bulletin": lambda: f"/bulletins/{drawn.chance.choice(bulletins)}/",
        "review": lambda: review_page(drawn),
        "statement": lambda: f"/learning/{drawn.next().pk}/",
        "glossary": lambda: "/glossary/",
    }
    return {kind: [make() for _ in range(EACH)] for kind, make in kinds.items()}


def list_pages(
    drawn: Drawn, path: str, total: int, one: Callable[[], Asked], three: Callable[[], Asked]
) -> dict[str, Callable[[], str]]:
    last = max(1, -(-total // 20))
    middle = range(last // 3 + 1, 2 * last // 3 + 2)
    return {
        path: lambda: path,
        f"{path} 1 facet": lambda: address(path, **one()),
        f"{path} 3 facets": lambda: address(path, **three()),
        f"{path} of a child": lambda: address(path, **drawn.having("age_band"), care_status="looked-after"),
        f"{path} middle page": lambda: address(path, page=drawn.chance.choice(middle)),
        f"{path} last page": lambda: address(path, page=last),
    }


def review_page(drawn: Drawn) -> str:
    while True:
        statement = drawn.next()
        if statement.review is not None:
            return str(statement.review.get_absolute_url())


# --- lists and searches -------------------------------------------------------------------------------------------


def listed(drawn: Drawn) -> list[dict[str, Any]]:
    """The way of a reader to a statement: the list of all, then with one, two and three of its facets."""
    chosen = list(drawn.some(3, of=[*FACETS, "age_band"]).items())
    return [
        {
            "kind": kind,
            "product": address("/learning/", **dict(chosen[:count])),
            "datasette": flat.address(dict(chosen[:count])),
            "raw": address("/list", **dict(chosen[:count])),
        }
        for count, kind in enumerate(("no facet", "one facet", "two facets", "three facets"))
    ]


def words(drawn: Drawn, kind: str) -> str:
    """Words of a visible statement: what few have, what some have, what many have, and three words in a row."""
    while True:
        text = drawn.next().text
        rare = re.findall(r"\b[a-z]+\d{3,}\b", text)
        plain = [word for word in re.findall(r"\b[a-z]{5,}\b", text) if word not in IN_ALL]
        row = re.search(r"\b[a-z]{5,} [a-z]+ [a-z]{5,}\b", text)
        found = {
            "rare": rare[0] if rare else "",
            "medium": " ".join(drawn.chance.sample(plain, 2)) if len(plain) > 1 else "",
            "common": next((word for word in COMMON if word in plain), ""),
            "phrase": f'"{row[0]}"' if row else "",
        }[kind]
        if found:
            return found


def search(drawn: Drawn, kind: str) -> dict[str, str]:
    asked = words(drawn, kind)
    query = parse(asked)
    match = for_fts5(query) if connection.vendor == "sqlite" else for_tsquery(query)
    return {
        "kind": kind,
        "plain": address("/learning/", q=asked),
        "faceted": address("/learning/", q=asked, **drawn.some(1)),
        "everything": address("/search/", q=asked),
        "bare": address("/bare", match=match),
    }


def main() -> None:
    drawn = Drawn(seed=1)
    found = {
        "statements": Statement.objects.published().count(),
        "reviews": Review.objects.published().count(),
        "bulletin": drawn.next().bulletin.slug,
        "pages": pages(drawn),
        "listed": [each for _ in range(EACH // 4) for each in listed(drawn)],
        "searches": [search(drawn, kind) for _ in range(EACH // 2) for kind in ("rare", "medium", "common", "phrase")],
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
