"""What time alone does: notice that has run, terms that have ended, prolongations by clause."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from models.cooperation import IS_RUNNING, Cooperation
from models.vocabulary import ENTER, Role
from workflow.engine import Taken, advance
from workflow.errors import StepError
from workflow.facts import Actor, Case
from workflow.project import validity
from workflow.reading import File, file
from workflow.unit import Unit

CLOCK = "clock"
"""The person that records what time has done."""

PAGE = 200
INTO_FORCE = frozenset({"sign", "decide", "confer", "admit"})
OF_ITS_TERM = frozenset({"renew", "change"})


@dataclass(frozen=True, slots=True)
class Ticked:
    """What became of one case whose last day has passed."""

    reference: str
    taken: tuple[Taken, ...]
    refused: StepError | None = None


def overdue(unit: Unit, after: int = 0) -> list[tuple[int, str]]:
    """Give a page of cases in force whose last day has passed: id and reference."""
    rows = unit.connection.execute(
        sa.select(Cooperation.id, Cooperation.reference)
        .where(IS_RUNNING, Cooperation.ends_on < unit.today, Cooperation.id > after)
        .order_by(Cooperation.id)
        .limit(PAGE)
    )
    return [(row.id, row.reference) for row in rows]


def tick(unit: Unit, login: str) -> Iterator[Ticked]:
    """Record what time has done to every case it has done something to.

    A term that ran out in registered history without a sourced end is a question for a person
    and is left alone; so is whatever a rule refuses.
    """
    actor = Actor(login, CLOCK, frozenset({Role.CLOCK}))
    after = 0
    while page := overdue(unit, after):
        for identity, reference in page:
            after = identity
            yield _one(unit, reference, actor)


def _one(unit: Unit, reference: str, actor: Actor) -> Ticked:
    taken: list[Taken] = []
    try:
        while (due := _due(unit, file(unit, reference))) is not None:
            step, day = due
            taken.append(advance(unit, reference, step, {"date": day.isoformat()}, actor))
    except StepError as refused:
        return Ticked(reference, tuple(taken), refused)
    return Ticked(reference, tuple(taken))


def _registered(case: Case) -> bool:
    """Say whether registered history tells the end, and no step of the register has since."""
    since = 0
    for act in case.acts:
        told = act.step in OF_ITS_TERM and "term" in act.inputs
        if act.step in INTO_FORCE or act.step == "prolong" or told:
            since = act.sequence
    entered = case.last(ENTER)
    return entered is not None and entered.sequence > since


def _due(unit: Unit, of: File) -> tuple[str, dt.date] | None:
    """Say which step time has taken and on which day: the day after the last in force."""
    valid = validity(of.case)
    if of.ends_on is None or of.ends_on >= unit.today or valid is None:
        return None
    if of.case.state != "in_notice" and _registered(of.case):
        return None
    day = of.ends_on + dt.timedelta(days=1)
    if of.case.state == "in_notice":
        return "end", day
    return ("prolong" if valid.prolongation is not None else "expire"), day
