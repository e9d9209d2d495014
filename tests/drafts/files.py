"""Reading the files we write with other eyes than our own."""

import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pypdf
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator


def word(content: bytes) -> Any:  # noqa: ANN401 - python-docx gives its documents no type
    """Open a .docx with python-docx."""
    return docx.Document(io.BytesIO(content))


def paragraphs(content: bytes) -> Iterator[Any]:
    """Give every paragraph of a .docx in the order of its text, those in tables included."""
    yield from word(content).element.body.iter(qn("w:p"))


def text_of(paragraph: Any) -> str:  # noqa: ANN401 - an lxml element
    """Give the words of a paragraph of a .docx."""
    return "".join(run.text or "" for run in paragraph.iter(qn("w:t")))


def style_of(paragraph: Any) -> str:  # noqa: ANN401 - an lxml element
    """Give the style of a paragraph of a .docx."""
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else str(found.get(qn("w:val")))


def audit(content: bytes, folder: Path) -> list[str]:
    """Give the findings of openxml-audit."""
    path = folder / "document.docx"
    path.write_bytes(content)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def part(content: bytes, name: str) -> str:
    """Read one part of a .docx."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read(name).decode()


def pdf(content: bytes) -> Any:  # noqa: ANN401 - pypdf types its dictionaries as bare objects
    """Open a .pdf with pypdf."""
    return pypdf.PdfReader(io.BytesIO(content))


def pdf_text(content: bytes) -> str:
    """Give the words of a .pdf, with hyphenation undone and every blank as one space."""
    words = "\n".join(page.extract_text() for page in pdf(content).pages)
    return " ".join(re.sub(r"[\u00ad\u2010-]\n", "", words).split())


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"br", "meta"}:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" not in self._inside:
            self.words.append(data)


def html(content: bytes) -> tuple[str, list[tuple[str, dict[str, str | None]]]]:
    """Give the words of a page and its tags."""
    page = _Page()
    page.feed(content.decode())
    return "".join(page.words), page.tags
