"""A document of any format to its canonical text. Nothing is half-done: it is read, or refused."""

from learning.reader.extract.canonical import Canonical
from learning.reader.extract.sandbox import read_here, read_in_sandbox
from learning.reader.extract.sniff import DocumentError, Format, format_of

MAX_LETTERS = 2_000_000  # of canonical text; some 700 pages
_SMALL = 100_000  # bytes of text or HTML that are read at once, without the start of another process ...
_SHORT = 2_000  # ... where no line is longer than this: marks that never close cost the square of a line's length
_NAMES: dict[str, Format] = {"pdf": "pdf", "docx": "docx", "htm": "html", "html": "html"}
_CALLED = {"pdf": "a PDF", "docx": "a DOCX file", "html": "a web page", "text": "plain text"}


def canonical_of(name: str, data: bytes) -> Canonical:
    """Goes by what is in the file; ``name`` only serves to warn where it says otherwise.

    Raises DocumentError with words for staff: what is wrong with the file, and what to do.
    """
    file_format = format_of(data)
    is_small_text = file_format in {"html", "text"} and len(data) < _SMALL and max(map(len, data.splitlines())) < _SHORT
    canonical = read_here(file_format, data) if is_small_text else read_in_sandbox(file_format, data)
    if not canonical.blocks:
        raise DocumentError("The document has no text. Choose it again, or paste its text.")
    if len(canonical.text) > MAX_LETTERS:
        raise DocumentError("The document is longer than 700 pages. Upload the part that matters.")
    expected = _NAMES.get(name.rpartition(".")[2].casefold())
    if expected not in {None, file_format}:
        canonical.warnings.insert(
            0, f"The file is named as {_CALLED[str(expected)]} but is {_CALLED[file_format]}. Is it the right one?"
        )
    return canonical
