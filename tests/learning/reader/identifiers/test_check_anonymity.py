"""The command, which prints what the guard finds."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def test_check_anonymity_prints_identifiers_as_json(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("Child Z was born on 3 December 1996.", encoding="utf-8")
    out = StringIO()
    call_command("check_anonymity", path, stdout=out)
    expected = {"start": 20, "end": 35, "text": "3 December 1996", "kind": "birth_date", "why": "A date of birth."}
    assert json.loads(out.getvalue()) == [expected]


def test_check_anonymity_says_why_it_cannot_read(tmp_path):
    with pytest.raises(CommandError):
        call_command("check_anonymity", tmp_path / "none.txt")
