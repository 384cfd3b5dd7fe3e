"""The format of a file, by what is in it and never by its name, and the words of one that is text."""

import codecs
import re
import zlib
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile

from charset_normalizer import from_bytes

Format = Literal["pdf", "docx", "html", "text"]

_MEGABYTE = 1024 * 1024
MAX_BYTES = 50 * _MEGABYTE
MAX_TEXT_BYTES = 8 * _MEGABYTE  # of text or HTML: some two thousand pages

TOO_MUCH = "The file takes too much memory or time to read. Open it and print it to a new PDF, or paste its text."
_PICTURE = "This is a picture ({}), not text. Run text recognition (OCR) on it first, or paste the text."
_SAVE_AS = "This is {}, which cannot be read. Open it and save it as DOCX or PDF, then upload that."
_PACKED = "This is a compressed file ({}). Unpack it and upload the documents in it."
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", _PICTURE.format("PNG")),
    (b"\xff\xd8\xff", _PICTURE.format("JPEG")),
    (b"GIF8", _PICTURE.format("GIF")),
    (b"II*\0", _PICTURE.format("TIFF")),
    (b"MM\0*", _PICTURE.format("TIFF")),
    (b"{\\rtf", _SAVE_AS.format("an RTF file")),
    (b"\x1f\x8b", _PACKED.format("gzip")),
    (b"7z\xbc\xaf\x27\x1c", _PACKED.format("7z")),
    (b"Rar!", _PACKED.format("RAR")),
    (b"%!PS", _SAVE_AS.format("a PostScript file")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_ODF = (
    (b"opendocument.text", "an OpenDocument text (.odt)"),
    (b"opendocument", "an OpenDocument file"),
    (b"epub", "an e-book (EPUB)"),
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.I)
_ONE_BYTE = ("iso8859", "cp", "mac", "koi8")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_PAGE_START = re.compile(
    r"(?:\s|<!--.{0,2000}?-->|<\?xml[^>]{0,200}\?>)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_FRAGMENT = re.compile(r"\s*<(?:div|p|h[1-6]|ul|ol|table|section|article|main|header|nav)\b[^<>]{0,2000}>", re.I)
_MARKDOWN = re.compile(r"^(?:#{1,6}\s+\S|[-*+]\s+\S|\d{1,3}[.)]\s+\S)", re.M)
# What Windows-1252 adds to ASCII in English prose; anything else speaks for another encoding.
_WESTERN = frozenset(
    b"\x80\x82\x84\x85\x88\x89\x8b\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9b\xa0\xa3\xa7\xa9\xab\xae\xb0\xb1"
    b"\xb2\xb3\xb4\xb7\xb9\xbb\xbc\xbd\xbe\xe0\xe1\xe2\xe4\xe7\xe8\xe9\xea\xeb\xed\xef\xf1\xf3\xf4\xf6\xfa\xfb\xfc"
)


class DocumentError(Exception):
    """A document that cannot be read; the message says to staff why, and what to do."""


def format_of(data: bytes) -> Format:
    """ "pdf", "docx", "html" or "text". Raises DocumentError for anything else."""
    if not data.strip():
        raise DocumentError("The file is empty. Choose the document again, or paste its text.")
    if len(data) > MAX_BYTES:
        raise DocumentError(
            f"The file is {len(data) // _MEGABYTE} MB; the limit is {MAX_BYTES // _MEGABYTE} MB. "
            "Save it with smaller pictures, or paste its text."
        )
    for magic, message in _MAGIC:
        if data.startswith(magic):
            raise DocumentError(message)
    if data.startswith(_OLE):
        raise DocumentError(_old_office(data))
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _zip_format(data)
    _refuse_other_binaries(data)
    return "html" if is_html(text_of(data)[0]) else "text"


def _old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "The document is protected by a password. Remove the password in Word, save it and upload it again."
    return _SAVE_AS.format("a document from an old version of Office (.doc, .xls, .ppt) or a saved e-mail")


def _refuse_other_binaries(data: bytes) -> None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise DocumentError(_PICTURE.format("WebP"))
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        raise DocumentError(_PICTURE.format("BMP"))
    if data[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"}:
        raise DocumentError(_PICTURE.format("HEIC or AVIF"))


def _zip_format(data: bytes) -> Format:
    try:
        with ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            declared = package.open("mimetype").read(100) if "mimetype" in names else b""
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError, zlib.error) as error:
        raise DocumentError("The file is damaged or incomplete. Download it again, or save it again.") from error
    for mark, what in _ODF:
        if mark in declared:
            raise DocumentError(_SAVE_AS.format(what))
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return "docx"
    if any(name.startswith("ppt/") for name in names):
        raise DocumentError("These are PowerPoint slides. Save them as PDF, then upload that.")
    if any(name.startswith("xl/") for name in names):
        raise DocumentError("This is an Excel workbook. Save it as PDF, or paste its text.")
    raise DocumentError("This is a zip file, not a document. Upload the documents in it, or the zip as a bulk upload.")


def is_html(text: str) -> bool:
    """A page, or a fragment that is HTML from end to end. Markdown with scraps of HTML in it is text."""
    if _PAGE_START.match(text):
        return True
    return bool(_FRAGMENT.match(text)) and text.rstrip().endswith(">") and not _MARKDOWN.search(text)


def text_of(data: bytes) -> tuple[str, list[str]]:
    """The text of a file that holds text, and warnings on how it was read. Raises DocumentError for binary data."""
    if len(data) > MAX_TEXT_BYTES:
        raise DocumentError(
            f"The text is {len(data) // _MEGABYTE} MB, more than any bulletin; the limit is "
            f"{MAX_TEXT_BYTES // _MEGABYTE} MB. Upload the part that matters."
        )
    text, warnings = _decoded(data)
    strange = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if strange > 4 and strange > len(text) * 0.005:
        raise DocumentError("The file has no text that can be read. Upload a PDF, DOCX, HTML or text file.")
    if not re.search(r"\w", text):
        raise DocumentError("The file has no words. Choose the document again, or paste its text.")
    return _CONTROL.sub("", text), warnings


def _decoded(data: bytes) -> tuple[str, list[str]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), []
    if wide := _utf_16_without_mark(data):
        return data.decode(wide, "replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    encoding = _declared(data) or _guessed(data)
    if encoding == "utf-8":
        text = data.decode("utf-8", "surrogateescape").translate(_ESCAPED)
        return text, ["Some letters were not in UTF-8 like the rest. They were read as Windows-1252: check them."]
    return data.decode(encoding, "replace"), [f"Read in the encoding {encoding}: check accents and quotation marks."]


# A byte that was no UTF-8 comes out of "surrogateescape" as U+DC80 to U+DCFF.
_ESCAPED = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


def _utf_16_without_mark(data: bytes) -> str | None:
    # UTF-16 shows by a zero in every second byte of plain English.
    sample = data[:4000]
    if len(sample) < 4 or len(sample) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.05 else None


def _declared(data: bytes) -> str | None:
    found = _META_CHARSET.search(data[:4096])
    if found is None:
        return None
    name = found[1].decode("ascii").lower()
    try:
        name = codecs.lookup("cp1252" if name in {"iso-8859-1", "latin1", "latin-1", "us-ascii"} else name).name
        data.decode(name)
    except (LookupError, ValueError):
        return None
    return name if name.startswith(_ONE_BYTE) else None


def _guessed(data: bytes) -> str:
    high = [byte for byte in data if byte >= 0x80]
    proper = sum(len(found) for found in re.findall(rb"[\xc2-\xf4][\x80-\xbf]{1,3}", data))
    if proper > len(high) * 0.7:
        return "utf-8"
    if sum(byte in _WESTERN for byte in high) >= len(high) * 0.9:
        return "cp1252"
    best = from_bytes(data[:200_000]).best()
    return best.encoding if best is not None else "cp1252"
