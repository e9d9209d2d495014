"""Joint projects; one may belong to no cooperation, to one or to many."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.cooperation import Cooperation
from models.partner import Partner


class Activity(Base):
    """A joint project by one of the fifteen tools of seeds/003; `period` is EDTF text."""

    __tablename__ = "activity"
    __table_args__ = (sa.CheckConstraint("tool BETWEEN 1 AND 15", name="tool"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tool: Mapped[int]
    title: Mapped[str]
    period: Mapped[str]
    place: Mapped[str | None]
    description: Mapped[str | None]
    source: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]


class ActivityCooperation(Base):
    """An activity that belongs to a case."""

    __tablename__ = "activity_cooperation"

    activity_id: Mapped[int] = mapped_column(sa.ForeignKey(Activity.id), primary_key=True)
    cooperation_id: Mapped[int] = mapped_column(
        sa.ForeignKey(Cooperation.id), primary_key=True, index=True
    )


class ActivityPartner(Base):
    """A partner who takes part in an activity."""

    __tablename__ = "activity_partner"

    activity_id: Mapped[int] = mapped_column(sa.ForeignKey(Activity.id), primary_key=True)
    partner_id: Mapped[int] = mapped_column(sa.ForeignKey(Partner.id), primary_key=True, index=True)
