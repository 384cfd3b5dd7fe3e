"""Several files at once, some of them zips: what is in them, and nothing that is there to do harm."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - it is an exception, whatever its name says

from learning.reader.extract.sniff import MAX_BYTES, DocumentError

MAX_FILES = 200
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 200  # unpacked size to packed; a text packs to a tenth, a bomb to a thousandth
MAX_PACKED = 200 * 1024 * 1024
_PARTS_OF_A_DOCUMENT = ("[Content_Types].xml", "mimetype", "META-INF/container.xml")


def unpack(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Every file with its name, those within zips one after the other, so that one alone is in memory.

    Raises ``DocumentError`` before the first is handed out if a zip names a path outside itself or unpacks to too much.
    """
    files = list(files)
    if sum(len(data) for _, data in files) > MAX_PACKED:
        raise DocumentError(f"Together the files have more than {MAX_PACKED // 1024**2} MB. Upload them in parts.")
    count = 0
    for name, data in files:
        count += len(check(name, data)) if is_package(data) else 1
    if count > MAX_FILES:
        raise DocumentError(f"You chose {count} files. Upload no more than {MAX_FILES} at once.")
    return _unpacked(files)


def is_package(data: bytes) -> bool:
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with ZipFile(BytesIO(data)) as package:
            return not any(part in package.namelist() for part in _PARTS_OF_A_DOCUMENT)
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return False


def check(name: str, data: bytes) -> list[ZipInfo]:
    # What a zip says of sizes is not believed here: they are counted while unpacking.
    with ZipFile(BytesIO(data)) as package:
        members = [info for info in package.infolist() if not info.is_dir() and not is_litter(info.filename)]
    for info in members:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or "\0" in info.filename:
            raise DocumentError(f"{name} refers to a file outside itself. It was not unpacked.")
        if info.flag_bits & 1:
            raise DocumentError(f"{name} is protected by a password. Remove the password and upload it again.")
        if info.file_size > MAX_BYTES or info.file_size > MAX_RATIO * max(info.compress_size, 500):
            raise DocumentError(f"{name} has a file that unpacks to far too much. It was not unpacked.")
    if sum(info.file_size for info in members) > MAX_UNPACKED:
        raise DocumentError(f"{name} unpacks to more than {MAX_UNPACKED // 1024**2} MB. Upload it in parts.")
    return members


def is_litter(name: str) -> bool:
    last = PurePosixPath(name.replace("\\", "/")).name
    return last.startswith((".", "~$")) or last in {"Thumbs.db", "desktop.ini"} or "__MACOSX/" in name


def _unpacked(files: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for name, data in files:
        if not is_package(data):
            yield name, data
            continue
        with ZipFile(BytesIO(data)) as package:
            for info in check(name, data):
                yield info.filename, _member(package, info)


def _member(package: ZipFile, info: ZipInfo) -> bytes:
    # At most one byte more than the zip says. What is damaged comes out empty, and is refused as that.
    try:
        with package.open(info) as member:
            data = member.read(info.file_size + 1)
    except (BadZipFile, ZlibError, NotImplementedError, EOFError, OSError, RuntimeError):
        return b""
    return data if len(data) <= info.file_size else b""
