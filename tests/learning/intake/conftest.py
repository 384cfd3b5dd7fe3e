"""What the tests of the desk share: somewhere to keep originals, and the people who work there."""

import pytest

from tests.learning.intake.people import person


@pytest.fixture(autouse=True)
def originals(settings, tmp_path):
    """The folder of the originals, empty at the beginning of each test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "originals"


@pytest.fixture
def editor(db):
    return person("editor")


@pytest.fixture
def other_editor(db):
    return person("editor", "other-editor")


@pytest.fixture
def publisher(db):
    return person("publisher")


@pytest.fixture
def administrator(db):
    return person("administrator")


@pytest.fixture
def stranger(db):
    """Somebody who may sign in, and who has no role."""
    return person(None, "stranger")
