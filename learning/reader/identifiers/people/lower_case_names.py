"""Names that are written otherwise: in small letters, or with the surname first and in capitals."""

import re
from collections.abc import Iterator

from learning.reader.identifiers.findings import PERSON, Identifier, make
from learning.reader.identifiers.words import (
    DOUBTFUL,
    FIRST_NAMES,
    FUNCTION,
    LOWER,
    NEVER,
    ORDINARY,
    POST,
    RELATION,
    UPPER,
    plain,
)
from learning.reader.word_lists import words_in

_LOWER_NAME = re.compile(
    rf"\b(?i:{RELATION}|"
    rf"(?P<post>{POST}))(?:,?\s)(?P<it>(?P<first>[{LOWER}]{{2,}})\s(?P<last>[{LOWER}][{LOWER}'’-]{{2,}}))(?=\s"
    rf"(?:is|was|had|has|who|said|told|were)\b)"
)
_LOWER_TITLED = re.compile(rf"(?<!\w)(?<!\d\s)(?:mr|mrs|ms|dr|pc|dc|sgt)\.?\s(?P<it>[{LOWER}][{LOWER}'’-]{{2,}})\b")
# As in "the half-brother (t. mossbeck, 17)".
_LOWER_INITIAL = re.compile(rf"\(\s?(?P<it>(?:[{LOWER}]\.\s?){{1,3}}(?P<last>[{LOWER}][{LOWER}'’-]{{3,}}))(?=\s?[,;)])")
# A sentence without a capital, as notes and messages are written.
_LOWER_SENTENCE = re.compile(
    rf"(?:^|(?<=[.!?]\s)|(?<=\n\n)|(?<=\n- ))[\"“‘']?[{LOWER}][^.!?\n{UPPER}]*(?:\bI\b[^.!?\n{UPPER}]*)*"
)
_LOWER_WORD = re.compile(rf"(?<![\w@./'’-])[{LOWER}]{{3,}}(?:-[{LOWER}]{{2,}})?(?![\w@/-]|\.\w)")
_NO_NAME_IN_NOTES = words_in("not_names_in_notes")
_SURNAME_FIRST = re.compile(
    rf"(?<![\w-])(?P<it>(?P<last>(?:Mc|Mac|O['’])?[{UPPER}]{{2,}}(?:[-'’ ][{UPPER}]{{2,}})?),[ ]"
    rf"(?P<first>[{UPPER}][{LOWER}]+"
    rf"(?:-[{UPPER}]?[{LOWER}]+)?))(?![\w-])"
)
_NAMES_SOMEBODY = re.compile(
    r"\b(?i:names?|child|pupil|patient|client|subject|person|service\suser|mother|father|parent|carer|sibling|adult|"
    r"yp|young\sperson|student|surname|name\sof\s\w+)\s?:\s*$"
)


def find_lower_case_names(text: str) -> Iterator[Identifier]:
    yield from _in_small_letters(text)
    yield from _in_notes(text)
    for match in _SURNAME_FIRST.finditer(text):
        known = plain(match["first"]).partition("-")[0] in FIRST_NAMES - DOUBTFUL and match["last"].lower() not in NEVER
        if known or _NAMES_SOMEBODY.search(text[max(0, match.start() - 30) : match.start()]):
            yield make(text, match.span("it"), PERSON, "A name with the surname first.")


def _in_small_letters(text: str) -> Iterator[Identifier]:
    for match in _LOWER_NAME.finditer(text):
        first, last = match["first"], match["last"]
        is_verb = bool(re.search(r"(?:ed|ing|ly|s)$", first)) and first not in FIRST_NAMES
        if (
            not is_verb
            and last not in ORDINARY | NEVER
            and (first in FIRST_NAMES or (not match["post"] and first not in ORDINARY | NEVER))
        ):
            yield make(text, match.span("it"), PERSON, "A name after a relation, in small letters.")
    for match in _LOWER_TITLED.finditer(text):
        if match["it"] not in ORDINARY | NEVER:
            yield make(text, match.span("it"), PERSON, "A name after a title, in small letters.")
    for match in _LOWER_INITIAL.finditer(text):
        if match["last"] not in ORDINARY | NEVER | {"coli", "difficile"}:
            yield make(text, match.span("it"), PERSON, "A name in small letters, after an initial.")


def _in_notes(text: str) -> Iterator[Identifier]:
    for sentence in _LOWER_SENTENCE.finditer(text):
        for match in _LOWER_WORD.finditer(text, sentence.start(), sentence.end()):
            first = plain(match[0]).partition("-")[0]
            if first in FIRST_NAMES and first not in DOUBTFUL | ORDINARY | NEVER | FUNCTION | _NO_NAME_IN_NOTES:
                yield make(text, match.span(), PERSON, "A first name, in small letters.")
