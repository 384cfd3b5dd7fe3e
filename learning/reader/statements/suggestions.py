"""Themes, agencies and addressees that the words of a statement suggest, each with its reason. A person decides.

Nothing here touches a database: it is handed a vocabulary, and what it gives are slugs and the words as printed.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_ADDRESSED = re.compile(
    r"^(?:that\s+)?(?P<who>[A-Z][\w'’&,/() -]{1,90}?|the\s[\w'’&,/() -]{1,90}?)\s+"
    r"(?:must|should|shall|will|needs?\s+to|ought\s+to|(?:is|are)\s+(?:asked|advised|expected|recommended)\s+to|"
    r"to\s+(?=[a-z]{3,}))\b"
)
_NOBODY = re.compile(r"^(?:It|This|That|These|There|They|We|You|He|She|A|An|In|Where|When|If|As|What|Learning)\b")
_ARTICLE = re.compile(r"^(?:the|all|each|every)\s+", re.I)
_CLAUSE = re.compile(r"\b(?:who|which|that|where|when|whether|if|because)\b")
_OWN_BODY = re.compile(r"\b(?:Board|Partnership|Safeguarding Partners)\b")
_MAX_WORDS = 10


@dataclass(frozen=True)
class Term:
    """An entry of a vocabulary, with every wording that names it."""

    slug: str
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    themes: tuple[Term, ...] = ()
    agencies: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    slug: str
    words: str  # as printed
    reason: str
    why: str = "words"  # or "board": it is the body that speaks


@dataclass(frozen=True)
class Addressed:
    """Whom a statement asks, as printed, and the agency that this is, where the vocabulary knows it."""

    as_printed: str
    agency: str
    reason: str


def term(slug: str, name: str, *others: str) -> Term:
    """An entry from a name and its other names, one per line. A name that joins two matters is no wording of either."""
    names = [name] if " and " not in name and len(name.split()) <= 4 else []
    wordings = (wording.strip() for wording in "\n".join([*names, *others]).splitlines())
    return Term(slug, tuple(dict.fromkeys(wording for wording in wordings if wording)))


def themes_in(text: str, vocabulary: Vocabulary) -> list[Suggestion]:
    return _named(text, vocabulary.themes)


def agencies_in(text: str, vocabulary: Vocabulary) -> list[Suggestion]:
    found = _named(text, vocabulary.agencies)
    own = _OWN_BODY.search(text)
    slugs = {term.slug for term in vocabulary.agencies}
    if own and "board" in slugs and all(suggestion.slug != "board" for suggestion in found):
        found.append(Suggestion("board", own[0], f"“{own[0]}” is the board or partnership that speaks", "board"))
    return found


def addressees_of(text: str, vocabulary: Vocabulary) -> list[Addressed]:
    """Whom the opening words ask: "The Board must ..." asks "The Board". "It must" asks nobody."""
    found = _ADDRESSED.match(text)
    who = found["who"].rstrip(" ,") if found else ""
    if found is None or _NOBODY.match(who) or _CLAUSE.search(who) or len(who.split()) > _MAX_WORDS:
        return []
    named = agencies_in(who, vocabulary)
    asks = found[0][found.end("who") :].strip()
    if asks.startswith("to ") or asks == "to":
        # "Police to see every child" asks the police; "Develop events to ensure that" asks nobody.
        opens = _ARTICLE.sub("", who)
        named = [suggestion for suggestion in named if opens.casefold().startswith(suggestion.words.casefold())]
        if not named:
            return []
    return [Addressed(who, named[0].slug if named else "", f"it opens with “{who} {asks}”")]


def _named(text: str, terms: tuple[Term, ...]) -> list[Suggestion]:
    """The entries that a text names, in its order. Of two that begin at one place the longer wording stands."""
    found: dict[str, tuple[int, Suggestion]] = {}
    taken: list[tuple[int, int]] = []
    for slug, wording in _longest_first(terms):
        for hit in _pattern(wording).finditer(text):
            if any(start <= hit.start() and hit.end() <= end for start, end in taken):
                continue
            taken.append(hit.span())
            if slug not in found:
                found[slug] = (hit.start(), Suggestion(slug, hit[0], f"the words “{hit[0]}”"))
    return [suggestion for _, suggestion in sorted(found.values(), key=lambda pair: pair[0])]


@lru_cache(maxsize=8)
def _longest_first(terms: tuple[Term, ...]) -> tuple[tuple[str, str], ...]:
    pairs = [(term.slug, wording) for term in terms for wording in term.wordings]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[1])))


@lru_cache(maxsize=4096)
def _pattern(wording: str) -> re.Pattern[str]:
    """A wording as a whole word, singular or plural, with a hyphen or a space; letters like "CSE" only as letters."""
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", wording.strip()))
    words = words.replace("'", "['’]")
    is_letters = wording.isupper() and len(wording) <= 6
    return re.compile(rf"(?<!\w){words}(?:s|es)?(?!\w)", 0 if is_letters else re.I)
