"""Corrections: what was recorded wrongly is told rightly, and both values stay for good."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.ordinary import CLERK, MANAGER, OFFICER
from tests.stories.background import Story, Town
from workflow import amend
from workflow.amend import Amended
from workflow.errors import AmendmentRefused, InputFaults, NotAllowed, NotFound


def sequence_of(case: Story, step: str) -> int:
    """Give the number of the last event of a step."""
    numbers: list[int] = [event.sequence for event in case.events if event.step == step]
    return numbers[-1]


def corrected(case: Story, step: str, who: str = OFFICER, **words: str) -> Amended:
    """Ask for a correction of the last event of a step."""
    told = (case.reference, sequence_of(case, step), words, "omyłka pisarska")
    return case.office.do(amend.correct, *told, case.office.actor(who))


def confirmed(case: Story, asked: Amended, *, deny: bool = False) -> Amended:
    """Let the manager confirm it, or say no."""
    town = case.office
    manager = town.actor(MANAGER)
    return town.do(amend.confirm, case.reference, asked.sequence, manager, deny=deny)


def kept(case: Story, sequence: int) -> Mapping[str, Any]:
    """Read what an event keeps."""
    body: Mapping[str, Any] = json.loads(case.events[sequence - 1].body)
    return body


def bordeaux_signed(town: Town) -> Story:
    """Sign a partnership on 4 May 2026 on a resolution of 11 March."""
    town.works_with("bordeaux", "1992")
    bordeaux = town.opens("bordeaux", "2026-01-12").propose("partnership")
    bordeaux.come_to("before_council").at("2026-03-11").come_to("resolved")
    return bordeaux.at("2026-05-04").take("sign", term="5 years")


# --- whose word it takes ---


def test_what_no_rule_looks_at_is_corrected_at_once(town: Town) -> None:
    bordeaux = bordeaux_signed(town)

    asked = corrected(bordeaux, "sign", place="Bordeaux")

    assert (asked.waits, asked.irregular) == (False, ())
    act = bordeaux.now.case.last("sign")
    assert act is not None
    assert act.inputs["place"] == "Bordeaux"
    assert act.corrected == {"place": asked.sequence}


def test_both_values_stay_and_the_event_itself_is_never_touched(town: Town) -> None:
    bordeaux = bordeaux_signed(town)
    signed = sequence_of(bordeaux, "sign")
    before = bordeaux.events[signed - 1]

    asked = corrected(bordeaux, "sign", place="Bordeaux")

    told = kept(bordeaux, asked.sequence)["inputs"]
    assert (told["event"], told["was"], told["changes"]) == (
        signed, {"place": "Kraków"}, {"place": "Bordeaux"},
    )  # fmt: skip
    assert bordeaux.events[signed - 1] == before
    assert kept(bordeaux, signed)["inputs"]["place"] == "Kraków"


def test_what_a_rule_looks_at_takes_effect_once_a_manager_has_confirmed_it(town: Town) -> None:
    bordeaux = bordeaux_signed(town)

    asked = corrected(bordeaux, "sign", CLERK, term="2 years")
    waiting = bordeaux.now.ends_on
    confirmed(bordeaux, asked)

    assert asked.waits
    assert waiting == date(2031, 5, 4)
    assert bordeaux.now.ends_on == date(2028, 5, 4)


def test_a_correction_that_is_denied_changes_nothing_and_stays_on_record(town: Town) -> None:
    bordeaux = bordeaux_signed(town)
    asked = corrected(bordeaux, "sign", term="2 years")

    denied = confirmed(bordeaux, asked, deny=True)

    assert bordeaux.now.ends_on == date(2031, 5, 4)
    assert kept(bordeaux, denied.sequence)["inputs"] == {"confirms": asked.sequence, "denied": True}
    with pytest.raises(NotFound):
        confirmed(bordeaux, asked)


def test_who_asked_does_not_confirm(town: Town) -> None:
    bordeaux = bordeaux_signed(town)
    asked = corrected(bordeaux, "sign", MANAGER, term="2 years")

    with town.refusing(AmendmentRefused) as (unit, caught):
        amend.confirm(unit, bordeaux.reference, asked.sequence, town.actor(MANAGER))
    with town.refusing(NotAllowed) as (unit, _):
        amend.confirm(unit, bordeaux.reference, asked.sequence, town.actor(OFFICER))

    assert caught.value.facts["why"] == "four_eyes"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({}, "missing"),
        ({"votes": "1/2/3"}, "unknown"),
        ({"date": "przedwczoraj"}, "date_not_a_date"),
    ],
)
def test_a_correction_is_read_as_strictly_as_a_step(
    town: Town, words: dict[str, str], fault: str
) -> None:
    bordeaux = bordeaux_signed(town)

    with pytest.raises(InputFaults) as caught:
        corrected(bordeaux, "sign", **words)

    assert caught.value.faults[0]["fault"] == fault


# --- the days follow ---


def test_the_last_day_follows_the_corrected_day_of_signature(town: Town) -> None:
    bordeaux = bordeaux_signed(town)

    confirmed(bordeaux, corrected(bordeaux, "sign", date="2026-04-30"))

    assert bordeaux.now.ends_on == date(2031, 4, 30)


def test_a_term_that_turns_out_indefinite_has_no_last_day(town: Town) -> None:
    bordeaux = bordeaux_signed(town)

    asked = corrected(bordeaux, "sign", term="indefinite")
    confirmed(bordeaux, asked)

    assert [finding.rule for finding in asked.irregular] == ["definite_term"]
    assert bordeaux.now.ends_on is None


def test_a_notice_delivered_later_ends_later(town: Town) -> None:
    bordeaux = bordeaux_signed(town)
    bordeaux.at("2026-06-01").take("receive_notice", received_on="2026-05-29")

    confirmed(bordeaux, corrected(bordeaux, "receive_notice", received_on="2026-06-01"))

    assert bordeaux.now.ends_on == date(2026, 12, 1)
    assert town.tick("2026-12-01") == {}
    assert list(town.tick("2026-12-02")) == [bordeaux.reference]


# --- a case that has ended, and what turns out irregular ---


def test_a_case_that_has_ended_is_still_corrected_and_an_irregularity_is_kept(town: Town) -> None:
    bordeaux = bordeaux_signed(town)
    town.tick("2031-05-05")
    assert bordeaux.state == "expired"

    asked = corrected(bordeaux, "sign", date="2026-03-10")
    confirmed(bordeaux, asked)

    assert [(one.rule, one.variant) for one in asked.irregular] == [
        ("council_first", "later"), ("in_order", "before"),
    ]  # fmt: skip
    assert [one["rule"] for one in kept(bordeaux, asked.sequence)["findings"]] == [
        "council_first", "in_order",
    ]  # fmt: skip
    assert (bordeaux.state, bordeaux.now.ends_on) == ("expired", None)
    act = bordeaux.now.case.last("sign")
    assert act is not None
    assert act.date.text == "2026-03-10"


def test_a_closed_case_is_corrected_too(town: Town) -> None:
    trondheim = town.opens("trondheim", "2012-01-09")
    trondheim.at("2012-02-02").take("sign_working_document").at("2014-02-03").take("close")

    asked = corrected(trondheim, "sign_working_document", document_kind="declaration")
    confirmed(trondheim, asked)

    act = trondheim.now.case.last("sign_working_document")
    assert act is not None
    assert (trondheim.state, act.inputs["document_kind"]) == ("closed", "declaration")


def test_a_vote_that_was_counted_wrongly_is_an_irregularity_and_undoes_nothing(
    town: Town,
) -> None:
    eurocities = town.opens("eurocities", "2026-01-12").propose("association").come_to("in_force")

    asked = corrected(eurocities, "adopt", votes="21/22/0", present="43")
    confirmed(eurocities, asked)

    assert [one.rule for one in asked.irregular] == ["absolute_majority"]
    assert eurocities.state == "in_force"


def test_the_decision_that_was_carried_out_still_stands_behind_a_corrected_step(
    town: Town,
) -> None:
    bordeaux = bordeaux_signed(town)
    town.raises(bordeaux, "suspend", "2026-06-01").come_to("resolved")
    bordeaux.at("2026-06-15").take("suspend")

    later = corrected(bordeaux, "suspend", date="2026-06-10")
    too_early = corrected(bordeaux, "suspend", date="2026-05-29")

    assert later.irregular == ()
    assert [(one.rule, one.variant) for one in too_early.irregular] == [("decided", "later")]


def test_a_correction_is_asked_of_the_acts_before_it_as_corrected(town: Town) -> None:
    bordeaux = bordeaux_signed(town)
    confirmed(bordeaux, corrected(bordeaux, "adopt", date="2026-04-29"))

    right = corrected(bordeaux, "sign", date="2026-04-29")
    wrong = corrected(bordeaux, "sign", date="2026-04-28")

    assert right.irregular == ()
    assert "council_first" in [one.rule for one in wrong.irregular]


def test_what_came_after_makes_no_irregularity_of_what_was_right_then(town: Town) -> None:
    bordeaux = bordeaux_signed(town)
    town.tick("2031-05-05")
    new = town.opens("bordeaux", "2031-06-02")
    new.propose("partnership", continues=bordeaux.reference).come_to("in_force")

    asked = corrected(bordeaux, "propose", objectives="dwanaście wymian rocznie")

    assert asked.irregular == ()
