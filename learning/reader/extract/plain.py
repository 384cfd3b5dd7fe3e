"""Plain text and Markdown, also with scraps of HTML in it, to canonical text and blocks."""

import html
import re
from collections import Counter
from dataclasses import dataclass
from itertools import count, pairwise

from learning.reader.extract.canonical import CELL_BREAK, Canonical, CanonicalBuilder
from learning.reader.extract.grids import rows_of
from learning.reader.extract.runs import lists_without_markers
from learning.reader.extract.side_columns import unfolded
from learning.reader.extract.unruled_cells import row_numbers
from learning.reader.wording import STOP
from learning.reader.wording.dates import DATE, MONTHS
from learning.reader.wording.endings import CLAUSE_END
from learning.reader.wording.lookup import KINDS, heading_kind, is_contents_line, label_of
from learning.reader.wording.markers import BULLETS, Marker, marker_of

_LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x85]")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_BLOCK_TAGS = re.compile(r"</?(?:p|div|ul|ol|table|tr|section|article|header|footer|blockquote|h[1-6])\b[^<>]*>", re.I)
_ITEM_TAG = re.compile(r"<li\b[^<>]*>\s*", re.I)
_CELL_TAG = re.compile(r"</t[dh]>\s*<t[dh]\b[^<>]*>", re.I)
_CELL = re.compile(r"^[ \t]*\|.*$|<t[dh]\b[^<>]*>.*?</t[dh]>", re.I | re.M)
_ORDERED = re.compile(r"(?P<tag><ol\b[^<>]*>)(?:(?!</?[ou]l\b).)*</ol>", re.I | re.S)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.I)
_BOLD_TAG = re.compile(r"</?(?:b|strong)\b[^<>]*>", re.I)
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^)\n]{0,600}\)")
_WAS_LINK = "\ue000"  # stands before the title of a link until its line is placed
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"^(?:[-_*=~]\s*){3,}$")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page\s+)?(?:\d{1,3}|[ivx]{1,5})(?:\s*(?:of|/|\|)\s*\d{1,3})?\W*$"
    r"|^\W*(?:page\s+\d{1,3}|\d{1,3}\s*\|\s*page)\b.{0,12}$"
    r"|^.{0,80}\s{3}\d{1,3}\s*\|\s*p ?a ?g ?e$|^.{0,90}[–—|-]\s*p(?:age|g)?\.?\s*\d{1,3}$"
    r"|^.{0,70}\bpage\s+\d{1,3}\s+of\s+\d{1,3}\W*$|^.{0,70}\s[|–—-]\s*page\s+\d{1,3}$",
    re.I,
)
_NAMES_A_DOCUMENT = re.compile(
    r"\b(?:safeguarding|board|partnership|lscb|\w*sc[bp]|sab|council|bulletin|briefing|newsletter|issue|"
    r"version|edition|"
    r"confidential|restricted|official|report|www|summary|guide)\b|\bpage\b"
)
_ASKED = re.compile(r"^[ \t]*(?P<printed>\**(?P<who>[QAqa])\d{0,2}[.:)]\**)\s+(?P<words>\S.*)$", re.M)
_LABELLED = re.compile(r"[A-Z][a-z]+(?: [a-z]+){0,2}: \S")
_WIDE_FOOTER = re.compile(r"\S.{0,80}?\S {6,}(?:page )?\d{1,3}$", re.I)
_SHOUTED_RUN_IN = re.compile(
    r"\s*(?P<head>[A-Z][A-Z'’]+(?: [A-Z'’]+){0,6}\??)\s*[.:?–-]\s+(?P<rest>[A-Z“\"‘'].*[a-z].*)$"
)
_HEAD_IN_LINE = re.compile(
    r"\s*(?:(?:box |minute |step )?\d{1,2}[.):]?\s+)?(?P<head>[A-Z][\w'’&/ -]{2,45}?)\s*(?:[.?]|"
    r"\s[–—-])\s+(?P<rest>[A-Z“\"‘'(\d].{12,})$",
    re.I,
)
_CUT_ROW = re.compile(r"(?m)^(\|[^\n]*)\n(?=[^|\n][^\n]*\|[ \t]*$)")
_BARE_NUMBER = re.compile(rf"\s*(\d{{1,2}}) (?=[A-Z“\"‘'][\w'’]*[ ,])(?!(?:{'|'.join(MONTHS)})\b)")
_BROKEN_ROW = re.compile(r"(?m)^(\|[^\n]*[^|\s\n])[ \t]*\n(?=[^|\n])")
_BOX = re.compile("[\u2500-\u257f]+")
_PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_PIPE_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*$")
_INLINE_BULLET = re.compile(rf"\s+(?=[{re.escape(BULLETS)}]\s*\S)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{2})(?=\S)(.{1,400}?)(?<=\S)\1(?![\w*])")
_RUN_IN = re.compile(r"\s*(?:\d{1,2}[.)]\s*)?(\*\*|__)(?P<head>(?:(?!\1).){3,90}?)\1\s*[:.–-]?\s+(?P<rest>\S.*)$")


