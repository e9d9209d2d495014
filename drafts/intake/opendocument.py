"""The reader of .odt: the text, headers, footers, notes, comments and text boxes, nothing deleted.

A tracked deletion is kept in a list of changes at the beginning, which is passed over; what was
inserted stands in the text like everything else.
"""

from typing import Final

from lxml import etree

from drafts.intake.container import Container, Element, attribute, local
from drafts.intake.faults import Broken, Embedded, External, Macros, Protected
from drafts.intake.places import Contents, Part, Scribe

_CONTENT: Final = "content.xml"
_STYLES: Final = "styles.xml"
_MANIFEST: Final = "meta-inf/manifest.xml"
_PROGRAMS: Final = ("basic/", "scripts/")

_TEXT: Final = ":xmlns:text:"
"""The namespace of the elements whose own characters are words; in others they are blanks."""
_UNSEEN: Final = frozenset(
    {"tracked-changes", "note-citation", "ruby-text", "forms", "hidden-text"}
    | {"variable-decls", "sequence-decls", "user-field-decls"}
)
_PARAGRAPHS: Final = frozenset({"p", "h"})
_FLOWS: Final = {
    "note": Part.FOOTNOTE,
    "annotation": Part.COMMENT,
    "header": Part.HEADER,
    "header-left": Part.HEADER,
    "header-first": Part.HEADER,
    "footer": Part.FOOTER,
    "footer-left": Part.FOOTER,
    "footer-first": Part.FOOTER,
}
_BOXES: Final = frozenset(
    {"text-box", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon"}
    | {"regular-polygon", "path", "connector", "caption", "measure"}
)
_SIGNS: Final = {"s": " ", "tab": " "}
_BREAKS: Final = frozenset({"line-break", "soft-page-break"})
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
_FETCHED: Final = frozenset(
    {"section-source", "table-source", "dde-source", "dde-connection-decl", "object", "plugin"}
    | {"floating-frame"}
)
"""Elements whose text comes from where they point."""
_RUN: Final = frozenset({"object-ole", "applet"})


def _refuse_unsafe(container: Container) -> None:
    for name in container.names():
        if name.startswith(_PROGRAMS) and not name.endswith("/"):
            raise Macros(part=name)
    if _MANIFEST in container.names():
        for _ in container.xml(_MANIFEST).iter("{*}encryption-data"):
            raise Protected


def _refuse_reaching_out(root: Element, part: str) -> None:
    """Refuse what runs, is embedded or lies elsewhere.

    Raises:
        Macros, Embedded, External.
    """
    for element in root.iter():
        name = local(element)
        target = attribute(element, "href")
        if name == "script" or (name == "event-listener" and attribute(element, "language")):
            raise Macros(part=part)
        if name in _RUN:
            raise Embedded(part=target or part)
        # A chart or formula of the document itself lies in a folder beside the text.
        if name in _FETCHED and not (name == "object" and target.startswith("./")):
            raise External(part=part, target=target or name)


def _part_of(element: Element) -> Part | None:
    name = local(element)
    if name == "note" and attribute(element, "note-class") == "endnote":
        return Part.ENDNOTE
    return _FLOWS.get(name)


class _Walker:
    """Takes one part down; words stand before, between and after the elements of a paragraph."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        # For each flow that is open: in how many paragraphs of it we are. Outside of one there
        # are only blanks that lay the markup out.
        self._inside = [0]

    def walk(self, root: Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        passed: Element | None = None
        for event, element in walk:
            if event == "start" and local(element) in _UNSEEN:
                # lxml still tells the end of what it skips.
                passed = element
                walk.skip_subtree()
            elif event == "start":
                self._start(element)
                self._write(element, element.text)
            else:
                if element is not passed:
                    self._end(element)
                if element is not root:
                    self._write(element.getparent(), element.tail)

    def _write(self, element: Element, text: str | None) -> None:
        if self._inside[-1] and _TEXT in element.tag:
            self._scribe.write(text or "")

    def _start(self, element: Element) -> None:
        scribe = self._scribe
        name = local(element)
        if part := _part_of(element):
            scribe.enter(part)
        elif name in _BOXES:
            scribe.enter_within(Part.TEXT_BOX)
        elif name == "table":
            scribe.begin_table()
        elif name == "table-row":
            scribe.begin_row()
        elif name in _CELLS:
            scribe.begin_cell()
        elif name in _BREAKS:
            scribe.break_line()
        elif name in _PARAGRAPHS:
            self._inside[-1] += 1
        else:
            scribe.write(_SIGNS.get(name, ""))
        if part or name in _BOXES or name in _CELLS:
            self._inside.append(0)

    def _end(self, element: Element) -> None:
        scribe = self._scribe
        name = local(element)
        part = _part_of(element)
        if part or name in _BOXES or name in _CELLS:
            self._inside.pop()
        if part or name in _BOXES:
            scribe.leave()
        elif name in _CELLS:
            scribe.end_cell()
        elif name == "table":
            scribe.end_table()
        elif name in _PARAGRAPHS:
            self._inside[-1] -= 1
            scribe.end_paragraph()


def read(content: bytes) -> Contents:
    """Read an .odt.

    Raises:
        IntakeFault: it is broken, or carries what is refused.
    """
    container = Container(content)
    _refuse_unsafe(container)
    scribe = Scribe()
    for part in (_CONTENT, _STYLES):
        if part == _STYLES and part not in container.names():
            continue
        root = container.xml(part)
        _refuse_reaching_out(root, part)
        body = root.find("{*}body/{*}text") if part == _CONTENT else root.find("{*}master-styles")
        if body is None and part == _CONTENT:
            raise Broken(part=part)
        if body is not None:
            _Walker(scribe).walk(body)
    return Contents(scribe.flows())
