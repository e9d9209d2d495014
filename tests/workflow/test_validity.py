"""For how long a cooperation is in force, as far as its acts tell."""

from collections.abc import Mapping
from datetime import date

import pytest

from tests.builders import AnyTold, Told, case_of, road, told
from workflow.dates import PartialDate
from workflow.facts import Case
from workflow.inputs import Json, Term
from workflow.project import Validity, validity


def in_force(form: str = "partnership", /, **signed: str) -> tuple[AnyTold, ...]:
    """Tell the road of an agreement that was signed on 1 March 2026, for five years by default."""
    given = {"date": "2026-03-01", "term": "5 years", "prolongation": "none", **signed}
    return road(form, "in_force", sign=given)


def correction(event: int, changes: Mapping[str, Json], *, confirmed: bool = True) -> Told:
    """Tell a correction, which counts at once unless a manager has to confirm it."""
    words: Mapping[str, Json] = {"event": event, "changes": changes, "confirmed": confirmed}
    return Told("correct", "2026-11-02", words)


def days(case: Case) -> tuple[date | None, int | None, date | None]:
    """Give the last day in force, the months of prolongation and the last day to object."""
    valid = validity(case)
    assert valid is not None
    return valid.last, valid.prolongation, valid.objection


AUTOMATIC = {"prolongation": "automatic", "prolongation_months": "24", "objection_months": "6"}


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        ({"term": "5 years"}, (date(2031, 3, 1), None, None)),
        ({"term": "31.12.2030"}, (date(2030, 12, 31), None, None)),
        ({"term": "indefinite"}, (None, None, None)),
        ({"date": "2025-08-31", "term": "6 months"}, (date(2026, 2, 28), None, None)),
        (
            {"in_force_from": "2026-06-15", "term": "1 year"},
            (date(2027, 6, 15), None, None),
        ),
        ({"date": "2024", "term": "1 year"}, (date(2025, 12, 31), None, None)),
        ({"in_force_from": "2024/..", "term": "1 year"}, (None, None, None)),
        (AUTOMATIC, (date(2031, 3, 1), 24, date(2030, 9, 1))),
        (
            {"prolongation": "automatic", "objection_months": "3"},
            (date(2031, 3, 1), None, date(2030, 12, 1)),
        ),
        (
            {"prolongation": "by_consent", "prolongation_months": "24"},
            (date(2031, 3, 1), None, None),
        ),
        (
            {**AUTOMATIC, "term": "indefinite"},
            (None, 24, None),
        ),
        (
            {"in_force_from": "9999-01-01", "term": "100 years", **AUTOMATIC},
            (date(9999, 12, 1), 24, date(9999, 6, 1)),
        ),
    ],
)
def test_an_agreement_is_in_force_as_long_as_it_says(
    signed: dict[str, str], expected: tuple[date | None, int | None, date | None]
) -> None:
    assert days(case_of(*in_force(**signed))) == expected


def test_a_term_that_was_proposed_and_adopted_is_the_term_signed() -> None:
    signed = {"date": "2026-03-01", "prolongation": "none"}

    case = case_of(*road("partnership", "in_force", propose={"term": "2 years"}, sign=signed))

    assert days(case) == (date(2028, 3, 1), None, None)


def test_without_any_term_no_end_is_known() -> None:
    signed = {"date": "2026-03-01", "prolongation": "none"}

    assert days(case_of(*road("partnership", "in_force", sign=signed))) == (None, None, None)


@pytest.mark.parametrize(
    ("form", "step", "start"),
    [
        ("association", "admit", "2026-03-09"),
        ("honorary_title", "confer", "2026-02-09"),
        ("eu_programme", "decide", "2026-01-26"),
        ("programme", "sign", "2026-01-26"),
    ],
)
def test_each_form_is_in_force_from_the_step_that_made_it_so(
    form: str, step: str, start: str
) -> None:
    case = case_of(*road(form, "in_force"))

    assert case.acts[-1].step == step
    assert validity(case) == Validity(PartialDate.parse(start), None)


