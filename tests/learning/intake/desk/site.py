"""People and documents for the tests of the desk."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from learning.intake.editing.permissions import ensure_groups
from learning.models import Bulletin
from scr_kb.accounts.models import User

PASSWORD = "only-for-tests-of-the-desk"
SAMPLE = """Sampleshire Safeguarding Children Board

Learning bulletin: Child Z

Published 13 September 2016

The story

Child Z lived with the family of a relative. The child was seen by a school nurse in spring.

Key learning points

- Agencies did not share what they knew about domestic abuse with each other.
- The child was not spoken to alone.

Recommendations

1. The Board should review how schools share information with the police.
2. The Board should make sure that children are spoken to alone.
"""


def person(name: str, role: str = "") -> User:
    """Somebody with an account, and with a role if one is named."""
    ensure_groups()
    user: User = User.objects.create_user(name, password=PASSWORD)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(name: str, role: str = "editor") -> Client:
    client = Client()
    client.force_login(User.objects.filter(username=name).first() or person(name, role))
    return client


def add(client: Client, text: str = SAMPLE, **fields: Any) -> Bulletin:
    """Paste a text, and the draft that it becomes."""
    response = client.post("/desk/add/", {"text": text, **fields})
    assert response.status_code == 302, response.content.decode()
    return Bulletin.objects.get(pk=int(response["Location"].strip("/").split("/")[1]))


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def fixture_text(slug: str) -> Path:
    return Path(settings.BASE_DIR) / "fixtures" / "bulletins" / f"{slug}.txt"


@contextmanager
def served() -> Iterator[str]:
    """The address of a server. It stops once it has let go of every connection, which must not end after it."""
    server = LiveServer("127.0.0.1")
    yield server.url
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)
    server.stop()


@contextmanager
def calls_of(function: Callable[..., Any]) -> Iterator[list[int]]:
    """Counts the calls of a function, by whatever name its callers know it."""
    calls: list[int] = []

    def watch(frame: Any, event: str, _: Any) -> None:
        if event == "call" and frame.f_code is function.__code__:
            calls.append(1)

    sys.setprofile(watch)
    try:
        yield calls
    finally:
        sys.setprofile(None)
