"""One row: what has one reading is read, everything else is a fault with its value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import Form, PartnerKind
from register.importing_layout import COLUMNS, DOMESTIC, INTENT, PLAIN, WORKING
from register.importing_rows import SourceRow, source_row, texts
from register.importing_tables import Cell, RowFault, TableRow
from tests import profiles  # noqa: F401 - importing it chooses a profile
from tests.importing import LAYOUT
from tests.ordinary import TODAY

ORDINARY = {"case_key": "lyon", "kind": "partner", "entity_en": "Lyon", "country_iso2": "FR"}


def read(**said: str | Cell) -> tuple[SourceRow | None, list[RowFault]]:
    """Read an ordinary row in which some cells say something else."""
    cells = {name: Cell(text) for name, text in ORDINARY.items()}
    cells |= {name: c if isinstance(c, Cell) else Cell(c) for name, c in said.items()}
    row = TableRow(7, tuple(cells.get(name, Cell("")) for name in COLUMNS))
    told, faults = texts(row, LAYOUT, PLAIN)
    found, further = source_row(7, told, LAYOUT, PLAIN, TODAY)
    return found, [*faults, *further]


def good(**said: str | Cell) -> SourceRow:
    """Read a row without a fault."""
    row, faults = read(**said)
    assert row is not None, faults
    assert faults == []
    return row


def fault(**said: str | Cell) -> RowFault:
    """Give the one fault of a row."""
    _, faults = read(**said)
    assert len(faults) == 1, faults
    return faults[0]


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("1991-12-09", "1991-12-09"),
        ("9.12.1991", "1991-12-09"),
        ("2.06.2016", "2016-06-02"),
        ("2 VI 2016 r.", "2016-06-02"),
        ("czerwiec 2016", "2016-06"),
        ("June 2016", "2016-06"),
        ("1993", "1993"),
        (Cell("1993", "number"), "1993"),
        (Cell("1991-12-09", "date"), "1991-12-09"),
        ("1997-2001", "1997/2001"),
        ("przed 1990", "../1989-12-31"),
    ],
)
def test_a_date_with_one_reading_is_read_as_precisely_as_it_is_told(
    said: str | Cell, date: str
) -> None:
    signed = good(date_signed=said).signed

    assert signed is not None
    assert signed.text == date


@pytest.mark.parametrize("said", ["", "?", "nieznana"])
def test_a_date_nobody_knows_is_left_unknown(said: str) -> None:
    assert good(date_signed=said).signed is None


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("31.02.2016", "date_impossible"),
        ("2016-13-01", "date_impossible"),
        ("03/04/2016", "date_ambiguous"),
        ("2.06.16", "date_ambiguous"),
        ("wiosna", "date_not_a_date"),
        ("16 720", "date_serial"),
        (Cell("42523", "number"), "date_serial"),
        ("2026-11-24", "date_ahead"),
        (Cell("1991-12-09 08:30:00", "moment"), "cell_moment"),
        (Cell("#REF!", "error"), "cell_error"),
        (Cell("=A1", "formula"), "cell_formula"),
        (Cell("1991", "merged"), "cell_merged"),
        (Cell("True", "other"), "cell_other"),
    ],
)
def test_a_date_without_one_reading_is_a_fault_with_its_value(said: str | Cell, name: str) -> None:
    wrong = fault(date_signed=said)

    assert (wrong.id, wrong.row, wrong.column) == (name, 7, "date_signed")
    assert wrong.value == (said.text if isinstance(said, Cell) else said)


def test_a_number_that_excel_may_mean_as_a_day_is_told_with_that_day() -> None:
    assert fault(date_signed="16 720").facts == {"day": "1945-10-10"}
    assert fault(date_signed="42523").facts == {"day": "2016-06-02"}


def test_only_an_end_may_lie_ahead() -> None:
    ended = good(end_date="2031").ended

    assert ended is not None
    assert ended.text == "2031"


@pytest.mark.parametrize(
    ("date", "precision", "known"),
    [
        ("1993-01-01", "year", "1993"),
        ("1993-01-01", "day", "1993-01-01"),
        ("1993-06-01", "month", "1993-06"),
        ("1993", "Year", "1993"),
        ("1993", "", "1993"),
        ("1993-02-19", "", "1993-02-19"),
        ("1994/1995", "year", "1994/1995"),
    ],
)
def test_a_date_is_known_as_precisely_as_the_row_says(
    date: str, precision: str, known: str
) -> None:
    signed = good(date_signed=date, date_precision=precision).signed

    assert signed is not None
    assert signed.text == known


@pytest.mark.parametrize(
    ("date", "precision", "name"),
    [
        ("1993-02-19", "year", "precision"),
        ("1993-02-01", "year", "precision"),
        ("1993", "day", "precision"),
        ("1993", "week", "precision_unknown"),
    ],
)
def test_a_precision_that_does_not_fit_the_date_is_a_fault(
    date: str, precision: str, name: str
) -> None:
    assert fault(date_signed=date, date_precision=precision).id == name


def test_a_precision_without_a_date_means_nothing() -> None:
    assert good(date_precision="year").signed is None


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("XLIII/298/92", "XLIII/298/92"),
        ("XLIII / 298 / 92", "XLIII/298/92"),
        ("XCLX/1495/14", "XCLX/1495/14"),
        ("178/20/VIII", "178/20/VIII"),
        ("uchwała żółta", "uchwała żółta"),
    ],
)
def test_the_number_of_a_resolution_is_kept_as_printed(said: str, number: str) -> None:
    assert good(resolution_no=said).resolution == number


@pytest.mark.parametrize(
    ("said", "latin"),
    [
        ("ХСIX/1495/14", "XCIX/1495/14"),
        ("ΧСІХ/1495/14", "XCIX/1495/14"),
        ("Ⅻ/5/92", "XII/5/92"),
        ("Ｘ/5/92", "X/5/92"),
    ],
)
def test_letters_that_only_look_latin_are_named_with_the_latin_ones(said: str, latin: str) -> None:
    wrong = fault(resolution_no=said)

    assert (wrong.id, wrong.value, wrong.facts) == ("look_alike", said, {"latin": latin})


def test_excel_taking_a_resolution_for_a_date_is_noticed() -> None:
    assert fault(resolution_no=Cell("1990-04-12", "date")).id == "cell_turned_date"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("twin", Form.TWINNING),
        ("Partner", Form.PARTNERSHIP),
        ("honorary", Form.HONORARY_TITLE),
        ("sectoral", Form.SECTORAL),
        ("programme", Form.PROGRAMME),
        ("association", Form.ASSOCIATION),
        ("letter of intent", INTENT),
        ("working document", WORKING),
        ("no agreement", Form.INFORMAL),
        ("", Form.INFORMAL),
        ("association (domestic)", DOMESTIC),
        ("honorary_title", Form.HONORARY_TITLE),
    ],
)
def test_the_kind_of_a_row_is_the_form_it_means(said: str, kind: str) -> None:
    assert good(kind=said).kind == kind


@pytest.mark.parametrize(
    ("said", "kind", "partner"),
    [
        ("", "twin", PartnerKind.CITY),
        ("", "association", PartnerKind.ASSOCIATION),
        ("", "association (domestic)", PartnerKind.ASSOCIATION),
        ("Region", "partner", PartnerKind.REGION),
        ("consortium", "programme", PartnerKind.CONSORTIUM),
    ],
)
def test_what_a_partner_is_follows_from_the_row(said: str, kind: str, partner: PartnerKind) -> None:
    assert good(entity_type=said, kind=kind).partner is partner


@pytest.mark.parametrize(
    ("column", "said", "name"),
    [
        ("kind", "twine", "word_unknown"),
        ("entity_type", "town", "word_unknown"),
        ("country_iso2", "FRA", "country_unknown"),
        ("country_iso2", "UK", "country_unknown"),
        ("case_key", "", "value_missing"),
        ("case_key", "k" * 201, "cell_too_long"),
        ("entity_en", "", "value_missing"),
        ("note", "x" * 10_001, "cell_too_long"),
        ("note", "a\0b", "control_character"),
        ("note", "a\u202eb", "control_character"),
        ("note", "=HYPERLINK(1)", "cell_formula"),
        ("note", "@SUM(1)", "cell_formula"),
        ("note", "-cmd|x", "cell_formula"),
    ],
)
def test_a_value_no_row_can_have_is_a_fault(column: str, said: str, name: str) -> None:
    wrong = fault(**{column: said})

    assert (wrong.id, wrong.column) == (name, column)


@pytest.mark.parametrize("note", ["- brak danych", "+48 12 616 00 00", "a = b", "@krakow"])
def test_a_note_that_only_begins_like_a_formula_is_a_note(note: str) -> None:
    assert good(note=note).note == note


def test_signs_that_take_no_room_are_left_out_of_names() -> None:
    row = good(entity_en="\ufeffLy\u00adon\u200b\u00a0 II", country_iso2="fr")

    assert (row.name_en, row.country) == ("Lyon II", "FR")


def test_one_name_serves_in_both_languages_where_there_is_but_one() -> None:
    row = good(entity_en="", entity_pl="Lwów")

    assert (row.name_en, row.name_pl, row.names) == ("Lwów", "Lwów", ("Lwów",))


def test_every_fault_of_a_row_is_told_at_once() -> None:
    _, faults = read(kind="twine", date_signed="31.02.2016", resolution_no="Х/1/92", note="=1")

    assert [one.id for one in faults] == [
        "cell_formula", "word_unknown", "date_impossible", "look_alike",
    ]  # fmt: skip


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=40)))
def test_whatever_a_row_says_it_is_a_row_or_has_faults(said: dict[str, str]) -> None:
    row, faults = read(**said)

    assert (row is None) <= bool(faults)
