"""Why a search found a record: its words, another name of it, its theme or its board, and by which synonym."""

from dataclasses import dataclass
from functools import cached_property

from learning.components.wording import in_a_sentence
from learning.search.highlight import Words
from learning.search.language.terms import Operand, Query, Term


@dataclass
class Source:
    """Something that a record may be found by: what to call it ("theme Suicide"), and its words."""

    name: str
    text: str

    @cached_property
    def words(self) -> Words:
        return Words(self.text)

    def has(self, term: Term) -> bool:
        return self.words.has(term)


def why(query: Query, sources: list[Source], last: list[Source] | None = None) -> str:
    """One line for the reader: "Matched: its words, theme Suicide".

    Earlier sources are preferred, and what was typed before a synonym of it; those in ``last`` only where nothing
    else tells.
    """
    reasons = [reason for operand in query.operands for reason in _reasons(operand, sources, last or [])]
    return f"Matched: {', '.join(dict.fromkeys(reasons))}" if reasons else ""


def _reasons(operand: Operand, sources: list[Source], last: list[Source]) -> list[str]:
    return (
        _typed(operand, sources) or _by_synonym(operand, sources) or _typed(operand, last) or _apart(operand, sources)
    )


def _typed(operand: Operand, sources: list[Source]) -> list[str]:
    """The first source that has all that was typed."""
    return [source.name for source in sources if all(source.has(term) for term in operand.terms)][:1]


def _by_synonym(operand: Operand, sources: list[Source]) -> list[str]:
    for source in sources:
        for synonym in operand.synonyms:
            if source.has(synonym):
                means = "includes" if synonym.is_narrower else "="
                return [f"{source.name} ({operand.typed} {means} {in_a_sentence(synonym.text)})"]
    return []


def _apart(operand: Operand, sources: list[Source]) -> list[str]:
    """Where the words that were typed stand, one here and one there."""
    return [name for term in operand.terms for name in [source.name for source in sources if source.has(term)][:1]]
