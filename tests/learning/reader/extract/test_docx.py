"""DOCX of one difficulty each."""

from io import BytesIO

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from learning.reader.extract.docx import read_docx


def read(document):
    target = BytesIO()
    document.save(target)
    return read_docx(target.getvalue())


def blocks(canonical):
    return [(block.kind, block.label, canonical.words(block)) for block in canonical.blocks]


def numbered(document, definition, levels):
    """A list definition of (form, text, start) for each level, and the id to name it by."""
    numbering = document.part.numbering_part.element
    parts = "".join(
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for number, (form, text, start) in enumerate(levels)
    )
    space = nsdecls("w")
    numbering.insert(0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="{definition}">{parts}</w:abstractNum>'))
    numbering.append(
        parse_xml(f'<w:num {space} w:numId="{definition}"><w:abstractNumId w:val="{definition}"/></w:num>')
    )


def add(document, text, definition, level=0):
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{definition}"/></w:numPr>'
    ))  # fmt: skip
    return paragraph


def test_read_docx_numbers_as_word_prints():
    document = docx.Document()
    numbered(document, 90, [("decimal", "%1.", 3), ("lowerLetter", "%1%2)", 1), ("lowerRoman", "(%3)", 1)])
    for text, level in (("a", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 0), ("f", 1)):
        add(document, text, 90, level)
    document.add_paragraph("Words between.")
    add(document, "g", 90)
    assert [block.label for block in read(document).blocks] == ["3.", "3a)", "3b)", "(i)", "4.", "4a)", "", "5."]


def test_read_docx_keeps_a_number_in_words_in_its_item():
    document = docx.Document()
    numbered(document, 91, [("decimal", "Recommendation %1:", 1)])
    add(document, "Ask fathers.", 91)
    add(document, "Tell schools.", 91)
    assert read(document).text == "Recommendation 1: Ask fathers.\nRecommendation 2: Tell schools."


def test_read_docx_leaves_an_unknown_form_of_number_out():
    document = docx.Document()
    numbered(document, 92, [("cardinalText", "%1", 1)])
    add(document, "Ask fathers.", 92)
    assert blocks(read(document)) == [("item", "", "Ask fathers.")]


@pytest.mark.parametrize(("style", "level"), [("List Bullet", 0), ("List Bullet 2", 1), ("List Bullet 3", 2)])
def test_read_docx_takes_the_level_of_a_list_style(style, level):
    document = docx.Document()
    document.add_paragraph("first", style="List Bullet")
    document.add_paragraph("second", style=style)
    assert read(document).blocks[-1].level == level


def test_read_docx_takes_headings_by_the_outline_of_their_style():
    document = docx.Document()
    own = document.styles.add_style("Partnership heading", 1)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("Learning from Child T", style="Title")
    document.add_paragraph("Findings", style="Partnership heading")
    assert [(block.kind, block.level) for block in read(document).blocks] == [("heading", 1), ("heading", 2)]


def test_read_docx_sets_headers_footers_and_contents_aside():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Partnership briefing"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Findings\t7", style="toc 1")
    document.add_paragraph("Neglect was named late.")
    canonical = read(document)
    assert canonical.text == "Neglect was named late."
    assert canonical.furniture == ["Findings 7", "Page 1", "Partnership briefing"]


def test_read_docx_takes_insertions_and_leaves_deletions_out():
    document = docx.Document()
    paragraph = document.add_paragraph("Ask ")
    for tag, word, text in (("w:ins", "fathers", "w:t"), ("w:del", "mothers", "w:delText")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text)
        words.text = word
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    canonical = read(document)
    assert canonical.text == "Ask fathers"
    assert canonical.warnings == ["The document has tracked changes: insertions were kept and deletions left out."]


BOX = f"""<mc:AlternateContent {nsdecls("w")}
  xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"
  xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
  <mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>%s</w:txbxContent></wps:txbx></w:drawing></mc:Choice>
  <mc:Fallback><w:pict><v:textbox><w:txbxContent>%s</w:txbxContent></v:textbox></w:pict></mc:Fallback>
</mc:AlternateContent>"""


def test_read_docx_keeps_the_words_of_a_text_box_once():
    document = docx.Document()
    words = "<w:p><w:r><w:t>Inside the box.</w:t></w:r></w:p>"
    document.add_paragraph("Before the box.").add_run()._r.append(parse_xml(BOX % (words, words)))
    canonical = read(document)
    assert (canonical.text + " ".join(canonical.furniture)).count("Inside the box.") == 1


def test_read_docx_sets_the_words_of_a_drawing_aside_and_warns():
    document = docx.Document()
    document.add_paragraph("Findings.")
    hidden = document.add_paragraph()
    chart = parse_xml(f'<x:chart xmlns:x="urn:example" {nsdecls("w")}><w:t>Ninety children</w:t></x:chart>')
    hidden.add_run()._r.append(chart)
    canonical = read(document)
    assert "Ninety children" in canonical.furniture
    assert canonical.warnings == ["Words in drawings or fields were left out: “Ninety children”. Check the original."]


def test_read_docx_makes_an_item_of_a_typed_number_and_a_tab():
    document = docx.Document()
    document.add_paragraph("3\tThere must be two members of staff.")
    document.add_paragraph("Bold words").runs[0].bold = True
    canonical = read(document)
    assert blocks(canonical)[0] == ("item", "3", "There must be two members of staff.")
    assert canonical.blocks[1].is_bold
