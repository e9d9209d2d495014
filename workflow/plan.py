"""The shortest lawful way from where a case stands to a state, with what each step asks for."""

import datetime as dt
import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from models.vocabulary import Authority, Form
from workflow import clock
from workflow.definition import Definition, Place, Row

OUT_OF_OUR_HANDS = frozenset(
    {
        Authority.CLUB,
        Authority.COUNCILLORS,
        Authority.COURT,
        Authority.RESIDENTS,
        Authority.SUCCESSOR,
    }
)
"""Whose steps the office cannot plan on; they are taken only where there is no other way."""

OURS = frozenset({Authority.MAYOR, Authority.OFFICE})
"""What one of these may do as well is in our hands after all."""

DETOUR = 100
"""What such a step costs beside one the office can plan."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a plan.

    Attributes:
        earliest: the first day it can happen if everybody acts at once.
        expected: the day by which the clocks of the states before it expect it.
    """

    row: Row
    earliest: dt.date
    expected: dt.date


def plan(
    of: Definition, start: Place, target: str, today: dt.date, form: Form | None = None
) -> tuple[Leg, ...] | None:
    """Find the shortest way.

    Args:
        of: the definition.
        start: form and state of the case.
        target: the state to reach.
        today: the day the plan begins.
        form: the form to reach it in; None: any.

    Returns:
        The steps in order, or None where no lawful way leads there.
    """
    rows = _shortest(of, start, target, form)
    if rows is None:
        return None
    legs: list[Leg] = []
    earliest = expected = today
    for row in rows:
        timer = next((timer for timer in of.clocks.values() if timer.state == row.source), None)
        if timer is not None:
            expected = clock.last_day(expected, timer.amount, timer.unit, doing=timer.doing)
        legs.append(Leg(row, earliest, expected))
    return tuple(legs)


def _shortest(of: Definition, start: Place, target: str, form: Form | None) -> list[Row] | None:
    tie = count()
    todo: list[tuple[int, int, Place, list[Row]]] = [(0, next(tie), start, [])]
    seen: set[Place] = set()
    while todo:
        cost, _, place, way = heapq.heappop(todo)
        if place[1] == target and (form is None or place[0] is form):
            return way
        if place in seen:
            continue
        seen.add(place)
        for row in _ways(of.at(*place), form):
            # A court reverses what has happened: nobody ends an agreement to have it restored.
            if way and Authority.COURT in row.authority:
                continue
            step = (row.new_form, row.target)
            heapq.heappush(todo, (cost + _cost(row), next(tie), step, [*way, row]))
    return None


def _cost(row: Row) -> int:
    others = set(row.authority) & OUT_OF_OUR_HANDS and not set(row.authority) & OURS
    return DETOUR if others else 1


def _ways(rows: Iterable[Row], form: Form | None) -> Iterable[Row]:
    """Give the moves; where a form is set, only the one that is wanted."""
    return (
        row
        for row in rows
        if row.moves and (form is None or row.form is row.new_form or row.new_form is form)
    )
