"""What a bulletin says of the number of its statements, held against what it lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from learning.models import StatedCount, Statement
from learning.wording import counted, counted_kind


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
    in_prose = len(statements) - listed
    words = f"{listed} listed of the {counted_kind(stated.count, stated.kind)} that the bulletin says it has"
    if in_prose:
        words += f", and {counted(in_prose, 'finding', 'findings')} in prose"
    return Claim(stated.kind, words, stated.as_printed)
