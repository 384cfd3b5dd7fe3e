"""Names of places and houses: what a name before "School" or "House" may be made of."""

import re
from collections.abc import Iterator

from learning.reader.identifiers.findings import Identifier, make
from learning.reader.identifiers.words import (
    BODIES,
    CALENDAR,
    FIRST_NAMES,
    FUNCTION,
    GENERAL,
    LOWER,
    ORDINARY,
    PLACES,
    RELATION_WORDS,
    ROLE_WORDS,
    TITLES,
    UPPER,
    word_set,
)
from learning.reader.word_lists import words_in

CAP = rf"(?:St\.?\s)?[{UPPER}][{UPPER}{LOWER}'’-]{{1,40}}"
_OPENING = (
    r"(?:At|In|On|From|To|The|Her|His|Their|By|With|For|When|While|After|Before|And|But|She|He|They|Staff|If|"
    r"As|Of|This|That|Then|Later|Both)"
)
RUN = rf"(?!{_OPENING}\s){CAP}(?:\s{CAP}){{0,3}}"
NO_NAME = (
    FUNCTION
    | CALENDAR
    | TITLES
    | RELATION_WORDS
    | BODIES - {"grange"}
    | GENERAL - word_set("great north south east west royal cross grange new green park white red black")
    | ROLE_WORDS
    | words_in("not_names_of_places")
)


# Words of a kind between a name and the kind: "Mossbeck Maternity Hospital".
QUALIFIERS = words_in("place_qualifiers")


def name_before(text: str, end: int, no_name: frozenset[str]) -> int:
    """Where the name that ends at ``end`` begins: words with a capital, and "of", "the", "and" between two of them."""
    window = text[max(0, end - 80) : end]
    words = list(re.finditer(r"(?:St\.|[\w'’&-]+)(?=\s)", window))
    start, joined = end, end
    for word in reversed(words[-6:]):
        if (
            "\t" in text[:joined].rpartition("\n")[0].rpartition("\n")[2]
            and "\n" in window[word.end() : joined - end + len(window)]
        ):
            break  # the header of a table above
        here = end - len(window) + word.start()
        if not re.fullmatch(r"[ \u00a0]{1,2}|[ ]?\n[ ]?", text[end - len(window) + word.end() : joined]):
            break
        bare = re.sub(r"['’]s$", "", word[0].lower())
        if word[0] in {"of", "the", "and", "&", "le", "on", "with"} and joined < end:
            joined = here
            continue
        if bare in QUALIFIERS and word[0][0].isupper():
            joined = here
            continue
        if (
            not word[0][0].isupper()
            or bare in no_name
            or bare.partition("-")[0] in no_name
            or word[0].lower() in no_name
        ):
            break
        start = joined = here
    return start


def all_in(words: list[str], known: frozenset[str]) -> bool:
    return all(re.sub(r"['’]s$", "", word.lower().strip(",.")) in known or word.lower() in known for word in words)


def any_in(words: list[str], known: frozenset[str]) -> bool:
    return any(word.lower() in known for word in words)


def is_proper_noun(words: str) -> bool:
    """A name with something of its own: no word of a body or a role, not ordinary words alone after "The"."""
    parts = words.split()
    return not any_in(parts, NO_NAME - {"the"}) and not (
        len(parts) == 1 and (all_in(parts, ORDINARY | FIRST_NAMES | PLACES) or parts[0].isupper())
    )


def again(text: str, names: set[str], kind: str, why: str) -> Iterator[Identifier]:
    telling = {name for name in names if len(name) > 4 and not all_in(name.split(), ORDINARY | FIRST_NAMES)}
    if telling:
        pattern = "|".join(re.escape(name) for name in sorted(telling, key=len, reverse=True))
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text):
            yield make(text, match.span(), kind, why)
