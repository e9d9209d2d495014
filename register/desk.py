"""The desk: what waits for a person, each branch limited and served by a partial index.

An OR over everything a person may act on reads the whole register; a few small branches do not,
and cost the same at a thousand and at a million cases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.cooperation import IS_ASKED, IS_PROPOSED, IS_RUNNING, IS_UNDER_WAY, Cooperation
from models.vocabulary import Role
from register.listing import ENTRY, Entry, entry
from workflow.facts import Actor
from workflow.unit import Unit

PAGE = 20

NEEDS_PAPERS = ("endorsed", "resolved", "consented")
"""States the next step out of which needs documents that a clerk makes final."""


ASKED_OF_MANAGERS = ("confirmation", "waiver")
TOLD_TO_OFFICERS = ("returned", "declined")


@dataclass(frozen=True, slots=True)
class Tray:
    """One tray of the desk: what it is for (a message id) and the cases in it."""

    kind: str
    entries: Sequence[Entry]
    more: bool


def desk(unit: Unit, actor: Actor, *, limit: int = PAGE) -> Sequence[Tray]:
    """Give the trays of a person by their roles; an empty tray is left out.

    Managers see what to endorse, and the confirmations and waivers they are asked for; officers
    what came back to them, their cases under way and what has lapsed; clerks the cases whose next
    step needs documents.
    """
    trays: list[Tray] = []
    asked = ENTRY.where(IS_ASKED).order_by(Cooperation.awaits, Cooperation.officer, Cooperation.id)
    by_due = (Cooperation.due_on, Cooperation.id)
    if Role.MANAGER in actor.roles:
        trays.append(_tray(unit, "endorse", ENTRY.where(IS_PROPOSED).order_by(*by_due), limit))
        wanted = asked.where(Cooperation.awaits.in_(ASKED_OF_MANAGERS))
        trays.append(_tray(unit, "asked", wanted, limit))
    if Role.OFFICER in actor.roles:
        news = asked.where(
            Cooperation.awaits.in_(TOLD_TO_OFFICERS), Cooperation.officer == actor.person
        )
        trays.append(_tray(unit, "told", news, limit))
        mine = ENTRY.where(IS_UNDER_WAY, Cooperation.officer == actor.person)
        trays.append(_tray(unit, "mine", mine.order_by(*by_due), limit))
    if actor.roles & {Role.OFFICER, Role.MANAGER}:
        lapsed = ENTRY.where(IS_RUNNING, Cooperation.ends_on < unit.today)
        order = (Cooperation.ends_on, Cooperation.id)
        trays.append(_tray(unit, "lapsed", lapsed.order_by(*order), limit))
    if Role.CLERK in actor.roles:
        trays.append(_papers(unit, limit))
    return [tray for tray in trays if tray.entries]


def _tray(unit: Unit, kind: str, statement: sa.Select[*tuple[Any, ...]], limit: int) -> Tray:
    rows = unit.connection.execute(statement.limit(limit + 1)).all()
    return Tray(kind, [entry(row, unit.today) for row in rows[:limit]], len(rows) > limit)


def _papers(unit: Unit, limit: int) -> Tray:
    """Fill the clerks' tray state by state: one query for all would sort whatever stands there."""
    waiting = [
        one
        for state in NEEDS_PAPERS
        for one in _tray(
            unit,
            "papers",
            ENTRY.where(Cooperation.state == state).order_by(Cooperation.id),
            limit + 1,
        ).entries
    ]
    waiting.sort(key=lambda one: one.id)
    return Tray("papers", waiting[:limit], len(waiting) > limit)
