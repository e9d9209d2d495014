"""Official documents attached to the entries of a case: their bytes, hash, language, original."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from models.act import Act
from models.vocabulary import Role
from workflow.dates import NotADate, PartialDate
from workflow.errors import InputFaults, NotFound
from workflow.facts import Actor
from workflow.people import require
from workflow.reading import File
from workflow.unit import Unit

ATTACHERS = frozenset({Role.OFFICER, Role.CLERK})
LARGEST = 50 * 1024 * 1024
"""Bytes of one attached file."""


@dataclass(frozen=True, slots=True)
class NewAct:
    """What is attached; `dated` is what was typed, `original_at` where the original lies."""

    sequence: int
    kind: str
    number: str | None = None
    dated: str | None = None
    language: str | None = None
    original_at: str | None = None
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """An attached act, without its bytes."""

    id: int
    sequence: int
    kind: str
    number: str | None
    dated: str | None
    language: str | None
    original_at: str | None
    file_name: str | None
    sha256: str | None


def attach(unit: Unit, of: File, act: NewAct, actor: Actor) -> Attached:
    """Attach an official document to an entry of a case.

    Raises:
        NotFound: the case has no such entry.
        InputFaults: neither a file nor a place of the original, a date that is none, a file that
            is empty or too large.
        OSError: the file cannot be read.
    """
    require(actor, ATTACHERS, "act attach", unit, of.case.reference)
    if act.sequence not in {event.sequence for event in of.events}:
        near = tuple(str(event.sequence) for event in of.events)
        raise NotFound(kind="event", name=str(act.sequence), near=near, reference=of.case.reference)
    faults: list[Mapping[str, object]] = []
    dated = None
    if act.dated is not None:
        try:
            dated = PartialDate.read(act.dated).text
        except NotADate as fault:
            faults.append({"name": "date", "value": act.dated, "fault": f"date_{fault.reason}"})
    if act.path is None and not act.original_at:
        faults.append({"name": "file", "fault": "missing", "label": {}})
    content = None
    if act.path is not None:
        size = act.path.stat().st_size
        if not 0 < size <= LARGEST:
            wrong = "empty" if size == 0 else "file_too_large"
            faults.append({"name": "file", "value": str(act.path), "fault": wrong})
        else:
            content = act.path.read_bytes()
    if faults:
        raise InputFaults("act attach", faults)
    identity: int = unit.connection.execute(
        sa.insert(Act)
        .values(
            cooperation_id=of.id,
            sequence=act.sequence,
            kind=act.kind,
            number=act.number,
            dated=dated,
            language=act.language,
            original_at=act.original_at,
            file_name=act.path.name if act.path else None,
            content=content,
            sha256=hashlib.sha256(content).hexdigest() if content else None,
            recorded_at=unit.now(),
            recorded_by=actor.person,
        )
        .returning(Act.id)
    ).scalar_one()
    return next(found for found in attached(unit, of.id) if found.id == identity)


def attached(unit: Unit, case_id: int) -> Sequence[Attached]:
    """List what is attached to a case, in the order of its entries."""
    rows = unit.connection.execute(
        sa.select(
            Act.id,
            Act.sequence,
            Act.kind,
            Act.number,
            Act.dated,
            Act.language,
            Act.original_at,
            Act.file_name,
            Act.sha256,
        )
        .where(Act.cooperation_id == case_id)
        .order_by(Act.sequence, Act.id)
    )
    return [
        Attached(
            row.id,
            row.sequence,
            row.kind,
            row.number,
            row.dated,
            row.language,
            row.original_at,
            row.file_name,
            row.sha256,
        )
        for row in rows
    ]


def content(unit: Unit, act_id: int) -> bytes | None:
    """Give the bytes of an attached act."""
    found: bytes | None = unit.connection.execute(
        sa.select(Act.content).where(Act.id == act_id)
    ).scalar()
    return found
