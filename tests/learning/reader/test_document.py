"""Every layout in a short text of its own, in ``cases/``: the text, a line of "=====", and what it must give.

An expected line is "kind|number|words" and, where it matters, "|review".
"""

import subprocess
import sys
from pathlib import Path

import pytest

from learning.reader.document import read_document
from learning.reader.statements.suggestions import Term, Vocabulary

ROOT = Path(__file__).parents[3]

CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_read_document(path):
    text, _, lines = path.read_text(encoding="utf-8").rpartition("\n=====\n")
    expected = [line.split("|") for line in lines.splitlines()]
    statements = read_document(path.name, text.encode()).reading.statements
    got = [[statement.kind, statement.number, statement.text, statement.review] for statement in statements]
    assert [row[: len(other)] for row, other in zip(got, expected, strict=False)] == expected
    assert len(got) == len(expected), got[len(expected) :]


def test_read_document_says_why_each_statement_is_one():
    text = "Key findings\n\n- Nobody asked.\n\nWhat next\n\nRecommendation 1: The Board should ask."
    reasons = [statement.reason for statement in read_document("a.txt", text.encode()).reading.statements]
    assert reasons == ["the heading “Key findings”", "the label “Recommendation 1:”"]


def test_read_document_keeps_the_parent_of_a_sub_bullet_and_the_lead_in_of_a_list():
    text = "Findings\n\nThe review found:\n\n- The plan was not followed:\n   – the school was never told of it\n"
    document = read_document("a.txt", text.encode())
    parent, part = document.reading.statements
    assert (parent.parent, part.parent) == (None, 0)
    assert part.lead_in is not None
    start, end = part.lead_in
    assert document.canonical.text[start:end] == "The review found:"


def test_read_document_knows_the_blocks_of_learning_sections():
    text = "Background\n\nIt was so.\n\nFindings\n\n- Nobody asked.\n\nReferences\n\n- A book."
    document = read_document("a.txt", text.encode())
    words = [document.canonical.words(document.canonical.blocks[index]) for index in document.reading.learning_blocks]
    assert words == ["Findings", "Nobody asked."]


def test_themes_of_review_keeps_the_order_of_mention_where_counts_are_equal():
    slugs = ["police", "neglect", "violence", "sleep", "drugs", "schools"]
    vocabulary = Vocabulary(themes=tuple(Term(slug, (slug,)) for slug in sorted(slugs)))
    text = f"Findings\n\n- It spoke of {', '.join(slugs)}.\n- It also spoke of {', '.join(slugs)}.\n"

    assert read_document("a.txt", text.encode()).themes_of_review("", vocabulary) == slugs


def test_reader_loads_no_django():
    """Also not inside a function or by way of another package, where a linter of imports does not look."""
    code = (
        "import importlib, pkgutil, sys, learning.reader\n"
        "for module in pkgutil.walk_packages(learning.reader.__path__, 'learning.reader.'):\n"
        "    importlib.import_module(module.name)\n"
        "sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
