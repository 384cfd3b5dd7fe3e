"""Reads a file in a process of its own with a limit on memory and on time, whatever the file makes a parser do."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from learning.reader.extract.canonical import Block, Canonical
from learning.reader.extract.sniff import TOO_MUCH, DocumentError, Format, text_of

MAX_MEMORY = 640 * 1024 * 1024  # of address space; a report of 48 dense pages takes a tenth of it
MAX_SECONDS = 180
_ROOT = Path(__file__).resolve().parents[3]


def read_in_sandbox(file_format: Format, data: bytes) -> Canonical:
    """Raises DocumentError, also where the file would have gone over a limit."""
    command = [sys.executable, "-m", "learning.reader.extract.sandbox", file_format]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the file goes in as its input
            command, input=data, capture_output=True, cwd=_ROOT, timeout=MAX_SECONDS, check=False
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise DocumentError(TOO_MUCH) from error
    if "error" in answer:
        raise DocumentError(answer["error"])
    blocks = [Block(**block) for block in answer.pop("blocks")]
    for block in blocks:
        block.cells = [(start, end) for start, end in block.cells]
    return Canonical(blocks=blocks, **answer)


def read_here(file_format: Format, data: bytes) -> Canonical:
    """Without limits. Each parser is loaded only where it is used."""
    if file_format == "pdf":
        from learning.reader.extract.pdf.read import read_pdf

        return read_pdf(data)
    if file_format == "docx":
        from learning.reader.extract.docx import read_docx

        return read_docx(data)
    text, warnings = text_of(data)
    if file_format == "html":
        from learning.reader.extract.html import read_html

        canonical = read_html(text)
    else:
        from learning.reader.extract.plain import read_plain

        canonical = read_plain(text)
    canonical.warnings[:0] = warnings
    return canonical


def _limit() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))


def _main(file_format: Format) -> None:
    _limit()
    try:
        answer = asdict(read_here(file_format, sys.stdin.buffer.read()))
    except DocumentError as error:
        answer = {"error": str(error)}
    except (MemoryError, RecursionError):
        answer = {"error": TOO_MUCH}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main(sys.argv[1])  # type: ignore[arg-type] # only read_in_sandbox calls it, with a Format
