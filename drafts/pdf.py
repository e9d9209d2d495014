"""The writer of .pdf: PDF/A-2b with tags, set by typst with the fonts in its own wheel."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

import typst

from drafts.frame import Frame, author, between_page_words, page_words
from drafts.pairs import Cell, Page, laid_out
from drafts.tree import (
    Block,
    Document,
    Heading,
    Items,
    Line,
    Paragraph,
    Section,
    Signature,
    Table,
    Title,
)

_STANDARD: Final = "a-2b"
_PROBE: Final = b'#set text(font: "Libertinus Serif")\n#sys.inputs.sign'
_LAST_LATIN: Final = "\u024f"
"""Up to here (Latin Extended-B) the fonts in the wheel of typst lack nothing."""

Data = Mapping[str, Any]


def _line(line: Line) -> list[Data]:
    return [
        {
            "text": run.text,
            "bold": run.bold,
            "italic": run.italic,
            "gap": run.gap,
            "language": run.language,
        }
        for run in line
    ]


def _lines(lines: Iterable[Line]) -> list[list[Data]]:
    return [_line(line) for line in lines]


def _table(table: Table) -> Data:
    return {
        "columns": [
            {"align": column.align, "share": column.share, "narrow": column.narrow}
            for column in table.columns
        ],
        "head": _lines(table.head),
        "rows": [_lines(row) for row in table.rows],
    }


def _block(block: Block) -> Data:
    return {"type": type(block).__name__.lower(), **_fields(block)}


def _fields(block: Block) -> Data:
    data: Data
    match block:
        case Paragraph(lines=lines, role=role):
            data = {"role": role, "lines": _lines(lines)}
        case Title(lines=lines):
            data = {"lines": _lines(lines)}
        case Heading(level=level, line=line):
            data = {"level": level, "line": _line(line)}
        case Items(numbering=numbering, items=items, first=first):
            inner = [_blocks(item) for item in items]
            data = {"numbering": numbering, "first": first, "items": inner}
        case Table():
            data = _table(block)
        case Section(number=number, heading=heading, blocks=blocks):
            data = {"number": number, "heading": _line(heading), "blocks": _blocks(blocks)}
        case Signature(signatories=signatories):
            data = {"signatories": [_lines(lines) for lines in signatories]}
    return data


def _blocks(blocks: Iterable[Block]) -> list[Data]:
    return [_block(block) for block in blocks]


def _cell(cell: Cell) -> Data:
    return {"language": cell.language, "blocks": _blocks(cell.blocks)}


def _parts(pages: Sequence[Page]) -> list[list[list[Data]]]:
    return [[[_cell(cell) for cell in band.cells] for band in page] for page in pages]


def _data(documents: Sequence[Document], frame: Frame) -> Data:
    languages = [document.language for document in documents]
    return {
        "title": documents[0].title,
        "author": author(),
        "date": {"year": frame.date.year, "month": frame.date.month, "day": frame.date.day},
        "language": languages[0],
        "columns": len(documents),
        "runs_in": all(document.runs_in for document in documents),
        "colours": not frame.final,
        "heading": frame.heading(languages),
        "mark": frame.mark(languages),
        "watermark": frame.watermark(languages),
        "pages": page_words(languages),
        "between": between_page_words(),
        "parts": _parts(laid_out(documents)),
    }


def _compiled(source: bytes, document: str, frame: Frame) -> bytes:
    return typst.compile(
        source,
        sys_inputs={"document": document},
        ignore_system_fonts=True,
        pdf_standards=_STANDARD,
        timestamp=frame.moment,
    )


@cache
def _can_be_shown(sign: str) -> bool:
    try:
        typst.compile(
            _PROBE, sys_inputs={"sign": sign}, ignore_system_fonts=True, pdf_standards=_STANDARD
        )
    except typst.TypstError:
        return False
    return True


def _spelt_out(document: str) -> str:
    """Put the code of a sign in place of every sign that no embedded font has."""
    rare = {sign for sign in document if sign > _LAST_LATIN}
    codes = {ord(sign): f"[U+{ord(sign):04X}]" for sign in rare if not _can_be_shown(sign)}
    return document.translate(codes)


def write(documents: tuple[Document, ...], frame: Frame) -> bytes:
    """Write one language version over the page, or several side by side.

    A sign that no embedded font has (Japanese, say) stands as its code, "[U+4EAC]": PDF/A
    forbids the empty boxes that would stand there, and a sign must not vanish from a deed.
    """
    source = resources.files("templates").joinpath("layout", "document.typ").read_bytes()
    document = json.dumps(_data(documents, frame), ensure_ascii=False)
    try:
        return _compiled(source, document, frame)
    except typst.TypstError:
        shown = _spelt_out(document)
        if shown == document:
            raise
        return _compiled(source, shown, frame)
