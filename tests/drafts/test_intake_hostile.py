"""Broken and hostile files: each is refused with one error that says why, and none does harm."""

import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import intake
from drafts.intake import container, faults, opening, places
from drafts.intake.faults import IntakeFault
from tests import profiles  # noqa: F401 - importing it chooses the profile
from tests.drafts.hostile_files import (
    BILLION_LAUGHS,
    RIGHT,
    claiming,
    content_types,
    damaged,
    drawn_pdf,
    element,
    flagged,
    locked_office,
    odf,
    odt,
    ordinary_docx,
    paragraph,
    pdf,
    relations,
    repacked,
    rooted_pdf,
    word,
    zipped,
)
from workflow.city_check import Context

DOCX = word(paragraph(RIGHT))
ODT = odt(f"<text:p>{RIGHT}</text:p>")
TEXT = "word/document.xml"


def linked(kind: str, target: str = "x.bin") -> bytes:
    """Make a .docx with a relationship inside of it."""
    return word(paragraph(RIGHT), relations((kind, target)))


def linked_outside(kind: str, target: str) -> bytes:
    """Make a .docx with a relationship that leads out of it."""
    return word(paragraph(RIGHT), relations(outside=[(kind, target)]))


def with_text(xml: str | bytes) -> bytes:
    """Make a .docx whose text is this XML."""
    return repacked(DOCX, {TEXT: xml})


def with_content(xml: str) -> bytes:
    """Make an .odt whose text is this XML."""
    return repacked(ODT, {"content.xml": xml})


def nested(times: int, opening: str, closing: str) -> str:
    """Put something into itself."""
    return opening * times + closing * times


TABLE = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
UTF16_LAUGHS = ("\ufeff" + BILLION_LAUGHS + "<x>&i;</x>").encode("utf-16-le")
EXTERNAL_ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'

