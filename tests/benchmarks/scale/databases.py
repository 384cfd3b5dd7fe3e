"""The databases: made, found in the folder that is kept, and copied before anything is written to them."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2  # type: ignore[import-untyped]

from tests.benchmarks.scale.site import Site

STATEMENTS_A_REVIEW = 20
PROGRAMS = Path("/usr/lib/postgresql")
INITDB = ("-U", "scr_kb", "-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")


@dataclass(frozen=True)
class Made:
    """A database of its own for one measurement. ``seconds``: how long it took to make, where that is known."""

    url: str
    seconds: float | None


def name_of(size: int) -> str:
    """The name of a database of so many statements: by its reviews, "10k"."""
    reviews = max(1, size // STATEMENTS_A_REVIEW)
    return f"{reviews // 1000}k" if reviews % 1000 == 0 else str(reviews)


def made_in(path: Path, seconds: float | None) -> float | None:
    """How long it took, also where an earlier run made the database and kept it, with this file beside it."""
    if seconds is not None:
        path.write_text(f"{seconds:.1f}", encoding="utf-8")
    return float(path.read_text(encoding="utf-8")) if path.exists() else None


def fill(site: Site, url: str, size: int) -> float:
    """Seconds that the samples took."""
    site.manage(url, "migrate", "--verbosity", "0")
    reviews = str(max(1, size // STATEMENTS_A_REVIEW))
    start = time.perf_counter()
    corpus = ["-m", "tests.benchmarks.corpus", "--reviews", reviews, "--quiet"]
    site.python(*corpus, database=url, SCR_KB_ENV="development")
    return time.perf_counter() - start


class Sqlite:
    engine = "sqlite"
    version = sqlite3.sqlite_version

    def __init__(self, kept: Path, work: Path) -> None:
        self.kept = kept
        self.work = work

    @contextmanager
    def database(self, site: Site, size: int) -> Iterator[Made]:
        """A copy of the database of that size, which is made first if there is none."""
        kept = self.kept / f"c{name_of(size)}.sqlite3"
        seconds = None
        if not kept.exists():
            partly = kept.with_suffix(".partly")
            partly.unlink(missing_ok=True)
            seconds = fill(site, f"sqlite:///{partly}", size)
            partly.rename(kept)
        copy = self.work / f"{size}.sqlite3"
        shutil.copyfile(kept, copy)
        try:
            site.manage(f"sqlite:///{copy}", "migrate", "--verbosity", "0")
            yield Made(f"sqlite:///{copy}", made_in(kept.with_suffix(".seconds"), seconds))
        finally:
            for path in self.work.glob(f"{copy.name}*"):
                path.unlink()


class Postgresql:
    engine = "postgresql"

    def __init__(self, server: str, kept: Path) -> None:
        self.kept = kept
        self.server = server.rstrip("/")
        self.version = str(self.asked("SHOW server_version")[0][0]).partition(" ")[0]

    @contextmanager
    def database(self, site: Site, size: int) -> Iterator[Made]:
        """The same; what is kept is the database "corpus_10k" of the server."""
        kept, copy = f"corpus_{name_of(size)}", f"scale_{os.getpid()}_{size}"
        seconds = None
        if not self.asked(f"SELECT 1 FROM pg_database WHERE datname = '{kept}'"):
            self.asked(f"DROP DATABASE IF EXISTS {kept}_partly")
            self.asked(f"CREATE DATABASE {kept}_partly")
            seconds = fill(site, f"{self.server}/{kept}_partly", size)
            self.asked("VACUUM ANALYZE", f"{kept}_partly")
            self.asked(f"ALTER DATABASE {kept}_partly RENAME TO {kept}")
        self.asked(f"CREATE DATABASE {copy} TEMPLATE {kept}")
        try:
            site.manage(f"{self.server}/{copy}", "migrate", "--verbosity", "0")
            self.asked("VACUUM ANALYZE", copy)
            yield Made(f"{self.server}/{copy}", made_in(self.kept / f"{kept}.seconds", seconds))
        finally:
            self.asked(f"DROP DATABASE {copy} WITH (FORCE)")

    def asked(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        connection = psycopg2.connect(f"{self.server}/{database}")
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()


# --- a cluster of PostgreSQL --------------------------------------------------------------------------------------


def programs() -> Path:
    """Where the newest PostgreSQL keeps its programs. Raises RuntimeError where there is none."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0))
    if not found:
        raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql, or name a server (--postgresql).")
    return found[-1].parent


def as_postgres(*command: str | Path) -> None:
    """PostgreSQL refuses to run as root."""
    own = [str(part) for part in command]
    own = ["runuser", "-u", "postgres", "--", *own] if os.getuid() == 0 else own
    subprocess.run(own, cwd="/", check=True, stdout=subprocess.DEVNULL)


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The address of a server of our own on the cluster in this folder, which is made if it is not there."""
    found, port = programs(), free_port()
    data = folder / "cluster"
    if not (data / "PG_VERSION").exists():
        data.mkdir(parents=True, exist_ok=True)
        if os.getuid() == 0:
            shutil.chown(data, "postgres")
        as_postgres(found / "initdb", "-D", data, *INITDB)
    options = f"-p {port} -k /tmp -c listen_addresses=127.0.0.1 -c fsync=off"
    as_postgres(found / "pg_ctl", "start", "-s", "-w", "-D", data, "-l", data / "log", "-o", options)
    try:
        yield f"postgres://scr_kb@127.0.0.1:{port}"
    finally:
        as_postgres(found / "pg_ctl", "stop", "-s", "-m", "fast", "-D", data)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
