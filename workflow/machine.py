"""The machine: which step leads where, and nothing else.

`transitions` is used as a dispatcher, one `Machine` per definition and form. Its rows carry no
conditions: the judge has asked every rule before, so a condition could never be false, and the
library answers a false one in silence. No model is bound (that is O(n²) and keeps 16 kB a case),
no `to_x()` is generated (it would skip everything), no callback runs (a failing one leaves the
new state set): the machine moves a cursor, and only the event that is written makes it true.
"""

from functools import cache

from transitions import Machine, MachineError

from models.vocabulary import START, Form
from workflow.definition import Row
from workflow.lifecycle import definition


class Cursor:
    """What the machine moves: a state that belongs to nobody yet."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


@cache
def machine(edition: str, form: Form) -> Machine:
    """Build the machine of one form, once."""
    of = definition(edition)
    built = Machine(
        model=None,
        states=[START, *of.states],
        initial=None,
        auto_transitions=False,
        send_event=True,
    )
    seen: set[tuple[str, str]] = set()
    for (at, source), rows in of.rows.items():
        if at is not form:
            continue
        for row in rows.values():
            # `propose` has a row for each form it may set; they all lead to the same state.
            if (row.step, source) not in seen:
                seen.add((row.step, source))
                built.add_transition(row.step, source, None if row.target == source else row.target)
    return built


def move(edition: str, row: Row) -> str:
    """Take a step on a fresh cursor and give the state it ends in.

    Raises:
        MachineError: the machine does not know the step there, or disagrees with the row.
    """
    cursor = Cursor(row.source)
    event = machine(edition, row.form).events.get(row.step)
    if event is not None:
        event.trigger(cursor)
    if event is None or cursor.state != row.target:
        raise MachineError(f"{row.step}: {cursor.state} is not {row.target}")
    return cursor.state
