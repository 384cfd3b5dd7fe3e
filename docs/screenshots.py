"""Take the screenshots of the README, from a server of its own that holds the five bulletins.

    .venv/bin/python -m docs.screenshots

Needs Chromium and the tools that `python3 run.py test` installs. Writes docs/screenshots/NAME-WIDTH.png for every page
below, on a desktop and on a phone.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection, socket

from playwright.sync_api import Page, sync_playwright

from tests import chromium

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
SIZES = [{"width": 1280, "height": 900}, {"width": 375, "height": 812}]
PAGES = {
    "home": "/",
    "reviews": "/reviews/?theme=domestic-abuse",
    "learning": "/learning/?theme=missing-from-care",
    "search": "/search/?q=CSE",
    "themes": "/themes/",
    "theme": "/themes/missing-from-care/",
    "questions": "/questions/",
    "recommendations": "/recommendations/",
    "agency": "/agencies/police/",
    "bulletins": "/bulletins/",
}
# Pages whose address is best found as a reader does: the first such link of a list.
FOLLOWED = {
    "review": ("/reviews/?theme=missing-from-care", r"/reviews/[^/?]+/[^/?]+/"),
    "statement": ("/learning/?theme=missing-from-care", r"/learning/\d+/"),
    "bulletin": ("/bulletins/", r"/bulletins/[^/?]+/"),
}


@contextmanager
def served() -> Iterator[str]:
    """The address of a server with a database of its own, which is gone afterwards."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "SCR_KB_ENV": "development", "DATABASE_URL": f"sqlite:///{Path(folder) / 'db.sqlite3'}"}
        for step in (["migrate", "--verbosity", "0"], ["load_bulletins"]):
            subprocess.run([sys.executable, "manage.py", *step], cwd=ROOT, env=env, check=True)
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, cwd=ROOT, env=env, stdout=quiet, stderr=quiet) as server:
            try:
                wait_for(port)
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not start.")


def take(page: Page, site: str) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0

    def keep(name: str) -> None:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{name}-{width}.png", animations="disabled")
        print(f"docs/screenshots/{name}-{width}.png")

    for name, address in PAGES.items():
        answer = page.goto(site + address)
        if answer is None or answer.status != 200:
            raise SystemExit(f"{address} answered {answer.status if answer else 'nothing'}.")
        keep(name)
    for name, (address, wanted) in FOLLOWED.items():
        page.goto(site + address)
        links = page.locator("main a").evaluate_all("links => links.map(link => link.href)")
        page.goto(next(link for link in links if re.search(wanted, link)))
        keep(name)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        for size in SIZES:
            page = browser.new_page(viewport=size, locale="en-GB", reduced_motion="reduce")  # type: ignore[arg-type]
            take(page, site)
        browser.close()


if __name__ == "__main__":
    main()
