"""run.py: what it decides, and what it says when it cannot go on. Nothing here needs the network."""

import hashlib
import os
import re
import socket
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import pytest

import run

ROOT = Path(run.__file__).parent


@pytest.fixture
def environment(tmp_path):
    """A checkout whose lock files ask for nothing, so that installing them needs no package index."""
    for name in (run.LOCK, run.DEV_LOCK):
        (tmp_path / name).write_text("# nothing\n")
    return run.Environment(tmp_path)


@pytest.fixture
def installed(environment):
    """An environment that looks installed from the small lock file, without the time that a real one takes."""
    environment.python.parent.mkdir(parents=True)
    environment.python.touch()
    environment.stamp.write_text(environment.fingerprint(run.LOCK) + "\n")
    return environment


@dataclass(frozen=True)
class Wheel:
    """A package without a single module, which only says what it depends on."""

    name: str
    version: str
    depends_on: str = ""

    def write(self, folder):
        information = f"{self.name}-{self.version}.dist-info"
        metadata = f"Metadata-Version: 2.1\nName: {self.name}\nVersion: {self.version}\nProvides-Extra: toml\n"
        if self.depends_on:
            metadata += f"Requires-Dist: {self.depends_on}\n"
        files = {"METADATA": metadata, "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"}
        record = "".join(f"{information}/{file},,\n" for file in [*files, "RECORD"])
        with zipfile.ZipFile(self.path(folder), "w") as wheel:
            for file, text in {**files, "RECORD": record}.items():
                wheel.writestr(f"{information}/{file}", text)

    def path(self, folder):
        return folder / f"{self.name}-{self.version}-py3-none-any.whl"

    def pin(self, folder):
        digest = hashlib.sha256(self.path(folder).read_bytes()).hexdigest()
        return f"{self.name}=={self.version} --hash=sha256:{digest}\n"


REPORTER = Wheel("reporter", "1.0", depends_on="measure[toml]>=1")
MEASURE = Wheel("measure", "1.0")


@pytest.fixture
def package_index(tmp_path, monkeypatch):
    """A folder from which alone pip installs. Each package in it has a newer release than the one to lock."""
    folder = tmp_path / "packages"
    folder.mkdir()
    for wheel in (REPORTER, replace(REPORTER, version="2.0"), MEASURE, replace(MEASURE, version="2.0")):
        wheel.write(folder)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def installed_packages(environment):
    """What pip itself lists, apart from pip and setuptools."""
    command = [environment.python, "-m", "pip", "freeze"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def pins(lock):
    return set(re.findall(r"^([a-z0-9-]+==\S+)", (ROOT / lock).read_text(), flags=re.MULTILINE))


def test_check_python_names_what_is_needed_and_what_was_found():
    with pytest.raises(run.SetupError, match=r"3\.11 or newer is needed; this is Python 3\.9\.18"):
        run.check_python((3, 9, 18))


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 4), (4, 0, 0)])
def test_check_python_accepts_a_newer_one(version):
    run.check_python(version)


def test_check_port_offers_another_when_it_is_in_use():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(run.SetupError, match=f"--port {port + 1}$") as error:
            run.check_port(port)

    assert str(error.value).startswith(f"Port {port} on 127.0.0.1 cannot be used: ")


def test_check_port_accepts_a_free_one():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    run.check_port(port)


@pytest.mark.parametrize("port", ["0", "65536", "eight"])
def test_port_must_be_one(port, capsys):
    with pytest.raises(SystemExit):
        run.parse(["--port", port])

    assert "--port" in capsys.readouterr().err


def test_demo_staff_are_made_only_when_asked_for():
    assert run.parse([]).demo_staff is False
    assert run.parse(["--demo-staff"]).demo_staff is True


def test_the_site_is_served_with_its_own_error_pages(installed, monkeypatch):
    """Not with Django's, unless whoever starts it asks for those."""
    started = []
    monkeypatch.setattr("run.subprocess.Popen", lambda command, **options: started.append(options["env"]))
    monkeypatch.delenv("SCR_KB_DEBUG", raising=False)
    run.start(installed, "runserver")
    monkeypatch.setenv("SCR_KB_DEBUG", "true")
    run.start(installed, "runserver")

    assert [env["SCR_KB_DEBUG"] for env in started] == ["false", "true"]


