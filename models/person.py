"""Who works in the office, in which roles, and who stands in for whom.

All dates are whole days; the last one is included.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, one_of
from models.vocabulary import Role


class Person(Base):
    """Somebody whose login stands in the history; it never changes and nobody is deleted."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    active: Mapped[bool] = mapped_column(server_default=sa.true())
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]


class PersonRole(Base):
    """A role granted from a day on, until a day or until further notice."""

    __tablename__ = "person_role"
    __table_args__ = (one_of("role", Role),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    role: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    granted_at: Mapped[datetime]
    granted_by: Mapped[str]


class Substitution(Base):
    """`person_id` acts for `for_id` in that time on that authority; append-only."""

    __tablename__ = "substitution"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    for_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    authority: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
