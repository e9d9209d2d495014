"""Documents of Word and LibreOffice: everything a reader sees counts, and nothing that is gone."""

import io
from pathlib import Path

import docx
import pytest

from drafts import intake
from tests.drafts.hostile_files import (
    RIGHT,
    element,
    odt,
    paragraph,
    relations,
    repacked,
    word,
)
from tests.drafts.test_intake import place_of, places

RAISED = "<w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
DATA = Path(__file__).parents[1] / "data"


def body(inner: str) -> str:
    """Read the text of a .docx with this XML in its body."""
    return intake.read(word(inner), "a.docx").text


def text(inner: str) -> str:
    """Read the text of an .odt with this XML in its body."""
    return intake.read(odt(inner), "a.odt").text


# --- .docx: what is written ---


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        ("<w:r><w:t>Mia</w:t></w:r><w:r><w:t>sto</w:t></w:r>", "Miasto"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a b\nc"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/></w:r>", "a-b\u00ad"),
        ('<w:r><w:t>a</w:t><w:sym w:font="Symbol" w:char="F06B"/></w:r>', "a\ufffd"),
        ("<w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink>", "a"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>a</w:t></w:r></w:sdtContent></w:sdt>", "a"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>a</w:t></w:r>", "a"),
        (f"<w:r><w:t>a</w:t></w:r><w:r>{RAISED}<w:t>1</w:t></w:r>", "a 1"),
        # Tracked changes: what was inserted stands, what was deleted or moved away is gone.
        ("<w:ins><w:r><w:t>a</w:t></w:r></w:ins>", "a"),
        ("<w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>b</w:delText></w:r></w:del>", "a"),
        ("<w:r><w:t>a</w:t></w:r><w:moveFrom><w:r><w:t>b</w:t></w:r></w:moveFrom>", "a"),
        ("<w:moveTo><w:r><w:t>a</w:t></w:r></w:moveTo>", "a"),
        # Hidden text is not printed.
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>b</w:t></w:r><w:r><w:t>a</w:t></w:r>", "a"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>a</w:t></w:r>", "a"),
    ],
)  # fmt: skip
def test_a_paragraph_reads_as_it_is_printed(inside: str, read: str) -> None:
    assert body(f"<w:p>{inside}</w:p>") == read


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    ended = "<w:rPr><w:del/></w:rPr>"

    assert body(paragraph("Miasto ", ended) + paragraph("Kraków")) == "Miasto Kraków"
    assert body(paragraph("Miasto ", "<w:rPr><w:b/></w:rPr>") + paragraph("x")) == "Miasto\n\nx"


def test_rows_and_cells_that_were_deleted_are_gone() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = (
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell.format('', 'a')}</w:tr>"
        f"<w:tr>{cell.format('<w:cellDel/>', 'b')}{cell.format('', 'c')}</w:tr>"
    )

    found = places(intake.read(word(f"<w:tbl>{rows}</w:tbl>"), "a.docx"))

    assert found == [("table 1, row 1, column 1", "c")]


def test_strict_open_xml_is_read_as_well() -> None:
    transitional = element("document", f"<w:body>{paragraph('a')}</w:body>")
    strict = transitional.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )

    document = intake.read(repacked(word(), {"word/document.xml": strict}), "a.docx")

    assert document.text == "a"


def test_a_document_in_sixteen_bits_is_read_as_well() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        main = element("document", f"<w:body>{paragraph(RIGHT)}</w:body>")
        declared = f'\ufeff<?xml version="1.0" encoding="UTF-16"?>{main}'.encode(encoding)

        document = intake.read(repacked(word(), {"word/document.xml": declared}), "a.docx")

        assert document.text == RIGHT


# --- .docx: what stands apart ---


