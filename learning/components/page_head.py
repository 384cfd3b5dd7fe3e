"""What a page says of itself to search engines and to whoever shares its address."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class PageMeta:
    """``description`` is always our own words. A page that is not indexed has no social card either."""

    canonical_url: str
    title: str
    description: str = ""
    is_indexed: bool = True


def canonical_url(request: HttpRequest, record: Any) -> str:
    """The address of a record's own page, without a query: the one to cite, wherever the page is shown."""
    return request.build_absolute_uri(record.get_absolute_url())
