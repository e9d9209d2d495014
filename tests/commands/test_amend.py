"""Amending the record: waivers, corrections, retractions, and what time alone does."""

import re

import pytest

from tests.commandline import CommandLine, words_of
from tests.commands.conftest import BEFORE_COUNCIL, IN_FORCE, INFORMAL, LAPSED, PROPOSED
from tests.office import CaseFile, Office
from tests.ordinary import AUDITOR, CLERK, COLLEAGUE, MANAGER, OFFICER

ODD = {"resolution": "XCLX/1495/14", "date": "2026-03-25", "votes": "30/2/1", "present": "40"}
ADOPTING = (BEFORE_COUNCIL, "number_format", "--for", "adopt", *words_of(ODD))
ENTRY = re.compile(r"entry \d+")
ADOPT = ("advance", BEFORE_COUNCIL, "adopt", *words_of(ODD))


def sequence_of(accord: CommandLine, reference: str, step: str) -> str:
    """Give the number of the last entry of a step."""
    acts = accord.data("show", reference)["acts"]
    return str([act["sequence"] for act in acts if act["step"] == step][-1])


# --- waivers ---


def test_an_officer_asks_a_manager_grants_and_the_step_is_taken(accord: CommandLine) -> None:
    assert "number_format" in accord.refused(*ADOPT)

    asked = accord.done("waive", *ADOPTING, "--reason", "numer jak w oryginale")
    granted = accord.done("waive", *ADOPTING, "--reason", "zgoda", who=MANAGER)
    taken = accord.done(*ADOPT)

    assert ENTRY.sub("entry #", asked) == (
        f"{BEFORE_COUNCIL}: entry #. The request waits for a manager.\n"
    )
    assert ENTRY.sub("entry #", granted) == f"{BEFORE_COUNCIL}: entry #. Waiver granted.\n"
    assert "\n  ~ number_format (" in taken
    assert "waived by marek.kierownik" in taken


def test_the_page_tells_who_asked_and_who_granted(accord: CommandLine) -> None:
    accord.done("waive", *ADOPTING, "--reason", "numer jak w oryginale")
    accord.done("waive", *ADOPTING, "--reason", "zgoda", who=MANAGER)

    page = accord.done("show", BEFORE_COUNCIL)

    assert "asked for: " in page
    assert "granted: " in page
    assert page.count("record the adoption; reason: ") == 2
    assert "numer jak w oryginale" in page


def test_a_request_can_be_denied(accord: CommandLine) -> None:
    accord.done("waive", *ADOPTING, "--reason", "numer jak w oryginale")
    accord.done("waive", *ADOPTING, "--deny", "--reason", "proszę poprawić", who=MANAGER)

    assert "number_format" in accord.refused(*ADOPT)
    assert "denied: " in accord.done("show", BEFORE_COUNCIL)


@pytest.mark.parametrize(
    ("rule", "words", "told"),
    [
        ("votes_add_up", {"votes": "40/2/1"}, "cannot be waived"),
        ("opinions", {}, "cannot be waived"),
        ("number_format", {"resolution": "XLVIII/1325/26"}, "is not broken"),
        ("colour", {}, "The rule colour does not concern this step."),
    ],
)
def test_only_a_broken_rule_that_can_be_waived_is_waived(
    rule: str, words: dict[str, str], told: str, accord: CommandLine
) -> None:
    line = (BEFORE_COUNCIL, rule, "--for", "adopt", *words_of({**ODD, **words}))

    assert told in accord.refused("waive", *line, "--reason", "x", who=MANAGER)


def test_a_waiver_needs_a_reason(accord: CommandLine) -> None:
    assert "Missing: --reason" in accord.wrong("waive", *ADOPTING)
    assert "(reason)" in accord.wrong("waive", *ADOPTING, "--reason", " ")


# --- corrections ---


def test_what_no_rule_looks_at_is_corrected_at_once(accord: CommandLine) -> None:
    said = accord.done("correct", PROPOSED, "1", "idea=Rada", "--reason", "omyłka")

    page = accord.done("show", PROPOSED)
    assert said == f"{PROPOSED}: entry 3. Corrected.\n"
    assert "whose idea: Rada (corrected)" in page
    assert "entry 1: whose idea: Prezydent Miasta -> Rada; reason: omyłka" in page


def test_what_a_rule_looks_at_waits_for_another_managers_word(accord: CommandLine) -> None:
    number = sequence_of(accord, IN_FORCE, "adopt")

    said = accord.done("correct", IN_FORCE, number, "date=2026-03-01", "--reason", "omyłka")

    assert "The correction waits for a manager: accord confirm" in said
    command = said.partition("waits for a manager: accord ")[2].splitlines()[0].split()
    assert "somebody other than anna.oficer does this" in accord.refused(*command)
    assert "takes the role of manager" in accord.refused(*command, who=COLLEAGUE)
    assert accord.done(*command, who=MANAGER).endswith(". Correction confirmed.\n")
    adopted = [act for act in accord.data("show", IN_FORCE)["acts"] if act["step"] == "adopt"]
    assert adopted[0]["inputs"]["date"] == "2026-03-01"