def test_holds_only_what_was_installed(installed):
    assert installed.holds(run.LOCK)
    assert not installed.holds(run.DEV_LOCK)


def test_a_changed_lock_is_installed_again(installed):
    (installed.root / run.LOCK).write_text("# something else\n")

    assert not installed.holds(run.LOCK)
    assert not installed.is_usable()


def test_a_changed_python_is_installed_again(installed, tmp_path):
    other = tmp_path / "python-of-tomorrow"
    other.touch()
    installed.python.unlink()
    installed.python.symlink_to(other)

    assert not installed.holds(run.LOCK)


def test_a_vanished_python_is_installed_again(installed):
    installed.python.unlink()

    assert not installed.holds(run.LOCK)
    assert not installed.is_usable()


def test_an_interrupted_install_is_not_trusted(installed):
    installed.stamp.write_text(run.UNFINISHED)

    assert not installed.holds(run.LOCK)
    assert not installed.is_usable()


@pytest.mark.slow
def test_install_makes_leaves_alone_and_mends(environment):
    environment.install(run.DEV_LOCK)
    assert environment.holds(run.LOCK)
    assert environment.holds(run.DEV_LOCK)

    left_over = environment.folder / "left-over"
    left_over.touch()
    environment.install(run.LOCK)
    assert left_over.exists()

    environment.stamp.write_text(run.UNFINISHED)
    environment.install(run.LOCK)
    assert not left_over.exists()
    assert environment.holds(run.LOCK)


@pytest.mark.slow
def test_install_takes_the_locked_versions_where_newer_ones_are_out(environment, package_index):
    lock = environment.root / run.LOCK
    lock.write_text(REPORTER.pin(package_index) + MEASURE.pin(package_index))
    environment.install(run.LOCK)
    assert installed_packages(environment) == ["measure==1.0", "reporter==1.0"]

    lock.write_text(MEASURE.pin(package_index))
    environment.install(run.LOCK)
    assert installed_packages(environment) == ["measure==1.0"]


@pytest.mark.slow
def test_install_refuses_a_lock_that_lacks_a_dependency(environment, package_index, capfd):
    (environment.root / run.LOCK).write_text(REPORTER.pin(package_index))

    with pytest.raises(run.SetupError, match=r"requirements\.lock do not fit together; pip's message is above"):
        environment.install(run.LOCK)

    assert "reporter 1.0 requires measure, which is not installed." in capfd.readouterr().out
    assert not environment.holds(run.LOCK)
    assert not environment.is_usable()


@pytest.mark.slow
def test_install_says_what_to_do_when_pip_fails(environment, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    (environment.root / run.LOCK).write_text(f"no-such-package==1 --hash=sha256:{64 * '0'}\n")

    with pytest.raises(run.SetupError, match="run the same command again"):
        environment.install(run.LOCK)

    assert not environment.holds(run.LOCK)
    assert not environment.is_usable()


def test_errors_are_one_message_without_a_traceback(tmp_path):
    (tmp_path / "run.py").write_bytes(Path(run.__file__).read_bytes())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "run.py", "--port", str(port)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"\nPort {port} on 127.0.0.1 cannot be used")
    assert not (tmp_path / ".venv").exists()


def test_the_test_lock_holds_the_same_versions():
    assert pins(run.LOCK) < pins(run.DEV_LOCK)


def test_the_locks_hold_every_dependency_and_name_no_host():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + [*chain(*project["optional-dependencies"].values())]
    names = {re.split(r"[<>=]", line)[0] for line in wanted}

    assert names <= {pin.split("==")[0] for pin in pins(run.DEV_LOCK)}
    for lock in (run.LOCK, run.DEV_LOCK):
        assert "://" not in (ROOT / lock).read_text()
