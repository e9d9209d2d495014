"""Tables out of workbooks: merged cells, dates, numbers, formulas, and files made to do harm."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register import importing_xlsx
from register.importing_layout import PLAIN
from register.importing_tables import Cell, RowFault, TableRow
from register.importing_xlsx import xlsx_rows
from tests import profiles  # noqa: F401 - importing it chooses a profile
from tests.importing import xlsx_of
from tests.ordinary import MORNING

HEADING = ["case_key", "kind", "entity_en", "date_signed"]
SHEET = "xl/worksheets/sheet1.xml"
NO_TEXT = b's"><v>999</v></c>'
"""The rest of a cell that holds the text of a number nobody has written."""


def read(content: bytes) -> list[TableRow | RowFault]:
    """Read the first sheet whole."""
    return list(xlsx_rows(io.BytesIO(content), PLAIN.is_heading))


def fault(content: bytes) -> str:
    """Name the one fault a file ends in."""
    found = read(content)[-1]
    assert isinstance(found, RowFault)
    return found.id


def cell(value: object) -> Cell:
    """Give a value as it comes out of a sheet."""
    found = read(xlsx_of([HEADING, ["a", "twin", "Lyon", value]]))[-1]
    assert isinstance(found, TableRow), found
    return found.cells[3] if len(found.cells) > 3 else Cell("")


def remade(
    content: bytes,
    change: Mapping[str, Callable[[bytes], bytes]],
    added: Mapping[str, bytes] = {},
) -> bytes:
    """Write an archive anew with some parts changed or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, change.get(part.filename, bytes)(old.read(part)))
        for name, data in added.items():
            new.writestr(name, data)
    return out.getvalue()


PLAIN_FILE = xlsx_of([HEADING, ["a", "twin", "Lyon", "1991"]])


@pytest.mark.parametrize(
    ("value", "text", "kind"),
    [
        (dt.date(1991, 12, 9), "1991-12-09", "date"),
        (MORNING.replace(tzinfo=None), "2026-11-23 07:00:00", "moment"),
        (1991, "1991", "number"),
        (1991.0, "1991", "number"),
        (1991.5, "1991.5", "number"),
        (1e300, "1e+300", "number"),
        ("01/1991", "01/1991", "text"),
        ("007", "007", "text"),
        (None, "", "text"),
        (True, "True", "other"),
        (dt.time(8, 30), "08:30:00", "other"),
        ("=A1+1", "=A1+1", "formula"),
        ("#REF!", "#REF!", "error"),
    ],
)  # fmt: skip
def test_a_cell_keeps_what_it_was_in_the_sheet(value: object, text: str, kind: str) -> None:
    assert cell(value) == Cell(text, kind)


def test_a_cell_merged_down_rows_counts_for_each_of_them() -> None:
    cells: list[list[str | None]] = [
        [*HEADING],
        ["a", "twin", "Lyon", "1991"],
        ["b", "partner", None, "1992"],
        ["c", "partner", "Nice", "1993"],
    ]

    rows = [one for one in read(xlsx_of(cells, "C2:C3")) if isinstance(one, TableRow)]

    assert [one.cells[2].text for one in rows[1:]] == ["Lyon", "Lyon", "Nice"]


def test_a_cell_merged_across_columns_belongs_to_none() -> None:
    cells: list[list[str | None]] = [[*HEADING], ["a", "twin", "Lyon", None]]

    row = read(xlsx_of(cells, "C2:D2"))[-1]

    assert isinstance(row, TableRow)
    assert row.cells[2] == Cell("Lyon", "merged")


def test_merged_cells_outside_the_table_mean_nothing() -> None:
    cells = [["Rejestr umów"], HEADING, ["a", "twin", "Lyon", "1991"]]

    rows = read(xlsx_of(cells, "A1:D1", "X3:Z9"))

    assert [one.number for one in rows if isinstance(one, TableRow)] == [2, 3]
    assert rows[-1] == TableRow(3, (Cell("a"), Cell("twin"), Cell("Lyon"), Cell("1991")))


