"""Generated documents: every version stays as it was made."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.cooperation import Cooperation


class Draft(Base):
    """One version of one document of a case; append-only.

    `text` is canonical JSON, language to Markdown; `manifest` canonical JSON of every fact used.
    `sha256` (hex) is of `text`, `document_sha256` of the .docx in `document`.
    """

    __tablename__ = "draft"
    __table_args__ = (
        sa.CheckConstraint("languages IN ('pl', 'en', 'pl+en')", name="languages"),
        sa.UniqueConstraint("cooperation_id", "kind", "version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cooperation_id: Mapped[int] = mapped_column(sa.ForeignKey(Cooperation.id))
    kind: Mapped[str]
    version: Mapped[int]
    languages: Mapped[str]
    template_sha256: Mapped[str]
    manifest: Mapped[str]
    text: Mapped[str]
    sha256: Mapped[str]
    document: Mapped[bytes | None]
    document_sha256: Mapped[str | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
