"""The numbers that Word prints before paragraphs, which a DOCX file holds only as rules: worked out and written in."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from learning.reader.extract.html import roman_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_LEVEL = 8


@dataclass(slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    is_legal: bool = False  # all numbers of the label in digits


@dataclass(slots=True)
class Series:
    """One list definition, and how far each of its levels has counted."""

    levels: dict[int, Level]
    counted: dict[int, int] = field(default_factory=dict)

    def step(self, level: int) -> str:
        """Count one on at a level, and return the label; a bullet, or a form that is not known, has none."""
        own = self.levels.get(level)
        if own is None:
            return ""
        self.counted[level] = self.counted.get(level, own.start - 1) + 1
        for deeper in [at for at in self.counted if at > level]:
            del self.counted[deeper]
        if own.form in {"bullet", "none"}:
            return ""
        label = own.text
        for at in range(_MAX_LEVEL, -1, -1):
            if f"%{at + 1}" in label:
                above = self.levels.get(at, own)
                number = self.counted.setdefault(at, above.start)
                written = _written(number, "decimal" if own.is_legal else above.form)
                if written is None:
                    return ""
                label = label.replace(f"%{at + 1}", written)
        return label.strip()


def number_paragraphs(paragraphs: list[Element], numbering: Element | None, styles: Element | None) -> None:
    if numbering is None:
        return
    series, restarts = _series(numbering)
    by_style = _numbers_of_styles(styles)
    for paragraph in paragraphs:
        list_id, level = _list_of(paragraph, by_style)
        if list_id not in series or not 0 <= level <= _MAX_LEVEL:
            continue
        if (list_id, level) in restarts:
            series[list_id].counted[level] = restarts.pop((list_id, level)) - 1
        label = series[list_id].step(level)
        if label and any((words.text or "").strip() for words in paragraph.iter(f"{W}t")):
            _write(paragraph, label)


def _write(paragraph: Element, label: str) -> None:
    run = Element(f"{W}r")
    SubElement(run, f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}).text = f"{label} "
    has_properties = len(paragraph) > 0 and paragraph[0].tag == f"{W}pPr"
    paragraph.insert(1 if has_properties else 0, run)


def _series(numbering: Element) -> tuple[dict[str, Series], dict[tuple[str, int], int]]:
    """The list definition of each list id, shared where two ids go on counting together; and the forced restarts."""
    definitions: dict[str, Series] = {}
    for abstract in numbering.findall(f"{W}abstractNum"):
        levels = {_whole(at.get(f"{W}ilvl"), 0): _level(at) for at in abstract.findall(f"{W}lvl")}
        definitions[abstract.get(f"{W}abstractNumId", "")] = Series(levels)
    series: dict[str, Series] = {}
    restarts: dict[tuple[str, int], int] = {}
    for number in numbering.findall(f"{W}num"):
        list_id = number.get(f"{W}numId", "")
        definition = definitions.get(_value(number, "abstractNumId"))
        if definition is None:
            continue
        series[list_id] = definition
        for override in number.findall(f"{W}lvlOverride"):
            level = _whole(override.get(f"{W}ilvl"), 0)
            own = override.find(f"{W}lvl")
            if own is not None:
                series[list_id] = definition = Series({**definition.levels, level: _level(own)})
            if start := _value(override, "startOverride"):
                restarts[(list_id, level)] = _whole(start, 1)
    return series, restarts


def _level(element: Element) -> Level:
    return Level(
        start=_whole(_value(element, "start"), 1),
        form=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText"),
        is_legal=element.find(f"{W}isLgl") is not None,
    )


def _numbers_of_styles(styles: Element | None) -> dict[str, tuple[str, int]]:
    if styles is None:
        return {}
    by_id = {style.get(f"{W}styleId", ""): style for style in styles.findall(f"{W}style")}
    found: dict[str, tuple[str, int]] = {}
    for name, style in by_id.items():
        at: Element | None = style
        for _ in range(12):  # a style that is based on itself ends here
            own = at.find(f"{W}pPr/{W}numPr") if at is not None else None
            if own is not None:
                found[name] = (_value(own, "numId"), _whole(_value(own, "ilvl"), 0))
                break
            at = by_id.get(_value(at, "basedOn")) if at is not None else None
    return found


def _list_of(paragraph: Element, by_style: dict[str, tuple[str, int]]) -> tuple[str, int]:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return "", 0
    list_id, level = by_style.get(_value(properties, "pStyle"), ("", 0))
    own = properties.find(f"{W}numPr")
    if own is None:
        return list_id, level
    return _value(own, "numId") or list_id, _whole(_value(own, "ilvl"), level)


def _value(element: Element, tag: str) -> str:
    found = element.find(f"{W}{tag}")
    return found.get(f"{W}val", "") if found is not None else ""


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else otherwise


def _written(number: int, form: str) -> str | None:
    if form == "decimal":
        return str(number)
    if form == "decimalZero":
        return f"{number:02}"
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= 26 * 30:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = roman_number(number)
        return roman if form == "lowerRoman" else roman.upper()
    return None