def test_the_first_visible_sheet_is_read() -> None:
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("umowy")
    shown.append(HEADING)
    content = io.BytesIO()
    book.save(content)

    assert [type(one) for one in read(content.getvalue())] == [TableRow]


@pytest.mark.parametrize(
    "cells", [[], [["Lp.", "Miasto"]] * 30, [[None]] * 5], ids=["empty", "foreign", "blank"]
)
def test_a_sheet_without_a_heading_is_named(cells: Sequence[Sequence[Any]]) -> None:
    assert fault(xlsx_of(cells)) == "no_heading"


def test_a_workbook_without_a_visible_sheet_is_named() -> None:
    def hide(part: bytes) -> bytes:
        return part.replace(b'state="visible"', b'state="hidden"')

    assert fault(remade(PLAIN_FILE, {"xl/workbook.xml": hide})) == "no_sheet"
    assert fault(remade(PLAIN_FILE, {"xl/workbook.xml": lambda _: b"<workbook/>"})) == "no_sheet"


# ------------------------------------------------------------- files made to do harm


def test_a_part_that_unpacks_to_a_thousand_times_its_size_is_a_bomb() -> None:
    assert fault(remade(PLAIN_FILE, {}, {"xl/media/blank.bin": bytes(4 * 2**20)})) == "bomb"


def test_an_archive_larger_or_of_more_parts_than_a_register_is_not_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing_xlsx, "LARGEST", 100)
    assert fault(PLAIN_FILE) == "bomb"
    monkeypatch.undo()
    monkeypatch.setattr(importing_xlsx, "MOST_PARTS", 3)
    assert fault(PLAIN_FILE) == "bomb"


def test_shared_texts_that_would_fill_the_memory_are_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing_xlsx, "LARGEST_SHARED", 10)

    assert fault(remade(PLAIN_FILE, {}, {importing_xlsx.SHARED: b"<sst></sst>"})) == "bomb"


def test_more_merged_cells_than_anybody_makes_are_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing_xlsx, "MOST_MERGED", 1)

    assert fault(xlsx_of([HEADING], "A3:A4", "B3:B4")) == "bomb"


def test_a_row_beyond_all_rows_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing_xlsx, "MOST_ROWS", 100)

    def far(part: bytes) -> bytes:
        return part.replace(b'<row r="2"', b'<row r="99999999999"').replace(b'="A2"', b'="A9"')

    assert fault(remade(PLAIN_FILE, {SHEET: far})) == "broken_xlsx"


def test_a_document_type_is_refused_before_any_entity_opens() -> None:
    def laughs(part: bytes) -> bytes:
        declared = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        return part.replace(b"<worksheet", declared + b"<worksheet", 1)

    assert fault(remade(PLAIN_FILE, {SHEET: laughs})) == "doctype"


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and no more",
        remade(PLAIN_FILE, {SHEET: lambda part: part[: len(part) // 2]}),
        remade(PLAIN_FILE, {"[Content_Types].xml": lambda _: b"<Types/>"}),
        remade(xlsx_of([HEADING], "A3:A4"), {SHEET: lambda p: p.replace(b"A3:A4", b"A:A")}),
        remade(PLAIN_FILE, {SHEET: lambda part: re.sub(rb"inlineStr.*?</c>", NO_TEXT, part)}),
    ],
    ids=["cut off", "cut sheet", "no types", "odd range", "no such text"],
)
def test_a_broken_workbook_is_one_fault(content: bytes) -> None:
    assert fault(content) == "broken_xlsx"


@given(st.data())
def test_whatever_is_changed_in_a_workbook_it_ends_in_rows_or_faults(data: st.DataObject) -> None:
    content = bytearray(PLAIN_FILE)
    for place, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=8)
    ):
        content[place] = byte

    assert isinstance(read(bytes(content)), list)


@given(st.binary(max_size=60), st.integers(0, 400))
def test_whatever_a_sheet_says_it_ends_in_rows_or_faults(noise: bytes, place: int) -> None:
    content = remade(PLAIN_FILE, {SHEET: lambda part: part[:place] + noise + part[place:]})

    assert isinstance(read(content), list)