def test_history_that_happened_elsewhere_tells_its_own_term() -> None:
    signed = {"form": "twinning", "state": "in_force", "date": "1995-04", "term": "10 years"}
    entered = Told("enter", "1995-04", signed)

    assert validity(case_of(entered)) == Validity(PartialDate.parse("1995-04"), date(2005, 4, 30))


def test_what_never_came_into_force_has_no_validity() -> None:
    assert validity(case_of(*road("partnership", "resolved"))) is None


def test_a_proposal_after_the_annulment_leaves_the_old_signature_behind() -> None:
    again = told("propose", "2026-06-01", form="partnership")

    case = case_of(*in_force(), told("annul", "2026-05-01"), again)

    assert validity(case) is None


NOTICE = {"delivered_on": "2026-08-31", "notice_months": "6"}
THEIRS = {"received_on": "2026-08-31", "notice_months": "6"}


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (
            [told("renew", "2031-01-01", term="3 years")],
            (date(2034, 1, 1), 24, date(2033, 7, 1)),
        ),
        (
            [told("renew", "2031-01-01", term="indefinite")],
            (None, 24, None),
        ),
        (
            [told("change", "2026-06-01", term="31.12.2028")],
            (date(2028, 12, 31), 24, date(2028, 6, 30)),
        ),
        ([told("change", "2026-06-01")], (date(2031, 3, 1), 24, date(2030, 9, 1))),
        ([told("prolong", "2031-03-02")], (date(2033, 3, 1), 24, date(2032, 9, 1))),
        (
            [told("prolong", "2031-03-02"), told("prolong", "2033-03-02")],
            (date(2035, 3, 1), 24, date(2034, 9, 1)),
        ),
        ([told("give_notice", "2026-08-31", **NOTICE)], (date(2027, 2, 28), None, None)),
        ([told("receive_notice", "2026-08-31", **THEIRS)], (date(2027, 2, 28), None, None)),
        (
            [told("receive_notice", "2026-08-31", received_on="2026-08", notice_months="6")],
            (date(2031, 3, 1), 24, date(2030, 9, 1)),
        ),
        (
            [
                told("receive_notice", "2026-08-31", **THEIRS),
                told("withdraw_notice", "2026-10-01"),
            ],
            (date(2031, 3, 1), 24, date(2030, 9, 1)),
        ),
        (
            [
                told("give_notice", "2026-08-31", **NOTICE),
                told("restore", "2026-10-01", about="KRK-2026-0099"),
            ],
            (date(2031, 3, 1), 24, date(2030, 9, 1)),
        ),
        (
            [told("receive_notice", "2030-12-31", received_on="2030-12-31", notice_months="6")],
            (date(2031, 3, 1), None, None),
        ),
        (
            [told("receive_notice", "2026-08-31", notice_kind="non_prolongation", **THEIRS)],
            (date(2031, 3, 1), None, None),
        ),
        ([told("review", "2026-08-31")], (date(2031, 3, 1), 24, date(2030, 9, 1))),
    ],
)
def test_what_happens_later_moves_the_end(
    later: list[AnyTold], expected: tuple[date | None, int | None, date | None]
) -> None:
    assert days(case_of(*in_force(**AUTOMATIC), *later)) == expected


def test_an_objection_to_what_has_no_term_is_counted_in_its_months() -> None:
    objection = told("receive_notice", "2026-08-31", notice_kind="non_prolongation", **THEIRS)

    case = case_of(*in_force(term="indefinite"), objection)

    assert days(case) == (date(2027, 2, 28), None, None)


def test_a_prolongation_of_what_has_no_end_gives_it_none() -> None:
    case = case_of(*in_force(**{**AUTOMATIC, "term": "indefinite"}), told("prolong", "2031-01-01"))

    assert days(case) == (None, 24, None)


def test_a_corrected_term_is_the_term() -> None:
    corrected = correction(6, {"term": {"months": 12, "until": None}})

    case = case_of(*in_force(), corrected)

    assert case.acts[5].inputs["term"] == Term(months=12)
    assert days(case) == (date(2027, 3, 1), None, None)
