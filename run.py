#!/usr/bin/env python3
"""Set up and start the knowledge base with one command, on Linux, macOS or Windows.

    python3 run.py [--port N]        install, migrate, load the five bulletins, serve on this machine
    python3 run.py --demo-staff      the same, with an editor and a publisher to try the desk at /desk/
    python3 run.py test [...]        install the test tools too and run pytest; further arguments go to pytest
    python3 run.py manage NAME [...] run one of Django's or the site's own management commands

Only the standard library is used. Every step can be repeated: finished work is left alone, and interrupted work
is repaired. Everything is installed into .venv beside this file, and nothing outside it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)
LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"  # contains everything in LOCK, in the same versions
UNFINISHED = "unfinished\n"
SECONDS_TO_START = 60


class SetupError(Exception):
    """Something the user can fix; the message says how."""


def check_python(version: Sequence[int]) -> None:
    if tuple(version[:2]) < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        found = ".".join(map(str, version[:3]))
        raise SetupError(
            f"Python {wanted} or newer is needed; this is Python {found}.\n"
            f"Install a newer one and start with it, for example: python{wanted} run.py"
        )


def check_port(port: int) -> None:
    with socket.socket() as probe:
        if os.name == "posix":  # a port whose last connection has just closed is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise SetupError(
                f"Port {port} on 127.0.0.1 cannot be used: {error.strerror or error}.\n"
                f"Stop the program that uses it, or choose another port: python3 run.py --port {port + 1}"
            ) from error


class Environment:
    """The virtual environment, with a stamp that says which lock files it was made from."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.stamp = self.folder / "installed-from"

    def fingerprint(self, lock: str) -> str:
        """The lock file's content and the Python it was installed for, which may be upgraded later."""
        digest = hashlib.sha256((self.root / lock).read_bytes())
        digest.update(str(self.python.resolve()).encode())
        return f"{lock} {digest.hexdigest()}"

    def holds(self, lock: str) -> bool:
        if not (self.python.exists() and self.stamp.exists()):
            return False
        return self.fingerprint(lock) in self.stamp.read_text().splitlines()

    def is_usable(self) -> bool:
        """False after an interruption, and when a lock file or Python has changed: packages of the former lock file
        would otherwise stay beside those of the new one."""
        if not self.python.exists() or (self.stamp.exists() and not self.is_up_to_date()):
            return False
        pip = subprocess.run([self.python, "-m", "pip", "--version"], capture_output=True, check=False)
        return pip.returncode == 0

    def is_up_to_date(self) -> bool:
        installed = set(self.stamp.read_text().splitlines())
        return installed <= {self.fingerprint(lock) for lock in (LOCK, DEV_LOCK)}

    def create(self) -> None:
        say("Creating the virtual environment .venv ...")
        if run([sys.executable, "-m", "venv", "--clear", str(self.folder)]):
            raise SetupError(
                "Python could not make a virtual environment; its message is above.\n"
                "On Debian and Ubuntu the module comes with: apt install python3-venv"
            )

    def install(self, lock: str) -> None:
        """Install what the lock file lists, unless it is already installed."""
        if self.holds(lock):
            return
        if not self.is_usable():
            self.create()
        self.stamp.write_text(UNFINISHED)
        say(f"Installing the packages of {lock} (up to a minute the first time) ...")
        # --no-deps, because the lock file is complete: where one package asks for another with an extra, older versions
        # of pip otherwise choose the newest release of that one, and then refuse it because the lock has no hash of it.
        if status := self.pip("install", "--quiet", "--require-hashes", "--no-deps", "-r", str(self.root / lock)):
            raise SetupError(
                f"pip could not install the packages of {lock} (exit status {status}); its message is above.\n"
                "Most often the package index could not be reached: check the connection and the proxy\n"
                "(HTTPS_PROXY, pip config), then run the same command again. Nothing needs to be cleaned up."
            )
        if self.pip("check"):
            raise SetupError(
                f"The packages of {lock} do not fit together; pip's message is above.\n"
                "Restore the lock file, or make it again with the command at its top. Then run the same command again."
            )
        locks = [LOCK, DEV_LOCK] if lock == DEV_LOCK else [lock]
        self.stamp.write_text("".join(self.fingerprint(name) + "\n" for name in locks))

    def pip(self, command: str, *arguments: str) -> int:
        return run([str(self.python), "-m", "pip", "--no-input", "--disable-pip-version-check", command, *arguments])


def say(text: str) -> None:
    print(text, flush=True)


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """Run a program and return its exit status; if this script is stopped, stop the program too."""
    with subprocess.Popen(command, cwd=ROOT, env=env) as program:
        try:
            return program.wait()
        except BaseException:
            program.terminate()
            raise


def child_env() -> dict[str, str]:
    """UTF-8 on Windows too; development settings unless the environment says otherwise."""
    return {"PYTHONUTF8": "1", "SCR_KB_ENV": "development", **os.environ}


def manage(python: Path, *arguments: str) -> int:
    return run([str(python), "manage.py", *arguments], env=child_env())


def wait_until_served(server: subprocess.Popen[bytes], port: int) -> bool:
    """True once the port answers; False if the server exits or does not answer within a minute."""
    for _ in range(SECONDS_TO_START * 10):
        if server.poll() is not None:
            return False
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def prepare(environment: Environment, demo_staff: bool) -> None:
    environment.install(LOCK)
    steps = [["migrate", "--verbosity", "0"], ["load_bulletins"]]
    for step in [*steps, ["make_demo_staff"]] if demo_staff else steps:
        if manage(environment.python, *step):
            raise SetupError(f"'manage.py {step[0]}' failed; its message is above. The site was not started.")


def start(environment: Environment, *arguments: str) -> subprocess.Popen[bytes]:
    """Without Django's own pages about errors: whoever tries the site sees what its readers would see."""
    command = [str(environment.python), "manage.py", *arguments]
    env = {"SCR_KB_DEBUG": "false", **child_env()}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)


def serve(environment: Environment, port: int, demo_staff: bool) -> int:
    """The site, with the worker that reads long documents."""
    check_port(port)
    prepare(environment, demo_staff)
    address = f"127.0.0.1:{port}"
    with (
        start(environment, "runserver", "--noreload", "--skip-checks", address) as server,
        start(environment, "run_imports", "--watch") as worker,
    ):
        try:
            if wait_until_served(server, port):
                say(f"\nThe knowledge base is at http://{address}/ - stop it with Ctrl-C.")
            return server.wait()
        except KeyboardInterrupt:
            say("\nStopped.")
            return 0
        finally:
            worker.terminate()
            server.terminate()


def run_tests(environment: Environment, arguments: Sequence[str]) -> int:
    environment.install(DEV_LOCK)
    return run([str(environment.python), "-m", "pytest", "-n", "2", *arguments], env=child_env())


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (default: 8000)")
    parser.add_argument(
        "--demo-staff", action="store_true", help="create demo accounts for the desk and print their passwords once"
    )
    options = parser.parse_args(arguments)
    if not 1 <= options.port <= 65535:
        parser.error("--port must be between 1 and 65535")
    return options


def dispatch(environment: Environment, arguments: Sequence[str]) -> int:
    if arguments[:1] == ["test"]:
        return run_tests(environment, arguments[1:])
    if arguments[:1] == ["manage"]:
        environment.install(LOCK)
        return manage(environment.python, *arguments[1:])
    options = parse(arguments)
    return serve(environment, options.port, options.demo_staff)


def main(arguments: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # SIGTERM stops the server too
    try:
        check_python(sys.version_info[:3])
        return dispatch(Environment(ROOT), arguments)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. The next start continues from here.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