@dataclass(slots=True)
class Line:
    text: str
    indent: int
    is_bold: bool = False
    heading: int = 0
    page: int = 1
    blank_before: bool = False
    marker: Marker | None = None
    has_link: bool = False
    raw: str = ""
    is_run_in: bool = False  # the bold words that a paragraph opens with, as its heading
    is_member: bool = False  # of a list without markers
    printed: str = ""  # a label that is neither words nor a marker of a list
    is_apart: bool = False  # begins something, though no blank line is above it
    cells: list[str] | None = None  # of a row


def read_plain(source: str) -> Canonical:
    builder = CanonicalBuilder()
    lines = _lines(source, builder)
    width = _wrap_width(lines)
    for number, cells in rows_of([line.raw for line in lines], [line.blank_before for line in lines]).items():
        lines[number].cells = cells
    _set_apart(lines, width)
    previous: Line | None = None
    for line in lines:
        _place(builder, line, previous, width)
        previous = line
    return builder.build()


def _lines(source: str, builder: CanonicalBuilder) -> list[Line]:
    """The lines with words, clean of mark-up, each knowing what stood before it. Furniture goes to the builder."""
    text = _INVISIBLE.sub("", _LINE_BREAKS.sub("\n", source)).replace("\u00a0", " ").replace("\0", "")
    text = _whole_rows(_BOX.sub(" ", text))
    text = unfolded(_without_tags(_LINK.sub(_WAS_LINK + r"\1", text)))
    raw = [(page, line) for page, part in enumerate(text.split("\f"), 1) for line in part.split("\n")]
    running = _running_lines(raw)
    beside = _beside_page_numbers(raw)
    is_interview = _is_interview(text)
    has_headings_in_line = _has_headings_in_line(raw)
    bare_numbers = _bare_numbers(raw)
    numbers = row_numbers([line for _, line in raw])
    lines: list[Line] = []
    blank = True
    for place, (page, words) in enumerate(raw):
        stripped = words.strip()
        if not stripped or _RULE.match(stripped) or _PIPE_RULE.match(stripped):
            blank = True
            continue
        if place in beside or place in running or (_PAGE_NUMBER.match(stripped) and place not in numbers):
            builder.furniture.append(stripped)
            continue
        if is_interview and (asked := _ASKED.match(words)):
            lines.append(_turn(asked, page))
            blank = asked["who"] in "Qq"  # the answer is a paragraph of its own
            continue
        for number, piece in enumerate(_inline_bullets(words)):
            for part, text in enumerate(_run_in(piece, has_headings_in_line=has_headings_in_line)):
                line = _line(
                    text,
                    page,
                    blank_before=(blank and number == 0) or part > 0,
                    has_bare_number=place in bare_numbers,
                )
                line.is_run_in = part == 0 and text != piece
                lines.append(line)
        blank = False
    return lines


def _is_interview(text: str) -> bool:
    turns = [found["who"].upper() for found in _ASKED.finditer(text)]
    return turns.count("Q") >= 3 and turns.count("A") >= 3


def _turn(asked: re.Match[str], page: int) -> Line:
    """A question is a heading; its letter and that of the answer are printed labels and no words."""
    is_question = asked["who"] in "Qq"
    words = _plain(asked["words"].strip())
    line = Line(words, 0, page=page, blank_before=True, raw=words, printed=asked["printed"].strip())
    line.heading = 2 if is_question else 0
    return line


def _whole_rows(text: str) -> str:
    while (joined := _CUT_ROW.sub(r"\1 ", _BROKEN_ROW.sub(r"\1 ", text))) != text:
        text = joined
    return text


