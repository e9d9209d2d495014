"""The reader of .pdf: the words of each page, what is filled into its fields, and its comments.

A page without letters is a picture of a page. Whether it names the City nobody here can tell, so it
is reported as unread and never as a page that does not name the City.
"""

import io
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import pypdf
from pypdf.generic import DictionaryObject, NameObject

from drafts.intake.container import MEGABYTE
from drafts.intake.faults import (
    Broken,
    Embedded,
    IntakeFault,
    Macros,
    Protected,
    ScanOnly,
    TooManyPages,
)
from drafts.intake.places import (
    Contents,
    Flow,
    Part,
    Passage,
    Place,
    Step,
    check_length,
    section_of,
)

MOST_PAGES: Final = 1_000

_LIMITS: Final[Mapping[str, Any]] = {
    "zlib_maximum_output_length": 32 * MEGABYTE,
    "lzw_maximum_output_length": 32 * MEGABYTE,
    "xform_maximum_invocations_per_extraction": 500,
}
_LEFT_OUT: Final = "form XObject"
"""What pypdf says in its log when it leaves a part of a page out."""

_PICTURES: Final = re.compile(rb"\b(?:Do|EI|Tj|TJ)\b")
_CURVE: Final = re.compile(rb"\sc\s")
_OUTLINES: Final = 50
"""Curves from which on a page without letters is taken for letters drawn as lines."""
_ILLEGIBLE: Final = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_MARK_BEHIND: Final = re.compile(r"(?<=[^\W\d_]{3})(?=\d{1,2}\b)")
_MARK_BEFORE: Final = re.compile(r"\b(\d{1,2})(?=[^\W\d_]{3})")


class _Listener(logging.Handler):
    """Hears when pypdf reads a page only in part; what else it says concerns nobody."""

    heard = False

    def emit(self, record: logging.LogRecord) -> None:
        self.heard = self.heard or _LEFT_OUT in str(record.msg)


@contextmanager
def _listening() -> Iterator[_Listener]:
    logger, listener = logging.getLogger("pypdf"), _Listener()
    propagates = logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield listener
    finally:
        logger.propagate = propagates
        logger.removeHandler(listener)


def _refuse_unsafe(reader: pypdf.PdfReader) -> None:
    """Refuse what a viewer would run, or show instead of the pages.

    Raises:
        Macros, Embedded.
    """
    root = reader.root_object
    actions = [root.get("/OpenAction"), *_values(root.get("/AA"))]
    for action in map(_resolved, actions):
        if isinstance(action, DictionaryObject) and action.get("/S") in {"/JavaScript", "/Launch"}:
            raise Macros(part=str(action["/S"]))
    names, form = _resolved(root.get("/Names")), _resolved(root.get("/AcroForm"))
    if isinstance(names, DictionaryObject) and "/JavaScript" in names:
        raise Macros(part="/JavaScript")
    if isinstance(form, DictionaryObject) and "/XFA" in form:
        raise Embedded(part="/XFA")
    if "/Collection" in root:
        raise Embedded(part="/Collection")


def _resolved(value: Any) -> Any:  # noqa: ANN401 - an object of a PDF may be of any type
    return None if value is None else value.get_object()


def _values(dictionary: Any) -> Sequence[Any]:  # noqa: ANN401 - the same
    found = _resolved(dictionary)
    return list(found.values()) if isinstance(found, DictionaryObject) else ()


def _pieces(text: str, page: Step, section: str) -> tuple[list[Passage], str]:
    """Part the text of a page where a § begins, so that a place can be named by it."""
    pieces: list[Passage] = []
    lines: list[str] = []

    def end() -> None:
        if any(line.strip() for line in lines):
            place: Place = (page, Step(Part.SECTION, section)) if section else (page,)
            pieces.append(Passage("\n".join(lines), place, "\n" if pieces else "\n\n"))
        lines.clear()

    for line in text.split("\n"):
        if opened := section_of(line):
            end()
            section = opened
        lines.append(line)
    end()
    return pieces, section


def _added(page: pypdf.PageObject, step: Step) -> Iterator[Flow]:
    """Give what stands on a page but not in its text: fields that were filled in, comments."""
    for annotation in map(_resolved, page.annotations or ()):
        kind = annotation.get("/Subtype")
        parent = _resolved(annotation.get("/Parent")) or {}
        value = annotation.get("/V", parent.get("/V"))
        field = kind == "/Widget"
        text = _resolved(value if field else annotation.get("/Contents"))
        # A name is what a box ticked is called, not something written.
        if isinstance(text, str) and not isinstance(text, NameObject) and text.strip():
            part = Part.FIELD if field or kind == "/FreeText" else Part.COMMENT
            yield (Passage(text.replace("\r", "\n"), (step, Step(part, "")), "\n\n"),)


def _shows_something(page: pypdf.PageObject) -> bool:
    """Tell whether a page without letters shows pictures, or letters drawn as lines."""
    contents = page.get_contents()
    data = contents.get_data() if contents is not None else b""
    return bool(_PICTURES.search(data)) or len(_CURVE.findall(data)) > _OUTLINES


def _text(page: pypdf.PageObject) -> str:
    """Read the letters of a page; nothing if its fonts do not say which letters they are."""
    text = page.extract_text().replace("\r", "\n")
    if 10 * len(_ILLEGIBLE.findall(text)) > len(text):
        return ""
    # A raised figure, the mark of a note, is set close to the word: "Kraków1".
    return _MARK_BEFORE.sub(r"\1 ", _MARK_BEHIND.sub(" ", text))


def _read(content: bytes, listener: _Listener) -> Contents:
    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Protected
    _refuse_unsafe(reader)
    if len(reader.pages) > MOST_PAGES:
        raise TooManyPages(pages=len(reader.pages), limit=MOST_PAGES)
    body: list[Passage] = []
    added: list[Flow] = []
    unread: list[Place] = []
    section, characters = "", 0
    for page_number, page in enumerate(reader.pages, 1):
        step = Step(Part.PAGE, str(page_number))
        listener.heard = False
        text = _text(page)
        characters += len(text)
        check_length(characters)
        if listener.heard or (not text.strip() and _shows_something(page)):
            unread.append((step,))
        pieces, section = _pieces(text, step, section)
        body += pieces
        added += _added(page, step)
    if unread and not body:
        raise ScanOnly(pages=len(unread))
    return Contents(tuple(filter(None, (tuple(body), *added))), unread=tuple(unread))


def read(content: bytes) -> Contents:
    """Read a .pdf; pages that could not be read, or not whole, are unread.

    Raises:
        IntakeFault: it is broken or locked, carries what is refused, or is nothing but pictures.
    """
    try:
        with pypdf.apply_configuration(**_LIMITS), _listening() as listener:
            return _read(content, listener)
    except pypdf.errors.DependencyError as error:
        # Only locks of a newer kind need what is not installed here.
        raise Protected from error
    except IntakeFault:
        raise
    except Exception as error:  # a broken PDF makes pypdf raise whatever it happens to meet
        raise Broken from error
