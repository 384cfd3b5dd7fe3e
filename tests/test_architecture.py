"""What the linter's contracts on layers cannot say: how large a room may be, and that no room is left out of them."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MOST_MODULES = 16
LAYERED = ("learning", "learning/intake")
# Beside the layers: what Django itself expects in an app, and the two that reach across on purpose.
OUTSIDE = {"admin", "apps", "checks", "fixtures_loader", "management", "migrations", "reader", "urls"}


def rooms() -> list[Path]:
    packages = [ROOT / name for name in ("scr_kb", "reviews", "learning")]
    folders = [folder for package in packages for folder in (package, *package.rglob("*")) if folder.is_dir()]
    return [folder for folder in folders if folder.name not in {"__pycache__", "migrations"}]


def test_no_room_is_too_large():
    sizes = Counter({str(room.relative_to(ROOT)): len(list(room.glob("*.py"))) for room in rooms()})

    assert len(sizes) > 25
    assert {name: size for name, size in sizes.items() if size > MOST_MODULES} == {}


@pytest.mark.parametrize("package", LAYERED)
def test_every_room_has_a_layer(package):
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = [layer for contract in contracts for layer in contract.get("layers", ())]
    named = {name.strip() for layer in layers for name in layer.split("|")}
    prefix = package.replace("/", ".") + "."
    inside = {name.removeprefix(prefix).partition(".")[0] for name in named}

    there = {path.stem for path in (ROOT / package).iterdir() if path.is_dir() or path.suffix == ".py"}

    assert there - inside - OUTSIDE - {"__init__", "__pycache__"} <= ({"years"} if package == "learning" else set())
