"""What a bulletin says of the number of its statements, held against what it lists."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

from learning.catalogue import RecordSet
from learning.catalogue.arrays import bitmap
from learning.components.wording import counted, counted_kind
from learning.models import StatedCount, Statement


@dataclass(frozen=True)
class Claim:
    """``words``: "12 listed of the 18 learning points that the bulletin says it has, and 2 findings in prose"."""

    kind: str
    words: str
    as_printed: str


def claims(stated_counts: Iterable[StatedCount], statements: Iterable[Statement]) -> list[Claim]:
    """Each claim against the statements of the same bulletin, kind and (where it is one review's) review.

    A part that completes its parent's list is no item of its own in such a count.
    """
    whole = [one for one in statements if one.parent_id is None]
    return [claim(stated, [one for one in whole if answers(one, stated)]) for stated in stated_counts]


def answers(statement: Statement, stated: StatedCount) -> bool:
    return (
        statement.kind == stated.kind
        and statement.bulletin_id == stated.bulletin_id
        and stated.review_id in (None, statement.review_id)
    )


def claim(stated: StatedCount, statements: list[Statement]) -> Claim:
    listed = sum(one.form == Statement.Form.LISTED for one in statements)
    return claim_about(stated, listed, len(statements) - listed)


def claim_about(stated: StatedCount, listed: int, in_prose: int) -> Claim:
    words = f"{listed} listed of the {counted_kind(stated.count, stated.kind)} that the bulletin says it has"
    if in_prose:
        words += f", and {counted(in_prose, 'finding', 'findings')} in prose"
    return Claim(stated.kind, words, stated.as_printed)


# --- the same of visible statements, in sets ----------------------------------------------------------------------


def visible_claims(record_set: RecordSet, ordinals: BitMap, stated_counts: Iterable[StatedCount]) -> list[Claim]:
    """Each claim against the visible statements at ``ordinals``, as ``claims`` does. Runs no query."""
    whole = ordinals - record_set.with_value("part", True)
    in_lists = record_set.with_value("form", Statement.Form.LISTED.value)
    found = []
    for stated in stated_counts:
        answered = whole & answering(record_set, stated)
        listed = answered.intersection_cardinality(in_lists)
        found.append(claim_about(stated, listed, len(answered) - listed))
    return found


def answering(record_set: RecordSet, stated: StatedCount) -> BitMap:
    """The statements that a claim is about."""
    found = record_set.of_group(stated.bulletin_id) & record_set.with_value("kind", stated.kind)
    if stated.review_id is None:
        return found
    ordinals = np.asarray(found.to_array(), dtype=np.int64)
    return bitmap(ordinals[record_set.columns["review"][ordinals] == stated.review_id])
