"""The anonymity guard: what in a text may tell who somebody is.

It finds and says why; a person decides. Nothing is stored or logged here, least of all the names to look for.
"""

from collections.abc import Iterable

from learning.reader.identifiers.dates import find_dates
from learning.reader.identifiers.findings import KINDS, Covered, Identifier, make
from learning.reader.identifiers.numbers import RULES as NUMBER_RULES
from learning.reader.identifiers.people.detect import find_listed, find_people
from learning.reader.identifiers.placements import find_placements
from learning.reader.identifiers.postal_addresses import find_addresses
from learning.reader.identifiers.rare import find_rare_combinations
from learning.reader.identifiers.schools import find_schools

__all__ = ["KINDS", "Identifier", "find_identifiers"]


def find_identifiers(text: str, names: Iterable[str] = ()) -> list[Identifier]:
    """What may identify somebody, in order of place, for any text.

    Identifiers do not overlap, except that a rare combination may hold others. ``names`` are looked for besides, as
    whole words in any case.
    """
    held = Covered(len(text))
    found = held.take(find_listed(text, names))
    for rule in NUMBER_RULES:
        found += held.take(make(text, span, rule.kind, rule.why) for span in rule.spans(text))
    for find in (find_dates, find_addresses, find_schools, find_placements):
        found += held.take(find(text))
    found += held.take(find_people(text, held))
    found += Covered(len(text)).take(find_rare_combinations(text))
    return sorted(found)
