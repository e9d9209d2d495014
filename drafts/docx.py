"""The writer of .docx: what Word and LibreOffice count, style and hyphenate, they do themselves."""

import io
import zipfile
from collections.abc import Sequence
from textwrap import shorten
from typing import Final

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm

from drafts.docx_body import A4, Body
from drafts.docx_look import (
    CODES,
    MARK_COLOUR,
    Element,
    element,
    field,
    properties,
    settings,
    styles,
    watermark,
)
from drafts.frame import Frame, author, between_page_words, page_words
from drafts.pairs import laid_out
from drafts.tree import Document
from models.vocabulary import Language

_TOP, _BOTTOM = 27, 22
"""Margins, in millimetres."""
_NOT_OURS: Final = frozenset(
    {
        RELATIONSHIP_TYPE.THUMBNAIL,
        RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
        RELATIONSHIP_TYPE.CUSTOM_XML,
        RELATIONSHIP_TYPE.WEB_SETTINGS,
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    }
)
"""What python-docx's model of a document brings along and no draft needs."""
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)
_LONGEST_PROPERTY: Final = 255
_READABLE: Final = 0o600 << 16


def _header(body: Body, frame: Frame, languages: Sequence[Language]) -> Element:
    made = element("p")
    properties(
        made,
        element("pStyle", val="header"),
        element("tabs", element("tab", val="right", pos=body.width)),
    )
    made.append(body.run(frame.heading(languages), languages[0]))
    if mark := frame.mark(languages):
        made.append(element("r", element("tab")))
        colour = element("color", val=MARK_COLOUR)
        made.append(body.run(mark, languages[0], element("b"), element("bCs"), colour))
    if word := frame.watermark(languages):
        made.append(watermark(word))
    return made


def _footer(body: Body, languages: Sequence[Language]) -> Element:
    made = element("p")
    properties(made, element("pStyle", val="footer"))
    for number, (language, words) in enumerate(zip(languages, page_words(languages), strict=True)):
        if number:
            made.append(body.run(between_page_words(), language))
        for word, code in zip(words, ("PAGE", "NUMPAGES"), strict=True):
            made.append(body.run(word, language))
            made.extend(field(code))
    return made


def _packed(file: docx.document.Document) -> bytes:
    """Save with fixed dates and a fixed order: a zip file tells when it was made otherwise."""
    saved, packed = io.BytesIO(), io.BytesIO()
    file.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _READABLE
            target.writestr(entry, source.read(name))
    return packed.getvalue()


def write(documents: tuple[Document, ...], frame: Frame) -> bytes:
    """Write one language version over the page, or several side by side."""
    languages = [document.language for document in documents]
    body = Body(documents, frame)
    file = docx.Document()
    for relations in (file.part.rels, file.part.package.rels):
        for identifier in [name for name, one in relations.items() if one.reltype in _NOT_OURS]:
            del relations[identifier]
    look = styles(beside=body.beside, runs_in=body.runs_in, language=languages[0])
    file.styles.element[:] = look
    file.settings.element[:] = settings()
    section = file.sections[0]
    section.page_width, section.page_height = Mm(A4[0]), Mm(A4[1])
    section.left_margin = section.right_margin = Mm(body.margin)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.header.part.element[:] = [_header(body, frame, languages)]
    section.footer.part.element[:] = [_footer(body, languages)]
    file.element.body[:-1] = body.pages(laid_out(documents))
    file.part.numbering_part.element[:] = body.numberings.xml()
    about = file.core_properties
    about.title = shorten(documents[0].title, _LONGEST_PROPERTY, placeholder=" …")
    about.author, about.language = author(), CODES[languages[0]]
    about.last_modified_by, about.comments, about.revision = author(), "", 1
    about.created = about.modified = frame.moment
    return _packed(file)
