"""Tables out of CSV files: delimiters, marks, encodings, and whatever bytes there may be."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from register import importing
from register.importing_layout import PLAIN
from register.importing_stage import stage
from register.importing_tables import (
    LONGEST_CELL,
    LONGEST_LINE,
    TITLE_ROWS,
    RowFault,
    TableRow,
    csv_rows,
    kind_of,
)
from tests import profiles  # noqa: F401 - importing it chooses a profile
from tests.importing import csv_of, quiet, row, written
from tests.ordinary import TODAY

HEADING = ["case_key", "kind", "entity_en"]
ROW = ["lyon", "partner", "Lyon"]


def read(content: bytes) -> list[TableRow | RowFault]:
    """Read a CSV file whole."""
    return list(csv_rows(io.BytesIO(content), PLAIN.is_heading))


def texts(content: bytes) -> list[list[str]]:
    """Read the texts of a CSV file that has no fault."""
    found = read(content)
    assert all(isinstance(one, TableRow) for one in found), found
    return [[cell.text for cell in one.cells] for one in found if isinstance(one, TableRow)]


def faults(content: bytes) -> list[tuple[str, int | None]]:
    """Prepare a file and name its faults."""
    with stage() as staged:
        prepared = importing.read(io.BytesIO(content), "plik.csv", PLAIN, TODAY, staged, quiet)
    return [(fault.id, fault.row) for fault in prepared.faults]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_whatever_parts_its_cells_and_whatever_mark_it_bears(
    delimiter: str, mark: str
) -> None:
    polish = ["lwow", "partner", "Lwów; Łódź, ąęźż"]
    content = written([HEADING, polish], delimiter).decode().encode(mark)

    assert texts(content) == [HEADING, polish]


def test_a_title_above_the_heading_and_blank_rows_are_passed_over() -> None:
    content = written([["Rejestr umów"], [], HEADING, [], ["", " ", ""], ROW])

    assert texts(content) == [HEADING, ROW]
    assert [one.number for one in read(content) if isinstance(one, TableRow)] == [3, 6]


def test_a_row_that_runs_over_lines_is_looked_for_where_it_begins() -> None:
    content = written([HEADING, ["lyon", "partner", "Lyon\nFrance"], ROW])

    numbers = [one.number for one in read(content) if isinstance(one, TableRow)]

    assert numbers == [1, 2, 4]


def test_without_a_heading_nothing_is_read() -> None:
    assert read(b"") == [RowFault("no_heading", facts={"rows": TITLE_ROWS})]
    assert read(b"a,b\n" * 100) == [RowFault("no_heading", facts={"rows": TITLE_ROWS})]


def test_a_heading_without_rows_is_a_fault() -> None:
    assert faults(written([HEADING])) == [("no_rows", None)]


def test_an_old_code_page_is_named_and_never_guessed() -> None:
    content = written([HEADING, ["lwow", "partner", "Lwów"]]).decode().encode("cp1250")

    fault = read(content)[-1]

    assert isinstance(fault, RowFault)
    assert (fault.id, fault.value) == ("encoding", "0xF3")


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_memory() -> None:
    content = written([HEADING]) + b'lyon,partner,"Lyon\n' + b"x,y,z\n" * (LONGEST_LINE // 5)

    fault = read(content)[-1]

    assert isinstance(fault, RowFault)
    assert fault.id == "quotation"


def test_a_line_without_an_end_is_not_read_to_its_end() -> None:
    content = written([HEADING]) + b"x" * (LONGEST_LINE + 1)

    assert read(content)[-1] == RowFault("line_too_long", 2, facts={"longest": LONGEST_LINE})


def test_a_cell_of_a_megabyte_is_a_named_fault_and_the_rest_is_read() -> None:
    content = csv_of(row("a", note="x" * 2**20), row("b", date_signed="31.02.2016"))

    assert faults(content) == [("cell_too_long", 2), ("date_impossible", 3)]


def test_the_csv_module_keeps_its_own_limit() -> None:
    before = csv.field_size_limit()

    faults(csv_of(row("a", note="x" * (LONGEST_CELL + 1))))

    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"", "csv"), (b"PK\x03\x04...", "xlsx"), (b"\xd0\xcf\x11\xe0.", "old_excel")],
)
def test_a_file_is_known_by_its_first_bytes(content: bytes, kind: str) -> None:
    source = io.BytesIO(content)

    assert kind_of(source) == kind
    assert source.tell() == 0


def test_the_old_format_of_excel_is_named() -> None:
    assert faults(b"\xd0\xcf\x11\xe0" + bytes(100)) == [("old_excel", None)]


def test_a_file_with_more_faults_than_anybody_reads_is_told_by_their_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "MOST_FAULTS", 3)
    content = csv_of(*(row(f"k{n}", kind="?") for n in range(5)))

    with stage() as staged:
        prepared = importing.read(io.BytesIO(content), "x", PLAIN, TODAY, staged, quiet)

    assert (len(prepared.faults), prepared.more) == (3, 2)


CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["partner", "twin", "31.02.2016", "2.06.2016", "czerwiec 2016", "16 720", "=1+1", "\0",
         "ХСIX/1495/14", "Kijów", "UA", "PL", "expired", "5 years", "\u202e", "1e999"]
    ),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, max_size=20), max_size=6)


@given(ROWS, st.sampled_from(",;"))
def test_whatever_cells_there_are_every_row_is_read_or_has_a_fault(
    rows: Sequence[Sequence[str]], delimiter: str
) -> None:
    content = written([list(row("x")), *rows], delimiter)

    found = faults(content)

    assert all(number is None or number >= 1 for _, number in found)


@given(st.binary(max_size=400))
@example(b"case_key,kind,entity_en\n\xff\xfe")
@example(b"\xff\xfec")
def test_whatever_bytes_there_are_reading_them_ends_in_rows_or_faults(content: bytes) -> None:
    heading = written([HEADING])

    for source in (content, heading + content, b"PK\x03\x04" + content):
        assert isinstance(faults(source), list)
