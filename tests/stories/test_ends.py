"""How a cooperation ends: notice by the City or by the partner, and what may still undo it.

St Petersburg: resolved on 2 March 2022, notice delivered on 16 March, in force to 16 September.
"""

from datetime import date

import pytest

from register import listing
from tests.stories.background import Story, Town
from workflow.errors import StepNotOpen

MAJCHROWSKI = {"signatory": "Jacek Majchrowski", "office": "mayor"}


def saint_petersburg(town: Town) -> Story:
    """Enter the partnership of 2006, which has no term."""
    return town.registered(
        "KRK-2006-0001", "saint-petersburg", "partnership", "in_force",
        date="2006", term={"months": None, "until": None}, notice_months=6,
    )  # fmt: skip


def ended_by_the_council(town: Town, case: Story) -> Story:
    """Let the Council resolve unanimously on 2 March 2022 to end it."""
    decision = town.raises(case, "end", "2022-02-28", justification="agresja na Ukrainę")
    decision.take("endorse").at("2022-03-01").take("submit_to_council")
    decision.at("2022-03-02").advance("adopt", votes="43/0/0", present="43")
    return decision


def test_saint_petersburg_is_given_notice_and_stays_in_force_to_its_last_day(
    either_town: Town,
) -> None:
    case = saint_petersburg(either_town)
    early = case.at("2022-02-28").refused("give_notice", **MAJCHROWSKI)
    decision = ended_by_the_council(either_town, case)

    given = case.at("2022-03-16").advance(
        "give_notice", date="2022-03-07", delivered_on="2022-03-16", **MAJCHROWSKI
    )
    assert (given.state, given.carried_out) == ("in_notice", decision.reference)
    assert case.now.ends_on == date(2022, 9, 16)

    on_the_last_day = case.at("2022-09-16").refused("end")
    assert either_town.tick("2022-09-16") == {}
    with either_town.reading() as unit:
        assert [one.state for one in listing.cases(unit, listing.Wanted(form="partnership"))] == [
            "in_notice"
        ]
    ticked = either_town.tick("2022-09-17")

    assert early.finding("decided").facts == {"purpose": "end"}
    assert on_the_last_day.finding("notice_kept").facts == {"last": "2022-09-16"}
    assert [step.step for step in ticked[case.reference].taken] == ["end"]
    assert (case.state, case.events[-1].effective_on) == ("terminated", "2022-09-17")


def test_a_resolution_alone_ends_nothing(town: Town) -> None:
    case = saint_petersburg(town)

    ended_by_the_council(town, case)

    assert (case.state, case.now.ends_on) == ("in_force", None)
    assert town.tick("2022-12-31") == {}


def test_no_notice_is_dated_before_the_resolution_behind_it(town: Town) -> None:
    case = saint_petersburg(town)
    decision = ended_by_the_council(town, case)

    refusal = case.refused("give_notice", date="2022-03-01", **MAJCHROWSKI)

    assert refusal.finding("decided").facts == {
        "decision": decision.reference, "decided": "2022-03-02",
    }  # fmt: skip


def test_the_programme_with_moscow_is_over_and_nothing_is_left_to_end(town: Town) -> None:
    moscow = town.registered("KRK-2010-0001", "moscow", "programme", "expired", date="2013-12-31")

    assert moscow.at("2022-03-02").fails(StepNotOpen, "terminate").facts["state"] == "expired"


@pytest.mark.parametrize(
    ("received", "months", "last"),
    [
        ("2026-03-16", "6", date(2026, 9, 16)),
        ("2026-08-31", "6", date(2027, 2, 28)),
        ("2026-11-30", "3", date(2027, 2, 28)),
        ("2026-03-16", "0", date(2026, 3, 16)),
    ],
)
def test_the_partners_own_notice_needs_nobodys_decision(
    town: Town, received: str, months: str, last: date
) -> None:
    town.works_with("pecs", "1987")
    pecs = town.opens("pecs", "2026-01-12").propose("partnership").come_to("in_force")

    taken = pecs.at(received).advance("receive_notice", date="2026-03-02", notice_months=months)

    assert (taken.state, taken.carried_out) == ("in_notice", None)
    assert pecs.now.ends_on == last


def test_a_notice_whose_delivery_is_uncertain_ends_nothing_by_itself(town: Town) -> None:
    case = saint_petersburg(town)

    case.at("2022-06-01").take("receive_notice", received_on="2022-03")

    assert case.now.ends_on is None
    assert town.tick("2023-01-02") == {}
    assert case.refused("end").finding("notice_kept").needs == "last_day"


def test_both_sides_may_take_a_notice_back(town: Town) -> None:
    case = saint_petersburg(town)
    case.at("2022-03-16").take("receive_notice")

    case.at("2022-06-01").take("withdraw_notice", agreement="list z 30 maja")

    assert (case.state, case.now.ends_on) == ("in_force", None)


def test_a_notice_ends_before_the_term_and_never_prolongs_it(town: Town) -> None:
    town.works_with("pecs", "1987")
    pecs = town.opens("pecs", "2026-01-12").propose("partnership").come_to("resolved")
    pecs.advance("sign", term="2026-06-30")

    pecs.at("2026-05-04").take("receive_notice", notice_months="6")

    assert pecs.now.ends_on == date(2026, 6, 30)


def test_what_the_mayor_entered_alone_he_ends_alone(town: Town) -> None:
    programme = town.opens("green-cities", "2026-02-02").propose("eu_programme")
    programme.come_to("in_force").at("2026-06-01")

    given = programme.advance("give_notice", ordinance="1201/2026", notice_months="1")

    assert (given.state, given.carried_out) == ("in_notice", None)
    assert programme.now.ends_on == date(2026, 7, 1)


def test_an_agreement_ceases_with_the_city_that_signed_it(town: Town) -> None:
    case = saint_petersburg(town)

    assert case.at("2026-06-01").advance("cease", cause="merged").state == "terminated"
