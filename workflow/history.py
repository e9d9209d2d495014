"""Prove that nobody changed the history: the chains, the columns, and what the cases say."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from models.cooperation import Cooperation, Event
from workflow import chain
from workflow.unit import Unit

BATCH = 2000
"""Events held in memory at a time."""

ABSENT = object()
"""What no column equals: the body does not speak of it at all."""

COLUMNS = (
    "sequence",
    "step",
    "form",
    "source",
    "new_form",
    "target",
    "definition",
    "title",
    "file_number",
    "officer",
    "actor",
    "on_behalf_of",
    "login",
    "role",
    "effective_on",
    "awaits",
)


@dataclass(frozen=True, slots=True)
class Breach:
    """Where the history does not prove itself; `what` is a message id."""

    reference: str
    sequence: int
    what: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was verified, and every breach found."""

    cases: int
    events: int
    breaches: tuple[Breach, ...]


def verify(unit: Unit, reference: str | None = None) -> Proof:
    """Verify one case or the whole register, streaming; memory does not grow with it.

    For every event: its hash is that of the bytes stored on top of the event before it, and its
    columns say what its body says. For every case: it stands where its last event left it.
    """
    breaches: list[Breach] = []
    events = 0
    for event in _events(unit, reference):
        events += 1
        breaches += event
    cases = 0
    for case in _cases(unit, reference):
        cases += 1
        breaches += case
    return Proof(cases, events, tuple(breaches))


def _events(unit: Unit, reference: str | None) -> Iterator[list[Breach]]:
    statement = (
        sa.select(
            Cooperation.reference,
            *(getattr(Event, column) for column in COLUMNS),
            Event.due_on,
            Event.ends_on,
            Event.recorded_at,
            Event.body,
            Event.previous,
            Event.hash,
            Event.cooperation_id,
        )
        .join(Cooperation, Cooperation.id == Event.cooperation_id)
        .order_by(Event.cooperation_id, Event.sequence)
    )
    if reference is not None:
        statement = statement.where(Cooperation.reference == reference)
    case, expected, number = None, chain.GENESIS, 0
    streaming = unit.connection.execution_options(yield_per=BATCH)
    for row in streaming.execute(statement):
        if row.cooperation_id != case:
            case, expected, number = row.cooperation_id, chain.GENESIS, 0
        number += 1
        found = []
        if row.sequence != number:
            found.append(Breach(row.reference, row.sequence, "gap"))
            number = row.sequence
        if row.previous != expected:
            found.append(Breach(row.reference, row.sequence, "previous"))
        if chain.seal(row.previous, row.body) != row.hash:
            found.append(Breach(row.reference, row.sequence, "hash"))
        found += [
            Breach(row.reference, row.sequence, "column", column) for column in _differing(row)
        ]
        expected = row.hash
        yield found


def _differing(row: sa.Row[*tuple[object, ...]]) -> Iterator[str]:
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    try:
        told = json.loads(values["body"])
    except ValueError:
        # A forged body need not even be JSON; it is named, and the next event is looked at.
        told = None
    if not isinstance(told, dict):
        yield "body"
        return
    yield from (column for column in COLUMNS if values[column] != told.get(column, ABSENT))
    if values["reference"] != told.get("case"):
        yield "case"
    if chain.moment(values["recorded_at"]) != told.get("recorded_at"):
        yield "recorded_at"
    for column in ("due_on", "ends_on"):
        day = values[column]
        if (day.isoformat() if day else None) != told.get(column, ABSENT):
            yield column


def _cases(unit: Unit, reference: str | None) -> Iterator[list[Breach]]:
    newest = (
        sa.select(Event.cooperation_id, sa.func.max(Event.sequence).label("sequence"))
        .group_by(Event.cooperation_id)
        .subquery()
    )
    statement = (
        sa.select(
            Cooperation.reference,
            Cooperation.version,
            Cooperation.form,
            Cooperation.state,
            Cooperation.head,
            Event.sequence,
            Event.new_form,
            Event.target,
            Event.hash,
        )
        .outerjoin(newest, newest.c.cooperation_id == Cooperation.id)
        .outerjoin(
            Event,
            (Event.cooperation_id == Cooperation.id) & (Event.sequence == newest.c.sequence),
        )
        .order_by(Cooperation.id)
    )
    if reference is not None:
        statement = statement.where(Cooperation.reference == reference)
    streaming = unit.connection.execution_options(yield_per=BATCH)
    for row in streaming.execute(statement):
        told = (row.sequence or 0, row.new_form, row.target, row.hash)
        stands = (row.version, row.form, row.state, row.head)
        agrees = told == stands or (row.sequence is None and row.version == 0)
        yield [] if agrees else [Breach(row.reference, row.version, "case")]
