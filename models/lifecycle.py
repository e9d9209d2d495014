"""The definitions as the database holds them, so that a register explains itself."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Definition(Base):
    """The text of one edition of the lifecycle with its SHA-256 (hex).

    It is written after its rows of `lifecycle` and seals them: an edition that has its text takes
    no further row, so nobody can make a step lawful afterwards by adding one.
    """

    __tablename__ = "definition"

    id: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    text: Mapped[str]
    valid_from: Mapped[date]
    recorded_at: Mapped[datetime]


class Lifecycle(Base):
    """One lawful move: in this edition, this step takes (form, source) to (new form, target)."""

    __tablename__ = "lifecycle"

    definition: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    new_form: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(primary_key=True)
