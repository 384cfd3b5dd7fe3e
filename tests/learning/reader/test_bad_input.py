"""Files that cannot be read, or that are built to do harm: each is refused in words that say what to do."""

import resource
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from learning.reader.extract import sandbox
from learning.reader.extract.extract import canonical_of
from learning.reader.extract.sniff import MAX_BYTES, MAX_TEXT_BYTES, TOO_MUCH, DocumentError
from tests.learning.reader.make_documents import fixture, pdf_one_column

ROOT = Path(__file__).parents[3]


def refused(data: bytes, name: str = "bulletin.pdf") -> str:
    with pytest.raises(DocumentError) as error:
        canonical_of(name, data)
    message = str(error.value)
    assert message[0].isupper()
    assert message.endswith(".")
    assert len(message) < 200
    return message


def pdf(pages: int = 1, text: str = "Findings were shared with every agency.", **about) -> bytes:
    target = BytesIO()
    canvas = Canvas(target, **about)
    for _ in range(pages):
        if text:
            canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def picture(form: str) -> bytes:
    target = BytesIO()
    Image.new("RGB", (40, 40), "white").save(target, form)
    return target.getvalue()


def word(paragraphs: int = 1) -> bytes:
    document = docx.Document()
    for _ in range(paragraphs):
        document.add_paragraph("Findings were shared with every agency.")
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def repacked(replaced: dict[str, bytes], names: dict[str, bytes] | None = None) -> bytes:
    """A DOCX file with other parts in the place of its own, and with more."""
    target = BytesIO()
    with ZipFile(BytesIO(word())) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, replaced.get(info.filename, old.read(info)))
        for name, content in (names or {}).items():
            new.writestr(ZipInfo(name), content)
    return target.getvalue()


def zipped(**parts: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return target.getvalue()


# -- nothing to read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"\n \t\r\n"])
def test_format_of_refuses_an_empty_file(data):
    assert "is empty" in refused(data)


def test_format_of_refuses_a_file_over_the_limit():
    assert f"the limit is {MAX_BYTES // 1024**2} MB" in refused(b"%PDF-1.7 " + bytes(200 * 1024**2))


def test_text_of_refuses_text_over_the_limit():
    assert "more than any bulletin" in refused(b"words " * (MAX_TEXT_BYTES // 6 + 1))


def test_text_of_refuses_text_without_words():
    assert "no words" in refused(b"--- *** ...")


def test_canonical_of_refuses_more_pages_than_any_report_has():
    assert "longer than 700 pages" in refused(b"Many words in one line. " * 100_000)


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"MZ\x90\0" + bytes(4000), zlib.compress(b"junk" * 99) * 50])
def test_canonical_of_refuses_binary_data(data):
    assert "no text that can be read" in refused(data)


# -- other formats ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP"])
def test_format_of_refuses_a_picture_named_as_a_pdf(form):
    message = refused(picture(form))
    assert f"a picture ({form})" in message.replace("WebP", "WEBP")
    assert "text recognition" in message


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"{\\rtf1\\ansi Findings}", "an RTF file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "an old version of Office"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<x/>"}), "(.odt)"),
    ],
)
def test_format_of_refuses_other_word_processors(data, what):
    message = refused(data)
    assert what in message
    assert "save it as DOCX or PDF" in message


def test_format_of_refuses_docx_with_a_password():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert "password" in refused(data)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (zipped(ppt__presentation=b"x"), "PowerPoint"),
        (zipped(xl__workbook=b"x"), "Excel"),
        (zipped(one=b"x"), "a zip file"),
        (b"\x1f\x8b" + bytes(90), "gzip"),
    ],
)
def test_format_of_refuses_other_packages(data, what):
    assert what in refused(data)


# -- PDF ---------------------------------------------------------------------------------------------------------


def test_read_pdf_refuses_a_password():
    assert "protected by a password" in refused(pdf(encrypt=StandardEncryption("open sesame")))


def test_read_pdf_reads_what_anybody_may_open():
    data = pdf(encrypt=StandardEncryption("", ownerPassword="secret"))
    assert canonical_of("bulletin.pdf", data).text == "Findings were shared with every agency."


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_read_pdf_refuses_one_that_breaks_off(part):
    data = pdf_one_column(fixture("child-r-2015"))
    assert "incomplete" in refused(data[: int(len(data) * part)])


def test_read_pdf_refuses_nothing_but_a_first_line():
    assert "incomplete" in refused(b"%PDF-1.7\n")


def test_read_pdf_refuses_one_without_an_inside():
    assert "damaged" in refused(b"%PDF-1.7\nnonsense\nstartxref\n9\n%%EOF")


def test_read_pdf_refuses_missing_pages():
    data = pdf(pages=2)
    assert "incomplete" in refused(data.replace(b"/Count 2", b"/Count 9"))


def test_read_pdf_refuses_a_scan():
    target = BytesIO()
    Image.new("RGB", (800, 1100), "white").save(target, "PDF")
    message = refused(target.getvalue())
    assert "it is a picture of pages" in message
    assert "paste the text" in message


