"""Answers, not only refusals: what can be done now, by whom, and why something cannot."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from models.vocabulary import Form
from tests.office import Office
from tests.ordinary import MANAGER, OFFICER
from workflow import advice, reading
from workflow.advice import Choice
from workflow.errors import InputFaults, StepNotOpen, StepUnknown
from workflow.judge import Verdict

PATIENCE = 20
"""Seconds after which a writer is taken to have waited for a reader in vain."""


def choices(office: Office, reference: str, login: str) -> list[Choice]:
    """Ask what can be done now."""
    with office.reading() as unit:
        return list(advice.options(unit, reading.file(unit, reference), office.actor(login)))


def why(office: Office, reference: str, step: str, **words: str) -> Verdict:
    """Ask the rules of a step with the inputs there are."""
    with office.reading() as unit:
        of = reading.file(unit, reference)
        return advice.why(unit, of, step, words, office.actor(OFFICER))


def test_every_step_that_starts_here_is_a_choice_and_a_proposal_one_for_each_form(
    office: Office,
) -> None:
    case = office.open("leipzig")

    found = choices(office, case.reference, OFFICER)

    assert {choice.row.step for choice in found} == {
        "negotiate", "sign_working_document", "propose", "receive_council_draft", "review",
        "note", "close",
    }  # fmt: skip
    forms = [choice.row.new_form for choice in found if choice.row.step == "propose"]
    assert set(forms) == set(Form) - {Form.INFORMAL, Form.DECISION}
    assert len(forms) == len(set(forms))
    assert all(choice.mine for choice in found)


def test_a_choice_says_whose_it_is_and_what_bars_it_already(office: Office) -> None:
    case = office.open("leipzig").propose("twinning")

    officer = {choice.row.step: choice for choice in choices(office, case.reference, OFFICER)}
    manager = {choice.row.step: choice for choice in choices(office, case.reference, MANAGER)}

    assert (officer["endorse"].mine, manager["endorse"].mine) == (False, True)
    assert [finding.rule for finding in officer["endorse"].barred] == ["four_eyes"]
    assert manager["endorse"].barred == ()


def test_what_only_waits_for_an_input_is_not_barred(office: Office) -> None:
    case = office.open("eurocities").propose("association").come_to("before_council")

    (adopt,) = [
        choice for choice in choices(office, case.reference, OFFICER) if choice.row.step == "adopt"
    ]

    assert adopt.barred == ()
    assert {finding.rule: finding.needs for finding in adopt.verdict.blocking} == {
        "votes_add_up": "votes", "absolute_majority": "votes",
    }  # fmt: skip


def test_before_the_inputs_are_there_the_rules_answer_with_those_there_are(
    office: Office,
) -> None:
    case = office.open("eurocities").propose("association").come_to("before_council")

    nothing = why(office, case.reference, "adopt")
    votes = why(office, case.reference, "adopt", votes="21/22/0")

    assert [finding.outcome for finding in nothing.blocking] == ["undecided", "undecided"]
    assert {finding.rule: finding.outcome for finding in votes.blocking} == {
        "votes_add_up": "undecided", "absolute_majority": "broken",
    }  # fmt: skip
    assert case.state == "before_council"


@pytest.mark.parametrize(
    ("step", "words", "refusal"),
    [
        ("crown", {}, StepUnknown),
        ("admit", {}, StepNotOpen),
        ("adopt", {"votes": "za"}, InputFaults),
        ("adopt", {"colour": "red"}, InputFaults),
    ],
)
def test_who_asks_about_nothing_is_told_so(
    office: Office, step: str, words: dict[str, str], refusal: type[Exception]
) -> None:
    case = office.open("eurocities").propose("association").come_to("before_council")

    with pytest.raises(refusal):
        why(office, case.reference, step, **words)


def test_nobody_waits_for_somebody_who_only_asks(office: Office) -> None:
    asking, proposing = office.open("leipzig"), office.open("nuremberg")

    with ThreadPoolExecutor(1) as pool, office.reading() as unit:
        of = reading.file(unit, asking.reference)
        asked = advice.options(unit, of, office.actor(OFFICER))
        proposed = pool.submit(proposing.propose, "twinning").result(PATIENCE)

    assert asked
    assert proposed.state == "proposed"
