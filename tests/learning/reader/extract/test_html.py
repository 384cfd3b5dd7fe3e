"""HTML of one difficulty each."""

from learning.reader.extract.html import read_html


def blocks(source, **about):
    canonical = read_html(source, **about)
    return [(block.kind, block.label, canonical.words(block)) for block in canonical.blocks]


PAGE = """<title>Bulletin</title><header>Home</header><nav><ul><li>Boards<li>Training</ul></nav>
<div class="cookie-banner">We use cookies</div><main><header><h1>Child T</h1></header>
<p>Findings of the review were shared with every agency in May.</p></main>
<aside>Tweets</aside><footer>Contact</footer><script>let words = 1</script><p hidden>Old words</p>"""


def test_read_html_sets_the_frame_of_a_page_aside():
    canonical = read_html(PAGE)
    assert canonical.text == "Child T\n\nFindings of the review were shared with every agency in May."
    frame = ["Bulletin", "Home", "Boards Training", "We use cookies", "Tweets", "Contact", "Old words"]
    assert canonical.furniture == frame


def test_read_html_reads_a_header_that_holds_the_only_title():
    assert read_html("<header><h1>Child T</h1></header><p>Findings.</p>").text == "Child T\n\nFindings."


def test_read_html_counts_and_nests_lists_as_a_browser_does():
    source = """<ol start="4"><li>four<ul><li>• one<li>two</ul></li><li value="9">nine<li>ten</ol>
        <ol type="a"><li>x<li>y</ol><ol type="I"><li>x</ol>"""
    canonical = read_html(source)
    assert [(block.label, block.level, canonical.words(block)) for block in canonical.blocks] == [
        ("4.", 0, "four"),
        ("•", 1, "one"),
        ("•", 1, "two"),
        ("9.", 0, "nine"),
        ("10.", 0, "ten"),
        ("a.", 0, "x"),
        ("b.", 0, "y"),
        ("I.", 0, "x"),
    ]


def test_read_html_prefers_typed_markers_to_counted_ones():
    source = (
        "<ol><li>3a. The Board should ask.</li></ol><p>(iv)&nbsp;&nbsp;fourth</p><p>3&nbsp;&nbsp;Three words here</p>"
    )
    assert blocks(source) == [
        ("item", "3a.", "The Board should ask."),
        ("item", "(iv)", "fourth"),
        ("item", "3", "Three words here"),
    ]


def test_read_html_without_numbers_keeps_only_typed_ones():
    assert blocks("<ol><li>one<li>2. two</ol>", has_numbers=False) == [("item", "", "one"), ("item", "2.", "two")]


def test_read_html_joins_the_paragraphs_of_an_item():
    assert blocks("<ul><li><p>One</p><p>and more.</p><li>Two</ul>") == [
        ("item", "•", "One and more."),
        ("item", "•", "Two"),
    ]


def test_read_html_ends_a_block_at_a_break_before_a_new_beginning():
    assert blocks("<p><b>Key learning</b><br>Ask the child.<br>- first<br>- second<br>which goes on</p>") == [
        ("paragraph", "", "Key learning"),
        ("paragraph", "", "Ask the child."),
        ("item", "-", "first"),
        ("item", "-", "second which goes on"),
    ]


def test_read_html_calls_bold_what_is_so_in_every_word():
    canonical = read_html(
        "<p><b>All</b> <strong>bold</strong></p><p><b>Part</b> bold</p><p style='font-weight:700'>By style</p>"
        "<b><p>Around</p></b>"
    )
    assert [block.is_bold for block in canonical.blocks] == [True, False, True, True]


def test_read_html_reads_tables_as_rows_with_their_header():
    canonical = read_html(
        "<table><tr><th>Recommendation<th>Lead<tr><td>Ask <i>fathers</i>.<td>Health<tr><td>One<br>Two<td></table>"
    )
    assert [(block.header, canonical.words(block)) for block in canonical.blocks] == [
        (True, "Recommendation\tLead"),
        (False, "Ask fathers.\tHealth"),
        (False, "One\nTwo\t"),
    ]


def test_read_html_reads_cells_that_hold_lists_as_text():
    source = "<table><tr><td><b>Learning</b><td><ul><li>One thing<li>Another</ul></table>"
    assert blocks(source) == [("paragraph", "", "Learning"), ("item", "•", "One thing"), ("item", "•", "Another")]


def test_read_html_sets_notes_aside_and_marks_links():
    canonical = read_html("<p>Neglect<sup>3</sup> was <a href='/x'>named</a>, in CO<sub>2</sub>.</p><p>No link.</p>")
    assert canonical.text == "Neglect was named, in CO2.\n\nNo link."
    assert canonical.furniture == ["3"]
    assert [block.has_link for block in canonical.blocks] == [True, False]
