"""Names of people, known by what stands beside them: a title, a role, a relation, a verb, a first name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from learning.reader.identifiers.findings import PERSON, Covered, Identifier, make
from learning.reader.identifiers.people.candidates import (
    CITED_AFTER,
    NAMED_AFTER,
    THING_BEFORE,
    Candidate,
    Names,
    candidates,
    is_known_to_all,
    is_left_alone,
)
from learning.reader.identifiers.people.lower_case_names import find_lower_case_names
from learning.reader.identifiers.people.rules import RULES
from learning.reader.identifiers.people.words import TITLE, Evidence, PersonRule
from learning.reader.identifiers.words import FIRST_NAMES, NEVER, UPPER, WORD, plain


def find_people(text: str, held: Covered) -> Iterator[Identifier]:
    """Names by their surroundings, then the same names wherever they stand again. ``held`` is left out."""
    names = Names(text)
    found: list[tuple[Candidate, Identifier]] = []
    for candidate in candidates(names):
        if held.touches(candidate.start, candidate.end):
            continue
        rule = fitting_rule(names, candidate)
        if rule is None and (widened := _with_initials(text, candidate)):
            candidate, rule = widened, fitting_rule(names, widened)
        if rule:
            found.append((candidate, make(text, _with_partner(text, candidate), PERSON, rule.why)))
            yield from _and_others(text, candidate, rule)
    yield from (identifier for _, identifier in found)
    yield from _beside(text, names, held, found)
    yield from find_lower_case_names(text)
    yield from _repeated(text, names, [candidate for candidate, _ in found])


def _with_initials(text: str, candidate: Candidate) -> Candidate | None:
    """The same with the initials before it that stand without full stops: "Dr SK Mossbeck"."""
    initials = re.search(
        rf"(?:[a-z,:(–—-]|\b{TITLE}\.?)\s([A-Z]{{1,2}}\s)$", text[max(0, candidate.start - 16) : candidate.start]
    )
    if not initials or candidate.evidence < Evidence.SINGLE:
        return None
    return replace(candidate, start=candidate.start - len(initials[1]), evidence=max(candidate.evidence, Evidence.FULL))


def fitting_rule(names: Names, candidate: Candidate) -> PersonRule | None:
    if candidate.evidence == Evidence.NONE:
        return None
    text = names.text
    before = text[max(0, candidate.start - 70) : candidate.start].rpartition("\n\n")[2]
    after = text[candidate.end : candidate.end + 90].partition("\n\n")[0]
    if is_known_to_all(names, candidate, before, after):
        return None
    left_alone = is_left_alone(names, candidate, before, after)
    for rule in RULES:
        if not rule.at_least <= candidate.evidence <= rule.at_most or (rule.is_cited and left_alone):
            continue
        if candidate.evidence <= Evidence.MAYBE and not _stands_alone(candidate, after):
            continue
        if (not rule.before or rule.before.search(before)) and (not rule.after or rule.after.match(after)):
            return rule
    return None


def _stands_alone(candidate: Candidate, after: str) -> bool:
    # Ordinary words are a name only where no further word with a capital follows.
    return not re.match(rf"\s[{UPPER}]", after) and not candidate.in_heading


def _with_partner(text: str, candidate: Candidate) -> tuple[int, int]:
    # As "Pauline and Trevor Mossbeck", two who share a surname.
    partner = re.search(rf"(?<!\w)({WORD})\s(?:and|&)\s$", text[max(0, candidate.start - 40) : candidate.start])
    if partner and partner[1].lower() in FIRST_NAMES and len(candidate.words) > 1:
        return candidate.start - (len(partner[0])), candidate.end
    return candidate.start, candidate.end


def _and_others(text: str, candidate: Candidate, rule: PersonRule) -> Iterator[Identifier]:
    # As in "the twins, Faith and Hope".
    if rule.before is None:
        return
    others = re.match(
        rf"(?:,\s{WORD}\b){{0,6}},?\s(?:and|&)\s{WORD}\b(?!\s[{UPPER}])", text[candidate.end : candidate.end + 120]
    )
    for match in re.finditer(WORD, others[0] if others else ""):
        if plain(match[0]) in FIRST_NAMES:
            span = (candidate.end + match.start(), candidate.end + match.end())
            yield make(text, span, PERSON, "A first name beside another name.")


def _beside(text: str, names: Names, held: Covered, found: list[tuple[Candidate, Identifier]]) -> Iterator[Identifier]:
    # As in "apologies from Mira Mossbeck and Mabeka Sample": one of two was found by its surroundings.
    starts = {candidate.start for candidate, _ in found if len(candidate.words) > 1}
    ends = {candidate.end for candidate, _ in found if len(candidate.words) > 1}
    for candidate in candidates(names):
        if candidate.evidence != Evidence.FULL or held.touches(candidate.start, candidate.end):
            continue
        before = re.search(r"(?:,?\s(?:and|&)|,)\s$", text[max(0, candidate.start - 6) : candidate.start])
        after = re.match(r"(?:,?\s(?:and|&)|,)\s", text[candidate.end : candidate.end + 6])
        is_joined = (before and candidate.start - len(before[0]) in ends) or (
            after and candidate.end + len(after[0]) in starts
        )
        if is_joined and not is_left_alone(names, candidate, "", text[candidate.end : candidate.end + 90]):
            yield make(text, (candidate.start, candidate.end), PERSON, "A name beside another name.")


def _repeated(text: str, names: Names, found: list[Candidate]) -> Iterator[Identifier]:
    known = {text[item.start : item.end] for item in found if item.evidence >= Evidence.KNOWN}
    known |= {
        word
        for item in found
        for word in item.words
        if len(word) > 2 and not names.is_ordinary(word) and word.lower() not in NEVER
    }
    for match in _any_of(known, text):
        after = text[match.end() : match.end() + 60]
        before = text[max(0, match.start() - 30) : match.start()]
        if not CITED_AFTER.match(after) and not NAMED_AFTER.match(after) and not THING_BEFORE.search(before):
            yield make(text, match.span(), PERSON, "A name found elsewhere in this text.")


def find_listed(text: str, listed: Iterable[str]) -> Iterator[Identifier]:
    wanted = {" ".join(name.split()) for name in listed if name.strip()}
    for match in _any_of(wanted, text, re.I):
        yield make(text, match.span(), PERSON, "It is on your list of names to look for.")


def _any_of(words: set[str], text: str, flags: re.RegexFlag = re.NOFLAG) -> Iterator[re.Match[str]]:
    if not words:
        return iter(())
    longest_first = sorted(words, key=len, reverse=True)
    pattern = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first)
    return re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text, flags)
