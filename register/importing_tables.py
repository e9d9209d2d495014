"""Read a table out of a file, cell by cell, and never hold the file in memory.

A file is CSV (comma or semicolon, with or without a byte order mark) or XLSX. What cannot be read
is given as a fault between the rows, and reading goes on as far as it can: a person wants to know
everything that is wrong with a file at once.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from workflow.inputs import Json

LONGEST_CELL = 10_000
"""Characters; what is longer is a document, not a value."""
LONGEST_LINE = 4 * 2**20
"""Characters of a line, and of a cell that runs over lines because a quotation mark is missing."""
MOST_COLUMNS = 200
TITLE_ROWS = 20
"""The heading stands among so many rows; above it there may be a title."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class Cell(NamedTuple):
    """One cell: its text, and what it was in the file.

    `kind` is text, number, date (the text is then the day in ISO), or what no value can be read
    from: moment, formula, error, merged (across columns), other.
    """

    text: str
    kind: str = "text"


BLANK = Cell("")


class TableRow(NamedTuple):
    """One row of the file; `number` is what a person sees beside it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a file, a row or a cell.

    Attributes:
        id: of its sentence under `[import]` in the messages.
        row: None where it is about the whole file.
        column: the heading, "" where it is about the row.
        facts: what the sentence says beside.
    """

    id: str
    row: int | None = None
    column: str = ""
    value: str = ""
    facts: Mapping[str, Json] = field(default_factory=dict)


Heading = Callable[[tuple[Cell, ...]], bool]
"""Says whether a row is the heading of the table."""


def kind_of(file: BinaryIO) -> str:
    """Say what a file is by its first bytes: csv, xlsx, old_excel; the position stays."""
    start = file.read(8)
    file.seek(0)
    if start.startswith(ZIP):
        return "xlsx"
    return "old_excel" if start.startswith(OLD_EXCEL) else "csv"


def csv_rows(file: BinaryIO, heading: Heading) -> Iterator[TableRow | RowFault]:
    """Give the rows of a CSV file from its heading on, blank ones left out.

    Args:
        file: at its beginning.
        heading: recognises the heading, and by it the delimiter.
    """
    encoding = _encoding(file)
    text = io.TextIOWrapper(file, encoding, newline="")
    lines = _Lines(text)
    try:
        with _long_cells():
            yield from _from_heading(lines, heading)
    except UnicodeDecodeError as wrong:
        byte = wrong.object[wrong.start]
        yield RowFault("encoding", lines.number + 1, value=f"0x{byte:02X}")
    except _TooLong:
        yield RowFault("line_too_long", lines.number + 1, facts={"longest": LONGEST_LINE})
    except csv.Error:
        yield RowFault("quotation", lines.number)
    finally:
        # The wrapper would otherwise close a file that is not its own.
        text.detach()


def _encoding(file: BinaryIO) -> str:
    """Find the encoding by the mark; without one it is UTF-8 or a fault.

    The code pages of old Excel cannot be told from each other: Windows-1250 and ISO 8859-2 share
    most of their Polish letters, and a guess would spoil names without a trace.
    """
    start = file.read(4)
    for mark, encoding in BOMS:
        if start.startswith(mark):
            file.seek(len(mark))
            return encoding
    file.seek(0)
    return "utf-8"


class _TooLong(Exception):
    """A line is longer than any row of a register."""


class _Lines:
    """The lines of a text, none longer than memory should hold."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) == LONGEST_LINE:
            raise _TooLong
        self.number += 1
        return line


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let the csv module hand over long cells, so that they are named and not an end of it."""
    before = csv.field_size_limit(LONGEST_LINE)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _from_heading(lines: _Lines, heading: Heading) -> Iterator[TableRow | RowFault]:
    """Find the heading among the first lines, and read on with its delimiter."""
    begun: list[str] = []
    for line in lines:
        begun.append(line)
        for delimiter in ",;\t":
            cells = _cells(next(csv.reader([line], delimiter=delimiter), []))
            if heading(cells):
                yield TableRow(lines.number, cells)
                yield from _body(lines, delimiter)
                return
        if len(begun) == TITLE_ROWS:
            break
    yield RowFault("no_heading", facts={"rows": TITLE_ROWS})


def _body(lines: _Lines, delimiter: str) -> Iterator[TableRow]:
    before = lines.number
    for texts in csv.reader(lines, delimiter=delimiter):
        # A row may run over lines; a person looks for it where it begins.
        number, before = before + 1, lines.number
        if any(text.strip() for text in texts):
            yield TableRow(number, _cells(texts))


def _cells(texts: list[str]) -> tuple[Cell, ...]:
    return tuple(Cell(text) for text in texts)
