"""The reader of .docx: everything that is printed or shown beside the text, and nothing deleted.

The text, headers, footers, notes, comments, text boxes and drawings count; what a tracked change
inserts counts, what it deletes does not, and neither does hidden text.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import unquote

from lxml import etree

from drafts.intake.container import Container, Element, attribute, local
from drafts.intake.faults import Broken, Embedded, External, Macros, NotAsNamed, UnsafeNames
from drafts.intake.places import Contents, Part, Scribe
from drafts.intake.word_numbering import Numbering, child_value

_MAIN: Final = "wordprocessingml"
_CONTENT_TYPES: Final = "[content_types].xml"

_OTHER_FLOWS: Final = {
    "header": Part.HEADER,
    "footer": Part.FOOTER,
    "footnotes": Part.FOOTNOTE,
    "endnotes": Part.ENDNOTE,
    "comments": Part.COMMENT,
    "diagramdata": Part.DRAWING,
    "chart": Part.DRAWING,
}
"""Relationships to parts with text of their own."""
_ALL_ONE: Final = frozenset({"header", "footer", "diagramdata", "chart"})
"""Those that are one flow; the others hold one for each note."""
_NOTES: Final = {
    "footnote": Part.FOOTNOTE,
    "endnote": Part.ENDNOTE,
    "comment": Part.COMMENT,
}

_PROGRAMS: Final = frozenset({"vbaproject", "wordvbadata", "control", "activexcontrolbinary"})
_EMBEDDINGS: Final = frozenset({"afchunk", "oleobject", "subdocument", "frame"})
_HARMLESS_OUTSIDE: Final = frozenset({"hyperlink", "image", "audio", "video", "media"})
"""What may lie outside: nobody fetches it, and no text comes from there."""
_ON_DISK: Final = re.compile(
    r"(?:file:///(?![/\\]))?(?:[a-z]:)?(?![/\\]{2}|[^/\\]*:)", re.IGNORECASE
)
"""A template on the writer's own disk: Word notes it in many documents, and nobody follows it."""

_UNSEEN: Final = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sectPr", "tblPr"}
    | {"tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "rt"}
)
_BREAKS: Final = frozenset({"br", "cr"})
_SIGNS: Final = {
    "tab": " ",
    "ptab": " ",
    "noBreakHyphen": "-",
    "softHyphen": "\u00ad",
    # A sign of a symbol font: what it looks like is not known.
    "sym": "\ufffd",
}
_FETCHING: Final = re.compile(r"\b(?:DDE(?:AUTO)?|INCLUDETEXT)\b", re.IGNORECASE)
_OFF: Final = frozenset({"0", "false", "off"})


class _Relation(NamedTuple):
    part: str
    """The part that it leads from."""
    kind: str
    target: str
    outside: bool


def _relations(container: Container, rels: str) -> Iterator[_Relation]:
    folder, file = posixpath.split(rels)
    base = posixpath.dirname(folder)
    part = posixpath.join(base, file.removesuffix(".rels"))
    for element in container.xml(rels):
        kind = attribute(element, "Type").rpartition("/")[2].lower()
        target = attribute(element, "Target")
        if attribute(element, "TargetMode") == "External":
            yield _Relation(part, kind, target, outside=True)
            continue
        within = posixpath.normpath(posixpath.join(base, unquote(target)))
        if within.startswith(".."):
            raise UnsafeNames(part=target)
        yield _Relation(part, kind, within.lstrip("/").lower(), outside=False)


def _refuse_unsafe(relation: _Relation) -> None:
    """Refuse what Word would run, fetch or show from elsewhere when the document is opened.

    Raises:
        Macros, Embedded, External.
    """
    if relation.kind in _PROGRAMS:
        raise Macros(part=relation.target)
    if relation.kind in _EMBEDDINGS:
        raise Embedded(part=relation.target)
    # A chart carries the sheet with its figures as a package; elsewhere it is an object.
    if relation.kind == "package" and "/charts/" not in f"/{relation.part}":
        raise Embedded(part=relation.target)
    template = relation.kind == "attachedtemplate" and _ON_DISK.match(unquote(relation.target))
    if relation.outside and relation.kind not in _HARMLESS_OUTSIDE and not template:
        raise External(part=relation.part, target=relation.target)


def _main_part(container: Container, relations: Mapping[str, list[_Relation]]) -> str:
    """Find the part with the text, and see that it is Word's and without macros.

    Raises:
        Broken, Macros, NotAsNamed.
    """
    found = [one for one in relations.get("_rels/.rels", ()) if one.kind == "officedocument"]
    if not found:
        raise Broken(part="_rels/.rels")
    main = found[0].target
    types = {
        attribute(element, "PartName").lower().lstrip("/"): attribute(element, "ContentType")
        for element in container.xml(_CONTENT_TYPES)
    }
    for part, kind in types.items():
        if re.search("macroenabled|vbaproject", kind, re.IGNORECASE):
            raise Macros(part=part)
    if _MAIN not in types.get(main, _MAIN):
        raise NotAsNamed(expected="docx", found="office")
    return main


# --- walking a part ---