def test_headers_notes_and_comments_are_read_where_they_stand() -> None:
    note = "<w:{0} w:type='separator'><w:p><w:r><w:t>---</w:t></w:r></w:p></w:{0}>" + (
        "<w:{0}>" + paragraph("z {0}") + "</w:{0}>"
    )
    parts = {
        "word/header1.xml": element("hdr", paragraph("z header")),
        "word/footer1.xml": element("ftr", paragraph("z footer")),
        "word/footnotes.xml": element("footnotes", note.format("footnote")),
        "word/endnotes.xml": element("endnotes", note.format("endnote")),
        "word/comments.xml": element(
            "comments", f"<w:comment>{paragraph('z comment')}</w:comment>"
        ),
        "word/diagrams/data1.xml": element("x", "<a:p><a:r><a:t>z drawing</a:t></a:r></a:p>"),
        "word/styles.xml": element("styles", ""),
    }
    rels = relations(
        ("header", "header1.xml"),
        ("footer", "/word/footer1.xml"),
        ("footnotes", "footnotes.xml"),
        ("endnotes", "../word/endnotes.xml"),
        ("comments", "comments.xml"),
        ("diagramData", "diagrams/data1.xml"),
        ("styles", "styles.xml"),
        outside=[("hyperlink", "https://example.org/")],
    )

    found = places(intake.read(word(paragraph("z text"), rels, parts), "a.docx"))

    assert found[0] == ("paragraph 1", "z text")
    assert {where.removesuffix(" 1") for where, _ in found[1:]} == {
        "header", "footer", "footnote", "endnote", "comment", "drawing",
    }  # fmt: skip
    assert all(text == f"z {where.removesuffix(' 1')}" for where, text in found[1:])


def box(words: str) -> str:
    """Write a text box."""
    return f"<w:txbxContent>{paragraph(words)}</w:txbxContent>"


@pytest.mark.parametrize(
    ("older", "read"),
    [("Miasto", ["Miasto"]), ("Gmina", ["Miasto", "Gmina"])],
)
def test_what_older_programs_show_counts_where_it_differs(older: str, read: list[str]) -> None:
    alternative = (
        f"<mc:AlternateContent><mc:Choice>{box('Miasto')}</mc:Choice>"
        f"<mc:Fallback>{box(older)}</mc:Fallback></mc:AlternateContent>"
    )

    found = places(intake.read(word(f"<w:p><w:r>{alternative}<w:t>x</w:t></w:r></w:p>"), "a.docx"))

    boxes = [(f"text_box {number}", words) for number, words in enumerate(read, 1)]
    assert found == [("paragraph 1", "x"), *boxes]


def test_a_watermark_is_read() -> None:
    mark = (
        "<w:p><w:r><w:pict><v:shape><v:textpath string='PROJEKT'/></v:shape></w:pict></w:r></w:p>"
    )

    assert places(intake.read(word(mark), "a.docx")) == [("text_box 1", "PROJEKT")]


# --- .docx: §§ that Word counts ---

SECTIONS = """
<w:abstractNum w:abstractNumId="7">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="§ %1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>
  <w:lvlOverride w:ilvl="1"/>
</w:num>
<w:num w:numId="3"><w:abstractNumId w:val="404"/></w:num>
<w:numPicBullet/>
"""
STYLES = """
<w:style w:styleId="Section"><w:basedOn w:val="Base"/></w:style>
<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>
"""


def numbered(number: int, level: int = 0) -> str:
    """Write the properties of a paragraph in a list."""
    return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"


def styled(style: str) -> str:
    """Write the properties of a paragraph with a style."""
    return f"<w:pStyle w:val='{style}'/>"


@pytest.mark.parametrize(
    ("before", "place"),
    [
        ([styled("Section")], "§ 1"),
        ([styled("Section"), styled("Section"), styled("Base")], "§ 3"),
        ([styled("Section"), numbered(1, 1), numbered(1, 1), styled("Section")], "§ 2"),
        ([numbered(1), numbered(2)], "§ 5"),
        ([numbered(2), numbered(2)], "§ 6"),
        ([numbered(2), numbered(1)], "§ 6"),
        ([numbered(1, 1)], "paragraph 2"),
        ([numbered(3)], "paragraph 2"),
        ([numbered(404)], "paragraph 2"),
        ([styled("Loop")], "paragraph 2"),
        ([styled("Unknown")], "paragraph 2"),
    ],
)
def test_sections_are_counted_as_word_counts_them(before: list[str], place: str) -> None:
    parts = {
        "word/numbering.xml": element("numbering", SECTIONS),
        "word/styles.xml": element("styles", STYLES),
    }
    rels = relations(("numbering", "numbering.xml"), ("styles", "styles.xml"))
    paragraphs = "".join(paragraph("", properties) for properties in before[:-1])

    content = word(paragraphs + paragraph("Strony", before[-1]) + paragraph(RIGHT), rels, parts)

    assert place_of(content, "a.docx") == [place]


