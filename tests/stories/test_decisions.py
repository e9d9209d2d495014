"""What the Council decides about a cooperation in force: a case of its own, carried out once."""

from collections.abc import Iterator
from datetime import date

import pytest

from models.vocabulary import Form, Link
from tests.ordinary import MANAGER, OFFICER
from tests.stories.background import Story, Town, bordeaux_in_force, decided
from workflow import amend, engine
from workflow.engine import Taken
from workflow.errors import InputFaults, StepNotOpen

# --- each purpose allows its step ---

CARRIED_OUT = (
    ("suspend", "suspend", "suspended"),
    ("end", "give_notice", "in_notice"),
    ("end", "terminate", "terminated"),
    ("change", "change", "in_force"),
    ("renew", "renew", "in_force"),
)


@pytest.mark.parametrize(("purpose", "step", "state"), CARRIED_OUT)
def test_a_decision_is_carried_out_by_the_step_it_allows(
    town: Town, purpose: str, step: str, state: str
) -> None:
    bordeaux = bordeaux_in_force(town).take("review")
    decision = decided(town, bordeaux, purpose, "2026-03-02")

    taken = bordeaux.at("2026-04-01").advance(step)

    assert (taken.state, taken.carried_out) == (state, decision.reference)
    assert (decision.state, decision.form) == ("carried_out", Form.DECISION)
    carried, done = decision.events[-1], bordeaux.events[-1]
    assert (carried.step, carried.effective_on) == ("carry_out", done.effective_on)
    assert (carried.actor, carried.role) == (done.actor, done.role)
    assert decision.links == [(Link.ABOUT, bordeaux.reference)]


def suspended_and_fallen(town: Town, case: Story) -> Iterator[Taken]:
    """Suspend a case in a unit of work that then comes to nothing."""
    words, officer = case.words("suspend", {}), town.actor(OFFICER)
    with town.writing() as unit:
        yield engine.advance(unit, case.reference, "suspend", words, officer)
        raise LookupError


def test_the_step_and_the_decision_behind_it_are_written_together_or_not_at_all(
    either_town: Town,
) -> None:
    bordeaux = bordeaux_in_force(either_town)
    decision = decided(either_town, bordeaux, "suspend", "2026-03-02")
    before = either_town.dump()
    done = suspended_and_fallen(either_town, bordeaux)

    taken = next(done)
    with pytest.raises(LookupError):
        next(done)

    assert taken.carried_out == decision.reference
    assert either_town.dump() == before
    assert bordeaux.advance("suspend").carried_out == decision.reference
    assert (bordeaux.state, decision.state) == ("suspended", "carried_out")


