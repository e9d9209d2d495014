"""The reader of .txt and .md, and how the letters of a text without a declaration are told."""

import codecs
import re
from typing import Final, NamedTuple

from drafts.intake.faults import EncodingUnknown, NotText
from drafts.intake.places import (
    Contents,
    Part,
    Passage,
    Place,
    Step,
    check_length,
    section_of,
)

KNOWN: Final = ("UTF-8", "UTF-16", "Windows-1250", "ISO 8859-2")

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Marks at the beginning of a file; the longer ones first, for one begins another."""

_POLISH_UTF8: Final = re.compile("|".join("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ").encode())
_ONLY_WINDOWS: Final = re.compile(rb"[\x80-\x9f]")
_ISO_LETTERS: Final = re.compile(rb"[\xa1\xa6\xac\xb1\xb6\xbc]")
_WINDOWS_LETTERS: Final = re.compile(rb"[\xa5\xb9]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")


class Decoded(NamedTuple):
    """A text and the encoding that was taken, by the name Python has for it."""

    text: str
    encoding: str


def as_text(content: bytes, encoding: str) -> str:
    """Decode a text that is in this encoding, to the last sign.

    Raises:
        NotText, EncodingUnknown.
    """
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise EncodingUnknown(known=KNOWN) from error
    if found := _CONTROL.search(text):
        raise NotText(character=f"U+{ord(found[0]):04X}")
    return text


def decoded(content: bytes) -> Decoded:
    """Tell the letters of a text, always in the same way.

    The mark at the beginning decides; without one UTF-8 is taken wherever it fits. Otherwise it is
    one of the two old Polish encodings, which differ in ą, ś and ź alone: Windows-1250 has signs
    where ISO 8859-2 has none, and apart from that the letters of the one are oddities of the other.

    Raises:
        NotText: there are signs that no text has.
        EncodingUnknown: none fits, or the file was put together from several.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Decoded(as_text(content[len(mark) :], encoding), encoding)
    if b"\x00" in content:
        raise NotText(character="U+0000")
    try:
        return Decoded(as_text(content, "utf-8"), "utf-8")
    except EncodingUnknown:
        if _POLISH_UTF8.search(content):
            raise
    windows = len(_WINDOWS_LETTERS.findall(content))
    if _ONLY_WINDOWS.search(content) or len(_ISO_LETTERS.findall(content)) <= windows:
        return Decoded(as_text(content, "cp1250"), "cp1250")
    return Decoded(as_text(content, "iso8859-2"), "iso8859-2")


def read(content: bytes) -> Contents:
    """Read a text; its places are its lines, as an editor counts them.

    Raises:
        NotText, EncodingUnknown, TooLong.
    """
    text, encoding = decoded(content)
    check_length(len(text))
    passages: list[Passage] = []
    section, blank = "", 1
    for line_number, line in enumerate(re.split("\r\n?|\n", text), 1):
        if not line.strip():
            blank += 1
            continue
        section = section_of(line) or section
        place: Place = (Step(Part.LINE, str(line_number)),)
        if section:
            place = (Step(Part.SECTION, section), *place)
        passages.append(Passage(line, place, "\n" * blank))
        blank = 1
    return Contents((tuple(passages),), encoding)
