"""How the views of the desk stand beside each other."""

import ast
from pathlib import Path

from learning.intake.desk import views

FOLDER = Path(str(views.__file__)).parent


def imported_by(module: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}


def test_views_lend_nothing_to_each_other():
    modules = [module for module in FOLDER.rglob("*.py") if module.name != "__init__.py"]

    lent = {(module.name, name) for module in modules for name in imported_by(module) if "desk.views" in name}

    assert len(modules) > 15
    assert lent == set()
