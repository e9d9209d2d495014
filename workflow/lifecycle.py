"""The definitions that ship with the program, loaded against the rules and the law they name."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TypedDict

from models.vocabulary import ENTER, IN_PLACE, RETRACT, START, Form
from workflow.definition import Definition, load
from workflow.errors import NotFound
from workflow.law import law
from workflow.rules import RULES

CURRENT = "2026-1"
"""The edition that new cases are born under."""


class LifecycleRow(TypedDict):
    """One row of table `lifecycle`: a move the database lets through."""

    definition: str
    step: str
    form: str
    source: str
    new_form: str
    target: str


def definition(name: str = CURRENT) -> Definition:
    """Load a definition by its id, once.

    Raises:
        NotFound: no such edition ships with the program.
        DefinitionFaulty: it is unsound; no test of this project lets that happen.
    """
    # The cache knows a call by its words: without a name it would load the edition once more.
    return _load(name)


@cache
def _load(name: str) -> Definition:
    file = resources.files("workflow").joinpath("definitions", f"{name}.toml")
    if not file.is_file():
        raise NotFound(kind="definition", name=name, near=())
    return load(file.read_text("utf-8"), rules=RULES, provisions=law())


def names() -> tuple[str, ...]:
    """Give the ids of every edition that ships."""
    folder = resources.files("workflow").joinpath("definitions")
    return tuple(
        sorted(
            file.name.removesuffix(".toml")
            for file in folder.iterdir()
            if file.name.endswith(".toml")
        )
    )


def lifecycle_rows(of: Definition) -> Iterator[LifecycleRow]:
    """Give every move of a definition, with those of the engine's own events.

    A case may enter anywhere it could have come by itself; an event in place leaves it where it
    is; a retraction goes a lawful move backwards.
    """
    places = {place for place in of.rows if place[1] != START}
    places |= {(row.new_form, row.target) for row in of.all_rows()}
    moves = {
        (row.step, row.form.value, row.source, row.new_form.value, row.target)
        for row in of.all_rows()
    }
    for form, state in places:
        moves |= {(step, form.value, state, form.value, state) for step in IN_PLACE}
        moves.add((ENTER, Form.INFORMAL.value, START, form.value, state))
    moves |= {
        (RETRACT, move[3], move[4], move[1], move[2])
        for move in moves
        if move[2] != START or move[0] == ENTER
    }
    for step, at, source, then, target in sorted(moves):
        yield LifecycleRow(
            definition=of.id,
            step=step,
            form=at,
            source=source,
            new_form=then,
            target=target,
        )
