"""The verbs that change a case: open, raise, advance; endorse, return, decline, several at once."""

import json
import re
from collections.abc import Sequence

import pytest

from models.vocabulary import Form
from tests.commandline import CommandLine, words_of
from tests.commands.conftest import (
    ALSO_PROPOSED,
    BEFORE_COUNCIL,
    IN_FORCE,
    INFORMAL,
    PROPOSED,
)
from tests.office import CaseFile, Office
from tests.ordinary import CLERK, COLLEAGUE, MANAGER, OFFICER, ordinary

MISSING = "KRK-2026-0099"


def state_of(office: Office, reference: str) -> str:
    return CaseFile(office, reference).state


# --- one step ---


def test_a_case_is_opened_and_told(accord: CommandLine) -> None:
    said = accord.done("open", "cusco", "title=Wymiana", "idea=Mayor", "date=2026-11-02")

    assert said == "KRK-2026-0007  open the case: recorded as entry 1; now informal.\n"
    assert accord.data("show", "KRK-2026-0007")["title"] == "Wymiana"


def test_a_step_is_told_with_its_term_in_either_language(accord: CommandLine) -> None:
    words = {**ordinary("propose", Form.PARTNERSHIP), "date": "2026-11-16"}
    kept = ("form", "date", "justification", "objectives", "fields", "term")
    line = ("advance", INFORMAL, "propose", *words_of({name: words[name] for name in kept}))

    assert accord.done(*line, "--dry-run") == (
        f"{INFORMAL}  propose: recorded as entry 2; now proposed.\n  due: 2026-11-30\n"
    )
    assert accord.done(*line, lang="pl") == (
        f"{INFORMAL}  zaproponuj: zapisano jako wpis 2; stan: do akceptacji.\n"
        "  termin: 2026-11-30\n"
    )


def test_a_step_is_told_as_json(accord: CommandLine) -> None:
    told = accord.data("advance", INFORMAL, "negotiate", "date=2026-03-05", "instruction=ask")

    findings = told.pop("findings")
    assert told == {
        "reference": INFORMAL,
        "sequence": 2,
        "step": "negotiate",
        "form": "informal",
        "from": "informal",
        "state": "negotiation",
        "due_on": None,
        "carried_out": None,
    }
    assert {tuple(finding) for finding in findings} == {("rule", "outcome", "strength", "facts")}


def test_a_decision_is_raised_as_a_case_of_its_own(office: Office, accord: CommandLine) -> None:
    accord.done(
        "raise", IN_FORCE, "purpose=end", "date=2026-11-02", "justification=x", "objectives=y"
    )

    assert state_of(office, "KRK-2026-0007") == "proposed"
    assert accord.data("show", "KRK-2026-0007")["links"] == [
        {"kind": "about", "reference": IN_FORCE}
    ]


def test_a_warning_is_told_with_the_step_it_does_not_stop(accord: CommandLine) -> None:
    words = {"resolution": "XLVIII/1325/26", "date": "2026-03-25", "votes": "30/2/1"}

    said = accord.done("advance", BEFORE_COUNCIL, "adopt", *words_of(words), "present=40")

    assert "; now resolved.\n" in said
    assert "\n  ! opinions (" in said


def test_a_refusal_tells_every_broken_rule_its_article_and_its_cure(accord: CommandLine) -> None:
    words = {"resolution": "XLVIII/1325/26", "date": "2027-03-25", "votes": "19/20/9"}

    told = accord.refused("advance", BEFORE_COUNCIL, "adopt", *words_of(words), "present=40")

    assert told.startswith(f"accord: The step “record the adoption” in case {BEFORE_COUNCIL} was")
    for rule in ("votes_add_up", "simple_majority", "in_order"):
        assert f"\n  x {rule} (" in told
    assert "\n    art. 14 of the Act" in told
    assert "\n  + in order: " in told
    assert told.endswith(f"\n     accord options {BEFORE_COUNCIL}\n")


def test_a_step_out_of_turn_is_refused_with_who_moved_the_case_and_when(
    accord: CommandLine,
) -> None:
    told = accord.refused("endorse", BEFORE_COUNCIL, who=MANAGER)

    assert f"case {BEFORE_COUNCIL} is in the state “before the Council”." in told
    assert "In that state since 23 November 2026" in told
    assert re.search(r"Last entry: “[^”]+”, [a-z.]+, 23 November 2026, ", told)
    assert "\n  -> " in told


