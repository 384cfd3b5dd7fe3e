"""Lists of words that rules look up, as text files that anybody can read and add to. A line with "#" is a comment."""

import sys
from pathlib import Path


def words_in(name: str) -> frozenset[str]:
    return frozenset(sys.intern(word) for line in _lines(name) for word in line.split())


def lines_in(name: str) -> frozenset[str]:
    """For entries of several words: one stands on each line."""
    return frozenset(filter(None, _lines(name)))


def _lines(name: str) -> list[str]:
    lines = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
