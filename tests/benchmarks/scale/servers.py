"""What answers: the product and its rivals, each in processes of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.scale.asking import wait_for
from tests.benchmarks.scale.databases import free_port
from tests.benchmarks.scale.site import Site

WORKERS = 2


@dataclass(frozen=True)
class Server:
    """``started``: seconds from its start to the first answer."""

    process: subprocess.Popen[bytes]
    port: int
    started: float

    @property
    def workers(self) -> list[int]:
        """The ids of the processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(each) for each in children.read_text().split()]

    @contextmanager
    def only(self, worker: int) -> Iterator[None]:
        """Holds all other workers, so that this one has to answer. For less than the half minute gunicorn waits."""
        others = [each for each in self.workers if each != worker]
        for each in others:
            os.kill(each, signal.SIGSTOP)
        try:
            yield
        finally:
            for each in others:
                os.kill(each, signal.SIGCONT)


@contextmanager
def running(
    command: list[str], port: int, first: str, log: Path, folder: Path, environment: dict[str, str] | None = None
) -> Iterator[Server]:
    """The server that this command starts, once it has answered the address ``first``; ended afterwards."""
    with log.open("ab") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            try:
                wait_for(port, first, lambda: process.poll() is None)
            except RuntimeError as error:
                raise RuntimeError(f"{error}\n{log.read_text(errors='replace')[-2000:]}") from error
            yield Server(process, port, time.perf_counter() - begun)
        finally:
            process.terminate()
            process.wait(timeout=60)


def gunicorn(
    site: Site, database: str, application: str, first: str, log: Path, *options: str, **environment: str
) -> AbstractContextManager[Server]:
    """The application with two plain workers; ``options`` are gunicorn's."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    command += ["--preload", "--no-control-socket", *options, application]
    return running(command, port, first, log, site.folder, site.environment(database, **environment))


def memory(process: int) -> dict[str, int]:
    """Megabytes of a process: all that it holds (RSS), and its share of what it holds with others (PSS)."""
    found = {}
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]:
        name, kilobytes = line.split()[:2]
        found[name.rstrip(":")] = int(kilobytes) // 1024
    return {name: found[name] for name in ("Rss", "Pss")}
