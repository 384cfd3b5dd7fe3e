"""A copy of the last commit, run as in production: what is edited meanwhile does not reach what is measured."""

import io
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[2]
SECRET_KEY = "benchmark-" * 8
PROXY = {"Host": "127.0.0.1", "X-Forwarded-Proto": "https"}


def git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=CHECKOUT, check=True, capture_output=True).stdout


@dataclass(frozen=True)
class Site:
    """``folder`` holds the code, ``commit`` says which."""

    folder: Path
    commit: str

    @classmethod
    def copied(cls, folder: Path) -> "Site":
        """The last commit, with these benchmarks as they stand now."""
        shutil.rmtree(folder, ignore_errors=True)
        with tarfile.open(fileobj=io.BytesIO(git("archive", "HEAD"))) as archive:
            archive.extractall(folder, filter="data")
        shutil.copytree(HERE, folder / HERE.relative_to(CHECKOUT), dirs_exist_ok=True)
        site = cls(folder, git("rev-parse", "--short", "HEAD").decode().strip())
        site.manage("sqlite:///:memory:", "collectstatic", "--no-input", "--verbosity", "0")
        return site

    def environment(self, database: str, **more: str) -> dict[str, str]:
        """Production behind a proxy, on this database. Each page is made: ``repeats`` measures those that are kept."""
        return {
            **os.environ,
            "SCR_KB_ENV": "production",
            "SCR_KB_SECRET_KEY": SECRET_KEY,
            "SCR_KB_HOSTS": "127.0.0.1",
            "SCR_KB_ADMIN_EMAILS": "admin@example.org",
            "SCR_KB_BEHIND_PROXY": "true",
            "SCR_KB_KEEP_PAGES": "false",
            "DJANGO_SETTINGS_MODULE": "scr_kb.settings",
            "DATABASE_URL": database,
            **more,
        }

    def manage(self, database: str, *arguments: str, **environment: str) -> str:
        return self.python("manage.py", *arguments, database=database, **environment)

    def python(self, *arguments: str, database: str, **environment: str) -> str:
        """Runs Python in the copy; returns what it prints. Raises RuntimeError with what it complains of."""
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment(database, **environment), capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
        return done.stdout
