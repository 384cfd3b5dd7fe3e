"""How well the search does by the judged list: at least 95 of 100 judgements must hold, on both databases."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import QueryDict

from learning.catalogue import pinned
from learning.search.results import Result
from learning.search.views import SearchPage
from tests.learning.search.held_out_questions import HELD_OUT
from tests.learning.search.judged_queries import JUDGED, SLUGS, Judged
from tests.learning.search.judged_questions import QUESTIONS, UNDERSTOOD

FIRST = 5
LEAST = 0.95
EVERY = [*JUDGED, *QUESTIONS, *UNDERSTOOD]
LETTERS = {slug: letter for letter, slug in SLUGS.items()}


def page_of(judged: Judged, page: str = "") -> SearchPage:
    return SearchPage(QueryDict(urlencode({"q": judged.text, "type": judged.tab, "page": page})))


def name_of(result: Result) -> str:
    if "statement" in result:
        statement = result["statement"]
        return f"{LETTERS[statement.bulletin.slug]}-{statement.serial}"
    if "review" in result:
        return str(result["review"].label)
    return str(next(result[kind] for kind in ("bulletin", "theme", "board", "agency") if kind in result).slug)


def shown(page: SearchPage) -> list[str]:
    return [name_of(result) for section in page.sections for result in section.results]


def failures(judged: Judged) -> Iterator[str]:
    """What of a judgement does not hold."""
    page = page_of(judged)
    found = shown(page)
    first = found[:FIRST]
    if missing := judged.first - set(first):
        yield f"not among the first: {sorted(missing)}"
    if judged.some and not judged.some & set(first):
        yield f"none among the first of {sorted(judged.some)}"
    if judged.only and (not first or set(first) - judged.only):
        yield f"not only these: {sorted(set(first) - judged.only)}"
    if wrong := judged.never & set(found):
        yield f"found: {sorted(wrong)}"
    if judged.nothing and found:
        yield f"found: {found}"
    if judged.hint and not any(f"“{judged.hint}”" in way["label"].casefold() for way in page.ways_out):
        yield f"no such hint: {[way['label'] for way in page.ways_out]}"
    if judged.problem not in page.problem:
        yield f"another problem: {page.problem!r}"


def wrong_of(judgements: list[Judged]) -> dict[str, list[str]]:
    with pinned():
        return {
            f"{judged.text} ({judged.tab})": [*told, f"shown: {shown(page_of(judged))[:8]}"]
            for judged in judgements
            if (told := list(failures(judged)))
        }


def told(wrong: dict[str, list[str]], count: int) -> str:
    return f"{count - len(wrong)} of {count} hold ({1 - len(wrong) / count:.1%})"


def test_search_finds_what_a_practitioner_would_expect(bulletins, record_property):
    wrong = wrong_of(EVERY)

    record_property("told", f"Judged searches: {told(wrong, len(EVERY))}.")
    lines = "\n".join(f"{search}: {'; '.join(why)}" for search, why in wrong.items())
    assert len(wrong) <= (1 - LEAST) * len(EVERY), lines


def test_search_finds_most_of_what_it_was_not_tuned_for(bulletins, record_property):
    wrong = wrong_of(HELD_OUT)

    record_property("told", f"Questions held out: {told(wrong, len(HELD_OUT))}.")
    assert len(wrong) <= len(HELD_OUT) / 2, wrong


def test_judged_list_is_long_enough():
    texts = {judged.text for judged in EVERY}

    assert len(texts) >= 160
    assert len([text for text in texts if text.endswith("?")]) >= 80
