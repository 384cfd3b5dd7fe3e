"""A document of any format, parsed: its text, facts, subjects and statements."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from learning.reader.extract.canonical import Canonical
from learning.reader.extract.extract import canonical_of
from learning.reader.extract.sniff import DocumentError
from learning.reader.statements.facts import Facts, read_facts
from learning.reader.statements.reader import Reading, read_statements
from learning.reader.statements.subjects import Subjects, find_subjects
from learning.reader.statements.suggestions import Vocabulary, themes_in

__all__ = ["DocumentError", "ParsedDocument", "read_document"]

_TOPICS = re.compile(r"^(?:key\s+|main\s+)?(?:themes?|keywords?|topics?)\b[^:\t]{0,30}[:\t]", re.I)


@dataclass
class ParsedDocument:
    canonical: Canonical
    facts: Facts
    subjects: Subjects
    reading: Reading

    def as_json(self, vocabulary: Vocabulary | None = None) -> dict[str, Any]:
        """As ``read_bulletin`` prints it."""
        vocabulary = vocabulary or Vocabulary()
        return {
            "title": self.facts.title,
            "publisher": self.facts.publisher,
            "published_on": self.facts.published_on,
            "source": self.canonical.text,
            "reviews": [
                {"label": label, "themes": self.themes_of_review(label, vocabulary)} for label in self.subjects.labels
            ],
            "stated_counts": self.facts.stated_counts,
            "statements": [
                {
                    "kind": statement.kind,
                    "number": statement.number,
                    "text": statement.text,
                    "start": statement.start,
                    "end": statement.end,
                    "review": statement.review,
                    "themes": [theme.slug for theme in themes_in(statement.text, vocabulary)],
                }
                for statement in self.reading.statements
            ],
        }

    def themes_of_review(self, label: str, vocabulary: Vocabulary) -> list[str]:
        """Slugs: what the bulletin names as the review's topics, then what two of its statements or more speak of."""
        topics = [theme.slug for text in self._topics_of(label) for theme in themes_in(text, vocabulary)]
        spoken: Counter[str] = Counter()
        for statement in self.reading.statements:
            if statement.review == label:
                spoken.update(theme.slug for theme in themes_in(statement.text, vocabulary))
        return list(dict.fromkeys([*topics, *(slug for slug, count in spoken.most_common() if count > 1)]))

    def _topics_of(self, label: str) -> list[str]:
        topics, current = [], self.subjects.only
        for block in self.canonical.blocks:
            text = self.canonical.words(block)
            current = self.subjects.mentioned(text)[0] or current
            if current == label and _TOPICS.match(text):
                topics.append(text)
        return topics


def read_document(name: str, data: bytes) -> ParsedDocument:
    canonical = canonical_of(name, data)
    subjects = find_subjects(canonical)
    return ParsedDocument(canonical, read_facts(canonical), subjects, read_statements(canonical, subjects))
