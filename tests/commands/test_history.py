"""The history as it was written, and the proof that tells a register somebody tampered with."""

import json
from collections.abc import Sequence

import pytest

from tests.commandline import CommandLine
from tests.commands.conftest import BEFORE_COUNCIL, IN_FORCE, PROPOSED
from tests.office import CaseFile, Office

TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


def tamper(office: Office, *statements: str) -> None:
    """Do in a bare shell what the guards forbid, after taking them away."""
    shell = office.shell
    for (name,) in shell.execute(TRIGGERS).fetchall():
        shell.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        shell.execute(statement.format(of="cooperation_id = 2 AND sequence = 2"))


def test_the_entries_are_shown_as_they_were_written(accord: CommandLine) -> None:
    shown = accord.done("history", "show", PROPOSED)

    assert shown.splitlines()[0].split() == [
        "#", "recorded", "(UTC)", "step", "state", "date", "by",
    ]  # fmt: skip
    assert "  propose  informal -> proposed  2026-03-02  anna.oficer" in shown
    assert "współpraca nieformalna -> do akceptacji" in accord.done(
        "history", "show", PROPOSED, lang="pl"
    )


def test_as_json_an_entry_is_its_body(office: Office, accord: CommandLine) -> None:
    shown = accord.data("history", "show", PROPOSED)

    assert [entry["step"] for entry in shown] == ["open", "propose"]
    assert all(entry["case"] == PROPOSED for entry in shown)
    assert shown[1]["inputs"]["justification"] == "wspólne projekty"
    assert len(shown) == len(CaseFile(office, PROPOSED).events)


def test_an_untouched_register_proves_itself(office: Office, accord: CommandLine) -> None:
    (events,) = office.shell.execute("SELECT count(*) FROM event").fetchall()[0]

    whole = accord.done("history", "verify")
    one = accord.done("history", "verify", PROPOSED.lower(), lang="pl")

    assert whole == f"Cases: 6, entries: {events}; the history is intact\n"
    assert one == "Spraw: 1, wpisów: 2; historia jest nienaruszona\n"
    assert accord.data("history", "verify") == {"cases": 6, "events": events, "breaches": []}


ATTACKS: dict[str, tuple[Sequence[str], set[tuple[int, str, str]]]] = {
    "a body is rewritten": (
        ("UPDATE event SET body = replace(body, 'wspólne', 'tajne') WHERE {of}",),
        {(2, "hash", "")},
    ),
    "a column is changed": (
        ("UPDATE event SET actor = 'ewa.oficer' WHERE {of}",),
        {(2, "column", "actor")},
    ),
    "a day is moved": (
        ("UPDATE event SET due_on = '2030-01-01' WHERE {of}",),
        {(2, "column", "due_on")},
    ),
    "a moment is moved": (
        ("UPDATE event SET recorded_at = '2020-01-01 00:00:00.000000+00:00' WHERE {of}",),
        {(2, "column", "recorded_at")},
    ),
    "a hash is changed": (
        ("UPDATE event SET hash = zeroblob(32) WHERE {of}",),
        {(2, "hash", ""), (2, "case", "head")},
    ),
    "a hash before it is changed": (
        ("UPDATE event SET previous = zeroblob(32) WHERE {of}",),
        {(2, "previous", ""), (2, "hash", "")},
    ),
    "the last entry is taken away": (
        ("DELETE FROM event WHERE {of}",),
        {(2, "case", "version"), (2, "case", "state"), (2, "case", "form"), (2, "case", "head")},
    ),
    "the case is moved by hand": (
        ("UPDATE cooperation SET state = 'in_force' WHERE id = 2",),
        {(2, "case", "state")},
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_tampered_register_is_found_out_and_the_place_named(
    attack: str, office: Office, accord: CommandLine
) -> None:
    statements, breaches = ATTACKS[attack]
    tamper(office, *statements)

    for line in (("history", "verify"), ("history", "verify", PROPOSED)):
        said = accord(*line)
        assert said.code == 1
        assert f"  x {PROPOSED} #2: " in said.out
        assert "the history is intact" not in said.out

    found = found_breaches(accord)
    assert {(sequence, what) for sequence, what, _ in found} == {
        (sequence, what) for sequence, what, _ in breaches
    }
    assert {b for b in breaches if b[1] == "column"} <= found


def found_breaches(accord: CommandLine) -> set[tuple[int, str, str]]:
    proof = json.loads(accord("history", "verify", "--json").out)
    assert {breach["reference"] for breach in proof["breaches"]} == {PROPOSED}
    return {(b["sequence"], b["what"], b["column"]) for b in proof["breaches"]}


def test_an_entry_taken_from_the_middle_is_found_out(office: Office, accord: CommandLine) -> None:
    tamper(office, "DELETE FROM event WHERE cooperation_id = 3 AND sequence = 2")

    told = accord("history", "verify", BEFORE_COUNCIL)

    assert told.code == 1
    assert f"  x {BEFORE_COUNCIL} #3: an entry is missing\n" in told.out
    assert f"  x {BEFORE_COUNCIL} #3: the entry is not tied to the one before it\n" in told.out


def test_breaches_are_told_in_polish_too(office: Office, accord: CommandLine) -> None:
    tamper(office, "UPDATE event SET actor = 'ewa.oficer' WHERE {of}")

    told = accord("history", "verify", lang="pl").out

    assert f"  x {PROPOSED} #2: kolumna mówi co innego niż treść wpisu (actor)\n" in told
    assert told.endswith("; naruszeń: 1\n")


def test_one_case_that_was_tampered_with_leaves_the_others_proven(
    office: Office, accord: CommandLine
) -> None:
    tamper(office, "UPDATE event SET actor = 'ewa.oficer' WHERE {of}")

    assert "the history is intact" in accord.done("history", "verify", IN_FORCE)
