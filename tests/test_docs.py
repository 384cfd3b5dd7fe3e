"""The documents are believed: what can be checked in them is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
NAMES = [str(path.relative_to(ROOT)) for path in DOCUMENTS]
PACKAGES = ("scr_kb", "reviews", "learning")
MADE_LATER = {"media/", "staticfiles/"}  # by an installation


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def anchors(text: str) -> set[str]:
    """What a link can name in a document, as GitHub makes it of its headings."""
    headings = re.findall(r"^#+ (.+)$", without_code(text), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def paths_in(text: str) -> set[str]:
    """What is printed as code and looks like a path of this repository."""
    tops = "|".join(re.escape(path.name) for path in ROOT.iterdir() if path.is_dir())
    return set(re.findall(rf"`((?:{tops})/[\w./-]*)`", text)) - MADE_LATER


def modules() -> set[str]:
    files = (path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return {str(path) for path in files if path.name != "__init__.py" and "migrations" not in path.parts}


def mapped(text: str) -> list[str]:
    """The modules of the map: lines of a list under the heading of their folder."""
    _, _, text = text.partition("\n## Module map\n")
    found, folder = [], ""
    for line in text.partition("\n## ")[0].splitlines():
        if heading := re.fullmatch(r"### `(.+/)`", line):
            folder = heading[1]
        elif entry := re.match(r"- `(\w+\.py)`: \S", line):
            found.append(folder + entry[1])
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_a_document_leads_somewhere(name):
    text = without_code(read(name))
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    broken = []
    for link in links:
        target, _, anchor = link.partition("#")
        if "://" in target:
            continue
        path = (ROOT / name).parent / target if target else ROOT / name
        if not path.exists() or (anchor and anchor not in anchors(path.read_text(encoding="utf-8"))):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("name", NAMES)
def test_every_path_that_a_document_names_exists(name):
    assert {path for path in paths_in(read(name)) if not (ROOT / path).exists()} == set()


def test_the_module_map_has_every_module_once():
    entries = mapped(read("docs/architecture.md"))

    assert len(entries) == len(set(entries))
    assert {"missing": modules() - set(entries), "gone": set(entries) - modules()} == {"missing": set(), "gone": set()}


def test_the_settings_page_explains_every_setting_and_no_other():
    known = set(re.findall(r'"((?:SCR_KB|DATABASE)_[A-Z_]+)"', read("scr_kb/settings.py")))

    assert set(re.findall(r"^\| `([A-Z_]+)` \|", read("docs/settings.md"), flags=re.MULTILINE)) == known


def test_the_readme_stays_short():
    assert len(read("README.md").splitlines()) < 200


def test_links_and_paths_that_lead_nowhere_are_seen():
    assert paths_in("`learning/gone.py` and `pip install`, `/learning/`") == {"learning/gone.py"}
    assert anchors("# Where do I add …?\n```\n# no heading\n```\n") == {"where-do-i-add-"}
