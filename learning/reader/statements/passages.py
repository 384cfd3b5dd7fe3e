"""A passage cut into sentences, members of a list or clauses, always as offsets: no word is moved or changed."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[A-Z\d“‘\"'(\[])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|e\.g|i\.e|etc|vs|ie|eg|cf|para|s|a\.m|p\.m)|\b[A-Z]|\.\.)\.[\"'”’)\]]*$"
)
_BETWEEN = re.compile(r"(?:\s*[;,])?\s*(?:\b(?:and|or))?\s*$")
_SEPARATOR = re.compile(r"(?:[;,]\s*(?:and|or)?|\s+and)$")
_CLAUSE_OPENING = re.compile(
    r"(?:Notably|For example|In particular|These include|This includes|Actions include)[,:]?\s+"
)
_CLAUSE_VERB = re.compile(
    r"^(?:(?:the |an? |all |each |its |their |our )?[\w'’-]+\s+){1,7}?"
    r"(?:has|have|had|was|were|is|are|undertook|introduced|developed|commissioned|reviewed|established|agreed|"
    r"appointed|set)\b",
    re.I,
)


def squash(text: str) -> str:
    return " ".join(text.split())


def trimmed(text: str, start: int, end: int) -> Span:
    """Without the white space around, and without the separator and the "and" of a list."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    tail = _SEPARATOR.search(text[start:end])
    if tail and end - start > len(tail[0]) + 3 and tail[0][0] in ";,":
        end = start + tail.start()
    return start, end


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of a passage. An abbreviation or an initial ends none."""
    at = start
    for found in _SENTENCE_END.finditer(text, start, end):
        if _ABBREVIATED.search(text[at : found.start()]):
            continue
        yield at, found.start() + len(found[0].rstrip())
        at = found.end()
    if text[at:end].strip():
        yield trimmed(text, at, end) if text[end - 1 : end] in ";, " else (at, end)


def members(text: str, start: int, end: int) -> Iterator[Span]:
    """The members of a run-in list ("a; b; and c."), without their separators; a lone sentence is one member."""
    at = start
    for found in [*re.finditer(r";\s*", text[start:end]), None]:
        until = start + found.start() if found else end
        begin = at
        lead = re.match(r"\s*(?:and|or)\s+(?=\w)", text[begin:until])
        if lead and at > start:
            begin += lead.end()
        begin, stop = trimmed(text, begin, until)
        if found is None and text[stop - 1 : stop] == "." and at > start:
            stop -= 1
        if stop > begin:
            yield begin, stop
        at = start + found.end() if found else end


_ENUMERATOR = re.compile(r"(?:(?<=\s)|^)\((?:\d{1,2}|[ivx]{1,4}|[a-h])\)\s+(?=\S)")


def enumerated(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The members of "the following: (1) a; (2) b; and (3) c", each with its number as printed, or none."""
    marks = list(_ENUMERATOR.finditer(text, start, end))
    if len(marks) < 2:
        return []
    opening = marks[0][0].strip()
    if opening not in {"(1)", "(i)", "(a)"}:
        return []
    found = []
    for place, mark in enumerate(marks):
        until = marks[place + 1].start() if place + 1 < len(marks) else end
        begin, stop = trimmed(text, mark.end(), until)
        stop -= len(text[begin:stop]) - len(_BETWEEN.sub("", text[begin:stop]))
        found.append((begin, stop, mark[0].strip()))
    begin, stop, number = found[-1]
    first = next(sentences(text, begin, stop), (begin, stop))
    found[-1] = (begin, first[1] - (text[first[1] - 1 : first[1]] == "."), number)
    return found


def clauses(text: str, start: int, end: int) -> list[Span]:
    """The clauses of a sentence, where each has a subject and a verb of its own: "X has ..., Y was ..."; else none."""
    opening = _CLAUSE_OPENING.match(text[start:end])
    at = start + (opening.end() if opening else 0)
    pieces: list[Span] = []
    for found in [*re.finditer(r"[,;]\s+(?:and\s+)?", text[at:end]), None]:
        until = at + found.start() if found else end
        begin = pieces[-1][1] if pieces else at
        lead = re.match(r"[,;]?\s*(?:and\s+)?", text[begin:until])
        begin += lead.end() if lead and pieces else 0
        if pieces and not _CLAUSE_VERB.match(text[begin:until]):
            pieces[-1] = (pieces[-1][0], until)
        else:
            pieces.append((begin, until))
    return pieces if all(_CLAUSE_VERB.match(text[begin:until]) for begin, until in pieces) else []