def _without_tags(text: str) -> str:
    if "<" in text and _ANY_TAG.search(text):
        text = _ORDERED.sub(_with_numbers, _CELL.sub(lambda found: _BREAK_TAG.sub(CELL_BREAK, found[0]), text))
        text = re.sub(r"(?is)<(script|style|nav)\b.*?</\1>", "\n", text)
        text = re.sub(r"(?i)<h([1-6])\b[^<>]*>\s*", lambda found: "\n\n" + "#" * int(found[1]) + " ", text)
        text = _ITEM_TAG.sub("\n• ", text)
        text = _CELL_TAG.sub("\t", text)
        text = _BOLD_TAG.sub("**", _BREAK_TAG.sub("\n", text))
        text = re.sub(r"(?i)</?(?:ul|ol|li)\b[^<>]*>", "\n", text)
        text = _ANY_TAG.sub("", _BLOCK_TAGS.sub("\n\n", text))
    return html.unescape(text)


def _with_numbers(found: re.Match[str]) -> str:
    first = re.search(r"\bstart=\W?(\d{1,3})", found["tag"])
    numbers = count(int(first[1]) if first else 1)
    return _ITEM_TAG.sub(lambda _: f"\n{next(numbers)}. ", found[0])


def _beside_page_numbers(raw: list[tuple[int, str]]) -> set[int]:
    """The places of lines next to a page number that belong to it: printed so more than once, or set wide apart."""
    filled = [(place, line.strip()) for place, (_, line) in enumerate(raw) if line.strip()]
    keys = Counter(_running_key(line) for _, line in filled)
    found = {place for place, line in filled if _WIDE_FOOTER.match(line) and _stands_alone(raw, place)}
    title = filled[0][0] if filled else None
    for (upper, above), (lower, below) in pairwise(filled):
        for numbered, place, line in ((above, lower, below), (below, upper, above)):
            is_short = len(line) < 110 and not marker_of(line)
            if (
                place == title
                or heading_kind(line) in {*KINDS, STOP}
                or not _PAGE_NUMBER.match(numbered)
                or "%" in numbered
                or not is_short
                or line.endswith((":", ";"))
            ):
                continue
            if (keys[_running_key(line)] > 1 and len(line.split()) > 1) or re.search(r"\S {4,}\S", line):
                found.add(place)
    for _ in range(3):  # a header may have three lines
        found |= _next_to(raw, found)
    return found


def _next_to(raw: list[tuple[int, str]], found: set[int]) -> set[int]:
    """Lines right above or below a header, a footer or a page number that are in capitals or name the document."""
    more: set[int] = set()
    for place, (_, line) in enumerate(raw):
        words = line.strip()
        beside = [at for at in (place - 1, place + 1) if 0 <= at < len(raw)]
        is_beside = any(at in found or _PAGE_NUMBER.match(raw[at][1].strip()) for at in beside if raw[at][1].strip())
        if (
            not is_beside
            or not words
            or len(words.split()) > 9
            or marker_of(words)
            or heading_kind(words) in {*KINDS, STOP}
        ):
            continue
        if place > 8 and (
            words.isupper() or (_NAMES_A_DOCUMENT.search(words.casefold()) and not re.search(r"[.,;:]$", words))
        ):
            more.add(place)
    return more


def _stands_alone(raw: list[tuple[int, str]], place: int) -> bool:
    around = [raw[at][1] for at in (place - 1, place + 1) if 0 <= at < len(raw)]
    return not any(line.strip() for line in around)


def _running_key(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip().casefold())


def _running_lines(raw: list[tuple[int, str]]) -> set[int]:
    """Headers and footers: the same short line, but for its number, three times or more and far apart.

    A heading that comes back in each part of a document does so as well; a header names its document or stands at
    the edge of a page. The first of them stays where it is the title.
    """
    places: dict[str, list[int]] = {}
    for number, (_, line) in enumerate(raw):
        key = _running_key(line)
        if (
            3 < len(key) < 90
            and not marker_of(key)
            and not key.endswith((":", ";"))
            and not key.startswith(("#", "|", "*"))
        ):
            places.setdefault(key, []).append(number)
    found: set[int] = set()
    for key, at in places.items():
        is_far = len(at) > 1 and min(b - a for a, b in pairwise(at)) >= 8
        if not is_far or ("#" not in key and len(key.split()) < 3) or heading_kind(key) in KINDS:
            continue
        names_it = bool(_NAMES_A_DOCUMENT.search(key))
        is_often = len(at) >= 3 and (names_it or all(_is_at_edge(raw, number) for number in at[:-1]))
        if is_often or (names_it and ("|" in key or at[0] < 5)):
            found.update(at[1:] if at[0] < 5 else at)
    return found


