"""A public text as a document: blocks, runs, redactions, acronyms, and a passage in its surroundings."""

from learning.components.document import document, pages_of, surroundings
from learning.models import GlossaryTerm, PublicText, Statement


def text_of(*paragraphs, redactions=()):
    """A public text of (kind, words) or (kind, words, more) paragraphs, with blank lines between them."""
    blocks, text = [], ""
    for kind, words, *more in paragraphs:
        text += "\n\n" if text else ""
        entry = {"kind": kind, "start": len(text), "end": len(text) + len(words), "level": 0, "label": "", "page": 1}
        blocks.append({**entry, **(more[0] if more else {})})
        text += words
    found = [
        {"start": text.index(words), "end": text.index(words) + len(words), "reason": reason}
        for words, reason in redactions
    ]
    return PublicText(text=text, blocks=blocks, redactions=found)


def statement_on(public, words, pk=1, **fields):
    start = public.text.index(words)
    return Statement(pk=pk, text=words, public_start=start, public_end=start + len(words), **fields)


def words_of(block):
    return "".join(piece.text for run in block.runs for piece in run.pieces)


def marked(block):
    return ["".join(piece.text for piece in run.pieces) for run in block.runs if run.statement]


def all_of(public, statements, terms=(), title=""):
    """A text of one page."""
    (blocks,) = pages_of(public, title)
    return document(public, blocks, statements, terms)


def test_document_keeps_every_block_in_order():
    public = text_of(("heading", "First"), ("paragraph", "One."), ("paragraph", "Two."))

    parts = all_of(public, [])

    assert [(part.kind, words_of(part.block)) for part in parts] == [
        ("heading", "First"),
        ("paragraph", "One."),
        ("paragraph", "Two."),
    ]


def test_document_leaves_out_a_first_heading_that_repeats_the_title():
    public = text_of(("heading", "Sample\nbulletin"), ("heading", "Summary"), ("heading", "Sample bulletin"))

    parts = all_of(public, [], title="Sample bulletin")

    assert [words_of(part.block) for part in parts] == ["Summary", "Sample bulletin"]


def test_document_headings_start_at_two_and_never_skip_a_level():
    public = text_of(("heading", "A", {"level": 3}), ("heading", "B", {"level": 3}), ("heading", "C", {"level": 1}))

    parts = all_of(public, [])

    assert [part.block.level for part in parts] == [2, 3, 2]


def test_document_puts_items_that_follow_each_other_into_one_list():
    public = text_of(
        ("item", "One", {"label": "1."}),
        ("item", "Two", {"label": "2."}),
        ("paragraph", "Between."),
        ("item", "Dash", {"label": "-"}),
    )

    parts = all_of(public, [])

    assert [part.kind for part in parts] == ["list", "paragraph", "list"]
    assert [item.block.label for item in parts[0].items] == ["1.", "2."]
    assert [part.is_numbered for part in parts] == [True, False, False]


def test_document_nests_items_by_level():
    public = text_of(
        ("item", "Parent", {"label": "8."}),
        ("item", "Part", {"label": "-", "level": 1}),
        ("item", "Next", {"label": "9."}),
    )

    (part,) = all_of(public, [])

    assert [words_of(item.block) for item in part.items] == ["Parent", "Next"]
    assert [words_of(item.block) for item in part.items[0].items] == ["Part"]
    assert not part.items[0].is_numbered


def test_document_splits_a_row_into_its_cells():
    public = text_of(("row", "Date\t13 September 2016"), ("row", "Theme\tSuicide"))

    (part,) = all_of(public, [])

    assert [[words_of(cell) for cell in row] for row in part.rows] == [
        ["Date", "13 September 2016"],
        ["Theme", "Suicide"],
    ]


def test_document_marks_a_passage_inside_its_block_and_anchors_it_once():
    public = text_of(("paragraph", "Before. The finding. After."))
    statement = statement_on(public, "The finding.", pk=7)

    (part,) = all_of(public, [statement])

    assert marked(part.block) == ["The finding."]
    assert [run.anchors for run in part.block.runs] == [[], [7], []]
    assert part.block.statements == [statement]


def test_document_anchors_a_passage_over_two_blocks_only_in_the_first():
    public = text_of(("heading", "40%"), ("paragraph", "of samples."), ("paragraph", "Other."))
    statement = statement_on(public, "40%\n\nof samples.", pk=3)

    parts = all_of(public, [statement])

    assert [part.block.is_claimed for part in parts] == [True, True, False]
    assert [run.anchors for part in parts for run in part.block.runs] == [[3], [], []]
    assert [part.block.statements for part in parts] == [[statement], [], []]


