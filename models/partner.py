"""Partners and what is known of them: sourced facts that are added, never overwritten."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Utc, one_of
from models.vocabulary import PartnerKind


class Partner(Base):
    """A foreign city, region, association or consortium.

    `slug` is its lasting name in commands and, like `id`, never changes: a partner that was
    renamed keeps it. `folded` is the search key the application makes of the names.
    """

    __tablename__ = "partner"
    __table_args__ = (
        one_of("kind", PartnerKind),
        sa.CheckConstraint("length(country) = 2", name="country"),
        sa.Index(None, "country"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    country: Mapped[str | None]
    name_pl: Mapped[str]
    name_en: Mapped[str]
    folded: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[str]


class Fact(Base):
    """One statement about a partner with its source; append-only, a correction is a new row.

    `valid_from` is EDTF text: the year, month or day since when the value has been true.
    """

    __tablename__ = "fact"
    __table_args__ = (sa.Index(None, "partner_id", "name", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(sa.ForeignKey(Partner.id))
    name: Mapped[str]
    value: Mapped[str]
    source: Mapped[str]
    valid_from: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]


CURRENT_FACT = sa.Table(
    "current_fact",
    sa.MetaData(),
    sa.Column("partner_id", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("valid_from", sa.Text),
    sa.Column("recorded_at", Utc, nullable=False),
    sa.Column("recorded_by", sa.Text, nullable=False),
)
"""A view: of each partner and name, the fact recorded last. It stands outside `Base.metadata`
because `create_all` would make a table of it."""
