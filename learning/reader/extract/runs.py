"""Lines that stand together without a blank line: a paragraph broken to a width, or a list without markers."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from learning.reader.wording.endings import SENTENCE_END

_SENTENCE_WITHIN = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Dr|Mr|Ms|St|No|vs|eg|ie))(?<!\bMrs)[.!?][\"'”’)\]]*\s+[A-Z“‘\"']")
_MOST_WORDS = 24


def lists_without_markers(
    texts: Sequence[str], groups: Sequence[range], apart: set[int], width: int, announces: Callable[[str], bool]
) -> tuple[set[int], set[int]]:
    """Which lines begin something of their own: as members of a list without markers, and as sentences set one a line.

    ``groups`` are lines that stand together, ``apart`` those after a blank line. Under a line that announces
    something, two are a list; else it takes three, because a paragraph that was broken to a width seldom begins
    three lines with a capital.
    """
    members: set[int] = set()
    alone: set[int] = set()
    for group in groups:
        above = group[0] - 1
        is_headed = _is_heading(texts[group[0]], announces)
        is_under = above in apart and group[0] in apart and _is_heading(texts[above], announces)
        is_announced = is_headed or is_under
        body = group[1:] if is_headed else group
        if _is_list(texts, body, width, least=2 if is_announced else 3):
            is_low = all(texts[number][:1].islower() for number in body)
            starts = [number for number in body if is_low or number == body[0] or not texts[number][:1].islower()]
            (members if is_announced else alone).update(starts)
        elif is_announced and (starts := _clause_starts(texts, body)):
            members.update(starts)
        elif starts := _sentence_starts(texts, body, width, is_announced=is_announced):
            alone.update(starts)
    return members, alone


def _is_heading(text: str, announces: Callable[[str], bool]) -> bool:
    return len(text.split()) <= 10 and not re.search(r"[.,;]$", text) and (text.isupper() or announces(text))


def _is_list(texts: Sequence[str], body: range, width: int, *, least: int) -> bool:
    lines = [texts[number] for number in body]
    if all(line[:1].islower() for line in lines):
        return len(lines) >= least == 2 and all(len(line.split()) <= 9 for line in lines)
    lines = _whole(lines)
    if len(lines) < least or any(len(line.split()) > _MOST_WORDS for line in lines):
        return False
    if least > 2 and len({bool(SENTENCE_END.search(line)) for line in lines[:-1]}) > 1:
        return False  # a heading and sentences
    if any(
        _SENTENCE_WITHIN.search(line) or re.search(r"[,:]$|\b(?:and|or|the|of|to|a|in|for)$", line) for line in lines
    ):
        return False
    is_unended = least == 2 and not any(re.search(r"[.!?;]$", line) for line in lines)
    return is_unended or any(_had_room(line, following, width) for line, following in pairwise(lines))


def _whole(lines: Sequence[str]) -> list[str]:
    members: list[str] = []
    for line in lines:
        if members and line[:1].islower():
            members[-1] = f"{members[-1]} {line}"
        else:
            members.append(line)
    return members


def _clause_starts(texts: Sequence[str], body: range) -> list[int]:
    ends = [number for number in body if re.search(r";(?:\s+(?:and|or))?$", texts[number])]
    within = sum(texts[number].count(";") for number in body)
    if not ends or within != len(ends):
        return []
    return [body[0], *(number + 1 for number in ends if number + 1 < body.stop)]


def _sentence_starts(texts: Sequence[str], body: range, width: int, *, is_announced: bool) -> list[int]:
    if any(_SENTENCE_WITHIN.search(texts[number]) for number in body) or not body:
        return []
    if texts[body[0]][:1].islower():
        return []
    starts = [body[0]]
    for above, number in pairwise(body):
        begins = not texts[number][:1].islower()
        if begins and SENTENCE_END.search(texts[above]):
            starts.append(number)
    by_chance = len(starts) < 3 and not any(_had_room(texts[n - 1], texts[n], width) for n in starts[1:])
    if len(starts) < 2 or (by_chance and not is_announced):
        return []
    return starts


def _had_room(line: str, following: str, width: int) -> bool:
    # Where the next line's first word would have fitted, the break was meant.
    first = following.split(maxsplit=1)[0] if following.split() else ""
    return not width or len(line) + 1 + len(first) <= width * 0.9