def test_document_passage_within_a_passage_is_the_inner_one_and_both_are_anchored():
    public = text_of(("paragraph", "Lead in: first part, second part"))
    whole = statement_on(public, "Lead in: first part, second part", pk=1)
    part_of_it = statement_on(public, "first part", pk=2)
    same_start = statement_on(public, "Lead in:", pk=3)

    (part,) = all_of(public, [whole, part_of_it, same_start])

    assert [(run.statement.pk, run.anchor, run.further_anchors) for run in part.block.runs] == [
        (3, 3, [1]),
        (1, None, []),
        (2, 2, []),
        (1, None, []),
    ]


def test_document_sets_redactions_apart_with_their_reason():
    public = text_of(
        ("paragraph", "Born on [date of birth removed] in a town."),
        redactions=[("[date of birth removed]", "Dates of birth identify.")],
    )

    (part,) = all_of(public, [])

    assert [(piece.text, piece.reason) for run in part.block.runs for piece in run.pieces] == [
        ("Born on ", ""),
        ("[date of birth removed]", "Dates of birth identify."),
        (" in a town.", ""),
    ]


def test_document_explains_an_acronym_where_it_first_stands_only():
    public = text_of(("paragraph", "ABC and ABCs."), ("paragraph", "The ABC."))
    terms = [GlossaryTerm(term="ABC", expansion="A Better Choice", bulletin_id=1)]

    parts = all_of(public, [], terms)

    expansions = [piece.expansion for part in parts for run in part.block.runs for piece in run.pieces]
    assert expansions == ["A Better Choice", "", ""]


def test_document_acronym_of_the_bulletin_goes_before_the_one_of_the_site():
    public = text_of(("paragraph", "The SSB met."))
    terms = [
        GlossaryTerm(term="SSB", expansion="of the site", bulletin_id=None),
        GlossaryTerm(term="SSB", expansion="of the bulletin", bulletin_id=1),
    ]

    (part,) = all_of(public, [], terms)

    assert [piece.expansion for run in part.block.runs for piece in run.pieces if piece.expansion] == [
        "of the bulletin"
    ]


def test_document_explains_no_acronym_inside_a_redaction_or_another_word():
    public = text_of(("paragraph", "[ABC removed] ABCD xABC"), redactions=[("[ABC removed]", "A name.")])

    (part,) = all_of(public, [], [GlossaryTerm(term="ABC", expansion="A Better Choice")])

    assert [piece.expansion for run in part.block.runs for piece in run.pieces] == ["", ""]


def test_surroundings_are_the_whole_blocks_on_both_sides():
    public = text_of(
        ("heading", "Findings"), ("paragraph", "Before."), ("item", "The finding.", {"label": "2."}), ("item", "After.")
    )

    around = surroundings(public, statement_on(public, "The finding."))

    assert words_of(around.heading) == "Findings"
    assert words_of(around.before) == "Before."
    assert [marked(block) for block in around.passage] == [["The finding."]]
    assert around.passage[0].label == "2."
    assert words_of(around.after) == "After."


def test_surroundings_stop_at_the_headings_of_the_section():
    public = text_of(("paragraph", "Far."), ("heading", "Findings"), ("paragraph", "Here."), ("heading", "Next"))

    around = surroundings(public, statement_on(public, "Here."))

    assert (around.before, around.after) == (None, None)
    assert words_of(around.heading) == "Findings"


def test_surroundings_leave_out_what_describes_a_method():
    public = text_of(("paragraph", "How it was done.", {"sensitive": True}), ("paragraph", "Here."))

    around = surroundings(public, statement_on(public, "Here."))

    assert around.before is None
    assert around.leaves_out


def test_surroundings_bring_the_lead_in_unless_it_stands_right_above():
    public = text_of(("item", "We will ensure that:"), ("item", "one", {"level": 1}), ("item", "two", {"level": 1}))
    parent = statement_on(public, "We will ensure that:")

    first = surroundings(public, statement_on(public, "one", pk=2, parent=parent))
    second = surroundings(public, statement_on(public, "two", pk=3, parent=parent))

    assert (first.needs_lead_in, second.needs_lead_in) == (False, True)


def test_surroundings_of_a_passage_outside_every_block_are_the_passage():
    public = PublicText(text="Only words.", blocks=[], redactions=[])

    around = surroundings(public, statement_on(public, "Only words."))

    assert [marked(block) for block in around.passage] == [["Only words."]]
