"""The register in figures: cases begun here beside those that were entered."""

import pytest

from register import report
from register.report import Report, decade
from tests.importing import Registrar, row
from tests.office import CaseFile, Office
from tests.ordinary import MANAGER, OFFICER
from workflow import amend
from workflow.dates import PartialDate


def counted(office: Office) -> Report:
    """Count the register."""
    with office.reading() as unit:
        return report.report(unit)


def agreement(registrar: Registrar, state: str = "in_force", **words: str) -> CaseFile:
    """Let the office conclude an agreement of its own with Lyon."""
    office = registrar.office
    with office.writing() as unit:
        office.add_partner(unit, "lyon", "city", "FR")
    return office.open("lyon").propose("partnership", **words).come_to(state)


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("1991-12-09", "1990"),
        ("1990", "1990"),
        ("1994/1995", "1990"),
        ("1989/1990", "unknown"),
        ("../2007", "unknown"),
        ("1976/..", "unknown"),
        ("XXXX", "unknown"),
    ],
)
def test_a_date_is_of_a_decade_only_if_it_lies_in_one(date: str, name: str) -> None:
    assert decade(PartialDate.parse(date)) == name


def test_an_empty_register_counts_nothing(here: Registrar) -> None:
    found = counted(here.office)

    assert (found.cooperations, found.partners) == (0, 0)
    assert found.as_data() == {
        "cooperations": 0, "partners": 0, "forms": {}, "states": {}, "countries": {},
        "decades": {}, "irregularities": [], "open_questions": {}, "batches": {},
        "set_aside": [],
    }  # fmt: skip


def test_what_began_here_is_counted_from_its_signature(here: Registrar) -> None:
    agreement(here)

    assert counted(here.office).decades == {"2020": 1}


def test_what_was_never_signed_has_no_decade(here: Registrar) -> None:
    agreement(here, "resolved")

    assert counted(here.office).decades == {"unknown": 1}


def test_a_signature_taken_back_is_no_beginning(here: Registrar) -> None:
    case = agreement(here)
    here.office.do(amend.retract, case.reference, "omyłka", here.office.actor(MANAGER))

    assert counted(here.office).decades == {"unknown": 1}


def test_a_decision_is_no_cooperation(here: Registrar) -> None:
    here.office.decision(agreement(here), "end")

    assert counted(here.office).forms == {"partnership": 1}


def test_a_cooperation_past_its_last_day_counts_as_lapsed(here: Registrar) -> None:
    here.took(row("x", date_signed="2001", term_or_renewal="5 years"))

    assert counted(here.office).states == {"lapsed": 1}


def test_entered_and_begun_cases_are_counted_together(registrar: Registrar) -> None:
    agreement(registrar)
    registrar.took(
        row("lyon", "twin", date_signed="1981"),
        row("x", "no agreement", "Nowhere", ""),
        row("y", "twin", "Lille", date_signed="1983", note="CONFLICT: X says 1984"),
    )

    found = counted(registrar.office)

    assert found.forms == {"twinning": 2, "informal": 1, "partnership": 1}
    assert found.countries == {"FR": 3, "unknown": 1}
    assert found.decades == {"1980": 2, "2020": 1, "unknown": 1}
    assert found.partners == 3


def test_a_date_settled_by_an_answer_moves_a_case_to_its_decade(here: Registrar) -> None:
    here.took(row("x", date_signed="1989", note="CONFLICT: X says 1990"))
    assert counted(here.office).decades == {"unknown": 1}

    here.answer(here.open_questions("x")["conflict.date"], "1989")

    assert counted(here.office).decades == {"1980": 1}


def test_a_correction_by_hand_leaves_the_irregularities_as_they_were(here: Registrar) -> None:
    here.took(row("x", date_signed="2006", term_or_renewal="indefinite"))
    reference = here.case("x").case.reference

    words = {"term": "5 years"}
    here.office.do(amend.correct, reference, 1, words, "z aktu", here.office.actor(OFFICER))

    found = counted(here.office).irregularities
    assert [(one.reference, one.rule, one.as_data()["variant"]) for one in found] == [
        (reference, "definite_term", "indefinite")
    ]
