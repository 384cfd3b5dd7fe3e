"""A vocabulary as a tree in memory."""

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from django.http import Http404

from reviews.models import Agency, Theme

Term = TypeVar("Term", Theme, Agency)


class Tree(Generic[Term]):
    """A whole vocabulary of about a hundred terms, read in one query, so that nobody asks for parents one by one."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms: list[Term] = list(terms)
        self.by_pk: dict[int, Term] = {term.pk: term for term in self.terms}
        self.by_slug: dict[str, Term] = {term.slug: term for term in self.terms}
        self.below: dict[int | None, list[Term]] = {}
        for term in self.terms:
            self.below.setdefault(term.parent_id, []).append(term)

    def __iter__(self) -> Iterator[Term]:
        """Every term, each before what is below it."""
        for root in self.roots():
            yield from self.walk(root)

    def get_or_404(self, slug: str) -> Term:
        if slug not in self.by_slug:
            raise Http404
        return self.by_slug[slug]

    def roots(self) -> list[Term]:
        return self.below.get(None, [])

    def children(self, term: Term) -> list[Term]:
        return self.below.get(term.pk, [])

    def walk(self, term: Term) -> Iterator[Term]:
        """The term and all that is below it, each before what is below it."""
        yield term
        for child in self.children(term):
            yield from self.walk(child)

    def ids(self, term: Term) -> list[int]:
        """The keys of the term and of all that is below it: what a term stands for."""
        return [each.pk for each in self.walk(term)]

    def ancestors(self, term: Term) -> list[Term]:
        """From the top down, without the term itself."""
        found: list[Term] = []
        while term.parent_id is not None:
            term = self.by_pk[term.parent_id]
            found.insert(0, term)
        return found