def _switched_on(properties: Element | None, name: str) -> bool:
    if properties is None:
        return False
    child = properties.find(f"{{*}}{name}")
    return child is not None and attribute(child, "val", "1") not in _OFF


def _joined_with_next(properties: Element | None) -> bool:
    """Tell whether a tracked change deleted the end of the paragraph."""
    mark = None if properties is None else properties.find("{*}rPr")
    return mark is not None and any(local(child) in {"del", "moveFrom"} for child in mark)


def _deleted(element: Element) -> bool:
    """Tell whether a tracked change deleted a row or a cell as a whole."""
    return any(
        element.find(f"{{*}}{properties}/{{*}}{change}") is not None
        for properties, change in (("trPr", "del"), ("tcPr", "cellDel"))
    )


def _words(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter("{*}t"))


def _said_already(fallback: Element) -> bool:
    """Tell whether what older programs show is what newer ones show as well."""
    choice = fallback.getprevious()
    return choice is not None and _words(choice) == _words(fallback)


def _raised(run: Element) -> bool:
    """Tell whether a run is set as the mark of a note, which is no part of the word before it."""
    properties = run.find("{*}rPr")
    return properties is not None and child_value(properties, "vertAlign") == "superscript"


class _Walker:
    """Takes one part down."""

    def __init__(self, scribe: Scribe, numbering: Numbering) -> None:
        self._scribe = scribe
        self._numbering = numbering

    def walk(self, root: Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        passed: Element | None = None
        for event, element in walk:
            if event == "end":
                if element is not passed:
                    self._end(element)
            elif self._skips(element):
                # lxml still tells the end of what it skips.
                passed = element
                walk.skip_subtree()
            else:
                self._start(element)

    def _skips(self, element: Element) -> bool:
        match local(element):
            case "r":
                return _switched_on(element.find("{*}rPr"), "vanish")
            case "tr" | "tc":
                return _deleted(element)
            case "Fallback":
                return _said_already(element)
            case "footnote" | "endnote":
                # A separator is the line above the notes; an ordinary note has no type.
                return attribute(element, "type", "normal") != "normal"
            case name:
                return name in _UNSEEN

    def _start(self, element: Element) -> None:
        scribe = self._scribe
        match local(element):
            case "t":
                scribe.write(element.text or "")
            case "r" if _raised(element):
                scribe.write(" ")
            case "tbl":
                scribe.begin_table()
            case "tr":
                scribe.begin_row()
            case "tc":
                scribe.begin_cell()
            case "txbxContent":
                scribe.enter_within(Part.TEXT_BOX)
            case "textpath":
                scribe.enter_within(Part.TEXT_BOX)
                scribe.write(attribute(element, "string"))
            case name if name in _NOTES:
                scribe.enter(_NOTES[name])
            case name if name in _BREAKS:
                scribe.break_line()
            case name:
                scribe.write(_SIGNS.get(name, ""))

    def _end(self, element: Element) -> None:
        scribe = self._scribe
        match local(element):
            case "p":
                properties = element.find("{*}pPr")
                label = self._numbering.label(properties)
                if not _joined_with_next(properties):
                    scribe.end_paragraph(label)
            case "tbl":
                scribe.end_table()
            case "tc":
                scribe.end_cell()
            case name if name in _NOTES or name in {"txbxContent", "textpath"}:
                scribe.leave()


def _refuse_fetching(root: Element, part: str) -> None:
    """Refuse a field that takes its text from another program or file.

    Raises:
        External.
    """
    codes = "".join(code.text or "" for code in root.iter("{*}instrText"))
    codes = " ".join([codes, *(attribute(one, "instr") for one in root.iter("{*}fldSimple"))])
    if found := _FETCHING.search(codes):
        raise External(part=part, target=found[0])


def read(content: bytes) -> Contents:
    """Read a .docx.

    Raises:
        IntakeFault: it is broken, or carries what is refused.
    """
    container = Container(content)
    names = container.names()
    for name in names:
        if name.endswith("vbaproject.bin"):
            raise Macros(part=name)
    relations = {
        name: list(_relations(container, name)) for name in names if name.endswith(".rels")
    }
    for relation in (one for found in relations.values() for one in found):
        _refuse_unsafe(relation)
    main = _main_part(container, relations)
    folder, file = posixpath.split(main)
    own = relations.get(posixpath.join(folder, "_rels", f"{file}.rels"), [])
    sources = {one.kind: one.target for one in reversed(own) if not one.outside}
    numbering, styles = (
        container.xml(sources[kind]) if kind in sources else None
        for kind in ("numbering", "styles")
    )

    scribe = Scribe()
    walker = _Walker(scribe, Numbering(numbering, styles))
    root = container.xml(main)
    if local(root) != "document":
        raise Broken(part=main)
    _refuse_fetching(root, main)
    walker.walk(root)
    scribe.end_paragraph()
    for relation in own:
        if relation.kind in _OTHER_FLOWS and not relation.outside:
            other = container.xml(relation.target)
            _refuse_fetching(other, relation.target)
            if relation.kind in _ALL_ONE:
                scribe.enter(_OTHER_FLOWS[relation.kind])
            walker.walk(other)
            if relation.kind in _ALL_ONE:
                scribe.leave()
    return Contents(scribe.flows())