def test_read_pdf_warns_of_one_scanned_page():
    target = BytesIO()
    canvas = Canvas(target)
    canvas.drawString(72, 700, "Findings were shared with every agency.")
    canvas.showPage()
    page = BytesIO(picture("PNG"))
    canvas.drawInlineImage(Image.open(page), 0, 0, 500, 700)
    canvas.showPage()
    canvas.save()
    assert canonical_of("a.pdf", target.getvalue()).warnings == [
        "Page 2 is only a picture, without text. Check what it says."
    ]


def test_read_pdf_refuses_5000_pages():
    document = pypdfium2.PdfDocument.new()
    for _ in range(5000):
        document.new_page(595, 842)
    target = BytesIO()
    document.save(target)
    assert "more than 400 pages" in refused(target.getvalue())


def test_read_in_sandbox_ends_a_pdf_that_unpacks_without_end():
    """A stream of a few kilobytes that unpacks to gigabytes: the process that reads it ends, and no other suffers."""
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b" " * 1024**2) for _ in range(1600)) + packer.flush()
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    body += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>endobj\n"
    body += b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n" % (len(stream), stream)
    data = body + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    assert len(data) < 3 * 1024**2
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(data) == TOO_MUCH
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_read_in_sandbox_ends_what_takes_too_long(monkeypatch):
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 0.05)
    assert refused(pdf(pages=50)) == TOO_MUCH


# -- DOCX --------------------------------------------------------------------------------------------------------


def test_read_docx_refuses_one_that_breaks_off():
    data = word(200)
    assert "damaged or incomplete" in refused(data[: len(data) // 2])


def test_read_docx_refuses_one_without_its_document():
    assert "damaged" in refused(zipped(word__styles=b"<x/>", **{"[Content_Types].xml": b"<x/>"}))


def test_read_docx_refuses_one_without_words():
    target = BytesIO()
    docx.Document().save(target)
    assert "has no text" in refused(target.getvalue())


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x.xml", "/etc/passwd", "word\\..\\..\\x.xml", "C:/x.xml", "word/../../x.xml"]
)
def test_read_docx_refuses_parts_that_point_outside(name):
    assert "unsafe" in refused(repacked({}, {name: b"<x/>"}))


def test_read_docx_refuses_one_that_unpacks_without_end():
    """The size that the zip gives for the part is a lie; what comes out of it is counted."""
    data = bytearray(repacked({"word/document.xml": b"<w>" + b" " * (400 * 1024**2) + b"</w>"}))
    size = (400 * 1024**2 + 7).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    assert len(data) < 1024**2
    message = refused(bytes(data))
    assert "unpacks to more than" in message or "damaged" in message


def test_read_docx_does_not_believe_what_a_zip_says_of_its_size():
    assert "unpacks to more than 24 MB" in refused(
        repacked({"word/document.xml": b"<w>" + b" " * (60 * 1024**2) + b"</w>"})
    )


BOMB = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"""


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels"])
@pytest.mark.parametrize("bomb", [BOMB, OUTSIDE, BOMB.decode().encode("utf-16")], ids=["bomb", "outside", "utf-16"])
def test_read_docx_refuses_entities(part, bomb):
    assert "unsafe" in refused(repacked({part: bomb}))


def test_read_docx_refuses_too_many_parts():
    assert "too many parts" in refused(repacked({}, {f"word/media/{number}.png": b"" for number in range(5000)}))


# -- text in other encodings -------------------------------------------------------------------------------------

SENTENCE = "The board’s review – ‘Child Q’ – cost £5,000; naïve café staff weren’t told."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_of_any_encoding(encoding):
    canonical = canonical_of("bulletin.txt", (SENTENCE + "\n").encode(encoding))
    assert canonical.text == SENTENCE
    assert canonical.warnings == (
        ["Read in the encoding cp1252: check accents and quotation marks."] if encoding == "cp1252" else []
    )


def test_text_of_two_encodings():
    data = f"{SENTENCE}\n\n".encode() * 3 + "Findings – all of them.".encode("cp1252")
    canonical = canonical_of("bulletin.txt", data)
    assert canonical.text.endswith("Findings – all of them.")
    assert canonical.warnings == [
        "Some letters were not in UTF-8 like the rest. They were read as Windows-1252: check them."
    ]


def test_text_of_a_page_that_names_its_encoding():
    page = "<html><head><meta charset='iso-8859-2'></head><body><p>Łódź families were not asked.</p></body></html>"
    assert canonical_of("page.html", page.encode("iso-8859-2")).text == "Łódź families were not asked."


# -- memory ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("piece", [b"<div>", b"<table><tr><td>", b"<b>", b"<ul><li>x"])
def test_read_in_sandbox_ends_a_page_that_nests_without_end(piece, monkeypatch):
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 6)
    data = b"<html><body>" + piece * (1_000_000 // len(piece)) + b"word"
    try:
        said = canonical_of("page.html", data).text
    except DocumentError as error:
        said = str(error)
    assert said.endswith("word") or said == TOO_MUCH


def test_read_in_sandbox_takes_the_limits_with_it():
    code = """
import resource
from learning.reader.extract.sandbox import _limit

_limit()
print(resource.getrlimit(resource.RLIMIT_AS)[0])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) == sandbox.MAX_MEMORY
