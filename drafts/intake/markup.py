"""The reader of .html: what a person sees in a browser that runs no scripts and fetches nothing.

The parser is that of libxml2: the one of the standard library takes quadratic time for a page of
comments that never end.
"""

import codecs
import re
from typing import Final

from lxml import etree

from drafts.intake.container import MEGABYTE, Element, local
from drafts.intake.faults import EncodingUnknown, Entities, TooDeep, TooLarge
from drafts.intake.places import Contents, Part, Place, Scribe, Step
from drafts.intake.plain import Decoded, as_text, decoded

LARGEST: Final = 8
"""Megabytes of a page."""

_DECLARED: Final = re.compile(
    rb"<(?:meta\s[^>]{0,200}?charset|\?xml\s[^>]{0,200}?encoding)\s{0,9}=[\s\"']{0,9}([\w.:-]{1,40})",
    re.IGNORECASE,
)
_DECLARED_WITHIN: Final = 4096
_TRUSTED: Final = {
    "utf-8": "utf-8",
    "cp1250": "cp1250",
    "iso8859-2": "iso8859-2",
    # Every browser takes these for the Windows encoding that contains them.
    "cp1252": "cp1252",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
}
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OWN_ENTITIES: Final = re.compile(r"<!(?:ENTITY|DOCTYPE[^>\[]{0,200}\[)", re.IGNORECASE)

_UNSEEN: Final = frozenset({"script", "style", "template", "del"})
_NOT_SHOWN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FETCHED: Final = frozenset({"iframe", "frame", "object", "embed", "applet"})
_BLOCKS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"}
    | {"dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li"}
    | {"main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section"}
    | {"select", "summary", "table", "tbody", "textarea", "tfoot", "thead", "title", "tr", "ul"}
)
_CELLS: Final = frozenset({"td", "th"})


def _decoded(content: bytes) -> Decoded:
    """Tell the letters: by the mark at the beginning, by what is declared, or as of a text."""
    declared = _DECLARED.search(content[:_DECLARED_WITHIN])
    if declared and not content.startswith(
        (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        try:
            encoding = _TRUSTED[codecs.lookup(declared[1].decode()).name]
            return Decoded(as_text(content, encoding), encoding)
        except (LookupError, EncodingUnknown):
            pass  # The page declares what it is not; its letters tell more.
    return decoded(content)


def _hidden(element: Element) -> bool:
    name = local(element)
    return (
        name in _UNSEEN
        or element.get("hidden") is not None
        or _NOT_SHOWN.search(element.get("style", "")) is not None
    )


class _Walker:
    """Takes a page down."""

    def __init__(self) -> None:
        self.scribe = Scribe()
        self.unread: list[Place] = []

    def walk(self, root: Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        passed: Element | None = None
        for event, element in walk:
            if event == "end":
                if element is not passed:
                    self._end(element)
                self.scribe.write(element.tail or "")
            elif _hidden(element):
                # lxml still tells the end of what it skips.
                passed = element
                walk.skip_subtree()
            else:
                self._start(element)
                self.scribe.write(element.text or "")

    def _start(self, element: Element) -> None:
        scribe = self.scribe
        name = local(element)
        if name in _BLOCKS:
            scribe.end_paragraph()
        if name == "table":
            scribe.begin_table()
        elif name == "tr":
            scribe.begin_row()
        elif name in _CELLS:
            scribe.begin_cell()
        elif name == "br":
            scribe.break_line()
        elif name == "sup":
            # The mark of a note is no part of the word before it.
            scribe.write(" ")
        elif name in _FETCHED:
            self.unread.append((Step(Part.FRAME, str(len(self.unread) + 1)),))

    def _end(self, element: Element) -> None:
        name = local(element)
        if name in _CELLS:
            self.scribe.end_cell()
        elif name in _BLOCKS:
            self.scribe.end_paragraph()
        if name == "table":
            self.scribe.end_table()


def read(content: bytes) -> Contents:
    """Read a page; the frames whose text lies elsewhere are unread.

    Raises:
        TooLarge, TooDeep, TooLong, NotText, EncodingUnknown.
        Entities: the page declares entities of its own, which programs read differently.
    """
    if len(content) > LARGEST * MEGABYTE:
        raise TooLarge(size=-(-len(content) // MEGABYTE), limit=LARGEST)
    text, encoding = _decoded(content)
    if _OWN_ENTITIES.search(text):
        raise Entities(part="<!DOCTYPE")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(text.encode(), parser)
    # Past its limits the parser gives up and keeps what it has; the rest would go unread.
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise TooDeep(part="")
    walker = _Walker()
    if root is not None:
        walker.walk(root)
    return Contents(walker.scribe.flows(), encoding, tuple(walker.unread))
