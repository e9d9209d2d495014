"""Asking at a terminal for what a line leaves out; elsewhere it is listed, all of it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from commands import asking, words
from models.vocabulary import Language
from tests.commandline import CommandLine, Said
from tests.commands.conftest import INFORMAL, PROPOSED
from tests.office import Office
from tests.ordinary import MANAGER
from tests.terminal import CONTROL_C, surroundings, typed
from workflow.errors import InputFaults
from workflow.messages import Speech


def at_a_terminal(register: Path, *line: str, answers: tuple[str, ...] = (), **env: str) -> Said:
    surrounding = surroundings(ACCORD_DATABASE=str(register), **env)
    return typed(*line, env=surrounding, answers=answers)


# --- a real terminal ---


def test_what_a_step_lacks_is_asked_for_and_the_step_is_taken(
    register: Path, office: Office
) -> None:
    answers = ("2026-03-05", "ask their mayor")

    said = at_a_terminal(register, "advance", INFORMAL, "negotiate", answers=answers)

    assert said.code == 0, said.out
    assert "date (date): " in said.out
    assert "instruction (" in said.out
    assert "recorded as entry 2; now in negotiation." in said.out
    with office.reading() as unit:
        assert unit.connection.exec_driver_sql(
            "SELECT effective_on FROM event WHERE step = 'negotiate'"
        ).scalars().all() == ["2026-03-05"]


def test_only_a_wrong_answer_is_asked_for_again(register: Path) -> None:
    answers = ("31 lutego", "porozmawiać", "2026-03-05")

    said = at_a_terminal(
        register, "advance", INFORMAL, "negotiate", answers=answers, ACCORD_LANG="pl"
    )

    assert said.code == 0, said.out
    assert said.out.count("instruction (") == 1
    assert said.out.count("date (data): ") == 2
    assert "  Jeszcze raz: " in said.out
    assert "31 lutego" in said.out


def test_ctrl_c_at_a_question_writes_nothing(register: Path, office: Office) -> None:
    before = office.dump()

    said = at_a_terminal(register, "advance", INFORMAL, "negotiate", answers=(CONTROL_C,))

    assert said.code == 1
    assert said.out.endswith("accord: Stopped, nothing written.\n")
    assert office.dump() == before


def test_a_review_asks_for_its_cases_and_its_reason(register: Path, office: Office) -> None:
    said = at_a_terminal(
        register, "return", answers=(PROPOSED, "aims are missing"), LOGNAME=MANAGER
    )

    assert said.code == 0, said.out
    assert "REF… (The cases, one or several): " in said.out
    assert "--reason (The reason): " in said.out
    with office.reading() as unit:
        query = f"SELECT state FROM cooperation WHERE reference = '{PROPOSED}'"  # noqa: S608 - a reference of ours
        assert unit.connection.exec_driver_sql(query).scalar() == "negotiation"


def test_a_choice_is_asked_for_with_its_values_until_it_is_one(register: Path) -> None:
    answers = ("Rome", "town", "city")

    said = at_a_terminal(
        register, "partner", "add", "--country", "IT", "--dry-run", answers=answers
    )

    assert said.code == 0, said.out
    assert "NAME (The English name): " in said.out
    assert said.out.count("[city, region, association, consortium]: ") == 2
    assert "  Once more: 'town' is not one of" in said.out
    assert "Partner added: rome" in said.out


def test_a_page_at_a_terminal_fits_80_columns(register: Path) -> None:
    said = at_a_terminal(register, "list", ACCORD_LANG="pl")

    lines = said.out.splitlines()
    assert said.code == 0
    assert max(len(line) for line in lines) <= 80
    assert len(lines) > 8


# --- without a terminal ---


def test_without_a_terminal_all_that_is_missing_is_listed(accord: CommandLine) -> None:
    told = accord.wrong("advance", INFORMAL, "negotiate")

    assert "  - Missing: date (date)." in told
    assert "(instruction)" in told
    assert "nothing was written" in told


def test_missing_and_wrong_inputs_are_told_together(accord: CommandLine) -> None:
    told = accord.wrong("advance", INFORMAL, "negotiate", "date=yesterday", "colour=red", "=x", "y")

    assert "“=x”" in told
    assert "“y”" in told

    told = accord.wrong("advance", INFORMAL, "negotiate", "date=yesterday", "colour=red")

    assert "yesterday" in told
    assert "colour" in told
    assert "(instruction)" in told


def test_a_review_without_its_reason_says_so(accord: CommandLine) -> None:
    told = accord.wrong("return", who=MANAGER)

    assert told.splitlines()[1:3] == [
        "  - Missing: REF… (The cases, one or several).",
        "  - Missing: --reason (The reason).",
    ]


# --- the loop itself ---


class Attempts:
    """Refuses with one list of faults after the other, then is content."""

    def __init__(self, *faults: list[dict[str, object]]) -> None:
        self.faults = list(faults)
        self.seen: list[Mapping[str, str]] = []

    def __call__(self, given: Mapping[str, str]) -> str:
        """Try once."""
        self.seen.append(dict(given))
        if self.faults:
            raise InputFaults("open", self.faults.pop(0))
        return "done"


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answers that wait for questions, at a terminal that is only said to be one."""
    answers: list[str] = []
    monkeypatch.setattr(words, "on_a_terminal", lambda: True)
    monkeypatch.setattr(words, "ask", lambda *_: answers.pop(0))
    return answers


MISSING: dict[str, object] = {"name": "title", "fault": "missing"}
TYPED_WRONG: dict[str, object] = {"name": "date", "value": "x", "fault": "not_a_date"}


def test_what_was_typed_wrong_is_refused_rather_than_asked_for(answering: list[str]) -> None:
    attempts = Attempts([MISSING, TYPED_WRONG])

    with pytest.raises(InputFaults):
        words.asking({"date": "x"}, attempts, Speech(Language.EN))

    assert answering == []
    assert attempts.seen == [{"date": "x"}]


def test_answers_are_added_to_what_was_typed(answering: list[str]) -> None:
    answering.extend(["Joining", "2026-03-05"])
    attempts = Attempts([MISSING], [{**TYPED_WRONG, "fault": "missing"}])

    assert words.asking({"idea": "Mayor"}, attempts, Speech(Language.EN)) == "done"

    assert attempts.seen[-1] == {"idea": "Mayor", "title": "Joining", "date": "2026-03-05"}


def test_nobody_is_asked_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)

    assert not asking.on_a_terminal()
