"""Decisions about a cooperation in force, carried out with the step they allow."""

import contextlib

from models.vocabulary import Form, Link
from tests.office import CaseFile, Office, Refusal
from tests.ordinary import (
    DAY,
    OFFICER,
)
from workflow import engine
from workflow.errors import (
    InputFaults,
    NotFound,
    StepNotOpen,
    StepRefused,
)


def test_a_decision_is_raised_about_a_cooperation_in_force(
    office: Office, membership: CaseFile
) -> None:
    decision = office.decision(membership, "suspend")

    assert (decision.form, decision.state) == (Form.DECISION, "proposed")
    assert decision.now.case.title == f"suspend: {membership.reference}"
    assert decision.links == [(Link.ABOUT, membership.reference)]
    assert decision.now.partner.slug == "eurocities"
    assert decision.now.case.acts[0].inputs["about"] == membership.reference


def test_a_decision_is_about_the_case_it_is_raised_about_whatever_was_typed(
    office: Office, membership: CaseFile
) -> None:
    other = office.open("leipzig")

    words = {"purpose": "suspend", "date": DAY, "justification": "x", "about": other.reference}
    taken = office.do(engine.raise_decision, membership.reference, words, office.actor(OFFICER))

    decision = CaseFile(office, taken.reference)
    assert decision.now.case.acts[0].inputs["about"] == membership.reference
    assert decision.links == [(Link.ABOUT, membership.reference)]


def test_nothing_is_decided_about_what_is_not_in_force(office: Office) -> None:
    case = office.open("leipzig").propose("twinning")
    officer = office.actor(OFFICER)
    words = {"purpose": "end", "date": DAY, "justification": "koniec"}

    with office.refusing(StepNotOpen) as (unit, early):
        engine.raise_decision(unit, case.reference, words, officer)
    with office.refusing(NotFound) as (unit, _):
        engine.raise_decision(unit, "KRK-1999-0001", words, officer)

    assert early.value.facts["state"] == "proposed"


def test_the_council_is_asked_for_nothing_that_no_step_could_carry_out(office: Office) -> None:
    twin = office.open("leipzig").propose("twinning").come_to("in_force")
    words = {"purpose": "continue-membership", "date": DAY, "justification": "x", "objectives": "y"}

    with office.refusing(InputFaults) as (unit, caught):
        engine.raise_decision(unit, twin.reference, words, office.actor(OFFICER))

    (only,) = caught.value.faults
    assert (only["name"], only["fault"]) == ("purpose", "not_a_choice")
    assert only["choices"] == ("change", "renew", "suspend", "resume", "end")


def test_a_decision_that_is_refused_leaves_no_number_behind(
    office: Office, membership: CaseFile
) -> None:
    words = {"purpose": "resume", "date": DAY, "justification": "nowe cele"}

    with office.refusing(StepRefused) as (unit, caught):
        engine.raise_decision(unit, membership.reference, words, office.actor(OFFICER))

    assert Refusal(caught.value).broken == ["justified"]
    assert office.decision(membership, "resume").reference == "KRK-2026-0002"


def test_what_happens_to_a_membership_carries_its_decision_out(
    office: Office, membership: CaseFile
) -> None:
    assert membership.refused("suspend").finding("decided").variant == "none"
    decision = office.decision(membership, "suspend").come_to("resolved")

    taken = membership.advance("suspend", date="2026-04-01")

    assert (taken.state, taken.carried_out) == ("suspended", decision.reference)
    assert decision.state == "carried_out"
    assert decision.events[-1].step == "carry_out"
    assert decision.events[-1].effective_on == "2026-04-01"
    assert membership.refused("resume").finding("decided").variant == "none"


def test_the_step_and_its_decision_are_kept_together_or_not_at_all(
    office: Office, membership: CaseFile
) -> None:
    decision = office.decision(membership, "suspend").come_to("resolved")
    before, words = office.dump(), {"date": "2026-04-01"}

    with contextlib.suppress(LookupError), office.writing() as unit:
        officer = office.actor(OFFICER)
        taken = engine.advance(unit, membership.reference, "suspend", words, officer)
        raise LookupError

    assert taken.carried_out == decision.reference
    assert office.dump() == before


def test_a_decision_is_carried_out_by_nothing_but_the_step_it_allows(
    office: Office, membership: CaseFile
) -> None:
    decision = office.decision(membership, "suspend").come_to("resolved")

    refusal = decision.fails(StepNotOpen, "carry_out")

    assert refusal.facts["with_the_step"] is True


def test_a_decision_that_cannot_be_carried_out_stops_the_step_with_it(
    office: Office, membership: CaseFile
) -> None:
    membership.take("statute_changed")
    decision = office.decision(membership, "continue_membership").come_to("before_minister")
    decision.take("consent", date="2026-06-01")

    refusal = membership.refused("continue_membership", date="2026-05-01")

    assert refusal.finding("in_order").variant == "before"
    assert refusal.error.facts["reference"] == decision.reference
    assert decision.state == "consented"
    assert membership.advance("continue_membership", date="2026-06-01").carried_out


def test_the_mayors_forms_need_his_ordinance_and_no_decision(here: Office) -> None:
    programme = here.open("leipzig").propose("programme").come_to("in_force")

    taken = programme.advance("terminate")

    assert (taken.state, taken.carried_out) == ("terminated", None)
