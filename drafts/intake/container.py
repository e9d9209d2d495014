"""A .docx or .odt as the zip of XML that it is, opened without trusting it.

Nothing is unpacked to the disk, nothing outside the file is looked at, no entity is ever expanded,
and no more is unpacked than the limits allow, whatever the zip says of its own size.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from drafts.intake.faults import Broken, Entities, Protected, TooDeep, Unpacked, UnsafeNames

Element = Any
"""An lxml element; lxml gives it no type."""

MEGABYTE: Final = 1024 * 1024
MOST_PARTS: Final = 5_000
LARGEST_WHOLE: Final = 256
"""Megabytes that all parts together may claim, pictures included, though they are never read."""
LARGEST_TEXT: Final = 32
"""Megabytes of XML that are read of one document."""

_ENTRY: Final = b"PK\x01\x02"
_UNSAFE: Final = re.compile(r"[\\:\x00-\x1f]|^/|(?:^|/)\.\.?(?:/|$)|//")
_DECLARATION: Final = re.compile(r"<\?xml[^>]{0,200}\?>")
_SIXTEEN: Final = ((b"\xff\xfe", b"<\x00"), (b"\xfe\xff", b"\x00<"))
_READABLE: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ZIP_FAILURES: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


def parsed(data: bytes, part: str) -> Element:
    """Parse XML that nobody vouches for.

    Raises:
        Entities: it has a document type, which may declare entities.
        TooDeep: the nesting is deeper than libxml2 allows.
        Broken: it is not well formed, or neither UTF-8 nor UTF-16, the encodings of these formats.
    """
    try:
        sixteen = any(data.startswith(signs) for signs in _SIXTEEN)
        little = data.startswith(_SIXTEEN[0])
        text = data.decode(("utf-16-le" if little else "utf-16-be") if sixteen else "utf-8")
    except UnicodeDecodeError as error:
        raise Broken(part=part) from error
    text = text.removeprefix("\ufeff")
    if "<!DOCTYPE" in text:
        raise Entities(part=part)
    if declaration := _DECLARATION.match(text):
        text = text[declaration.end() :]
    parser = etree.XMLParser(
        # What the scan above saw is what is parsed: an encoding declared inside does not count.
        encoding="utf-8",
        huge_tree=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise (TooDeep if "depth" in str(error) else Broken)(part=part) from error


class Container:
    """The parts of a zipped document, by name.

    Raises:
        Broken: it is no whole zip.
        Protected: its parts are encrypted.
        UnsafeNames: a name leads out of the zip, or stands in it twice.
        Unpacked: it claims to hold more than `LARGEST_WHOLE`, or more than `MOST_PARTS` parts.
    """

    def __init__(self, content: bytes) -> None:
        # Counted before they are read: each entry costs far more memory than it has bytes.
        if content.count(_ENTRY) > MOST_PARTS:
            raise Unpacked(limit=LARGEST_WHOLE)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _ZIP_FAILURES as error:
            raise Broken(part="") from error
        self._parts: Mapping[str, zipfile.ZipInfo] = self._safe_parts()
        self._left = LARGEST_TEXT * MEGABYTE

    def _safe_parts(self) -> Mapping[str, zipfile.ZipInfo]:
        entries = self._zip.infolist()
        if sum(entry.file_size for entry in entries) > LARGEST_WHOLE * MEGABYTE:
            raise Unpacked(limit=LARGEST_WHOLE)
        parts: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = entry.orig_filename
            # To Word the names of two parts that differ only in capitals are the same.
            if _UNSAFE.search(name) or name.lower() in parts:
                raise UnsafeNames(part=name)
            if entry.flag_bits & 1:
                raise Protected
            parts[name.lower()] = entry
        return parts

    def names(self) -> tuple[str, ...]:
        """Give the names of all parts, in small letters."""
        return tuple(self._parts)

    def read(self, name: str) -> bytes:
        """Unpack one part.

        Raises:
            Broken: it is not there, or damaged.
            Unpacked: with it more than `LARGEST_TEXT` would have been read.
        """
        entry = self._parts.get(name.lower())
        if entry is None or entry.compress_type not in _READABLE:
            raise Broken(part=name)
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(self._left + 1)
        except _ZIP_FAILURES as error:
            raise Broken(part=name) from error
        self._left -= len(data)
        if self._left < 0:
            raise Unpacked(limit=LARGEST_TEXT)
        return data

    def xml(self, name: str) -> Element:
        """Unpack and parse one part (see `parsed`)."""
        return parsed(self.read(name), name)


def local(element: Element) -> str:
    """Name an element without its namespace: strict and transitional .docx differ only there."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str, default: str = "") -> str:
    """Give an attribute without regard to its namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return default


def number(text: str, default: int = 0) -> int:
    """Read a small number; anything else is the default."""
    return (
        int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000") else default
    )
