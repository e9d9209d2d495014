"""The machine: it agrees with every row, knows no shortcut, and is built once."""

from dataclasses import replace

import pytest
from transitions import MachineError

from models.vocabulary import START, Form
from workflow.definition import Row
from workflow.lifecycle import CURRENT, definition
from workflow.machine import Cursor, machine, move

ROWS = list(definition().all_rows())


def a_row(step: str) -> Row:
    """Give the first row of a step."""
    return next(row for row in ROWS if row.step == step)


def test_the_machine_leads_every_row_where_the_definition_says() -> None:
    astray = [row for row in ROWS if move(CURRENT, row) != row.target]

    assert not astray


@pytest.mark.parametrize("form", Form)
def test_the_machine_knows_the_steps_of_the_form_and_nothing_else(form: Form) -> None:
    events = machine(CURRENT, form).events

    found = {
        (step, source)
        for step, event in events.items()
        for source, transitions in event.transitions.items()
        for _ in transitions
    }

    assert found == {(row.step, row.source) for row in ROWS if row.form is form}
    assert all(len(way) == 1 for event in events.values() for way in event.transitions.values())
    assert not [step for step in events if step.startswith("to_")]
    assert set(machine(CURRENT, form).states) == {START, *definition().states}


def test_the_machine_of_a_form_is_built_once() -> None:
    assert machine(CURRENT, Form.TWINNING) is machine(CURRENT, Form.TWINNING)
    assert machine(CURRENT, Form.TWINNING) is not machine(CURRENT, Form.PARTNERSHIP)
    assert machine(CURRENT, Form.TWINNING).models == []


@pytest.mark.parametrize(
    "row",
    [
        replace(a_row("endorse"), step="crown"),
        replace(a_row("admit"), form=Form.TWINNING),
        replace(a_row("endorse"), source="in_force"),
        replace(a_row("endorse"), target="in_force"),
        replace(a_row("note"), target="in_force"),
    ],
    ids=["unknown step", "another form's step", "another state", "another end", "no move"],
)
def test_a_row_the_machine_does_not_know_is_an_error_and_moves_nothing(row: Row) -> None:
    with pytest.raises(MachineError):
        move(CURRENT, row)


def test_the_cursor_is_nobody_s_and_has_nothing_but_a_state() -> None:
    cursor = Cursor("proposed")

    machine(CURRENT, Form.TWINNING).events["endorse"].trigger(cursor)

    assert cursor.state == "endorsed"
    assert not hasattr(cursor, "__dict__")
    assert not hasattr(cursor, "to_in_force")
