"""Examples that mark with « and » what is to be identified."""

import re

from learning.reader.identifiers import find_identifiers
from learning.reader.identifiers.findings import Rule


def marked(example: str) -> tuple[str, list[str]]:
    """The text of an example without its marks, and what stands between « and »."""
    return re.sub("[«»]", "", example), re.findall("«(.*?)»", example, re.S)


def identified(text: str, kind: str) -> list[str]:
    return [identifier.text for identifier in find_identifiers(text) if identifier.kind == kind]


def suggested(text: str, kind: str) -> list[str]:
    return [identifier.suggestion for identifier in find_identifiers(text) if identifier.kind == kind]


def assert_finds_its_example(rule: Rule) -> None:
    text, expected = marked(rule.example)
    assert [text[start:end] for start, end in rule.spans(text)] == expected
    assert identified(text, rule.kind) == expected
