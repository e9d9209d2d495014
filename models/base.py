"""The ground of every stored class: names of constraints, moments in UTC."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar, cast

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator, TypeEngine

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
"""How constraints are called. Every revision ever released was run under these patterns, so they
never change: a batch migration on SQLite finds a constraint by its name alone."""


class NaiveMoment(ValueError):
    """A moment without a time zone was about to be stored; `moment` is that value."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        super().__init__(moment)


class Utc(TypeDecorator[datetime]):
    """A moment, always aware and always in UTC, to the microsecond.

    PostgreSQL stores `timestamptz`. SQLite has no such type and SQLAlchemy's own drops the zone,
    so there the column is text of one fixed width (`2026-04-02T10:00:00.000000+00:00`), which
    sorts as the moments do.

    Raises:
        NaiveMoment: a value without a time zone; which hour it meant could only be guessed.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, `timestamptz` elsewhere."""
        on_sqlite = dialect.name == "sqlite"
        return dialect.type_descriptor(sa.Text() if on_sqlite else sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """The same moment in UTC, as the database keeps it."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise NaiveMoment(value)
        moment = value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(
        self, value: datetime | str | None, _dialect: Dialect
    ) -> datetime | None:
        """The stored moment, in UTC whatever zone the session of the database has."""
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(UTC)


class Base(DeclarativeBase):
    """Every stored class; text has no length limit, moments are `Utc`, days are plain dates."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: sa.Text(),
        bytes: sa.LargeBinary(),
        date: sa.Date(),
        datetime: Utc(),
    }


def one_of(column: str, words: type[Any]) -> sa.CheckConstraint:
    """A CHECK that `column` holds a word of an enum that the law fixed, never of one that grows."""
    values = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({values})", name=column)


def table(mapped: type[Base]) -> sa.Table:
    """Give the table of a mapped class.

    SQLAlchemy makes a key of every statement it runs; of one over plain columns that costs a
    fraction of what it does over mapped attributes, and the hot path runs a handful a step.
    """
    return cast(sa.Table, mapped.__table__)