def test_what_was_suspended_is_resumed_by_another_decision(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    decided(town, bordeaux, "suspend", "2026-03-02")
    bordeaux.take("suspend")
    assert str(bordeaux.now.ends_on) == "2031-01-12"

    refusal = bordeaux.at("2026-06-01").refused("resume")
    decided(town, bordeaux, "resume", "2026-06-10")
    taken = bordeaux.advance("resume")

    assert refusal.finding("decided").facts == {"purpose": "resume"}
    assert taken.state == "in_force"


def test_what_is_suspended_may_be_ended_from_there(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    for purpose, step, state in (
        ("suspend", "suspend", "suspended"),
        ("end", "give_notice", "in_notice"),
    ):
        decided(town, bordeaux, purpose, "2026-03-02")
        assert bordeaux.advance(step).state == state


def test_a_change_may_bring_a_new_term(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    decided(town, bordeaux, "change", "2026-03-02")

    bordeaux.at("2026-04-01").take("change", term="2028-12-31")

    assert bordeaux.now.ends_on == date(2028, 12, 31)


# --- and nothing else ---


@pytest.mark.parametrize(
    ("purpose", "step"),
    [
        ("suspend", "terminate"),
        ("suspend", "give_notice"),
        ("end", "suspend"),
        ("change", "renew"),
        ("renew", "change"),
        ("resume", "suspend"),
    ],
)
def test_a_decision_of_another_purpose_allows_nothing(town: Town, purpose: str, step: str) -> None:
    bordeaux = bordeaux_in_force(town).take("review")
    other = decided(town, bordeaux, purpose, "2026-03-02")

    refusal = bordeaux.refused(step)

    assert refusal.broken == ["decided"]
    assert other.state == "resolved"


def test_a_decision_is_used_once(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    decided(town, bordeaux, "change", "2026-03-02")
    bordeaux.take("change")

    refusal = bordeaux.refused("change")
    decided(town, bordeaux, "change", "2026-05-04")

    assert refusal.broken == ["decided"]
    assert bordeaux.advance("change").state == "in_force"


def test_of_two_decisions_of_one_purpose_the_older_is_carried_out_first(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    first = decided(town, bordeaux, "change", "2026-03-02")
    second = decided(town, bordeaux, "change", "2026-03-02")

    used = [bordeaux.advance("change").carried_out for _ in range(2)]

    assert used == [first.reference, second.reference]


def test_a_decision_about_another_cooperation_allows_nothing_here(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    town.works_with("edinburgh", "1993")
    edinburgh = town.opens("edinburgh", "2026-01-12").propose("partnership").come_to("in_force")
    decided(town, edinburgh, "end", "2026-03-02")

    assert bordeaux.refused("terminate").broken == ["decided"]


@pytest.mark.parametrize("state", ["proposed", "endorsed", "before_council"])
def test_a_decision_on_its_way_allows_nothing_yet(town: Town, state: str) -> None:
    bordeaux = bordeaux_in_force(town)
    town.raises(bordeaux, "end", "2026-03-02").come_to(state)

    assert bordeaux.refused("terminate").broken == ["decided"]


@pytest.mark.parametrize(
    ("road", "state"),
    [
        (["vote_down"], "rejected"),
        (["withdraw_draft"], "negotiation"),
        (["adopt", "annul"], "annulled"),
    ],
)
def test_a_decision_that_came_to_nothing_allows_nothing(
    town: Town, road: list[str], state: str
) -> None:
    bordeaux = bordeaux_in_force(town)
    decision = town.raises(bordeaux, "suspend", "2026-03-02").come_to("before_council").take(*road)

    assert decision.state == state
    assert bordeaux.refused("suspend").broken == ["decided"]
    decision.at("2026-05-04").take("propose").come_to("resolved")
    assert bordeaux.advance("suspend").carried_out == decision.reference


def test_a_step_is_not_dated_before_the_decision_behind_it(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    decision = decided(town, bordeaux, "suspend", "2026-03-02")

    refusal = bordeaux.refused("suspend", date="2026-03-01")

    assert refusal.finding("decided").facts == {
        "decision": decision.reference, "decided": "2026-03-02",
    }  # fmt: skip


def test_a_corrected_day_of_the_resolution_is_the_day_that_counts(town: Town) -> None:
    bordeaux = bordeaux_in_force(town)
    decision = decided(town, bordeaux, "suspend", "2026-03-16")
    adopted = next(event.sequence for event in decision.events if event.step == "adopt")

    before = bordeaux.refused("suspend", date="2026-03-12")
    told = (decision.reference, adopted, {"date": "2026-03-11"}, "omyłka w dacie")
    asked = town.do(amend.correct, *told, town.actor(OFFICER))
    town.do(amend.confirm, decision.reference, asked.sequence, town.actor(MANAGER))

    assert before.finding("decided").facts["decided"] == "2026-03-16"
    assert bordeaux.advance("suspend", date="2026-03-12").carried_out == decision.reference


# --- which decisions go to the Minister ---


@pytest.mark.parametrize("purpose", ["suspend", "end"])
def test_only_a_decision_to_continue_a_membership_goes_to_the_minister(
    town: Town, purpose: str
) -> None:
    eurocities = town.opens("eurocities", "2026-01-12").propose("association").come_to("in_force")
    decision = decided(town, eurocities, purpose, "2026-03-02")

    refusal = decision.refused("send_to_voivode")

    assert refusal.broken == ["right_purpose"]
    assert refusal.finding("right_purpose").facts == {"purpose": purpose}


def test_a_decision_to_end_needs_a_simple_majority_unless_the_office_set_another(
    town: Town,
) -> None:
    eurocities = town.opens("eurocities", "2026-01-12").propose("association").come_to("in_force")
    first = town.raises(eurocities, "end", "2026-03-02").come_to("before_council")
    town.setting("withdrawal_majority", "absolute", date(2026, 5, 1))
    second = town.raises(eurocities, "end", "2026-05-04").come_to("before_council")

    refusal = second.refused("adopt", votes="20/2/0", present="25")

    assert (
        first.advance("adopt", date="2026-04-30", votes="20/2/0", present="25").state == "resolved"
    )
    assert refusal.broken == ["absolute_majority"]


# --- what cannot be decided about ---


@pytest.mark.parametrize(
    ("slug", "form", "purpose", "left"),
    [
        ("bordeaux", "partnership", "continue_membership", 5),
        ("kyoto", "honorary_title", "renew", 3),
        ("kyoto", "honorary_title", "change", 3),
        ("eurocities", "association", "change", 4),
        ("eurocities", "association", "renew", 4),
    ],
)
def test_the_council_is_asked_nothing_that_no_step_could_carry_out(
    town: Town, slug: str, form: str, purpose: str, left: int
) -> None:
    town.works_with(slug, "1992")
    case = town.opens(slug, "2026-01-12").propose(form).come_to("in_force")
    before = town.dump()

    with pytest.raises(InputFaults) as caught:
        town.raises(case, purpose, "2026-03-02")

    (fault,) = caught.value.faults
    choices = fault["choices"]
    assert (fault["name"], fault["fault"]) == ("purpose", "not_a_choice")
    assert isinstance(choices, tuple)
    assert purpose not in choices
    assert len(choices) == left
    assert town.dump() == before


@pytest.mark.parametrize("state", ["proposed", "resolved", "annulled"])
def test_nothing_is_raised_about_what_is_not_in_force(town: Town, state: str) -> None:
    town.works_with("bordeaux", "1992")
    bordeaux = town.opens("bordeaux", "2026-01-12").propose("partnership")
    if state == "annulled":
        bordeaux.come_to("resolved").take("annul")
    else:
        bordeaux.come_to(state)

    with pytest.raises(StepNotOpen):
        town.raises(bordeaux, "end", "2026-03-02")


def test_a_decision_may_be_returned_withdrawn_and_raised_again_with_its_purpose_kept(
    town: Town,
) -> None:
    bordeaux = bordeaux_in_force(town)
    decision = town.raises(bordeaux, "suspend", "2026-03-02")

    decision.take("return").at("2026-03-09").take("propose").come_to("resolved")
    taken = bordeaux.advance("suspend")

    assert taken.carried_out == decision.reference
