"""Keep the register explaining itself: its definitions, its marks, its soundness."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from models.lifecycle import Definition as StoredDefinition
from models.lifecycle import Lifecycle
from models.register import Setting
from workflow.lifecycle import definition, lifecycle_rows, names
from workflow.unit import DEMO, Unit


def fill(unit: Unit) -> None:
    """Write every edition the program ships and the register lacks: first its rows, then its text.

    An edition that has its text takes no further row, so the order matters.
    """
    known = set(unit.connection.scalars(sa.select(StoredDefinition.id)))
    for name in names():
        if name in known:
            continue
        edition = definition(name)
        unit.connection.execute(sa.insert(Lifecycle), list(lifecycle_rows(edition)))
        unit.connection.execute(
            sa.insert(StoredDefinition).values(
                id=edition.id,
                sha256=edition.sha256,
                text=edition.text,
                valid_from=edition.valid_from,
                recorded_at=unit.now(),
            )
        )


def mark_demo(unit: Unit, by: str) -> None:
    """Mark a register as a demo, from today on and for good."""
    put_setting(unit, DEMO, "yes", "init --demo", by)


def put_setting(
    unit: Unit,
    key: str,
    value: str,
    source: str,
    by: str,
    *,
    valid_from: object = None,
    valid_until: object = None,
) -> None:
    """State a setting of the office; what was stated before stays on record."""
    unit.connection.execute(
        sa.insert(Setting).values(
            key=key,
            value=value,
            valid_from=valid_from or unit.today,
            valid_until=valid_until,
            source=source,
            recorded_at=unit.now(),
            recorded_by=by,
        )
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the database.

    Attributes:
        kind: definition_missing, definition_differs, integrity or foreign_key.
        name: where.
    """

    kind: str
    name: str


def faults(unit: Unit) -> Iterator[Fault]:
    """Name what is wrong with the register as a database; nothing if it is sound."""
    stored = {
        row.id: row.sha256
        for row in unit.connection.execute(sa.select(StoredDefinition.id, StoredDefinition.sha256))
    }
    for name in names():
        if name not in stored:
            yield Fault("definition_missing", name)
        elif stored[name] != definition(name).sha256:
            yield Fault("definition_differs", name)
    if unit.connection.dialect.name == "sqlite":
        for (result,) in unit.connection.execute(sa.text("PRAGMA integrity_check")):
            if result != "ok":
                yield Fault("integrity", result)
        for row in unit.connection.execute(sa.text("PRAGMA foreign_key_check")):
            yield Fault("foreign_key", f"{row.table} {row.rowid} -> {row.parent}")
