"""The direction of imports that a list of layers cannot say: a package inside ``learning`` that lies above it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ABOVE = ("learning.intake", "learning.practice", "scr_kb.urls", "scr_kb.views")


def imported_by(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_public_site_does_not_know_the_desk():
    below = [file for file in (ROOT / "learning").rglob("*.py") if file.relative_to(ROOT).parts[1] != "intake"]

    wrong = [(file.name, name) for file in below for name in imported_by(file) if name.startswith(ABOVE)]

    assert len(below) > 30
    assert wrong == []


def test_the_check_sees_an_import(tmp_path):
    file = tmp_path / "wrong.py"
    file.write_text("from learning.intake.reading import reader\nimport learning.intake.drafts\n")

    assert list(imported_by(file)) == ["learning.reader.statements.reader", "learning.intake.drafts.statements"]
