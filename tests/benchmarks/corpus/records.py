"""Reviews with their children, bulletins with their statements: as many as are asked for, some at a time.

Boards, themes, years and kinds are skewed as real ones are; one record in some twenty-five is a draft, held or
withdrawn, so that what is visible has to be worked out. Only a handful of bulletins is in memory at once.
"""

import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils import timezone

from learning.models import (
    Addressee,
    Bulletin,
    PublicText,
    SearchDocument,
    SourceDocument,
    Statement,
    StatementAgency,
    StatementTheme,
)
from learning.models.public_text import TEXT_VERSION
from learning.search.index import Boards, lines_of_names, stems_of
from learning.search.language.terms import name_words
from reviews.models import Agency, Board, Child, ChildCareStatus, Review, ReviewAlias, ReviewTheme, Theme
from reviews.state import State
from tests.benchmarks.corpus.sentences import Drawn, Words
from tests.benchmarks.corpus.tables import Table

AT_ONCE = 200  # bulletins
STATES = [State.PUBLISHED] * 24 + [State.DRAFT]
OTHER_STATES = [State.HELD, State.WITHDRAWN, State.DRAFT]
KINDS = (
    ["learning_point"] * 9
    + ["recommendation"] * 4
    + ["action"] * 2
    + ["question", "good_practice", "fact", "risk_indicator"]
)
YEARS = [*range(2005, 2027), *range(2012, 2027), *range(2018, 2027)]
STATEMENTS = [12, 16, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38]  # in a bulletin, which speaks of some 1.3 reviews
TYPES = ["scr", "scr", "scr", "lcspr", "lcspr", "rapid", "learning", "not-stated"]
NATURES = ["death", "death", "serious-harm", "serious-harm", "serious-harm", "not-stated", "other"]
CARE = ["looked-after", "child-in-need", "child-protection-plan", "care-leaver"]
ADDRESSED = {"recommendation": 0.7, "action": 0.4}
KIND_LABELS = dict(Statement.Kind.choices)
WITHDRAWN = "Withdrawn to show what a withdrawn sample looks like."


