"""PDF pages of one difficulty each."""

from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from learning.reader.extract.canonical import Canonical
from learning.reader.extract.pdf.blocks import Vocabulary
from learning.reader.extract.pdf.read import read_pdf

HEIGHT = A4[1]


class Sheet:
    """A PDF that is written word by word, each at its place: x and y in points from the upper left corner."""

    def __init__(self) -> None:
        self.target = BytesIO()
        self.canvas = Canvas(self.target, pagesize=A4)

    def write(self, x, y, words, *, size=10, bold=False):
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, HEIGHT - y, words)
        return self

    def lines(self, x, y, *words, step=12, **looks):
        for number, line in enumerate(words):
            self.write(x, y + number * step, line, **looks)
        return self

    def box(self, x0, y0, x1, y1):
        self.canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0)
        return self

    def next_page(self):
        self.canvas.showPage()
        return self

    def read(self) -> Canonical:
        self.canvas.save()
        return read_pdf(self.target.getvalue())


def blocks(canonical):
    return [(block.kind, block.label, canonical.words(block)) for block in canonical.blocks]


def test_read_pdf_takes_headings_by_size_and_not_by_bold():
    sheet = Sheet().write(60, 100, "Learning from Child T", size=20, bold=True).write(60, 140, "Findings", size=14)
    sheet.write(60, 170, "Assessment", bold=True).lines(
        60, 190, "Nobody asked who lived in the home.", "The father was not seen."
    )
    canonical = sheet.read()
    assert [(block.kind, block.level, block.is_bold) for block in canonical.blocks] == [
        ("heading", 1, True),
        ("heading", 2, True),
        ("paragraph", 0, True),
        ("paragraph", 0, False),
        ("paragraph", 0, False),
    ]


def test_read_pdf_joins_lines_that_fill_the_column():
    sheet = Sheet().lines(
        60, 100, "The review found that the school and the nurse each held a part of the story and that"
    )
    sheet.lines(60, 112, "nobody put the two together.", "A second paragraph begins here without any space above it.")
    first, second = blocks(sheet.read())
    assert first[2].endswith("a part of the story and that nobody put the two together.")
    assert second[2] == "A second paragraph begins here without any space above it."


def test_read_pdf_nests_hanging_items_and_leaves_a_number_in_a_sentence():
    sheet = (
        Sheet()
        .write(60, 100, "1.")
        .lines(78, 100, "Agencies should share what they know, as section", "3. of the guidance asks them to.")
    )
    sheet.write(78, 124, "•").write(96, 124, "with schools").write(60, 136, "2.").write(
        78, 136, "Supervision should ask about fathers."
    )
    canonical = sheet.read()
    assert [(block.label, block.level, canonical.words(block)) for block in canonical.blocks] == [
        ("1.", 0, "Agencies should share what they know, as section 3. of the guidance asks them to."),
        ("•", 1, "with schools"),
        ("2.", 0, "Supervision should ask about fathers."),
    ]


def test_read_pdf_takes_a_drawn_bullet_for_a_bullet():
    sheet = Sheet()
    for y in (100, 112):
        sheet.canvas.circle(66, HEIGHT - y + 3, 2, fill=1)
        sheet.write(78, y, "Ask the child alone.")
    assert blocks(sheet.read()) == [("item", "•", "Ask the child alone.")] * 2


def test_read_pdf_reads_columns_one_after_the_other_under_a_heading_over_both():
    left = [f"left {number} of a column that is some words wide" for number in range(9)]
    right = [f"right {number} of a column that is some words wide" for number in range(9)]
    sheet = Sheet().write(60, 80, "A heading that runs over the whole width of this page, from left to right", size=15)
    sheet.lines(60, 110, *left).lines(310, 110, *right)
    sheet.write(60, 240, "Below both columns the text goes on over the whole width of the page.")
    words = sheet.read().text
    places = [words.index(part) for part in ("A heading", "left 0", "left 8", "right 0", "right 8", "Below both")]
    assert places == sorted(places)


def test_read_pdf_reads_labels_and_values_without_rules_as_rows():
    sheet = (
        Sheet()
        .lines(60, 100, "Theme", "Published", "Area")
        .lines(200, 100, "Neglect and fathers", "May 2021", "North and south")
    )
    assert [words for _, _, words in blocks(sheet.read())] == [
        "Theme\tNeglect and fathers",
        "Published\tMay 2021",
        "Area\tNorth and south",
    ]


def table(sheet, y, rows, edges=(60, 100, 340, 460, 520), step=40):
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            top = y + row * step
            sheet.box(edges[column], top, edges[column + 1], top + step)
            sheet.lines(edges[column] + 4, top + 14, *cell.split("\n"), bold=row == 0 and len(cells) > 1)
    return sheet


