"""A process that reads imports is killed, at every point at which that could leave something half done.

Each process is a real one with a database of its own in a file, and dies of SIGKILL: nothing of it can tidy up.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from learning.intake.imports.jobs import ATTEMPTS, BROKEN_OFF

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="kills a process in the way of POSIX systems"),
]
ROOT = Path(__file__).resolve().parents[4]
STATEMENTS = 60
TABLES = [
    "learning_bulletin", "learning_statement", "learning_statementtheme", "learning_sourcedocument",
    "learning_publictext", "reviews_board", "reviews_review", "reviews_child", "intake_draft", "intake_finding",
    "intake_suggestion", "learning_historicalstatement",
]  # fmt: skip
DIE = "import os, signal; die = lambda *args, **named: os.kill(os.getpid(), signal.SIGKILL)"
# The point at which it dies, in words, and how it is brought to die there.
POINTS = {
    "before it reads": "jobs.read = die",
    "when it has opened the file": "jobs.hashlib.sha256 = die",
    "while it reads": "document.read_statements = die",
    "between reading and storing": "store_draft.store = die",
    "when the bulletin alone is stored": "store_draft._source = die",
    "when half of the statements are stored": (
        "tag, count = store_draft.Tagger.tag, iter(range(1000));"
        f"store_draft.Tagger.tag = lambda *given: tag(*given) if next(count) < {STATEMENTS // 2} else die()"
    ),
    "before the public text is made": "store_draft.refresh_public_text = die",
    "when all is stored and not yet committed": "jobs._finish = die",
}


class Installation:
    """A database and a folder of originals, and processes that work on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "killed.sqlite3"
        self.env = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SCR_KB_MEDIA_ROOT": str(folder / "media"),
            "SCR_KB_ENV": "development",
        }

    def manage(self, *arguments: str) -> int:
        """The code that the process ends with; of one that was killed the signal, negative."""
        return subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.env, check=False).returncode

    def killed(self, where: str) -> bool:
        """Whether a process that works off the imports was killed there."""
        given = (
            "from django.core.management import call_command; from learning.reader import document;"
            "from learning.intake.imports import jobs, store_draft"
        )
        return (
            self.manage("shell", "-v0", "-c", f"{given}; {DIE}; {where}; call_command('run_imports')")
            == -signal.SIGKILL
        )

    def ask(self, question: str) -> tuple:
        connection = sqlite3.connect(self.database, timeout=20)
        [row] = connection.execute(question).fetchall()
        connection.close()
        return row

    def job(self) -> tuple:
        return self.ask("SELECT state, attempts, error FROM intake_importjob")

    def stored(self) -> dict[str, int]:
        """How many rows there are in each table that an import fills, without those that are empty."""
        counts = {table: self.ask(f"SELECT count(*) FROM {table}")[0] for table in TABLES}
        return {table: count for table, count in counts.items() if count}


@pytest.fixture(scope="module")
def entered(tmp_path_factory) -> Path:
    """A database with one import that waits, made once for all tests."""
    folder = tmp_path_factory.mktemp("entered")
    points = "\n".join(
        f"- Ask the child about matter number {number}, and tell the police." for number in range(STATEMENTS)
    )
    text = f"Sampleshire Safeguarding Children Board\n\nLearning from Child Z\n\nKey learning points\n\n{points}\n"
    (folder / "long.txt").write_text(text)
    enter = (
        "from pathlib import Path; from tests.learning.intake.people import person;"
        "from learning.intake.imports import jobs;"
        f"jobs.start(person('editor'), 'long.txt', Path({str(folder / 'long.txt')!r}).read_bytes(), batch='x')"
    )
    site = Installation(folder)
    assert site.manage("migrate", "-v0") == 0
    assert site.manage("shell", "-v0", "-c", enter) == 0
    return folder


@pytest.fixture
def site(entered, tmp_path) -> Installation:
    folder = tmp_path / "site"
    shutil.copytree(entered, folder)
    return Installation(folder)


@pytest.mark.parametrize("where", POINTS.values(), ids=POINTS.keys())
def test_an_import_that_is_killed_leaves_nothing_and_the_next_process_takes_it_up(site, where):
    assert site.killed(where)
    assert (site.stored(), site.job()) == ({}, ("running", 1, ""))

    assert site.manage("run_imports") == 0

    assert site.job() == ("done", 2, "")
    stored = site.stored()
    assert (stored["learning_bulletin"], stored["learning_statement"], stored["intake_draft"]) == (1, STATEMENTS, 1)


def test_an_import_that_is_killed_after_its_end_is_there_once(site):
    """Whatever kills the process then finds a whole draft, and nobody reads the document again."""
    assert site.killed("finish = jobs.work; jobs.work = lambda job: die(finish(job))")
    assert site.job() == ("done", 1, "")

    assert site.manage("run_imports") == 0

    assert site.stored()["learning_bulletin"] == 1
    assert site.job() == ("done", 1, "")


def test_an_import_that_kills_its_process_each_time_says_that_it_failed(site):
    """A document that no process survives (its memory, say) is not tried for ever."""
    for _ in range(ATTEMPTS):
        assert site.killed(POINTS["while it reads"])

    assert site.manage("run_imports") == 0

    assert site.job() == ("failed", ATTEMPTS, BROKEN_OFF)
    assert site.stored() == {}
