"""The official documents behind the steps: resolutions, ordinances, decisions, signed texts."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.cooperation import Event


class Act(Base):
    """One official document filed with one event; append-only.

    `dated` is EDTF text, the date the document itself bears. `original_at` says where the original
    lies; `content` is the file where one was attached, `sha256` (hex) that of its bytes.
    """

    __tablename__ = "act"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["cooperation_id", "sequence"], [Event.cooperation_id, Event.sequence]
        ),
        sa.Index(None, "cooperation_id", "sequence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cooperation_id: Mapped[int]
    sequence: Mapped[int]
    kind: Mapped[str]
    number: Mapped[str | None]
    dated: Mapped[str | None]
    language: Mapped[str | None]
    original_at: Mapped[str | None]
    file_name: Mapped[str | None]
    media_type: Mapped[str | None]
    content: Mapped[bytes | None]
    sha256: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
