"""The README is believed: what can be checked in it is."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_explains_every_setting_and_no_other():
    settings = (ROOT / "scr_kb" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"((?:SCR_KB|DATABASE)_[A-Z_]+)"', settings))

    assert set(re.findall(r"^\| `([A-Z_]+)` \|", README, flags=re.MULTILINE)) == read


def test_every_link_and_picture_of_the_readme_is_there():
    targets = set(re.findall(r"\]\(([^)#]+)\)", README)) | set(re.findall(r'src="([^"]+)"', README))

    assert {target for target in targets if not (ROOT / target).exists()} == set()
