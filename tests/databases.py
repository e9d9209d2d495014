"""Databases for tests, on SQLite and on PostgreSQL: their making, their filling, their reading."""

import shutil
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, cast

import psycopg
import sqlalchemy as sa

from migrations import runner
from models.database import engine_for, writing
from models.lifecycle import Definition, Lifecycle
from models.schema import METADATA
from workflow import upkeep
from workflow.unit import Unit

KINDS = ("sqlite", "postgresql")

EDITION = "test-1"

MOVES = (
    ("open", "informal", "none", "informal", "informal"),
    ("raise", "decision", "none", "decision", "proposed"),
    ("enter", "informal", "none", "twinning", "in_force"),
    ("note", "informal", "informal", "informal", "informal"),
    ("assign", "twinning", "proposed", "twinning", "proposed"),
    ("propose", "informal", "informal", "twinning", "proposed"),
    ("propose", "informal", "informal", "partnership", "proposed"),
    ("retract", "twinning", "proposed", "informal", "informal"),
    ("return", "twinning", "proposed", "twinning", "negotiation"),
    ("endorse", "twinning", "proposed", "twinning", "endorsed"),
    ("endorse", "partnership", "proposed", "partnership", "endorsed"),
    ("upgrade", "partnership", "endorsed", "twinning", "endorsed"),
    ("submit_to_council", "twinning", "endorsed", "twinning", "before_council"),
    ("adopt", "twinning", "before_council", "twinning", "resolved"),
    ("sign", "twinning", "resolved", "twinning", "in_force"),
)
"""A lifecycle just large enough for the guards: step, form, source, new form, target."""


class Rows(Protocol):
    """What a statement gave back."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Every row."""
        ...


class Bare(Protocol):
    """A driver's own connection, as from a database shell: each statement is kept at once."""

    def execute(self, statement: str, /) -> Rows:
        """Run one statement as it is written."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


@dataclass
class Database:
    """One database of one test."""

    kind: str
    url: str
    _opened: list[Bare] = field(default_factory=list)

    @cached_property
    def engine(self) -> sa.Engine:
        """The engine the office itself would have."""
        return engine_for(self.url)

    def bare(self) -> Bare:
        """Open it without anything of ours; SQLite then checks no foreign key."""
        connection: object
        if self.kind == "sqlite":
            path = sa.make_url(self.url).database or ""
            # Threads of a test may each use one; it is closed when the test ends.
            connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA foreign_keys=OFF")
        else:
            connection = psycopg.connect(self.url, autocommit=True)
        self._opened.append(cast("Bare", connection))
        return self._opened[-1]

    def close(self) -> None:
        """Close whatever the test opened."""
        for connection in self._opened:
            connection.close()
        self.engine.dispose()


def fill(connection: sa.Connection) -> None:
    """Give the template a lifecycle of its own, and the real one as `accord init` gives it."""
    connection.execute(
        sa.insert(Lifecycle),
        [
            dict(zip(Lifecycle.__table__.columns.keys(), (EDITION, *move), strict=True))
            for move in MOVES
        ],
    )
    text = "\n".join(" ".join(move) for move in MOVES)
    connection.execute(
        sa.insert(Definition),
        {
            "id": EDITION,
            "sha256": sha256(text.encode()).hexdigest(),
            "text": text,
            "valid_from": date(2026, 1, 1),
            "recorded_at": datetime(2026, 1, 1, tzinfo=UTC),
        },
    )
    upkeep.fill(Unit(connection, lambda: datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1)))


def dump(connection: Bare) -> dict[str, list[tuple[Any, ...]]]:
    """Read every row of every table, so that two readings of a register can be compared."""
    contents = {}
    for table in METADATA.sorted_tables:
        order = ", ".join(str(1 + position) for position in range(len(table.columns)))
        query = f"SELECT * FROM {table.name} ORDER BY {order}"  # noqa: S608 - names of our tables
        contents[table.name] = connection.execute(query).fetchall()
    return contents


def migrate(address: str) -> None:
    """Make a register at that address, filled by `fill`, and let go of it."""
    engine = engine_for(address)
    try:
        runner.upgrade(engine)
        with writing(engine) as connection:
            fill(connection)
    finally:
        engine.dispose()


def copy_of(template: Path, folder: Path) -> Path:
    """Copy a SQLite file that nobody has open: its log was emptied into it when it was closed."""
    return shutil.copyfile(template, folder / "register.db")
