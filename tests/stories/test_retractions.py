"""Retractions: the last step is taken back by a manager, and the record of it stays."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from tests.ordinary import MANAGER, OFFICER
from tests.stories.background import Story, Town, bordeaux_in_force, decided
from workflow import amend
from workflow.amend import Amended
from workflow.errors import AmendmentRefused, InputFaults, NotAllowed

REASON = "zapisano nie w tej sprawie"


def retracted(case: Story) -> Amended:
    """Take the last step back."""
    town = case.office
    return town.do(amend.retract, case.reference, REASON, town.actor(MANAGER))


def not_retracted(case: Story) -> AmendmentRefused:
    """Expect that it is not taken back."""
    town = case.office
    with town.refusing(AmendmentRefused) as (unit, caught):
        amend.retract(unit, case.reference, REASON, town.actor(MANAGER))
    return caught.value


# --- what it says and does ---


def test_a_retraction_names_the_last_step_and_returns_to_where_the_case_stood(
    town: Town,
) -> None:
    bordeaux = bordeaux_in_force(town)
    before = len(bordeaux.events)

    done = retracted(bordeaux)

    event = bordeaux.events[-1]
    assert (event.step, event.source, event.target) == ("retract", "in_force", "resolved")
    assert json.loads(event.body)["inputs"] == {"event": before, "step": "sign", "reason": REASON}
    assert (done.state, bordeaux.state) == ("resolved", "resolved")
    assert (event.actor, event.role) == (MANAGER, "manager")
    assert bordeaux.events[before - 1].step == "sign"
    assert bordeaux.now.case.last("sign") is None


def test_what_was_retracted_may_be_done_again_and_rightly(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    retracted(bordeaux)

    bordeaux.at("2026-02-09").take("sign", term="2 years")

    assert (bordeaux.state, bordeaux.now.ends_on) == ("in_force", date(2028, 2, 9))


def test_steps_are_taken_back_one_by_one_to_the_opening_and_not_beyond(town: Town) -> None:
    town.works_with("bordeaux", "1992")
    bordeaux = town.opens("bordeaux", "2026-01-12").propose("twinning").take("endorse", "note")

    states = [retracted(bordeaux).state for _ in range(3)]

    assert states == ["endorsed", "proposed", "informal"]
    assert not_retracted(bordeaux).facts["why"] == "nothing"
    assert (bordeaux.state, bordeaux.form) == ("informal", "informal")


def test_a_decision_is_not_taken_back_to_before_it_was_raised(town: Town) -> None:
    decision = town.raises(bordeaux_in_force(town), "end", "2026-03-02")

    assert not_retracted(decision).facts["why"] == "nothing"


def test_only_a_manager_retracts_and_says_why(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)

    with town.refusing(NotAllowed) as (unit, caught):
        amend.retract(unit, bordeaux.reference, REASON, town.actor(OFFICER))
    with town.refusing(InputFaults) as (unit, _):
        amend.retract(unit, bordeaux.reference, " ", town.actor(MANAGER))

    assert caught.value.facts["who"] == (MANAGER,)


# --- the days are restored ---


def test_the_days_are_as_the_step_before_left_them(town: Town) -> None:
    bordeaux = town.opens("bordeaux", "2026-01-12")
    town.works_with("bordeaux", "1992")
    bordeaux.propose("partnership").take("endorse")

    retracted(bordeaux)

    assert bordeaux.now.due_on == date(2026, 1, 26)
    bordeaux.come_to("in_force").at("2026-03-16").take("receive_notice")
    assert bordeaux.now.ends_on == date(2026, 9, 16)
    retracted(bordeaux)
    assert (bordeaux.state, bordeaux.now.ends_on) == ("in_force", date(2031, 1, 12))


def test_an_end_recorded_too_early_is_taken_back_with_its_last_day(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    bordeaux.at("2026-03-16").take("receive_notice")
    town.tick("2026-09-17")
    assert bordeaux.state == "terminated"

    retracted(bordeaux)

    assert (bordeaux.state, bordeaux.now.ends_on) == ("in_notice", date(2026, 9, 16))
    assert list(town.tick("2026-09-18")) == [bordeaux.reference]


def test_a_prolongation_is_taken_back_alone(town: Town) -> None:
    town.works_with("gothenburg", "1988")
    gothenburg = town.opens("gothenburg", "2016-01-11").propose("partnership").come_to("resolved")
    gothenburg.advance("sign", term="2 years", prolongation="automatic", prolongation_months="24")
    town.tick("2020-06-01")
    assert gothenburg.now.ends_on == date(2022, 1, 11)

    retracted(gothenburg)

    assert gothenburg.now.ends_on == date(2020, 1, 11)


def test_a_term_corrected_meanwhile_is_not_forgotten(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    bordeaux.at("2026-03-16").take("receive_notice")
    signed = next(event.sequence for event in bordeaux.events if event.step == "sign")
    told = (bordeaux.reference, signed, {"term": "2 years"}, "omyłka")
    asked = town.do(amend.correct, *told, town.actor(OFFICER))
    town.do(amend.confirm, bordeaux.reference, asked.sequence, town.actor(MANAGER))

    retracted(bordeaux)

    assert (bordeaux.state, bordeaux.now.ends_on) == ("in_force", date(2028, 1, 12))


# --- what rests on it ---


def agreement_under_it(town: Town, bordeaux: Story) -> Story:
    """Propose a sectoral agreement under a partnership."""
    return town.opens("bordeaux", "2026-02-02").propose("sectoral", under=bordeaux.reference)


def decision_about_it(town: Town, bordeaux: Story) -> Story:
    """Raise a decision about it."""
    return town.raises(bordeaux, "change", "2026-02-02")


def programme_under_it(town: Town, bordeaux: Story) -> Story:
    """Sign a programme under it."""
    programme = town.opens("bordeaux", "2026-02-02")
    return programme.propose("programme", under=bordeaux.reference).come_to("in_force")


@pytest.mark.parametrize("later", [agreement_under_it, decision_about_it, programme_under_it])
def test_what_a_later_case_rests_on_is_not_taken_back_before_that_case_is_closed(
    town: Town, later: Callable[[Town, Story], Story]
) -> None:
    bordeaux = bordeaux_in_force(town)
    resting = later(town, bordeaux)

    refusal = not_retracted(bordeaux)
    if resting.state == "in_force":
        resting.take("terminate")
    else:
        resting.take("close")

    assert (refusal.facts["why"], refusal.facts["others"]) == ("rested_on", [resting.reference])
    assert retracted(bordeaux).state == "resolved"


def test_what_began_before_does_not_rest_on_it(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    programme_under_it(town, bordeaux)
    decided(town, bordeaux, "suspend")
    bordeaux.at("2026-04-01").take("suspend")

    assert retracted(bordeaux).state == "in_force"


def test_the_end_of_a_twin_is_not_taken_back_once_another_has_taken_its_place(town: Town) -> None:
    for slug in ("nuremberg", "leipzig"):
        town.works_with(slug, "1990")
    nuremberg = town.opens("nuremberg", "2026-01-12").propose("twinning").come_to("in_force")
    nuremberg.at("2026-02-02").take("cease")
    leipzig = town.opens("leipzig", "2026-03-02").propose("twinning")

    refusal = not_retracted(nuremberg)
    leipzig.take("close")

    assert (refusal.facts["why"], refusal.facts["others"]) == ("rested_on", [leipzig.reference])
    assert retracted(nuremberg).state == "in_force"


def test_the_close_of_a_proposal_is_not_taken_back_once_it_was_made_again(town: Town) -> None:
    town.works_with("bordeaux", "1992")
    first = town.opens("bordeaux", "2026-01-12").propose("partnership").take("close")
    second = town.opens("bordeaux", "2026-02-02").propose("partnership")

    refusal = not_retracted(first)

    assert refusal.facts["others"] == [second.reference]


# --- the decision that was carried out with it ---


@pytest.mark.parametrize(
    ("purpose", "step"), [("suspend", "suspend"), ("end", "terminate"), ("change", "change")]
)
def test_a_step_taken_back_takes_back_what_carried_its_decision_out(
    town: Town, purpose: str, step: str
) -> None:
    bordeaux = bordeaux_in_force(town)
    decision = decided(town, bordeaux, purpose)
    bordeaux.at("2026-04-01").take(step)

    retracted(bordeaux)

    assert (bordeaux.state, decision.state) == ("in_force", "resolved")
    undone = json.loads(decision.events[-1].body)["inputs"]
    assert (decision.events[-1].step, undone["step"]) == ("retract", "carry_out")
    assert bordeaux.advance(step).carried_out == decision.reference


def test_a_decision_presented_after_it_was_carried_out_is_taken_back_with_the_step(
    town: Town,
) -> None:
    bordeaux = bordeaux_in_force(town)
    decision = decided(town, bordeaux, "suspend")
    bordeaux.at("2026-04-01").take("suspend")
    decision.take("present", "note")

    retracted(bordeaux)

    assert decision.state == "resolved"
    assert decision.now.case.last("present") is not None


def test_a_decision_alone_is_not_taken_back_while_its_step_stands(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    decision = decided(town, bordeaux, "suspend")
    bordeaux.at("2026-04-01").take("suspend")

    refusal = not_retracted(decision)

    assert (refusal.facts["why"], refusal.facts["others"]) == ("rested_on", [bordeaux.reference])
    assert (bordeaux.state, decision.state) == ("suspended", "carried_out")
