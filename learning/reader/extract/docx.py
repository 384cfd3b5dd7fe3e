"""DOCX to canonical text and blocks: checked, numbered as Word numbers it, turned into HTML and read like HTML.

A DOCX file is a zip of XML. Only its XML is read, each part counted while it unpacks, and none may declare entities.
"""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, ParseError, tostring
from zipfile import ZIP_STORED, BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - it is an exception, whatever its name says

import mammoth
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from learning.reader.extract.canonical import Canonical
from learning.reader.extract.html import read_html
from learning.reader.extract.numbering import W, number_paragraphs
from learning.reader.extract.sniff import DocumentError

MAX_XML_BYTES = 24 * 1024 * 1024  # all parts together, unpacked; a report of 300 pages has some 6 MB
MAX_PARTS = 4000

_DAMAGED = "The DOCX file is damaged or incomplete. Open it in Word, save it again and upload that."
_UNSAFE = "The DOCX file is built in an unsafe way ({}). Open it in Word, save it under a new name and upload that."
_TOO_LONG = f"The DOCX file unpacks to more than {MAX_XML_BYTES // 1024**2} MB of text. Upload the part that matters."
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WORD = re.compile(r"\w+")
_RUNNING = re.compile(r"word/(?:header|footer)\d*\.xml$")
_STYLE_NAME = re.compile(r"[^'\\\n]{1,100}")


def read_docx(data: bytes) -> Canonical:
    """Raises DocumentError where the file is damaged, protected or unsafe, or has no words."""
    parts = _parts(data)
    trees = {name: _tree(content) for name, content in parts.items()}
    main = _main_part(trees)
    document, styles = trees[main], trees.get("word/styles.xml")
    shown = list(_paragraphs(document))
    number_paragraphs(shown, trees.get("word/numbering.xml"), styles)
    parts[main] = tostring(document, encoding="utf-8", xml_declaration=True)
    canonical = read_html(_html(parts, _style_map(styles)), has_numbers=False)
    _keep_running_lines(canonical, trees)
    _keep_what_is_missing(canonical, shown)
    _warn(canonical, document, trees)
    if not canonical.blocks:
        raise DocumentError("The document has no text. If it has pictures of pages, run text recognition (OCR) first.")
    return canonical


# -- unpacking --------------------------------------------------------------------------------------------------