def _is_at_edge(raw: list[tuple[int, str]], place: int) -> bool:
    page, _ = raw[place]
    around = [raw[at] for at in range(max(0, place - 3), min(len(raw), place + 4)) if at != place]
    return any(other != page or _PAGE_NUMBER.match(line.strip()) for other, line in around)


def _inline_bullets(words: str) -> list[str]:
    if sum(words.count(bullet) for bullet in BULLETS) < 1:
        return [words]
    pieces = _INLINE_BULLET.split(words)
    return pieces if len(pieces) > 1 else [words]


def _has_headings_in_line(raw: list[tuple[int, str]]) -> bool:
    heads = [found["head"] for _, line in raw if (found := _HEAD_IN_LINE.match(line))]
    kinds = [kind for head in heads if (kind := heading_kind(head)) in {*KINDS, STOP} and label_of(f"{head}:") is None]
    return len(kinds) >= 4 and len(set(kinds)) >= 3


def _run_in(words: str, *, has_headings_in_line: bool) -> list[str]:
    """The bold heading that a paragraph opens with, and the rest: "**5. What was done well?** The manager ..."."""
    found = _RUN_IN.match(words)
    if found is None:
        found = _SHOUTED_RUN_IN.match(words) or (_HEAD_IN_LINE.match(words) if has_headings_in_line else None)
        if found is None or heading_kind(found["head"]) is None or re.search(r"\d$", found["head"]):
            return [words]
        return [words[: found.start("rest")], found["rest"]]
    head = found["head"].strip()
    if head.endswith(".") and marker_of(words.strip()):
        return [words]  # the telling words of an item: "1. **Think family.** Nobody asked ..."
    if head.endswith("?") or (heading_kind(head) is not None and label_of(head.rstrip(":") + ":") is None):
        return [words[: found.start("rest")], found["rest"]]
    return [words]


def _bare_numbers(raw: list[tuple[int, str]]) -> set[int]:
    found = [
        (place, int(match[1]))
        for place, (_, line) in enumerate(raw)
        if (match := _BARE_NUMBER.match(line)) and heading_kind(line[match.end() :]) is None
    ]
    best: list[int] = []
    run: list[int] = []
    for place, number in found:
        if number == 1:
            run = []
        if number == len(run) + 1:
            run.append(place)
            best = max(best, run, key=len)
    return set(best) if len(best) >= 3 else set()


def _line(words: str, page: int, *, blank_before: bool, has_bare_number: bool = False) -> Line:
    has_link = _WAS_LINK in words
    words = words.replace(_WAS_LINK, "")
    indent = len(words) - len(words.lstrip(" \t"))
    text, raw = words.strip(), words
    if found := _HEADING.match(text):
        return Line(
            _plain(found[2]), indent, heading=len(found[1]), page=page, blank_before=blank_before, has_link=has_link
        )
    marker = None if _PIPE_ROW.match(text) else marker_of(text)
    if has_bare_number and marker is None and (number := _BARE_NUMBER.match(text)):
        marker = Marker(number[1], text[number.end(1) :].strip(), is_number=True)
    body = marker.rest if marker else text
    is_bold = bool(re.fullmatch(r"\W*(\*\*|__)(?:(?!\1).)+\1\W*", body.strip()))
    if marker:
        marker = Marker(marker.label, _plain(marker.rest), marker.is_number)
    return Line(
        _plain(body), indent, is_bold, page=page, blank_before=blank_before, marker=marker, has_link=has_link, raw=raw
    )


def _plain(text: str) -> str:
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    return re.sub(r"\*\*|__", "", text).replace("\\*", "*").strip()