def test_a_document_of_python_docx_is_read_whole() -> None:
    made = docx.Document()
    made.add_paragraph("Umowa")
    table = made.add_table(2, 2)
    table.cell(1, 1).text = RIGHT
    table.cell(0, 0).add_table(1, 1).cell(0, 0).text = "w tabeli"
    made.sections[0].header.paragraphs[0].text = "nad tekstem"
    buffer = io.BytesIO()
    made.save(buffer)

    assert places(intake.read(buffer.getvalue(), "a.docx")) == [
        ("paragraph 1", "Umowa"),
        ("table 1, row 1, column 1, table 1, row 1, column 1", "w tabeli"),
        ("table 1, row 2, column 2", RIGHT),
        ("header 1", "nad tekstem"),
    ]


# --- .odt ---


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        ("Mia<text:span>sto <text:span>Kra</text:span></text:span>ków", "Miasto Kraków"),
        ("a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d", "a b c\nd"),
        ("a<text:change-start/>b<text:change-end/>", "ab"),
        ("a<text:hidden-text>b</text:hidden-text>c", "ac"),
        ("Kra<draw:frame> <draw:image/> </draw:frame>ków", "Kraków"),
    ],
)
def test_a_paragraph_of_libreoffice_reads_as_it_is_printed(inside: str, read: str) -> None:
    assert text(f"<text:p>{inside}</text:p>") == read


def test_what_was_deleted_is_kept_apart_and_not_read() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>b</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )

    assert text(f"{changes}<text:p>a</text:p>") == "a"


def test_notes_boxes_tables_and_headers_of_libreoffice_stand_apart() -> None:
    inner = (
        "<text:h>§ 3 Strony</text:h>\n<text:p>Mia<text:note text:note-class='footnote'>"
        "<text:note-citation>1</text:note-citation><text:note-body>\n<text:p>nota</text:p>"
        "</text:note-body></text:note>sto<text:note text:note-class='endnote'><text:note-body>"
        "<text:p>koniec</text:p></text:note-body></text:note><draw:frame><draw:text-box>"
        "<text:p>w ramce</text:p></draw:text-box></draw:frame><draw:custom-shape>"
        "<text:p>w kształcie</text:p></draw:custom-shape></text:p><table:table><table:table-row>"
        "<table:table-cell><text:p>w tabeli</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row></table:table>"
    )
    masters = (
        "<style:master-page><style:header><text:p>góra</text:p></style:header>"
        "<style:footer-first><text:p>dół</text:p></style:footer-first></style:master-page>"
    )

    found = places(intake.read(odt(inner, masters), "a.odt"))

    assert found[:2] == [("§ 3", "§ 3 Strony"), ("§ 3", "Miasto")]
    assert sorted(found[2:]) == [
        ("endnote 1", "koniec"),
        ("footer 1", "dół"),
        ("footnote 1", "nota"),
        ("header 1", "góra"),
        ("§ 3, table 1, row 1, column 1", "w tabeli"),
        ("§ 3, text_box 1", "w ramce"),
        ("§ 3, text_box 2", "w kształcie"),
    ]


@pytest.mark.parametrize("styles", [None, "<styles/>"])
def test_a_document_without_page_styles_has_its_text_all_the_same(styles: str | None) -> None:
    content = odt("<text:p>a</text:p>", parts={"styles.xml": styles, "META-INF/manifest.xml": None})

    assert intake.read(content, "a.odt").text == "a"


def test_what_libreoffice_itself_writes_is_read() -> None:
    document = intake.read(DATA / "libreoffice.odt")

    assert places(document) == [
        ("paragraph 1", "Umowa"),
        ("§ 3", f"§ 3 {RIGHT}"),
        ("§ 3", "Miasto Kraków"),
        ("§ 3, table 1, row 1, column 1", "Gmina Kraków"),
    ]
