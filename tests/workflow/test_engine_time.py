"""The days and links that a step leaves behind."""

from datetime import date

import pytest

from models.vocabulary import Link
from tests.office import Office
from workflow.errors import (
    NotFound,
)

# --- clocks ---


@pytest.mark.parametrize(
    ("state", "words", "due_on"),
    [
        ("proposed", {}, date(2026, 3, 16)),
        ("endorsed", {}, None),
        ("before_council", {}, date(2026, 5, 31)),
        ("resolved", {}, date(2026, 3, 9)),
        ("before_voivode", {}, date(2026, 4, 1)),
        ("before_minister", {}, date(2026, 5, 2)),
        ("consented", {}, None),
        ("in_force", {}, None),
    ],
)
def test_each_state_has_its_clock(
    here: Office, state: str, words: dict[str, str], due_on: date | None
) -> None:
    case = here.open("eurocities").propose("association", **words).come_to(state)

    assert case.now.due_on == due_on


@pytest.mark.parametrize(
    ("delivered", "due_on"),
    [
        ("2026-03-05", date(2026, 3, 19)),
        ("2026-03-07", date(2026, 3, 23)),
        ("2026-03", date(2026, 4, 14)),
        ("2026/..", None),
        (None, date(2026, 3, 16)),
    ],
)
def test_the_time_to_ask_again_runs_from_delivery_and_ends_on_a_working_day(
    here: Office, delivered: str | None, due_on: date | None
) -> None:
    case = here.open("eurocities").propose("association").come_to("before_minister")

    taken = case.advance("refuse", delivered_on=delivered)

    assert taken.due_on == due_on
    assert case.now.due_on == due_on


def test_what_leaves_the_case_where_it_is_leaves_its_clock_running(office: Office) -> None:
    case = office.open("leipzig").propose("twinning")

    case.advance("note", date="2026-11-20")

    assert case.now.due_on == date(2026, 3, 16)
    assert case.events[-1].due_on == date(2026, 3, 16)


def test_the_last_day_in_force_follows_what_happens(office: Office) -> None:
    case = office.open("leipzig").propose("partnership").come_to("resolved")
    days: list[date | None] = [case.now.ends_on]

    for step, words in (
        ("sign", {"term": "5 years"}),
        ("note", {}),
        ("receive_notice", {"received_on": "2026-08-31"}),
        ("withdraw_notice", {}),
        ("cease", {}),
    ):
        case.take(step, **{"date": "2026-09-01", **words})
        days.append(case.now.ends_on)

    five_years = date(2031, 9, 1)
    assert days == [None, five_years, five_years, date(2027, 2, 28), five_years, None]


def test_a_slip_of_the_pen_in_a_period_is_recorded_and_stops_nothing(here: Office) -> None:
    case = here.open("leipzig").propose("partnership", date="2020/9999").come_to("resolved")

    case.take("sign", in_force_from="9999-12-31", term="100 years")
    case.advance("receive_notice", notice_months="999999999")

    assert case.now.ends_on == date(9999, 12, 2)


# --- links ---


def test_a_case_says_which_it_continues_and_which_it_is_under(office: Office) -> None:
    old = office.open("leipzig").propose("partnership").come_to("in_force")
    new = office.open("leipzig").propose("partnership", continues=old.reference)
    programme = office.open("leipzig").propose("programme", under=old.reference)

    assert new.links == [(Link.CONTINUES, old.reference)]
    assert programme.links == [(Link.UNDER, old.reference)]


def test_a_case_that_was_replaced_says_by_which(office: Office) -> None:
    old = office.open("leipzig").propose("partnership").come_to("in_force")
    new = office.open("bordeaux").propose("partnership")

    old.advance("supersede", replaced_by=new.reference.lower())

    assert old.links == [(Link.REPLACED_BY, new.reference)]


def test_a_link_to_a_case_that_is_not_there_is_refused_with_the_whole_step(office: Office) -> None:
    case = office.open("leipzig")

    refusal = case.fails(NotFound, "propose", form="partnership", continues="KRK-1992-0001")

    assert refusal.facts == {"kind": "case", "name": "KRK-1992-0001", "near": ["KRK-2026-0001"]}
