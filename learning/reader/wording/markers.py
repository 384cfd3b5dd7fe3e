"""List markers as documents print them: bullets, numbers, letters, roman numbers and the words "Recommendation 3"."""

import re
import unicodedata
from dataclasses import dataclass

BULLETS = "•●○◦▪▫■□‣⁃∙·►▶➢➤❖✓✔◆◇✗✘✕➔➜➙➞⮞☐☑☒⚠✅❌★☆✦✱▸▹◉◎⬤🔹🔸👉💡❓📌➡▷▻»\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
_SPACED = "-–—*o§>+?→×~"  # bullets only where a space follows and words come after

ROMAN = r"(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3})"
_NUMBER = re.compile(
    rf"""(?P<label>
        \(\d{{1,3}}[a-z]?\)                                # (3)
      | \d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[a-z]?[.):]?(?=\s)   # 1.2.1
      | \d{{1,3}}[a-z]?[.):](?=\s|[A-Z“‘"'(\[]|$)           # 3.  3a)  1.Background
      | \(?{ROMAN}[.)](?=\s)                               # (iv)
      | {ROMAN.upper()}[.)](?=\s)                           # IV.
      | \(?[a-pA-H][.)](?=\s)                              # (b)
      | \([a-z]\)(?=\s)
      | [A-Z]{{1,2}}\d{{1,2}}[.)](?=\s)                      # R1.  LR2)
      | \d{{1,2}}(?=(?:\s{{2,}}|\t)[A-Z“‘](?!.*(?:\t|\s{{3}})))  # 3  There must be ...
    )\s*""",
    re.X,
)
_BULLET = re.compile(rf"(?P<label>[{re.escape(BULLETS)}])\s*")
_SPACED_BULLET = re.compile(rf"(?P<label>[{re.escape(_SPACED)}])\s+(?=\S)")
_SYMBOLS = {"So", "No", "Sm", "Sk"}  # emojis, numbers in circles, arrows
_ARROW = re.compile(r"(?P<label>>>|[-=]>|--|::)\s*(?=\S)")
_TIGHT_HYPHEN = re.compile(r"(?P<label>[-–])(?=[A-Z‘“'\"])")  # "-Professionals who are ..."


@dataclass(frozen=True, slots=True)
class Marker:
    label: str
    rest: str
    is_number: bool


def marker_of(line: str) -> Marker | None:
    """The list marker that a line begins with, or None. Doubled markers ("- •", "- 3a.") count as the second."""
    if line[:1] and unicodedata.category(line[0]) in _SYMBOLS and line[0] not in "*+><=~|^`$£":
        rest = line[1:].lstrip("\ufe0f \t")
        return Marker(line[0], rest, False) if rest else None
    for pattern, is_number in (
        (_NUMBER, True),
        (_ARROW, False),
        (_BULLET, False),
        (_SPACED_BULLET, False),
        (_TIGHT_HYPHEN, False),
    ):
        found = pattern.match(line)
        if found is None:
            continue
        rest = line[found.end() :]
        inner = marker_of(rest) if not is_number else None
        if inner is not None:
            return inner
        return Marker(found["label"], rest, is_number)
    return None


def number_of(label: str) -> str:
    """The number as a text: "3a." is "3a", "(iv)" stays "(iv)", a bullet has none."""
    if not label or label[0] in BULLETS + _SPACED + ">=-:" or unicodedata.category(label[0]) in _SYMBOLS:
        return ""
    if label.startswith("("):
        return label.rstrip(".:")
    return label.rstrip(".):")


def is_digit_label(label: str) -> bool:
    return bool(re.match(r"\(?\d", label))
