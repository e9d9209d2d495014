"""The heading of a file, and the office's own map of headings and words."""

import pytest

from models.vocabulary import Form
from register.importing_layout import COLUMNS, PLAIN, Translation, layout, translation
from register.importing_tables import Cell
from tests.importing import Registrar, csv_of, row, written

OWN = """
ignore = ["Lp.", "Uwagi własne"]

[columns]
case_key = "Nr sprawy"
entity_pl = "Miasto"
country_iso2 = "Kraj"
kind = "Rodzaj umowy"
status = "Stan"

[kinds]
"umowa bliźniacza" = "twin"

[types]
"miasto" = "city"

[statuses]
"nieaktualna" = "terminated"

[constants]
entity_type = "miasto"
source = "rejestr wydziału"
"""


def heading(*names: str) -> tuple[Cell, ...]:
    """Give a heading of these names."""
    return tuple(Cell(name) for name in names)


def faults(*names: str, words: Translation = PLAIN) -> list[tuple[str, str, str]]:
    """Name what is wrong with a heading: fault, column, value."""
    return [(one.id, one.column, one.value) for one in layout(3, heading(*names), words)[1]]


def test_headings_are_known_in_any_order_case_and_spacing() -> None:
    found, wrong = layout(1, heading("Kind", "entity EN ", "CASE_KEY"), PLAIN)

    assert wrong == []
    assert found.places == {"kind": 0, "entity_en": 1, "case_key": 2}


def test_everything_wrong_with_a_heading_is_told_at_once() -> None:
    assert faults("kind", "Kind", "countri_iso2", "") == [
        ("heading_twice", "kind", "Kind"),
        ("heading_unknown", "", "countri_iso2"),
        ("column_missing", "case_key", ""),
        ("column_missing", "entity_en / entity_pl", ""),
    ]


def test_an_unknown_heading_is_told_with_the_one_it_is_spelt_like() -> None:
    _, (fault,) = layout(1, heading("case_key", "kind", "entity_en", "countri_iso2"), PLAIN)

    assert fault.facts["near"] == ["country_iso2"]


@pytest.mark.parametrize(
    ("names", "is_one"),
    [
        (("case_key", "kind"), True),
        (("status", "note", "source"), True),
        (("Rejestr umów", "", "kind"), False),
        (("Lp.", "Miasto", "Kraj"), False),
        ((), False),
    ],
)
def test_a_row_that_names_enough_columns_is_the_heading(
    names: tuple[str, ...], *, is_one: bool
) -> None:
    assert PLAIN.is_heading(heading(*names)) is is_one


def test_a_map_says_what_the_office_s_own_headings_and_words_mean(here: Registrar) -> None:
    words, wrong = translation(OWN)
    content = written(
        [
            ["Lp.", "Nr sprawy", "Miasto", "Kraj", "Rodzaj umowy", "Stan", "Uwagi własne"],
            ["1", "l-1", "Lipsk", "DE", "Umowa Bliźniacza", "Nieaktualna", "!"],
        ],
        ";",
    )

    outcome = here.take(content, words=words)

    assert wrong == []
    assert outcome.faults == ()
    case = here.case("l-1").case
    assert (case.form, case.state) == (Form.TWINNING, "terminated")
    assert here.said("l-1")["source"] == "rejestr wydziału"
    assert here.said("l-1")["acts"][0]["source"] == "rejestr wydziału"


def test_everything_wrong_with_a_map_is_told_at_once() -> None:
    words, wrong = translation(
        'ignore = "Lp."\nodd = 1\n[columns]\ncase_kei = "Nr"\nkind = 7\n[kinds]\numowa = "twim"\n'
    )

    assert words is PLAIN
    assert [(fault.id, fault.column, fault.value) for fault in wrong] == [
        ("map_no_list", "ignore", ""),
        ("map_unknown", "", "odd"),
        ("map_unknown", "columns", "case_kei"),
        ("map_no_text", "columns", "kind"),
        ("map_unknown", "kinds", "twim"),
    ]
    assert wrong[2].facts["near"] == ["case_key"]


def test_a_map_that_is_no_toml_is_told_with_its_line() -> None:
    _, (fault,) = translation("[columns\n")

    assert fault.id == "map_not_toml"
    assert "line 1" in fault.value


def test_the_map_is_kept_with_the_import(here: Registrar) -> None:
    words, _ = translation("ignore = []\n")

    here.take(csv_of(row("a")), words=words)

    batches = here.office.dump()["import_batch"]
    assert isinstance(batches, list)
    assert "ignore = []\n" in batches[0]


def test_a_value_under_no_heading_and_a_row_too_long_are_faults(here: Registrar) -> None:
    one = [row("a").get(column, "") for column in COLUMNS]
    content = written([[*COLUMNS, ""], [*one, "x"], [*one, "", "y"], [*one, "", ""]])

    found = [(fault.id, fault.row) for fault in here.take(content).faults]

    assert found == [("no_heading_above", 2), ("too_many_cells", 3)]


def test_a_map_without_entries_is_a_plain_one() -> None:
    words, wrong = translation("")

    assert wrong == []
    assert words.column("case_key") == "case_key"