class Corpus:
    """Makes ``count`` reviews, with what belongs to them. ``chunks()`` writes them, and says how many statements."""

    def __init__(self, count: int, seed: int) -> None:
        self.count = count
        self.chance = random.Random(seed)
        self.words = Words(self.chance)
        models = (
            Review, ReviewAlias, ReviewTheme, Child, ChildCareStatus, Bulletin, Bulletin.reviews.through,
            SourceDocument, PublicText, Statement, StatementTheme, StatementAgency, Addressee, SearchDocument,
        )  # fmt: skip
        self.tables = {model: Table(model) for model in models}
        self.boards = self.make_boards()
        self.themes: Drawn[Theme] = Drawn(self.chance, self.shuffled(Theme.objects.filter(parent__isnull=False)))
        self.agencies: Drawn[Agency] = Drawn(self.chance, self.shuffled(Agency.objects.all()))
        self.names_of_boards = cache(Boards.load().names)
        self.today = timezone.localdate().isoformat()

    def shuffled(self, terms: Any) -> list[Any]:
        found = sorted(terms, key=lambda term: term.slug)
        self.chance.shuffle(found)
        return found

    def make_boards(self) -> Drawn[Board]:
        """One for every twenty reviews, at least 5 and at most 400; some of them took over from others."""
        number = min(400, max(5, self.count // 20))
        boards = [
            Board(
                slug=f"sample-{n}",
                name=f"Sample Safeguarding Children {'Partnership' if n % 2 else 'Board'} {n}",
                short_name=f"SSCB {n}",
                kind=Board.Kind.PARTNERSHIP if n % 2 else Board.Kind.LSCB,
                is_withheld=n % 50 == 49,
            )
            for n in range(1, number + 1)
        ]
        made = Board.objects.bulk_create(boards)
        for earlier, later in zip(made[2::10], made[1::10], strict=False):
            earlier.succeeded_by = later
        Board.objects.bulk_update(made, ["succeeded_by"])
        documents = Boards.load()
        for board in made:
            title, labels = board.public_name, [] if board.is_withheld else documents.names(board.pk)[1:]
            self.document(board, title, labels, "")
        self.tables[SearchDocument].write()
        return Drawn(self.chance, made)

    def chunks(self) -> Iterator[int]:
        reviews = statements = 0
        while reviews < self.count:
            for _ in range(AT_ONCE):
                if reviews >= self.count:
                    break
                number = min(self.count - reviews, self.chance.choice((1, 1, 1, 1, 1, 1, 1, 1, 2, 3)))
                statements += self.bulletin([self.review(reviews + each + 1) for each in range(number)])
                reviews += number
                if self.chance.random() < 0.03:
                    statements += self.bulletin([])
            for table in self.tables.values():
                table.write()
            yield statements

    def state(self) -> dict[str, Any]:
        state = self.chance.choice(STATES)
        if state != State.PUBLISHED:
            state = self.chance.choice(OTHER_STATES)
        return {"state": state, "withdrawn_reason": WITHDRAWN if state == State.WITHDRAWN else ""}

    # --- the case ---------------------------------------------------------------------------------------------------

    def review(self, number: int) -> dict[str, Any]:
        """A review with its children; returns what its statements need to know of it."""
        chance, board = self.chance, self.boards.some(1, 1)[0]
        label = f"Sample Child {number}"
        children = chance.choice((0, 1, 1, 1, 1, 1, 1, 1, 2, 3))
        summary = f"A sample, made up to try the site. {self.words.sentence()}"
        key = self.tables[Review].add(
            board_id=board.pk, reporting_board_id=board.pk, slug=f"sample-child-{number}", label=label,
            summary=summary, type=chance.choice(TYPES), nature=chance.choice(NATURES),
            report_state=chance.choice(("published", "published", "not-stated", "withheld", "under-way")),
            **self.state(),
        )  # fmt: skip
        names = [label]
        if chance.random() < 0.2:
            names.append(f"Sample Case {number}")
            self.tables[ReviewAlias].add(review_id=key, name=names[-1])
        keys = [self.child(key, place) for place in range(1, children + 1)]
        names += [f"Sample {place}" for place in range(1, children + 1)]
        themes = sorted(self.themes.some(1, 6), key=lambda theme: (theme.position, theme.name))
        for theme in themes:
            self.tables[ReviewTheme].add(review_id=key, theme_id=theme.pk, assigned_by="curator")
        names += name_words(names)
        boards = self.names_of_boards(board.pk, None, board.pk)
        spoken = [name for theme in themes for name in (theme.name, *theme.synonym_list)]
        self.document_of(Review, key, label, [*names, *boards, *spoken], summary)
        return {
            "key": key,
            "label": label,
            "names": names,
            "board": board.pk,
            "board_name": board.name,
            "children": keys,
        }

    def child(self, review: int, place: int) -> int:
        chance = self.chance
        anonymous = chance.random() < 0.3
        told = {
            "age_band": chance.choice((*["under-1"] * 4, "1-to-5", "1-to-5", "6-to-10", "11-to-15", *["16-to-17"] * 3)),
            "ethnicity": chance.choice((*["not-stated"] * 6, "white", "white", "white", "black", "asian", "mixed")),
        }
        withheld = dict.fromkeys(("age_band", "ethnicity", "placement", "incident_year_told"), "withheld")
        key = self.tables[Child].add(
            review_id=review, position=place, pseudonym=f"Sample {place}", has_lifelong_anonymity=anonymous,
            sex=chance.choice(("female", "female", "male", "male", "not-stated")), **(withheld if anonymous else told),
        )  # fmt: skip
        for status in dict.fromkeys(chance.choices(CARE, k=chance.choice((0, 0, 1, 1, 2)))):
            self.tables[ChildCareStatus].add(child_id=key, status=status)
        return key

    # --- what it teaches ----------------------------------------------------------------------------------------------

    def bulletin(self, reviews: list[dict[str, Any]]) -> int:
        """A bulletin with its text and its statements; returns how many there are."""
        chance = self.chance
        board = reviews[0]["board"] if reviews else self.boards.some(1, 1)[0].pk
        key = self.tables[Bulletin].last + 1
        title = f"Sample learning bulletin {key}"
        rights = chance.choice((*["full-text"] * 12, "passages", "metadata"))
        basis = "" if rights == "metadata" else "Made up, so nobody else's words."
        self.tables[Bulletin].add(
            id=key, board_id=board, slug=f"sample-bulletin-{key}", title=title, rights=rights, rights_basis=basis,
            added_on=self.today, **self.dated(), **self.state(),
        )  # fmt: skip
        for review in reviews:
            self.tables[Bulletin.reviews.through].add(bulletin_id=key, review_id=review["key"])
        text, blocks, spoken = self.text_of(title, key, board, reviews)
        self.tables[SourceDocument].add(
            bulletin_id=key, text=text, blocks=(as_json := blocks_as_json(blocks)), text_version=TEXT_VERSION
        )
        self.tables[PublicText].add(bulletin_id=key, text=text, blocks=as_json, redactions="[]")
        body = {"full-text": " ".join(text.split()), "passages": "\n".join(spoken)}.get(rights, "")
        in_order = sorted(reviews, key=lambda review: (review["board_name"], review["label"]))
        names = [name for review in in_order for name in review["names"]]
        self.document_of(Bulletin, key, title, [*self.names_of_boards(board), *names], body)
        return len(spoken)

    def dated(self) -> dict[str, Any]:
        year = self.chance.choice(YEARS)
        how = self.chance.random()
        if how < 0.03:
            return {}
        if how < 0.08:
            return {"period": f"Winter {year}/{year + 1}", "first_year": year, "last_year": year + 1}
        month = self.chance.randint(1, 12)
        printed = {"published_on": f"{year}-{month:02}-01", "published_precision": "month"}
        return {"first_year": year, "last_year": year, **printed}

    def text_of(
        self, title: str, bulletin: int, board: int, reviews: list[dict[str, Any]]
    ) -> tuple[str, list[dict[str, Any]], list[str]]:
        """The text with its blocks, and the words of each statement that stands in it."""
        parts, length = [title], len(title)
        blocks = [block("heading", 0, length)]
        spoken: list[str] = []
        parent: tuple[int, str] | None = None
        for serial in range(1, self.chance.choice(STATEMENTS) + 1):
            words = self.words.sentence()
            start = length + 2
            parts.append(words)
            length = start + len(words)
            blocks.append(block("item", start, length))
            spoken.append(words)
            review = self.chance.choice([*reviews, *reviews, *reviews, None]) if len(reviews) != 1 else reviews[0]
            if parent and self.chance.random() < 0.6:
                parent = None
            key = self.statement(serial, words, (start, length), (bulletin, board, title), review, parent)
            parent = parent or ((key, words) if self.chance.random() < 0.04 else None)
        return "\n\n".join(parts), blocks, spoken

    def statement(
        self,
        serial: int,
        words: str,
        passage: tuple[int, int],
        bulletin: tuple[int, int, str],
        review: dict[str, Any] | None,
        parent: tuple[int, str] | None,
    ) -> int:
        chance, (start, end) = self.chance, passage
        kind = chance.choice(KINDS)
        number = str(serial) if chance.random() < 0.3 else ""
        about = chance.choice(review["children"]) if review and review["children"] and chance.random() < 0.05 else None
        key = self.tables[Statement].add(
            bulletin_id=bulletin[0], serial=serial, position=serial, kind=kind, text=words, start=start, end=end,
            public_start=start, public_end=end, review_id=review and review["key"], child_id=about, number=number,
            number_status="printed" if number else "none", parent_id=parent and parent[0],
        )  # fmt: skip
        themes = sorted(self.themes.some(0, 3), key=lambda theme: (theme.position, theme.name))
        for theme in themes:
            self.tables[StatementTheme].add(statement_id=key, theme_id=theme.pk, assigned_by="curator")
        for agency in self.agencies.some(0, 2):
            self.tables[StatementAgency].add(statement_id=key, agency_id=agency.pk, assigned_by="source")
        if chance.random() < ADDRESSED.get(kind, 0):
            agency = self.agencies.some(1, 1)[0]
            self.tables[Addressee].add(statement_id=key, as_printed=agency.name, agency_id=agency.pk)
        boards = (review["board"], None, review["board"], bulletin[1]) if review else (bulletin[1],)
        label = review["label"] if review else bulletin[2]
        names = review["names"] if review else [label]
        heading = f"{KIND_LABELS[kind]} {number}".strip() + f" {label}"
        labels = [heading, *names, *self.names_of_boards(*boards), *(theme.name for theme in themes)]
        self.document_of(Statement, key, words, labels, parent[1] if parent else "")
        return key

    # --- what is found ------------------------------------------------------------------------------------------------

    def document(self, record: Any, title: str, labels: list[str], body: str) -> None:
        self.document_of(type(record), record.pk, title, labels, body)

    def document_of(self, model: type, key: int, title: str, labels: list[str], body: str) -> None:
        """What ``learning.search.index`` would make of the record; a test holds both together."""
        name, names = str(model._meta.model_name), lines_of_names(labels)  # type: ignore[attr-defined]
        self.tables[SearchDocument].add(
            id=SearchDocument.key_for(name, key),
            **{f"{name}_id": key},
            title=title,
            labels=names,
            body=body,
            **stems_of(title, names, body),
        )


def block(kind: str, start: int, end: int) -> dict[str, Any]:
    return {"kind": kind, "start": start, "end": end, "level": 1 if kind == "heading" else 0, "label": "", "page": None}


def blocks_as_json(blocks: list[dict[str, Any]]) -> str:
    return json.dumps(blocks)
