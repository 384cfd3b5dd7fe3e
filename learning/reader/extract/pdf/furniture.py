"""What a PDF prints on its pages besides the text: running headers and footers, and page numbers."""

import re
from collections import defaultdict

from learning.reader.extract.pdf.lines import Segment

_ZONE = 0.12  # of the page's height, above and below
_NEAR = 6.0  # points; how far up or down a running line may move
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|slide)?\s*(?P<number>\d{1,4})\s*(?:(?:of|/|\|)\s*(?:page\s*)?\d{0,4})?(?:\s*\|?\s*page)?\W*", re.I
)


def take_furniture(pages: list[tuple[float, list[Segment]]]) -> list[str]:
    """Take running lines and page numbers out of the pages' segments, and return their words, each once.

    ``pages`` has the height and the segments of each page in order.
    """
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, (height, segments) in enumerate(pages):
        for segment in segments:
            if zone := _zone(segment, height):
                places[zone + _key(segment)].append((number, segment.top))
    taken: list[str] = []
    for number, (height, segments) in enumerate(pages):
        furniture = [segment for segment in segments if _is_furniture(segment, number, height, places, len(pages))]
        furniture = [
            segment
            for segment in furniture
            if _is_page(segment, number) or not _stands_with_text(segment, segments, furniture)
        ]
        taken.extend(segment.text for segment in furniture)
        segments[:] = [segment for segment in segments if not any(segment is other for other in furniture)]
    return list(dict.fromkeys(taken))


def _zone(segment: Segment, height: float) -> str:
    if segment.bottom < _ZONE * height:
        return "above "
    return "below " if segment.top > (1 - _ZONE) * height else ""


def _key(segment: Segment) -> str:
    return f"{re.sub(r'[0-9]+', '#', segment.text.casefold())} {round(segment.size)}"


def _is_furniture(
    segment: Segment, number: int, height: float, places: dict[str, list[tuple[int, float]]], pages: int
) -> bool:
    zone = _zone(segment, height)
    if not zone:
        return False
    if _is_page(segment, number) and (pages > 1 or not segment.text.isdigit()):
        return True
    again = {page for page, top in places[zone + _key(segment)] if abs(top - segment.top) < _NEAR}
    return len(again) >= (2 if pages < 7 else 3)


def _is_page(segment: Segment, number: int) -> bool:
    found = _PAGE_NUMBER.fullmatch(segment.text)
    return found is not None and int(found["number"]) == number + 1


def _stands_with_text(segment: Segment, segments: list[Segment], furniture: list[Segment]) -> bool:
    return len(segment.text.split()) < 3 and any(
        abs(other.middle - segment.middle) < 3 and not any(other is line for line in furniture) for other in segments
    )
