"""The door: which files are read at all, and by which reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path, PurePath
from typing import Final, Protocol, cast

from drafts.intake.container import MEGABYTE, Container
from drafts.intake.faults import FormatUnknown, IntakeFault, NotAsNamed, NoText, Protected, TooLarge
from drafts.intake.places import Contents, Flow, Passage, Place, joined

LARGEST: Final = 32
"""Megabytes of a file."""


class Format(StrEnum):
    """The formats that are read."""

    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    HTML = "html"
    TXT = "txt"


_ENDINGS: Final[Mapping[str, Format]] = {
    ".docx": Format.DOCX,
    ".docm": Format.DOCX,
    ".dotx": Format.DOCX,
    ".odt": Format.ODT,
    ".ott": Format.ODT,
    ".pdf": Format.PDF,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".txt": Format.TXT,
    ".md": Format.TXT,
}
KNOWN: Final = tuple(f".{known}" for known in Format)


_READERS: Final[Mapping[Format, str]] = {
    Format.DOCX: "drafts.intake.word",
    Format.ODT: "drafts.intake.opendocument",
    Format.PDF: "drafts.intake.portable",
    Format.HTML: "drafts.intake.markup",
    Format.TXT: "drafts.intake.plain",
}


class Reader(Protocol):
    """A module that reads one format."""

    def read(self, content: bytes) -> Contents:
        """Read a document of the format."""
        ...


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read.

    Attributes:
        name: of the file.
        format: by its name and its content.
        flows: the text itself, then everything that stands apart from it: cells, headers, notes.
        encoding: of a text or a page, as it was declared or told; None where the format has one.
        unread: places that show something nobody could read: scanned pages, frames.
    """

    name: str
    format: Format
    flows: tuple[Flow, ...]
    encoding: str | None = None
    unread: tuple[Place, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Everything that was read, with its places."""
        return tuple(passage for flow in self.flows for passage in flow)

    @property
    def text(self) -> str:
        """Everything that was read, as one text."""
        return "\n\n".join(map(joined, self.flows))


def _office(content: bytes) -> str:
    """Tell one zipped format from another."""
    container = Container(content)
    names = container.names()
    if "mimetype" in names:
        kind = container.read("mimetype")
        text = kind.startswith(b"application/vnd.oasis.opendocument.text")
        return Format.ODT if text and b"master" not in kind else "office"
    return Format.DOCX if "[content_types].xml" in names else "zip"


def _old_office(content: bytes) -> str:
    # A locked .docx is wrapped as an old Office file; its parts have names in two-byte letters.
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Protected
    return "old_office"


_SIGNS: Final[Mapping[bytes, Callable[[bytes], str]]] = {
    b"PK\x03\x04": _office,
    b"PK\x05\x06": lambda _: "zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": _old_office,
    b"{\\rtf": lambda _: "rtf",
    b"\x89PNG": lambda _: "picture",
    b"\xff\xd8\xff": lambda _: "picture",
    b"II*\x00": lambda _: "picture",
    b"MM\x00*": lambda _: "picture",
}
"""How the formats begin that have a sign of their own; PDF may have other bytes before its sign."""
_PDF_SIGN: Final = b"%PDF-"
_PDF_SIGN_WITHIN: Final = 1024


def _found_format(content: bytes, named: Format) -> str:
    for sign, kind in _SIGNS.items():
        if content.startswith(sign):
            return kind(content)
    if _PDF_SIGN in content[:_PDF_SIGN_WITHIN]:
        return Format.PDF
    beginning = content[:_PDF_SIGN_WITHIN].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if beginning.startswith((b"<!doctype html", b"<html")):
        return Format.HTML
    if beginning.startswith(b"<?xml") and b"<html" not in beginning:
        return "xml"
    # Without any sign it is a text; a page may be a text with a few tags in it.
    return named if named in {Format.HTML, Format.TXT} else "text"


def _content(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        content, size = source, len(source)
    else:
        with source.open("rb") as file:
            content = file.read(LARGEST * MEGABYTE + 1)
        size = max(len(content), source.stat().st_size)
    if size > LARGEST * MEGABYTE:
        raise TooLarge(size=-(-size // MEGABYTE), limit=LARGEST)
    return content


def _read(content: bytes, name: str) -> Document:
    named = _ENDINGS.get(PurePath(name).suffix.lower())
    if named is None:
        raise FormatUnknown(known=KNOWN)
    if not content.strip(b" \t\r\n\x00"):
        raise NoText
    found = _found_format(content, named)
    if found != named:
        raise NotAsNamed(expected=named.value, found=str(found))
    # A reader is loaded only when it is needed: lxml and pypdf are slow to import.
    reader = cast(Reader, import_module(_READERS[named]))
    try:
        flows, encoding, unread = reader.read(content)
    except IntakeFault as fault:
        raise fault.within(format=named.value, part="") from fault.__cause__
    document = Document(name, named, flows, encoding, unread)
    if not any(sign.isalnum() for passage in document.passages for sign in passage.text):
        raise NoText
    return document


def read(source: Path | bytes, name: str = "") -> Document:
    """Read a document.

    Args:
        source: where it lies, or what it holds.
        name: of the file, if only its content is given; its ending tells the format.

    Raises:
        IntakeFault: why it is not read, with the name of the file.
        OSError: the file cannot be opened.
    """
    name = PurePath(source if isinstance(source, Path) else name).name
    try:
        return _read(_content(source), name)
    except IntakeFault as fault:
        raise fault.within(name=name) from fault.__cause__
