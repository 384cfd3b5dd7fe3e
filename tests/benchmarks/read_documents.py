"""How long reading takes, and how much memory: a text of ten pages, and a PDF of 48 dense ones.

    python -m tests.benchmarks.read_documents

prints the figures; each document is read in a process of its own, as an upload is.
"""

import subprocess
import sys
import tempfile
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path

import pypdfium2

from tests.learning.reader.make_documents import FIXTURES, fixture, pdf_dense

WORDS_ON_A_PAGE = 450
READ = """
import resource, sys, time
from pathlib import Path
from learning.reader.document import read_document
path = Path(sys.argv[1])
start = time.perf_counter()
draft = read_document(path.name, path.read_bytes())
took = time.perf_counter() - start
usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
work, memory = sum(part.ru_utime + part.ru_stime for part in usage), max(part.ru_maxrss for part in usage) // 1024
print(f"{took:.2f} {work:.2f} {memory} {len(draft.canonical.text)} {len(draft.reading.statements)}")
"""


def text_of_pages(pages: int) -> str:
    words = cycle("\n\n".join(path.read_text(encoding="utf-8") for path in sorted(FIXTURES.glob("*.txt"))).split(" "))
    return " ".join(islice(words, pages * WORDS_ON_A_PAGE))


def dense(pages: int) -> bytes:
    """A PDF of so many pages of small print, in the words of the fixtures."""
    bulletins = [fixture(path.stem) for path in sorted(FIXTURES.glob("*.txt"))]
    document = pypdfium2.PdfDocument(pdf_dense(list(islice(cycle(bulletins), 2 * pages))))
    for page in range(len(document) - 1, pages - 1, -1):
        document.del_page(page)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def measure(path: Path) -> str:
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    took, work, memory, letters, statements = done.stdout.split()
    return (
        f"{path.name}: {took} s, {work} s of a processor with the start of Python, {memory} MB in the largest process; "
        f"{int(letters):,} letters, {statements} statements"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        text, pdf = Path(folder) / "ten-pages.txt", Path(folder) / "48-dense-pages.pdf"
        text.write_text(text_of_pages(10), encoding="utf-8")
        pdf.write_bytes(dense(48))
        for path in (text, pdf):
            sys.stdout.write(f"{measure(path)}\n")


if __name__ == "__main__":
    main()
