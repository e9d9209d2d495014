"""What the engine refuses, on both databases: everything is said and nothing is written."""

import pytest

from models.vocabulary import Form, Role
from tests.office import Office, Refusal, rules_of
from tests.ordinary import (
    ADMINISTRATOR,
    AUDITOR,
    CLERK,
    COLLEAGUE,
    DAY,
    MANAGER,
    OFFICER,
)
from workflow import engine
from workflow.errors import (
    CaseChanged,
    InputFaults,
    NotAllowed,
    NotFound,
    StepNotOpen,
    StepRefused,
    StepUnknown,
)
from workflow.project import Recorded


def test_an_auditor_and_an_administrator_record_no_step(office: Office) -> None:
    case = office.open("leipzig")

    for login, role in ((AUDITOR, Role.AUDITOR), (ADMINISTRATOR, Role.ADMINISTRATOR)):
        refusal = case.fails(NotAllowed, "propose", login, form="twinning")
        assert refusal.facts == {
            "login": login,
            "held": (role,),
            "needed": (Role.OFFICER,),
            "what": "propose",
            "reference": case.reference,
            "who": (OFFICER, COLLEAGUE),
        }


def test_only_an_officer_opens_a_case_and_a_refused_opening_leaves_nothing(office: Office) -> None:
    words = {"title": "Lipsk", "idea": "Rada", "date": DAY}
    clerk, officer = office.actor(CLERK), office.actor(OFFICER)

    with office.refusing(NotAllowed) as (unit, _):
        engine.open_case(unit, "leipzig", words, clerk)
    with office.refusing(InputFaults) as (unit, _):
        engine.open_case(unit, "leipzig", {"title": "Lipsk"}, officer)
    with office.refusing(NotFound) as (unit, unknown):
        engine.open_case(unit, "leipsig", words, officer)
    with office.refusing(StepRefused) as (unit, refused):
        engine.open_case(unit, "leipzig", {**words, "date": "2027-01-01"}, officer)

    assert unknown.value.facts["near"] == ["leipzig"]
    assert Refusal(refused.value).finding("in_order").variant == "future"
    assert office.open("leipzig").reference == "KRK-2026-0001"


def test_a_step_that_is_not_open_says_what_is_and_what_its_rules_would_say(office: Office) -> None:
    case = office.open("leipzig").propose("twinning").take("endorse")

    refusal = case.fails(StepNotOpen, "sign")

    assert refusal.facts["state"] == "endorsed"
    assert refusal.facts["form"] is Form.TWINNING
    assert refusal.facts["open"] == (
        "return", "submit_to_council", "receive_council_draft", "record_opinion", "note", "close",
    )  # fmt: skip
    assert rules_of(refusal) == [
        "council_first", "supervision", "opinions", "partner_act", "drafts_final",
    ]  # fmt: skip
    assert refusal.facts["since"] == case.events[-1].recorded_at
    last = refusal.facts["last"]
    assert isinstance(last, Recorded)
    assert (last.step, last.actor) == ("endorse", MANAGER)


def test_a_step_of_other_forms_has_nothing_to_say_here(here: Office) -> None:
    case = here.open("leipzig").propose("twinning")

    assert case.fails(StepNotOpen, "admit").facts["findings"] == ()
    assert case.fails(StepNotOpen, "open").facts["findings"] == ()


@pytest.mark.parametrize("step", ["crown", "propose_decision", "assign", "retract", "enter", ""])
def test_a_step_nobody_knows_is_answered_with_those_that_are(here: Office, step: str) -> None:
    refusal = here.open("leipzig").fails(StepUnknown, step)

    assert refusal.facts["step"] == step
    assert "propose" in str(refusal.facts["steps"])


@pytest.mark.parametrize(
    ("form", "fault"),
    [(None, "missing"), ("", "missing"), ("umowa", "not_a_choice"), ("informal", "not_a_choice")],
)
def test_a_proposal_says_which_form(here: Office, form: str | None, fault: str) -> None:
    case = here.open("leipzig")

    refusal = case.fails(InputFaults, "propose", form=form)

    (only,) = refusal.faults
    assert (only["name"], only["fault"]) == ("form", fault)
    assert "twinning" in str(only["choices"])


def test_a_form_may_be_typed_as_it_is_spoken(here: Office) -> None:
    case = here.open("leipzig")

    case.advance(
        "propose", form="EU programme", date=DAY, justification="projekt", objectives="sieć miast"
    )

    assert case.form is Form.EU_PROGRAMME


def test_every_fault_of_what_was_typed_is_told_and_nothing_is_written(office: Office) -> None:
    case = office.open("eurocities").propose("association").come_to("before_council")

    refusal = case.fails(InputFaults, "adopt", votes="za", present=None, colour="red")

    assert [(fault["name"], fault["fault"]) for fault in refusal.faults] == [
        ("colour", "unknown"), ("votes", "not_votes"), ("present", "missing"),
    ]  # fmt: skip


def test_who_looked_at_an_older_version_is_told_what_happened_since(office: Office) -> None:
    case = office.open("leipzig").propose("twinning")
    case.advance("note", COLLEAGUE)
    manager = office.actor(MANAGER)

    with office.refusing(CaseChanged) as (unit, caught):
        engine.advance(unit, case.reference, "endorse", {}, manager, seen=2)
    taken = office.do(engine.advance, case.reference, "endorse", {}, manager, seen=3)

    assert caught.value.facts == {
        "reference": case.reference,
        "seen": 2,
        "version": 3,
        "step": "note",
        "actor": COLLEAGUE,
        "recorded_at": case.events[2].recorded_at,
    }
    assert taken.state == "endorsed"


def test_a_case_nobody_opened_is_not_found_but_one_spelt_alike_is(office: Office) -> None:
    case = office.open("leipzig")

    with office.refusing(NotFound) as (unit, caught):
        engine.advance(unit, "KRK-2025-0001", "note", {}, office.actor(OFFICER))

    assert caught.value.facts == {
        "kind": "case", "name": "KRK-2025-0001", "near": [case.reference],
    }  # fmt: skip


def test_a_case_without_any_event_can_only_begin(office: Office) -> None:
    case = office.bare_case("KRK-1990-0001", "leipzig")

    early = case.fails(StepNotOpen, "propose")
    with office.refusing(CaseChanged) as (unit, caught):
        engine.advance(unit, case.reference, "open", {}, office.actor(OFFICER), seen=4)

    assert (early.facts["open"], early.facts["last"]) == (("open",), None)
    assert (caught.value.facts["version"], caught.value.facts["actor"]) == (0, None)
    assert case.take("open").state == "informal"
