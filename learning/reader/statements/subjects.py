"""Whom a bulletin speaks of: the labels of its reviews and children, found by the ways in which they are printed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from learning.reader.extract.canonical import Canonical
from learning.reader.identifiers.words import FIRST_NAMES, ORDINARY
from learning.reader.word_lists import words_in
from learning.reader.wording.dates import MONTHS

_REVIEW = (
    r"Serious Case Review|Safeguarding Adults? Review|(?:Local )?Child Safeguarding Practice Review|"
    r"Child Practice Review|Adult Practice Review|Single Unified Safeguarding Review|Significant Case Review|"
    r"Domestic Homicide Review|"
    r"Domestic Abuse Related Death Review|Case Review|Rapid Review|Learning Review|Practice Review|"
    r"LCSPR|CSPR|SCR|SAR|DHR|CPR|APR|SUSR"
)
_PERSON = r"Child|Baby|Young Person|Adult|Infant|Sibling|Family|Mother|Ms|Mr|Mrs"
_SEVERAL = r"Siblings|Children|Twins|Babies|Brothers|Sisters"
_KINDS = rf"(?:{_REVIEW}|{_PERSON})"
_BESIDE = {"mother", "mr", "ms", "mrs", "sibling", "adult"}  # people beside the child, where there is one
_CODE = r"(?:[A-Z]{1,3}\d{0,3}|\d{1,2}|[A-Z]\d{1,3})"
_NAME = r"[A-Z][a-z]{2,}"
_OPEN, _SHUT = r"[\"'“‘]", r"[\"'”’]"
_STOPWORDS = words_in("not_codes_of_reviews")
_CODED = re.compile(
    rf"\b(?P<label>(?P<kind>{_KINDS}|{_KINDS.upper()})(?: |: )(?:{_OPEN})?(?P<name>{_CODE})(?:{_SHUT})?)"
    r"(?![\w/’'-](?!s\b))"
)
_TOGETHER = re.compile(
    rf"\b(?P<label>(?P<kind>{_SEVERAL}|{_SEVERAL.upper()}) (?P<name>{_CODE}(?:(?:,| and| &) {_CODE})*))(?![\w-])"
)
_NAMED = re.compile(
    rf"\b(?P<label>(?P<kind>SCR|LCSPR|CSPR|SAR|DHR|Child|Baby|Family) (?:{_OPEN})?(?P<name>{_NAME})(?:{_SHUT})?)"
    r"(?![\w-]| [A-Z][a-z])"
)
_PAIR = rf"(?:(?:Mr|Mrs|Ms|Miss|Dr) )?{_NAME}(?:(?:, {_NAME})* (?:and|&) {_NAME})?"
_QUOTED_REVIEW = re.compile(
    rf"\b(?:{_REVIEW}|Review)(?: (?:No\.? ?)?\d[\d/]*)?\s*[:–-]?\s*\(?{_OPEN}(?P<label>{_PAIR}){_SHUT}"
)
_TITLED = re.compile(rf"\b(?:{_REVIEW}|Review)\s*[:–-]\s*(?P<label>(?:Mr|Mrs|Ms|Miss|Dr) {_NAME})$")
_GROUP = re.compile(rf"\b[Tt]he (?P<label>{_NAME} (?:Girls|Boys|Siblings|Children|Twins|Brothers|Sisters|Family))\b")
_NUMBERED = re.compile(r"\b(?:Re|Reference|Ref)\.?:\s+(?P<label>[A-Z]{2,}[ -]?\d[\d/-]*)")
_PLURAL = re.compile(r"\b(?:reviews|cases|two|both|scrs|cspr?s|sars|dhrs)\b", re.I)
_CASE = re.compile(r"^(?P<label>(?:Case(?: [Ss]tudy)?|Review) (?:\d{1,2}|[A-Z]))(?!\w)")
_FAMILY = re.compile(r"\b(?P<label>(?P<name>[A-Z][a-z]+) [Ff]amily)\b")
_AGED_FAMILY = re.compile(
    rf"\b(?P<first>{_NAME}) \(aged? \d{{1,2}}\) and (?:her|his|their) (?:\w+ )?(?:son|daughter|child|baby|brother|"
    r"sister),? (?:known as |called )?(?P<second>[A-Z]\w*)"
)
_CALLED_FAMILY = re.compile(rf"\b(?:called|known as|named|on) (?:the )?(?:{_OPEN})?(?P<label>[A-Z][a-z]+ [Ff]amily)\b")
_LINE_AGED = re.compile(
    rf"^(?P<label>{_NAME}) \(aged? \d{{1,2}}\)|^(?P<initials>[A-Z]{{2,3}}), (?:aged? )?\d{{1,2}}$", re.M
)
_MURDER = re.compile(
    r"\b(?:murders?|deaths?|killings?|case|life|lives) of (?P<first>[A-Z][a-z]+ [A-Z][\w-]+)"
    r"(?: and (?P<second>[A-Z][a-z]+ [A-Z][\w-]+))?"
)
_TITLE_LINE = re.compile(r"^(?:\d{4}\s+[–-]\s+)(?:[\w .,'&]+?)\s+[–-]\s+(?P<label>[A-Z][\w '&,-]{1,40})$")
_TITLE_NAME = re.compile(rf"(?:{_REVIEW}|[Rr]eview|[Bb]riefing|[Bb]ulletin)\s*[:–-]\s*(?P<label>{_NAME})$")
_STORIES = (
    re.compile(rf"\b(?:Child|child|called|known as|pseudonym|named) {_OPEN}(?P<label>{_NAME}){_SHUT}"),
    re.compile(rf"(?m)^(?:\d{{1,2}}[.)] )?Who (?:is|was) (?P<label>{_NAME})\?"),
    re.compile(rf"(?m)^(?:\d{{1,2}}[.)] )?(?P<label>{_NAME})['’]s (?:story|life|journey|experience)\b"),
    re.compile(rf"\b(?P<label>{_NAME}) \((?:not (?:his|her|their) real name|a pseudonym|name changed)"),
    re.compile(r"\b(?:[Rr]eview|[Cc]ase|[Ss]tory) of (?P<label>[A-Z](?: and [A-Z])?)(?![\w'’])"),
    re.compile(rf"\b(?P<label>{_NAME}) is not (?:a|his|her|their|the child's) real name"),
    re.compile(
        rf"\b[Ww]e (?:have )?call(?:ed)? (?:her|him|them|the child|the young person) {_OPEN}?(?P<label>{_NAME})\b"
    ),
    re.compile(rf"\b(?P<label>{_NAME}) \((?:aged?\s+)?\d{{1,2}}(?:\s*(?:years?|months?|weeks?|days?)(?:\s+old)?)?\)"),
    re.compile(rf"\b(?:known as|referred to as|called) (?:{_OPEN})?(?P<label>[A-Z][A-Za-z]{{1,12}})\b"),
    re.compile(
        rf"(?<!\bin )(?<!\bat )(?<!\bof )(?<!\bfrom )\b(?P<label>{_NAME}(?:[ -][A-Z][a-z]+)?)(?:, (?:who|then|a|"
        rf"an|aged)\b[^,.]{{0,40}},)? (?:died|"
        rf"was (?:killed|"
        r"murdered|born|thought|aged|known|living|found|placed|taken|\d)|had (?:been|lived|died)|lived (?:with|"
        r"in|at)|"
        r"suffered|is a|was a|took (?:her|his|their) own)"
    ),
)
_NOT_NAMES = words_in("not_names_of_children") | frozenset(MONTHS)


_SHOUTED = re.compile(
    rf"^(?:{_REVIEW.upper()}|{_PERSON.upper()}|{_SEVERAL.upper()})(?<![A-Z]SCR)\b(?<!^SCR)(?<!SAR)(?<!DHR)(?<!PR)"
)


@dataclass
class Subjects:
    labels: list[str] = field(default_factory=list)
    aliases: dict[str, list[str]] = field(default_factory=dict)

    @property
    def several(self) -> bool:
        return len(self.labels) > 1

    @property
    def only(self) -> str:
        return self.labels[0] if len(self.labels) == 1 else ""

    def names(self) -> list[tuple[str, str]]:
        pairs = [(name, label) for label in self.labels for name in [label, *self.aliases.get(label, [])]]
        return sorted(pairs, key=lambda pair: -len(pair[0]))

    def mentioned(self, text: str) -> tuple[str, bool]:
        """The label that a paragraph speaks of first, and whether the paragraph opens with it."""
        best: tuple[int, str] | None = None
        for name, label in self.names():
            found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I)
            if found and (best is None or found.start() < best[0]):
                best = (found.start(), label)
        return (best[1], best[0] == 0) if best else ("", False)

    def all_mentioned(self, text: str) -> set[str]:
        return {label for name, label in self.names() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)}

    def label_in_heading(self, text: str) -> str:
        """The label where a short heading is one: alone, of a case or its story, or with a few words after it."""
        bare = " ".join(text.split()).strip(" :*–-?")
        if len(bare.split()) > 12:
            return ""
        for name, label in self.names():
            if re.fullmatch(
                r"(?:\d{1,2}[.)]?\s+)?(?:[\w ]{0,40}[:–-]\s*)?(?:the )?(?:(?:learning|lessons|findings) from |"
                r"(?:case|story|review) of )?"
                rf"(?:who (?:is|was) )?[\"'“‘]?{re.escape(name)}[\"'”’]?(?:['’]s (?:story|life|journey|"
                rf"experiences?))?"
                r"(?:\s*[:–(,-].{0,60})?",
                bare,
                re.I,
            ):
                return label
        return ""

    def add(self, label: str, code: str = "") -> None:
        label = re.sub(r"[\"'“”‘’]", "", label).replace(": ", " ")
        label = _SHOUTED.sub(lambda found: found[0].title(), label)
        label = re.sub(r"(?<= )[A-Z]{3,}$", lambda found: found[0].title(), label) if " " in label else label
        known = self.codes.setdefault((code or label).casefold(), label)
        if known not in self.labels:
            self.labels.append(known)
        elif label != known and label not in self.aliases.setdefault(known, []):
            self.aliases[known].append(label)

    codes: dict[str, str] = field(default_factory=dict, repr=False)


def find_subjects(canonical: Canonical) -> Subjects:
    """The reviews and children of a text, by label; "Child Q" and "Serious Case Review Q" are the same."""
    text = canonical.text
    subjects = Subjects()
    if quoted := _quoted_in_title(canonical):
        subjects.add(quoted)
        return subjects
    for found in _by_code(text):
        subjects.add(found["label"], found["name"])
    _join_one_review(subjects, canonical)
    _add_families(subjects, text)
    if not subjects.labels:
        _add_titles(subjects, canonical)
    if not subjects.labels:
        _add_groups(subjects, text)
    if not subjects.labels:
        _add_headed(subjects, canonical)
    if not subjects.labels:
        _add_stories(subjects, text)
    if not subjects.labels:
        _add_cases(subjects, canonical)
    return subjects


def _quoted_in_title(canonical: Canonical) -> str:
    for block in canonical.blocks[:8]:
        found = _QUOTED_REVIEW.search(canonical.words(block))
        if found and found["label"] not in _NOT_NAMES:
            return found["label"]
    return ""


def _join_one_review(subjects: Subjects, canonical: Canonical) -> None:
    # Two children under one review: "Learning Review: Child D and Child E".
    if len(subjects.labels) != 2:
        return
    first, second = subjects.labels
    if any(_heads_a_section(canonical.words(block), subjects.labels) for block in canonical.blocks[3:]):
        return
    for block in canonical.blocks[:8]:
        words = canonical.words(block)
        is_named = re.search(rf"{re.escape(first)} (?:and|&) {re.escape(second)}(?!\w)", words)
        if is_named and re.search(r"(?i)\breview\b|\b(?:SCR|SAR|DHR|L?CSPR)\b", words) and not _PLURAL.search(words):
            pair = f"{first} and {second}"
            subjects.aliases = {
                pair: [first, second, *subjects.aliases.get(first, []), *subjects.aliases.get(second, [])]
            }
            subjects.labels = [pair]
            return


def _heads_a_section(words: str, labels: list[str]) -> bool:
    return len(words.split()) <= 8 and any(
        re.match(
            rf"\W*(?:\d{{1,2}}[.)]? )?(?:[Ll]earning from |[Tt]he story of )?{re.escape(label)}(?!\w| and| &)", words
        )
        for label in labels
    )


def _by_code(text: str) -> Iterator[re.Match[str]]:
    """ "Child Q", "SCR John", "Siblings W1 and W2": a kind with a code or a name, in the order of the text."""
    together = list(_TOGETHER.finditer(text))
    has_any = False
    for found in sorted([*together, *_CODED.finditer(text), *_NAMED.finditer(text)], key=lambda found: found.start()):
        name, kind = found["name"], found["kind"].casefold()
        if name in {"Child", "Baby", "Family", "Young", "Adult"}:
            continue
        if len(name) > 1 and (name.casefold() in _STOPWORDS or _is_common_word(name, text)):
            continue
        if kind in _BESIDE and has_any:
            continue
        has_any = True
        yield found


def _is_common_word(name: str, text: str) -> bool:
    # A name is never printed without its capital; a word that is, is none.
    return name.isalpha() and len(name) > 3 and bool(re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", text))


def _add_families(subjects: Subjects, text: str) -> None:
    for pattern in (_CALLED_FAMILY, _AGED_FAMILY, _LINE_AGED):
        for found in pattern.finditer(text):
            groups = found.groupdict()
            if "first" not in groups:
                subjects.add(found["label"] or groups["initials"])
                continue
            pair = f"{found['first']} and {found['second']}"
            subjects.add(pair)
            for name in (found["first"], found["second"]):
                subjects.codes[name.casefold()] = pair
                subjects.aliases.setdefault(pair, []).append(name)


def _add_titles(subjects: Subjects, canonical: Canonical) -> None:
    for block in canonical.blocks[:8]:
        words = canonical.words(block)
        for pattern in (_TITLE_LINE, _TITLED, _NUMBERED, _TITLE_NAME):
            found = pattern.search(words)
            if found and found["label"] not in _NOT_NAMES and found["label"].casefold() not in _STOPWORDS:
                subjects.add(found["label"])
                return


def _add_headed(subjects: Subjects, canonical: Canonical) -> None:
    """Pseudonyms that are the headings of their own stories: "BLUEBELL" above "Bluebell was five months old"."""
    found = []
    for place, block in enumerate(canonical.blocks):
        words = canonical.words(block).strip(" :")
        if not re.fullmatch(r"[A-Z][A-Za-z]{2,14}(?: and [A-Z][A-Za-z]{2,14})?", words) or block.kind in {
            "item",
            "row",
        }:
            continue
        name = words.title().replace(" And ", " and ")
        below = " ".join(canonical.words(other) for other in canonical.blocks[place + 1 : place + 4])
        if name not in found and re.search(rf"(?<!\w){name}(?:,| \(| (?:was|is|were|are|had|died|lived))\b", below):
            found.append(name)
    if len(found) > 1:
        for name in found:
            if name.split()[0] not in _NOT_NAMES:
                subjects.add(name)


def _add_groups(subjects: Subjects, text: str) -> None:
    for found in _GROUP.finditer(text):
        if found["label"].split()[0] not in _NOT_NAMES:
            subjects.add(found["label"])


def _add_stories(subjects: Subjects, text: str) -> None:
    for found in _FAMILY.finditer(text):
        if found["name"] not in _NOT_NAMES and found["name"].casefold() not in _STOPWORDS:
            subjects.add(found["label"])
    for found in _MURDER.finditer(text):
        for name in (found["first"], found["second"]):
            if name and name.split()[0] not in _NOT_NAMES and not _is_common_word(name.split()[0], text):
                subjects.add(name)
    for pattern in _STORIES:
        for found in pattern.finditer(text):
            name = found["label"]
            first = name.split()[0]
            is_ordinary = pattern is _STORIES[-1] and first.casefold() in ORDINARY - FIRST_NAMES  # "Hospital is a ..."
            if is_ordinary or _is_no_name(first, text):
                continue
            if not any(name in label for label in subjects.labels):
                subjects.add(name)


def _is_no_name(word: str, text: str) -> bool:
    return word in _NOT_NAMES or word.casefold() in _STOPWORDS or _is_common_word(word, text)


def _add_cases(subjects: Subjects, canonical: Canonical) -> None:
    # "Case 1", "Case 2": headings of a document in which nobody has a name, where there are several.
    found = [_CASE.match(canonical.words(block)) for block in canonical.blocks]
    labels = [one["label"] for one in found if one]
    if len(set(labels)) > 1:
        for label in labels:
            subjects.add(label)
