"""Pages of a list by the number in its address. A number that is not there is said; nothing is guessed."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator

from learning.components.wording import counted, echo

PER_PAGE = 20


def page_at(paginator: Paginator[Any], text: str) -> Page[Any] | None:
    """The page of that number, the first where none is asked for; None where there is none."""
    number = page_number(text or "1")
    return paginator.page(number) if number and number <= paginator.num_pages else None


def page_number(text: str) -> int | None:
    """A positive number in plain figures, else None."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 10
    return int(text) or None if is_number else None


def range_around(page: Page[Any] | None) -> list[int | str]:
    """The numbers of the pages to link to, with gaps."""
    return list(page.paginator.get_elided_page_range(page.number)) if page else []


def no_such_page(text: str, paginator: Paginator[Any], of: str = "this list") -> str:
    return f"There is no page “{echo(text)}”: {of} has {counted(paginator.num_pages, 'page', 'pages')}."
