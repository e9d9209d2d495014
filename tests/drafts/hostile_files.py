"""Builders of documents from outside: ordinary ones down to their XML, and hostile ones."""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

import docx
import pypdf
import typst
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

RIGHT = "Stołeczne Królewskie Miasto Kraków"
OF_2007 = "Królewskie Stołeczne Miasto Kraków"

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_NAMES = " ".join(
    f'xmlns:{name}="{_ODF}:{name}:1.0"'
    for name in ("office", "text", "table", "style", "script", "form")
) + (f' xmlns:draw="{_ODF}:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"')

Parts = Mapping[str, str | bytes]

BILLION_LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


# --- zips ---


def zipped(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """Zip parts in their order; a name may come twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            # A name that writestr would tidy up is put in as it is.
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()


def repacked(content: bytes, changes: Mapping[str, str | bytes | None]) -> bytes:
    """Give a zip with parts changed, added or (None) left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes | None] = {
            name: archive.read(name) for name in archive.namelist()
        }
    parts |= changes
    return zipped((name, data) for name, data in parts.items() if data is not None)


def claiming(content: bytes, size: int) -> bytes:
    """Give a zip whose first entry claims to unpack to `size` bytes."""
    at = content.index(b"PK\x01\x02") + 24
    return content[:at] + struct.pack("<I", size) + content[at + 4 :]


def damaged(content: bytes) -> bytes:
    """Give a zip whose last part is damaged within."""
    at = content.index(b"PK\x01\x02") - 20
    return content[:at] + bytes(8) + content[at + 8 :]


def flagged(content: bytes) -> bytes:
    """Give a zip whose first entry says that it is encrypted."""
    at = content.index(b"PK\x01\x02") + 8
    return content[:at] + b"\x01\x00" + content[at + 2 :]


# --- .docx ---


def relations(*entries: tuple[str, str], outside: Iterable[tuple[str, str]] = ()) -> str:
    """Write a part of relationships: (kind, target) inside, and outside of the file."""
    rows = [(kind, target, "") for kind, target in entries]
    rows += [(kind, target, ' TargetMode="External"') for kind, target in outside]
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/{kind}" Target="{target}"{mode}/>'
        for number, (kind, target, mode) in enumerate(rows)
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{listed}</Relationships>"
    )


def content_types(main: str = _MAIN) -> str:
    """Write the list of types."""
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def paragraph(text: str, properties: str = "") -> str:
    """Write a paragraph of Word with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def element(root: str, inner: str) -> str:
    """Write a part of Word with its namespaces."""
    return f"<w:{root} {_NAMES}>{inner}</w:{root}>"


def word(body: str = "", rels: str = "", parts: Parts | None = None, types: str = "") -> bytes:
    """Make a .docx from the XML of its body."""
    return zipped(
        {
            "[Content_Types].xml": types or content_types(),
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/document.xml": element("document", f"<w:body>{body}</w:body>"),
            **({"word/_rels/document.xml.rels": rels} if rels else {}),
            **(parts or {}),
        }.items()
    )


def ordinary_docx(*paragraphs: str) -> bytes:
    """Make a .docx as python-docx does."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def locked_office() -> bytes:
    """Make what Office makes of a document with a password: an old file around the new one."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")


# --- .odt ---


def odf(root: str, inner: str, before: str = "") -> str:
    """Write a part of an OpenDocument with its namespaces."""
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{declaration}{before}<office:{root} {_ODF_NAMES}>{inner}</office:{root}>"


def odt(
    body: str, masters: str = "", parts: Mapping[str, str | bytes | None] | None = None
) -> bytes:
    """Make an .odt from the XML of its text and of its page styles."""
    made = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": odf(
            "document-content", f"<office:body><office:text>{body}</office:text></office:body>"
        ),
        "styles.xml": odf(
            "document-styles", f"<office:master-styles>{masters}</office:master-styles>"
        ),
        "META-INF/manifest.xml": "<manifest/>",
    } | dict(parts or {})
    return zipped((name, data) for name, data in made.items() if data is not None)


# --- .pdf ---


def pdf(source: str) -> bytes:
    """Set a PDF with typst."""
    made: bytes = typst.compile(source.encode())
    return made


def drawn_pdf(*streams: bytes, forms: Mapping[str, bytes] | None = None) -> bytes:
    """Make a PDF of a page for each stream of commands, with forms to be drawn by name."""
    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F"): font})
    drawn = DictionaryObject()
    resources = DictionaryObject({NameObject("/Font"): fonts, NameObject("/XObject"): drawn})
    for name, commands in (forms or {}).items():
        form = DecodedStreamObject()
        form.set_data(commands)
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = ArrayObject(map(NumberObject, (0, 0, 100, 100)))
        form[NameObject("/Resources")] = resources
        drawn[NameObject(name)] = writer._add_object(form)  # noqa: SLF001 - pypdf has no other way
    for commands in streams:
        page = writer.add_blank_page(200, 200)
        stream = DecodedStreamObject()
        stream.set_data(commands)
        page[NameObject("/Contents")] = writer._add_object(stream)  # noqa: SLF001 - the same
        page[NameObject("/Resources")] = resources
    return written(writer)


def written(writer: pypdf.PdfWriter) -> bytes:
    """Give the bytes of a PDF."""
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def rooted_pdf(name: str, value: object) -> bytes:
    """Make a PDF with an entry of its own in the root."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(RIGHT)))
    writer.root_object[NameObject(name)] = _pdf_object(value)
    return written(writer)


def noted_pdf(*notes: Mapping[str, object]) -> bytes:
    """Make a PDF of one page with annotations."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(RIGHT)))
    writer.pages[0][NameObject("/Annots")] = ArrayObject(map(_pdf_object, notes))
    return written(writer)


def _pdf_object(value: object) -> DictionaryObject | NameObject | TextStringObject:
    if isinstance(value, Mapping):
        return DictionaryObject({NameObject(k): _pdf_object(v) for k, v in value.items()})
    text = str(value)
    return NameObject(text) if text.startswith("/") else TextStringObject(text)
