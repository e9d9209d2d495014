"""A document as the writers see it: frozen parts, free of Markdown and of any file format.

Document ── Part (a page of its own: the act, its justification, an annex)
            └── Title, Heading, Paragraph, Items, Table, Section, Signature
                                                          └── Paragraph, Items, Table
"""

from dataclasses import dataclass
from enum import StrEnum

from models.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face.

    Attributes:
        gap: it stands for a fact nobody has stated.
        language: where it is another than that of the text around it.
    """

    text: str
    bold: bool = False
    italic: bool = False
    gap: bool = False
    language: Language | None = None


Line = tuple[Run, ...]


def plain(line: Line) -> str:
    """Give the words of a line."""
    return "".join(run.text for run in line)


class Role(StrEnum):
    """What a paragraph is in the anatomy of an act or a letter (domain.md, section 3)."""

    TEXT = "text"
    CORNER = "corner"
    """The lines at the top: "druk nr", "projekt …", "Załącznik nr …"."""
    SUBJECT = "subject"
    """"w sprawie …" of an act."""
    LETTERHEAD = "letterhead"
    PLACE = "place"
    """Place and date of a letter."""
    REFERENCE = "reference"
    ADDRESSEE = "addressee"
    CONCERNING = "concerning"
    """"Dotyczy: …" of a letter."""
    CENTRE = "centre"
    RIGHT = "right"
    SMALL = "small"
    """Enclosures, copies, contact: what stands below the signature."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text of one or more lines; a line ends where the author ended it."""

    lines: tuple[Line, ...]
    role: Role = Role.TEXT


class Numbering(StrEnum):
    """How the items of a list are marked: ustęp, punkt, litera, tiret."""

    DOT = "1."
    POINT = "1)"
    LETTER = "a)"
    DASH = "–"


@dataclass(frozen=True, slots=True)
class Items:
    """A list; an item holds paragraphs and further lists.

    Attributes:
        first: the number of its first item; more than 1 where a page or a row cut the list.
    """

    numbering: Numbering
    items: tuple[tuple["Block", ...], ...]
    first: int = 1


_NARROWEST = 5


class Align(StrEnum):
    """How the cells of a column are set."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `share` of the width, in parts of the sum over the columns."""

    align: Align
    share: int

    @property
    def narrow(self) -> bool:
        """Say whether it holds no more than a number and needs no share of the width."""
        return self.share <= _NARROWEST


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of headings."""

    columns: tuple[Column, ...]
    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a part, line by line; the first is the name of the document."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading without a number; level 1 or 2."""

    level: int
    line: Line


@dataclass(frozen=True, slots=True)
class Section:
    """A §. Its number is counted, never typed; without a heading its text follows the number."""

    number: int
    heading: Line
    blocks: tuple["Block", ...]

    @property
    def runs_in(self) -> bool:
        """Say whether the text can follow the number on its line, as in an act of a council."""
        return not self.heading and bool(self.blocks) and isinstance(self.blocks[0], Paragraph)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: one block of lines for each signatory, side by side."""

    signatories: tuple[tuple[Line, ...], ...]


Block = Title | Heading | Paragraph | Items | Table | Section | Signature


@dataclass(frozen=True, slots=True)
class Part:
    """What begins on a page of its own; its §§ are counted from 1."""

    blocks: tuple[Block, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """Its §§ in order."""
        return tuple(block for block in self.blocks if isinstance(block, Section))


@dataclass(frozen=True, slots=True)
class Document:
    """One language version."""

    language: Language
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """What a reader would call it: the title of the first part and its subject."""
        blocks = self.parts[0].blocks
        lines = [line for block in blocks if isinstance(block, Title) for line in block.lines]
        lines += [
            line
            for block in blocks
            if isinstance(block, Paragraph) and block.role in {Role.SUBJECT, Role.CONCERNING}
            for line in block.lines
        ]
        return " ".join(" ".join(plain(line) for line in lines).split())

    @property
    def runs_in(self) -> bool:
        """Say whether every § has its text on the line of its number: all of them or none."""
        return all(section.runs_in for part in self.parts for section in part.sections)


def _words(block: Block) -> list[str]:
    match block:
        case Paragraph(lines=lines) | Title(lines=lines):
            return [" ".join(plain(line) for line in lines)]
        case Heading(line=line):
            return [plain(line)]
        case Items(items=items):
            return [words for item in items for inner in item for words in _words(inner)]
        case Table(head=head, rows=rows):
            return [plain(cell) for row in (head, *rows) for cell in row]
        case Section(heading=heading, blocks=blocks):
            return [plain(heading), *(words for inner in blocks for words in _words(inner))]
        case Signature(signatories=signatories):
            return [plain(line) for lines in signatories for line in lines]


def words(document: Document) -> str:
    """Give the bare words of a document, its paragraphs parted by blank lines."""
    found = (text for part in document.parts for block in part.blocks for text in _words(block))
    return "\n\n".join(text for text in found if text)
