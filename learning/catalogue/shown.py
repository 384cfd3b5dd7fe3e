"""What a page names and quotes, and what follows from that: its content note, and whether search engines may list it.

Every page that shows records has a ``Shown`` in its context under that name; ``base.html`` does the rest. It is worked
out from sets, without a query.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from pyroaring import BitMap

from learning.catalogue.arrays import bitmap
from learning.catalogue.record_set import NOWHERE, RecordSet
from learning.catalogue.store import Catalogue
from learning.components.wording import in_a_sentence
from reviews.models import Review, Theme

MOST_SUBJECTS = 3  # of a note, so that it stays within two lines
NATURE, TYPE = Review.Nature, Review.Type
ABOUT_ADULTS = (TYPE.SAR, TYPE.DHR, TYPE.OWHR, TYPE.MAPPA, TYPE.APR, TYPE.MHHR, TYPE.SUSR, TYPE.DHSR)


@dataclass(frozen=True)
class Shown:
    """Ordinals of the records on a page.

    ``statements`` are quoted, and their reviews named; of ``cases`` the page tells what they were about; ``named`` are
    reviews of which it has the name alone. The words of ``texts`` are on the page, of ``titles`` only the titles.
    """

    catalogue: Catalogue
    statements: BitMap = field(default_factory=BitMap)
    cases: BitMap = field(default_factory=BitMap)
    named: BitMap = field(default_factory=BitMap)
    texts: BitMap = field(default_factory=BitMap)
    titles: BitMap = field(default_factory=BitMap)

    @classmethod
    def of(
        cls,
        catalogue: Catalogue,
        *,
        statements: Iterable[Any] = (),
        cases: Iterable[Any] = (),
        named: Iterable[Any] = (),
        texts: Iterable[Any] = (),
        titles: Iterable[Any] = (),
    ) -> "Shown":
        """Of statements, of reviews (twice) and of bulletins (twice), as the rows of the page have them."""
        return cls(
            catalogue,
            ordinals(catalogue.statements, statements),
            ordinals(catalogue.reviews, cases),
            ordinals(catalogue.reviews, named),
            ordinals(catalogue.bulletins, texts),
            ordinals(catalogue.bulletins, titles),
        )

    @cached_property
    def is_indexed(self) -> bool:
        """Whether search engines may list the page: nothing on it may name or quote a review that is kept from them.

        What a statement says of no review in particular may be about any that its bulletin speaks of.
        """
        reviews, bulletins = self.catalogue.reviews, self.catalogue.bulletins
        return not (
            reviews.with_value("unlisted", True).intersect(self.all_cases | self.named)
            or bulletins.with_value("unlisted", True).intersect(self.texts | self.bulletins_of_no_review)
            or bulletins.with_value("unlisted_title", True).intersect(self.titles)
        )

    @cached_property
    def all_cases(self) -> BitMap:
        """The reviews that the page tells of, those of its statements included."""
        return self.cases | self.found(self.catalogue.reviews, "review", self.statements)

    @property
    def bulletins_of_no_review(self) -> BitMap:
        places = np.asarray(self.statements.to_array(), dtype=np.int64)
        of_no_review = bitmap(places[self.catalogue.statements.columns["review"][places] == 0])
        return self.found(self.catalogue.bulletins, "bulletin", of_no_review)

    def found(self, record_set: RecordSet, column: str, statements: BitMap) -> BitMap:
        """The ordinals of what these statements have in a column."""
        places = np.asarray(statements.to_array(), dtype=np.int64)
        return known(record_set.ordinals_of(self.catalogue.statements.columns[column][places]))

    @cached_property
    def content_note(self) -> str:
        """ "About a child’s death, suicide and domestic abuse.", or "" where nothing on the page distresses."""
        subjects = [in_a_sentence(theme.tag_name) for theme in self.distressing_themes]
        what_happened = self.what_happened
        if what_happened:
            subjects.insert(0, what_happened)
        if len(subjects) > MOST_SUBJECTS + 1:
            subjects[MOST_SUBJECTS:] = ["other harm"]
        if not subjects:
            return ""
        *most, last = subjects
        return f"About {', '.join(most)} and {last}." if most else f"About {last}."

    @property
    def distressing_themes(self) -> list[Theme]:
        """The themes that ask for a note: those of the most cases first, then those of the most statements quoted."""
        statements, reviews = self.catalogue.statements, self.catalogue.reviews
        counts = {
            theme: (
                reviews.with_value("theme", theme.pk).intersection_cardinality(self.all_cases),
                statements.with_value("theme", theme.pk).intersection_cardinality(self.statements),
            )
            for theme in self.catalogue.themes
            if theme.has_content_note
        }
        found = [theme for theme, (of_cases, of_statements) in counts.items() if of_cases or of_statements]
        return sorted(found, key=counts.__getitem__, reverse=True)

    @property
    def what_happened(self) -> str:
        """How the cases ended, in no more words than our records have: "a child’s death"."""
        reviews = self.catalogue.reviews
        died = reviews.with_value("nature", NATURE.DEATH) & self.all_cases
        harmed = reviews.with_value("nature", NATURE.SERIOUS_HARM) & self.all_cases
        is_of_adults = reviews.with_any_value("type", ABOUT_ADULTS).intersect(died | harmed)
        one, many = ("somebody", "people") if is_of_adults else ("a child", "children")
        if died and harmed:
            return f"{many} who died or were seriously harmed"
        if died:
            return f"the deaths of {many}" if len(died) > 1 else f"{one}’s death"
        return f"serious harm to {many if len(harmed) > 1 else one}" if harmed else ""


def ordinals(record_set: RecordSet, records: Iterable[Any]) -> BitMap:
    return known(record_set.ordinals_of(np.array([record.pk for record in records], dtype=np.int64)))


def known(places: Any) -> BitMap:
    """Without what is not, or no longer, among the visible records."""
    return bitmap(places[places != NOWHERE])
