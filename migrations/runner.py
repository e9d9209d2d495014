"""Climb the editions of the register, in one transaction: all of it or nothing.

Importing this module costs nothing; Alembic is loaded when a climb begins.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import sqlalchemy as sa

from migrations import guards

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent

HEAD = "r0001"
"""The newest edition, stated so that a command can compare without loading Alembic."""

ONE_AT_A_TIME = 0x6163636F7264
"""The advisory lock of PostgreSQL that a climb holds ("accord" in ASCII)."""


class UpgradeFailed(Exception):
    """A climb went through but left the register damaged, and was undone.

    `facts` name the damage: `holes`, rows that point at nothing, or `guards`, triggers lost.
    """

    code: ClassVar[str] = "upgrade_failed"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(facts)


def head() -> str:
    """The newest edition this program knows."""
    return HEAD


def current(where: sa.Engine | sa.Connection) -> str | None:
    """The edition of a register, or None where a database holds none."""
    if isinstance(where, sa.Engine):
        with where.connect() as connection:
            return current(connection)
    if not sa.inspect(where).has_table("alembic_version"):
        return None
    edition: str | None = where.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return edition


def _config(connection: sa.Connection, further: Sequence[Path]) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - loading Alembic takes longer than most commands

    config = Config()
    # ConfigParser reads % as the beginning of a reference.
    folders = [str(folder).replace("%", "%%") for folder in (HERE, HERE / "versions", *further)]
    config.set_main_option("script_location", folders[0])
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(folders[1:]))
    config.attributes["connection"] = connection
    return config


def _foreign_keys(connection: sa.Connection, *, enforced: bool) -> None:
    # SQLite ignores this pragma inside a transaction, so it goes to the driver, past SQLAlchemy
    # and the BEGIN it would send first.
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.execute(f"PRAGMA foreign_keys={'ON' if enforced else 'OFF'}")


def _examine(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        holes = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if holes:
            raise UpgradeFailed(holes=[tuple(hole) for hole in holes])
    lost = guards.missing(connection)
    if lost:
        raise UpgradeFailed(guards=lost)


@contextmanager
def _climbing(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.connect().execution_options(write=True) as connection:
        # A batch migration drops the old table, which with foreign keys on would take or break
        # whatever points at it; what it leaves is examined before it is kept.
        _foreign_keys(connection, enforced=False)
        try:
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
                yield connection
                _examine(connection)
        finally:
            _foreign_keys(connection, enforced=True)


def upgrade(engine: sa.Engine, to: str = "head", *, further: Sequence[Path] = ()) -> None:
    """Bring a register up to an edition, `to`; an empty database becomes a register.

    Args:
        engine: from `models.database.engine_for`, whose explicit BEGIN makes DDL undoable.
        to: an edition (`r0001`) or `head`.
        further: folders with more revisions, beside those of the package.

    Raises:
        UpgradeFailed: when rows were left pointing at nothing, or guards were lost.
    """
    from alembic import command  # noqa: PLC0415 - loading Alembic takes longer than most commands

    with _climbing(engine) as connection:
        command.upgrade(_config(connection, further), to)


def downgrade(engine: sa.Engine, to: str, *, further: Sequence[Path] = ()) -> None:
    """Take a register back to an older edition; `base` leaves nothing but the table of Alembic.

    Args and errors are those of `upgrade`.
    """
    from alembic import command  # noqa: PLC0415 - loading Alembic takes longer than most commands

    with _climbing(engine) as connection:
        command.downgrade(_config(connection, further), to)
