"""A small world of records that a seeded chance writes to: whatever staff could do to what the lists count."""

import random
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import QueryDict

from learning.models import (
    Addressee,
    Bulletin,
    GlossaryTerm,
    Progress,
    ResponseCheck,
    Statement,
    StatementAgency,
    StatementOccasion,
    StatementTheme,
)
from reviews.models import Board, Child, ChildCareStatus, Review, ReviewAlias, ReviewTheme
from reviews.state import State
from tests.factories import (
    WITHHELD,
    AgencyFactory,
    BoardFactory,
    BulletinFactory,
    ChildFactory,
    ReviewFactory,
    ThemeFactory,
)

CHILD_VALUES = {
    "age_band": Child.AgeBand.values,
    "sex": Child.Sex.values,
    "ethnicity": Child.Ethnicity.values,
}
FEWEST = 6  # of bulletins and of statements, below which none is deleted


class World:
    """``write()`` does one thing, and says which; ``choose()`` draws what a reader might ask of a list."""

    def __init__(self, seed: int, bulletins: int = 8) -> None:
        self.random = random.Random(seed)
        groups = [ThemeFactory() for _ in range(2)]
        self.themes = [*groups, *(ThemeFactory(parent=self.random.choice(groups)) for _ in range(6))]
        group = AgencyFactory()
        self.agencies = [group, *(AgencyFactory(parent=group) for _ in range(2)), AgencyFactory()]
        self.boards = [BoardFactory() for _ in range(3)]
        for _ in range(bulletins):
            self.add_bulletin()
        for _ in range(6 * bulletins):
            self.write()

    # --- writing --------------------------------------------------------------------------------------------------

    def write(self) -> str:
        """One thing that may happen; what the database does not allow happens not at all."""
        writes: list[Callable[[], Any]] = [
            self.publish, self.publish, self.publish, self.publish_review, self.publish_review, self.tag_statement,
            self.tag_review, self.name_agency, self.address, self.change_statement, self.add_statement,
            self.delete_statement, self.change_years, self.change_child, self.add_child, self.link, self.rename_board,
            self.change_review, self.lead_in, self.add_bulletin, self.delete_bulletin, self.rights, self.progress,
            self.explain, self.name_child_of_another, self.follow, self.follow, self.look_for_a_response,
            self.explain, self.name_child_of_another, self.unlist, self.rename_bulletin, self.name_review,
            self.ask, self.suit_occasion, self.suit_occasion,
        ]  # fmt: skip
        write = self.random.choice(writes)
        try:
            with transaction.atomic():
                write()
        except IntegrityError:
            return f"{write.__name__}, refused"
        return write.__name__

    def unlist(self) -> None:
        """Keep a review from search engines, for either reason, or let it be found again."""
        review = self.one(Review)
        Review.objects.filter(pk=review.pk).update(is_indexed=self.random.choice([True, False]))
        child = review.children.order_by("pk").first()
        if child is not None:
            Child.objects.filter(pk=child.pk).update(
                **(WITHHELD if self.random.random() < 0.5 else {"has_lifelong_anonymity": False})
            )

    def rename_bulletin(self) -> None:
        """A title that names a review, perhaps by another name."""
        name = self.random.choice([self.one(Review).label, "Quince"])
        Bulletin.objects.filter(pk=self.one(Bulletin).pk).update(title=f"Learning from {name.upper()}")

    def name_review(self) -> None:
        self.toggle(ReviewAlias, review=self.one(Review), name="Quince")

    def one(self, model: Any) -> Any:
        return self.random.choice(list(model.objects.order_by("pk")) or [None])

    def publish(self) -> None:
        state = self.random.choice([State.PUBLISHED, State.PUBLISHED, State.HELD, State.DRAFT])
        Bulletin.objects.filter(pk=self.one(Bulletin).pk).update(state=state)

    def publish_review(self) -> None:
        review = self.one(Review)
        review.state = self.random.choice([State.PUBLISHED, State.PUBLISHED, State.HELD])
        review.save()

    def rights(self) -> None:
        Bulletin.objects.filter(pk=self.one(Bulletin).pk).update(rights=self.random.choice(Bulletin.Rights.values))

    def tag_statement(self) -> None:
        self.toggle(StatementTheme, statement=self.one(Statement), theme=self.random.choice(self.themes))

    def tag_review(self) -> None:
        self.toggle(ReviewTheme, review=self.one(Review), theme=self.random.choice(self.themes))

    def name_agency(self) -> None:
        self.toggle(StatementAgency, statement=self.one(Statement), agency=self.random.choice(self.agencies))

    def ask(self) -> None:
        Statement.objects.filter(pk=self.one(Statement).pk).update(kind=Statement.Kind.QUESTION)

    def suit_occasion(self) -> None:
        occasion = self.random.choice(StatementOccasion.Occasion.values)
        self.toggle(StatementOccasion, statement=self.one(Statement), occasion=occasion)

    def toggle(self, model: Any, **of: Any) -> None:
        if not model.objects.filter(**of).delete()[0]:
            model.objects.create(**of, assigned_by="curator")

    def address(self) -> None:
        statement, agency = self.one(Statement), self.random.choice([*self.agencies, None])
        name = f"whom {self.random.randrange(3)}"
        if not Addressee.objects.filter(statement=statement, as_printed=name).delete()[0]:
            Addressee.objects.create(statement=statement, as_printed=name, agency=agency)

    def change_statement(self) -> None:
        statement = self.one(Statement)
        reviews = [*statement.bulletin.reviews.all(), None]
        statement.kind = self.random.choice(Statement.Kind.values)
        statement.review = self.random.choice(reviews)
        children = list(statement.review.children.all()) if statement.review else []
        statement.child = self.random.choice([*children, None, None])
        statement.save()

    def name_child_of_another(self) -> None:
        """A statement about a child of a review that its bulletin does not speak of; no form allows it."""
        Statement.objects.filter(pk=self.one(Statement).pk).update(child=self.one(Child))

    def progress(self) -> None:
        statement, source = self.one(Statement), self.random.choice([self.one(Bulletin), None])
        position = self.random.choice([1, 2, 3])
        if not statement.progress.filter(position=position).delete()[0]:
            day = self.random.choice([None, "2015-07-01", "2016-07-01"])
            Progress.objects.create(
                statement=statement, position=position, status=self.random.choice(Progress.Status.values),
                as_printed="done", source_bulletin=source, source_title="" if source else "A report",
                reported_on=day, reported_precision="month" if day else "",
            )  # fmt: skip

    def follow(self) -> None:
        """More of the statements are of a kind that something becomes of."""
        kind = self.random.choice(["recommendation", "action"])
        Statement.objects.filter(pk=self.one(Statement).pk).update(kind=kind)

    def look_for_a_response(self) -> None:
        """About all of a review, those of no single review, or one; some of a statement or review that moved away."""
        bulletin, position = self.one(Bulletin), self.random.choice([1, 2, 3])
        if bulletin.response_checks.filter(position=position).delete()[0]:
            return
        result = self.random.choice(ResponseCheck.Result.values)
        ResponseCheck.objects.create(
            bulletin=bulletin, position=position, result=result,
            review=self.random.choice([*bulletin.reviews.all(), None]),
            statement=self.random.choice([*bulletin.statements.all(), None, None]),
            looked_on=self.random.choice(["2020-01-01", "2021-01-01"]),
            title="A response" if result == ResponseCheck.Result.EXISTS else "",
        )  # fmt: skip

    def explain(self) -> None:
        term = f"T{self.random.randrange(3)}"
        bulletin = self.one(Bulletin)
        if not GlossaryTerm.objects.filter(bulletin=bulletin, term=term).delete()[0]:
            GlossaryTerm.objects.create(bulletin=bulletin, term=term, expansion="A term", basis="printed")

    def add_statement(self) -> None:
        self.add_to(self.one(Bulletin))

    def add_to(self, bulletin: Bulletin) -> None:
        last = bulletin.statements.aggregate(serial=Max("serial"), position=Max("position"))
        serial = (last["serial"] or 0) + 1
        Statement.objects.create(
            bulletin=bulletin, serial=serial, position=self.random.randrange(9), kind="learning_point", text="Words.",
            review=self.random.choice([*bulletin.reviews.all(), None]),
            start=10 * serial, end=10 * serial + 8, public_start=10 * serial, public_end=10 * serial + 8,
        )  # fmt: skip

    def delete_statement(self) -> None:
        statement = self.one(Statement)
        if Statement.objects.count() > FEWEST and not statement.parts.exists():
            statement.delete()

    def lead_in(self) -> None:
        first, second = self.one(Statement), self.one(Statement)
        if first.pk < second.pk:
            Statement.objects.filter(pk=second.pk).update(parent=self.random.choice([first, None]))

    def change_years(self) -> None:
        bulletin, first = self.one(Bulletin), self.random.choice([None, *range(2010, 2020)])
        bulletin.first_year = first
        bulletin.last_year = first and first + self.random.choice([0, 0, 0, 1])
        bulletin.save()

    def change_child(self) -> None:
        child = self.one(Child)
        if child is None:
            return
        name = self.random.choice([*CHILD_VALUES, "care_status"])
        if name == "care_status":
            of = {"child": child, "status": self.random.choice(ChildCareStatus.Status.values)}
            if not ChildCareStatus.objects.filter(**of).delete()[0]:
                ChildCareStatus.objects.create(**of)
        else:
            Child.objects.filter(pk=child.pk).update(**{name: self.random.choice(CHILD_VALUES[name])})

    def add_child(self) -> None:
        ChildFactory(review=self.one(Review), age_band=self.random.choice(Child.AgeBand.values))

    def change_review(self) -> None:
        review = self.one(Review)
        review.nature = self.random.choice(Review.Nature.values)
        review.type = self.random.choice(Review.Type.values)
        review.label = f"Sample {self.random.randrange(100)}"
        review.save()

    def rename_board(self) -> None:
        board = self.random.choice(self.boards)
        Board.objects.filter(pk=board.pk).update(slug=f"sample-{self.random.randrange(1000)}")

    def link(self) -> None:
        bulletin, review = self.one(Bulletin), self.one(Review)
        if bulletin.reviews.filter(pk=review.pk).exists():
            bulletin.reviews.remove(review)
        else:
            bulletin.reviews.add(review)

    def add_bulletin(self) -> None:
        year = self.random.choice([None, *range(2010, 2020)])
        bulletin = BulletinFactory(board=self.random.choice(self.boards), first_year=year, last_year=year)
        for _ in range(self.random.choice([0, 1, 1, 2])):
            review = ReviewFactory(board=self.random.choice(self.boards), bulletin=bulletin)
            for _ in range(self.random.choice([0, 1, 2])):
                ChildFactory(review=review, sex=self.random.choice(Child.Sex.values))
        self.add_to(bulletin)
        self.add_to(bulletin)

    def delete_bulletin(self) -> None:
        if Bulletin.objects.count() > FEWEST:
            bulletin = self.one(Bulletin)
            Statement.objects.filter(parent__bulletin=bulletin).exclude(bulletin=bulletin).update(parent=None)
            Progress.objects.filter(source_bulletin=bulletin).delete()
            bulletin.delete()

    # --- reading --------------------------------------------------------------------------------------------------

    def choose(self, counts: dict[str, dict[str, int]]) -> dict[str, list[str]]:
        """Some values of some facets, of those that are counted."""
        facets = self.random.sample(sorted(counts), self.random.choice([0, 1, 1, 2, 3]))
        chosen = {}
        for facet in facets:
            values = sorted(counts[facet])
            if values:
                chosen[facet] = self.random.sample(values, min(len(values), self.random.choice([1, 1, 2])))
        return chosen


def query_of(chosen: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in chosen.items():
        query.setlist(name, values)
    return query
