"""What the register as a whole keeps: the office's settings, imports, open questions, numbers."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.cooperation import Cooperation


class Setting(Base):
    """A value the office set for a time, with its source; append-only."""

    __tablename__ = "setting"
    __table_args__ = (sa.Index(None, "key", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    value: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    source: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]


class ImportBatch(Base):
    """One file taken in: its name, the SHA-256 (hex) of its bytes, the number of rows read."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    sha256: Mapped[str]
    mapping: Mapped[str | None]
    rows: Mapped[int]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]


class Question(Base):
    """What only a person can answer, about a case or a row of an import; `facts` is JSON."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    cooperation_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Cooperation.id), index=True)
    batch_id: Mapped[int | None] = mapped_column(sa.ForeignKey(ImportBatch.id), index=True)
    row: Mapped[int | None]
    subject: Mapped[str]
    rule: Mapped[str | None]
    facts: Mapped[str]
    asked_at: Mapped[datetime]
    answer: Mapped[str | None]
    reason: Mapped[str | None]
    source: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]


class ReferenceCounter(Base):
    """The last number given to a case in a year (`KRK-2026-0007`: year 2026, last 7)."""

    __tablename__ = "reference_counter"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
