"""Opening a register: one engine, two databases, and the two ways to hold a transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT = 5000
"""How long a writer on SQLite waits for another to finish, in milliseconds."""

PRAGMAS = (
    # First, because switching to WAL can itself meet another writer.
    f"busy_timeout={BUSY_TIMEOUT}",
    "journal_mode=WAL",
    # With NORMAL the last commits may be lost when the power goes; a resolution must not be.
    "synchronous=FULL",
    "foreign_keys=ON",
)

ALWAYS_THERE = "postgres"
"""The database every PostgreSQL server has, to ask for the others."""


class UnknownDatabase(ValueError):
    """The address names neither SQLite nor PostgreSQL; `backend` is what it names."""

    code: ClassVar[str] = "unknown_database"

    def __init__(self, backend: str) -> None:
        self.facts: dict[str, object] = {"backend": backend}
        super().__init__(backend)


def url_of(address: str | Path) -> sa.URL:
    """Read a path, `sqlite:///…` or `postgresql://…`.

    Raises:
        UnknownDatabase: for any other database.
    """
    if isinstance(address, Path) or "://" not in address:
        return sa.URL.create("sqlite", database=str(address))
    url = sa.make_url(address)
    backend = url.drivername.partition("+")[0]
    if backend == "sqlite":
        return url
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise UnknownDatabase(backend)


def _prepare(dbapi: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own idea of when a transaction begins is switched off: it would not lock
    # before the first write, and would leave DDL outside.
    dbapi.isolation_level = None
    for pragma in PRAGMAS:
        dbapi.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # A writer that locks only at its first write may find that what it read is outdated, and then
    # no waiting helps: with 8 writers a deferred BEGIN gave 59,000 lock errors, IMMEDIATE none.
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def engine_for(address: str | Path) -> sa.Engine:
    """Make an engine for a register; nothing is opened yet.

    Connections are pooled: a command that reads, asks and then writes opens its database once.

    Raises:
        UnknownDatabase: when `address` is neither SQLite nor PostgreSQL.
    """
    engine = sa.create_engine(url_of(address))
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare)
        sa.event.listen(engine, "begin", _begin)
    return engine


def exists(address: str | Path) -> bool:
    """Tell whether there is a database at that address, a register or not.

    `migrations.runner.current` tells whether it is a register, and of which edition.

    Raises:
        sqlalchemy.exc.OperationalError: when the PostgreSQL server itself does not answer.
    """
    url = url_of(address)
    if url.get_backend_name() == "sqlite":
        return url.database is not None and Path(url.database).is_file()
    # Whether a failed connection means "no such database" only its sentence would tell, in the
    # server's language: so ask for the name instead.
    engine = sa.create_engine(url.set(database=ALWAYS_THERE), poolclass=sa.NullPool)
    with engine.connect() as connection:
        query = sa.text("SELECT count(*) FROM pg_database WHERE datname = :name")
        return bool(connection.scalar(query, {"name": url.database or url.username}))


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Hold a transaction that may write; it is kept only if the body finishes.

    On SQLite the write lock is taken before the body runs, so whatever the body judges by cannot
    change under it; another writer waits up to `BUSY_TIMEOUT`.
    """
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Hold a transaction that sees one state of the register throughout and cannot write.

    It takes no write lock and never makes a writer wait.
    """
    if engine.dialect.name != "sqlite":
        # Under READ COMMITTED every statement would see another state of the register.
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection
        return
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("PRAGMA query_only=ON")
        try:
            yield connection
        finally:
            connection.exec_driver_sql("PRAGMA query_only=OFF")