def test_a_correction_can_be_denied(accord: CommandLine) -> None:
    accord.done("correct", PROPOSED, "2", "date=2026-03-01", "--reason", "omyłka")

    accord.done("confirm", PROPOSED, "3", "--deny", who=MANAGER)

    assert "correction 3 denied" in accord.done("show", PROPOSED)
    assert "2026-03-02  propose" in accord.done("show", PROPOSED)


def test_what_a_correction_breaks_is_told_not_hidden(accord: CommandLine) -> None:
    number = sequence_of(accord, IN_FORCE, "adopt")

    said = accord.done("correct", IN_FORCE, number, "votes=2/30/1", "--reason", "protokół")

    assert "So corrected, the case breaks:" in said
    assert "simple_majority" in said


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("9", "idea=x"), 1, "no entry of number 9 that can be corrected"),
        (("0", "idea=x"), 2, "0 is not in the range"),
        (("one", "idea=x"), 2, "'one' is not a valid integer"),
        (("1",), 2, "nothing was written"),
        (("1", "colour=red"), 2, "colour"),
        (("2", "date=wczoraj"), 2, "wczoraj"),
    ],
)
def test_a_correction_that_is_none_is_refused(
    words: tuple[str, ...], code: int, told: str, accord: CommandLine
) -> None:
    said = accord("correct", PROPOSED, *words, "--reason", "x")

    assert (said.code, said.out) == (code, "")
    assert told in said.err


def test_nothing_waits_to_be_confirmed_where_nothing_was_corrected(accord: CommandLine) -> None:
    told = accord.refused("confirm", PROPOSED, "2", who=MANAGER)

    assert "No correction of number 2 waits to be confirmed." in told


# --- retractions ---


def test_a_manager_takes_back_the_last_step(office: Office, accord: CommandLine) -> None:
    said = accord.done("retract", BEFORE_COUNCIL, "--reason", "pomyłka", who=MANAGER)

    assert ENTRY.sub("entry #", said) == f"{BEFORE_COUNCIL}: entry #. Taken back; now endorsed.\n"
    assert CaseFile(office, BEFORE_COUNCIL).state == "endorsed"


@pytest.mark.parametrize("who", [OFFICER, CLERK, AUDITOR])
def test_nobody_else_does(who: str, accord: CommandLine) -> None:
    told = accord.refused("retract", BEFORE_COUNCIL, "--reason", "pomyłka", who=who)

    assert "takes the role of manager" in told


def test_the_opening_of_a_case_is_not_taken_back(accord: CommandLine) -> None:
    told = accord.refused("retract", INFORMAL, "--reason", "pomyłka", who=MANAGER)

    assert INFORMAL in told


# --- time ---


def test_time_ends_what_has_run_out_and_says_so(office: Office, accord: CommandLine) -> None:
    said = accord.done("tick")

    assert said == f"{LAPSED}  record the expiry: expired\n"
    assert CaseFile(office, LAPSED).state == "expired"
    assert accord.done("tick") == "Time has changed nothing.\n"
    assert accord.done("tick", lang="pl") == "Czas niczego nie zmienił.\n"


def test_what_time_has_done_is_told_as_json(accord: CommandLine) -> None:
    assert accord.data("tick") == [{"reference": LAPSED, "step": "expire", "state": "expired"}]


def test_time_is_not_recorded_by_everybody(accord: CommandLine) -> None:
    assert "takes the role of" in accord.refused("tick", who=AUDITOR)


def test_on_the_last_day_nothing_has_ended_yet(office: Office, accord: CommandLine) -> None:
    accord.done("tick")
    case = office.open("cusco").propose("partnership").come_to("resolved")
    case.take("sign", date="2026-09-23", term="2 months")

    assert accord.data("show", case.reference)["ends_on"] == "2026-11-23"
    assert accord.done("tick") == "Time has changed nothing.\n"


# --- handing over ---


def test_a_manager_hands_cases_over(accord: CommandLine) -> None:
    said = accord.done("person", "assign", COLLEAGUE, INFORMAL, PROPOSED.lower(), who=MANAGER)

    assert said == f"{INFORMAL}  -> {COLLEAGUE}\n{PROPOSED}  -> {COLLEAGUE}\n"
    assert accord.data("show", INFORMAL)["officer"] == COLLEAGUE


@pytest.mark.parametrize(
    ("who", "to", "told"),
    [
        (OFFICER, COLLEAGUE, "takes the role of manager"),
        (MANAGER, CLERK, CLERK),
        (MANAGER, "nobody", "nobody"),
    ],
)
def test_cases_are_handed_over_by_managers_to_officers(
    who: str, to: str, told: str, accord: CommandLine
) -> None:
    assert told in accord.refused("person", "assign", to, INFORMAL, who=who)


def test_cases_are_handed_over_all_or_none(accord: CommandLine) -> None:
    accord.refused("person", "assign", COLLEAGUE, INFORMAL, "KRK-2026-0099", who=MANAGER)
