"""What is read out of a document: passages, and for each the place where a person finds it.

A document is a few flows: the text itself, each cell of a table, each header, note, text box and
comment. A name of the City may go on from one paragraph of a flow to the next (a title page), but
never from one flow to another.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from drafts.intake.faults import TooLong

LONGEST: Final = 2_000_000
"""Characters of a text: some thousand pages, and a minute of checking at the very most."""

_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_SECTION: Final = re.compile(
    r"\W{0,4}?((?:§+|Art\b\.?|Artykuł|Article|Artikel)\s{0,4}\d{1,4}[a-z]?)(?!\w)", re.IGNORECASE
)


class Part(StrEnum):
    """The kinds of places in a document."""

    SECTION = "section"
    PARAGRAPH = "paragraph"
    LINE = "line"
    PAGE = "page"
    TABLE = "table"
    ROW = "row"
    COLUMN = "column"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    COMMENT = "comment"
    TEXT_BOX = "text_box"
    DRAWING = "drawing"
    FIELD = "field"
    FRAME = "frame"


class Step(NamedTuple):
    """One step on the way to a place: "page 2"; of a section the number is its name, "§ 3"."""

    part: Part
    number: str


Place = tuple[Step, ...]
"""The way to a passage, from the widest step to the narrowest."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that stands in one place.

    Attributes:
        text: as it is read, never with a document's markup.
        place: where it stands.
        before: what parts it from the passage before it in the same flow.
    """

    text: str
    place: Place
    before: str = "\n\n"


Flow = tuple[Passage, ...]


def joined(flow: Flow) -> str:
    """Give a flow as one text."""
    return "".join(
        (passage.before if number else "") + passage.text for number, passage in enumerate(flow)
    )


class Contents(NamedTuple):
    """What a reader gives: the text itself first, then what stands apart from it.

    Attributes:
        encoding: of a text or a page, as it was declared or told; None where the format has one.
        unread: places that show something nobody could read: scanned pages, frames.
    """

    flows: tuple[Flow, ...]
    encoding: str | None = None
    unread: tuple[Place, ...] = ()


def section_of(text: str) -> str:
    """Give the § or article that a line opens, as "§ 3"; nothing if it opens none."""
    found = _SECTION.match(text)
    return re.sub(r"^(§+)(?=\d)", r"\1 ", " ".join(found[1].split())) if found else ""


def check_length(characters: int) -> None:
    """Stop where a text has become too long.

    Raises:
        TooLong: it has more characters than `LONGEST`.
    """
    if characters > LONGEST:
        raise TooLong(limit=LONGEST)


@dataclass(slots=True)
class _Table:
    place: Place
    row: int = 0
    column: int = 0
    sections: dict[int, str] = field(default_factory=dict)
    """The § that each column has come to: languages stand side by side row by row."""


@dataclass(slots=True)
class _Flow:
    place: Place
    section: str = ""
    counted: bool = False
    """Whether its paragraphs are counted where no § says the place."""
    paragraphs: int = 0
    tables: int = 0
    open: list[_Table] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    def here(self) -> Place:
        if self.section:
            return (Step(Part.SECTION, self.section), *self.place)
        if self.counted:
            return (*self.place, Step(Part.PARAGRAPH, str(self.paragraphs)))
        return self.place


class Scribe:
    """Takes down the passages of a document while its markup is walked."""

    def __init__(self) -> None:
        self._done: list[_Flow] = []
        self._open = [_Flow((), counted=True)]
        self._counts: dict[Part, int] = {}
        self._written = 0

    @property
    def _flow(self) -> _Flow:
        return self._open[-1]

    def write(self, text: str) -> None:
        """Write words as markup has them: any run of blanks is one space.

        Raises:
            TooLong: the document has become too long.
        """
        self._written += len(text)
        check_length(self._written)
        self._flow.pending.append(_BLANKS.sub(" ", text))

    def break_line(self) -> None:
        """End the line, not the paragraph."""
        self._flow.pending.append("\n")

    def end_paragraph(self, number: str = "") -> None:
        """End the paragraph.

        Args:
            number: what a program counts before it, as "§ 3."; it is not a part of the text.
        """
        flow = self._flow
        text = "".join(flow.pending).strip(" \n")
        flow.pending.clear()
        flow.section = section_of(number) or section_of(text) or flow.section
        if text:
            flow.paragraphs += 1
            flow.passages.append(Passage(text, flow.here()))

    def enter(self, part: Part) -> None:
        """Begin a flow that stands apart: a header, a note; they are counted by kind."""
        self._counts[part] = number = self._counts.get(part, 0) + 1
        self._begin((Step(part, str(number)),))

    def enter_within(self, part: Part) -> None:
        """Begin a flow that stands at this place of another: a text box."""
        self._counts[part] = number = self._counts.get(part, 0) + 1
        self._begin((*self._flow.place, Step(part, str(number))), self._flow.section)

    def _begin(self, place: Place, section: str = "") -> None:
        self._open.append(_Flow(place, section))

    def leave(self) -> None:
        """End the flow begun last; the one around it goes on where it was."""
        self.end_paragraph()
        self._done.append(self._open.pop())

    def begin_table(self) -> None:
        """Begin a table."""
        self.end_paragraph()
        flow = self._flow
        flow.tables += 1
        flow.open.append(_Table((*flow.place, Step(Part.TABLE, str(flow.tables)))))

    def end_table(self) -> None:
        """End the table begun last in this flow."""
        self._flow.open.pop()

    def begin_row(self) -> None:
        """Begin a row; markup that has no table around it gets one."""
        if not self._flow.open:
            self.begin_table()
        table = self._flow.open[-1]
        table.row += 1
        table.column = 0

    def begin_cell(self) -> None:
        """Begin a cell, a flow of its own."""
        if not self._flow.open or not self._flow.open[-1].row:
            self.begin_row()
        table = self._flow.open[-1]
        table.column += 1
        steps = Step(Part.ROW, str(table.row)), Step(Part.COLUMN, str(table.column))
        self._begin(
            (*table.place, *steps), table.sections.get(table.column, "") or self._flow.section
        )

    def end_cell(self) -> None:
        """End the cell begun last."""
        cell = self._flow
        self.leave()
        table = self._flow.open[-1]
        table.sections[table.column] = cell.section

    def flows(self) -> tuple[Flow, ...]:
        """Give everything taken down, the text itself first."""
        while self._open:
            self.leave()
        *others, body = self._done
        return tuple(tuple(flow.passages) for flow in (body, *others) if flow.passages)