def _wrap_width(lines: list[Line]) -> int:
    """The width at which the text was broken by hand, or 0 where lines are paragraphs."""
    longest = max((len(line.text) for line in lines), default=0)
    least = 40 if longest > 56 else 28  # a narrow column has no long lines
    lengths = Counter(len(line.text) // 4 for line in lines if len(line.text) > least)
    long = sum(count for length, count in lengths.items() if length > 30)
    total = sum(lengths.values())
    broken = sum(1 for line in lines if len(line.text) > least and not CLAUSE_END.search(line.text))
    if not any(line.text[:1].islower() for line in lines if not line.marker and not line.blank_before):
        return 0  # no line goes on with the one above
    if total < 4 or long > total * 0.1 or broken < total * 0.35:
        return 0
    return max(lengths) * 4


def _set_apart(lines: list[Line], width: int) -> None:
    groups: list[range] = []
    start = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or lines[number].blank_before or not _is_plain(lines[number]):
            if number - start > 1 and _is_plain(lines[start]) and _is_below_title(lines, start):
                groups.append(range(start, number))
            start = number
    texts = [line.text for line in lines]
    apart = {number for number, line in enumerate(lines) if line.blank_before or line.heading}
    members, alone = lists_without_markers(texts, groups, apart, width, _announces_a_list)
    for number in members:
        lines[number].is_member = True
    for number in alone:
        lines[number].is_apart = True


def _announces_a_list(text: str) -> bool:
    return (heading_kind(text) in KINDS and label_of(text) is None) or text.endswith(":")


def _is_plain(line: Line) -> bool:
    return not (line.marker or line.heading or line.is_run_in or line.has_link) and line.cells is None


def _is_below_title(lines: list[Line], start: int) -> bool:
    return start >= 8 or any(len(line.text.split()) >= 12 for line in lines[:start])


def _place(builder: CanonicalBuilder, line: Line, previous: Line | None, width: int) -> None:
    if previous is not None and _goes_on(builder, line, previous, width):
        _join(builder, line)
        builder.blocks[-1].has_link |= line.has_link
    elif line.cells == []:
        pass  # its words are in the row above
    elif line.cells is not None:
        builder.add_row([_plain(cell) for cell in line.cells], page=line.page)
    elif line.is_run_in:
        builder.add("heading", line.raw.replace("**", "").replace("__", ""), page=line.page, is_bold=True, run_in=True)
    elif line.heading:
        builder.add(
            "heading", line.text, label=line.printed, level=line.heading, page=line.page, is_bold=True,
            has_link=line.has_link,
        )  # fmt: skip
    elif line.is_member:
        builder.add("item", line.text, level=line.indent, page=line.page, is_bold=line.is_bold)
    elif line.marker:
        builder.add(
            "item",
            line.marker.rest,
            label=line.marker.label,
            level=line.indent,
            page=line.page,
            is_bold=line.is_bold,
            has_link=line.has_link,
        )
    else:
        builder.add(
            "paragraph", line.text, label=line.printed, page=line.page, is_bold=line.is_bold, has_link=line.has_link
        )


def _join(builder: CanonicalBuilder, line: Line) -> None:
    last = builder.last_words()
    is_cut = re.search(r"\w-$", last) and line.text[:1].islower()
    builder.extend(line.text, "" if is_cut else " ")  # the hyphen stays: it may be the word's own ("multi-agency")


def _begins_label(line: Line, words: str) -> bool:
    return bool(CLAUSE_END.search(words) and _LABELLED.match(line.text))


def _stands_apart(line: Line) -> bool:
    return bool(line.is_member or line.is_apart or line.marker or line.heading or line.cells is not None)


def _goes_on(builder: CanonicalBuilder, line: Line, previous: Line, width: int) -> bool:
    if not builder.blocks or previous.heading or _stands_apart(line):
        return False
    if previous.is_member and builder.blocks[-1].kind == "item" and not line.blank_before and line.text[:1].islower():
        return True
    last = builder.blocks[-1]
    if (
        _begins_label(line, builder.last_words())
        or last.kind == "row"
        or previous.is_run_in
        or line.is_run_in
        or DATE.fullmatch(line.text)
    ):
        return False
    if is_contents_line(line.text) or is_contents_line(previous.text):
        return False
    words = builder.last_words()
    ended = bool(CLAUSE_END.search(words))
    starts_low = line.text[:1].islower()
    if line.blank_before:
        # Only a sentence that a page break has split goes on after a blank line.
        return starts_low and not ended and not last.is_bold
    if line.is_bold != previous.is_bold and not starts_low:
        return False
    is_short = not starts_low and len(line.text.split()) <= 12 and not re.search(r"[.,;]$", line.text)
    if is_short and not ended and heading_kind(line.text) is not None:
        return False
    if starts_low or (not ended and re.match(r"[\d(“‘\"']", line.text) and len(words) > 30):
        return not (ended and words.endswith(":"))
    if width and not ended:
        return len(words) > 0 and len(previous.text) >= width * 0.62
    return bool(width and ended and len(previous.text) >= width * 0.8 and not words.endswith(":"))