REFUSED: list[tuple[str, bytes, type[IntakeFault]]] = [
    # the name
    ("umowa", DOCX, faults.FormatUnknown),
    ("umowa.doc", DOCX, faults.FormatUnknown),
    ("umowa.exe", b"MZ", faults.FormatUnknown),
    ("umowa.pdf", DOCX, faults.NotAsNamed),
    ("umowa.docx", pdf(RIGHT), faults.NotAsNamed),
    ("umowa.docx", ODT, faults.NotAsNamed),
    ("umowa.odt", DOCX, faults.NotAsNamed),
    ("umowa.docx", b"PK\x05\x06" + bytes(18), faults.NotAsNamed),
    ("umowa.docx", zipped([("a.txt", "a")]), faults.NotAsNamed),
    ("umowa.docx", word(types=content_types("application/x.sheet.main+xml")), faults.NotAsNamed),
    ("umowa.odt", repacked(ODT, {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
     faults.NotAsNamed),
    ("umowa.odt", repacked(ODT, {"mimetype": "application/vnd.oasis.opendocument.text-master"}),
     faults.NotAsNamed),
    ("umowa.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), faults.NotAsNamed),
    ("umowa.docx", rb"{\rtf1 Krak\'f3w}", faults.NotAsNamed),
    ("umowa.docx", b"Umowa", faults.NotAsNamed),
    ("umowa.pdf", b"<html><p>Umowa", faults.NotAsNamed),
    ("umowa.txt", b"\n<!DOCTYPE html><p>Krak&oacute;w", faults.NotAsNamed),
    ("umowa.txt", b"<?xml version='1.0'?><w:wordDocument/>", faults.NotAsNamed),
    ("umowa.txt", b"\x89PNG\r\n", faults.NotAsNamed),
    ("umowa.pdf", b"\xff\xd8\xff\xe0", faults.NotAsNamed),
    ("umowa.pdf", b"II*\x00", faults.NotAsNamed),
    ("umowa.pdf", b"MM\x00*", faults.NotAsNamed),
    # nothing in it
    ("umowa.txt", b"", faults.NoText),
    ("umowa.docx", b"", faults.NoText),
    ("umowa.txt", b" \r\n", faults.NoText),
    ("umowa.txt", b"--- ***", faults.NoText),
    ("umowa.html", b"<!-- Miasto -->", faults.NoText),
    ("umowa.html", b"<p>&nbsp;</p>", faults.NoText),
    ("umowa.docx", word(), faults.NoText),
    ("umowa.odt", odt(""), faults.NoText),
    ("umowa.pdf", drawn_pdf(b""), faults.NoText),
    # letters
    ("umowa.txt", b"Krak\x00w", faults.NotText),
    ("umowa.txt", RIGHT.encode("utf-16-le"), faults.NotText),
    ("umowa.txt", b"\x1b[31mUmowa", faults.NotText),
    ("umowa.html", b"<meta charset=iso-8859-2><p>\x00", faults.NotText),
    ("umowa.txt", RIGHT.encode() + RIGHT.encode("cp1250"), faults.EncodingUnknown),
    ("umowa.txt", b"\xff\xfeK", faults.EncodingUnknown),
    ("umowa.txt", b"\xef\xbb\xbf\xff", faults.EncodingUnknown),
    ("umowa.txt", b"Krak\x81w", faults.EncodingUnknown),
    # broken
    ("umowa.docx", DOCX[: len(DOCX) // 2], faults.Broken),
    ("umowa.docx", ordinary_docx(RIGHT)[:-100], faults.Broken),
    ("umowa.odt", ODT[:200], faults.Broken),
    ("umowa.pdf", pdf(RIGHT)[:700], faults.Broken),
    ("umowa.pdf", b"%PDF-1.7\n%%EOF", faults.Broken),
    ("umowa.docx", repacked(DOCX, {"_rels/.rels": relations()}), faults.Broken),
    ("umowa.docx", repacked(DOCX, {TEXT: None}), faults.Broken),
    ("umowa.docx", with_text("<w:p>"), faults.Broken),
    ("umowa.docx", with_text(b"\xff\xfex"), faults.Broken),
    ("umowa.docx", with_text("<w:p>Krak\u00f3w</w:p>".encode("cp1250")), faults.Broken),
    ("umowa.docx", with_text("<workbook/>"), faults.Broken),
    ("umowa.docx", with_text("<x>&undeclared;</x>"), faults.Broken),
    ("umowa.odt", repacked(ODT, {"content.xml": odf("document-content", "")}), faults.Broken),
    ("umowa.odt", repacked(ODT, {"content.xml": None}), faults.Broken),
    ("umowa.docx", DOCX.replace(b"\x08\x00", b"\x0e\x00"), faults.Broken),
    ("umowa.docx", damaged(DOCX), faults.Broken),
    # locked
    ("umowa.docx", locked_office(), faults.Protected),
    ("umowa.docx", flagged(DOCX), faults.Protected),
    ("umowa.odt", repacked(ODT, {"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
     faults.Protected),
    # programs
    ("umowa.docm", word(types=content_types("application/x.macroEnabled.main+xml")), faults.Macros),
    ("umowa.docx", repacked(DOCX, {"word/vbaProject.bin": b"x"}), faults.Macros),
    ("umowa.docx", linked("vbaProject"), faults.Macros),
    ("umowa.docx", linked("control", "activeX/activeX1.xml"), faults.Macros),
    ("umowa.odt", repacked(ODT, {"Basic/Standard/Module1.xml": "<x/>"}), faults.Macros),
    ("umowa.odt", odt("<script:script>x</script:script>"), faults.Macros),
    ("umowa.odt", odt('<script:event-listener script:language="ooo:script"/>'), faults.Macros),
    ("umowa.pdf", rooted_pdf("/Names", {"/JavaScript": {}}), faults.Macros),
    # definitions of its own
    ("umowa.docx", with_text(BILLION_LAUGHS + "<x>&i;</x>"), faults.Entities),
    ("umowa.docx", with_text(UTF16_LAUGHS), faults.Entities),
    ("umowa.docx", with_text(EXTERNAL_ENTITY), faults.Entities),
    ("umowa.docx", with_text('<!DOCTYPE x SYSTEM "http://example.org/x"><x/>'), faults.Entities),
    ("umowa.docx", repacked(DOCX, {"_rels/.rels": BILLION_LAUGHS + "<x/>"}), faults.Entities),
    ("umowa.odt", with_content(BILLION_LAUGHS + "<x>&i;</x>"), faults.Entities),
    ("umowa.odt", repacked(ODT, {"META-INF/manifest.xml": EXTERNAL_ENTITY}), faults.Entities),
    ("umowa.html", b"<!DOCTYPE html [<!ENTITY m 'Miasto'>]><p>&m;", faults.Entities),
    ("umowa.html", b"<p><!entity m 'Miasto'>&m;", faults.Entities),
    # parts that lie elsewhere
    ("umowa.docx", linked_outside("attachedTemplate", "https://host/t.dotm"), faults.External),
    ("umowa.docx", linked_outside("attachedTemplate", r"\\host\t.dotm"), faults.External),
    ("umowa.docx", linked_outside("attachedTemplate", "file://host/t.dotm"), faults.External),
    ("umowa.docx", linked_outside("attachedTemplate", r"file:///\\host\t.dotm"), faults.External),
    ("umowa.docx", linked_outside("attachedTemplate", "file:///%5C%5Chost/t.dotm"),
     faults.External),
    ("umowa.docx", linked_outside("mailMergeSource", "file:///C:/a.csv"), faults.External),
    ("umowa.docx", linked_outside("header", "https://example.org/h.xml"), faults.External),
    ("umowa.docx", word("<w:p><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO c"
     "</w:instrText></w:r></w:p>"), faults.External),
    ("umowa.docx", word('<w:p><w:fldSimple w:instr="includetext x"/></w:p>'), faults.External),
    ("umowa.docx", word(paragraph("x"), relations(("header", "h.xml")), {"word/h.xml": element(
        "hdr", '<w:fldSimple w:instr="DDE x"/>')}), faults.External),
    ("umowa.odt", odt('<text:section-source xlink:href="../b.odt"/>'), faults.External),
    ("umowa.odt", odt('<draw:object xlink:href="https://example.org/o"/>'), faults.External),
    ("umowa.odt", odt("<office:dde-source/>"), faults.External),
    # documents in documents
    ("umowa.docx", linked("aFChunk", "chunk.html"), faults.Embedded),
    ("umowa.docx", linked_outside("oleObject", "file:///C:/a.xls"), faults.Embedded),
    ("umowa.docx", linked("package", "embeddings/a.docx"), faults.Embedded),
    ("umowa.docx", linked("subDocument", "b.docx"), faults.Embedded),
    ("umowa.odt", odt('<draw:object-ole xlink:href="./Object 1"/>'), faults.Embedded),
    ("umowa.odt", odt("<draw:applet/>"), faults.Embedded),
    # names that lead astray
    ("umowa.docx", repacked(DOCX, {"../../etc/passwd": "x"}), faults.UnsafeNames),
    ("umowa.docx", repacked(DOCX, {"/etc/passwd": "x"}), faults.UnsafeNames),
    ("umowa.docx", repacked(DOCX, {"word\\x.xml": "x"}), faults.UnsafeNames),
    ("umowa.docx", repacked(DOCX, {"C:x.xml": "x"}), faults.UnsafeNames),
    ("umowa.docx", repacked(DOCX, {"word/\x00.xml": "x"}), faults.UnsafeNames),
    ("umowa.docx", repacked(DOCX, {"word/./x.xml": "x"}), faults.UnsafeNames),
    ("umowa.docx", repacked(DOCX, {"WORD/document.xml": "x"}), faults.UnsafeNames),
    ("umowa.docx", linked("header", "../../h.xml"), faults.UnsafeNames),
    # bombs
    ("umowa.docx", claiming(DOCX, 300 * 1024 * 1024), faults.Unpacked),
    ("umowa.docx", zipped((f"{number}.xml", "") for number in range(5_001)), faults.Unpacked),
    ("umowa.docx", with_text(" " * (33 * 1024 * 1024)), faults.Unpacked),
    ("umowa.docx", word(nested(100, *TABLE)), faults.TooDeep),
    ("umowa.odt", with_content(nested(300, "<a>", "</a>")), faults.TooDeep),
    ("umowa.html", nested(300, "<table><tr><td>", "</table>").encode(), faults.TooDeep),
    ("umowa.html", b"x" * (8 * 1024 * 1024 + 1), faults.TooLarge),
    ("umowa.pdf", b"%PDF-" + bytes(32 * 1024 * 1024), faults.TooLarge),
    ("umowa.txt", b"a" * 2_000_001, faults.TooLong),
    ("umowa.html", b"<p>" + b"a" * 2_000_001, faults.TooLong),
    ("umowa.docx", word(paragraph("a" * 1_000_001) * 2), faults.TooLong),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    REFUSED,
    ids=[f"{name}-{fault.code}" for name, _, fault in REFUSED],
)
def test_a_hostile_file_is_refused_with_its_reason(
    name: str, content: bytes, fault: type[IntakeFault]
) -> None:
    with pytest.raises(IntakeFault) as refusal:
        intake.read(content, name)

    assert type(refusal.value) is fault
    assert refusal.value.facts["name"] == name


def test_a_pdf_that_says_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "LONGEST", 10)

    with pytest.raises(faults.TooLong):
        intake.read(pdf(RIGHT), "a.pdf")


def test_a_file_is_never_read_further_than_its_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 3_000_000)
    monkeypatch.setattr(opening, "LARGEST", 1)

    with pytest.raises(faults.TooLarge) as refusal:
        intake.read(path)

    assert (refusal.value.facts["size"], refusal.value.facts["limit"]) == (3, 1)


@pytest.mark.parametrize(
    "target", ["Normal.dotm", r"C:\Szablony\pismo.dotm", "file:///C:/t.dotm", "/home/t.dotm"]
)
def test_a_template_on_the_writer_s_own_disk_is_left_alone(target: str) -> None:
    document = intake.read(linked_outside("attachedTemplate", target), "a.docx")

    assert document.text == RIGHT


def test_links_and_pictures_may_lead_elsewhere() -> None:
    content = word(
        paragraph(RIGHT),
        relations(
            ("chart", "charts/c.xml"),
            outside=[("hyperlink", "https://example.org"), ("image", "https://example.org/a.png")],
        ),
        {
            "word/charts/c.xml": "<c/>",
            "word/charts/_rels/c.xml.rels": relations(("package", "../embeddings/s.xlsx")),
        },
    )

    chart = odt(f'<draw:object xlink:href="./Object 1"/><text:p>{RIGHT}</text:p>')

    assert intake.read(content, "a.docx").text == RIGHT
    assert intake.read(chart, "a.odt").text == RIGHT


def test_a_cell_of_a_megabyte_is_read() -> None:
    megabyte = "słowo " * 170_000
    cell = f"<w:tbl><w:tr><w:tc>{paragraph(megabyte + RIGHT)}</w:tc></w:tr></w:tbl>"

    reading = intake.naming(intake.read(word(cell), "a.docx"), Context.AGREEMENT)

    assert (len(reading.found), bool(reading)) == (1, True)


def test_what_is_unpacked_counts_together() -> None:
    part = "<x>" + " " * (9 * 1024 * 1024) + "</x>"
    parts = {f"word/_rels/{number}.rels": part for number in range(4)}

    with pytest.raises(faults.Unpacked) as refusal:
        intake.read(repacked(DOCX, parts), "a.docx")

    assert refusal.value.facts["limit"] == container.LARGEST_TEXT


@pytest.mark.parametrize("markup", ["<!--", "<a ", "<a b='", "<![CDATA[", "&", "<", "</", "<a b="])
def test_markup_that_never_ends_takes_no_time(markup: str) -> None:
    # The parser of the standard library takes minutes for most of these.
    page = b"<p>Umowa" + (markup * 100_000).encode()
    began = time.process_time()

    document = intake.read(page, "a.html")

    assert document.text.startswith("Umowa")
    assert time.process_time() - began < 5


def test_a_part_of_blanks_takes_no_time() -> None:
    began = time.process_time()

    with pytest.raises(faults.Broken):
        intake.read(with_text(" " * (9 * 1024 * 1024)), "a.docx")

    assert time.process_time() - began < 5


# --- anything at all ---

NAMES = st.sampled_from(["a.docx", "a.odt", "a.pdf", "a.html", "a.txt", "a.md", "a", "a.zip"])
BEGINNINGS = st.sampled_from(
    [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"<!DOCTYPE", b"\xff\xfe", b"\xef\xbb\xbf",
     b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml version='1.0'?>"]
)  # fmt: skip
SOUND = {
    "a.docx": ordinary_docx(RIGHT, "§ 1", "Umowa"),
    "b.docx": DOCX,
    "a.odt": ODT,
    "a.pdf": pdf(f"{RIGHT}\n\n§ 1"),
    "a.html": f"<table><tr><td>{RIGHT}<td>&oacute;</table>".encode(),
    "a.txt": RIGHT.encode(),
}


def read_or_refused(content: bytes, name: str) -> None:
    """Read and check; an intake error is the only one that may come."""
    with suppress(IntakeFault):
        document = intake.read(content, name)
        assert document.passages
        intake.naming(document, Context.AGREEMENT)


@given(NAMES, BEGINNINGS, st.binary(max_size=400))
def test_whatever_the_bytes_only_an_intake_error_comes(
    name: str, beginning: bytes, content: bytes
) -> None:
    read_or_refused(beginning + content, name)


@given(st.sampled_from(sorted(SOUND)), st.data())
def test_a_sound_file_may_be_spoilt_anywhere(name: str, data: st.DataObject) -> None:
    spoilt = bytearray(SOUND[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(spoilt) - 1))
        spoilt[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
        if not spoilt:
            break

    read_or_refused(bytes(spoilt), name)


WORD_ELEMENTS = (
    "w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:del", "w:pPr", "w:rPr", "w:numPr", "w:br",
    "w:footnote", "w:comment", "w:txbxContent", "v:textpath", "w:sdt", "w:vanish",
    "mc:AlternateContent", "mc:Choice", "mc:Fallback",
)  # fmt: skip
ODF_ELEMENTS = (
    "text:p", "text:h", "text:span", "text:note", "text:note-body", "text:tracked-changes",
    "text:s", "text:line-break", "table:table", "table:table-row", "table:table-cell",
    "draw:text-box", "draw:rect", "office:annotation", "style:header",
)  # fmt: skip
HTML_TAGS = (
    "<p>", "</p>", "<table>", "</table>", "<td>", "</td>", "<tr>", "</tr>", "Kraków", "<b>", "</b>",
    "<br>", "<script>", "</script>", "<!--", "-->", "&nbsp;", "<iframe>", "<title>", "</title>",
    "<sup>", "<frameset>", "</html>", "<body hidden>", "<svg>", "<del>",
)  # fmt: skip


def markup_of(elements: Sequence[str]) -> st.SearchStrategy[str]:
    """Draw well-formed markup of these elements, in any order and depth."""
    return st.recursive(
        st.sampled_from(["Kraków", " ", "§ 1"]),
        lambda inner: st.builds(
            "<{0}>{1}</{0}>".format,
            st.sampled_from(elements),
            st.lists(inner, max_size=4).map("".join),
        ),
        max_leaves=12,
    )


@given(markup_of(WORD_ELEMENTS))
def test_markup_in_any_order_does_not_confuse_the_reader_of_word(markup: str) -> None:
    parts = {"word/c.xml": element("comments", markup)}

    read_or_refused(word(markup, relations(("comments", "c.xml")), parts), "a.docx")


@given(markup_of(ODF_ELEMENTS))
def test_markup_in_any_order_does_not_confuse_the_reader_of_libreoffice(markup: str) -> None:
    read_or_refused(odt(markup, markup), "a.odt")


@given(st.lists(st.sampled_from(HTML_TAGS), max_size=15).map("".join))
def test_markup_in_any_order_does_not_confuse_the_reader_of_pages(markup: str) -> None:
    read_or_refused(markup.encode(), "a.html")