def test_a_person_without_the_role_is_told_who_has_it(accord: CommandLine) -> None:
    told = accord.refused("endorse", PROPOSED)

    assert "takes the role of manager. Roles held by anna.oficer: officer." in told
    assert "It is held by marek.kierownik." in told


# --- several at once ---


def test_several_are_endorsed_each_with_its_own_outcome(
    office: Office, accord: CommandLine
) -> None:
    line = ("endorse", PROPOSED, MISSING, ALSO_PROPOSED.lower(), BEFORE_COUNCIL, PROPOSED)

    said = accord(*line, "--comment", "zgoda", who=MANAGER)

    assert said.code == 1
    assert [line[:13] for line in said.out.splitlines()] == [PROPOSED, ALSO_PROPOSED]
    assert f"There is no case {MISSING}." in said.err
    assert f"case {BEFORE_COUNCIL} is in the state “before the Council”" in said.err
    assert state_of(office, PROPOSED) == state_of(office, ALSO_PROPOSED) == "endorsed"
    assert state_of(office, BEFORE_COUNCIL) == "before_council"


def test_the_outcome_of_each_is_told_as_json(accord: CommandLine) -> None:
    said = accord("decline", PROPOSED, MISSING, "--reason", "brak celów", "--json", who=MANAGER)

    assert said.code == 1
    done, failed = json.loads(said.out)
    assert (done["reference"], done["done"], done["state"]) == (PROPOSED, True, "closed")
    assert failed == {"reference": MISSING, "done": False, "refusal": "not_found"}


def test_when_all_are_done_all_is_well(accord: CommandLine) -> None:
    accord.done("return", PROPOSED, ALSO_PROPOSED, "--reason", "brak celów", who=MANAGER)


@pytest.mark.parametrize(
    ("verb", "words", "state"),
    [
        ("endorse", (), "endorsed"),
        ("endorse", ("--comment", "zgoda", "--date", "2026-03-09"), "endorsed"),
        ("return", ("--reason", "brak celów"), "negotiation"),
        ("return", ("-r", "brak celów"), "negotiation"),
        ("decline", ("--reason", "brak celów", "--date", "2026-03"), "closed"),
    ],
)
def test_a_proposal_is_reviewed(
    verb: str, words: Sequence[str], state: str, office: Office, accord: CommandLine
) -> None:
    accord.done(verb, PROPOSED, *words, who=MANAGER)

    assert state_of(office, PROPOSED) == state


@pytest.mark.parametrize("verb", ["return", "decline"])
def test_a_reason_is_obligatory_and_is_not_blank(verb: str, accord: CommandLine) -> None:
    assert "Missing: --reason" in accord.wrong(verb, PROPOSED, who=MANAGER)
    assert "(reason)" in accord.wrong(verb, PROPOSED, "--reason", "  ", who=MANAGER)


def test_a_wrong_date_is_wrong_for_one_as_for_several(accord: CommandLine) -> None:
    assert "31.02" in accord.wrong("endorse", PROPOSED, "--date", "31.02", who=MANAGER)
    accord.wrong("endorse", PROPOSED, ALSO_PROPOSED, "--date", "31.02", who=MANAGER)


def test_who_proposed_does_not_endorse_though_a_manager_too(
    office: Office, accord: CommandLine
) -> None:
    with office.writing() as unit:
        unit.connection.exec_driver_sql(
            "INSERT INTO person_role (person_id, role, valid_from, granted_at, granted_by)"
            " SELECT id, 'manager', '2026-01-01', recorded_at, login FROM person"
            " WHERE login = ?",
            (OFFICER,),
        )

    told = accord.refused("endorse", PROPOSED)

    assert "\n  x four_eyes (four eyes): anna.oficer made the proposal" in told


@pytest.mark.parametrize("who", [OFFICER, COLLEAGUE, CLERK])
def test_only_a_manager_reviews(who: str, accord: CommandLine) -> None:
    for line in (("endorse", PROPOSED), ("return", PROPOSED, "-r", "x")):
        assert "takes the role of manager" in accord.refused(*line, who=who)