def _parts(data: bytes) -> dict[str, bytes]:
    # Sizes are counted while unpacking: what a zip says of itself may be a lie.
    parts: dict[str, bytes] = {}
    left = MAX_XML_BYTES
    try:
        with ZipFile(BytesIO(data)) as package:
            infos = package.infolist()
            if len(infos) > MAX_PARTS:
                raise DocumentError(_UNSAFE.format("too many parts"))
            for info in infos:
                _check_name(info.filename)
                if info.flag_bits & 1:
                    raise DocumentError(
                        "The document is protected by a password. Remove the password and upload it again."
                    )
                if not info.filename.endswith((".xml", ".rels")):
                    continue
                if info.filename in parts:
                    raise DocumentError(_UNSAFE.format("two parts of one name"))
                with package.open(info) as part:
                    parts[info.filename] = part.read(left + 1)
                left -= len(parts[info.filename])
                if left < 0:
                    raise DocumentError(_TOO_LONG)
    except (BadZipFile, ZlibError, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise DocumentError(_DAMAGED) from error
    return parts


def _check_name(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
        raise DocumentError(_UNSAFE.format("a part names a place outside of it"))


def _tree(content: bytes) -> Element:
    try:
        tree: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise DocumentError(_UNSAFE.format("it declares entities")) from error
    except (ParseError, ValueError, LookupError) as error:
        raise DocumentError(_DAMAGED) from error
    return tree


def _main_part(trees: dict[str, Element]) -> str:
    for link in trees.get("_rels/.rels", Element("none")):
        target = link.get("Target", "").lstrip("/")
        if link.get("Type", "").endswith("/officeDocument") and target in trees:
            return target
    if "word/document.xml" in trees:
        return "word/document.xml"
    raise DocumentError(_DAMAGED)


def _paragraphs(document: Element) -> Iterator[Element]:
    """The paragraphs in their order. Of a shape that is stored twice, for old and new programs, the old one counts."""
    waiting = [document]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{W}p":
            yield element
        children = list(element)
        if element.tag == f"{_MC}AlternateContent" and element.find(f"{_MC}Fallback") is not None:
            children = element.findall(f"{_MC}Fallback")
        waiting.extend(reversed(children))


# -- to HTML ----------------------------------------------------------------------------------------------------


def _html(parts: dict[str, bytes], style_map: str) -> str:
    """What mammoth makes of the XML parts alone: it never sees a picture or another part."""
    package = BytesIO()
    with ZipFile(package, "w", ZIP_STORED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    package.seek(0)
    try:
        result = mammoth.convert_to_html(
            package, style_map=style_map, convert_image=mammoth.images.img_element(lambda image: {})
        )
    except (KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, RecursionError) as error:
        raise DocumentError(_DAMAGED) from error
    return str(result.value)


def _style_map(styles: Element | None) -> str:
    """Headings by the outline level of their style, own or inherited; lists by "List Bullet 2"; contents set aside."""
    lines = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh", "b => strong"]
    by_id = (
        {style.get(f"{W}styleId", ""): style for style in styles if style.tag == f"{W}style"}
        if styles is not None
        else {}
    )
    for style in by_id.values():
        name = _value(style, "name")
        if style.get(f"{W}type") != "paragraph" or not _STYLE_NAME.fullmatch(name):
            continue
        level = _outline_level(style, by_id)
        nested = re.fullmatch(r"[Ll]ist (?:[Bb]ullet|[Nn]umber) ([2-5])", name)
        if re.match(r"(?i)toc \d", name):
            lines.append(f"p[style-name='{name}'] => div.furniture:fresh")
        elif level is not None and name not in {"Title", "Subtitle"}:
            lines.append(f"p[style-name='{name}'] => h{level + 1}:fresh")
        elif nested:
            within = "ul|ol > li > " * (int(nested[1]) - 1)
            lines.append(f"p[style-name='{name}'] => {within}ul > li:fresh")
    return "\n".join(lines)


def _value(style: Element, tag: str) -> str:
    found = style.find(f"{W}{tag}")
    return found.get(f"{W}val", "") if found is not None else ""


def _outline_level(style: Element, by_id: dict[str, Element]) -> int | None:
    at: Element | None = style
    for _ in range(12):  # a style that is based on itself ends here
        if at is None:
            return None
        found = at.find(f"{W}pPr/{W}outlineLvl")
        if found is not None:
            level = found.get(f"{W}val", "")
            return int(level) if level in {"0", "1", "2", "3", "4", "5"} else None
        at = by_id.get(_value(at, "basedOn"))
    return None


# -- nothing lost -----------------------------------------------------------------------------------------------


def _keep_running_lines(canonical: Canonical, trees: dict[str, Element]) -> None:
    for name in sorted(trees):
        if _RUNNING.match(name):
            lines = (_words(paragraph) for paragraph in _paragraphs(trees[name]))
            canonical.furniture.extend(dict.fromkeys(line for line in lines if line))


def _keep_what_is_missing(canonical: Canonical, shown: list[Element]) -> None:
    kept = Counter(_WORD.findall(canonical.text))
    for line in canonical.furniture:
        kept.update(_WORD.findall(line))
    missing = []
    for paragraph in shown:
        words = Counter(_WORD.findall(_words(paragraph)))
        if words - kept:
            missing.append(_words(paragraph))
        else:
            kept -= words
    if missing:
        canonical.furniture.extend(missing)
        canonical.warnings.append(
            f"Words in drawings or fields were left out: “{missing[0][:80]}”. Check the original."
        )


def _words(paragraph: Element) -> str:
    parts: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{W}t":
            parts.append(element.text or "")
        elif element.tag in {f"{W}tab", f"{W}br", f"{W}cr"}:
            parts.append(" ")
        elif element.tag not in {f"{W}p", f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{_MC}AlternateContent"}:
            waiting.extend(reversed(element))
    return " ".join("".join(parts).split())


def _warn(canonical: Canonical, document: Element, trees: dict[str, Element]) -> None:
    if next(document.iter(f"{W}del"), None) is not None or next(document.iter(f"{W}ins"), None) is not None:
        canonical.warnings.append("The document has tracked changes: insertions were kept and deletions left out.")
    if "word/comments.xml" in trees and len(trees["word/comments.xml"]):
        canonical.warnings.append("The document has comments. They were left out. Check that no copy of it shows them.")
