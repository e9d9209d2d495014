"""Read the first sheet of an XLSX file, row by row, however hostile the file is.

The archive is looked through before openpyxl sees it: what unpacks to more than a register can be
is refused, so is a document type (the door of entity bombs), and merged cells are found, which
openpyxl does not tell when it streams.
"""

import datetime as dt
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from xml.parsers import expat

from register.importing_tables import (
    MOST_COLUMNS,
    TITLE_ROWS,
    Cell,
    Heading,
    RowFault,
    TableRow,
)

LARGEST = 512 * 2**20
"""Bytes of all parts unpacked."""
LARGEST_SHARED = 128 * 2**20
"""Bytes of the shared texts: openpyxl holds them all in memory."""
MOST_PARTS = 2_000
MOST_ROWS = 2**20
"""Of one sheet, in Excel as here."""
MOST_MERGED = 100_000
THINNEST = 200
"""A part of over a megabyte that unpacks to more than so many times its size is a bomb."""
CHUNK = 2**16
EXACT = 2**53
"""Up to here a float is a whole number exactly."""
SHARED = "xl/sharedStrings.xml"


class _Refused(Exception):
    """A fault of the archive; it is `RowFault.id`."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        super().__init__(fault)


@dataclass
class _Sheet:
    """What streaming would not tell: where each merged cell ends, and how many rows there are."""

    rows: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column; from 1."""


def xlsx_rows(file: BinaryIO, heading: Heading) -> Iterator[TableRow | RowFault]:
    """Give the rows of the first sheet from its heading on, blank ones left out."""
    try:
        yield from _from_heading(file, _looked_through(file), heading)
    except _Refused as refused:
        yield RowFault(refused.fault)
    except Exception as broken:  # noqa: BLE001 - zipfile, zlib, expat and openpyxl each stumble in their own way
        yield RowFault("broken_xlsx", value=type(broken).__name__)


def _looked_through(file: BinaryIO) -> Mapping[str, _Sheet]:
    """Look through every part of the archive; give what is to be known of the sheets, by name.

    The sizes stand in the directory of the archive and may lie, but `zipfile` reads no more of a
    part than its directory says.
    """
    sheets: dict[str, _Sheet] = {}
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
            raise _Refused("bomb")
        for part in parts:
            thin = part.file_size > THINNEST * max(part.compress_size, 1)
            large = part.filename == SHARED and part.file_size > LARGEST_SHARED
            if large or (thin and part.file_size > 2**20):
                raise _Refused("bomb")
            if part.filename.endswith((".xml", ".rels")):
                sheets[part.filename] = _scanned(archive, part)
    return sheets


def _scanned(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> _Sheet:
    sheet = _Sheet()
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise _Refused("doctype")

    def element(name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            sheet.rows += 1
        elif local == "mergeCell":
            if len(sheet.merged) == MOST_MERGED:
                raise _Refused("bomb")
            sheet.merged.append(_range(attributes.get("ref", "")))

    parser.StartDoctypeDeclHandler = doctype
    if part.filename.startswith("xl/worksheets/"):
        parser.StartElementHandler = element
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes no keyword
    return sheet


def _range(reference: str) -> tuple[int, int, int, int]:
    from openpyxl.utils import range_boundaries  # noqa: PLC0415 - it takes long to load

    first_column, first_row, last_column, last_row = range_boundaries(reference)
    if None in {first_column, first_row, last_column, last_row}:
        raise ValueError(reference)
    return first_row, first_column, last_row, last_column


def _from_heading(
    file: BinaryIO, sheets: Mapping[str, _Sheet], heading: Heading
) -> Iterator[TableRow | RowFault]:
    import openpyxl  # noqa: PLC0415 - it takes long to load, and most commands read no sheet

    file.seek(0)
    with warnings.catch_warnings():
        # Styles and extensions it does not know are none of ours.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        try:
            seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if not seen:
                yield RowFault("no_sheet")
                return
            sheet = seen[0]
            path = sheet._worksheet_path.lstrip("/")  # noqa: SLF001 - there is no public name for it
            sheet.reset_dimensions()
            rows = _with_merged(sheet.iter_rows(), sheets.get(path, _Sheet()))
            yield from _below(rows, heading)
        finally:
            book.close()


def _below(rows: Iterator[TableRow], heading: Heading) -> Iterator[TableRow | RowFault]:
    found = False
    for row in rows:
        if not any(cell.text.strip() for cell in row.cells):
            continue
        if not found and not (found := heading(row.cells)):
            if row.number >= TITLE_ROWS:
                break
            continue
        yield row
    if not found:
        yield RowFault("no_heading", facts={"rows": TITLE_ROWS})


def _with_merged(rows: Iterator[tuple[Any, ...]], sheet: _Sheet) -> Iterator[TableRow]:
    """Give each row of a cell that is merged over rows its value; one over columns is marked."""
    waiting = sorted(sheet.merged, reverse=True)
    open_: dict[int, tuple[int, Cell]] = {}
    """Column -> last row and value of a merged cell that goes on."""
    for number, raw in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise ValueError(number)
        cells = [_cell(one) for one in raw[:MOST_COLUMNS]]
        for column, (last, value) in list(open_.items()):
            if number > last:
                del open_[column]
            elif column <= len(cells):
                cells[column - 1] = value
        while waiting and waiting[-1][0] <= number:
            _, column, last, last_column = waiting.pop()
            if column > len(cells):
                continue
            if last_column > column and cells[column - 1].text:
                cells[column - 1] = Cell(cells[column - 1].text, "merged")
            open_[column] = (last, cells[column - 1])
        yield TableRow(number, tuple(cells))


def _cell(one: Any) -> Cell:  # noqa: ANN401 - openpyxl has three classes of cells and no types
    text, kind = str(one.value), "other"
    match one.data_type, one.value:
        case _, None:
            text, kind = "", "text"
        case ("f" | "e") as wrong, _:
            kind = "formula" if wrong == "f" else "error"
        case _, str():
            kind = "text"
        case _, dt.datetime() as moment:
            kind = "moment"
            if moment.time() == dt.time():
                text, kind = moment.date().isoformat(), "date"
        case _, bool():
            pass
        case _, int():
            kind = "number"
        case _, float(number):
            kind = "number"
            if number.is_integer() and abs(number) < EXACT:
                text = str(int(number))
    return Cell(text, kind)