def test_read_pdf_goes_on_with_a_ruled_table_over_the_page():
    heads = ["No", "Recommendation", "Lead", "RAG"]
    sheet = table(
        Sheet(),
        640,
        [heads, ["1", "Ask about fathers.", "Health", "Green"], ["2", "Share the plan with every", "Police", "Red"]],
    )
    table(
        sheet.next_page(), 90, [heads, ["", "school and nursery.", "", ""], ["3", "Train the staff.", "Board", "Amber"]]
    )
    canonical = sheet.read()
    assert blocks(canonical) == [
        ("row", "", "No\tRecommendation\tLead\tRAG"),
        ("row", "", "1\tAsk about fathers.\tHealth\tGreen"),
        ("row", "", "2\tShare the plan with every school and nursery.\tPolice\tRed"),
        ("row", "", "3\tTrain the staff.\tBoard\tAmber"),
    ]
    assert canonical.blocks[0].header
    assert canonical.furniture == ["No Recommendation Lead RAG"]


def test_read_pdf_reads_boxes_with_headings_as_text():
    sheet = Sheet().box(60, 100, 250, 160).box(250, 100, 440, 160)
    sheet.write(64, 114, "Background", size=14).lines(64, 130, "The child was seen by", "five services.")
    sheet.write(254, 114, "Findings", size=14).lines(254, 130, "Nobody asked the", "child's father.")
    assert [(kind, words) for kind, _, words in blocks(sheet.read())] == [
        ("heading", "Background"),
        ("paragraph", "The child was seen by five services."),
        ("heading", "Findings"),
        ("paragraph", "Nobody asked the child's father."),
    ]


def test_read_pdf_sets_repeated_lines_and_numbers_at_the_edges_aside():
    sheet = Sheet()
    for page in range(1, 4):
        sheet.write(60, 40, "Partnership briefing").write(300, 810, f"{page} | Page").write(
            60, 400, f"Words of page number {page}."
        )
        sheet.write(60, 60, "Action") if page == 2 else None
        sheet.next_page()
    canonical = sheet.read()
    assert canonical.furniture == ["Partnership briefing", "1 | Page", "2 | Page", "3 | Page"]
    assert "Action" in canonical.text
    assert [block.page for block in canonical.blocks] == [1, 2, 2, 3]


def test_read_pdf_sets_contents_marks_of_notes_and_turned_words_aside():
    sheet = (
        Sheet().write(60, 100, "Findings ................................ 7").write(60, 140, "Neglect was named late")
    )
    sheet.write(168, 136, "12", size=6).write(180, 140, "by all agencies.")
    sheet.canvas.rotate(90)
    sheet.canvas.drawString(200, -560, "DRAFT")
    canonical = sheet.read()
    assert canonical.text == "Neglect was named late by all agencies."
    assert set(canonical.furniture) == {"Findings ................................ 7", "12", "DRAFT"}


def test_read_pdf_reads_letters_printed_twice_or_spaced_out():
    sheet = Sheet().write(60, 100, "Key messages").write(60.3, 100, "Key messages")
    sheet.canvas.setFont("Helvetica", 10)
    sheet.canvas.drawString(60, HEIGHT - 140, "LEARNING POINTS", charSpace=4)
    assert sheet.read().text == "Key messages\n\nLEARNING POINTS"


def test_read_pdf_marks_links():
    sheet = Sheet().write(60, 100, "The full report").write(60, 140, "No link here.")
    sheet.canvas.linkURL("https://example.org/report.pdf", (60, HEIGHT - 104, 140, HEIGHT - 92))
    assert [block.has_link for block in sheet.read().blocks] == [True, False]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["a multi-", "agency plan"], "a multi-agency plan"),
        (["poor communi-", "cation and no", "communication"], "poor communication and no communication"),
        (["poor communi-", "cation"], "poor communication"),
        (["the long-term plan, the long-", "term view"], "the long-term plan, the long-term view"),
        (["Inter-", "Agency"], "Inter-Agency"),
        (["2015-", "2017"], "2015-2017"),
        (["the plan -", "and more"], "the plan - and more"),
        (["escala-", "tion of any-", "body"], "escalation of anybody"),
        (["a looked-", "after child, looked for after"], "a looked-after child, looked for after"),
        (["see www.example.org/rep", "orts/2017.pdf now"], "see www.example.org/reports/2017.pdf now"),
    ],
)  # fmt: skip
def test_vocabulary_joins_words_broken_at_the_end_of_a_line(lines, joined):
    assert Vocabulary(lines).join(lines) == joined
